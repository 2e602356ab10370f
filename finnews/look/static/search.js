// The search where no server answers: the address says what is asked for, scripts say what there is.
"use strict";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const PAGE = 50; // results that are shown at once

const loaded = { words: new Map(), documents: new Map() };

// What the files of the index call.
const finnewsSearch = {
  contents(contents) { loaded.contents = contents; },
  filters(papers, postings) { loaded.filters = { papers, postings }; },
  words(shard, lines) { loaded.words.set(shard, lines); },
  documents(number, documents) { loaded.documents.set(number, documents); },
};

const scripts = new Map();

function load(name) {
  if (!scripts.has(name)) {
    scripts.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `search/${name}.js`;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`search/${name}.js is missing`));
      document.head.append(script);
    }));
  }
  return scripts.get(name);
}

function numbers(gaps) {
  const found = [];
  let next = 0, gap = 0, shift = 1;
  for (const letter of gaps) {
    const digit = DIGITS.indexOf(letter);
    gap += (digit % 32) * shift;
    shift *= 32;
    if (digit < 32) {
      found.push(next + gap);
      next += gap + 1;
      gap = 0;
      shift = 1;
    }
  }
  return found;
}

// Words as finnews/look/words.py takes them.
const TERM = /(-?)(?:"([^"]*)"?(\*?)|([^\s"]+))/g;

function terms(question) {
  const found = [];
  for (const [, minus, phrase, star, word] of question.normalize("NFC").toLowerCase().matchAll(TERM)) {
    const words = (word || phrase || "").match(/[\p{L}\p{N}]+/gu) || [];
    words.forEach((one, index) => found.push({
      word: one,
      isPrefix: index === words.length - 1 && Boolean(star || (word || "").endsWith("*")),
      group: minus ? found.length - index : -1,
    }));
  }
  return found;
}

function forms(word) {
  const sharp = word.replaceAll("ß", "ss");
  const plain = sharp.replace(/[äöü]/g, (letter) => `${letter.normalize("NFD")[0]}e`);
  return [...new Set([word, sharp, plain].map((one) => one.normalize("NFD").replace(/\p{Mn}/gu, "")))];
}

function shard(word) {
  return Array.from(word).slice(0, 2).join("").padEnd(2, "_").replace(/[^a-z0-9]/g, "_");
}

// The documents of a word, or of all that begin with it.
async function documentsOf({ word, isPrefix }) {
  const found = new Set();
  for (const form of forms(word)) {
    const isOpen = isPrefix && Array.from(form).length < 2;
    const names = loaded.contents.shards.filter((name) => isOpen ? name[0] === shard(form)[0] : name === shard(form));
    await Promise.all(names.map((name) => load(`words-${name}`)));
    for (const name of names) collect(loaded.words.get(name), form, isPrefix, found);
  }
  return found;
}

function collect(lines, form, isPrefix, found) {
  const start = isPrefix ? `\n${form}` : `\n${form} `;
  for (let place = lines.indexOf(start); place >= 0; place = lines.indexOf(start, place + 1)) {
    const end = lines.indexOf("\n", place + 1);
    for (const number of numbers(lines.slice(lines.indexOf(" ", place) + 1, end))) found.add(number);
    if (!isPrefix) return;
  }
}

const AGO = /^(\d{1,5})([dw])$/;

function dayOf(name, text) {
  if (!text) return "";
  const ago = AGO.exec(text);
  const today = new Intl.DateTimeFormat("sv", { timeZone: zone }).format(new Date());
  const date = new Date(`${ago ? today : text}T00:00:00Z`);
  if (ago) date.setUTCDate(date.getUTCDate() - ago[1] * (ago[2] === "w" ? 7 : 1));
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(date) && date.toISOString().startsWith(text);
  if (isNaN(date) || !(ago || isDay)) throw new Error(`${name}=${text}: a day is written as 2026-11-01, or as 7d or 2w ago.`);
  return date.toISOString().slice(0, 10);
}

// The first document, from the newest, of a day or an earlier one.
function firstUntil(until) {
  const entry = loaded.contents.days.find(([one]) => one <= until);
  return entry ? entry[1] : loaded.contents.count;
}

function firstBefore(since) {
  const entry = loaded.contents.days.find(([one]) => one < since);
  return entry ? entry[1] : loaded.contents.count;
}

function ofFilter(name) {
  return new Set(numbers(Object.hasOwn(loaded.filters.postings, name) ? loaded.filters.postings[name] : ""));
}

