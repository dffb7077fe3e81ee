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

// ---- decisions of an earlier sitting

function csvToRows(text) {
  const rows = [[]];
  for (const [, quotedField, plain, end] of text.replace(/^\ufeff/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quotedField === undefined ? plain : quotedField.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length === data.columns.length);
}

function loadDecisions(text) {
  const [header, ...rows] = csvToRows(text);
  if (!header || header.join() !== data.columns.join()) return say(label("not_loaded"));
  const known = new Set(csvToRows(data.decided).map((row) => row.join("\n")));
  let found = 0;
  for (const row of rows) {
    const fields = Object.fromEntries(data.columns.map((column, i) => [column, row[i]]));
    const number = data.doubts.findIndex((d) => d.table === fields.table && d.column === fields.column
      && (d.row === fields.row_id || d.also.includes(fields.row_id)) && (d.read || d.value) === fields.read);
    if (number >= 0) {
      decisions.set(number, { verdict: fields.verdict, value: fields.value, why: fields.why, when: fields.when, who: fields.who });
      found += 1;
    } else if (!known.has(row.join("\n"))) {
      data.decided = (data.decided.trim() ? data.decided.trimEnd() + "\n" : data.columns.join(",") + "\n") + row.map(quoted).join(",") + "\n";
    }
  }
  refresh();
  showDoubt(Math.max(0, data.doubts.findIndex((_, i) => !decisions.has(i))));
  say(found ? `${label("loaded")}: ${found}` : label("not_loaded"));
}
