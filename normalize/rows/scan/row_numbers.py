"""The numbers of a table's rows, decided from what is read in the column of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from normalize.rows.findings import gap_finding
from normalize.rows.numbering.choose_scheme import Chosen, choose_numbers
from normalize.rows.numbering.decide import Decided, RowCandidate
from normalize.rows.scan.grid_rows import GridRow, Table
from normalize.rows.scan.layout import Box
from normalize.rows.scan.number_cells import number_readings
from normalize.rows.scan.reaching import with_reaching
from normalize.rows.scan.unnumbered import (
    is_total,
    with_number_of_title,
    with_numbers_of_texts,
    with_places,
    with_places_of_rows,
)
from normalize.rows.slots import PrintedWord
from normalize.values.deadlines import read_deadline
from schemas.findings import Finding
from schemas.table_kinds import BOTH, KINDS
from schemas.witnesses import EXACT

# the cost of taking a row without a printed number for the rest of the row above
_LOST_MID_PAGE = 0.5
_ORPHAN = "a sub-row's number, and no row above it that it could stand under"
_READ = regex.compile(r"[\p{L}\p{N}]")
_NOTE = regex.compile(r"^\W{0,2}\*")
_MARK = regex.compile(r"^(?:[-–—•+*·●○▪■◦]|\(?[a-zđ]\)|\(\d{1,2}\))$")


@dataclass(frozen=True)
class NumberedRow:
    """A grid row with its decided number, and the grid rows below or overleaf that go on
    with it.
    """

    rows: tuple[GridRow, ...]
    decided: Decided


@dataclass(frozen=True)
class NumberedTable:
    """A table's rows with their numbers, the notes that close it, and which numbering was taken."""

    rows: list[NumberedRow]
    notes: list[GridRow]
    chosen: Chosen


def number_rows(table: Table) -> NumberedTable:
    """The table's rows with their numbers, and the notes that close it.

    The numbering that explains the numbers best is taken. A row that is none goes on with the one
    above it, but for a title below a row that is none: it is left over, and so is a sum of rows.
    """
    rows = [
        with_number_of_title(row)
        for row in with_reaching(table.rows, table.name)
        if not _is_blank(row) and not is_total(row, table.name)
    ]
    rows = with_numbers_of_texts(rows, table.name)
    notes = [row for row in rows if _is_note(row)]
    joined = _join_continued([row for row in rows if row not in notes], table.name)
    candidates = [_candidate(rows[0], table.name) for rows in joined]
    for place in range(1, len(joined)):
        if _is_own(joined[place][0], joined[place - 1]):
            candidates[place] = replace(candidates[place], drop=None)
    if table.name != "growth":
        firsts = [rows[0] for rows in joined]
        candidates = with_places(firsts, candidates)
        candidates = with_places_of_rows(firsts, candidates, table.name)
    chosen = choose_numbers(candidates, table.name)
    numbered: list[NumberedRow] = []
    for group, candidate, decision in zip(joined, candidates, chosen.rows, strict=True):
        if decision.status != "dropped":
            told = replace(decision, number="") if candidate.by_place else decision
            numbered.append(NumberedRow(tuple(group), told))
        elif numbered and (group[0].title is None or numbered[-1].rows[-1].title is not None):
            numbered[-1] = replace(numbered[-1], rows=numbered[-1].rows + tuple(group))
    return NumberedTable(numbered, notes, chosen)


def _is_blank(row: GridRow) -> bool:
    return not any(box.slots for boxes in row.cells.values() for box in boxes) and (
        row.title is None or not row.title.slots
    )


def _is_note(row: GridRow) -> bool:
    return row.title is not None and _NOTE.match(row.title.text) is not None


def _join_continued(rows: Sequence[GridRow], name: str) -> list[list[GridRow]]:
    """Rows, with those joined that a page break cut.

    Such a row is the first below a page's header and has nothing in its number cell. Rows that
    share a merged number are no such rows.
    """
    joined: list[list[GridRow]] = []
    for row in rows:
        bare = row.number is None or not row.number.inked
        goes_on = (
            bare and row.title is None and (row.is_first or row.number is None) and name == "tasks"
        )
        if (
            name != "tasks"
            and (bare or _is_specked(row))
            and row.is_first
            and not _has_values(row, name)
            and (row.title is None or (joined and joined[-1][-1].title is not None))
        ):
            goes_on = True
        if joined and goes_on and not _has_own_deadline(row, joined[-1]):
            joined[-1].append(row)
        else:
            joined.append([row])
    return joined


