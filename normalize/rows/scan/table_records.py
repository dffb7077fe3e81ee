"""The appendices' rows as records, rows and merged cells joined over page breaks.

Their numbers are decided together with those of their neighbours.

Long: one short function a table, side by side so that what they share can be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import isfinite

import regex

from normalize.rows.numbering.choose_scheme import FAR, Chosen
from normalize.rows.numbering.decide import Decided
from normalize.rows.records import Piece, Record, printed_number, task_parents
from normalize.rows.scan.columns import EXTRA, Column
from normalize.rows.scan.grid_rows import GridRow, Table
from normalize.rows.scan.headers import match_label, with_known_words
from normalize.rows.scan.layout import Box, slots_to_readings
from normalize.rows.scan.row_numbers import NumberedRow, is_orphan
from normalize.rows.scan.unnumbered import is_bare_title
from normalize.values.period_labels import is_reached
from schemas.findings import Finding
from schemas.table_kinds import BEGIN, BOTH, GROUP_LEVELS, KINDS

# by which another numbering must cost more, or the one that was taken is said to be unsure
_LEAST_MARGIN = 2.0
_LOST_COLUMN = "a column of the table was not found on the row's page"
_JOINED = "a ruled row without a number was joined to it"
_AGAIN = regex.compile(r" \(\d\)$")  # behind a label that was read before
_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")
_LETTER = regex.compile(r"\p{L}")


def table_records(
    name: str, numbered: Sequence[NumberedRow], appendix: str, title: Sequence[Piece] = ()
) -> Iterator[Record]:
    """The records of a table in order: each row's, and those of what has no column of its own."""
    if name == "growth":
        yield from _growth_records(numbered, appendix, title)
        return
    makers = {"tasks": _task_record, "indicators": _indicator_record}
    groups: dict[str, str] = {}  # a group's key -> the key of the group above it
    columns = _printed_columns(name, numbered)
    for row in numbered:
        decided = row.decided
        if decided.level in GROUP_LEVELS:
            groups[decided.key] = decided.parent
            yield _group_record(name, appendix, row)
            continue
        record = makers[name](row, _above(decided, numbered, groups))
        record = _with_joined(_with_lost_columns(record, _lost_columns(row, columns)), row)
        yield replace(record, appendix=appendix, number=printed_number(decided.number))
        yield from _value_records(row, name, appendix)
        yield from _extra_records(row, name, appendix, decided.key)


def _printed_columns(name: str, numbered: Sequence[NumberedRow]) -> list[str]:
    """The columns of its kind that a table has on any of its pages, in order."""
    printed = dict.fromkeys(
        column.name for row in numbered for part in row.rows for column in part.columns
    )
    return [one for one in printed if KINDS[name].column(one) is not None]


def _lost_columns(row: NumberedRow, printed: Sequence[str]) -> list[str]:
    """The columns that the table has on other pages and not on the row's.

    There the ruling beside one was not seen, and its words stand in another column's cells.
    """
    own = {column.name for part in row.rows for column in part.columns}
    roles = {"lead", "coordinating"}
    own |= roles if BOTH in own else {BOTH} if roles <= own else set()
    lost = [one for one in printed if one not in own]
    named = [name for one in lost for name in (sorted(roles - own) if one == BOTH else [one])]
    return list(dict.fromkeys(named))


def _with_lost_columns(record: Record, lost: Sequence[str]) -> Record:
    """The record, such columns in review."""
    if not lost:
        return record
    review = KINDS[record.table].in_contract((*record.review, *lost))
    return replace(record, review=review, reason=record.reason or _LOST_COLUMN)


def _with_joined(record: Record, row: NumberedRow) -> Record:
    """The record of a task, in review what a ruled row without a number brought to it within a
    page: that may be a task of its own whose number was not seen.
    """
    columns = _joined_columns(row)
    if record.table != "tasks" or set(columns) <= {"task"}:  # the rest of a text
        return record
    own = [column for column in columns if not _is_extra(column)]
    review = KINDS[record.table].in_contract((*record.review, *own))
    return replace(record, review=review, reason=record.reason or _JOINED)


def _joined_columns(row: NumberedRow) -> list[str]:
    """The columns in which a ruled row without a number brought something within a page."""
    return [
        column
        for part in row.rows[1:]
        if part.number is not None and not part.is_first
        for column, boxes in part.cells.items()
        if any(box.slots for box in boxes)
    ]


