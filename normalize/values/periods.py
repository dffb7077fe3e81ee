"""Periods of time as a programme names them: days, months, quarters, half years, years, terms."""

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FIRST_YEAR, LAST_YEAR = 2000, 2075  # what a programme can speak of

_DAY = r"(?:ngày )?(?P<d>\d{1,2})(?P<sign>[/.-])(?P<m>\d{1,2})(?P=sign)(?P<y>\d{4})"
_LONG_DAY = r"ngày (?P<d>\d{1,2}) tháng (?P<m>\d{1,2}) năm (?P<y>\d{4})"
_MONTH = r"(?:trong )?(?:tháng )?(?P<m>\d{1,2}) ?/ ?(?P<y>\d{4})"
_DASHED_MONTH = r"(?:trong )?tháng (?P<m>\d{1,2}) ?- ?(?P<y>\d{4})"
_LONG_MONTH = r"tháng (?P<m>\d{1,2}),? ?năm (?P<y>\d{4})"
_MONTHS = r"tháng (?P<m>\d{1,2}) ?(?:-|đến) ?(?:tháng )?(?P<m2>\d{1,2})(?: ?/ ?| năm )(?P<y>\d{4})"
_Q = r"(?:iv|i{1,3}|[1-4])"
_QUARTER = rf"quý (?P<q>{_Q})(?: ?[/-] ?|, ?|,? năm )(?P<y>\d{{4}})"
_QUARTERS = rf"quý (?P<q>{_Q}) ?(?:-|đến) ?(?:quý )?(?P<q2>{_Q})(?: ?/ ?| năm )(?P<y>\d{{4}})"
# months or quarters of one year, one by one
_PARTS = re.compile(
    rf"(?P<unit>tháng|quý) (?P<parts>(?:\d{{1,2}}|{_Q})"
    rf"(?:(?: ?[,;] ?(?:và )?| và )(?:(?P=unit) )?(?:\d{{1,2}}|{_Q}))+)"
    r"(?: ?/ ?|,? năm )(?P<y>\d{4})"
)
_FIRST_MONTHS = r"0?(?P<first>\d) tháng đầu năm (?P<y>\d{4})"
_LAST_MONTHS = r"0?(?P<last>\d) tháng cuối năm (?P<y>\d{4})"
_YEAR = r"(?:(?:cả |trong )?năm )?(?P<y>\d{4})"
_YEARS = (
    r"(?:(?:các |những )?năm |(?:trong )?giai đoạn |(?:cả |trong |toàn )?nhiệm kỳ )?(?P<y>\d{4}) "
    r"?(?:-|đến) ?(?:năm )?(?P<y2>\d{4})"
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        _DAY,
        _LONG_DAY,
        _MONTH,
        _DASHED_MONTH,
        _LONG_MONTH,
        _MONTHS,
        _QUARTER,
        _QUARTERS,
        _FIRST_MONTHS,
        _LAST_MONTHS,
        _YEAR,
        _YEARS,
    )
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    start: datetime.date
    end: datetime.date


def _quarter(text: str) -> int:
    return _ROMAN[text] if text in _ROMAN else int(text)


def _months(year: int, first: int, last: int) -> Period | None:
    """The months of a year from ``first`` to ``last``, None where they do not exist."""
    if not (1 <= first <= last <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        return None
    return Period(
        datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])
    )


def _day(year: int, month: int, day: int) -> Period | None:
    whole = _months(year, month, month)
    if whole is None or not 1 <= day <= whole.end.day:
        return None
    date = datetime.date(year, month, day)
    return Period(date, date)


def _period(found: dict[str, str]) -> Period | None:
    """The period of a form's parts, None where the calendar has no such thing."""
    year = int(found["y"])
    if "d" in found:
        return _day(year, int(found["m"]), int(found["d"]))
    if "m" in found:
        return _months(year, int(found["m"]), int(found.get("m2", found["m"])))
    if "q" in found:
        first, last = _quarter(found["q"]), _quarter(found.get("q2", found["q"]))
        return _months(year, 3 * first - 2, 3 * last)
    if "first" in found:
        return _months(year, 1, int(found["first"]))
    if "last" in found:
        return _months(year, 13 - int(found["last"]), 12)
    begin, end = _months(year, 1, 12), _months(int(found.get("y2", found["y"])), 1, 12)
    return (
        Period(begin.start, end.end)
        if begin is not None and end is not None and begin.start <= end.start
        else None
    )


def names_span(text: str) -> bool:
    """Whether a text names the time from one month, quarter or year to another."""
    return any(re.fullmatch(form, text) for form in (_MONTHS, _QUARTERS, _YEARS))


def read_parts(text: str) -> list[Period]:
    """The months or quarters of one year that a text names one by one: `tháng 5, 10/2026`.

    Empty where it names none, or something else too, or one twice or out of order, as a misread
    one may stand. The text is as for ``read_period``.
    """
    match = _PARTS.fullmatch(text)
    if match is None:
        return []
    key = "m" if match["unit"] == "tháng" else "q"
    names = re.findall(rf"\d{{1,2}}|\b{_Q}\b", match["parts"])
    if key == "q" and not all(re.fullmatch(_Q, name) for name in names):
        return []
    if key == "m" and not all(map(str.isdecimal, names)):
        return []
    read = [_period({key: name, "y": match["y"]}) for name in names]
    found = [one for one in read if one is not None]
    in_order = all(a.start < b.start for a, b in pairwise(found))
    return found if in_order and len(found) == len(read) else []


def as_one(periods: Sequence[Period]) -> Period | None:
    """The time of several periods of which each begins when the one before it ends, else None."""
    day = datetime.timedelta(days=1)
    if not periods or any(a.end + day != b.start for a, b in pairwise(periods)):
        return None
    return Period(periods[0].start, periods[-1].end)


def read_period(text: str) -> Period | None:
    """The period that a text names and nothing else, or None: `quý I, II/2026` is one.

    The text is in small letters, with single spaces and plain hyphens.
    """
    for form in _FORMS:
        match = form.fullmatch(text)
        if match is not None:
            return _period(
                {key: value for key, value in match.groupdict().items() if value is not None}
            )
    return as_one(read_parts(text))