def _has_own_deadline(row: GridRow, above: Sequence[GridRow]) -> bool:
    """Whether a task's row and what stands above it each have a whole deadline.

    Then they are two tasks: run together, one of them would be lost.
    """
    return _is_deadline(_deadline(row)) and any(map(_is_deadline, map(_deadline, above)))


def _is_own(row: GridRow, above: Sequence[GridRow]) -> bool:
    """Whether a task's row without a number is surely none of the row above it.

    It has a deadline of its own, or the mark of a sub-row; or it is ruled off within a page in a
    file's own text, where no streak makes a ruling, and both rows name who leads.
    """
    if _has_own_deadline(row, above) or _mark(row, "tasks"):
        return True
    bodies = [box for column in ("lead", BOTH) for box in row.cells.get(column, []) if box.slots]
    leads = any(
        box.slots for one in above for column in ("lead", BOTH) for box in one.cells.get(column, [])
    )
    return bool(bodies) and leads and not row.is_first and all(map(_is_exact, bodies))


def _mark(row: GridRow, name: str) -> tuple[PrintedWord, ...]:
    """The mark of a sub-row that leads a row's text beside an empty number's cell: `-`, `a)`.

    In a row without more than its text it may lead an item of the text above.
    """
    first = [slot for box in row.cells.get(KINDS[name].text, []) for slot in box.slots][:1]
    has_mark = bool(first) and _MARK.match(first[0].agreed) is not None
    is_bare = row.number is not None and not row.number.inked
    return tuple(first) if has_mark and is_bare and not _only_text(row, name) else ()


def _deadline(row: GridRow) -> str:
    return " ".join(box.text for box in row.cells.get("deadline", []) if box.text)


def _is_deadline(text: str) -> bool:
    return read_deadline(text).kind != ""


def _is_specked(row: GridRow) -> bool:
    """Whether there is ink in a row's number cell in which nobody read a letter or digit.

    Beside a title it may be what is left of a number. Text of the file itself has no specks: a dash
    there is one.
    """
    return (
        row.title is None
        and row.number is not None
        and row.number.inked
        and not _is_exact(row.number)
        and not _READ.search(" ".join(number_readings(row.number.slots)))
    )


def _is_exact(box: Box) -> bool:
    """Whether a box holds text of the file itself, which nobody had to read."""
    return any(name in EXACT for slot in box.slots for name, _, _ in slot.readings)


def _has_values(row: GridRow, name: str) -> bool:
    """Whether a row has more than the rest of a long name: a target, figures, a unit."""
    columns = ("target", "lead", "unit") if name == "indicators" else ("value",)
    return any(box.slots for column in columns for box in row.cells.get(column, []))


def _candidate(row: GridRow, name: str) -> RowCandidate:
    """What is known of a row's number: its cell's readings, its shape, whether it may be no row at
    all.
    """
    spanning = row.title is not None or (None if _only_text(row, name) else False)
    if row.number is None:
        return RowCandidate((), False, shares=True)
    if row.number is row.title:
        return RowCandidate(number_readings(row.number.slots[:1]), True, shares=False)
    if name != "indicators" and (mark := _mark(row, name)):
        return RowCandidate(number_readings(mark), spanning)
    readings = number_readings(row.number.slots)
    if name == "tasks" and (not row.number.inked or (row.is_first and _is_specked(row))):
        return RowCandidate(readings, spanning, drop=_LOST_MID_PAGE)
    shares = None if not row.number.inked else False
    return RowCandidate(
        readings, spanning, shares=(True if row.is_first and shares is None else shares)
    )


def _only_text(row: GridRow, name: str) -> bool:
    return not any(
        box.slots
        for column, boxes in row.cells.items()
        if column not in (KINDS[name].key, KINDS[name].text)
        for box in boxes
    )


def numbering_findings(table: Table, numbered: Iterable[NumberedRow]) -> Iterator[Finding]:
    """Findings on gaps, repeats and jumps in the document's numbers, and on numbers that were
    restored.
    """
    for i, row in enumerate(numbered):
        decided, page_no = row.decided, row.rows[0].page_no
        if decided.missing:
            yield gap_finding(table.name, decided.key, decided.missing, page_no, i == 0)
        if decided.out_of_order:
            yield Finding(
                "numbering_order",
                page_no,
                f"{table.name} {decided.key}",
                "this number repeats or precedes an earlier one",
            )
        place = f"{table.name} {decided.key}"
        if decided.status in ("restored", "doubtful"):
            yield Finding("number_" + decided.status, page_no, place, decided.reason)
        elif is_orphan(decided):
            yield Finding("number_doubtful", page_no, place, _ORPHAN)


def is_orphan(decided: Decided) -> bool:
    """Whether a row has a sub-row's number and stands under no other."""
    return decided.level == "sub_row" and not decided.parent
