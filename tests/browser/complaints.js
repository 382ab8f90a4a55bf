// Runs before every script of the page, in engines whose console cannot be read from outside, and keeps what would stand
// there as a warning or worse.
"use strict";
{
  const complaints = [];
  const keep = (...words) => complaints.push(words.map(String).join(" "));
  for (const kind of ["warn", "error"]) {
    const tell = console[kind].bind(console);
    console[kind] = (...words) => {
      keep(...words);
      tell(...words);
    };
  }
  // What cannot be loaded is told to its element alone: heard on the way there.
  addEventListener("error", ({ message, target }) => keep(message ?? `${target.src ?? target.href} cannot be loaded`), true);
  addEventListener("unhandledrejection", ({ reason }) => keep("unhandled:", reason));
  addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) => keep(violatedDirective, "forbids", blockedURI));
  // Takes them, with the addresses of everything that was asked for.
  window.takeComplaints = () => [complaints.splice(0), performance.getEntriesByType("resource").map(({ name }) => name)];
}
