"""All differences between two extractions, in document order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audit.comparison.changes import ADDED, CHANGED, MOVED, REMOVED, RENUMBERED, Change, Pair, Place
from audit.comparison.classes import (
    DOCUMENT,
    READING,
    RULES,
    UNDECIDED,
    Judge,
    Side,
    cause_of_cell,
    rules_changed,
)
from audit.comparison.letters import LetterConfusions, count_confusions
from audit.comparison.lone_rows import cause_of_lone_row
from audit.comparison.parts import list_changes, parts_of
from audit.comparison.rows import match_rows
from audit.published.columns import (
    TEXT,
    compared_columns,
    id_column,
    row_tables,
    shown,
    source_column,
)
from audit.published.first_contract import as_first, is_first
from audit.published.folder import ELLIPSIS, Box, Published, Row, tables_to_published

Rows = tuple[Row, Row]


def compare(a: Published, b: Published) -> list[Change]:
    """All differences between two published documents, each with its class; none for ``compare(a,
    a)``.

    If one of the two follows contract 1, only the columns of that contract are compared.
    """
    if is_first(a.tables) != is_first(b.tables):
        a, b = _of_first_contract(a), _of_first_contract(b)
    pair = Pair(a, b, {table: match_rows(a.rows[table], b.rows[table]) for table in row_tables()})
    judge = _judge(pair)
    changes = [
        change
        for table in row_tables()
        for change in _without_repeats(_table_changes(pair, judge, table))
    ]
    if a.source == b.source:
        changes = [_of_one_file(change, judge) for change in changes]
    return _told_once(changes) + list_changes(a, b)


def _told_once(changes: list[Change]) -> list[Change]:
    """The changes, without those in ``indicator_values`` that only repeat a change in
    ``indicators``.

    They repeat it because one printed cell holds both targets of an indicator.
    """
    told = {_told(change) for change in changes if change.table == "indicators"}
    return [
        change
        for change in changes
        if change.table != "indicator_values" or _told(change) not in told
    ]


def _told(change: Change) -> tuple[str, ...]:
    """What a change says of an indicator: that it came or went, or its value before and after."""
    side = change.b or change.a
    indicator = side.row_id.split("|")[0] if side is not None else ""
    if change.kind in (ADDED, REMOVED):
        return indicator, change.kind
    return indicator, change.kind, change.before, change.after


def _of_first_contract(published: Published) -> Published:
    tables = as_first(published.tables)
    return tables_to_published(published.name, tables, published.about)


def _of_one_file(change: Change, judge: Judge) -> Change:
    """A change between two extractions of the same file: the document cannot have changed."""
    if change.cause not in (DOCUMENT, UNDECIDED):
        return change
    return replace(
        change,
        cause=RULES if judge.rules_changed else READING,
        reason="both were read from the same file",
    )


def _judge(pair: Pair) -> Judge:
    loose = [
        pair.a.rows[table][i].text for table in row_tables() for i in pair.matchings[table].removed
    ]
    loose += [
        pair.b.rows[table][j].text for table in row_tables() for j in pair.matchings[table].added
    ]
    return Judge(
        _confusions(pair, 0), _confusions(pair, 1), rules_changed(pair.a, pair.b), tuple(loose)
    )


def _confusions(pair: Pair, side: int) -> LetterConfusions:
    """What the witnesses of one side read where both sides published the same."""
    published, agreed = (pair.a, pair.b)[side], []
    for table in row_tables():
        for rows in pair.partners(table):
            agreed += [
                (table, rows[side].row_id, column)
                for column in TEXT[table]
                if rows[0].values[column] == rows[1].values[column]
            ]
    cells = [published.cells[key] for key in agreed if key in published.cells]
    return count_confusions(
        (cell.value, reading)
        for cell in cells
        for reading in cell.readings.values()
        if ELLIPSIS not in reading
    )


def _table_changes(pair: Pair, judge: Judge, table: str) -> Iterator[Change]:
    """A table's changes in the order of the second side's rows.

    Rows that only the first side has come before the row that follows them.
    """
    matching = pair.matchings[table]
    removed, partner_of = list(matching.removed), {j: i for i, j in matching.pairs}
    for j, theirs in enumerate(pair.b.rows[table]):
        i = partner_of.get(j)
        if i is None:
            yield _lone_row(pair, theirs, ADDED)
            continue
        while removed and removed[0] < i:
            yield _lone_row(pair, pair.a.rows[table][removed.pop(0)], REMOVED)
        yield from _row_changes(
            pair, judge, (pair.a.rows[table][i], theirs), (i, j) in matching.moved
        )
    for i in removed:
        yield _lone_row(pair, pair.a.rows[table][i], REMOVED)


def _row_changes(pair: Pair, judge: Judge, rows: Rows, is_moved: bool) -> Iterator[Change]:
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


def _lone_row(pair: Pair, row: Row, kind: str) -> Change:
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


def _without_repeats(changes: Iterator[Change]) -> Iterator[Change]:
    """One printed cell that stands in several rows (a line's name in each period) is one change."""
    seen = set()
    for change in changes:
        boxes = [box for side in (change.a, change.b) if side is not None for box in side.boxes]
        key = (change.table, change.column, change.kind, change.before, change.after, *boxes)
        if change.kind == CHANGED and key in seen and all(box.x0 is not None for box in boxes):
            continue
        seen.add(key)
        yield change
