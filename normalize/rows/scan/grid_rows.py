"""The appendices' tables as rows: headers recognised, columns found, tables joined over pages.

Long: how pages of one table are told from another table uses headers, columns and rows together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import regex

from normalize.rows.scan.appendix_titles import Heading, read_heading, read_title, title_key
from normalize.rows.scan.column_contents import is_column_numbers
from normalize.rows.scan.columns import EXTRA, Column, Columns, name_columns, runs_as, with_extras
from normalize.rows.scan.headers import Header, read_header
from normalize.rows.scan.layout import Box, Line, PageLayout, marked
from normalize.rows.scan.merged_boxes import with_parted_boxes, with_parted_numbers
from normalize.rows.scan.moved_columns import with_moved_marked
from schemas.errors import UnknownColumn
from schemas.witnesses import TWO_CELLS

_FIRST = regex.compile(r"^\W*0?[1IlA]\W*$")  # a table's first number
_SLACK = 4.0  # points by which a line above a table may reach into it
_MOST_HEADER_ROWS = 3
_SPANNING = 0.6  # a cell that is at least this share of the table wide is a title


@dataclass(frozen=True)
class GridRow:
    """One row of a table's grid: the boxes of each column, of its number cell, and of a title.

    ``number`` is None where the row has no number cell of its own, because one from above reaches
    over it. ``is_first`` tells the first row of a page's table below the header: it may go on from
    the page before. ``reaching``: by column the filled cells from rows above that reach over it.
    """

    page_no: int
    columns: Columns
    cells: dict[str, list[Box]]
    values: tuple[tuple[Column, list[Box]], ...]  # the boxes of the value columns, left to right
    number: Box | None
    title: Box | None
    is_first: bool
    reaching: Mapping[str, list[Box]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """One appendix's table over all its pages; what stands above it where its label was found."""

    name: str
    rows: tuple[GridRow, ...]
    heading: Heading | None = None
    last_page_no: int = 0


@dataclass(frozen=True)
class OtherTable:
    """A ruled table of no known kind, on one page, as it stands."""

    page_no: int
    boxes: tuple[Box, ...]
    header_rows: int
    heading: Heading | None = None


@dataclass(frozen=True)
class PageTable:
    """What one page shows of a table: its grid by rows, how many are its header, and its
    columns.
    """

    page_no: int
    grid: dict[int, list[Box]]
    header_rows: int
    columns: Columns


@dataclass
class _Begun:
    """A table whose pages are being collected."""

    name: str
    heading: Heading | None
    parts: list[PageTable] = field(default_factory=list)

    @property
    def columns(self) -> Columns:
        """Those of its last page."""
        return self.parts[-1].columns


def pages_to_tables(
    pages: Iterable[PageLayout], text: Mapping[int, Sequence[Line]] | None = None
) -> list[Table]:
    """The document's tables of a known kind, each joined over its pages."""
    return find_tables(pages, text)[0]


def find_tables(
    pages: Iterable[PageLayout], text: Mapping[int, Sequence[Line]] | None = None
) -> tuple[list[Table], list[OtherTable]]:
    """The document's tables of a known kind, each joined over its pages, and those of no known
    kind.

    ``text``: the lines of each page that are text; without it, all its lines. Raises UnknownColumn
    where a page in the middle of a table has another header, or where a table lacks a column that
    it must have.
    """
    begun: list[_Begun] = []
    others: list[OtherTable] = []
    for page in pages:
        lines = page.lines if text is None else text.get(page.page_no, ())
        top = 0.0
        for boxes in page.tables:
            above = [
                line
                for line in lines
                if top <= line.top and line.bottom <= min(box.top for box in boxes) + _SLACK
            ]
            top = max(box.bottom for box in boxes) - _SLACK
            heading = read_heading(above)
            _take(page.page_no, boxes, heading, above, begun, others)
    tables = [_join(one) for one in begun]
    _refuse_pages_between(tables, others)
    return tables, others


