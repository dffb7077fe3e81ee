"""The appendices' rows as records: numbers decided with their neighbours, rows and merged cells joined over page breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from normalize.align import Slot
from normalize.choose_scheme import Chosen, choose_numbers
from normalize.columns import EXTRA, KEY_COLUMN
from normalize.grid_rows import TEXT_COLUMN, GridRow, Table
from normalize.headers import match_label, with_known_words
from normalize.layout import Box, slots_to_readings
from normalize.numbering import Candidate, Decided
from normalize.records import Piece, Record, gap_finding, printed_number, task_parents
from schemas.metrics import Finding

GROUP_LEVELS = ("group", "section")
_LEAST_MARGIN = 2.0  # by which another numbering must cost more, or the one that was taken is said to be unsure
_LOST_MID_PAGE = 0.5  # the cost of taking a row without a printed number for the rest of the row above
_SURE = frozenset({"vector"})  # witnesses that do not misread
_KIND = {"vie": "tesseract", "script": "tesseract", "binary": "tesseract"}  # engines whose errors go together
_READABLE = 0.5  # the least confidence of a reading that can bear out another
_CERTAIN = 4  # as many readings as a number's cell can have
_AGAIN = regex.compile(r" \(\d\)$")  # behind a label that was read before
_LETTER = regex.compile(r"\p{L}")
_READ = regex.compile(r"[\p{L}\p{N}]")
_NOTE = regex.compile(r"^\W{0,2}\*")


@dataclass(frozen=True)
class NumberedRow:
    """A grid row with its decided number, and the grid rows that go on with it below or on the next page."""

    rows: tuple[GridRow, ...]
    decided: Decided


@dataclass(frozen=True)
class NumberedTable:
    """A table's rows with their numbers, the notes that close it, and which numbering was taken."""

    rows: list[NumberedRow]
    notes: list[GridRow]
    chosen: Chosen


def number_rows(table: Table) -> NumberedTable:
    """The table's rows with their numbers by the numbering that explains them best, and the notes that close it."""
    rows = [row for row in table.rows if not _is_blank(row)]
    notes = [row for row in rows if _is_note(row)]
    joined = _join_continued([row for row in rows if row not in notes], table.name)
    chosen = choose_numbers([_candidate(rows[0], table.name) for rows in joined], table.name)
    numbered: list[NumberedRow] = []
    for group, decision in zip(joined, chosen.rows, strict=True):
        if decision.status == "dropped" and numbered:
            numbered[-1] = replace(numbered[-1], rows=numbered[-1].rows + tuple(group))
        elif decision.status != "dropped":
            numbered.append(NumberedRow(tuple(group), decision))
    return NumberedTable(numbered, notes, chosen)


def _is_blank(row: GridRow) -> bool:
    return not any(box.slots for boxes in row.cells.values() for box in boxes) and (row.title is None or not row.title.slots)


def _is_note(row: GridRow) -> bool:
    return row.title is not None and _NOTE.match(row.title.text) is not None


def _join_continued(rows: Sequence[GridRow], name: str) -> list[list[GridRow]]:
    """Rows that a page break cut, joined: the first below a page's header without anything in its number cell. Merged numbers are no such rows."""
    joined: list[list[GridRow]] = []
    for row in rows:
        bare = row.number is None or not row.number.inked
        goes_on = bare and row.title is None and (row.is_first or row.number is None) and name == "tasks"
        if name != "tasks" and (bare or _is_specked(row)) and row.is_first and not _has_values(row, name):
            goes_on = True
        if joined and goes_on:
            joined[-1].append(row)
        else:
            joined.append([row])
    return joined


def _is_specked(row: GridRow) -> bool:
    """Whether there is ink in a row's number cell in which nobody read a letter or digit; beside a title it may be what is left of a number."""
    return row.title is None and row.number is not None and row.number.inked and not _READ.search(" ".join(row.number.readings))


def _has_values(row: GridRow, name: str) -> bool:
    """Whether a row has more than the rest of a long name: a target, figures, a unit."""
    columns = ("target", "lead", "unit") if name == "indicators" else ("value",)
    return any(box.slots for column in columns for box in row.cells.get(column, []))