def _is_extra(column: str) -> bool:
    """Whether no published table has a place for a column; where work begins is an extra too."""
    return column.startswith(EXTRA) or column == BEGIN


def _above(
    decided: Decided, numbered: Sequence[NumberedRow], groups: Mapping[str, str]
) -> tuple[str, ...]:
    """The groups that a row stands under, from the outermost on."""
    parent = decided.parent
    while parent and parent not in groups:  # a sub-row: what its task stands under
        above = next((row.decided for row in numbered if row.decided.key == parent), None)
        if above is None:
            return _printed_above(decided.key)
        parent = above.parent
    found: list[str] = []
    while parent:
        found.insert(0, parent)
        parent = groups.get(parent, "")
    return tuple(found)


def _printed_above(key: str) -> tuple[str, ...]:
    """The groups that a dotted number itself names, where their rows were not found."""
    return (
        tuple(part for part in task_parents(key) if part and part != key)
        if key[:1].isdigit() and "." in key
        else ()
    )


def _task_record(row: NumberedRow, groups: Sequence[str]) -> Record:
    """A task, or a sub-row under its task."""
    decided = row.decided
    parent = decided.parent if decided.level == "sub_row" else ""
    section = groups[-1] if len(groups) > 1 else ""
    return Record(
        "tasks",
        decided.key,
        row.rows[0].page_no,
        _cells(row, "tasks"),
        parent_id=parent,
        group_id=groups[0] if groups else "",
        section_id=section,
        review=_doubt(row, "task_id"),
        reason=decided.reason,
    )


def _indicator_record(row: NumberedRow, groups: Sequence[str]) -> Record:
    """An indicator's record; the parts of a merged number are 14.1, 14.2, ....

    Doubt about a group's number is the group's: it asks once, and not for each row below it.
    """
    label, place = _target_column(row.rows[0])
    return Record(
        "indicators",
        row.decided.key,
        row.rows[0].page_no,
        _cells(row, "indicators"),
        group_id=groups[-1] if groups else "",
        review=_doubt(row, "indicator_id"),
        reason=row.decided.reason,
        label=label,
        kind=place,
    )


def _target_column(row: GridRow) -> tuple[str, str]:
    """The label of the column that holds an indicator's target, and its place among columns of
    values.
    """
    columns = _value_columns(row)
    goal = _goal(columns)
    return ("", "") if goal is None else (_column_period(goal)[0], str(columns.index(goal)))


def _value_columns(row: GridRow) -> list[Column]:
    return [column for column in row.columns if column.name in ("target", "value")]


def _goal(columns: Sequence[Column]) -> Column | None:
    """The column of an indicator's target among those of its values: the last if none is called
    so.
    """
    named = (column for column in columns if column.name == "target")
    return next(named, columns[-1] if columns else None)


def _value_records(row: NumberedRow, name: str, appendix: str) -> Iterator[Record]:
    """Of an indicator the values of the years beside its target."""
    if name != "indicators":
        return
    columns = _value_columns(row.rows[0])
    goal = _goal(columns)
    labels = _distinct([_column_period(column) for column in columns])
    for place, (column, (label, header)) in enumerate(zip(columns, labels, strict=True)):
        value = [
            _piece(box)
            for part in row.rows
            for other, boxes in part.values
            if other.x0 == column.x0
            for box in boxes
        ]
        if column != goal and any(piece.slots for piece in value):
            yield Record(
                "indicator_values",
                f"{row.decided.key}|{label}",
                row.rows[0].page_no,
                {"value": value, "period": header},
                appendix=appendix,
                label=label,
                kind=f"{place} baseline" if is_reached(column.header.text) else str(place),
            )


def _extra_records(row: NumberedRow, name: str, appendix: str, key: str) -> Iterator[Record]:
    """What stands in columns that no published table has a place for, under their labels."""
    begin = (column.header.text for column in row.rows[0].columns if column.name == BEGIN)
    labels = {BEGIN: next(begin, "")}
    joined = _joined_columns(row) if name == "tasks" else []
    for column, pieces in _all_cells(row, name).items():
        if _is_extra(column) and any(piece.slots for piece in pieces):
            label = labels.get(column) or column.removeprefix(EXTRA)
            page_no = next(piece.page_no for piece in pieces if piece.slots)
            yield Record(
                "extras",
                f"{name}|{key}|{label}",
                page_no,
                {"value": pieces},
                appendix=appendix,
                review=("value",) if column in joined else (),
                reason=_JOINED if column in joined else "",
                label=label,
            )


