"""Ruled tables of a straightened page: rulings, the grid they form, its cells with their spans.

Rulings are found with Camelot's own image functions. Its lattice parser is not used: it refuses
pages without a text layer, and it takes a ruling that fading has broken for an open wall; here a
wall's presence is measured on the ink itself.

Long: a page's tables by its ink, and once more where they look torn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.image.faint import ink_and_rulings, with_rulings
from extract.image.lines_across import erase_segments
from extract.image.merged_fields import merge_fields
from extract.image.open_columns import with_open_columns
from extract.image.page_image import Grey, PageImage, connected
from extract.image.ruled_text import has_ruled_text
from extract.image.rulings import GridSettings, Mask, Rectangle, overlap, ruling_masks
from extract.image.table_rulings import TableRulings, ruling_places, rulings_of_table
from extract.image.walls import walls_of

# how long the strokes of a page outside its tables are together, in heights and widths of the page
# together, above which it looks torn
_STROKES = 1.2
# how many times as much of a page as the tables found first those cover that were in pieces
_MORE = 1.5


@dataclass(frozen=True)
class GridCell:
    """One cell of a table: its place in the grid, and its box in pixels between its rulings'
    middles.
    """

    table_no: int
    row: int
    column: int
    row_span: int
    column_span: int
    x0: int
    top: int
    x1: int
    bottom: int
    doubtful: bool = False  # whether a wall in it or around it is half there, or must be missing
    ruled: bool = False  # whether a ruling runs through its text


@dataclass(frozen=True)
class Grid:
    """The tables of one page: their cells in reading order, their boxes, and masks of pixels.

    One mask is of the rulings' pixels, the other of all ink.
    """

    cells: tuple[GridCell, ...]
    tables: tuple[Rectangle, ...]
    rulings: Mask  # 1 where a ruling is
    ink: Mask


def find_grid(page: PageImage, settings: GridSettings) -> Grid:
    """The ruled tables of a straightened page, top to bottom; each is tiled by its cells.

    Where they look torn they are sought again with broken rulings too.
    """
    unit = 1 / page.scale
    ink = ink_and_rulings(page.grey, unit)
    grid = _grid_in(page, ink, settings)
    if not _is_torn(grid, round(settings.apart * unit)):
        return grid
    other = _grid_in(page, with_rulings(page.grey, ink, unit), settings)
    if not other.tables:
        return grid
    if _beside(other) < _beside(grid) or _area(other) >= _MORE * _area(grid):
        return other
    if len(other.tables) != len(grid.tables) or _doubtful(other) >= _doubtful(grid):
        return grid
    return _with_doubts_of(grid, other, settings.apart * unit)


def _is_torn(grid: Grid, apart: int) -> bool:
    """Whether tables stand side by side, a cell is in doubt, or many strokes are in no table: so it
    is where rulings are in pieces.

    Within ``apart`` pixels of a table's outermost rulings strokes are theirs.
    """
    outside = grid.rulings.copy()
    for x0, top, x1, bottom in grid.tables:
        rows = slice(max(0, top - apart), bottom + apart + 1)
        outside[rows, max(0, x0 - apart) : x1 + apart + 1] = 0
    many = _STROKES * sum(outside.shape)
    return _beside(grid) > 0 or _doubtful(grid) > 0 or cv2.countNonZero(outside) > many


def _area(grid: Grid) -> int:
    """How many pixels of the page its tables cover."""
    return sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in grid.tables)


def _beside(grid: Grid) -> int:
    """How many tables stand beside another one."""
    return sum(
        any(one is not other and one[1] < other[3] and other[1] < one[3] for other in grid.tables)
        for one in grid.tables
    )


def _doubtful(grid: Grid) -> int:
    return sum(cell.doubtful for cell in grid.cells)


def _with_doubts_of(first: Grid, grid: Grid, apart: float) -> Grid:
    """The grid, also in doubt where the first one was: a fold or a stamp's edge has a mean too.

    Cells overlap that do so by more than ``apart`` pixels.
    """
    doubted = [
        (cell.x0 + apart, cell.top + apart, cell.x1 - apart, cell.bottom - apart)
        for cell in first.cells
        if cell.doubtful
    ]
    return replace(
        grid,
        cells=tuple(
            replace(
                cell,
                doubtful=cell.doubtful
                or any(overlap((cell.x0, cell.top, cell.x1, cell.bottom), box) for box in doubted),
            )
            for cell in grid.cells
        ),
    )


def _grid_in(page: PageImage, ink: Mask, settings: GridSettings) -> Grid:
    """The ruled tables of a page by the ink on it."""
    unit = 1 / page.scale
    across, down = ruling_masks(ink, settings, unit)
    erase_segments(across, page.across, unit)
    down = with_open_columns(ink, across, down, settings, unit)
    cells: list[GridCell] = []
    tables: list[Rectangle] = []
    boxes = _table_boxes(across, down, settings, unit)
    for box in boxes:
        lines = rulings_of_table(box, boxes, (ink, across, down), settings, unit)
        found = _cells_of_table(len(tables) + 1, lines, (ink, across, down), settings, unit)
        if len(found) > 1:
            cells.extend(found)
            xs, ys = lines.columns, lines.rows
            tables.append((xs[0], ys[0], xs[-1], ys[-1]))
    return Grid(tuple(cells), tuple(tables), np.maximum(across, down), ink)


def _table_boxes(across: Mask, down: Mask, settings: GridSettings, unit: float) -> list[Rectangle]:
    """The boxes of connected rulings that are large enough for a table, top to bottom, none
    overlapping.
    """
    joined = cv2.dilate(np.maximum(across, down), np.ones((5, 5), np.uint8))
    least = settings.smallest_table * unit
    strokes = [
        (int(x), int(y), int(x + w), int(y + h))
        for x, y, w, h, _ in connected(joined.astype(np.uint8))
        if w >= least
    ]
    large = [box for box in strokes if box[3] - box[1] >= least / 2]

    def parted(a: Rectangle, b: Rectangle) -> bool:
        return _is_parted(a, b, down, settings, unit)

    def belong(a: Rectangle, b: Rectangle) -> bool:
        left, right = sorted((a, b))
        beside = (_transposed(left), _transposed(right), down.T)
        return (
            _is_broken(a, b, across, settings, unit)
            or _is_broken(*beside, settings, unit)
            or parted(a, b)
        )

    edges = [
        box
        for box in strokes
        if box not in large and any(parted(box, other) or parted(other, box) for other in large)
    ]
    return join_boxes([*large, *edges], belong)


def _transposed(box: Rectangle) -> Rectangle:
    """A box with rows and columns exchanged."""
    x0, top, x1, bottom = box
    return top, x0, bottom, x1


def join_boxes(
    boxes: Iterable[Rectangle], belong: Callable[[Rectangle, Rectangle], bool]
) -> list[Rectangle]:
    """Boxes, top to bottom, with those joined that overlap or that ``belong`` to each other.

    ``belong`` is asked about an upper and a lower box.
    """
    waiting = sorted(boxes, key=lambda box: (box[1], box[0]))
    joined: list[Rectangle] = []
    while waiting:
        box = waiting.pop(0)
        other = next((other for other in joined if overlap(other, box) or belong(other, box)), None)
        if other is None:
            joined.append(box)
        else:
            joined.remove(other)
            waiting.insert(
                0,
                (
                    min(box[0], other[0]),
                    min(box[1], other[1]),
                    max(box[2], other[2]),
                    max(box[3], other[3]),
                ),
            )
    return sorted(joined, key=lambda box: (box[1], box[0]))


def _is_broken(
    above: Rectangle, below: Rectangle, across: Mask, settings: GridSettings, unit: float
) -> bool:
    """Whether fading cut one table in two, or a fold did that took print away.

    Its parts stand close together, and no ruling closes the upper part or opens the lower one.
    """
    shared = min(above[2], below[2]) - max(above[0], below[0])
    if not 0 <= below[1] - above[3] <= settings.smallest_table * unit / 2 or shared <= 0.5 * min(
        above[2] - above[0], below[2] - below[0]
    ):
        return False
    x0, x1, edge = max(above[0], below[0]), min(above[2], below[2]), round(settings.apart * unit)
    closed, opened = (
        across[max(0, y - edge) : y + edge, x0:x1].any(axis=0).mean() for y in (above[3], below[1])
    )
    return bool(min(closed, opened) < settings.wall)


def _is_parted(
    above: Rectangle, below: Rectangle, down: Mask, settings: GridSettings, unit: float
) -> bool:
    """Whether a row over all columns, a group's title, stands between two parts of a table without
    outer walls.

    They are as wide as each other, with column rulings at the same places; one of them can be a
    single ruling.
    """
    edge = round(settings.apart * unit)
    if not 0 <= below[1] - above[3] <= settings.smallest_table * unit or any(
        abs(above[side] - below[side]) > edge for side in (0, 2)
    ):
        return False
    parts = [down[top:bottom, x0:x1] for x0, top, x1, bottom in (above, below)]
    edges = [part[:, columns] for part in parts for columns in (slice(edge), slice(-edge, None))]
    has_columns = any(part.any() for part in parts)
    few, many = sorted((_columns_of(part, settings, edge) for part in parts), key=len)
    are_same = all(any(abs(x - other) <= edge for other in many) for x in few)
    return (
        has_columns
        and are_same
        and all(
            side.any(axis=1).mean() < settings.wall_trace for side in edges if len(side) > 2 * edge
        )
    )


def _columns_of(down: Mask, settings: GridSettings, apart: int) -> list[int]:
    """The places of the column rulings in a part of a page."""
    return ruling_places(down.sum(axis=0), settings.column_support * max(1, len(down)), apart)


def _cells_of_table(
    table_no: int,
    rulings: TableRulings,
    masks: tuple[Mask, Mask, Mask],
    settings: GridSettings,
    unit: float,
) -> list[GridCell]:
    if min(len(rulings.columns), len(rulings.rows)) < 2:
        return []
    reach = max(1, round(settings.reach * unit))
    walls = walls_of(rulings, masks, settings, reach)
    if loose := walls.loose_rows():
        rulings = rulings.without_rows(loose)
        walls = walls_of(rulings, masks, settings, reach)
    xs, ys = rulings.columns, rulings.rows
    cells: list[GridCell] = []
    for row, column, rows, columns, is_cut in merge_fields(walls):
        box = (xs[column], ys[row], xs[column + columns], ys[row + rows])
        in_doubt = is_cut or walls.is_doubtful(row, column, rows, columns)
        cells.append(
            GridCell(
                table_no,
                row,
                column,
                rows,
                columns,
                *box,
                in_doubt or rulings.is_in_gap(box),
                has_ruled_text(box, masks[0], masks[1:], unit),
            )
        )
    return cells


def without_rulings(page: PageImage, grid: Grid, border: float = 2.0) -> Grey:
    """The page's grey pixels with its rulings painted in the colour of the paper beside them.

    Rulings are looked for within ``border`` points of the cells' edges.
    """
    if not grid.cells:
        return page.grey
    near = np.zeros_like(grid.rulings)
    width = 2 * round(border / page.scale)
    for cell in grid.cells:
        cv2.rectangle(near, (cell.x0, cell.top), (cell.x1, cell.bottom), (1,), width)
    mask = cv2.dilate(grid.rulings & near, np.ones((3, 3), np.uint8))
    small = cv2.resize(page.grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 5)
    return np.where(mask > 0, cv2.resize(paper, page.grey.shape[::-1]), page.grey).astype(np.uint8)
