"""Cells of a dump that slipped into the column beside theirs, told by the other columns.

A lead that is no body (``Theo chỉ đạo của Trung ương``) is taken for the end of the task's text,
and the coordinating bodies for the lead: the text goes on behind its full stop, where the
document's texts end with one, and the column of the coordinating bodies is empty. Where less than
all of that is so, nothing is moved, but the cells are in doubt. Bodies that no list knows are taken
for the beginning of the deadline: it has words before it that dates do not have, and their own
column is empty. Where the lead stands behind the deadline, it is taken for that one's end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from normalize.rows.dump.dump_row import DumpRow
from normalize.rows.dump.phrases import find_phrases
from normalize.rows.dump.tokens import SAME_LINE, Token
from normalize.rows.dump.word_costs import begins_deadline, ends_badly, is_body_head
from normalize.values.deadlines import read_deadline

_STOP = regex.compile(r"\p{L}[.!?][\"”’)]*$")
_DATE = regex.compile(r"^(?:\d{1,2}[/-]){0,2}20\d\d\b")
_LONGEST = 8  # words of such a lead
_HABIT = 0.6  # the share of a document's texts that must end with a full stop
_BODIES = frozenset({"lead", "coordinating"})
_MOVED = frozenset({"task", "lead", "coordinating"})


def with_lost_leads(rows: Sequence[DumpRow], columns: Sequence[str]) -> list[DumpRow]:
    """The rows, those whose lead stands at the end of the text or whose bodies stand before the
    deadline parted again, in doubt.
    """
    rows = [_with_odd_bodies(_without_bodies(row, columns), columns) for row in rows]
    if "coordinating" in columns and ("deadline", "lead") in pairwise(columns):
        rows = [_without_lead(row) for row in rows]
    if not set(columns) >= _MOVED:
        return rows
    is_habit = _end_with_stops(rows)
    return [_parted(row, is_habit) for row in rows]


def _end_with_stops(rows: Sequence[DumpRow]) -> bool:
    texts = [row.cells["task"] for row in rows if row.cells.get("task") and row.cells.get("lead")]
    stops = sum(_STOP.search(text[-1].text) is not None for text in texts)
    return stops >= _HABIT * len(texts)


def _parted(row: DumpRow, is_habit: bool) -> DumpRow:
    text, lead = row.cells.get("task", []), row.cells.get("lead", [])
    start = _lead_start(text)
    if start == len(text) or not (is_habit or text[start].gap != SAME_LINE):
        return row
    if not is_habit or row.cells.get("coordinating") or not lead:
        return replace(row, doubt=row.doubt | {"task", "lead"})
    cells = row.cells | {"task": text[:start], "lead": text[start:], "coordinating": lead}
    return replace(row, cells=cells, doubt=row.doubt | _MOVED)


def _lead_start(text: Sequence[Token]) -> int:
    """Where a text goes on behind its last full stop with a few words, its end where it does
    not.
    """
    ends = [place for place, token in enumerate(text) if _STOP.search(token.text)]
    start = ends[-1] + 1 if ends else len(text)
    words = text[start:]
    is_lead = 2 <= len(words) <= _LONGEST and words[0].text[:1].isupper()
    return start if is_lead else len(text)


def _without_bodies(row: DumpRow, columns: Sequence[str]) -> DumpRow:
    """A row whose deadline has no bodies at its beginning.

    They are the coordinating ones where only those are missing; where the lead is missing too,
    nobody can say which is which, and all three are in doubt.
    """
    deadline, empty = row.cells.get("deadline", []), _empty(row, columns)
    second = _second_start(deadline)
    if not empty or not (second or _names_body(deadline)):
        return row
    cells, start = dict(row.cells), second or _deadline_start(deadline)
    is_date = any(token.text[:1].isdigit() for token in deadline[:start])
    if empty == ["coordinating"] and start > 0 and not is_date:
        cells |= {"coordinating": deadline[:start], "deadline": deadline[start:]}
    return replace(row, cells=cells, doubt=row.doubt | {*empty, "deadline"})


def _without_lead(row: DumpRow) -> DumpRow:
    """A row, where the lead stands behind the deadline, whose deadline does not go on with the
    lead on lines of its own; the coordinating bodies were taken for it, and all three are in doubt.

    A deadline of no known form alone (``Theo tiến độ của đập``) is no sign of that.
    """
    deadline, lead = row.cells.get("deadline", []), row.cells.get("lead", [])
    if row.cells.get("coordinating") or not lead or not deadline or _kind(deadline):
        return row
    ends = [at for at in range(1, len(deadline) - 1) if _begins_line(deadline[at])]
    end = max((at for at in ends if _kind(deadline[:at])), default=0)
    if not end and not _names_body(deadline):
        return row
    cells = dict(row.cells)
    if end:
        cells |= {"deadline": deadline[:end], "lead": deadline[end:], "coordinating": lead}
    return replace(row, cells=cells, doubt=row.doubt | {"deadline", "lead", "coordinating"})


def _begins_line(token: Token) -> bool:
    return token.gap != SAME_LINE and not token.text[:1].islower()


def _names_body(words: Sequence[Token]) -> bool:
    """Whether a body's name begins in a deadline: ``Quý`` begins none, though it is read for
    ``Quỹ``.
    """
    return any(
        is_body_head(words, at) and not begins_deadline(words[at].key) for at in range(len(words))
    )


def _empty(row: DumpRow, columns: Sequence[str]) -> list[str]:
    return [
        name for name in ("lead", "coordinating") if name in columns and not row.cells.get(name)
    ]


def _second_start(words: Sequence[Token]) -> int:
    """Where a known deadline begins with a capital or a date on a line of its own, below other
    words; 0 where none does.
    """
    for start in range(1, len(words)):
        is_apart = words[start].gap != SAME_LINE and not words[start].text[:1].islower()
        begins = begins_deadline(words[start].key) or _DATE.match(words[start].text)
        if is_apart and begins and _kind(words[start:]):
            return start
    return 0


def _deadline_start(words: Sequence[Token]) -> int:
    """Where a known deadline begins that ends a cell, 0 where none does."""
    for start, token in enumerate(words):
        if begins_deadline(token.key) and _kind(words[start:]):
            return start
    return 0


def _kind(words: Sequence[Token]) -> str:
    return read_deadline(" ".join(word.text for word in words)).kind


def _with_odd_bodies(row: DumpRow, columns: Sequence[str]) -> DumpRow:
    """A row with a cell of bodies in doubt that may hold the next column's words, which is empty.

    Words that begin no known body stand there on a line of their own.
    """
    doubt: set[str] = set()
    for name, following in pairwise(columns):
        words = row.cells.get(name, [])
        if name in _BODIES and words and not row.cells.get(following):
            places = range(1, len(words))
            if any(_begins_other(words, at) for at in places):
                doubt |= {name, following}
    return replace(row, doubt=row.doubt | doubt) if doubt else row


def _begins_other(words: Sequence[Token], at: int) -> bool:
    """Whether a line begins with a capital that no item before it announces, and no known body."""
    if words[at].gap == SAME_LINE or not words[at].text[:1].isupper():
        return False
    is_item = words[at - 1].text[-1:] in (",", ";") or not words[at - 1].key
    return not is_item and not ends_badly(words[at - 1]) and not find_phrases("body", words, at)
