"""The appendices' tables as rows: headers recognised, columns found by them, tables joined over pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from normalize.rows.scan.columns import Column, Columns, name_columns, runs_as
from normalize.rows.scan.headers import Header, read_header
from normalize.rows.scan.layout import Box, PageLayout
from normalize.text.fold import fold
from schemas.errors import UnknownColumn

_FIRST = regex.compile(r"^\W*[1Il]\W*$")  # a table's first number
# an appendix's title by itself on its line, folded
_APPENDIX = regex.compile(r"^\W*phu luc\W*\d{0,2}\W*$")
_SPANNING = 0.6  # a cell that is at least this share of the table wide is a title


@dataclass(frozen=True)
class GridRow:
    """One row of a table's grid: the boxes of each column, of its number cell, and of its title where it is one.

    ``number`` is None where the row has no number cell of its own because one from above reaches over it. ``is_first`` tells the first row of a
    page's table below the header: it may go on from the page before.
    """

    page_no: int
    columns: Columns
    cells: dict[str, list[Box]]
    values: tuple[tuple[Column, list[Box]], ...]  # the boxes of the value columns, left to right
    number: Box | None
    title: Box | None
    is_first: bool


@dataclass(frozen=True)
class Table:
    """One appendix's table over all its pages."""

    name: str
    rows: tuple[GridRow, ...]
    unknown: tuple[tuple[int, str], ...]  # page and header text of columns that no label fits


@dataclass(frozen=True)
class PageTable:
    """What one page shows of a table: its grid by rows, how many of them are its header, and its columns."""

    page_no: int
    grid: dict[int, list[Box]]
    header_rows: int
    columns: Columns


def pages_to_tables(pages: Iterable[PageLayout]) -> list[Table]:
    """The tables of the appendices, joined over pages; raises UnknownColumn for a table that no known header heads or that lacks a column."""
    found: list[tuple[str, list[PageTable]]] = []
    for page in pages:
        for boxes in page.tables:
            grid = _by_row(boxes)
            header_rows, header = _find_header(grid)
            if header is not None:
                if (
                    not found
                    or found[-1][0] != header.table
                    or _begins_anew(page, grid, header_rows)
                ):
                    found.append((header.table, []))
                columns = _columns(header, grid, header_rows)
            elif found and runs_as(found[-1][1][-1].columns, boxes):
                columns = found[-1][1][-1].columns
            elif not found or not any(box.text for box in boxes):
                continue  # a ruled frame in the prose, such as a stamp's
            else:
                raise UnknownColumn(
                    "a table whose header names no known columns",
                    f"page {page.page_no}",
                    "add its labels to normalize/lists/headers.csv, or take the page out",
                )
            found[-1][1].append(PageTable(page.page_no, grid, header_rows, columns))
    return [_join(name, parts) for name, parts in found]


def _begins_anew(page: PageLayout, grid: dict[int, list[Box]], header_rows: int) -> bool:
    """Whether an appendix's title stands above a table and its numbers begin anew, as where a document holds two of a kind."""
    first = (
        [box.text for box in list(grid.values())[header_rows][:1]]
        if len(grid) > header_rows
        else []
    )
    return any(_FIRST.match(text) for text in first) and any(
        _APPENDIX.match(fold(line.text)) for line in page.lines
    )


def _join(name: str, parts: Sequence[PageTable]) -> Table:
    columns = name_columns(name, [(part.page_no, part.columns) for part in parts])
    rows = [
        row
        for part, named in zip(parts, columns, strict=True)
        for row in _grid_rows(part.page_no, named, part.grid, part.header_rows)
    ]
    return Table(name, tuple(rows), _unknown(rows))


def _by_row(boxes: Sequence[Box]) -> dict[int, list[Box]]:
    rows: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        rows[box.row].append(box)
    return {row: sorted(rows[row], key=lambda box: box.column) for row in sorted(rows)}


