// Starts the page. The names of these two files carry a hash of their content; Trunk.toml says how they get here.
if (location.hash.length > 1) document.documentElement.classList.add("linked");

const addresses = ["glue", "wasm"].map((id) => document.getElementById(id).href);

// Why it did not start: after an update the host no longer has the files that an older page asks for.
async function reason() {
  if (typeof WebAssembly !== "object") return "wasm";
  const answers = await Promise.all(addresses.map((address) => fetch(address, { method: "HEAD", cache: "no-store" }).catch(() => null)));
  if (answers.some((answer) => answer?.status === 404 || answer?.status === 410)) return "updated";
  return answers.every((answer) => answer?.ok) ? "wasm" : "other";
}

try {
  const { default: init } = await import(addresses[0]);
  await init({ module_or_path: addresses[1] });
} catch (error) {
  const why = await reason();
  const sentences = document.getElementById("no-wasm");
  for (const sentence of sentences.children) sentence.hidden = sentence.dataset.why !== why;
  sentences.hidden = false;
  document.documentElement.classList.add("idle");
  throw error;
}
