// What a change of mind costs: milliseconds from the request for a small run to its answer, while one worker is at a large
// one, some moments after it was asked for that. A job is the requests that lead to it, each but the last awaited.
async (jobs, small, run, moments) => {
  const glue = document.getElementById("glue").href;
  const module = await WebAssembly.compileStreaming(fetch(document.getElementById("wasm").href));
  const worker = new Worker("worker.js", { type: "module" });
  // In each message the kind comes first, then the run: 1 is a run that was set up or has advanced.
  const answer = (fits) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => fits(data) && resolve();
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  const ready = answer(() => true);
  worker.postMessage({ module, glue });
  await ready;
  const trained = (number) => (data) => data[0] === 1 && data[1] === number;
  const after = (moment) => new Promise((resolve) => { setTimeout(resolve, moment); });
  const times = [];
  for (const job of jobs) {
    for (const moment of moments) {
      for (const [i, { number, bytes }] of job.entries()) {
        const answered = i < job.length - 1 ? answer(trained(number)) : null;
        worker.postMessage(Uint8Array.from(bytes));
        await answered;
      }
      await after(moment);
      const answered = answer(trained(run));
      const start = performance.now();
      worker.postMessage(Uint8Array.from(small));
      await answered;
      times.push(performance.now() - start);
    }
  }
  worker.terminate();
  return times;
}
