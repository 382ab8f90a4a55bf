// One worker, started as the page starts its own, which is sent one request after the other: the bytes of its answers,
// each as the character of that number, since long lists of numbers take drivers seconds. It says `atWork` besides.
async (requests, atWork) => {
  const glue = document.getElementById("glue").href;
  // Compiled once a page, as the page does it.
  globalThis.compiled ??= WebAssembly.compileStreaming(fetch(document.getElementById("wasm").href));
  const module = await compiled;
  const worker = new Worker("worker.js", { type: "module" });
  const answer = () => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => data.join() !== atWork.join() && resolve(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  const ask = (message) => {
    const answered = answer();
    worker.postMessage(message);
    return answered;
  };
  await ask({ module, glue });
  const answers = [];
  for (const request of requests) answers.push(await ask(Uint8Array.from(request)));
  worker.terminate();
  return answers;
}