def _take(
    page_no: int,
    boxes: Sequence[Box],
    heading: Heading | None,
    above: Sequence[Line],
    begun: list[_Begun],
    others: list[OtherTable],
) -> None:
    """Put what a page shows of a table where it belongs."""
    grid = _by_row(with_parted_boxes(with_parted_numbers(boxes)))
    title = " ".join(line.text for line in above)
    header_rows, header = _find_header(grid, title)
    last = begun[-1] if begun else None
    if header is not None:
        named = heading or read_title(above, _middle(boxes))
        if (
            last is None
            or last.name != header.table
            or _begins_anew(named, last, grid, header_rows)
        ):
            begun.append(_Begun(header.table, named))
        columns = _columns(header, grid, header_rows)
    elif last is not None and heading is None and runs_as(last.columns, boxes):
        columns = last.columns
    elif not any(box.text for box in boxes):
        return  # a ruled frame, such as a stamp's
    else:
        follows = (
            last is not None
            and not above
            and last.parts[-1].page_no == page_no - 1
            and len(grid) > 1
        )
        if follows and len(last.columns if last else ()) == max(map(len, grid.values())):
            raise _other_header(page_no)
        others.append(OtherTable(page_no, tuple(boxes), _other_header_rows(grid), heading))
        return
    begun[-1].parts.append(PageTable(page_no, grid, header_rows, columns))


def _other_header(page_no: int) -> UnknownColumn:
    return UnknownColumn(
        "a table whose header names no known columns",
        f"page {page_no}",
        "add its labels to normalize/lists/headers.csv, or take the page out",
    )


def _refuse_pages_between(tables: Iterable[Table], others: Iterable[OtherTable]) -> None:
    """Raise UnknownColumn for a table of no known kind on a page between two pages of another
    table.

    It is a page of that table whose header cannot be read.
    """
    for table in tables:
        for other in others:
            if (
                table.rows
                and other.heading is None
                and table.rows[0].page_no < other.page_no < table.last_page_no
                and len(other.boxes) > 1
            ):
                raise _other_header(other.page_no)


def _other_header_rows(grid: dict[int, list[Box]]) -> int:
    """How many rows at the top of a table of no known kind are its header.

    The first is one if all its cells are filled and none is a figure.
    """
    first = next(iter(grid.values()))
    filled = [box.text for box in first if box.text]
    is_header = (
        len(filled) >= 2
        and len(filled) == len(first)
        and not any(text[:1].isdigit() for text in filled)
    )
    return max((box.row_span for box in first), default=1) if is_header else 0


def _middle(boxes: Sequence[Box]) -> float:
    return (min(box.x0 for box in boxes) + max(box.x1 for box in boxes)) / 2


def _begins_anew(
    heading: Heading | None, last: _Begun, grid: dict[int, list[Box]], header_rows: int
) -> bool:
    """Whether another appendix of the same kind begins.

    A label with another number stands above the table, or its rows begin to count again below a
    label or another title.
    """
    if heading is None or _goes_on(heading, last.heading):
        return False
    if last.heading is not None and heading.number and last.heading.number:
        return heading.number != last.heading.number
    first = (
        [box.text for box in list(grid.values())[header_rows][:1]]
        if len(grid) > header_rows
        else []
    )
    return any(_FIRST.match(text) for text in first)


def _goes_on(heading: Heading, last: Heading | None) -> bool:
    """Whether a title without a label is that of the table before it, or says that it goes on."""
    own = title_key(heading)
    is_same = last is not None and own == title_key(last)
    return not heading.label and (is_same or own.endswith("tiep theo)"))


def _join(begun: _Begun) -> Table:
    parts = _with_marks(begun.parts)
    contents = [_contents(part) for part in parts]
    columns = with_extras(
        name_columns(begun.name, [(part.page_no, part.columns) for part in parts], contents)
    )
    rows = [
        row
        for part, named in zip(parts, columns, strict=True)
        for row in _grid_rows(part.page_no, named, part.grid, part.header_rows)
    ]
    return Table(begun.name, tuple(rows), begun.heading, parts[-1].page_no)


