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

function groupsBeside(spot) { // the groups near the one that a row stands under, to be chosen by key
  if (spot.form !== "group") return [];
  const own = data.groups.filter((group) => !spot.of.appendix || group.appendix === spot.of.appendix);
  const at = own.findIndex((group) => group.id === spot.choices[0][0]);
  const near = own.map((group, i) => [Math.abs(i - at), group]).filter(([apart]) => apart).sort((a, b) => a[0] - b[0]);
  return near.slice(0, 6).map(([, group]) => ({ text: group.id, by: [], shown: `${group.id} ${group.title}`, note: label("group") }));
}

// ---- checks

const VALID = { level: "fine" };
let checks = 0;

async function checked(spot, value) { // {level: fine, unsure or wrong; say; value: as it would be published}
  const here = checkedHere(spot, value);
  if (!served || here.level === "wrong") return here;
  const text = spot.word >= 0 ? composedWith(spot, value) : value;
  if (text === spot.of.value) return here; // what is published already is not typed
  try {
    const answer = await fetch("check", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ table: spot.of.table, row: spot.of.row, column: spot.of.column, value: text }) });
    return answer.ok ? told(await answer.json(), spot) : here;
  } catch { return here; }
}

function told(found, spot) { // what the stage says of a typed value, in words; a cell's value as it will be published
  const fill = (key) => label("typed." + key).replace(/\{(\w+)\}/g, (_, name) => ({ ...found.said, value: (found.said || {}).value || found.value })[name] || "");
  const nearest = found.nearest ? label("typed.nearest").replace("{nearest}", found.nearest) : "";
  const notes = (found.notes || []).map(fill).join("; ");
  const value = spot.word >= 0 ? undefined : found.value;
  return { level: found.fits ? "fine" : "wrong", say: found.fits ? notes : fill(found.reason) + nearest, means: found.means, value };
}

function composedWith(spot, value) { // the cell's value with one more word decided
  const key = picked < 0 ? spot.key : wordKey(spot.of, picked);
  const before = state.decisions[key], cell = state.decisions[spot.of.key];
  delete state.decisions[spot.of.key];
  state.decisions[key] = { value };
  const found = composed(spot.of);
  if (before) state.decisions[key] = before; else delete state.decisions[key];
  if (cell) state.decisions[spot.of.key] = cell;
  return found;
}

// ---- the same without a server, as far as lists and forms go: what is not known is only told, the stage decides

const unsure = (key, value = "") => ({ level: "unsure", say: label("typed." + key).replace(/\{\w+\}/g, value) });
const whole = (source) => new RegExp(`^(?:${source})$`, "u");
const forms = new Map(Object.entries(data.forms).map(([form, sources]) => [form, sources.map(whole)]));
const figure = /^(?:(?:[<>≥≤=]|>=|<=)\s?|(?:trên|hơn|dưới|đạt|từ|bằng|ít nhất|tối thiểu|tối đa|không quá) )?-?\d{1,3}(?:\.\d{3})*(?:,\d+)?%?(?:\s?(?:-|–|đến)\s?-?\d{1,3}(?:\.\d{3})*(?:,\d+)?)?(?:%(?:\/năm)?| trở lên| trở xuống)?$|^(?:[<>≥≤=]\s?)?\d+(?:[.,]\d+)?%?$/iu;