def _growth_records(
    numbered: Sequence[NumberedRow], appendix: str, title: Sequence[Piece]
) -> Iterator[Record]:
    """A record for each line and period; a row whose value cells name periods is a second header.

    In a table without rows that name a measure the appendix's title does.
    """
    measure: NumberedRow | None = None
    has_measures = any(row.decided.level == "measure" for row in numbered)
    periods: list[tuple[str, tuple[Piece, ...]]] = []
    for row in numbered:
        first = row.rows[0]
        if not periods:
            periods = _distinct([_column_period(column) for column, _ in first.values])
        if row.decided.level == "measure":
            measure = row
            if is_second_header(first):
                periods = _distinct([_period(boxes) for _, boxes in first.values])
                continue
        named = (
            _cells(measure, "growth").get("name", [])
            if measure is not None
            else []
            if has_measures
            else list(title)
        )
        records = [
            replace(record, appendix=appendix) for record in _line_records(row, named, periods)
        ]
        yield from records
        if records:
            yield from _extra_records(row, "growth", appendix, records[0].row_id)


def is_second_header(row: GridRow) -> bool:
    """Whether a row's value cells name periods rather than give figures."""
    texts = [reading for _, boxes in row.values for box in boxes for reading in box.readings[:1]]
    return bool(texts) and all(
        _LETTER.search(text) and match_label("growth", text).score >= 60 for text in texts
    )


def _line_records(
    row: NumberedRow, measure: Sequence[Piece], periods: Sequence[tuple[str, tuple[Piece, ...]]]
) -> Iterator[Record]:
    key = row.decided.key
    common = _cells(row, "growth")
    common.pop("value", None)
    for i, (period, header) in enumerate(periods):
        value = [
            _piece(box) for part in row.rows if i < len(part.values) for box in part.values[i][1]
        ]
        if not value or not any(piece.slots for piece in value):
            continue
        cells = {**common, "period": header, "value": value}
        if measure:
            cells["measure"] = measure
        review, reason = _doubt(row, "line_id"), row.decided.reason
        if _AGAIN.search(period) or f"{period} (2)" in (label for label, _ in periods):
            review, reason = (*review, "period"), reason or "two columns read as the same period"
        yield Record(
            "growth", f"{key}|{period}", row.rows[0].page_no, cells, review=review, reason=reason
        )


def _distinct(
    periods: Sequence[tuple[str, tuple[Piece, ...]]],
) -> list[tuple[str, tuple[Piece, ...]]]:
    """The periods; a label that comes twice gets its count behind it.

    One of the two was misread, for a line has one figure for each period.
    """
    seen = Counter[str]()
    found = []
    for label, header in periods:
        seen[label] += 1
        found.append((label if seen[label] == 1 else f"{label} ({seen[label]})", header))
    return found


def _column_period(column: Column) -> tuple[str, tuple[Piece, ...]]:
    """The period of a column of values: of two header rows the lower one names it, unless its time
    stands in the upper one alone (`Năm 2025` over `Kế hoạch` and `Thực hiện`).
    """
    has_time = any(_YEAR.search(text) for text in column.label.readings)
    return _period([column.label if has_time else column.header])


def _period(boxes: Sequence[Box]) -> tuple[str, tuple[Piece, ...]]:
    """A period's label, by the most of its readings, and where it is printed."""
    slots = [slot for box in boxes for slot in box.slots]
    readings = Counter(_tidy(text) for text in slots_to_readings(slots))
    label = (
        max(readings, key=lambda text: (match_label("growth", text).score, readings[text]))
        if readings
        else ""
    )
    return with_known_words(label, list(readings)), tuple(_piece(box) for box in boxes)


def _tidy(text: str) -> str:
    return " ".join(regex.sub(r"\s*[-–—]\s*", " - ", text.strip(" .:;,|")).split())


