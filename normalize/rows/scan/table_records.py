"""The appendices' rows as records: numbers decided with their neighbours, rows and merged cells joined over page breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from normalize.rows.records import Piece, Record, task_parents
from normalize.rows.scan.grid_rows import GridRow, Table
from normalize.rows.scan.headers import match_label, with_known_words
from normalize.rows.scan.layout import Box, slots_to_readings
from normalize.rows.scan.row_numbers import NumberedRow
from schemas.findings import Finding
from schemas.table_kinds import TEXT_COLUMN

GROUP_LEVELS = ("group", "section")
_APPENDIX = {"tasks": "3", "indicators": "1"}
_AGAIN = regex.compile(r" \(\d\)$")  # behind a label that was read before
_LETTER = regex.compile(r"\p{L}")


def task_records(numbered: Sequence[NumberedRow]) -> Iterator[Record]:
    """Appendix 3: groups, sections and tasks; a sub-row stands under its task."""
    for row in numbered:
        decided = row.decided
        if decided.level in GROUP_LEVELS:
            yield _group_record("3", row, decided.parent)
            continue
        parent = decided.parent if decided.level == "sub_row" else ""
        group, section = task_parents(decided.key)
        yield Record("tasks", decided.key, row.rows[0].page_no, _cells(row, "tasks"), parent_id=parent, group_id=group, section_id=section,
                     review=_doubt(row, "task_id"), reason=decided.reason)  # fmt: skip


def indicator_records(numbered: Sequence[NumberedRow]) -> Iterator[Record]:
    """Appendix 1: Roman groups and indicators; the parts of a merged number are 14.1, 14.2, ...; doubt about a group's number is its rows' too."""
    group, doubt = "", tuple[str, ...]()
    for row in numbered:
        if row.decided.level == "group":
            group, doubt = row.decided.key, _doubt(row, "group_id")
            yield _group_record("1", row, "")
        else:
            yield Record("indicators", row.decided.key, row.rows[0].page_no, _cells(row, "indicators"), group_id=group,
                         review=(*doubt, *_doubt(row, "indicator_id")), reason=row.decided.reason)  # fmt: skip


def growth_records(numbered: Sequence[NumberedRow]) -> Iterator[Record]:
    """Appendix 2: a record for each line and period; a row whose value cells name periods is a second header."""
    measure: NumberedRow | None = None
    periods: list[tuple[str, tuple[Piece, ...]]] = []
    for row in numbered:
        first = row.rows[0]
        if not periods:
            periods = _distinct([_period([column.header]) for column, _ in first.values])
        if row.decided.level == "measure":
            measure = row
            if is_second_header(first):
                periods = _distinct([_period(boxes) for _, boxes in first.values])
                continue
        yield from _line_records(row, measure, periods)


def is_second_header(row: GridRow) -> bool:
    """Whether a row's value cells name periods rather than give figures."""
    texts = [reading for _, boxes in row.values for box in boxes for reading in box.readings[:1]]
    return bool(texts) and all(
        _LETTER.search(text) and match_label("growth", text).score >= 60 for text in texts
    )


def _line_records(
    row: NumberedRow, measure: NumberedRow | None, periods: Sequence[tuple[str, tuple[Piece, ...]]]
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
        if measure is not None:
            cells["measure"] = _cells(measure, "growth").get("name", [])
        review, reason = _doubt(row, "line_id"), row.decided.reason
        if _AGAIN.search(period) or f"{period} (2)" in (label for label, _ in periods):
            review, reason = (*review, "period"), reason or "two columns read as the same period"
        yield Record(
            "growth", f"{key}|{period}", row.rows[0].page_no, cells, review=review, reason=reason
        )


def _distinct(
    periods: Sequence[tuple[str, tuple[Piece, ...]]],
) -> list[tuple[str, tuple[Piece, ...]]]:
    """The periods, a label that was read twice with its count behind it: one of the two was misread, and a line has one figure for each period."""
    seen = Counter[str]()
    found = []
    for label, header in periods:
        seen[label] += 1
        found.append((label if seen[label] == 1 else f"{label} ({seen[label]})", header))
    return found


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


def _group_record(appendix: str, row: NumberedRow, parent: str) -> Record:
    first, decided = row.rows[0], row.decided
    boxes = (
        [first.title]
        if first.title is not None
        else first.cells.get(TEXT_COLUMN["tasks" if appendix == "3" else "indicators"], [])
    )
    pieces = [_piece(box) for box in boxes]
    if first.title is not None and first.number is first.title and pieces:
        pieces = [replace(pieces[0], slots=pieces[0].slots[1:])]  # its number is its first word
    cells = {
        "group_id": [_piece(first.number)]
        if first.number is not None and first.number is not first.title
        else [],
        "title": pieces,
    }
    return Record("groups", f"{appendix}|{decided.key}", first.page_no, cells, parent_id=parent, number=decided.key,
                  review=_doubt(row, "group_id"), reason=decided.reason)  # fmt: skip


def _cells(row: NumberedRow, name: str) -> dict[str, list[Piece]]:
    """The pieces of each column over the row's parts; a column that no label names is not published."""
    found: dict[str, list[Piece]] = {}
    for part in row.rows:
        for column, boxes in part.cells.items():
            if column:
                found.setdefault(column, []).extend(_piece(box) for box in boxes)
        if part.title is not None:
            found.setdefault(TEXT_COLUMN[name], []).append(_piece(part.title))
    return found


def _piece(box: Box) -> Piece:
    return Piece(box.page_no, box.block_no, box.slots)


def _doubt(row: NumberedRow, key: str) -> tuple[str, ...]:
    return (
        (key,) if row.decided.status in ("doubtful", "restored") or row.decided.out_of_order else ()
    )


def unknown_columns(table: Table) -> Iterator[Finding]:
    """Columns whose header no label fits: they are not published."""
    for page_no, _ in table.unknown:
        yield Finding(
            "unknown_column",
            page_no,
            table.name,
            "a column's header is not in normalize/lists/headers.csv: its cells are not published",
        )