def _find_header(grid: dict[int, list[Box]]) -> tuple[int, Header | None]:
    """How many rows at the top of a table are its header, and what it says; a header can have two rows."""
    rows = list(grid.values())
    for count in (1, 2):
        if len(rows) >= count:
            header = read_header([box.readings for box in _header_boxes(rows[:count])])
            if header is not None:
                return count, header
    return 0, None


def _header_boxes(rows: Sequence[Sequence[Box]]) -> list[Box]:
    """The cells of a header: those of its first row; where cells of a second row stand below one, these with its words before theirs."""
    boxes: list[Box] = []
    for box in rows[0]:
        below = [
            other
            for row in rows[1:]
            for other in row
            if box.x0 - 2 < other.x0 and other.x1 < box.x1 + 2
        ]
        boxes += [replace(other, slots=box.slots + other.slots) for other in below] or [box]
    return boxes


def _columns(header: Header, grid: dict[int, list[Box]], header_rows: int) -> Columns:
    boxes = _header_boxes(list(grid.values())[:header_rows])
    return tuple(
        Column(name, box, box.x0, box.x1) for name, box in zip(header.columns, boxes, strict=True)
    )


def _grid_rows(
    page_no: int, columns: Sequence[Column], grid: dict[int, list[Box]], header_rows: int
) -> Iterator[GridRow]:
    covered_until = 0  # the first row below the number cell that reaches furthest down
    is_first = True
    for row, boxes in list(grid.items())[header_rows:]:
        placed = [(covered_columns(columns, box), box) for box in boxes]
        if header_rows and _repeats_header(columns, boxes):
            continue
        key = [
            box
            for names, box in placed
            if [column.name for column in names][:1] in (["task_id"], ["indicator_id"], ["line_id"])
        ]
        title = next((box for _, box in placed if _is_title(columns, box)), None)
        number = key[0] if key else (title if title is not None else None)
        if number is None and row >= covered_until:
            number = replace(boxes[0], slots=(), inked=False)
        cells: dict[str, list[Box]] = defaultdict(list)
        values: dict[Column, list[Box]] = {
            column: [] for column in columns if column.name == "value"
        }
        for names, box in placed:
            if box is title or not names:
                continue
            cells[names[0].name].append(box)
            if names[0] in values:
                values[names[0]].append(box)
        if number is not None and number is not title:
            covered_until = max(covered_until, row + number.row_span)
        yield GridRow(
            page_no, tuple(columns), dict(cells), tuple(values.items()), number, title, is_first
        )
        is_first = False


def covered_columns(columns: Sequence[Column], box: Box) -> list[Column]:
    """The columns whose middle a box covers; a box that covers none belongs to the one it overlaps most."""
    covered = [column for column in columns if box.x0 <= (column.x0 + column.x1) / 2 <= box.x1]
    return covered or [
        max(columns, key=lambda column: min(column.x1, box.x1) - max(column.x0, box.x0))
    ]


def _is_title(columns: Sequence[Column], box: Box) -> bool:
    """Whether a box spans the table, or all of it but the number's column."""
    return len(covered_columns(columns, box)) >= 3 and box.x1 - box.x0 >= _SPANNING * (
        columns[-1].x1 - columns[0].x0
    )


def _repeats_header(columns: Sequence[Column], boxes: Sequence[Box]) -> bool:
    """Whether a row says the same as the header above it."""
    header = read_header([box.readings for box in boxes])
    return (
        header is not None
        and [name for name in header.columns if name]
        == [column.name for column in columns if column.name]
        and not any(column.name == "value" for column in columns)
    )


def _unknown(rows: Iterable[GridRow]) -> tuple[tuple[int, str], ...]:
    seen: dict[str, tuple[int, str]] = {}
    for row in rows:
        for column in row.columns:
            if not column.name and column.header.text:
                seen.setdefault(column.header.text, (row.page_no, column.header.text))
    return tuple(seen.values())
