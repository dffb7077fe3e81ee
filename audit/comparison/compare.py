"""All differences between two extractions, in document order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audit.comparison.changes import ADDED, CHANGED, REMOVED, Change, Pair
from audit.comparison.classes import (
    DOCUMENT,
    READING,
    RULES,
    UNDECIDED,
    Judge,
    rules_changed,
)
from audit.comparison.letters import LetterConfusions, count_confusions
from audit.comparison.parts import list_changes
from audit.comparison.row_changes import changes_of_row, lone_row
from audit.comparison.rows import match_rows
from audit.published.columns import (
    TEXT,
    row_tables,
)
from audit.published.first_contract import as_first, is_first
from audit.published.folder import ELLIPSIS, Published, tables_to_published


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
    """The changes, without those that only repeat others.

    A change in ``indicator_values`` repeats one in ``indicators``, because one printed cell holds
    both targets of an indicator. The count of an appendix's rows repeats the rows that came or
    went.
    """
    told = {_told(change) for change in changes if change.table == "indicators"}
    counted = any(
        change.kind in (ADDED, REMOVED) and change.table != "appendices" for change in changes
    )
    return [
        change
        for change in changes
        if not (change.table == "indicator_values" and _told(change) in told)
        and not (counted and (change.table, change.column) == ("appendices", "rows"))
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
            yield lone_row(pair, theirs, ADDED)
            continue
        while removed and removed[0] < i:
            yield lone_row(pair, pair.a.rows[table][removed.pop(0)], REMOVED)
        yield from changes_of_row(
            pair, judge, (pair.a.rows[table][i], theirs), (i, j) in matching.moved
        )
    for i in removed:
        yield lone_row(pair, pair.a.rows[table][i], REMOVED)


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
