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

const nameOf = (doubt) => `${label("table." + doubt.table)} ${doubt.row} · ${label("column." + doubt.column)}`;

function showDoubt(number, focus = true) {
  if (!data.doubts.length) return;
  current = (number + data.doubts.length) % data.doubts.length;
  const doubt = data.doubts[current];
  const title = el("h2", { id: "doubt-title", tabindex: "-1" }, `${current + 1} ${label("of")} ${data.doubts.length}: ${nameOf(doubt)}`);
  const about = el("p", { class: "hint" }, `${label("page")} ${doubt.pieces.map((piece) => piece.page).join(", ")} · ${label("confidence")} ${doubt.confidence.toFixed(2)}`);
  byId("doubt").replaceChildren(
    title, about, ...doubt.pieces.map(pieceView), el("h3", {}, label("value")), valueView(doubt), formView(doubt), ...whyView(doubt),
    ...asRead(doubt), ...changesView(doubt), ...readingsView(doubt),
  );
  byId("list").querySelectorAll("button").forEach((button, i) => {
    if (i === current) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
  });
  byId("list").children[current].scrollIntoView({ block: "nearest" });
  if (focus) title.focus({ preventScroll: true });
  window.scrollTo(0, byId("view-review").offsetTop > window.innerHeight / 2 ? byId("view-review").offsetTop : 0);
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
  const reasons = doubt.rules.map((rule) => label("rule." + rule)).concat(doubt.reason ? [doubt.reason] : []);
  const also = doubt.also.length ? [el("p", {}, `${label("also_rows")}: ${doubt.also.join("; ")}`)] : [];
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
  const rows = given.map(([witness, text]) => el("tr", {}, el("th", { scope: "row" }, witness), el("td", { lang: "vi" }, ...differing(text, doubt.value))));
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
  const value = el("textarea", { id: "value", lang: "vi", spellcheck: "false", rows: String(Math.min(8, 1 + Math.ceil(doubt.value.length / 90))) });
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

// ---- the file of decisions

const quoted = (field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

function decisionsToCsv(who) {
  const lines = data.decided.trim() ? data.decided.replace(/\r\n/g, "\n").trimEnd().split("\n") : [data.columns.join(",")];
  for (const [number, decision] of [...decisions].sort((a, b) => a[0] - b[0])) {
    const doubt = data.doubts[number];
    for (const row of [doubt.row, ...doubt.also]) {
      const fields = { table: doubt.table, row_id: row, column: doubt.column, read: doubt.read || doubt.value, who, ...decision };
      lines.push(data.columns.map((column) => quoted(fields[column])).join(","));
    }
  }
  return lines.join("\n") + "\n";
}

function download() {
  const who = byId("who").value.trim();
  if (!decisions.size) return say(label("nothing"));
  if (!who) { byId("who").focus(); return say(label("name_first")); }
  const link = el("a", { href: URL.createObjectURL(new Blob([decisionsToCsv(who)], { type: "text/csv" })), download: `${data.document}.corrections.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  saved = true;
  say(`${label("downloaded")}. ${label("download_hint")}`);
}

// ---- tables

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const order = { column: -1, down: false };

function showTable() {
  const name = byId("table").value, table = data.tables[name];
  const wanted = folded(byId("search").value.trim());
  const review = table.columns.indexOf("review");
  let rows = table.rows.map((cells, i) => ({ cells, id: table.ids[i] })).filter((row) => !wanted || row.cells.some((cell) => folded(cell).includes(wanted)));
  if (order.column >= 0) {
    const compare = new Intl.Collator("vi", { numeric: true }).compare;
    rows.sort((a, b) => compare(a.cells[order.column], b.cells[order.column]) * (order.down ? -1 : 1));
  }
  const head = el("tr", {}, ...table.columns.map((column, i) => el("th", { scope: "col", "aria-sort": order.column === i ? (order.down ? "descending" : "ascending") : "none" },
    el("button", { type: "button", title: `${label("sort_by")} ${column}`, onclick: () => sortBy(i) }, `${column}${order.column === i ? (order.down ? " ▼" : " ▲") : ""}`))));
  const body = rows.map((row) => {
    const doubted = review < 0 ? [] : row.cells[review].split("; ");
    return el("tr", {}, ...row.cells.map((cell, i) => cellView(cell, doubted.includes(table.columns[i]) ? doubtOf(name, row.id, table.columns[i]) : -1)));
  });
  byId("rows").replaceChildren(el("table", {}, el("caption", { class: "sr" }, label("table." + name)), el("thead", {}, head), el("tbody", {}, ...body)));
  byId("found").textContent = `${rows.length} ${label("rows_shown")}`;
}

const doubtOf = (table, row, column) => data.doubts.findIndex((d) => d.table === table && d.column === column && (d.row === row || d.also.includes(row)));

function cellView(text, doubt) {
  const long = text.length > 80 ? " long" : "";
  if (doubt < 0) return el("td", { lang: "vi", class: long.trim() }, text);
  const go = el("button", { type: "button", "aria-label": label("go_to_doubt"), onclick: () => { openView("review"); showDoubt(doubt); } }, "?");
  return el("td", { lang: "vi", class: "doubted" + long }, text, " ", go);
}

function sortBy(column) {
  order.down = order.column === column && !order.down;
  order.column = column;
  showTable();
  byId("rows").querySelectorAll("th button")[column].focus();
}

// ---- reliability

function showPlot() {
  const width = 720, height = 320, left = 50, bottom = 280, top = 20, step = (width - left - 20) / data.bands.length;
  const most = Math.log10(1 + Math.max(1, ...data.bands.map(([, count]) => count)));
  const plot = svg("svg", { class: "plot", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": "plot-title" });
  plot.append(svg("line", { x1: left, y1: bottom, x2: width - 20, y2: top, stroke: "#777", "stroke-dasharray": "4 4" }));
  const shares = acceptedShares();
  data.bands.forEach(([band, count], i) => {
    const x = left + i * step, tall = (bottom - top) * Math.log10(1 + count) / most;
    plot.append(svg("rect", { x: x + 2, y: bottom - tall, width: step - 4, height: tall, fill: "#9db8df" }, svg("title", {}, `${band}: ${count}`)));
    if (count) plot.append(svg("text", { x: x + step / 2, y: bottom - tall - 4, "font-size": 10, "text-anchor": "middle" }, String(count)));
    if (i % 4 === 0) plot.append(svg("text", { x, y: bottom + 16, "font-size": 11 }, band.split("-")[0]));
    if (shares[i]) plot.append(svg("circle", { cx: x + step / 2, cy: bottom - (bottom - top) * shares[i].share, r: 4 + Math.sqrt(shares[i].of), fill: "#b3261e" }));
  });
  plot.append(svg("line", { x1: left, y1: bottom, x2: width - 20, y2: bottom, stroke: "#333" }));
  const rows = data.bands.map(([band, count], i) => el("tr", {}, el("td", {}, band), el("td", {}, String(count)),
    el("td", {}, shares[i] ? `${(100 * shares[i].share).toFixed(0)} % (${shares[i].of})` : "")));
  byId("plot").replaceChildren(plot, el("table", {}, headRow("band", "cells", "accepted_share"), ...rows));
}

function acceptedShares() {
  const found = data.bands.map(() => null);
  for (const [number, decision] of decisions) {
    const band = Math.min(found.length - 1, Math.floor(data.doubts[number].confidence * found.length + 1e-9));
    const so_far = found[band] || { right: 0, of: 0 };
    found[band] = { right: so_far.right + (decision.verdict === "accept"), of: so_far.of + 1 };
  }
  return found.map((entry) => entry && { share: entry.right / entry.of, of: entry.of });
}

// ---- views, language, keys

const shows = { review: () => showDoubt(current, false), pages: () => {}, tables: showTable, reliability: showPlot };

function openView(name) {
  for (const button of document.querySelectorAll("nav button")) {
    const open = button.dataset.view === name;
    byId("view-" + button.dataset.view).hidden = !open;
    if (open) button.setAttribute("aria-current", "page"); else button.removeAttribute("aria-current");
  }
  shows[name]();
}

const openedView = () => document.querySelector("nav [aria-current]").dataset.view;

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  for (const element of document.querySelectorAll("[data-label]")) element.textContent = label(element.dataset.label);
  for (const element of document.querySelectorAll("[data-title]")) element.title = label(element.dataset.title);
  for (const element of document.querySelectorAll("[data-aria]")) element.setAttribute("aria-label", label(element.dataset.aria));
  for (const option of byId("table").options) option.textContent = label("table." + option.value);
  refresh();
  openView(openedView());
}

const keys = {
  j: () => showDoubt(current + 1), n: () => showDoubt(current + 1), k: () => showDoubt(current - 1), p: () => showDoubt(current - 1),
  a: accept, u: undo, d: download, w: () => byId("who").focus(),
  e: () => { byId("value").focus(); byId("value").select(); },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (event.target.id === "value" && event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); return save(); }
  if (typing && event.key === "Escape") return byId("doubt-title").focus();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !byId("keys").checked) return;
  if (openedView() !== "review" && event.key !== "d") return;
  if (keys[event.key] && (data.doubts.length || event.key === "d")) { event.preventDefault(); keys[event.key](); }
});

window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
document.querySelectorAll("nav button").forEach((button) => button.addEventListener("click", () => openView(button.dataset.view)));
document.querySelectorAll(".mark").forEach((mark) => mark.addEventListener("click", () => { openView("review"); showDoubt(Number(mark.dataset.doubt)); }));
byId("language").addEventListener("change", (event) => speak(event.target.value));
byId("download").addEventListener("click", download);
byId("search").addEventListener("input", showTable);
byId("table").addEventListener("change", () => { order.column = -1; showTable(); });
byId("table").append(...Object.keys(data.tables).map((name) => el("option", { value: name }, label("table." + name))));
byId("table").value = "tasks";
refresh();
showDoubt(0, false);
