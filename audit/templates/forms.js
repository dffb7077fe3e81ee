// ---- what is typed: completed from what is known, and checked as far as the page can

const completions = { // by form: what a typed text may go on to, each with the whole value it makes
  bodies: (text) => {
    const parts = text.split(";"), last = folded(parts.pop().trim()), before = parts.map((part) => part.trim()).filter(Boolean);
    const near = last ? data.bodies.filter((name) => folded(name).includes(last)) : [];
    near.sort((a, b) => folded(a).indexOf(last) - folded(b).indexOf(last) || a.length - b.length);
    return near.slice(0, 8).map((name) => ({ text: [...before, name].join("; "), shown: name, note: label("known_body") }));
  },
  group: (text) => data.groups.filter((group) => !lead().of.appendix || group.appendix === lead().of.appendix)
    .filter((group) => folded(`${group.id} ${group.title}`).includes(folded(text))).slice(0, 8)
    .map((group) => ({ text: group.id, whole: group.id, shown: `${group.id} ${group.title}`, note: label("group") })),
  reference: (text) => data.groups.filter((group) => group.id.startsWith(text)).slice(0, 8)
    .map((group) => ({ text: group.id, shown: `${group.id} ${group.title}`, note: label("group") })),
};

function typed() {
  const text = byId("answer").value, spot = lead();
  if (!text) return showAnswer();
  const found = completions[spot.form] ? completions[spot.form](text) : [];
  offer(found);
  if (found.length) { highlighted = -1; [...byId("choices").children].forEach((child) => child.setAttribute("aria-selected", "false")); byId("answer").removeAttribute("aria-activedescendant"); }
  showChecked();
}

// ---- checks

const VALID = { level: "fine" };
let checks = 0;

async function checked(spot, value) { // {level: fine, unsure or wrong; say; value: as it would be published}
  const here = checkedHere(spot, value);
  if (!served || here.level === "wrong") return here;
  const whole = spot.word >= 0 ? composedWith(spot, value) : value;
  if (whole === spot.of.value) return here; // what is published already is not typed
  try {
    const answer = await fetch("check", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ table: spot.of.table, row: spot.of.row, column: spot.of.column, value: whole }) });
    return answer.ok ? told(await answer.json(), spot) : here;
  } catch { return here; }
}

function told(found, spot) { // what the stage says of a typed value, in words; a cell's value as it will be published
  const fill = (key) => label("typed." + key).replace(/\{(\w+)\}/g, (_, name) => ({ ...found.said, value: (found.said || {}).value || found.value })[name] || "");
  const nearest = found.nearest ? ` (${label("typed.nearest")}: ${found.nearest})` : "";
  const notes = (found.notes || []).map(fill).join("; ");
  const value = spot.word >= 0 ? undefined : found.value;
  return { level: found.fits ? "fine" : "wrong", say: found.fits ? notes : fill(found.reason) + nearest, means: found.means, value };
}

function composedWith(spot, value) { // the cell's value with one more word decided
  const before = state.decisions[spot.key], whole = state.decisions[spot.of.key];
  delete state.decisions[spot.of.key];
  state.decisions[spot.key] = { value };
  const found = composed(spot.of);
  if (before) state.decisions[spot.key] = before; else delete state.decisions[spot.key];
  if (whole) state.decisions[spot.of.key] = whole;
  return found;
}

function checkedHere(spot, value) {
  if (spot.word >= 0) return checkedWord(value);
  if (!value && spot.form !== "reference" && spot.form !== "bodies") return { level: "unsure", say: label("check.empty") };
  if (spot.form === "bodies") {
    const unknown = value.split(";").map((name) => name.trim()).filter((name) => name && !data.bodies.includes(name));
    return unknown.length ? { level: "unsure", say: `${label("check.body")}: ${unknown.join("; ")}` } : VALID;
  }
  if (spot.form === "group" && value) {
    const known = data.groups.some((group) => group.id === value && (!spot.of.appendix || group.appendix === spot.of.appendix));
    return known ? VALID : { level: "unsure", say: label("check.group") };
  }
  return VALID;
}

let syllables = null;
function checkedWord(value) { // a syllable that stands nowhere else in the document is worth a look
  if (!syllables) {
    syllables = new Set();
    for (const table of Object.values(data.tables)) for (const row of table.rows) for (const cell of row) for (const word of cell.toLowerCase().match(/\p{L}+/gu) || []) syllables.add(word);
  }
  const strange = (value.toLowerCase().match(/\p{L}+/gu) || []).filter((word) => !syllables.has(word));
  return strange.length ? { level: "unsure", say: `${label("check.word")}: ${strange.join(", ")}` } : VALID;
}

async function showChecked() {
  const spot = lead(), number = (checks += 1);
  if (!spot) return showVerdict(VALID);
  const text = spaced(byId("answer").value), option = options[highlighted];
  const value = text || (option ? option.text : "");
  if (!text && value === spot.choices[0][0]) return showVerdict({ level: "fine", means: spot.word < 0 ? spot.of.means : {} });
  const found = await checked(spot, value);
  if (number === checks) showVerdict(found);
}

function showVerdict(found) {
  const means = Object.entries(found.means || {}).filter(([, text]) => text);
  const meaning = means.length ? `${label("means")} ${means.map(([column, text]) => `${columnName(lead() ? lead().of.table : "", column)}: ${codeName(column, text)}`).join(", ")}` : "";
  byId("verdict").className = found.level;
  byId("verdict").textContent = [found.say || "", meaning].filter(Boolean).join(" · ");
}

function codeName(column, text) { // what the codes of a closed set stand for
  return String(text).split("; ").map((code) => (data.labels[`${column.replace("codes", "code")}.${code}`] ? label(`${column.replace("codes", "code")}.${code}`) : code)).join("; ");
}