def _candidate(row: GridRow, name: str) -> Candidate:
    """What is known of a row's number: the readings of its cell, its shape, and whether it can be no row of its own."""
    spanning = row.title is not None or (None if _only_text(row, name) else False)
    if row.number is None:
        return Candidate((), False, shares=True)
    if row.number is row.title:
        return Candidate(number_readings(row.number.slots[:1]), True, shares=False)
    readings = number_readings(row.number.slots)
    if name == "tasks" and (not row.number.inked or (row.is_first and _is_specked(row))):
        return Candidate(readings, spanning, drop=_LOST_MID_PAGE)
    shares = None if not row.number.inked else False
    return Candidate(readings, spanning, shares=(True if row.is_first and shares is None else shares))


def number_readings(slots: Sequence[Slot]) -> tuple[str, ...]:
    """What the witnesses read in a number's cell, each reading as often as it is worth; what independent witnesses agree on stands alone."""
    read = {witness: _of_witness(slots, witness) for witness in dict.fromkeys(name for slot in slots for name, _, _ in slot.readings)}
    for witness in _SURE & read.keys():
        return (read[witness][0],) * _CERTAIN
    votes = Counter(text for text, _ in read.values() if text)
    kinds = {text: {_KIND.get(name, name) for name, (other, sure) in read.items() if other == text and sure >= _READABLE} for text in votes}
    agreed = max(votes, key=lambda text: (len(kinds[text]), votes[text]), default="")
    if agreed and len(kinds[agreed]) > 1:
        return (agreed,) * votes[agreed]
    return tuple(votes.elements())


def _of_witness(slots: Sequence[Slot], witness: str) -> tuple[str, float]:
    """A witness's text of the slots, and the least confidence of its words."""
    words = [(text, confidence) for slot in slots for name, text, confidence in slot.readings if name == witness and text]
    return " ".join(text for text, _ in words), min((confidence for _, confidence in words), default=0.0)


def _only_text(row: GridRow, name: str) -> bool:
    return not any(box.slots for column, boxes in row.cells.items() if column not in (KEY_COLUMN[name], TEXT_COLUMN[name]) for box in boxes)


def table_records(name: str, numbered: Sequence[NumberedRow], appendix: str, title: Sequence[Piece] = ()) -> Iterator[Record]:
    """The records of a table in order: each row's, and those of what has no column of its own."""
    if name == "growth":
        yield from _growth_records(numbered, appendix, title)
        return
    makers = {"tasks": _task_record, "indicators": _indicator_record}
    groups: dict[str, str] = {}  # a group's key -> the key of the group above it
    doubt = tuple[str, ...]()
    for row in numbered:
        decided = row.decided
        if decided.level in GROUP_LEVELS:
            groups[decided.key] = decided.parent
            doubt = _doubt(row, "group_id")
            yield _group_record(name, appendix, row)
            continue
        record = makers[name](row, _above(decided, numbered, groups), doubt)
        yield replace(record, appendix=appendix, number=printed_number(decided.number))
        yield from _value_records(row, name, appendix)
        yield from _extra_records(row, name, appendix, decided.key)


def _above(decided: Decided, numbered: Sequence[NumberedRow], groups: Mapping[str, str]) -> tuple[str, ...]:
    """The groups that a row stands under, from the outermost on."""
    parent = decided.parent
    while parent and parent not in groups:  # a sub-row: what its task stands under
        head = next((row.decided.parent for row in numbered if row.decided.key == parent), "")
        if not head:
            return _printed_above(decided.key)
        parent = head
    found: list[str] = []
    while parent:
        found.insert(0, parent)
        parent = groups.get(parent, "")
    return tuple(found)


def _printed_above(key: str) -> tuple[str, ...]:
    """The groups that a dotted number itself names, where their rows were not found."""
    return tuple(part for part in task_parents(key) if part and part != key) if key[:1].isdigit() and "." in key else ()


def _task_record(row: NumberedRow, groups: Sequence[str], _: Sequence[str]) -> Record:
    """A task, or a sub-row under its task."""
    decided = row.decided
    parent = decided.parent if decided.level == "sub_row" else ""
    section = groups[-1] if len(groups) > 1 else ""
    return Record("tasks", decided.key, row.rows[0].page_no, _cells(row, "tasks"), parent_id=parent, group_id=groups[0] if groups else "",
                  section_id=section, review=_doubt(row, "task_id"), reason=decided.reason)  # fmt: skip


