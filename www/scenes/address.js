// The addresses of links, for paper, where one cannot follow them: a page does not know before where it is kept.
for (const link of document.querySelectorAll("a")) link.dataset.address = link.href;
