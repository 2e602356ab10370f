// Numbers and times as the browser's user writes them, and tables in another order.
"use strict";

const language = (navigator.languages || [navigator.language]).find((one) => /^(de|en)\b/i.test(one)) || "en";
const zone = document.documentElement.dataset.zone;

const day = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: zone });
const wall = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

const FEWEST_DECIMALS = { price: 2, percent: 2 };

function number(text, form) {
  const fewest = FEWEST_DECIMALS[form] || 0;
  const decimals = Math.max(fewest, form === "percent" ? 0 : (text.split(".")[1] || "").length);
  const formatted = new Intl.NumberFormat(language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: form === "change" || form === "percent" ? "exceptZero" : "auto",
  }).format(text);
  return form === "percent" ? `${formatted}\u00a0%` : formatted;
}

function localise(root) {
  for (const data of root.querySelectorAll("data")) {
    data.textContent = number(data.value, data.classList[0]);
  }
  for (const time of root.querySelectorAll("time")) {
    const text = time.dateTime;
    if (text.length === 10) time.textContent = day.format(new Date(text));
    else if (/Z$|[+-]\d\d:\d\d$/.test(text)) time.textContent = moment.format(new Date(text));
    else time.textContent = wall.format(new Date(`${text}Z`)); // what a clock in the zone shows
  }
}

function sortKey(cell) {
  if (cell.querySelector(".none")) return null;
  if (cell.dataset.order) return cell.dataset.order;
  const data = cell.querySelector("data");
  if (data) return Number(data.value);
  const time = cell.querySelector("time");
  return time ? time.dateTime : cell.textContent.trim();
}

const collator = new Intl.Collator("de"); // as the server orders, which knows no other language

function compare(one, other) {
  return typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);
}

// What is missing comes last in both directions.
function sortRows(table, index, isDescending) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => [sortKey(row.cells[index]), row]);
  rows.sort(([one], [other]) => {
    if (one === null || other === null) return (one === null) - (other === null);
    return isDescending ? compare(other, one) : compare(one, other);
  });
  body.append(...rows.map(([, row]) => row));
}

const LARGEST_FIRST = new Set(["number", "price", "change", "percent", "time", "day"]);

function sortBy(button) {
  const heading = button.closest("th");
  const table = button.closest("table");
  const isDescending = heading.ariaSort ? heading.ariaSort === "ascending" : LARGEST_FIRST.has(heading.className);
  if ("whole" in table.dataset || "static" in document.body.dataset) {
    sortRows(table, heading.cellIndex, isDescending);
    for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
    heading.ariaSort = isDescending ? "descending" : "ascending";
    return;
  }
  const address = new URL(location);
  address.searchParams.set(table.dataset.name, (isDescending ? "-" : "") + button.dataset.column);
  address.searchParams.delete(`${table.dataset.name}.page`);
  address.hash = table.dataset.name;
  location.assign(address);
}

localise(document);
document.addEventListener("click", (event) => {
  const button = event.target.closest("th button");
  if (button) sortBy(button);
});
