// ---- what is decided: kept by the browser at once, and never thrown away unseen

const KEPT = `review:${data.document}:`;
const MOST_STEPS = 1000; // that can be undone
const state = {
  decisions: {}, // key of a spot or of a whole cell -> {value, stands, who, when, why, cell, read}
  apart: {}, // keys of spots that are asked by themselves, not with those like them
  lost: {}, // decisions whose place is gone or reads otherwise -> the same, with a reason
  steps: [], // what undo takes back: [key, what stood there before] of each step
  seen: [], // other versions of the document whose decisions were taken over
  at: "", who: "", language: "vi", order: "doubt", filters: {},
};

function hashOf(text) { // 53 bits (cyrb53, public domain): keys stay short, however long the cell
  let a = 0xdeadbeef, b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    a = Math.imul(a ^ text.charCodeAt(i), 2654435761);
    b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

const asReadOf = (cell) => (cell.hash ??= hashOf(cell.read || cell.value)); // a decision holds while this is read
const wordKey = (cell, at) => JSON.stringify([cell.table, cell.row, cell.column, at, asReadOf(cell)]);
const cellKey = (cell) => wordKey(cell, "cell");
const spotKey = (spot) => wordKey(data.doubts[spot.cell], spot.word);
const spots = data.spots.map((spot, number) => ({ ...spot, number, key: spotKey(spot), of: null }));
const cells = data.doubts.map((cell, number) => ({ ...cell, number, key: cellKey(cell), spots: spots.filter((spot) => spot.cell === number) }));
for (const spot of spots) spot.of = cells[spot.cell];
const byPlace = new Map(cells.map((cell) => [JSON.stringify([cell.table, cell.row, cell.column, asReadOf(cell)]), cell]));

function isHere(key) { // whether a decision's place is on this page and reads as it did
  const [table, row, column, at, read] = JSON.parse(key), cell = byPlace.get(JSON.stringify([table, row, column, read]));
  return Boolean(cell) && (at === "cell" || (at < 0 ? cell.spots[0].word < 0 : at < cell.words.length));
}

const decisionOf = (spot) => state.decisions[spot.key] || null;
const isSettled = (spot) => Boolean(state.decisions[spot.key] || state.decisions[cells[spot.cell].key]);
const isCellSettled = (cell) => Boolean(state.decisions[cell.key]) || cell.spots.every((spot) => state.decisions[spot.key]);

function composed(cell) { // a cell's value with its words as they were decided
  const whole = state.decisions[cell.key];
  if (whole) return whole.value;
  if (cell.spots[0].word < 0) return (decisionOf(cell.spots[0]) || cell).value;
  const words = cell.words.map((word) => word[1]);
  cell.words.forEach((_, at) => { const made = state.decisions[wordKey(cell, at)]; if (made) words[at] = made.value; });
  return shed(spaced(words.join(" ")), cell.sheds);
}

// ---- steps

function setAll(changes, cause) { // changes: [key, decision or null]; one step that undo takes back
  const step = changes.map(([key]) => [key, state.decisions[key] || null]);
  for (const [key, decision] of changes) {
    if (decision) state.decisions[key] = decision; else delete state.decisions[key];
  }
  state.steps.push({ step, at: state.at, cause });
  state.steps = state.steps.slice(-MOST_STEPS);
  keep();
}

function takeBack() { // the key of the question at which the undone step was made, "" where there is none
  const last = state.steps.pop();
  if (!last) return "";
  for (const [key, before] of last.step) {
    if (before) state.decisions[key] = before; else delete state.decisions[key];
  }
  keep();
  return last.at || " ";
}

const newDecision = (place, value, stands = false) => ({
  value, stands, who: state.who, when: new Date().toISOString().slice(0, 19) + "Z", why: byId("why").value.trim(),
  was: place.choices ? place.choices[0][0] : place.value,
});

// ---- kept by the browser, and by the server where there is one

function keep() {
  const text = JSON.stringify(state);
  try { localStorage.setItem(KEPT + data.source, text); } catch { if (!served) say(label("not_kept")); }
  if (served) sendSoon();
}

function parsed(text) {
  try { const found = JSON.parse(text); return found && typeof found === "object" ? found : null; } catch { return null; }
}

function stored(source) {
  try { return parsed(localStorage.getItem(KEPT + source)); } catch { return null; }
}

function otherVersions() {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(KEPT) && key !== KEPT + data.source).map((key) => key.slice(KEPT.length)); } catch { return []; }
}

function restore() {
  const own = [stored(data.source), served && served.sitting].filter(Boolean);
  for (const found of own) Object.assign(state, found, { decisions: { ...state.decisions, ...found.decisions }, lost: { ...state.lost, ...found.lost } });
  for (const source of [...otherVersions(), ...(served ? served.others : [])]) {
    const other = typeof source === "string" ? stored(source) : source;
    const name = typeof source === "string" ? source : source.source;
    if (!other || state.seen.includes(name)) continue;
    state.seen.push(name);
    state.decisions = { ...other.decisions, ...state.decisions };
    state.lost = { ...other.lost, ...state.lost };
    state.who = state.who || other.who || "";
  }
  setAsideLost();
}

const written = new Map(); // cell -> the row of the corrections file about it
function readWritten() {
  written.clear();
  for (const fields of fieldsOf(data.decided)) written.set(JSON.stringify([fields.table, fields.row_id, fields.column]), fields);
}

function setAsideLost() { // decisions about places that this page does not ask about
  readWritten();
  for (const [key, decision] of Object.entries(state.decisions)) {
    if (isHere(key)) continue;
    delete state.decisions[key];
    const [table, row, column] = JSON.parse(key);
    if (written.has(JSON.stringify([table, row, column]))) continue; // it stands in the corrections file
    state.lost[key] = { ...decision, reason: whyLost(table, row, column) };
  }
  for (const [key, decision] of Object.entries(state.lost)) { // a place that came back
    if (isHere(key)) { state.decisions[key] = decision; delete state.lost[key]; }
  }
  state.steps = state.steps.filter(({ step }) => step.every(([key]) => isHere(key)));
}

function whyLost(table, row, column) {
  if (cells.some((cell) => cell.table === table && [cell.row, ...cell.also].includes(row) && cell.column === column)) return "lost_reads_otherwise";
  const known = data.tables[table];
  return known && known.ids.length && !known.ids.includes(row) && table !== "document" ? "lost_row_gone" : "lost_no_doubt";
}
