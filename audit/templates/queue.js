// ---- which questions are asked, in which order

let asked = []; // the questions that the filters leave: arrays of spots
let current = 0;

function allQuestions() { // those set apart are questions of their own behind the rest of theirs
  return data.questions.flatMap((numbers) => {
    const members = numbers.map((number) => spots[number]);
    const together = members.filter((spot) => !state.apart[spot.key]);
    const alone = members.filter((spot) => state.apart[spot.key]).map((spot) => [spot]);
    return together.length ? [together, ...alone] : alone;
  });
}

const traits = { // what questions are chosen by
  table: (spot) => [spot.of.table],
  page: (spot) => [String(spot.page)],
  kind: (spot) => [spot.form],
  rule: (spot) => (spot.word >= 0 ? [spot.of.words[spot.word][3]] : reasonsOf(spot.of)),
};
const traitNames = {
  table: (value) => label("table." + value), page: (value) => `${label("page")} ${value}`,
  kind: (value) => label("form." + value), rule: (value) => reasonName(value),
};
const reasonsOf = (cell) => [...cell.rules, ...(cell.reason ? cell.reason.split("; ") : [])];
const reasonName = (name) => (data.labels["rule." + name] ? label("rule." + name) : label("reason." + name));

function place(question) { // page, height on it, cell and word: the order of the document
  const [spot] = question, box = spot.of.boxes[0] || {};
  return [box.page || spot.page, box.top === undefined ? box.line || 0 : box.top, spot.cell, spot.number];
}

function inOrder(a, b) {
  const left = place(a), right = place(b), at = left.findIndex((value, i) => value !== right[i]);
  return at < 0 ? 0 : left[at] - right[at];
}

function chooseQuestions() {
  const wanted = Object.entries(state.filters).filter(([, value]) => value);
  const passes = (question) => question.some((spot) => wanted.every(([trait, value]) => traits[trait](spot).includes(value)));
  asked = allQuestions().filter((question) => passes(question) && (!state.filters.open || !question.every(isSettled)));
  if (state.order === "page") asked.sort(inOrder);
  const at = asked.findIndex((question) => question.some((spot) => spot.key === state.at));
  current = Math.max(0, at);
}

const questionName = (question) => {
  const [spot] = question, word = spot.word >= 0 ? `“${shownText(spot.choices[0][0])}” · ` : "";
  return `${word}${cellName(spot.of)}`;
};

function showQueue() {
  byId("list").replaceChildren(...asked.map((question, i) => {
    const settled = question.every(isSettled);
    return el("li", { class: settled ? "settled" : "" },
      el("button", { type: "button", tabindex: i === current ? "0" : "-1", "aria-current": i === current ? "true" : null, onclick: () => showQuestion(i) },
        el("span", { class: "tick", "aria-hidden": "true" }, settled ? "✓" : "·"),
        el("span", {}, questionName(question), question.length > 1 ? el("span", { class: "times" }, ` ×${question.length}`) : null, settled ? el("span", { class: "sr" }, ` ${label("settled")}`) : null)));
  }));
  const here = byId("list").children[current];
  if (here) here.scrollIntoView({ block: "nearest" });
  byId("none-left").hidden = asked.length > 0 || !data.doubts.length;
}

function showProgress() {
  const questions = allQuestions(), left = questions.filter((question) => !question.every(isSettled)).length;
  byId("progress").textContent = `${label("left")}: ${left} / ${questions.length}`;
  byId("bar").max = questions.length || 1;
  byId("bar").value = questions.length ? questions.length - left : 1;
  document.querySelectorAll(".mark").forEach((mark) => {
    const cell = cells[mark.dataset.doubt];
    mark.classList.toggle("settled", isCellSettled(cell));
    mark.setAttribute("aria-label", `${label("go_to_doubt")}: ${cellName(cell)}`);
    mark.title = cellName(cell);
  });
}

function showFilters() { // the choices that occur, with how many questions each has
  const questions = allQuestions();
  for (const trait of Object.keys(traits)) {
    const counts = new Map();
    for (const question of questions) for (const value of new Set(question.flatMap(traits[trait]))) counts.set(value, (counts.get(value) || 0) + 1);
    const values = [...counts.keys()].filter(Boolean).sort((a, b) => a.localeCompare(b, "vi", { numeric: true }));
    byId("by-" + trait).replaceChildren(el("option", { value: "" }, label("all")), ...values.map((value) => el("option", { value }, `${traitNames[trait](value)} (${counts.get(value)})`)));
    byId("by-" + trait).value = state.filters[trait] || "";
  }
  byId("order").value = state.order;
  byId("only-open").checked = Boolean(state.filters.open);
}

function refresh() {
  chooseQuestions();
  showQueue();
  showProgress();
}

function goToFirstOpen(after = -1) { // the next question that is open, from the beginning again behind the last
  const open = (from, to) => asked.findIndex((question, i) => i > from && i < to && !question.every(isSettled));
  const next = open(after, asked.length);
  const found = next >= 0 ? next : open(-1, after);
  showQuestion(found >= 0 ? found : Math.min(Math.max(after, 0), asked.length - 1));
  if (found < 0 && asked.length) say(label("all_settled"));
}

function showCell(cell) { // the question about a cell, whatever is filtered
  const has = (question) => question.some((spot) => spot.cell === cell.number);
  if (!asked.some(has)) { state.filters = {}; showFilters(); }
  state.at = (allQuestions().find(has) || [{ key: "" }])[0].key;
  refresh();
  showQuestion(current);
}
