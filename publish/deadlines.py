"""``deadlines.ics``: the dated deadlines as a calendar (RFC 5545) for whoever has to keep them."""

from __future__ import annotations

import textwrap
from calendar import monthrange
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

from schemas.published import CONTRACT_VERSION
from schemas.rules import split

Tables = Mapping[str, pd.DataFrame]
Row: TypeAlias = "Mapping[Hashable, Any] | pd.Series[Any]"
_LONGEST = 75  # octets of a line, RFC 5545 3.1
_SHORT = 120  # letters of a summary
_NO_DATE = "1980-01-01"  # the stamp of a document without a date: no clock is asked
_FREQUENCY = {
    "yearly": "FREQ=YEARLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "monthly": "FREQ=MONTHLY",
}
_IN_DOUBT = frozenset({"task_id", "deadline", "deadline_kind", "start", "end"})


@dataclass(frozen=True)
class _Day:
    """A day on which something of a task is due.

    ``position`` is that of the milestone, 0 where it is the task's own deadline.
    """

    position: int
    label: str
    day: str
    recurrence: str = ""
    until: str = ""


def tables_to_calendar(tables: Tables) -> bytes:
    """The calendar of a document's checked tables, an entry for each day on which something is due.

    That is each stage's last day, and the last day of a deadline without stages. A repeat with a
    date begins on it; one without (``Tháng 10/2025 và hằng năm``) repeats the stage before it. What
    has no date is in no calendar. Each lead body is a category, so that calendars can show the
    deadlines of one body; ``UID`` is made of the row's key, so that a calendar that is read again
    changes its entries. Equal tables give equal bytes.
    """
    document = tables["document"].iloc[0]
    stages = dict(iter(tables["milestones"].groupby("task_id", sort=False)))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//programme-tables//{CONTRACT_VERSION}//VI",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(document['title'] or document['document'])}",
    ]
    for task in tables["tasks"].to_dict("records"):
        for due in _days(task, stages.get(task["task_id"])):
            lines += _entry(document, task, due)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _days(task: Row, stages: pd.DataFrame | None) -> Iterator[_Day]:
    """The days on which a task or one of its stages is due, in their order."""
    found: list[_Day] = []
    for stage in [] if stages is None else stages.to_dict("records"):
        recurrence = stage["recurrence"]
        day = stage["start"] or stage["end"] if recurrence else stage["end"]
        if day:
            until = stage["end"] if recurrence and stage["end"] != day else ""
            label = stage["label"]
            found.append(_Day(stage["position"], label, day, recurrence, until))
        elif recurrence and not stage["label"] and found:
            found[-1] = replace(found[-1], recurrence=recurrence)
    if task["end"] and task["end"] not in {due.day for due in found}:
        found.append(_Day(0, "", task["end"]))
    yield from found


def _entry(document: Row, task: Row, due: _Day) -> Iterator[str]:
    """The lines of one entry."""
    key = task["task_id"] if not due.position else f"{task['task_id']}|{due.position}"
    table = "milestones" if due.position else "tasks"
    leads = split(task["lead"])
    what = f"{due.label}: {task['task']}" if due.label else task["task"]
    told = [task["task"], f"Thời hạn: {task['deadline']}", f"Chủ trì: {task['lead']}"]
    told += [f"Phối hợp: {task['coordinating']}"] if task["coordinating"] else []
    told += [f"{document['document']}, {table} {key}, trang {task['page_no']}"]
    in_doubt = _IN_DOUBT & set(split(task["review"]))
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(document['document'])}/{table}/{_escaped(key)}@programme-tables"
    yield f"DTSTAMP:{_compact(document['date'] or _NO_DATE)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_compact(due.day)}"
    if due.recurrence:
        yield f"RRULE:{_rule(due)}"
    short = textwrap.shorten(f"{task['task_id']} {what}", _SHORT, placeholder=" …")
    yield f"SUMMARY:{_escaped(short)}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(told))}"
    if leads:
        yield f"CATEGORIES:{','.join(map(_escaped, leads))}"
    yield f"STATUS:{'TENTATIVE' if in_doubt else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _rule(due: _Day) -> str:
    """How an entry repeats; on the last day of a month it stays on the last day.

    >>> _rule(_Day(1, "", "2026-06-30", "quarterly"))
    'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1'
    """
    day = date.fromisoformat(due.day)
    rule = _FREQUENCY[due.recurrence]
    if day.day == monthrange(day.year, day.month)[1]:
        month = f";BYMONTH={day.month}" if due.recurrence == "yearly" else ""
        rule += f"{month};BYMONTHDAY=-1"
    return rule + (f";UNTIL={_compact(due.until)}" if due.until else "")


def _compact(day: str) -> str:
    return day.replace("-", "")


def _escaped(text: str) -> str:
    r"""A text as RFC 5545 writes it: ``\``, ``;``, ``,`` and line ends behind a ``\``."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line cut into pieces of at most 75 octets, none within a letter; each but the first begins
    with a space.
    """
    pieces, length = [""], 0
    for letter in line:
        size = len(letter.encode("utf-8"))
        if length + size > _LONGEST:
            pieces.append(" ")
            length = 1
        pieces[-1] += letter
        length += size
    return "\r\n".join(pieces)
