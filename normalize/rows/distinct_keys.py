"""Keys that a document gives twice: the later row gets the next free one and goes into review.

So no row is lost, and no document is refused for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import regex

from normalize.rows.numbering.forms import roman_value
from normalize.rows.numbering.letters import letter, letter_value
from normalize.rows.records import Record, task_parents
from normalize.text.roman import roman
from schemas.findings import Finding
from schemas.table_kinds import KINDS

# the rule of a finding: a row stands under another number than the printed one
KEY_TWICE = "key_twice"
_DOTTED = regex.compile(r"^\d+(?:\.\d+)*(?:\(|$)")
_REASON = "the row's number comes twice, so it stands under the next free one"
_COUNTER = regex.compile(r"^(?P<head>.*?)(?P<value>\d+)(?P<tail>\)?)$")


def with_distinct_keys(records: Iterable[Record]) -> tuple[list[Record], list[Finding]]:
    """One appendix's records in document order with no key twice, and a finding for each that was
    moved.

    A row that repeats a number goes on under a moved row above it where there is one; else it takes
    the next number that no row has. What has no number of its own (a sub-row's task, an indicator's
    group) always follows the moved row.
    """
    given = list(records)
    keys = _Keys({(record.table, _number(record)) for record in given})
    placed = [keys.place(record) for record in given]
    return placed, [*_findings(given, placed)]


def _findings(given: Iterable[Record], placed: Iterable[Record]) -> Iterator[Finding]:
    for before, after in zip(given, placed, strict=True):
        if after.row_id != before.row_id and KINDS[before.table].key:
            place = f"{after.table} {_number(after)}"
            yield Finding(
                KEY_TWICE,
                after.page_no,
                place,
                f"{_number(before)} comes twice; the later row is published under the next "
                "free number",
            )


@dataclass
class _Keys:
    """What is known of the rows so far.

    That is numbers that no row may take, keys that are given, where a number's later row went.
    """

    taken: set[tuple[str, str]]
    given: set[tuple[str, str]] = field(default_factory=set)
    moved: dict[tuple[str, str], str] = field(default_factory=dict)
    last: tuple[str, str] = ("", "")  # of the row before: its table and printed number

    def place(self, record: Record) -> Record:
        """The record under a key of its own."""
        followed = self._followed(record)
        own, table = _number(record), record.table
        # another period of a moved line
        goes_on = table == "growth" and self.last == (table, own) and (table, own) in self.moved
        if goes_on:
            followed = _renumbered(record, self.moved[table, own])
        placed = followed
        if (table, placed.row_id) in self.given:
            placed = _renumbered(placed, self._under_moved(placed))
            while (table, placed.row_id) in self.given:
                placed = _renumbered(placed, self._next_free(table, _number(placed)))
        self.last = (table, own)
        self.given.add((table, placed.row_id))
        self.taken.add((table, _number(placed)))
        if placed.row_id == record.row_id:
            return placed
        self.moved[table, own] = _number(placed)
        return _in_review(placed)

    def _followed(self, record: Record) -> Record:
        """The record under the later of two rows of one number, if only its place says where it
        belongs.
        """
        if record.table == "indicators" and (group := self.moved.get(("groups", record.group_id))):
            return replace(record, group_id=group)
        if record.table == "extras":
            return self._with_row(record)
        if record.table == "indicator_values" and (
            row := self.moved.get(("indicators", _number(record)))
        ):
            return _renumbered(record, row)
        if (
            record.parent_id
            and record.table == "tasks"
            and (task := self.moved.get(("tasks", record.parent_id)))
        ):
            return _renumbered(record, task + record.row_id.removeprefix(record.parent_id))
        return record

    def _with_row(self, record: Record) -> Record:
        """What has no column of its own under the row that it stands in."""
        table, _, rest = record.row_id.partition("|")
        number, _, label = rest.partition("|")
        moved = self.moved.get((table, number))
        return replace(record, row_id=f"{table}|{moved}|{label}") if moved is not None else record

    def _under_moved(self, record: Record) -> str:
        """The number that a repeated one gets under the row above it that was moved.

        The number itself where none was moved.
        """
        number = _number(record)
        above = number
        while record.table in ("groups", "tasks") and "." in above:
            above = above.rpartition(".")[0]
            if ("groups", above) in self.moved:
                return self.moved["groups", above] + number.removeprefix(above)
        return number

    def _next_free(self, table: str, number: str) -> str:
        while (table, number) in self.taken:
            number = _next(number)
        return number


def _number(record: Record) -> str:
    """The number in a record's key: without the appendix before it or the period after it."""
    if record.table == "extras":
        return record.row_id
    if record.table == "groups":
        return record.row_id.partition("|")[2]
    return record.row_id.partition("|")[0]


def _next(number: str) -> str:
    counter = _COUNTER.match(number)
    if counter is None and number.endswith(")"):
        head, _, own = number[:-1].rpartition("(")
        return f"{head}({letter((letter_value(own) or 0) + 1) or own + own})"
    if (
        counter is None
        and (value := letter_value(number)) is not None
        and roman_value(number) is None
    ):
        return letter(value + 1).upper()
    if counter is None:
        return roman((roman_value(number) or 0) + 1)
    return f"{counter['head']}{int(counter['value']) + 1}{counter['tail']}"


def _renumbered(record: Record, number: str) -> Record:
    """The record under another number, with all that follows from it."""
    if record.table == "groups":
        appendix = record.row_id.partition("|")[0]
        parent = number.rpartition(".")[0] if _DOTTED.match(number) else record.parent_id
        return replace(record, row_id=f"{appendix}|{number}", number=number, parent_id=parent)
    if record.table in ("growth", "indicator_values"):
        return replace(record, row_id=f"{number}|{record.row_id.partition('|')[2]}")
    if record.table != "tasks":
        return replace(record, row_id=number)
    is_dotted = _DOTTED.match(number) is not None and record.group_id[:1].isdigit()
    group, section = task_parents(number) if is_dotted else (record.group_id, record.section_id)
    head, bracket, _ = number.partition("(")
    return replace(
        record, row_id=number, parent_id=head if bracket else "", group_id=group, section_id=section
    )


def _in_review(record: Record) -> Record:
    column = KINDS[record.table].key or "value"
    reason = "; ".join(text for text in (record.reason, _REASON) if text)
    return replace(record, review=tuple(dict.fromkeys((column, *record.review))), reason=reason)
