// The texts of documents, as catalogues have them: what an element says whose own text has a letter, the elements in it
// numbered; and what its attributes say. Written a second time, apart from src/web/language.rs, to hold it to.
const [...documents] = arguments;
const texts = new Set();
const letter = /\p{L}/u;
const opaque = (element) => ["math", "noscript", "pre", "script", "style", "svg"].includes(element.localName) || element.getAttribute("translate") === "no";
const add = (text) => /\p{L}{2}/u.test(text.replace(/<[^>]*>/g, "")) && texts.add(text);
const said = (element, numbers = { next: 0 }) => [...element.childNodes].map((node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[ \t\n\r\f]+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const number = numbers.next++;
  return opaque(node) || !letter.test(node.textContent) ? `<${number}/>` : `<${number}>${said(node, numbers)}</${number}>`;
}).join("");
const visit = (node, within) => {
  if (node.nodeType === Node.ELEMENT_NODE) {
    if (node.getAttribute("translate") === "no") return;
    for (const name of ["alt", "aria-label", "aria-roledescription", "aria-valuetext", "label", "placeholder", "title"]) add((node.getAttribute(name) ?? "").trim());
    if (node.getAttribute("name") === "description") add(node.content.trim());
    if (node.localName === "template") return visit(node.content, within);
    within ||= opaque(node);
    if ((!within || node.localName === "mtext") && [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && letter.test(child.data))) {
      add(said(node).replace(/^ +| +$/g, ""));
      within = true;
    }
  }
  for (const child of node.children) visit(child, within);
};
for (const text of await Promise.all(documents.map((name) => fetch(name).then((answer) => answer.text())))) {
  visit(new DOMParser().parseFromString(text, "text/html").documentElement, false);
}
return [...texts];
