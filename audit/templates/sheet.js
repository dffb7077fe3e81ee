// ---- the page itself: zoomed and moved with keys, wheel or pointer

const view = { page: 0, zoom: 1, x: 0, y: 0 };

function openSheet() {
  if (!asked.length) return;
  const spot = lead(), box = spot.of.boxes.find((found) => found.page === spot.page) || {};
  byId("sheet").hidden = false;
  byId("desk").inert = true;
  showSheet(spot.page);
  if (box.left !== undefined) lookAt(box); else fit();
  byId("sheet-view").focus();
  tell(`${label("page")} ${spot.page}. ${label("sheet_keys")}`);
}

function showSheet(page) {
  const size = data.pageSizes[page];
  if (!size) return;
  view.page = page;
  const image = data.sheets[page] || data.thumbnails[page];
  const marks = cells.flatMap((cell) => cell.boxes.filter((box) => box.page === page && box.left !== undefined).map((box) => el("span", {
    class: "outline" + (cell === lead().of ? " current" : ""), style: `left:${box.left}%;top:${box.top}%;width:${box.width}%;height:${box.height}%` })));
  byId("sheet-paper").replaceChildren(...(image ? [el("img", { src: image, alt: `${label("page")} ${page}` })] : []), ...marks);
  byId("sheet-paper").style.aspectRatio = `${size[0]} / ${size[1]}`;
  byId("sheet-title").textContent = `${label("page")} ${page}`;
}

function closeSheet() {
  if (byId("sheet").hidden) return false;
  byId("sheet").hidden = true;
  byId("desk").inert = false;
  byId("answer").focus();
  return true;
}

function putSheet() {
  view.zoom = Math.min(8, Math.max(0.5, view.zoom));
  byId("sheet-paper").style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`;
}

const frame = () => byId("sheet-view").getBoundingClientRect();
const paperWidth = () => byId("sheet-paper").offsetWidth;
const paperHeight = () => byId("sheet-paper").offsetHeight;

function fit() {
  view.zoom = Math.min(frame().width / paperWidth(), frame().height / paperHeight());
  view.x = (frame().width - paperWidth() * view.zoom) / 2;
  view.y = 0;
  putSheet();
}

function lookAt(box) { // a box in percent of the page, in the middle
  view.zoom = Math.min(3, Math.max(1, (frame().width * 0.9) / ((paperWidth() * box.width) / 100)), Math.max(1, (frame().height * 0.8) / ((paperHeight() * box.height) / 100)));
  view.x = frame().width / 2 - ((box.left + box.width / 2) / 100) * paperWidth() * view.zoom;
  view.y = frame().height / 2 - ((box.top + box.height / 2) / 100) * paperHeight() * view.zoom;
  putSheet();
}

function zoomBy(factor, x = frame().width / 2, y = frame().height / 2) {
  const before = view.zoom;
  view.zoom = Math.min(8, Math.max(0.5, view.zoom * factor));
  view.x = x - ((x - view.x) * view.zoom) / before;
  view.y = y - ((y - view.y) * view.zoom) / before;
  putSheet();
}

function move(x, y) { view.x += x; view.y += y; putSheet(); }

const onSheet = {
  "+": () => zoomBy(1.25), "=": () => zoomBy(1.25), "-": () => zoomBy(0.8), 0: fit,
  ArrowLeft: () => move(80, 0), ArrowRight: () => move(-80, 0), ArrowUp: () => move(0, 80), ArrowDown: () => move(0, -80),
  PageDown: () => turn(1), PageUp: () => turn(-1), Escape: closeSheet, F4: closeSheet,
};

function turn(step) {
  if (!data.pageSizes[view.page + step]) return;
  showSheet(view.page + step);
  fit();
  tell(`${label("page")} ${view.page}`);
}

function readySheet() {
  const sheet = byId("sheet-view");
  sheet.addEventListener("keydown", (event) => {
    if (!onSheet[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onSheet[event.key]();
  });
  sheet.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 1.15 : 0.87, event.clientX - frame().left, event.clientY - frame().top);
  }, { passive: false });
  sheet.addEventListener("pointerdown", (event) => sheet.setPointerCapture(event.pointerId));
  sheet.addEventListener("pointermove", (event) => { if (event.buttons) move(event.movementX, event.movementY); });
  byId("sheet-in").addEventListener("click", () => zoomBy(1.25));
  byId("sheet-out").addEventListener("click", () => zoomBy(0.8));
  byId("sheet-fit").addEventListener("click", fit);
  byId("sheet-close").addEventListener("click", closeSheet);
}