def _group_record(name: str, appendix: str, row: NumberedRow) -> Record:
    first, decided = row.rows[0], row.decided
    boxes = [first.title] if first.title is not None else first.cells.get(KINDS[name].text, [])
    pieces = [_piece(box) for box in boxes]
    has_number = first.title is not None and not is_bare_title(first)
    if has_number and first.number is first.title and pieces:
        pieces = [replace(pieces[0], slots=pieces[0].slots[1:])]  # its number is its first word
    cells = {
        "group_id": [_piece(first.number)]
        if first.number is not None and first.number is not first.title
        else [],
        "title": pieces,
    }
    return Record(
        "groups",
        f"{appendix}|{decided.key}",
        first.page_no,
        cells,
        parent_id=decided.parent,
        number=decided.key,
        review=(*_doubt(row, "group_id"), *(["title"] if _goes_on_beside(first, boxes) else [])),
        reason=decided.reason,
        appendix=appendix,
        kind=name,
    )


def _goes_on_beside(row: GridRow, title: Sequence[Box]) -> bool:
    """Whether a box beside a group's title may hold the rest of it, cut off by a false wall: its
    words begin with a small letter, as no body's name does.
    """
    return any(
        box.text[:1].islower()
        for boxes in row.cells.values()
        for box in boxes
        if box is not row.number and not any(box is own for own in title)
    )


def _cells(row: NumberedRow, name: str) -> dict[str, list[Piece]]:
    """The pieces of each published column over the row's parts."""
    found = {
        column: pieces
        for column, pieces in _all_cells(row, name).items()
        if not column.startswith(EXTRA)
    }
    if name == "indicators":
        values = found.pop("value", None)
        last = row.rows[0].values[-1][0] if row.rows[0].values else None
        if (
            values
            and last is not None
            and not any(column.name == "target" for column in row.rows[0].columns)
        ):
            found["target"] = [
                _piece(box)
                for part in row.rows
                for column, boxes in part.values
                if column.x0 == last.x0
                for box in boxes
            ]
    return found


def _all_cells(row: NumberedRow, name: str) -> dict[str, list[Piece]]:
    """The pieces of each column over the row's parts, each once.

    A cell that reaches over the row from above counts where the row has none of its own.
    """
    found: dict[str, list[Piece]] = {}
    for part in row.rows:
        for column, boxes in part.cells.items():
            if column:
                found.setdefault(column, []).extend(_piece(box) for box in boxes)
        if part.title is not None:
            found.setdefault(KINDS[name].text, []).append(_piece(part.title))
    for part in row.rows[:1]:
        for column, boxes in part.reaching.items():
            if not any(piece.slots for piece in found.get(column, ())):
                found[column] = [_piece(box) for box in boxes]
    return found


def _piece(box: Box) -> Piece:
    return Piece(box.page_no, box.block_no, box.slots)


def _doubt(row: NumberedRow, key: str) -> tuple[str, ...]:
    decided = row.decided
    is_unsure = decided.status in ("doubtful", "restored") or decided.out_of_order
    return (key,) if is_unsure or is_orphan(decided) else ()


def scheme_findings(table: Table, chosen: Chosen) -> Iterator[Finding]:
    """Which numbering was taken, if not the usual one, and how much worse another would fit."""
    if chosen.next_name and table.rows:
        more = f"{chosen.margin:.1f}" if isfinite(chosen.margin) else f"over {FAR:g}"
        other = f"; the next, {chosen.next_name}, would cost {more} more than {chosen.cost:.1f}"
        rule = (
            "numbering_unsure"
            if chosen.margin < _LEAST_MARGIN and chosen.cost > _LEAST_MARGIN
            else "numbering_chosen"
        )
        yield Finding(
            rule,
            table.rows[0].page_no,
            table.name,
            f"the rows are numbered as {chosen.name}{other}",
        )


def extra_columns(table: Table) -> Iterator[Finding]:
    """Columns that no published table has a place for: their cells stand in extras."""
    labels = {
        column.name.removeprefix(EXTRA): row.page_no
        for row in reversed(table.rows)
        for column in row.columns
        if column.name.startswith(EXTRA)
    }
    for label, page_no in reversed(labels.items()):
        if any(box.slots for row in table.rows for box in row.cells.get(EXTRA + label, ())):
            yield Finding(
                "extra_column",
                page_no,
                table.name,
                "a column that no table has a place for is published in extras",
            )