const roman = /^(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;

const checksHere = { // by form
  bodies: (value) => {
    const names = value.split(";").map((name) => name.trim()).filter(Boolean), listed = names.map(knownBody);
    const unknown = names.filter((_, i) => !listed[i]), twice = listed.find((name, i) => name && listed.indexOf(name) < i);
    if (unknown.length) return unsure("body_unknown", unknown.join("; "));
    return twice ? unsure("body_twice", twice) : { level: "fine", value: listed.join("; ") };
  },
  group: (value, spot) => (data.groups.some((group) => group.id === value && (!spot.of.appendix || group.appendix === spot.of.appendix)) ? VALID : unsure("no_such_row", value)),
  reference: (value) => (value.split("; ").every((point) => rowIds().has(point)) ? VALID : unsure("no_such_row", value)),
  number: (value, spot) => {
    const form = data.numberForms[spot.of.table];
    if ((form && !new RegExp(form, "u").test(value)) || value.split(".").some((part) => /^[IVXLC]+$/.test(part) && !roman.test(part))) return unsure("number_form");
    const taken = (data.tables[spot.of.table].ids || []).some((id) => id !== spot.of.row && id.split("|").includes(value));
    const above = value.replace(/^\d+\//, "").replace(/\.[^.]*$/, "");
    const isLost = spot.of.table === "tasks" && above !== value && !data.groups.some((group) => group.id === above || group.id === above.split(".")[0]);
    return taken ? unsure("number_taken", value) : isLost ? unsure("no_such_row", above) : VALID;
  },
  deadline: (value) => timeOf(value, "deadline"),
  period: (value) => (columnValues("period").has(value) ? VALID : timeOf(value, "period")),
  funding: (value) => (fits("funding", value) ? VALID : unsure("funding_unknown", value)),
  unit: (value) => (fits("unit", value) || columnValues("unit").has(value) ? VALID : unsure("unit_unknown", value)),
  target: figureOf, value: figureOf,
  text: checkedText, word: checkedText,
};

function checkedHere(spot, value) { // of a coded cell what no list or form knows is not taken at once
  const found = !value ? checkedEmpty(spot) : (checksHere[spot.form] || checkedText)(value, spot);
  return found.level === "unsure" && !["word", "text"].includes(spot.form) ? { ...found, level: "wrong" } : found;
}

const checkedEmpty = (spot) => (spot.word >= 0 || (!spot.of.value && !spot.of.read) ? VALID : unsure("empty"));
const fits = (form, value) => (forms.get(form) || []).some((known) => known.test(value.toLowerCase()));
const bodyNames = new Map(data.bodies.map((name) => [name.toLowerCase(), name]));
const knownBody = (name) => bodyNames.get(name.toLowerCase()) || "";

function figureOf(value, spot) {
  const ends = value.match(/^[<>≥≤=]?\s*(\d+)\s*(?:-|–|đến)\s*(\d+)%?$/u);
  if (!figure.test(value)) return unsure("not_a_figure");
  if (ends && Number(ends[1]) > Number(ends[2])) return unsure("figure_backwards");
  const numbers = value.match(/\d+(?:,\d+)?/g) || [];
  if (spot.of.unit && spot.of.unit.startsWith("%") && numbers.some((number) => parseFloat(number.replace(",", ".")) > 100)) return unsure("share_over_100");
  return VALID;
}

function timeOf(value, form) {
  if (!fits(form, value)) return unsure(form + "_unknown");
  const text = value.toLowerCase(), years = (text.match(/\d{4}/g) || []).map(Number), own = Number((data.date || "").slice(0, 4));
  const dates = [...text.matchAll(/(?:(\d{1,2})\/)?(\d{1,2})\/(\d{4})/g)];
  const isNoTime = dates.some(([, day, month, year]) => Number(month) < 1 || Number(month) > 12 || (day && (Number(day) < 1 || Number(day) > new Date(Number(year), Number(month), 0).getDate())))
    || [...text.matchAll(/tháng (\d+)/g)].some(([, month]) => Number(month) < 1 || Number(month) > 12) || [...text.matchAll(/quý ([ivx]+|\d+)/g)].some(([, quarter]) => !/^(?:i{1,3}|iv|[1-4])$/.test(quarter))
    || /(\d{4}) ?[-–] ?(\d{4})/.test(text) && years.length === 2 && years[0] > years[1];
  if (isNoTime) return unsure("no_such_time");
  if (own && years.some((year) => year < own - 15 || year > own + 30)) return unsure("year_far", String(years.find((year) => year < own - 15 || year > own + 30)));
  return VALID;
}

const inText = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
let syllables = null;
function checkedText(value) { // a word that stands nowhere else in the document is worth a look
  if (!syllables) syllables = new Set(Object.values(data.tables).flatMap((table) => table.rows.flatMap((row) => row.flatMap(inText))));
  const strange = inText(value).filter((word) => /\p{L}/u.test(word) && !syllables.has(word));
  if (strange.length) return unsure("word_unknown", strange.join(", "));
  return [["(", ")"], ["[", "]"], ["“", "”"]].some(([open, close]) => value.split(open).length !== value.split(close).length) && value.length > 25 ? unsure("brackets") : VALID;
}

const kept = new Map();
function columnValues(column) { // what stands in a column of any table
  if (!kept.has(column)) kept.set(column, new Set(Object.values(data.tables).flatMap((table) => { const at = table.columns.indexOf(column); return at < 0 ? [] : table.rows.map((row) => row[at]); })));
  return kept.get(column);
}

function rowIds() {
  if (!kept.has("ids")) kept.set("ids", new Set([...data.groups.map((group) => group.id), ...data.tables.tasks.ids]));
  return kept.get("ids");
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
