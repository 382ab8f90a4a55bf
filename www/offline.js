// Has service-worker.js keep the page for use without a network, and says when a newer version of it has come. Only
// `cargo xtask build` puts this script into the page: a server that builds at each change would be shadowed by what is kept.
const version = new URL(import.meta.url).search.slice(1);
// None where the host has no TLS, and in some private windows.
const container = navigator.serviceWorker;
const notice = document.getElementById("renewal");

async function keep() {
  const registration = await container.register("service-worker.js");
  // A page that came from the host is as new as can be.
  const look = () => registration.waiting && container.controller && say(registration, "here");
  const follow = () => registration.installing?.addEventListener("statechange", look);
  registration.addEventListener("updatefound", follow);
  follow();
  look();
  document.addEventListener("visibilitychange", () => {
    // Without a network there is nothing to find.
    if (!document.hidden) registration.update().catch(() => {});
  });
  const { active } = await container.ready;
  if (!container.controller) active.postMessage({ opened: version });
}

function say(registration, what) {
  const sentence = document.getElementById("renewal-words").content.querySelector(`[data-what="${what}"]`).cloneNode(true);
  const button = sentence.querySelector("button");
  const focused = notice.contains(document.activeElement);
  button.addEventListener("click", () => renew(registration));
  notice.replaceChildren(sentence);
  if (focused) button.focus();
}

// The present moment stands in the address before the page is loaded again.
function reload() {
  dispatchEvent(new Event("leave"));
  location.reload();
}

function renew(registration) {
  const worker = registration.waiting;
  if (!worker) return reload(); // another window was faster
  worker.addEventListener("statechange", () => worker.state === "activated" && reload());
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: alone }) => alone || say(registration, "shared");
  worker.postMessage({ renew: true }, [port2]);
}

document.getElementById("dismiss-notices").addEventListener("click", () => notice.replaceChildren());
// Once the program runs, or is known not to: on a slow line what is kept for later would hold up what is wanted now. A
// browser may refuse; the page is the same without.
const idle = globalThis.requestIdleCallback ?? setTimeout;
const started = import("./start.js").catch(() => {});
if (container) started.then(() => idle(() => keep().catch(() => {})));
