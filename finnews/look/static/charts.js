// Each chart is drawn by Vega when it comes into sight, and again when light becomes dark.
"use strict";

const dark = matchMedia("(prefers-color-scheme: dark)");

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// Colours that light and dark have: the browser answers `light-dark(…)`, which Vega does not know.
function resolved(name) {
  const [light, night] = colour(name).replace(/^light-dark\(|\)$/g, "").split(",");
  return (dark.matches ? night : light).trim();
}

function config() {
  return {
    background: "transparent",
    font: getComputedStyle(document.body).fontFamily,
    view: { stroke: null },
    axis: { labelFontSize: 11, titleFontWeight: "normal" },
    legend: { titleFontWeight: "normal", orient: "bottom", columns: Math.max(2, Math.floor(innerWidth / 200)), symbolLimit: 40 },
    rule: { color: resolved("--quiet") },
    point: { size: 60 },
    range: {
      category: dark.matches
        ? ["#8ab4f8", "#fcad70", "#81c995", "#f28b82", "#c58af9", "#fdd663", "#78d9ec", "#ff8bcb"]
        : ["#1a66d9", "#c45500", "#1e7d3c", "#c5221f", "#8430ce", "#8a6100", "#0f7d8f", "#b80672"],
    },
  };
}

// The verdicts and ends of runs are in the page's own colours, whatever the specification says of them.
function themed(specification) {
  const names = { "$up": "--up", "$down": "--down", "$hold": "--hold", "$quiet": "--quiet", "$text": "--text", "$link": "--link" };
  return JSON.parse(JSON.stringify(specification), (key, value) =>
    typeof value === "string" && value in names ? resolved(names[value]) : value);
}

const FACET = 260; // pixels

// Small charts beside each other have no width of their own: as many as fit, in all the width.
function fitted(specification, width) {
  if (!("facet" in specification)) return specification;
  const columns = Math.max(1, Math.min(specification.columns, Math.floor(width / FACET)));
  const labels = specification.resolve?.scale?.y ? 64 : 40; // of the axis of each, or of the first
  const each = Math.floor(width / columns) - labels;
  return { ...specification, columns, spec: { ...specification.spec, width: each } };
}

function locales() {
  const months = (length) => Array.from({ length: 12 }, (_, month) =>
    new Intl.DateTimeFormat(language, { month: length, timeZone: "UTC" }).format(Date.UTC(2026, month, 1)));
  const days = (length) => Array.from({ length: 7 }, (_, weekday) =>
    new Intl.DateTimeFormat(language, { weekday: length, timeZone: "UTC" }).format(Date.UTC(2026, 1, 1 + weekday)));
  const isGerman = /^de/i.test(language);
  return {
    formatLocale: {
      decimal: isGerman ? "," : ".", thousands: isGerman ? "." : ",", grouping: [3], currency: ["", ""], percent: "\u00a0%",
    },
    timeFormatLocale: {
      dateTime: "%x, %X", date: isGerman ? "%d.%m.%Y" : "%b %d, %Y", time: "%H:%M:%S", periods: ["AM", "PM"],
      days: days("long"), shortDays: days("short"), months: months("long"), shortMonths: months("short"),
    },
  };
}

// Of each column its values, and where rows share these, the place of each row's value among them.
function rows(columns) {
  const names = Object.keys(columns);
  if (!names.length) return [];
  const [values, places] = columns[names[0]];
  return Array.from(places || values, (_, row) => Object.fromEntries(names.map((name) => {
    const [values, places] = columns[name];
    return [name, places ? values[places[row]] : values[row]];
  })));
}

async function draw(figure) {
  const { datasets, ...specification } = JSON.parse(figure.querySelector("script").textContent);
  const place = figure.querySelector(".chart");
  const drawn = fitted(themed(specification), place.clientWidth);
  const data = Object.fromEntries(Object.entries(datasets).map(([name, columns]) => [name, rows(columns)]));
  const { view } = await vegaEmbed(place, { ...drawn, datasets: data }, {
    renderer: "svg",
    actions: false,
    ast: true, // no text becomes a program
    defaultStyle: false,
    config: config(),
    tooltip: { disableDefaultStyle: true },
    ...locales(),
  });
  figure.querySelector(".chart").style.minHeight = 0;
  figure.querySelector("svg").setAttribute("aria-label", figure.querySelector("figcaption").textContent);
  figure.dataset.drawn = dark.matches ? "dark" : "light";
  figure.view = view;
}

const figures = document.querySelectorAll("figure[data-chart]");
const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    draw(target);
  }
}, { rootMargin: "400px" });
figures.forEach((figure) => watcher.observe(figure));
dark.addEventListener("change", () => figures.forEach((figure) => figure.dataset.drawn && draw(figure)));
addEventListener("beforeprint", () => figures.forEach((figure) => figure.dataset.drawn || draw(figure)));
