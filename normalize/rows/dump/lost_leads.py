"""Cells of a dump that slipped into the column beside theirs, told by the other columns.

A lead that is no body (``Theo chỉ đạo của Trung ương``) is taken for the end of the task's text,
and the coordinating bodies for the lead: the text goes on behind its full stop, where the
document's texts end with one, and the column of the coordinating bodies is empty. Bodies that no
list knows are taken for the beginning of the deadline: it has words before it that dates do not
have, and their own column is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from normalize.rows.dump.dump_row import DumpRow
from normalize.rows.dump.tokens import Token
from normalize.rows.dump.word_costs import begins_deadline, is_body_head
from normalize.values.deadlines import read_deadline

_STOP = regex.compile(r"\p{L}[.!?][\"”’)]*$")
_LONGEST = 8  # words of such a lead
_HABIT = 0.6  # the share of a document's texts that must end with a full stop
_MOVED = frozenset({"task", "lead", "coordinating"})


def with_lost_leads(rows: Sequence[DumpRow], columns: Sequence[str]) -> list[DumpRow]:
    """The rows, those whose lead stands at the end of the text or whose bodies stand before the
    deadline parted again, in doubt.
    """
    if not set(columns) >= _MOVED or not _end_with_stops(rows):
        return [_without_bodies(row, columns) for row in rows]
    return [_parted(_without_bodies(row, columns)) for row in rows]


def _end_with_stops(rows: Sequence[DumpRow]) -> bool:
    texts = [row.cells["task"] for row in rows if row.cells.get("task") and row.cells.get("lead")]
    stops = sum(_STOP.search(text[-1].text) is not None for text in texts)
    return stops >= _HABIT * len(texts)


def _parted(row: DumpRow) -> DumpRow:
    text, lead = row.cells.get("task", []), row.cells.get("lead", [])
    start = _lead_start(text)
    if row.cells.get("coordinating") or not lead or start == len(text):
        return row
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
    if not deadline or not empty or not any(map(is_body_head, *_places(deadline))):
        return row
    cells, start = dict(row.cells), _deadline_start(deadline)
    if empty == ["coordinating"] and start > 0:
        cells |= {"coordinating": deadline[:start], "deadline": deadline[start:]}
    return replace(row, cells=cells, doubt=row.doubt | {*empty, "deadline"})


def _places(tokens: Sequence[Token]) -> tuple[list[Sequence[Token]], range]:
    return [tokens] * len(tokens), range(len(tokens))


def _empty(row: DumpRow, columns: Sequence[str]) -> list[str]:
    return [
        name for name in ("lead", "coordinating") if name in columns and not row.cells.get(name)
    ]


def _deadline_start(words: Sequence[Token]) -> int:
    """Where a known deadline begins that ends a cell, 0 where none does."""
    for start, token in enumerate(words):
        text = " ".join(word.text for word in words[start:])
        if begins_deadline(token.key) and read_deadline(text).kind:
            return start
    return 0
