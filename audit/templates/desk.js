// ---- the question on the desk: its picture, its text, what may be chosen

let options = []; // what the keys 1 to 9 and the arrows choose: {text, by, shown}
let highlighted = 0;
let isWholeCell = false;

const question = () => asked[current] || [];
const lead = () => question()[0]; // the spot that stands for the question

function showQuestion(number, focus = true) {
  if (!asked.length) return showNothing();
  current = (number + asked.length) % asked.length;
  isWholeCell = false;
  picked = -1;
  state.at = lead().key;
  const spot = lead();
  byId("desk").classList.remove("nothing");
  byId("doubt-title").textContent = `${current + 1}/${asked.length} · ${cellName(spot.of)}`;
  byId("about").textContent = aboutText(spot);
  byId("pictures").replaceChildren(...picturesView());
  byId("pictures").classList.toggle("many", question().length > 1);
  byId("sentence").replaceChildren(...sentenceView(spot));
  byId("details").replaceChildren(...detailsView(spot.of));
  byId("why").value = (decisionOf(spot) || { why: "" }).why;
  showAnswer();
  showQueue();
  const mark = byId("sentence").querySelector(".current");
  if (mark) mark.scrollIntoView({ block: "nearest" });
  if (focus) byId("answer").focus({ preventScroll: true });
  tell(`${byId("doubt-title").textContent}. ${neighbours(spot).replace(/[⟦⟧]/g, " ")}. ${options.map((option, i) => `${i + 1}: ${option.shown}`).join("; ")}`);
}

function showNothing() {
  for (const name of ["pictures", "sentence", "details", "choices"]) byId(name).replaceChildren();
  byId("desk").classList.add("nothing");
  byId("doubt-title").textContent = label(data.doubts.length ? "none_match" : "no_doubts");
  byId("about").textContent = "";
  showQueue();
}

function aboutText(spot) {
  const why = traits.rule(spot).filter(Boolean).map(reasonName).join("; ");
  const many = question().length > 1 ? ` · ${question().length} ${label("places")}` : "";
  return `${label("page")} ${spot.page}${many} · ${label("confidence")} ${spot.of.confidence.toFixed(2)}${why ? " · " + why : ""}`;
}

// ---- pictures

function picturesView() {
  const members = data.questions.find((numbers) => numbers.includes(lead().number)).map((number) => spots[number]);
  const shown = state.apart[lead().key] ? [lead()] : members;
  return [...headingView(lead()), ...shown.map((spot) => stripView(spot, shown.length > 1))];
}

function headingView(spot) { // of the group whose number is in doubt, or that many rows are to be put under
  const isOwn = spot.of.table === "groups" && spot.form === "number";
  if (!isOwn && spot.form !== "group") return [];
  const appendix = isOwn ? spot.of.row.split("|")[0] : spot.of.appendix;
  const group = data.groups.find((g) => g.id === spot.choices[0][0] && (!appendix || g.appendix === appendix));
  const rows = spot.of.settles.length ? ` · ${spot.of.settles.length} ${label("rows_shown")}` : "";
  return group ? [el("p", { class: "heading" }, el("span", { lang: "vi" }, `${group.id}. ${group.title}`), rows)] : [];
}

function stripView(spot, isOneOfMany) {
  const caption = isOneOfMany ? el("figcaption", {}, memberBox(spot), el("span", { lang: "vi" }, ...marked(neighbours(spot, 3)))) : null;
  if (!spot.image) return el("figure", { class: "strip" }, el("p", { class: "hint" }, spot.line === null ? label("no_place") : `${label("no_picture")} ${spot.line}`), caption);
  const [width, height] = spot.size, [left, top, across, down] = spot.outline;
  const picture = el("div", { class: "paper", style: `aspect-ratio:${width}/${height};--ratio:${width / height}` },
    el("img", { src: spot.image, width, height, alt: `${label("picture_of")}: ${cellName(spot.of)}, ${label("page")} ${spot.page}` }),
    el("span", { class: "outline", style: `left:${left}%;top:${top}%;width:${across}%;height:${down}%` }));
  return el("figure", { class: "strip" }, picture, caption);
}

function memberBox(spot) { // ticked: settled together with the others
  const box = el("input", { type: "checkbox", class: "member", "aria-label": `${label("together")}: ${cellName(spot.of)}` });
  box.checked = !state.apart[spot.key];
  box.addEventListener("change", () => setApart(spot, !box.checked));
  return el("label", {}, box, ` ${cellName(spot.of)}, ${label("page")} ${spot.page}`);
}

function setApart(spot, isApart) {
  const last = question().length === 1 && isApart;
  if (last) return showQuestion(current); // one must be left
  if (isApart) state.apart[spot.key] = true; else delete state.apart[spot.key];
  const stay = question().find((other) => other !== spot) || spot;
  state.at = stay.key;
  keep();
  refresh();
  showQuestion(current, false);
  const boxes = [...byId("pictures").querySelectorAll(".member")];
  const numbers = data.questions.find((found) => found.includes(spot.number));
  (boxes[numbers.indexOf(spot.number)] || byId("answer")).focus();
  say(label(isApart ? "set_apart" : "taken_back_in"));
}

