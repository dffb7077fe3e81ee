"""The changes of one row that stands on both sides, and of a row that stands on one side only."""

from __future__ import annotations

from collections.abc import Iterator

from audit.comparison.changes import ADDED, CHANGED, MOVED, RENUMBERED, Change, Pair, Place
from audit.comparison.classes import (
    DOCUMENT,
    READING,
    RULES,
    UNDECIDED,
    Judge,
    Side,
    cause_of_cell,
)
from audit.comparison.lone_rows import cause_of_lone_row
from audit.comparison.parts import parts_of
from audit.published.columns import (
    TEXT,
    compared_columns,
    id_column,
    shown,
    source_column,
)
from audit.published.folder import Box, Published, Row

Rows = tuple[Row, Row]


def changes_of_row(pair: Pair, judge: Judge, rows: Rows, is_moved: bool) -> Iterator[Change]:
    """The changes of a row on both sides: of its number, and of each printed cell."""
    table = rows[0].table
    renumbered = rows[0].row_id != rows[1].row_id and table not in ("document", "paragraphs")
    if renumbered or is_moved:
        yield _number_change(pair, judge, rows, MOVED if is_moved else RENUMBERED)
    columns = [
        column
        for column in compared_columns(table)
        if shown(rows[0].values[column]) != shown(rows[1].values[column])
    ]
    parts = parts_of(pair, rows)
    columns += [name for name in parts if name not in columns]
    for source in dict.fromkeys(
        [source_column(table, column) for column in columns if column not in parts]
        + list(parts.values())
    ):
        folded = tuple(
            c
            for c in columns
            if c != source and (parts.get(c) or source_column(table, c)) == source
        )
        if source in columns:
            yield _cell_change(pair, judge, rows, source, folded)
        elif not (source == id_column(table) and renumbered):
            yield from (_derived_change(pair, judge, rows, column, source) for column in folded)


def _cell_change(
    pair: Pair, judge: Judge, rows: Rows, column: str, folded: tuple[str, ...]
) -> Change:
    ours, theirs = _sides(pair, rows, column)
    segments = judge.segments(ours, theirs)
    cause, reason = cause_of_cell(segments), ""
    if _decisions(pair.a, rows[0], column) != _decisions(pair.b, rows[1], column):
        cause, reason = RULES, "a person's decision"
    elif cause == DOCUMENT and rows[0].table == "document" and not (ours.value and theirs.value):
        # a stamp over a signature hides it sooner than that nobody signed
        cause, reason = UNDECIDED, "not found on one side"
    return Change(
        rows[0].table,
        column,
        CHANGED,
        cause,
        *_places(pair, rows, column),
        ours.value,
        theirs.value,
        segments,
        folded,
        reason,
    )


def _derived_change(pair: Pair, judge: Judge, rows: Rows, column: str, source: str) -> Change:
    """A column that changed though what it follows from did not."""
    before, after = (shown(row.values.get(column, "")) for row in rows)
    # the kind is told by the layout too
    cause = RULES if judge.rules_changed else READING if column == "kind" else UNDECIDED
    return Change(
        rows[0].table,
        column,
        CHANGED,
        cause,
        *_places(pair, rows, source),
        before,
        after,
        reason=f"{source} is the same",
    )


def _number_change(pair: Pair, judge: Judge, rows: Rows, kind: str) -> Change:
    column = id_column(rows[0].table)
    segments = judge.segments(*_sides(pair, rows, column))
    in_sequence = (
        rows[0].row_id in pair.sequences[0][rows[0].table]
        and rows[1].row_id in pair.sequences[1][rows[1].table]
    )
    # a misread number would not go with those beside it
    cause = DOCUMENT if in_sequence or not segments else cause_of_cell(segments)
    return Change(
        rows[0].table,
        column,
        kind,
        cause,
        *_places(pair, rows, column),
        rows[0].row_id,
        rows[1].row_id,
        segments,
    )


def lone_row(pair: Pair, row: Row, kind: str) -> Change:
    """The change that a row stands on one side only: ``kind`` is ADDED or REMOVED."""
    published, other = (pair.b, pair.a) if kind == ADDED else (pair.a, pair.b)
    cause, reason = cause_of_lone_row(pair, published, other, row)
    place = _place(published, row, (TEXT[row.table] or ("title",))[-1])
    if kind == ADDED:
        return Change(row.table, "", kind, cause, None, place, "", row.text, reason=reason)
    return Change(row.table, "", kind, cause, place, None, row.text, "", reason=reason)


def _decisions(published: Published, row: Row, column: str) -> list[tuple[str, ...]]:
    """What people decided for a cell."""
    frame = published.tables["repairs"]
    own = frame[
        (frame["table"] == row.table)
        & (frame["row_id"] == row.row_id)
        & (frame["column"] == column)
    ]
    return list(
        own[own["rule"].str.startswith("correction")][["before", "after"]].itertuples(
            index=False, name=None
        )
    )


def _sides(pair: Pair, rows: Rows, column: str) -> tuple[Side, Side]:
    return _side(pair.a, rows[0], column), _side(pair.b, rows[1], column)


def _side(published: Published, row: Row, column: str) -> Side:
    value = row.number if column == id_column(row.table) else shown(row.values[column])
    cell, number = (
        published.cells.get((row.table, row.row_id, column)),
        _printed_number(row),
    )
    return Side(value, cell, column in published.doubted(row), column in TEXT[row.table], number)


def _printed_number(row: Row) -> str:
    """A row's number as it stands in the document; of most tables the key is it."""
    return str(row.values["number"]) if row.table in ("paragraphs", "document") else row.number


def _places(pair: Pair, rows: Rows, column: str) -> tuple[Place, Place]:
    return _place(pair.a, rows[0], column), _place(pair.b, rows[1], column)


def _place(published: Published, row: Row, column: str) -> Place:
    cell = published.cells.get((row.table, row.row_id, column))
    return Place(
        row.row_id, cell.boxes if cell is not None else (Box(row.page_no, None, None, None, None),)
    )