def _indicator_record(row: NumberedRow, groups: Sequence[str], doubt: Sequence[str]) -> Record:
    """An indicator; the parts of a merged number are 14.1, 14.2, ...; doubt about a group's number is its rows' too."""
    label, place = _target_column(row.rows[0])
    return Record("indicators", row.decided.key, row.rows[0].page_no, _cells(row, "indicators"), group_id=groups[-1] if groups else "",
                  review=(*doubt, *_doubt(row, "indicator_id")), reason=row.decided.reason, label=label, kind=place)  # fmt: skip


def _target_column(row: GridRow) -> tuple[str, str]:
    """The label of the column that holds an indicator's target, and its place among the columns of values."""
    columns = [column for column in row.columns if column.name in ("target", "value")]
    goal = next((column for column in columns if column.name == "target"), columns[-1] if columns else None)
    return ("", "") if goal is None else (_period([goal.label])[0], str(columns.index(goal)))


def _value_records(row: NumberedRow, name: str, appendix: str) -> Iterator[Record]:
    """Of an indicator the values of the years beside its target."""
    if name != "indicators":
        return
    columns = [column for column in row.rows[0].columns if column.name in ("target", "value")]
    labels = _distinct([_period([column.label]) for column in columns])
    for place, (column, (label, header)) in enumerate(zip(columns, labels, strict=True)):
        value = [_piece(box) for part in row.rows for other, boxes in part.values if other.x0 == column.x0 for box in boxes]
        if column.name == "value" and any(piece.slots for piece in value):
            yield Record("indicator_values", f"{row.decided.key}|{label}", row.rows[0].page_no, {"value": value, "period": header},
                         appendix=appendix, label=label, kind=str(place))  # fmt: skip


def _extra_records(row: NumberedRow, name: str, appendix: str, key: str) -> Iterator[Record]:
    """What stands in columns that no published table has a place for, under their labels."""
    for column, pieces in _all_cells(row, name).items():
        if column.startswith(EXTRA) and any(piece.slots for piece in pieces):
            label = column.removeprefix(EXTRA)
            page_no = next(piece.page_no for piece in pieces if piece.slots)
            yield Record("extras", f"{name}|{key}|{label}", page_no, {"value": pieces}, appendix=appendix, label=label)


def _growth_records(numbered: Sequence[NumberedRow], appendix: str, title: Sequence[Piece]) -> Iterator[Record]:
    """A record for each line and period; a row whose value cells name periods is a second header.

    In a table without rows that name a measure the appendix's title does.
    """
    measure: NumberedRow | None = None
    has_measures = any(row.decided.level == "measure" for row in numbered)
    periods: list[tuple[str, tuple[Piece, ...]]] = []
    for row in numbered:
        first = row.rows[0]
        if not periods:
            periods = _distinct([_period([column.label]) for column, _ in first.values])
        if row.decided.level == "measure":
            measure = row
            if is_second_header(first):
                periods = _distinct([_period(boxes) for _, boxes in first.values])
                continue
        named = _cells(measure, "growth").get("name", []) if measure is not None else [] if has_measures else list(title)
        records = [replace(record, appendix=appendix) for record in _line_records(row, named, periods)]
        yield from records
        if records:
            yield from _extra_records(row, "growth", appendix, records[0].row_id)


def is_second_header(row: GridRow) -> bool:
    """Whether a row's value cells name periods rather than give figures."""
    texts = [reading for _, boxes in row.values for box in boxes for reading in box.readings[:1]]
    return bool(texts) and all(_LETTER.search(text) and match_label("growth", text).score >= 60 for text in texts)


def _line_records(row: NumberedRow, measure: Sequence[Piece], periods: Sequence[tuple[str, tuple[Piece, ...]]]) -> Iterator[Record]:
    key = row.decided.key
    common = _cells(row, "growth")
    common.pop("value", None)
    for i, (period, header) in enumerate(periods):
        value = [_piece(box) for part in row.rows if i < len(part.values) for box in part.values[i][1]]
        if not value or not any(piece.slots for piece in value):
            continue
        cells = {**common, "period": header, "value": value}
        if measure:
            cells["measure"] = measure
        review, reason = _doubt(row, "line_id"), row.decided.reason
        if _AGAIN.search(period) or f"{period} (2)" in (label for label, _ in periods):
            review, reason = (*review, "period"), reason or "two columns read as the same period"
        yield Record("growth", f"{key}|{period}", row.rows[0].page_no, cells, review=review, reason=reason)