function ofPaper(text) {
  const name = text.toLowerCase();
  const spelled = name.replaceAll("-", "_");
  const papers = Object.entries(loaded.filters.papers).filter(([, names]) => names.includes(name) || names.includes(spelled));
  if (!papers.length) throw new Error(`${text}: no archived paper has this name, ISIN or WKN.`);
  return new Set(papers.flatMap(([paper]) => [...ofFilter(`paper ${paper}`)]));
}

function intersection(one, other) {
  return one && one.filter((number) => other.has(number));
}

async function search(asked) {
  await Promise.all([load("contents"), load("filters")]);
  const words = terms(asked.q);
  if (asked.q && !words.length) throw new Error(`${asked.q}: there is no word in it.`);
  const { count } = loaded.contents;
  const from = asked.until ? firstUntil(dayOf("until", asked.until)) : 0;
  const to = asked.since ? firstBefore(dayOf("since", asked.since)) : count;
  let found = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  if (asked.paper) found = intersection(found, ofPaper(asked.paper));
  if (asked.house) found = intersection(found, ofFilter(`firm ${asked.house}`));
  if (asked.verdict) found = intersection(found, ofFilter(`verdict ${asked.verdict}`));
  for (const term of words.filter(({ group }) => group < 0)) found = intersection(found, await documentsOf(term));
  for (const excluded of Map.groupBy(words.filter(({ group }) => group >= 0), ({ group }) => group).values()) {
    let all = found;
    for (const term of excluded) all = intersection(all, await documentsOf(term));
    const hits = new Set(all);
    found = found.filter((number) => !hits.has(number));
  }
  return found;
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

function link(text, address) {
  return /^https?:\/\//i.test(address || "") ? element("a", text, { href: address, rel: "noreferrer" }) : element("span", text);
}

function row([, time, headline, address, firm, verdict, papers]) {
  const made = element("tr");
  const cells = [element("td", "", { class: "time" }), element("td"), element("td"), element("td"), element("td", "", { class: "papers" })];
  cells[0].append(element("time", time, { datetime: time }));
  cells[1].append(link(headline || "–", address));
  cells[2].textContent = firm || "";
  if (verdict) cells[3].append(element("span", verdict, { class: `verdict ${verdict}` }));
  papers.forEach(([name, page], index) => {
    if (index) cells[4].append(", ");
    cells[4].append(element("a", name, { href: page }));
  });
  made.append(...cells);
  return made;
}

function table() {
  const made = element("table", "", { id: "articles" });
  const headings = element("tr");
  headings.append(...["Published", "Headline or paper", "House", "Verdict", "Papers"].map((text) => element("th", text, { scope: "col" })));
  made.append(element("caption", "Results"), element("thead"), element("tbody"));
  made.tHead.append(headings);
  return made;
}

async function show(found, start, body) {
  const { size } = loaded.contents;
  const shown = found.slice(start, start + PAGE);
  await Promise.all([...new Set(shown.map((number) => Math.floor(number / size)))].map((file) => load(`documents-${file}`)));
  const rows = shown.map((number) => row(loaded.documents.get(Math.floor(number / size))[number % size]));
  body.append(...rows);
  rows.forEach(localise);
  return rows;
}

async function answer(asked) {
  const state = document.getElementById("found");
  state.textContent = "Searching …";
  try {
    const found = await search(asked);
    state.textContent = `${found.length} ${found.length === 1 ? "result" : "results"}, the newest first.`;
    if (!found.length) return;
    const made = table();
    const box = element("div", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Results" });
    box.append(made);
    document.getElementById("results").replaceChildren(box);
    await show(found, 0, made.tBodies[0]);
    if (found.length > PAGE) document.getElementById("results").append(more(found, made.tBodies[0]));
  } catch (error) {
    state.textContent = error.message;
  }
}

function more(found, body) {
  const button = element("button", "More", { type: "button" });
  button.addEventListener("click", async () => {
    const [first] = await show(found, body.rows.length, body);
    if (body.rows.length >= found.length) button.remove();
    document.getElementById("found").textContent = `${body.rows.length} of ${found.length} results, the newest first.`;
    first.querySelector("a")?.focus();
  });
  return button;
}

const form = document.querySelector("form[data-form]");
const parameters = new URLSearchParams(location.search);
const asked = {};
for (const field of form.querySelectorAll("input, select")) {
  asked[field.name] = (parameters.get(field.name) || "").trim();
  if (parameters.has(field.name)) field.value = asked[field.name];
}
if (Object.values(asked).some(Boolean)) answer(asked);
