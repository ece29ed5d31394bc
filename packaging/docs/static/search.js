// Looks for words in SECTIONS (search-data.js) as they are typed: every word must stand in the section, anywhere, in any width or case.
"use strict";

const MOST = 60, BEFORE = 40, AROUND = 160;
// one character stays one, so that a place found in the plain text is the same in the text shown
const plain = (text) => [...text].map((c) => { const n = c.normalize("NFKC").toLowerCase(); return n.length === c.length ? n : c; }).join("");
const LOOKED_AT = SECTIONS.map(([page, anchor, heading, text]) => ({
  page, anchor, heading, text, plainHeading: plain(heading), plainText: plain(text),
}));
const TITLES = {};
for (const one of LOOKED_AT) TITLES[one.page] ??= one.heading;

function rank(one, words) {
  let points = 0;
  for (const word of words) {
    const inHeading = one.plainHeading.includes(word), times = one.plainText.split(word).length - 1;
    if (!inHeading && !times) return 0;
    points += (inHeading ? 50 : 0) + Math.min(times, 10);
  }
  return points;
}

function marked(text, words, from, to) {
  const told = document.createDocumentFragment(), whole = plain(text);
  let at = from;
  while (at < to) {
    const hits = words.map((word) => [whole.indexOf(word, at), word.length]).filter(([place]) => place >= 0 && place < to);
    if (!hits.length) break;
    const [place, length] = hits.reduce((a, b) => (b[0] < a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a));
    told.append(text.slice(at, place));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(place, place + length);
    told.append(mark);
    at = place + length;
  }
  told.append(text.slice(at, Math.max(at, to)));
  return told;
}

function item(one, words) {
  const entry = document.createElement("li"), link = document.createElement("a"), line = document.createElement("p");
  link.href = one.page + "#" + one.anchor;
  const title = TITLES[one.page];
  link.append(marked(title === one.heading ? title : title + " › " + one.heading, words, 0, Infinity));
  const places = words.map((word) => one.plainText.indexOf(word)).filter((place) => place >= 0);
  const from = Math.max(0, (places.length ? Math.min(...places) : 0) - BEFORE), to = Math.min(one.text.length, from + AROUND);
  line.append(from ? "… " : "", marked(one.text, words, from, to), to < one.text.length ? " …" : "");
  entry.append(link, line);
  return entry;
}

function show(asked) {
  const words = plain(asked.normalize("NFKC")).split(/\s+/).filter(Boolean), told = document.getElementById("search-told");
  const found = words.length ? LOOKED_AT.map((one) => [rank(one, words), one]).filter(([points]) => points) : [];
  found.sort((a, b) => b[0] - a[0]);
  const many = found.length === 1 ? told.dataset.one : told.dataset.many;
  told.textContent = !words.length ? "" : found.length ? found.length + many : told.dataset.none;
  document.getElementById("search-found").replaceChildren(...found.slice(0, MOST).map(([, one]) => item(one, words)));
}

const field = document.getElementById("search-words");
field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", () => show(field.value));
document.getElementById("search-form").addEventListener("submit", (event) => event.preventDefault());
show(field.value);
