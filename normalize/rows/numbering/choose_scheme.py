"""Which numbering a table has: of those that its readings allow, the one that fits them
all best.

Long: the signs of a style tell what is seen and which schemes of each kind of table are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

import regex

from normalize.rows.numbering.decide import (
    DOUBT,
    Decided,
    RowCandidate,
    Solved,
    solve,
    solve_within,
)
from normalize.rows.numbering.forms import roman_value
from normalize.rows.numbering.group_styles import LESS_SIMPLE, grouped_schemes
from normalize.rows.numbering.grouped_scheme import GroupedScheme
from normalize.rows.numbering.indicators import INDICATORS
from normalize.rows.numbering.letters import letter_value
from normalize.rows.numbering.schemes import (
    GROWTH,
    TASKS,
    TASKS_CLOSED,
    TASKS_DASHED,
    TASKS_LETTERED,
    Scheme,
    TreeScheme,
)
from normalize.text.fold import fold

_SIGNS: Mapping[str, regex.Pattern[str]] = {  # what a row number of a style looks like
    "roman": regex.compile(r"^[IVX]+\s*[.)\-–/]?$"),
    "letter": regex.compile(r"^[A-HĐ]\s*[.)]?$"),
    "bracket": regex.compile(r"^\(\d{1,2}\)$"),
    "closed": regex.compile(r"^\d{1,2}\)$"),
    "small": regex.compile(r"^\(?[a-zđ][.)]?$"),
    "dash": regex.compile(r"^[-–—•+*·●○▪■◦]$"),
    "dotted": regex.compile(r"^\d{1,3}\.\d{1,2}\.?$"),
    "dotted thrice": regex.compile(r"^\d{1,3}(?:\.\d{1,2}){2}\.?$"),
    "dotted four times": regex.compile(r"^\d{1,3}(?:\.\d{1,2}){3}\.?$"),
    "padded": regex.compile(r"^0\d\.?$"),
    "number": regex.compile(r"^\d{1,3}\.?$"),
}
_MOST = 0.7  # of a row's readings
_CERTAIN = 4  # equal readings of a number that is text of the file, or a dash by its shape
# of these one reading may be dirt
_LEAST_SEEN = {"letter": 2, "closed": 2, "small": 2, "dash": 2, "padded": 2}
# the mean cost of a row: below it the usual numbering is taken without a look at others
_USUAL = 0.45
FAR = 12.0  # a numbering that costs so much more than another is given up
ANY_OTHER = "any other"  # the name of what comes next where all were given up
# styles of sub-rows that no usual numbering has: where they are seen, others are looked at always
_UNUSUAL = frozenset({"small", "dash", "closed"})
_DOTTED_INDICATORS = TreeScheme(
    ("group", "indicator", "indicator", "sub_row"),
    ("number", 0, 0, "bracket"),
    {0: (1,), 1: (2,), 2: (3,), 3: (4,)},
    frozenset({1}),
    "",
)


@dataclass(frozen=True)
class Chosen:
    """A table's numbers by the scheme that fits them best.

    ``margin``: how much more the next best scheme would cost; infinite where no other was tried, or
    all cost more than ``FAR`` more.
    """

    name: str
    rows: list[Decided]
    cost: float
    margin: float
    next_name: str


def choose_numbers(candidates: Sequence[RowCandidate], table: str) -> Chosen:
    """The numbers of a table's rows; ``table`` is tasks, indicators or growth."""
    by_table: dict[str, Scheme] = {"tasks": TASKS, "indicators": INDICATORS, "growth": GROWTH}
    usual = by_table[table]
    if not candidates:
        return Chosen("usual", [], 0.0, inf, "")
    solved: dict[str, Solved] = {"usual": solve(candidates, usual)}
    is_cheap = solved["usual"].cost <= _USUAL * len(candidates)
    if is_cheap and not styles_seen(candidates) & _UNUSUAL and not _are_placed(candidates):
        return Chosen("usual", solved["usual"].rows, solved["usual"].cost, inf, "")
    handicap = {"usual": 0.0}
    is_far = False  # whether others were given up
    flat = inf  # the least cost of those with fewer levels of groups
    for name, scheme, extra in _others(candidates, table):
        is_deep = len(scheme.titles) > 2
        if is_deep and flat <= _USUAL * len(candidates):
            continue  # fewer levels explain the table
        nearest = min(one.cost for one in solved.values())
        found = solve_within(candidates, scheme, nearest + FAR)
        if found is None:
            is_far = True
            continue
        solved[name], handicap[name] = found, extra
        flat = flat if is_deep else min(flat, found.cost)
    order = sorted(solved, key=lambda name: solved[name].cost + handicap[name])
    best = solved[order[0]]
    margin = solved[order[1]].cost - best.cost if order[1:] else inf
    if margin > FAR:
        is_alone = not order[1:] and not is_far
        return Chosen(order[0], best.rows, best.cost, inf, "" if is_alone else ANY_OTHER)
    rows = _with_doubt(best.rows, solved[order[1]].rows) if 0 < margin < DOUBT else best.rows
    return Chosen(order[0], rows, best.cost, margin, order[1])


