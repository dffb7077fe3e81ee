"""Deadlines whose first day stands in a column of its own."""

from __future__ import annotations

from dataclasses import replace

from normalize.tables.coded import Coded


def with_begin(begin: Coded, deadline: Coded) -> Coded:
    """A deadline whose first day stands in another column: `01/2026` beside `12/2026`.

    Where only the beginning is given (`Hằng năm`), it is the deadline, in doubt. So is one that
    cannot be read, or that is behind the end.
    """
    start, end = begin.derived["start"], deadline.derived["end"]
    if not deadline.value:
        return replace(begin, sure=False)
    if start and not end and deadline.derived["deadline_kind"] in ("recurring", "ongoing"):
        is_sure = begin.sure and deadline.sure
        return replace(deadline, sure=is_sure, derived={**deadline.derived, "start": start})
    if start and end and start <= end:
        derived = {"deadline_kind": "during", "start": start, "end": end}
        return replace(deadline, sure=begin.sure and deadline.sure, derived=derived)
    return replace(deadline, sure=False)
