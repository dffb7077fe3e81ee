"use strict";
// Everything of the document enters the page as text, never as HTML. No network: the page's policy
// forbids it; a page that `pipeline.py review` serves may ask its own server.
const data = JSON.parse(document.getElementById("data").textContent);
const served = JSON.parse(document.getElementById("served").textContent); // null in a file from disk
const byId = (id) => document.getElementById(id);
let language = "vi";

const label = (key) => (data.labels[key] || {})[language] || key.replace(/^[a-z]+\./, "");

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

let silence = 0;
function say(text) { // shown for some seconds, and announced by screen readers
  clearTimeout(silence);
  byId("status").textContent = "";
  setTimeout(() => { byId("status").textContent = text; }, 50); // a change is what is announced
  silence = setTimeout(() => { byId("status").textContent = ""; }, 6000);
}

function tell(text) { // announced only
  byId("told").textContent = "";
  setTimeout(() => { byId("told").textContent = text; }, 60);
}

// ---- names of places

function rowName(table, row) {
  if (table === "document") return "";
  const [first, ...others] = row.split("|");
  return table === "groups" ? `${others.join(" ")} (${label("in_appendix")} ${first})` : [first, ...others].join(" · ");
}

const columnName = (table, column) => label(data.labels[`column.${table}.${column}`] ? `column.${table}.${column}` : `column.${column}`);
const cellName = (cell) => `${label("table." + cell.table)} ${rowName(cell.table, cell.row)} · ${columnName(cell.table, cell.column)}`.replace("  ", " ");
const headRow = (...keys) => el("tr", {}, ...keys.map((key) => el("th", { scope: "col" }, label(key))));

// ---- texts

const spaced = (text) => text.split(/\s+/).filter(Boolean).join(" ").normalize("NFC");
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const shownText = (text) => text || "∅";

function shed(text, [before, behind]) { // as the tables stage takes list marks off a text
  let start = 0, end = text.length;
  while (before && start < end && before.includes(text[start])) start += 1;
  text = before ? text.slice(start).trim() : text;
  end = text.length;
  while (behind && end && behind.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}