def _are_placed(candidates: Sequence[RowCandidate]) -> bool:
    """Whether the table has titles without numbers, which count by their places."""
    return any(candidate.by_place and candidate.spanning for candidate in candidates)


def _with_doubt(rows: Sequence[Decided], others: Sequence[Decided]) -> list[Decided]:
    """The rows, in doubt where another scheme that fits nearly as well gives them another key."""
    reason = "the table's numbering can be taken in more than one way"
    return [
        replace(row, status="doubtful", reason=reason) if row.key != other.key and row.key else row
        for row, other in zip(rows, others, strict=True)
    ]


def _others(candidates: Sequence[RowCandidate], table: str) -> Iterator[tuple[str, Scheme, float]]:
    """The other numberings of a table that its readings show signs of: name, rules, handicap."""
    seen = styles_seen(candidates) | ({"place"} if _are_placed(candidates) else set())
    makers = {"tasks": _task_schemes, "indicators": indicator_schemes, "growth": _growth_schemes}
    yield from makers[table](seen)


def styles_seen(candidates: Sequence[RowCandidate]) -> frozenset[str]:
    """The styles in which rows were plainly read, by most who read anything there."""
    rows = [
        [reading.strip() for reading in row.readings if reading.strip()]
        for row in candidates
        if not (row.by_place and row.spanning)
    ]
    found = {
        name
        for name, sign in _SIGNS.items()
        if sum(_is_plainly(row, sign) * _worth(row) for row in rows) >= _LEAST_SEEN.get(name, 1)
    }
    if any(map(_is_roman, rows)):
        found.add("roman")
    if _has_letters(rows):
        found.add("letter")
    firsts = [one for row in rows for one in row if roman_value(one) == 1]
    if not any(one[:1].isupper() and fold(one[0]) == "i" for one in firsts):
        found.discard("roman")  # V and X alone are letters as well
    if not any(letter_value(reading) == 1 for row in rows for reading in row):
        found.discard("small")  # i, l, o and b alone are misread digits as well
    if not _begins(rows, "1)") or not _begins(rows, "1", "1.", "01", "01."):
        found.discard("closed")  # where no other numbers are, `1)` are as good as `1.`
    return frozenset(found)


def _begins(rows: Sequence[Sequence[str]], *firsts: str) -> bool:
    """Whether a row was read as one of the first numbers of a style."""
    return any(reading in firsts for row in rows for reading in row)


def _is_roman(row: Sequence[str]) -> bool:
    """Whether half of the witnesses read a numeral, be it with dust above it (`Ỉ`), and most what
    looks like one (`H`, `HI`).
    """
    plain = sum(bool(_SIGNS["roman"].match(fold(one).upper())) for one in row if one[:1].isupper())
    alike = sum(roman_value(one) is not None for one in row)
    return bool(row) and 2 * plain >= len(row) and alike >= _MOST * len(row)


