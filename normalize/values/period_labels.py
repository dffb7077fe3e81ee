"""The periods that label columns of figures: a time, and before it what the figures are of it.

``TH 2025``, ``Kế hoạch 2026``, ``Giá trị năm 2025``, ``Mục tiêu đến năm 2030``. The words stand in
``lists/period_words.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalize.lists.read_list import read_list
from normalize.text.clean import clean, early_tone
from normalize.text.fold import fold
from normalize.values.closed_forms import even_dashes
from normalize.values.periods import Period, read_period

_UNTIL = re.compile(r"(?:tính )?(?:đến (?:hết |cuối )?|hết |cuối )")
# in folded letters, without years
_TIMES = r"(?:tinh |den |het |cuoi |trong |cac |ca |nam |giai doan |nhiem ky |thang |quy )*"


@dataclass(frozen=True)
class PeriodLabel:
    """The time that a label names, and the words beside it; ``until``: the time is an end."""

    period: Period
    words: str
    until: bool

    @property
    def dates(self) -> tuple[str, str]:
        """The ISO dates of its first day, empty where the time is an end, and of its last."""
        start = "" if self.until else self.period.start.isoformat()
        return start, self.period.end.isoformat()


def read_label(text: str) -> PeriodLabel | None:
    """The period of a column's label, None where it names none or says more than is known."""
    key = re.sub(r" ?/ ?", "/", even_dashes(early_tone(clean(text).strip(" .;,:")))).casefold()
    key = re.sub(r"\s*\([^()\d]*\)$", "", key)  # its unit
    words = re.sub(r"[():]", " ", key).split()
    for before, behind in _cuts(len(words)):
        lead = " ".join(words[:before] or words[behind:])
        time = " ".join(words[before:behind])
        period = read_period(_UNTIL.sub("", time, count=1))
        if period is not None and (not lead or fold(lead) in _words()):
            return PeriodLabel(period, lead, _UNTIL.match(time) is not None)
    return None


def _cuts(count: int) -> Iterator[tuple[int, int]]:
    """Where the time may stand among so many words: behind others, or before them where a label
    has two rows (`Năm 2025` over `Kế hoạch`).
    """
    yield from ((before, count) for before in range(count))
    yield from ((0, behind) for behind in range(count - 1, 0, -1))


def is_baseline(text: str) -> bool:
    """Whether a label calls its figures what was reached: `TH 2024`, `Hiện trạng`."""
    return _calls(text, "baseline")


def is_goal(text: str) -> bool:
    """Whether a label calls its figures what is to be reached: `Mục tiêu đến năm 2030`."""
    return _calls(text, "target")


def _calls(text: str, wanted: str) -> bool:
    key = fold(text).strip(" .:(")
    return any(
        re.match(rf"{re.escape(words)}(?![a-z])", key)
        for words, role in _words().items()
        if role == wanted
    )


def is_reached(header: str) -> bool:
    """Whether a header of one row or more calls its figures what was reached, and says no more
    than that before its time: `Thực hiện 2025`, not `Thực hiện kế hoạch 2026`.
    """
    key = fold(re.sub(r"\([^()]*\)|\d.*", " ", header)).strip(" .:(")
    words = re.sub(r"(?: (?:tinh|den|het|cuoi|trong|cac|nam))+$", "", " ".join(key.split()))
    return _words().get(words) == "baseline"


def names_values(key: str) -> bool:
    """Whether a label, folded and without its years, is one of a column of figures."""
    return bool(key) and _values().fullmatch(f"{key} ") is not None


@cache
def _values() -> re.Pattern[str]:
    """A label of a column of figures: what its figures are, a time, or both."""
    words = "|".join(map(re.escape, _words()))
    return re.compile(rf"(?:(?:{words}) )?{_TIMES}")


@cache
def _words() -> dict[str, str]:
    """The words that may lead a period, folded, with the role that they give its column."""
    return {fold(row["words"]): row["role"] for row in read_list("period_words.csv")}
