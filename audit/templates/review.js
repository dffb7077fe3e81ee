"use strict";
// Everything of the document enters the page as text, never as HTML. No network: the page's policy forbids it.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const decisions = new Map(); // number of the doubt -> {verdict, value, why, when}
let current = 0;
let language = "vi";
let saved = true; // whether the last decision has been downloaded

const label = (key) => (data.labels[key] || {})[language] || key.replace(/^[a-z]+\./, "");

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

let silence = 0;
function say(text) {
  clearTimeout(silence);
  byId("status").textContent = "";
  setTimeout(() => { byId("status").textContent = text; }, 50); // a change is what screen readers announce
  silence = setTimeout(() => { byId("status").textContent = ""; }, 8000);
}

// ---- one doubt

function rowName(table, row) {
  if (table === "document") return "";
  const [first, ...others] = row.split("|");
  return table === "groups" ? `${others.join(" ")} (${label("in_appendix")} ${first})` : [first, ...others].join(" · ");
}

const columnName = (table, column) => label(data.labels[`column.${table}.${column}`] ? `column.${table}.${column}` : `column.${column}`);
const nameOf = (doubt) => `${label("table." + doubt.table)} ${rowName(doubt.table, doubt.row)} · ${columnName(doubt.table, doubt.column)}`.replace("  ", " ");

function showDoubt(number, focus = true) {
  if (!data.doubts.length) return;
  current = (number + data.doubts.length) % data.doubts.length;
  const doubt = data.doubts[current];
  const title = el("h2", { id: "doubt-title", tabindex: "-1" }, `${current + 1} ${label("of")} ${data.doubts.length}: ${nameOf(doubt)}`);
  const about = el("p", { class: "hint" }, `${label("page")} ${doubt.pieces.map((piece) => piece.page).join(", ")} · ${label("confidence")} ${doubt.confidence.toFixed(2)}`);
  byId("doubt").replaceChildren(
    title, about, ...contextView(doubt), ...doubt.pieces.map(pieceView), el("h3", {}, label("value")), valueView(doubt), formView(doubt), ...whyView(doubt),
    ...asRead(doubt), ...changesView(doubt), ...readingsView(doubt),
  );
  byId("list").querySelectorAll("button").forEach((button, i) => {
    if (i === current) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
  });
  byId("list").children[current].scrollIntoView({ block: "nearest" });
  if (focus) title.focus({ preventScroll: true });
  window.scrollTo(0, byId("view-review").offsetTop > window.innerHeight / 2 ? byId("view-review").offsetTop : 0);
}

function contextView(doubt) { // a small cell says little without the text of its row
  if (!doubt.context) return [];
  return [el("p", { class: "hint" }, `${label("context")}: `, el("span", { lang: "vi" }, doubt.context))];
}

function pieceView(piece) {
  if (!piece.image) return el("p", { class: "hint" }, piece.line == null ? "" : `${label("no_picture")} ${piece.line}`);
  const [width, height] = piece.size;
  const [x0, y0, x1, y1] = piece.outline;
  return el("figure", { class: "piece" },
    el("img", { src: piece.image, width, height, alt: `${label("picture_of")}: ${label("page")} ${piece.page}` }),
    svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { x: x0, y: y0, width: x1 - x0, height: y1 - y0 })));
}

const marked = (text) => el("mark", {}, text, el("span", { class: "sr" }, ` (${label("doubtful_word")})`));

function wordsView(words, side) {
  const shown = words.filter((word) => word[side] || word[2]);
  return shown.flatMap((word) => [word[2] ? marked(word[side] || "∅") : word[side], " "]);
}

const spaced = (texts) => texts.join(" ").split(/\s+/).filter(Boolean).join(" ");

function valueView(doubt) {
  const settled = decisions.get(current);
  const value = settled ? settled.value : doubt.value;
  const spelled = spaced(doubt.words.map((word) => word[1])) === doubt.value;
  if (!settled && spelled && doubt.words.length) return el("p", { class: "text", lang: "vi" }, ...wordsView(doubt.words, 1));
  return el("p", { class: "text", lang: "vi" }, value || label("empty"));
}

function asRead(doubt) {
  if (!doubt.words.length || doubt.read === doubt.value) return [];
  return [el("h3", {}, label("as_read")), el("p", { class: "text", lang: "vi" }, ...wordsView(doubt.words, 0))];
}

function whyView(doubt) {
  const reasons = doubt.rules.map((rule) => label("rule." + rule)).concat(doubt.reason ? doubt.reason.split("; ").map((reason) => label("reason." + reason)) : []);
  const also = doubt.also.length ? [el("p", {}, `${label("also_rows")}: ${doubt.also.map((row) => rowName(doubt.table, row)).join("; ")}`)] : [];
  return [el("h3", {}, label("why_doubt")), el("ul", {}, ...reasons.map((text) => el("li", {}, text))), ...also];
}