def _has_letters(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a row is plainly the letter A, and some witness read a later one in another row.

    A ``B`` that its ruling touches is read by few; without it an ``A`` would be a misread 4.
    """
    sign = _SIGNS["letter"]
    first = next((n for n, row in enumerate(rows) if _is_plainly(row, sign)), None)
    if first is None or any(letter_value(reading) != 1 for reading in rows[first]):
        return False
    later = (reading for row in rows[first + 1 :] for reading in row if sign.match(reading))
    return any((letter_value(reading) or 0) > 1 for reading in later)


def _worth(row: Sequence[str]) -> int:
    """How many readings a row's own count for: one that is certain is said often enough."""
    return 2 if len(row) >= _CERTAIN and len(set(row)) == 1 else 1


def _is_plainly(row: Sequence[str], sign: regex.Pattern[str]) -> bool:
    return bool(row) and sum(bool(sign.match(reading)) for reading in row) >= _MOST * len(row)


def _task_schemes(seen: frozenset[str]) -> Iterator[tuple[str, Scheme, float]]:
    if "small" in seen:
        yield "dotted, with a)", TASKS_LETTERED, 0.0
    if "closed" in seen:
        yield "dotted, with 1)", TASKS_CLOSED, 0.0
    if "dash" in seen:
        yield "dotted, with -", TASKS_DASHED, 0.0
    yield from _dotted_below(TASKS, seen)
    yield from grouped_schemes("task", seen)


def indicator_schemes(seen: frozenset[str]) -> Iterator[tuple[str, Scheme, float]]:
    """The numberings of indicators that styles allow: name, rules, handicap."""
    for style in ("roman", "letter", "place", ""):
        for anew in (False, True) if style else (False,):
            if (not style or style in seen) and (style, anew) != ("roman", False):
                scheme = replace(INDICATORS, style=style, anew=anew, is_padded="padded" in seen)
                name = f"{style or 'no'} groups, {'anew in each' if anew else 'running on'}"
                yield name, scheme, LESS_SIMPLE * anew
    if "padded" in seen and "roman" in seen:
        yield "roman groups, 01", replace(INDICATORS, is_padded=True), 0.0
    if "dotted" in seen:
        yield "dotted", _DOTTED_INDICATORS, 0.0
    yield from _dotted_below(_DOTTED_INDICATORS, seen)
    yield from grouped_schemes("indicator", seen)


def _dotted_below(scheme: TreeScheme, seen: frozenset[str]) -> Iterator[tuple[str, Scheme, float]]:
    """Dotted numbers whose first figure is that of the Roman numeral or letter above them: `II`,
    2.1, 2.2.
    """
    for style in ("roman", "letter"):
        if style in seen and "dotted" in seen:
            yield f"dotted below {style}", replace(scheme, styles=(style, *scheme.styles[1:])), 0.0


def _growth_schemes(seen: frozenset[str]) -> Iterator[tuple[str, Scheme, float]]:
    sub = "dotted" if "dotted" in seen else "dash"
    padded = "padded" in seen
    styles: tuple[str, ...] = ("number", sub)
    yield "no groups", GroupedScheme(("line", "line"), styles, (False, True), padded), 0.0
    if "letter" in seen:
        styles = ("letter", "number", sub)
        levels = ("measure", "line", "line")
        yield (
            "letters",
            GroupedScheme(levels, styles, (False, True, True), padded, 0.0, is_titled=False),
            0.0,
        )
    if "roman" in seen and ("dotted" in seen or "dash" in seen):
        levels = ("measure", "line", "line")
        styles = ("roman", "number", sub)
        yield (
            "roman",
            GroupedScheme(levels, styles, (False, True, True), padded, 0.0, is_titled=False),
            0.0,
        )