def _with_marks(parts: Sequence[PageTable]) -> list[PageTable]:
    """The table's pages with marks in the cells of columns whose width jumps on one of them."""
    below = [dict(list(part.grid.items())[part.header_rows :]) for part in parts]
    marked = with_moved_marked([list(rows.values()) for rows in below])
    return [
        replace(part, grid={**part.grid, **dict(zip(rows, found, strict=True))})
        for part, rows, found in zip(parts, below, marked, strict=True)
    ]


def _contents(part: PageTable) -> dict[int, list[str]]:
    """The texts of each column's cells below the header, by its place from the left."""
    found: dict[int, list[str]] = defaultdict(list)
    for boxes in list(part.grid.values())[part.header_rows :]:
        for box in boxes:
            covered = covered_columns(part.columns, box)
            if len(covered) == 1:
                found[part.columns.index(covered[0])].append(box.text)
    return found


def _by_row(boxes: Sequence[Box]) -> dict[int, list[Box]]:
    rows: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        rows[box.row].append(box)
    return {row: sorted(rows[row], key=lambda box: box.column) for row in sorted(rows)}


def _find_header(grid: dict[int, list[Box]], title: str = "") -> tuple[int, Header | None]:
    """How many rows at the top of a table are its header, and what it says."""
    rows = list(grid.values())
    spanned = max((box.row_span for box in rows[0]), default=1)
    for count in dict.fromkeys([spanned if 1 < spanned <= _MOST_HEADER_ROWS else 1, 1, 2]):
        if len(rows) >= count:
            pairs = _header_boxes(rows[:count])
            readings = [[*box.readings] for box, _ in pairs]
            header = read_header(readings, title, [[*lower.readings] for _, lower in pairs])
            if header is not None:
                return count, header
    return 0, None


def _header_boxes(rows: Sequence[Sequence[Box]]) -> list[tuple[Box, Box]]:
    """The cells of a header, each with all that names it, and with the lowest cell alone.

    The text of a cell over several cells of a second row is put before each of theirs.
    """
    pairs = [(box, box) for box in rows[0]]
    for row in rows[1:]:
        found: list[tuple[Box, Box]] = []
        for whole, lower in pairs:
            below = [box for box in row if lower.x0 - 2 < box.x0 and box.x1 < lower.x1 + 2]
            found += [(replace(box, slots=whole.slots + box.slots), box) for box in below] or [
                (whole, lower)
            ]
        pairs = found
    return pairs


def _columns(header: Header, grid: dict[int, list[Box]], header_rows: int) -> Columns:
    pairs = _header_boxes(list(grid.values())[:header_rows])
    return tuple(
        Column(name, box, box.x0, box.x1, lower)
        for name, (box, lower) in zip(header.columns, pairs, strict=True)
    )


def _grid_rows(
    page_no: int, columns: Sequence[Column], grid: dict[int, list[Box]], header_rows: int
) -> Iterator[GridRow]:
    covered_until = 0  # the first row below the number cell that reaches furthest down
    is_first = True
    body = list(grid.items())[header_rows:]
    if body and is_column_numbers([box.text for box in body[0][1]]):
        body = body[1:]
    for row, boxes in body:
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
            for column, part in _in_each(names, box):
                cells[column.name].append(part)
                if column in values:
                    values[column].append(part)
        if number is not None and number is not title:
            covered_until = max(covered_until, row + number.row_span)
        yield GridRow(
            page_no, tuple(columns), dict(cells), tuple(values.items()), number, title, is_first
        )
        is_first = False


def _in_each(names: Sequence[Column], box: Box) -> Iterator[tuple[Column, Box]]:
    """A cell in the first of the columns that it covers; where it has words, they may be of any of
    these, so that all are in doubt.
    """
    is_shared = len(names) > 1 and bool(box.text.strip())
    yield names[0], marked(box, TWO_CELLS) if is_shared else box
    for column in names[1:] if is_shared else ():
        yield column, marked(replace(box, slots=()), TWO_CELLS)


def covered_columns(columns: Sequence[Column], box: Box) -> list[Column]:
    """The columns whose middle a box covers; if none, the one that it overlaps most."""
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
        == [column.name for column in columns if not column.name.startswith(EXTRA)]
        and not any(column.name == "value" for column in columns)
    )
