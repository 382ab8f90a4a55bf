// Runs before every script of the page and takes the times of what the page does on the main thread: of each frame, from
// an input event to the frame that shows its effect, and from the opening to what is seen first.
"use strict";
{
  const fresh = () => ({ latencies: [], frames: [], scripts: [], longTasks: [], curve: null });
  const opened = { stills: null, numbers: null, fortyProbes: null };
  let taken = fresh();
  // inputs whose effect is not to be seen yet, and since when the page waits for the curve after the last of them
  let waiting = [];
  let curveSince = null;
  let pointerAt = 0;
  const drawn = new Set();
  // milliseconds in handlers and callbacks since the last frame, in handlers alone, and when this frame's callbacks began
  let scripts = 0;
  let handlers = 0;
  let frameAt = null;

  const text = (id) => document.getElementById(id).textContent;
  const handled = (start) => {
    const time = performance.now() - start;
    handlers += time;
    scripts += time;
  };
  const timed = (handler) => function (...words) {
    const start = performance.now();
    try {
      return handler.apply(this, words);
    } finally {
      handled(start);
    }
  };

  // A message that is sent from a frame's callbacks arrives once the frame is laid out and painted.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const end = performance.now();
    taken.frames.push(handlers + end - frameAt);
    taken.scripts.push(scripts);
    [handlers, scripts] = [0, 0];
    frameAt = null;
    see(end);
  };
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => ask((time) => {
    if (frameAt === null) {
      frameAt = performance.now();
      drawn.clear();
      port2.postMessage(null);
    }
    const start = performance.now();
    callback(time);
    scripts += performance.now() - start;
  });

  // What the frame that ended at `now` shows for the first time.
  function see(now) {
    if (drawn.has("mask-canvas") && drawn.has("disc-canvas")) {
      for (const start of waiting) taken.latencies.push(now - start);
      waiting = [];
    }
    if (curveSince !== null && drawn.has("error-canvas") && text("clock-t") !== "0") {
      taken.curve = now - curveSince;
      curveSince = null;
    }
    if (text("clock-error") !== "") opened.numbers ??= now;
    if (Number.parseInt(text("disc-text"), 10) >= 40) opened.fortyProbes ??= now;
  }

  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...place) {
    drawn.add(this.canvas.id);
    clearRect.apply(this, place);
  };

  window.Worker = class extends Worker {
    #timed = new Map();
    addEventListener(kind, handler, ...rest) {
      this.#timed.set(handler, timed(handler));
      super.addEventListener(kind, this.#timed.get(handler), ...rest);
    }
    removeEventListener(kind, handler, ...rest) {
      super.removeEventListener(kind, this.#timed.get(handler) ?? handler, ...rest);
    }
  };

  // They come by an animation without duration.
  addEventListener("animationend", ({ target }) => {
    if (target.classList.contains("still")) opened.stills = performance.now();
  });
  addEventListener("pointermove", (event) => { pointerAt = event.timeStamp; }, true);
  let inputAt = 0;
  addEventListener("input", () => {
    inputAt = performance.now();
    waiting.push(pointerAt);
    curveSince = pointerAt;
  }, true);
  addEventListener("input", () => handled(inputAt));
  addEventListener("click", (event) => {
    if (event.target.closest?.("#play")) curveSince = event.timeStamp;
  }, true);

  const keep = (list) => taken.longTasks.push(...list.map(({ duration }) => duration));
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ type: "longtask", buffered: true });

  // take() gives what was taken since its last call; waits() says whether an effect or a curve is still to be seen.
  window.stopwatch = {
    take() {
      keep(observer.takeRecords());
      const result = taken;
      taken = fresh();
      return result;
    },
    waits: () => waiting.length > 0 || curveSince !== null,
    opened: () => {
      const loaded = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/stills/"));
      const stills = opened.stills && Math.max(opened.stills, ...loaded.map(({ responseEnd }) => responseEnd));
      const firstPaint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null;
      return { ...opened, firstPaint, stills };
    },
  };
}
