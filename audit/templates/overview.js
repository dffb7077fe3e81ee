// ---- tables

const order = { column: -1, down: false };

function showTable() {
  const name = byId("table").value, table = data.tables[name];
  const wanted = folded(byId("search").value.trim());
  let rows = table.rows.map((cells, i) => ({ cells, id: table.ids[i] })).filter((row) => !wanted || row.cells.some((cell) => folded(cell).includes(wanted)));
  if (order.column >= 0) {
    const compare = new Intl.Collator("vi", { numeric: true }).compare;
    rows.sort((a, b) => compare(a.cells[order.column], b.cells[order.column]) * (order.down ? -1 : 1));
  }
  const head = el("tr", {}, ...table.columns.map((column, i) => el("th", { scope: "col", "aria-sort": order.column === i ? (order.down ? "descending" : "ascending") : "none" },
    el("button", { type: "button", title: `${label("sort_by")} ${columnName(name, column)}`, onclick: () => sortBy(i) }, columnName(name, column),
      el("span", { "aria-hidden": "true" }, order.column === i ? (order.down ? " ▼" : " ▲") : " ↕"), el("small", {}, column)))));
  const doubted = doubtsOf(name);
  const body = rows.map((row) => el("tr", {}, ...row.cells.map((cell, i) => cellView(cell, doubted.get(`${row.id}\n${table.columns[i]}`)))));
  byId("rows").replaceChildren(el("table", {}, el("caption", { class: "sr" }, label("table." + name)), el("thead", {}, head), el("tbody", {}, ...body)));
  byId("rows").setAttribute("aria-label", label("table." + name));
  byId("found").textContent = `${rows.length} ${label("rows_shown")}`;
}

function doubtsOf(table) { // "row\ncolumn" -> number of the doubt
  const found = new Map();
  data.doubts.forEach((d, i) => { if (d.table === table) [d.row, ...d.also].forEach((row) => found.set(`${row}\n${d.column}`, i)); });
  return found;
}

function cellView(text, doubt) {
  const long = text.length > 80 ? " long" : text.length > 25 ? " medium" : "";
  if (doubt === undefined) return el("td", { lang: "vi", class: long.trim() }, text);
  const go = el("button", { type: "button", "aria-label": label("go_to_doubt"), onclick: () => { openView("review"); showCell(cells[doubt]); } }, "?");
  return el("td", { lang: "vi", class: "doubted" + long }, text, " ", go);
}

function sortBy(column) {
  order.down = order.column === column && !order.down;
  order.column = column;
  showTable();
  byId("rows").querySelectorAll("th button")[column].focus();
}

// ---- reliability

function showPlot() {
  const width = 720, height = 330, left = 60, right = 60, bottom = 270, top = 24, step = (width - left - right) / data.bands.length;
  const most = Math.log10(1 + Math.max(1, ...data.bands.map(([, count]) => count)));
  const plot = svg("svg", { class: "plot", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": "plot-title" });
  const write = (x, y, text, looks = {}) => plot.append(svg("text", { x, y, "font-size": 11, "text-anchor": "middle", ...looks }, text));
  plot.append(svg("line", { x1: left, y1: bottom, x2: width - right, y2: top, class: "rule-of-plot", "stroke-dasharray": "4 4" }));
  const shares = acceptedShares();
  data.bands.forEach(([band, count], i) => {
    const x = left + i * step, tall = (bottom - top) * Math.log10(1 + count) / most;
    plot.append(svg("rect", { x: x + 2, y: bottom - tall, width: step - 4, height: tall, class: "bar-of-plot" }, svg("title", {}, `${band}: ${count}`)));
    if (count) write(x + step / 2, bottom - tall - 4, String(count), { "font-size": 10 });
    if (shares[i]) plot.append(svg("circle", { cx: x + step / 2, cy: bottom - (bottom - top) * shares[i].share, r: 4 + Math.sqrt(shares[i].of), class: "dot-of-plot" }));
  });
  plot.append(svg("line", { x1: left, y1: bottom, x2: width - right, y2: bottom, class: "rule-of-plot" }), svg("line", { x1: width - right, y1: bottom, x2: width - right, y2: top, class: "rule-of-plot" }));
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    write(left + share * (width - left - right), bottom + 16, share.toFixed(2));
    write(width - right + 6, bottom - share * (bottom - top) + 4, `${100 * share} %`, { "text-anchor": "start" });
  }
  write(width / 2, bottom + 38, label("axis_confidence"));
  write(0, 0, label("axis_cells"), { transform: `translate(${left - 14} ${(top + bottom) / 2}) rotate(-90)` });
  write(0, 0, label("axis_share"), { transform: `translate(${width - 8} ${(top + bottom) / 2}) rotate(-90)`, class: "dot-of-plot" });
  const rows = data.bands.map(([band, count], i) => [band, count, i]).filter(([, count]) => count).reverse().map(([band, count, i]) => el("tr", {},
    el("td", {}, band), el("td", {}, String(count)), el("td", {}, shares[i] ? `${(100 * shares[i].share).toFixed(0)} % (${shares[i].of})` : "")));
  byId("plot").replaceChildren(plot, el("table", {}, headRow("band", "cells", "accepted_share"), ...rows));
}

function acceptedShares() {
  const found = data.bands.map(() => null);
  for (const cell of cells.filter(isCellSettled)) {
    const band = Math.min(found.length - 1, Math.floor(cell.confidence * found.length + 1e-9));
    const so_far = found[band] || { right: 0, of: 0 };
    found[band] = { right: so_far.right + (composed(cell) === cell.value), of: so_far.of + 1 };
  }
  return found.map((entry) => entry && { share: entry.right / entry.of, of: entry.of });
}
