// ---- answering: a key chooses, Enter accepts, typing replaces the word

function showAnswer() {
  const spot = lead(), settled = state.decisions[spot.of.key] || decisionOf(spot);
  byId("answer").value = "";
  byId("answer-box").classList.toggle("whole", isWholeCell);
  byId("whole").hidden = !isWholeCell;
  byId("answer").hidden = isWholeCell;
  byId("answer").placeholder = label("answer_hint." + (spot.word >= 0 ? "word" : "cell"));
  byId("decided").textContent = settled ? `${label("settled")}: ${shownText(settled.value)}` : "";
  if (picked >= 0) {
    byId("answer").placeholder = label("answer_hint.picked");
    const [, value, , , offered] = spot.of.words[picked];
    offer([value, ...offered].slice(0, 9).map((text) => ({ text, shown: shownText(text) })));
  } else {
    const found = [...spot.choices.map(([text, by]) => ({ text, by, shown: shownText(text) })), ...groupsBeside(spot)].slice(0, 9);
    offer(found, settled ? found.findIndex((option) => option.text === settled.value) : 0);
  }
  showChecked();
}

function offer(found, at = 0) {
  options = found;
  highlighted = Math.max(0, Math.min(at, found.length - 1));
  byId("choices").replaceChildren(...options.map((option, i) => el("li", { role: "option", id: `choice-${i}`, "aria-selected": String(i === highlighted), onclick: () => choose(i) },
    el("kbd", { "aria-hidden": "true" }, byId("answer").value ? "↵" : String(i + 1)), el("span", { class: "text", lang: "vi" }, option.shown),
    el("small", {}, option.note || (i === 0 && !byId("answer").value ? label("published") : option.by && option.by.length ? `${option.by.length} ${label("read_so")}` : "")))));
  if (options.length) byId("answer").setAttribute("aria-activedescendant", `choice-${highlighted}`);
  else byId("answer").removeAttribute("aria-activedescendant");
}

function highlight(step) {
  if (!options.length) return;
  highlighted = (highlighted + step + options.length) % options.length;
  [...byId("choices").children].forEach((child, i) => child.setAttribute("aria-selected", String(i === highlighted)));
  byId("answer").setAttribute("aria-activedescendant", `choice-${highlighted}`);
  byId("choices").children[highlighted].scrollIntoView({ block: "nearest" });
  if (byId("answer").value) { byId("answer").value = options[highlighted].whole || options[highlighted].text; }
  showChecked();
}

async function choose(number, stands = false) { // one of what is offered; a person may read what no grammar knows
  if (!options[number] || !lead()) return;
  highlight(number - highlighted);
  const value = options[number].text, spot = lead();
  if (picked >= 0) return decideWord(value, stands);
  const found = served && !stands && value !== spot.choices[0][0] ? await checked(spot, value) : { level: "fine" };
  if (found.level === "wrong") { showVerdict(found); return say(label("not_taken")); }
  decide(found.value === undefined ? value : found.value, stands);
}

function decide(value, stands = false) { // the same for all places of the question
  if (!asked.length) return;
  if (picked >= 0) return decideWord(value, stands);
  const members = question(), done = current;
  const changes = members.flatMap((spot) => [[spot.key, newDecision(spot, value, stands)], [spot.of.key, null]]);
  setAll(changes, "word");
  const kept = value === lead().choices[0][0];
  say(`${label(kept ? "accepted" : "saved")}: ${shownText(value)}${members.length > 1 ? ` ×${members.length}` : ""}`);
  goOn(done);
}

function decideWord(value, stands) { // of a word beside the doubtful one
  const spot = lead(), was = spot.of.words[picked][1], key = wordKey(spot.of, picked);
  setAll([[key, value === was ? null : newDecision({ value: was }, value, stands)], [spot.of.key, null]], "beside");
  say(`${label("saved")}: ${shownText(value)}`);
  refresh();
  showQuestion(current);
}

function goOn(done) {
  const here = asked[done];
  refresh();
  const at = asked.indexOf(here) >= 0 ? asked.indexOf(here) : asked.findIndex((q) => q[0].key === here[0].key);
  goToFirstOpen(at >= 0 ? at : done - 1);
}

async function enter(stands) { // Enter: what is typed, else what is highlighted
  const typed = spaced(byId("answer").value), spot = lead();
  if (!spot) return;
  if (!byId("answer").value) return choose(highlighted, stands);
  const found = await checked(spot, typed);
  if (!stands && found.level === "wrong") { showVerdict(found); return say(label("not_taken")); }
  decide(found.value === undefined || stands ? typed : found.value, stands);
}

function undo() {
  const at = takeBack();
  if (!at) return say(label("nothing_to_undo"));
  state.at = at.trim();
  refresh();
  showQuestion(current);
  say(label("undone"));
}

function clearDecision() { // of the question that is shown
  const changes = question().flatMap((spot) => [[spot.key, null], [spot.of.key, null]]).filter(([key]) => state.decisions[key]);
  if (!changes.length) return;
  setAll(changes, "clear");
  refresh();
  showQuestion(current);
  say(label("undone"));
}

// ---- the whole cell

function openWholeCell() {
  if (!asked.length) return;
  isWholeCell = true;
  showAnswer();
  byId("whole").value = composed(lead().of);
  byId("whole").focus();
  tell(label("whole_cell"));
}

async function saveWholeCell(stands) {
  const cell = lead().of, value = spaced(byId("whole").value);
  const found = await checked({ ...lead(), word: -1, form: lead().word >= 0 ? "text" : lead().form }, value);
  if (!stands && found.level === "wrong") { showVerdict(found); return say(label("not_taken")); }
  setAll([[cell.key, newDecision(cell, found.value === undefined || stands ? value : found.value, stands)]], "cell");
  say(`${label(value === cell.value ? "unchanged" : "saved")}`);
  isWholeCell = false;
  goOn(current);
}

function closeWholeCell() {
  isWholeCell = false;
  showQuestion(current);
}

// ---- keys in the field of the answer

const empty = () => byId("answer").value === "";
const inAnswer = {
  ArrowDown: () => highlight(1),
  ArrowUp: () => highlight(-1),
  ArrowLeft: () => empty() && (picked < 0 ? showQuestion(current - 1) : pickNext(-1), true),
  ArrowRight: () => empty() && (picked < 0 ? showQuestion(current + 1) : pickNext(1), true),
  Backspace: () => empty() && (undo(), true),
  " ": () => empty() && (typeFrom((options[highlighted] || { text: "" }).text), true),
  Escape: () => (empty() && picked >= 0 ? showQuestion(current) : (byId("answer").value = "", showAnswer()), true),
};

function typeFrom(text) { // the field with a text to be changed, all of it selected
  byId("answer").value = text;
  byId("answer").select();
  typed();
}

function onAnswerKey(event) {
  if (event.isComposing) return;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "Enter") { event.preventDefault(); return enter(event.ctrlKey || event.metaKey); }
  if (plain && empty() && /^[1-9]$/.test(event.key) && options[event.key - 1]) { event.preventDefault(); return choose(Number(event.key) - 1); }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && empty()) { event.preventDefault(); return undo(); }
  if (plain && inAnswer[event.key] && inAnswer[event.key]() !== false) event.preventDefault();
}

function onWholeKey(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); saveWholeCell(event.ctrlKey || event.metaKey); }
  if (event.key === "Escape") { event.preventDefault(); closeWholeCell(); }
}
