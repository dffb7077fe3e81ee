"""Cells that reach over several rows: what stands in them holds for each of these rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from normalize.rows.scan.columns import EXTRA
from normalize.rows.scan.grid_rows import GridRow
from normalize.rows.scan.layout import Box, marked
from schemas.table_kinds import BOTH, KINDS
from schemas.witnesses import EXACT, HALF_WALL, TWO_CELLS

_OVER = 1.0  # points by which a word's box may reach over the edge of a row
# what a column holds that one cell can say of several rows
_SHARED = frozenset({"bodies", "deadline", "funding", "unit", "target", "words"})
_SELDOM_EMPTY = frozenset({"lead", BOTH, "deadline"})


def with_reaching(rows: Sequence[GridRow], name: str) -> list[GridRow]:
    """A table's rows, each with the cells from rows above that reach over it (``reaching``).

    ``name`` is the table's. A department that stands once beside three tasks leads all three. Such
    a cell goes on overleaf where an empty one that reaches over several rows opens the page. On a
    scan a ruling can be lost, so that two cells seem to be one: where its lines part as the rows
    do, it is in doubt.
    """
    found: list[GridRow] = []
    open_boxes: dict[str, Box] = {}
    for _, group in groupby(rows, key=lambda row: row.page_no):
        page = list(group)
        edges = _edges(page)
        page = [_with_doubted(row, name, edges) for row in page]
        open_boxes = _overleaf(page, open_boxes)
        for row in page:
            own = _shared_cells(row, name)
            at = _row_of(row)
            below = {
                column: [box]
                for column, box in open_boxes.items()
                if column not in own and at is not None and box.row <= at < box.row + box.row_span
            }
            below = below if row.number is None else _without_text(below, name)
            found.append(replace(row, reaching=below))
            open_boxes |= {
                column: boxes[-1] for column, boxes in own.items() if boxes[-1].row_span > 1
            }
        last = _row_of(page[-1])
        open_boxes = {
            column: box
            for column, box in open_boxes.items()
            if last is not None and box.row + box.row_span > last
        }
    return found


def _overleaf(page: Sequence[GridRow], open_boxes: dict[str, Box]) -> dict[str, Box]:
    """The cells of the page before that go on over the first rows of this one.

    Beside a single row an empty cell of a column that is seldom empty may be the rest of one; that
    is in doubt.
    """
    found: dict[str, Box] = {}
    for column, box in open_boxes.items():
        own = next(iter(page[0].cells.get(column, [])), None)
        if own is None or own.inked or own.slots:
            continue
        place = replace(box, row=own.row, row_span=own.row_span)
        if own.row_span > 1:
            found[column] = place
        elif column in _SELDOM_EMPTY:
            found[column] = marked(place, HALF_WALL)
    return found


def _shared_cells(row: GridRow, name: str) -> dict[str, list[Box]]:
    """The filled cells of a row in columns that one cell can fill for several rows."""
    filled = {
        column: [box for box in boxes if box.slots]
        for column, boxes in row.cells.items()
        if _is_shared(column, name)
    }
    return {column: boxes for column, boxes in filled.items() if boxes}


def _is_shared(column: str, name: str) -> bool:
    if column.startswith(EXTRA) or column == BOTH:
        return True
    known = KINDS[name].column(column)
    if column == KINDS[name].text:
        return name == "tasks"
    return column != "value" and known is not None and known.holds in _SHARED


def _without_text(below: Mapping[str, list[Box]], name: str) -> dict[str, list[Box]]:
    """The cells but for the row's own text, which a row with a number of its own cannot share."""
    return {column: boxes for column, boxes in below.items() if column != KINDS[name].text}


def _row_of(row: GridRow) -> int | None:
    """The row of the page's grid in which a row stands."""
    boxes = [box for cell in row.cells.values() for box in cell]
    boxes += [row.title] if row.title is not None else []
    return max((box.row for box in boxes), default=None)


def _edges(page: Sequence[GridRow]) -> dict[int, float]:
    """Where the rows of a page's grid begin, in points from the top."""
    return {box.row: box.top for row in page for boxes in row.cells.values() for box in boxes}


def _with_doubted(row: GridRow, name: str, edges: Mapping[int, float]) -> GridRow:
    """The row, its cells marked that a lost ruling may have made of two."""
    cells = {
        column: [
            marked(box, TWO_CELLS)
            if box.row_span > 1 and _is_shared(column, name) and _may_be_two(box, edges)
            else box
            for box in boxes
        ]
        for column, boxes in row.cells.items()
    }
    return replace(row, cells=cells)


def _may_be_two(box: Box, edges: Mapping[int, float]) -> bool:
    """Whether each of the rows that a box reaches over has lines of its own in it.

    Then no line crosses an edge between rows. Text of the file itself has all its rulings.
    """
    if any(name in EXACT for slot in box.slots for name, _, _ in slot.readings):
        return False
    inner = [top for at, top in edges.items() if box.row < at < box.row + box.row_span]
    words = [slot.word for slot in box.slots if slot.text]
    if any(word.top + _OVER < top < word.bottom - _OVER for word in words for top in inner):
        return False
    bounds = pairwise([box.top, *sorted(inner), box.bottom])
    return bool(inner) and all(
        any(upper - _OVER <= word.top and word.bottom <= lower + _OVER for word in words)
        for upper, lower in bounds
    )
