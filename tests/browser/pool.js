// For each of these numbers of workers, started as the page starts its own: milliseconds in which they answer all
// requests, the least of some rounds. Starting the workers does not count.
async (requests, sizes, rounds) => {
  const glue = document.getElementById("glue").href;
  const module = await WebAssembly.compileStreaming(fetch(document.getElementById("wasm").href));
  const answer = (worker) => new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  const measure = async (size) => {
    const workers = Array.from({ length: size }, () => new Worker("worker.js", { type: "module" }));
    const ready = workers.map(answer);
    for (const worker of workers) worker.postMessage({ module, glue });
    await Promise.all(ready);
    const left = requests.map((bytes) => Uint8Array.from(bytes)).values();
    const start = performance.now();
    await Promise.all(workers.map(async (worker) => {
      for (const request of left) {
        const answered = answer(worker);
        worker.postMessage(request);
        await answered;
      }
    }));
    const time = performance.now() - start;
    for (const worker of workers) worker.terminate();
    return time;
  };
  const times = sizes.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, size] of sizes.entries()) times[i] = Math.min(times[i], await measure(size));
  }
  return times;
}
