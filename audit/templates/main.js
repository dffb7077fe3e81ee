// ---- views, language, keys, and the start

const shows = { review: () => showQuestion(current, false), pages: () => {}, tables: showTable, reliability: showPlot };

function openView(name) {
  for (const button of document.querySelectorAll("nav button")) {
    const open = button.dataset.view === name;
    byId("view-" + button.dataset.view).hidden = !open;
    if (open) button.setAttribute("aria-current", "page"); else button.removeAttribute("aria-current");
  }
  document.body.dataset.view = name;
  shows[name]();
}

const openedView = () => document.querySelector("nav [aria-current]").dataset.view;

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  byId("status").textContent = "";
  document.title = `${label("review_page")}: ${data.document}`;
  for (const element of document.querySelectorAll("[data-label]")) element.textContent = label(element.dataset.label);
  for (const element of document.querySelectorAll("[data-title]")) element.title = label(element.dataset.title);
  for (const element of document.querySelectorAll("[data-aria]")) element.setAttribute("aria-label", label(element.dataset.aria));
  for (const option of byId("table").options) option.textContent = label("table." + option.value);
  if (served) byId("kept").textContent = label(state.who ? "kept_in_file" : "name_first");
  else byId("kept").textContent = label("kept_in_browser");
  showFilters();
  lostView();
  refresh();
  openView(openedView());
}

const everywhere = {
  F2: () => (isWholeCell ? closeWholeCell() : openWholeCell()),
  F4: () => closeSheet() || openSheet(),
  F6: () => pickNext(1),
  F8: () => { const box = byId("pictures").querySelector(".member"); if (box) box.focus(); else say(label("none_alike")); },
  F9: () => { byId("choose").open = true; byId("by-table").focus(); },
};

function onKey(event) {
  const held = event.ctrlKey || event.metaKey;
  if (held && event.key.toLowerCase() === "s") { event.preventDefault(); return download(); }
  if (openedView() !== "review" || held || event.altKey) return;
  if (everywhere[event.key]) { event.preventDefault(); return everywhere[event.key](); }
  const elsewhere = !["answer", "whole"].includes(event.target.id) && !byId("sheet").contains(event.target);
  if (event.key === "Escape" && elsewhere) { event.preventDefault(); byId("answer").focus(); }
  if (event.target.closest("#list") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    showQuestion(current + (event.key === "ArrowDown" ? 1 : -1), false);
    byId("list").children[current].firstChild.focus();
  }
}

function onFilter(event) {
  const trait = event.target.id.replace("by-", "");
  if (event.target.id === "order") state.order = event.target.value;
  else if (event.target.id === "only-open") state.filters.open = event.target.checked;
  else state.filters[trait] = event.target.value;
  keep();
  refresh();
  showQuestion(current, false);
}

function listen() {
  document.addEventListener("keydown", onKey);
  document.querySelectorAll("nav button").forEach((button) => button.addEventListener("click", () => openView(button.dataset.view)));
  document.querySelectorAll(".mark").forEach((mark) => mark.addEventListener("click", () => { openView("review"); showCell(cells[mark.dataset.doubt]); }));
  byId("answer").addEventListener("keydown", onAnswerKey);
  byId("answer").addEventListener("input", typed);
  byId("whole").addEventListener("keydown", onWholeKey);
  for (const name of ["by-table", "by-page", "by-kind", "by-rule", "order", "only-open"]) byId(name).addEventListener("change", onFilter);
  byId("language").addEventListener("change", (event) => { state.language = event.target.value; keep(); speak(state.language); });
  byId("who").addEventListener("input", (event) => { state.who = event.target.value.trim(); keep(); });
  const acts = { accept: () => (isWholeCell ? saveWholeCell(false) : enter(false)), stands: () => (isWholeCell ? saveWholeCell(true) : enter(true)), "cell-key": everywhere.F2, "sheet-key": everywhere.F4,
    undo, clear: clearDecision, previous: () => showQuestion(current - 1), next: () => showQuestion(current + 1), download, load: () => byId("file").click() };
  for (const [name, act] of Object.entries(acts)) byId(name).addEventListener("click", act);
  byId("file").addEventListener("change", async (event) => {
    for (const file of event.target.files) loadDecisions(await file.text());
    event.target.value = "";
  });
  byId("search").addEventListener("input", showTable);
  byId("table").addEventListener("change", () => { order.column = -1; showTable(); });
  window.addEventListener("beforeunload", (event) => { if (served && unsent) event.preventDefault(); });
}

function openLinked() { // a link of the workbook: #table:row, each part encoded
  const [table, row] = location.hash.slice(1).split(":").map(decodeURIComponent);
  if (!data.tables[table] || !row) return;
  const doubted = cells.find((cell) => cell.table === table && [cell.row, ...cell.also].includes(row));
  if (doubted) { openView("review"); return showCell(doubted); }
  byId("table").value = table;
  byId("search").value = row.split("|")[0];
  order.column = -1;
  openView("tables");
}

function start() {
  restore();
  byId("who").value = state.who;
  byId("language").value = state.language;
  byId("table").append(...Object.keys(data.tables).map((name) => el("option", { value: name }, label("table." + name))));
  byId("table").value = "tasks";
  listen();
  readySheet();
  speak(state.language);
  document.querySelectorAll("[data-sheet]").forEach((image) => { image.src = data.sheets[image.dataset.sheet] || data.thumbnails[image.dataset.sheet] || ""; });
  const here = asked.findIndex((question) => question.some((spot) => spot.key === state.at));
  if (here >= 0 && !asked[here].every(isSettled)) showQuestion(here); else goToFirstOpen(here);
  if (!asked.length) showNothing();
  window.addEventListener("hashchange", openLinked);
  openLinked();
}

start();
