// ---- decisions as rows of the corrections file

const quoted = (field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

function csvToRows(text) {
  const rows = [[]];
  for (const [, quotedField, plain, end] of text.replace(/^\ufeff/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quotedField === undefined ? plain : quotedField.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length === data.columns.length);
}

function fieldsOf(text) {
  const [header, ...rows] = csvToRows(text);
  if (!header || header.join() !== data.columns.join()) return [];
  return rows.map((row) => Object.fromEntries(data.columns.map((column, i) => [column, row[i]])));
}

function settledRows() { // one for each row of the tables in which a settled cell stands
  return cells.filter(isCellSettled).flatMap((cell) => {
    const made = [state.decisions[cell.key], ...cell.spots.map(decisionOf), ...cell.words.map((_, at) => state.decisions[wordKey(cell, at)])].filter(Boolean);
    const last = state.decisions[cell.key] || made.reduce((a, b) => (a.when > b.when ? a : b));
    const value = composed(cell);
    const verdict = value === cell.value ? "accept" : made.some((decision) => decision.stands) ? "as_is" : "change";
    const why = [...new Set(made.map((decision) => decision.why).filter(Boolean))].join("; ");
    const fields = { table: cell.table, column: cell.column, read: cell.read || cell.value, value, verdict, who: last.who || state.who, when: last.when, why };
    return [cell.row, ...cell.also].map((row_id) => ({ ...fields, row_id }));
  });
}

function decisionsToCsv() { // what stood in the file, then this sitting's
  const rows = settledRows(), own = new Set(rows.map((row) => JSON.stringify([row.table, row.row_id, row.column])));
  const before = fieldsOf(data.decided).filter((row) => !own.has(JSON.stringify([row.table, row.row_id, row.column])));
  const lines = [...before, ...rows].map((row) => data.columns.map((column) => quoted(row[column])).join(","));
  return [data.columns.join(","), ...lines].join("\n") + "\n";
}

let downloaded = 0; // steps when the file was made last

function download() {
  if (!settledRows().length) return say(label("nothing"));
  if (!state.who) { byId("who").focus(); return say(label("name_first")); }
  const link = el("a", { href: URL.createObjectURL(new Blob([decisionsToCsv()], { type: "text/csv" })), download: `${data.document}.corrections.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  downloaded = state.steps.length;
  say(`${label("downloaded")}. ${label("download_hint")}`);
}

// ---- a file of an earlier sitting

function loadDecisions(text) {
  const changes = [];
  const known = new Set(fieldsOf(data.decided).map((row) => JSON.stringify(row)));
  for (const fields of fieldsOf(text)) {
    const cell = cells.find((c) => c.table === fields.table && c.column === fields.column && [c.row, ...c.also].includes(fields.row_id) && (c.read || c.value) === fields.read);
    if (cell) {
      const value = fields.verdict === "accept" ? cell.value : fields.value;
      changes.push([cell.key, { value, stands: fields.verdict === "as_is", who: fields.who, when: fields.when, why: fields.why, was: cell.value }]);
    } else if (!known.has(JSON.stringify(fields))) {
      data.decided = (data.decided.trim() ? data.decided.trimEnd() + "\n" : data.columns.join(",") + "\n") + data.columns.map((column) => quoted(fields[column])).join(",") + "\n";
    }
  }
  if (changes.length) setAll(changes, "load");
  refresh();
  goToFirstOpen();
  say(changes.length ? `${label("loaded")}: ${changes.length}` : label("not_loaded"));
}

// ---- a page that is served sends what is decided

let sending = 0, unsent = false;

function sendSoon() {
  unsent = true;
  clearTimeout(sending);
  sending = setTimeout(send, 150);
}

async function send() {
  const asked = cells.flatMap((cell) => [cell.row, ...cell.also].map((row) => [cell.table, row, cell.column]));
  const body = { rows: state.who ? settledRows() : [], sitting: state, asked };
  try {
    const answer = await fetch("decisions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(String(answer.status));
    unsent = false;
    byId("kept").textContent = label(state.who ? "kept_in_file" : "name_first");
  } catch {
    byId("kept").textContent = label("server_gone");
    sending = setTimeout(send, 3000);
  }
}

// ---- decisions that no longer apply

function lostView() {
  const lost = Object.entries(state.lost).map(([key, decision]) => {
    const [table, row, column] = JSON.parse(key);
    return el("li", {}, `${cellName({ table, row, column })}: `, el("b", { lang: "vi" }, shownText(decision.value)), ` — ${label(decision.reason)} `,
      el("button", { type: "button", onclick: () => { delete state.lost[key]; keep(); lostView(); } }, label("let_go")));
  });
  const unused = data.unused.map((found) => el("li", {}, `${found.place}: `, el("span", {}, label("lost_unused")), " ", el("small", { lang: "en" }, `(${found.message})`)));
  byId("lost").hidden = !(lost.length + unused.length);
  byId("lost-count").textContent = String(lost.length + unused.length);
  byId("lost-list").replaceChildren(...lost, ...unused);
}
