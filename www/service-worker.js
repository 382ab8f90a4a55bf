// Keeps the page for use without a network: one cache a version, which is filled as a whole and from then on only read.
// A window so never gets files of two versions. `cargo xtask build` writes the next line: the version, and each file by its
// address in the page's folder, with the digest that it has to have.
const VERSION = "", FILES = {};

// Pages under other paths of the same host have caches of their own.
const scope = self.registration.scope;
const PREFIX = `winning-ticket ${scope} `;
const CACHE = PREFIX + VERSION;

// All of them, the recorded figures too: who prepares a lecture where there is a network has not unfolded each of them. A
// file of another version, as a host or its mirrors may still have one, is refused, and with it the whole, until the browser
// looks again.
async function fill() {
  const cache = await caches.open(CACHE);
  const keep = async ([name, integrity]) => {
    const response = await fetch(scope + name, { cache: "no-cache", redirect: "error", integrity });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    await cache.put(scope + name, response);
  };
  await Promise.all(Object.entries(FILES).map(keep));
}

async function removeOlder() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

// Whether one window at most shows the page: others would get files of this version into what they have of another.
async function isAlone() {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.filter(({ url }) => url.startsWith(scope)).length <= 1;
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(removeOlder()));

// `opened`: a page of this version came from the host, and is served from here on. `renew`: an older one is to be replaced.
self.addEventListener("message", (event) => {
  const { opened, renew } = event.data;
  const answer = async () => {
    const alone = await isAlone();
    if (alone && opened === VERSION) await clients.claim();
    if (alone && renew) await self.skipWaiting();
    if (renew) event.ports[0].postMessage(alone);
  };
  event.waitUntil(answer());
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const [address] = url.split(/[?#]/);
  const name = address.startsWith(scope) ? address.slice(scope.length).replace(/^index\.html$/, "") : null;
  if (method !== "GET" || !Object.hasOwn(FILES, name)) return; // the browser asks the host
  const answer = async () => (await (await caches.open(CACHE)).match(scope + name)) ?? fetch(event.request);
  event.respondWith(answer());
});
