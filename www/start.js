// Starts the page. The names of these two files carry a hash of their content; Trunk.toml says how they get here.
try {
  const { default: init } = await import(document.getElementById("glue").href);
  await init({ module_or_path: document.getElementById("wasm").href });
} catch (error) {
  document.getElementById("no-wasm").hidden = false;
  throw error;
}
