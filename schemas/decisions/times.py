"""When a decision was made, as the review page and spreadsheets write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?"
)
_DATE = re.compile(
    r"(?P<a>\d{1,4})[/.-](?P<b>\d{1,2})[/.-](?P<c>\d{2,4})(?:,?[T ]\s*(?P<time>.+))?"
)
_NAMED = re.compile(
    r"(?:(?P<d>\d{1,2})[ -](?P<m>[A-Za-z]{3})[a-z]*|(?P<m2>[A-Za-z]{3})[a-z]* (?P<d2>\d{1,2}),?)"
    r"[ -](?P<y>\d{2,4})(?:,? (?P<time>.+))?"
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:([AaPpSsCc])\.?[MmHh]?\.?)?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SERIAL = re.compile(r"[34]\d{4}(?:[.,]\d+)?")  # days since 1899-12-30: 2009 to 2036
_EPOCH = datetime(1899, 12, 30)


def iso_time(text: str) -> str:
    """A time as ISO text in its own zone or, where it names one, in UTC; empty where it is none.

    Of `05/01/2026` the day is first, as in Vietnam, unless that cannot be.

    >>> iso_time("5/1/2026 2:30 PM"), iso_time("46027.5"), iso_time("2026-01-05")
    ('2026-01-05T14:30:00', '2026-01-05T12:00:00', '2026-01-05')
    """
    plain = " ".join(text.split())
    try:
        if _ISO.fullmatch(plain):
            return _from_iso(plain)
        if _SERIAL.fullmatch(plain):
            days = float(plain.replace(",", "."))
            return _shown(_EPOCH + timedelta(seconds=round(days * 86400)), days % 1 > 0)
        return _from_date(plain) or _from_named(plain)
    except ValueError:
        return ""  # the calendar or the clock has no such time


def _from_iso(text: str) -> str:
    if len(text) == len("2026-01-05"):
        return datetime.fromisoformat(text).date().isoformat()
    date, _, time = text.replace("T", " ").partition(" ")
    found = datetime.fromisoformat(f"{date}T{time.rjust(5, '0') if len(time) < 5 else time}")
    if found.tzinfo is not None:
        return (
            text if text.endswith("Z") else found.astimezone(UTC).isoformat().replace("+00:00", "Z")
        )
    return found.isoformat()


def _from_date(text: str) -> str:
    match = _DATE.fullmatch(text)
    if match is None:
        return ""
    first, second, third = match["a"], int(match["b"]), match["c"]
    if len(first) == 4:
        year, month, day = int(first), second, int(third)
    else:
        year, day, month = _year(third), int(first), second
        if month > 12 >= day:  # the month is first
            day, month = month, day
    return _with_time(datetime(year, month, day), match["time"])


def _from_named(text: str) -> str:
    match = _NAMED.fullmatch(text)
    name = (match["m"] or match["m2"]).lower() if match is not None else ""
    if match is None or name not in _MONTHS:
        return ""
    day = int(match["d"] or match["d2"])
    found = datetime(_year(match["y"]), _MONTHS.index(name) + 1, day)
    return _with_time(found, match["time"])


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _with_time(day: datetime, time: str | None) -> str:
    """The day with a time behind it: `14:30`, `2:30 PM`, `2:30 CH` (chiều)."""
    if not time:
        return _shown(day, has_time=False)
    match = _TIME.fullmatch(time.strip())
    if match is None:
        return ""
    hour, half = int(match[1]), (match[4] or "").lower()
    if half in ("p", "c") and hour < 12:
        hour += 12
    if half in ("a", "s") and hour == 12:
        hour = 0
    found = day.replace(hour=hour, minute=int(match[2]), second=int(match[3] or 0))
    return _shown(found, has_time=True)


def _shown(found: datetime, has_time: bool) -> str:
    return found.isoformat() if has_time else found.date().isoformat()
