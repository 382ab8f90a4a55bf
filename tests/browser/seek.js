// Milliseconds from a move of the time bar to the painted frame whose clock shows its iteration, for so many iterations
// spread over the run, to and fro.
async (count) => {
  const bar = document.getElementById("time");
  const clock = document.getElementById("clock-t");
  const shown = () => Number(clock.textContent.replaceAll("\u202f", ""));
  const last = shown();
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  }));
  const times = [];
  for (let i = 1; i <= count; i += 1) {
    // The golden section of the run: far jumps both ways, none twice.
    const step = Math.round(((i * 0.618) % 1) * last);
    if (shown() === step) continue;
    const start = performance.now();
    bar.value = step;
    bar.dispatchEvent(new Event("input", { bubbles: true }));
    do {
      await painted();
    } while (shown() !== step && performance.now() - start < 5000);
    times.push(performance.now() - start);
  }
  return times;
}
