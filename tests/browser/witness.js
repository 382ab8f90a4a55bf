// Runs before every script of the page and keeps what a test wants to know at any time: errors that nobody caught, and
// every worker that lives. TRAINING stands before it: the first bytes of the messages that only a training worker gets.
"use strict";
{
  const alive = new Set();
  const trainers = new Set();
  const witness = { errors: [], workers: 0, started: 0, trainers: 0, mostWorkers: 0, mostTrainers: 0 };
  const count = () => {
    [witness.workers, witness.trainers] = [alive.size, trainers.size];
    witness.mostWorkers = Math.max(witness.mostWorkers, alive.size);
    witness.mostTrainers = Math.max(witness.mostTrainers, trainers.size);
  };
  window.Worker = class extends Worker {
    constructor(...words) {
      super(...words);
      witness.started += 1;
      alive.add(this);
      count();
    }
    postMessage(message, ...words) {
      if (message instanceof Uint8Array && TRAINING.includes(message[0])) {
        trainers.add(this);
        count();
      }
      super.postMessage(message, ...words);
    }
    terminate() {
      alive.delete(this);
      trainers.delete(this);
      count();
      super.terminate();
    }
  };
  addEventListener("error", ({ message, filename, lineno }) => witness.errors.push(`${message} (${filename}:${lineno})`));
  addEventListener("unhandledrejection", ({ reason }) => witness.errors.push(`unhandled: ${reason}`));
  // Someone who leaves for another site is no concern of this page.
  addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a[href^=http]")) event.preventDefault();
  }, true);
  window.witness = witness;
}