const headRow = (...keys) => el("tr", {}, ...keys.map((key) => el("th", { scope: "col" }, label(key))));

function changesView(doubt) {
  if (!doubt.changes.length) return [];
  const rows = doubt.changes.map(([before, after, rule]) =>
    el("tr", {}, el("td", { lang: "vi" }, before || "∅"), el("td", { lang: "vi" }, after || "∅"), el("td", {}, label("rule." + rule))));
  return [el("h3", {}, label("changed")), el("div", { class: "wide" }, el("table", {}, headRow("before", "after", "rule"), ...rows))];
}

function readingsView(doubt) {
  const given = Object.entries(doubt.readings).filter(([, text]) => text.replace(/[…\s]/g, ""));
  if (!given.length) return [];
  const rows = given.map(([witness, text]) => el("tr", {}, el("th", { scope: "row" }, label("witness." + witness)),
    el("td", { lang: "vi" }, ...differing(text.replace(/…( …)+/g, "…"), doubt.value))));
  return [el("h3", {}, label("readings")), el("div", { class: "wide" }, el("table", {}, headRow("witness", "reading"), ...rows))];
}

function differing(text, value) { // the words of a reading, those that are not in the value (longest common run of words) set off
  const ours = text.split(" "), theirs = value.split(" ");
  const length = Array.from({ length: ours.length + 1 }, () => new Uint16Array(theirs.length + 1));
  for (let i = ours.length - 1; i >= 0; i--)
    for (let j = theirs.length - 1; j >= 0; j--)
      length[i][j] = ours[i] === theirs[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  const shown = [];
  for (let i = 0, j = 0; i < ours.length; i++) {
    while (j < theirs.length && ours[i] !== theirs[j] && length[i][j + 1] >= length[i + 1][j]) j++;
    const same = j < theirs.length && ours[i] === theirs[j];
    if (same) j++;
    shown.push(same || ours[i] === "…" ? ours[i] : el("span", { class: "differs" }, ours[i]), " ");
  }
  return shown;
}

// ---- deciding

function formView(doubt) {
  const settled = decisions.get(current);
  const value = el("textarea", { id: "value", lang: "vi", spellcheck: "false", rows: String(Math.min(8, Math.max(1, Math.ceil(doubt.value.length / 85)))) });
  value.value = settled ? settled.value : doubt.value;
  const why = el("input", { id: "why", value: settled ? settled.why : "" });
  const button = (key, act, kind = "button", look = "") => el("button", { type: kind, class: look, onclick: act }, label(key));
  return el("form", { onsubmit: (event) => { event.preventDefault(); save(); } },
    el("label", {}, label("right_value"), value),
    el("label", {}, label("why"), why),
    el("div", { class: "bar" }, button("accept", accept, "button", "main"), button("save", () => {}, "submit"), button("undo", undo),
      button("previous", () => showDoubt(current - 1)), button("next", () => showDoubt(current + 1))));
}

function decide(verdict, value, said) {
  decisions.set(current, { verdict, value, why: byId("why").value.trim(), when: new Date().toISOString().slice(0, 19) + "Z" });
  saved = false;
  const done = current;
  refresh();
  const left = data.doubts.findIndex((_, i) => i > done && !decisions.has(i));
  const open = left >= 0 ? left : data.doubts.findIndex((_, i) => !decisions.has(i));
  showDoubt(open >= 0 ? open : done);
  say(`${label(said)}. ${open < 0 ? label("all_settled") : ""}`);
}

const accept = () => data.doubts.length && decide("accept", data.doubts[current].value, "accepted");

function save() {
  const value = spaced([byId("value").value]).normalize("NFC");
  if (value === data.doubts[current].value) decide("accept", value, "unchanged");
  else decide("change", value, "saved");
}

function undo() {
  if (!decisions.delete(current)) return;
  refresh();
  showDoubt(current);
  say(label("undone"));
}

function refresh() {
  const settled = decisions.size;
  byId("progress").textContent = `${settled} ${label("of")} ${data.doubts.length} ${label("settled")}`;
  byId("list").replaceChildren(...data.doubts.map((doubt, i) =>
    el("li", { class: decisions.has(i) ? "settled" : "" }, el("button", { type: "button", onclick: () => showDoubt(i) },
      `${nameOf(doubt)} (${doubt.confidence.toFixed(2)})`, decisions.has(i) ? el("span", { class: "sr" }, ` ${label("settled")}`) : null))));
  document.querySelectorAll(".mark").forEach((mark) => {
    const doubt = data.doubts[mark.dataset.doubt];
    mark.classList.toggle("settled", decisions.has(Number(mark.dataset.doubt)));
    mark.setAttribute("aria-label", `${label("go_to_doubt")}: ${nameOf(doubt)}`);
    mark.title = nameOf(doubt);
  });
}
