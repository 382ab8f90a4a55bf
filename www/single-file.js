// The end of the one script of `cargo xtask build --single-file`, after the glue, whose __wbg_init starts the program. What
// the page would ask its host for lies in blocks of the same file, packed; its workers run this very script.
if (globalThis.document) {
  const unpack = (name) => {
    const block = document.querySelector(`script[data-name="${name}"]`);
    if (!block) return null;
    const packed = Uint8Array.from(atob(block.textContent), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
  };
  globalThis.fetch = async (name) => unpack(name) ?? new Response(null, { status: 404 });
  const address = URL.createObjectURL(new Blob([document.currentScript.textContent], { type: "text/javascript" }));
  globalThis.Worker = class extends Worker {
    constructor() {
      super(address);
    }
  };
  try {
    await __wbg_init({ module_or_path: await unpack("program").arrayBuffer() });
  } catch (error) {
    document.getElementById("no-wasm").hidden = false;
    document.documentElement.classList.add("idle");
    throw error;
  }
} else {
  // As www/worker.js, but for the glue, which is here.
  self.onmessage = async ({ data: { module, spoken } }) => {
    self.onmessage = null;
    self.spoken = spoken;
    try {
      await __wbg_init({ module_or_path: module });
    } catch (error) {
      reportError(error);
    }
  };
}