// ---- the words around

const marked = (text) => text.split(/[⟦⟧]/).map((part, i) => (i % 2 ? el("mark", { class: "current" }, part) : part));

function neighbours(spot, reach = 6) { // the words beside a doubtful one, which stands in ⟦⟧
  if (spot.form === "group") return spot.of.context;
  if (spot.word < 0) return `⟦${shownText((decisionOf(spot) || { value: spot.choices[0][0] }).value)}⟧`;
  const words = spot.of.words.map((word) => word[1]);
  const before = words.slice(0, spot.word).filter(Boolean).slice(-reach), after = words.slice(spot.word + 1).filter(Boolean).slice(0, reach);
  return [...before, `⟦${shownText(spot.choices[0][0])}⟧`, ...after].join(" ");
}

function sentenceView(spot) {
  const cell = spot.of, whole = state.decisions[cell.key];
  const context = cell.context ? [el("span", { class: "hint" }, `${label("context")}: `), el("span", { class: "row-text" }, cell.context), " "] : [];
  if (whole) return [...context, el("mark", { class: "done" }, shownText(whole.value))];
  if (spot.word < 0) return [...context, el("mark", { class: isSettled(spot) ? "done" : "current" }, shownText(composed(cell)))];
  return [...context, ...cell.words.flatMap((word, at) => wordView(cell, word, at, spot))];
}

function wordView(cell, [, value, isDoubtful, , offered], at, spot) { // each word can be picked, for a mistake beside the doubtful one
  const decision = state.decisions[wordKey(cell, at)];
  if (!isDoubtful && !decision && !value) return [];
  const kind = [at === (picked < 0 ? spot.word : picked) ? "current" : "", decision ? "done" : ""].filter(Boolean).join(" ");
  const text = shownText(decision ? decision.value : value), pick = () => pickWord(at);
  if (!isDoubtful && !kind) return [el("span", { class: offered.length ? "unsure" : null, onclick: pick }, text), " "];
  return [el("mark", { class: kind, onclick: pick }, text, isDoubtful ? el("span", { class: "sr" }, ` (${label("doubtful_word")})`) : null), " "];
}

// ---- another word of the same cell

let picked = -1;

function pickWord(at) {
  const spot = lead();
  if (!spot || spot.word < 0 || isWholeCell) return;
  const doubted = spot.of.spots.find((other) => other.word === at);
  if (doubted) { // it has a question of its own
    state.at = doubted.key;
    picked = -1;
    chooseQuestions();
    return showQuestion(current);
  }
  picked = at;
  byId("sentence").replaceChildren(...sentenceView(spot));
  const mark = byId("sentence").querySelector(".current");
  if (mark) mark.scrollIntoView({ block: "nearest" });
  showAnswer();
  byId("answer").focus();
  tell(spot.of.words[at][1]);
}

function pickNext(step) {
  const spot = lead();
  if (!spot || spot.word < 0) return say(label("no_words"));
  const from = picked < 0 ? spot.word : picked, { words } = spot.of;
  const unsure = words.findIndex(([, , , , offered], at) => offered.length && !state.decisions[wordKey(spot.of, at)]);
  if (picked < 0 && unsure >= 0) return pickWord(unsure); // first those that are not quite sure
  for (let at = from + step; at >= 0 && at < words.length; at += step) {
    if (words[at][1] && !words[at][2]) return pickWord(at);
  }
}

function detailsView(cell) {
  const changes = cell.words.filter(([read, value, , rule]) => read !== value && rule);
  const read = Object.entries(cell.readings).filter(([, text]) => text.replace(/[…\s]/g, ""));
  const also = [...cell.also.map((row) => rowName(cell.table, row)), ...cell.settles.map((key) => `${label("table." + key[0])} ${rowName(key[0], key[1])}`)];
  return [
    also.length ? el("p", {}, `${label("also_rows")}: ${also.join("; ")}`) : null,
    read.length ? el("table", {}, headRow("witness", "reading"), ...read.map(([witness, text]) => el("tr", {}, el("th", { scope: "row" }, label("witness." + witness)),
      el("td", { lang: "vi" }, ...differing(text.replace(/…( …)+/g, "…"), cell.value))))) : null,
    changes.length ? el("table", {}, headRow("before", "after", "rule"), ...changes.map(([before, after, rule]) => el("tr", {}, el("td", { lang: "vi" }, shownText(before)),
      el("td", { lang: "vi" }, shownText(after)), el("td", {}, label("rule." + rule))))) : null,
  ].filter(Boolean);
}

function differing(text, value) { // the words of a reading; those that are not in the value (longest common run of words) set off
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