def _distinct(periods: Sequence[tuple[str, tuple[Piece, ...]]]) -> list[tuple[str, tuple[Piece, ...]]]:
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
    label = max(readings, key=lambda text: (match_label("growth", text).score, readings[text])) if readings else ""
    return with_known_words(label, list(readings)), tuple(_piece(box) for box in boxes)


def _tidy(text: str) -> str:
    return " ".join(regex.sub(r"\s*[-–—]\s*", " - ", text.strip(" .:;,|")).split())


def _group_record(name: str, appendix: str, row: NumberedRow) -> Record:
    first, decided = row.rows[0], row.decided
    boxes = [first.title] if first.title is not None else first.cells.get(TEXT_COLUMN[name], [])
    pieces = [_piece(box) for box in boxes]
    if first.title is not None and first.number is first.title and pieces:
        pieces = [replace(pieces[0], slots=pieces[0].slots[1:])]  # its number is its first word
    cells = {"group_id": [_piece(first.number)] if first.number is not None and first.number is not first.title else [], "title": pieces}
    return Record("groups", f"{appendix}|{decided.key}", first.page_no, cells, parent_id=decided.parent, number=decided.key,
                  review=_doubt(row, "group_id"), reason=decided.reason, appendix=appendix, kind=name)  # fmt: skip


def _cells(row: NumberedRow, name: str) -> dict[str, list[Piece]]:
    """The pieces of each published column over the row's parts."""
    found = {column: pieces for column, pieces in _all_cells(row, name).items() if not column.startswith(EXTRA)}
    if name == "indicators":
        values = found.pop("value", None)
        last = row.rows[0].values[-1][0] if row.rows[0].values else None
        if values and last is not None and not any(column.name == "target" for column in row.rows[0].columns):
            found["target"] = [_piece(box) for part in row.rows for column, boxes in part.values if column.x0 == last.x0 for box in boxes]
    return found


def _all_cells(row: NumberedRow, name: str) -> dict[str, list[Piece]]:
    """The pieces of each column over the row's parts."""
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
    return (key,) if row.decided.status in ("doubtful", "restored") or row.decided.out_of_order else ()


def numbering_findings(table: Table, numbered: Iterable[NumberedRow]) -> Iterator[Finding]:
    """Gaps, repeats and jumps in the document's own numbering, and numbers that had to be restored."""
    for i, row in enumerate(numbered):
        decided, page_no = row.decided, row.rows[0].page_no
        if decided.missing:
            yield gap_finding(table.name, decided.key, decided.missing, page_no, i == 0)
        if decided.out_of_order:
            yield Finding("numbering_order", page_no, f"{table.name} {decided.key}", "this number repeats or precedes an earlier one")
        if decided.status in ("restored", "doubtful"):
            yield Finding("number_" + decided.status, page_no, f"{table.name} {decided.key}", decided.reason)


def scheme_findings(table: Table, chosen: Chosen) -> Iterator[Finding]:
    """Which numbering was taken where it is not the usual one, and by how much another would fit worse."""
    if chosen.next_name and table.rows:
        other = f"; the next, {chosen.next_name}, would cost {chosen.margin:.1f} more than {chosen.cost:.1f}"
        rule = "numbering_unsure" if chosen.margin < _LEAST_MARGIN and chosen.cost > _LEAST_MARGIN else "numbering_chosen"
        yield Finding(rule, table.rows[0].page_no, table.name, f"the rows are numbered as {chosen.name}{other}")


def extra_columns(table: Table) -> Iterator[Finding]:
    """Columns that no published table has a place for: their cells stand in extras."""
    labels = {column.name.removeprefix(EXTRA): row.page_no for row in reversed(table.rows) for column in row.columns if column.name.startswith(EXTRA)}
    for label, page_no in reversed(labels.items()):
        if any(box.slots for row in table.rows for box in row.cells.get(EXTRA + label, ())):
            yield Finding("extra_column", page_no, table.name, "a column that no table has a place for is published in extras")
