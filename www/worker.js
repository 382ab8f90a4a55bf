// A worker of the page: gets the page's compiled module, the address of its glue and the messages of the language that the
// page speaks, and becomes the same program.
// Messages that come while it starts wait for it: the page sends none before the worker has said that it is ready.
self.onmessage = async ({ data: { module, glue, spoken } }) => {
  self.onmessage = null;
  self.spoken = spoken;
  try {
    const { default: init } = await import(glue);
    await init({ module_or_path: module });
  } catch (error) {
    // A rejected promise would not reach the page; this does.
    reportError(error);
  }
};
