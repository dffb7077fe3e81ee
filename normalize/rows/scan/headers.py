"""Columns of the appendices' tables, found by what their headers say, never by position alone.

Headers may be misread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

import regex
from rapidfuzz import fuzz

from normalize.rows.labels import _YEARS, _plain, labels
from normalize.rows.role_labels import role_of_label
from normalize.text.fold import fold
from normalize.values.deadlines import read_deadline, repair_deadline
from normalize.values.period_labels import names_values, read_label
from schemas.table_kinds import BEGIN, KINDS, RULED

FLOOR = 76.0  # the least similarity (0 to 100) at which a header is taken for a known label
_SHORTEST = 6  # letters: less of a label says nothing
# what leads a period, folded
_TIME = regex.compile(r"\b(?:nam|giai doan|nhiem ky|thang|quy|binh quan|uoc|du kien)\b")
_GOAL = regex.compile(r"\b(?:muc tieu|chi tieu)\b")  # no period, whatever year it names
_GROWTH = regex.compile(r"\b(?:tang truong|co cau|grdp|tong san pham)\b")
_FEW_PERIODS = 3  # columns of values: more are the years of indicators
_OF_A_PART = 0.97  # how much a part of a label counts beside a whole one
_AS_PERIOD = 80.0  # how like a period's label a text with a year and a word of time is


@dataclass(frozen=True)
class Match:
    """The table and column whose label a header cell is most like, and how like (0 to 100)."""

    table: str
    column: str
    score: float


@dataclass(frozen=True)
class Header:
    """A header row: its table, the column of each of its cells (empty: unknown), and how alike they
    are.

    ``score`` is the mean likeness of the cells that are known.
    """

    table: str
    columns: tuple[str, ...]
    score: float


@cache
def _labels_of(table: str) -> tuple[tuple[str, str], ...]:
    return tuple((column, label) for owner, column, label in labels() if owner == table)


def read_header(
    cells: Sequence[Sequence[str]], title: str = "", labels: Sequence[Sequence[str]] = ()
) -> Header | None:
    """The header that a row's cells make, each given by its readings, or None.

    At least three columns are known, the required ones but one among them. ``labels``: the readings
    of each cell without those above it, where a header has two rows; a column of figures is told by
    them. ``title``: what stands above the table. Where only columns of periods tell them apart, a
    table of growth says there that it is one.
    """
    lower = labels or cells
    found = [_as_table(table, cells, lower) for table in RULED]
    fits = [header for header in found if _is_complete(header)]
    if not fits:
        return None
    return max(
        fits,
        key=lambda header: (
            sum(map(bool, header.columns)),
            _speaks_for(header, title, lower),
            header.score,
        ),
    )


def _is_complete(header: Header) -> bool:
    known = {column for column in header.columns if column}
    if header.table == "indicators" and "value" in known:
        known.add("target")
    missing = sum(column not in known for column in KINDS[header.table].names("required"))
    own = known.intersection(KINDS[header.table].names("tells"))
    return len(known) >= 3 and missing <= 1 and bool(own)


def _speaks_for(header: Header, title: str, lower: Sequence[Sequence[str]]) -> bool:
    """Whether what stands above a table of figures, and its periods, say of which kind it is.

    A few periods are those of growth, but under a title that speaks of indicators not where they
    are single years or say what they tell of a time (`TH 2021 - 2025`, `KH 2026 - 2030`).
    """
    above, values = fold(title), header.columns.count("value")
    are_years = not any(len(_YEARS.findall(text)) > 1 for texts in lower for text in texts)
    told = [found for texts in lower for text in texts[:1] if (found := read_label(text))]
    are_called = len(told) > 1 and all(found.words for found in told)
    is_goal = _GOAL.search(above) is not None and (are_years or are_called)
    is_few = values <= _FEW_PERIODS and not is_goal
    is_growth = _GROWTH.search(above) is not None or is_few
    return is_growth == (header.table == "growth")


def _as_table(table: str, cells: Sequence[Sequence[str]], lower: Sequence[Sequence[str]]) -> Header:
    """The row read as the header of one table: each column but ``value`` has at most one cell."""
    of_cells = [_scores(table, *pair) for pair in zip(cells, lower, strict=True)]
    text = KINDS[table].text
    if table == "indicators":
        of_cells = _with_one_goal(of_cells, cells, lower)
    scored = sorted(
        (-score, i, column != text, column)
        for i, own in enumerate(of_cells)
        for column, score in own.items()
    )
    columns = [""] * len(cells)
    scores = []
    for score, i, _, column in scored:
        if not columns[i] and -score >= FLOOR and (column not in columns or column == "value"):
            columns[i] = column
            scores.append(-score)
    if BEGIN in columns and "deadline" not in columns:
        columns[columns.index(BEGIN)] = "deadline"  # no other column says when it is to be done
    return Header(table, tuple(columns), sum(scores) / len(scores) if scores else 0.0)


def _with_one_goal(
    scores: Sequence[dict[str, float]],
    cells: Sequence[Sequence[str]],
    lower: Sequence[Sequence[str]],
) -> list[dict[str, float]]:
    """The scores of a header's cells, of several columns of years only one called a goal left as
    the target.

    ``Kế hoạch`` or ``Mục tiêu`` over 2026, 2027 and 2030 says of none of them that it is the goal.
    """
    likely = [i for i, own in enumerate(scores) if _is_most(own, "target")]
    years = {i for i, own in enumerate(scores) if own.get("value", 0.0) >= FLOOR}
    if len(years.union(likely)) < 2:
        return list(scores)
    goals = [
        [i for i in likely if any(_GOAL.search(fold(text)) for text in texts[i])]
        for texts in (lower, cells)
    ]
    goal = next((own[0] for own in goals if len(own) == 1), -1)
    return [
        {column: score for column, score in own.items() if column != "target"}
        if i in years and i != goal
        else own
        for i, own in enumerate(scores)
    ]


def _is_most(scores: dict[str, float], column: str) -> bool:
    score = scores.get(column, 0.0)
    return score >= FLOOR and score == max(scores.values())


def _scores(table: str, readings: Sequence[str], lower: Sequence[str]) -> dict[str, float]:
    """How like (0 to 100) a header's cell is to each column."""
    found: dict[str, float] = {}
    for reading in dict.fromkeys([*readings, *lower]):
        for column, score in _label_scores(table, reading, is_lower=reading in lower):
            found[column] = max(found.get(column, 0.0), score)
        for part in _parts(reading):
            for column, score in _label_scores(table, part, is_lower=False):
                found[column] = max(found.get(column, 0.0), _OF_A_PART * score)
        has_years = _YEARS.search(reading) is not None and reading not in lower
        if table != "tasks" and has_years and any(names_values(_plain(text)) for text in lower):
            found["value"] = max(found.get("value", 0.0), _AS_PERIOD)  # its year stands above it
    return found


def _parts(text: str) -> list[str]:
    """What a label names on each side of a stroke: `Cơ quan thực hiện/Nội dung nhiệm vụ`.

    A stroke between times compares them.
    """
    parts = text.split("/")
    return parts if len(parts) > 1 and not _YEARS.search(text) else []


def _label_scores(table: str, text: str, *, is_lower: bool) -> list[tuple[str, float]]:
    key = _plain(text)
    has_years = _YEARS.search(text) is not None
    scored = [
        (column, fuzz.ratio(key, label))
        for column, label in _labels_of(table)
        if key and (column != "value" or has_years)
    ]
    if table == "tasks" and (role := role_of_label(key)):
        scored.append((role, FLOOR))
    is_time = _TIME.search(key) is not None or names_values(key)
    if table == "growth" and has_years and is_time and not _GOAL.search(key):
        scored.append(("value", _AS_PERIOD))
    if has_years and is_lower and table != "tasks" and not key:
        scored.append(("value", _AS_PERIOD))  # a year alone
    if (
        table == "indicators"
        and has_years
        and is_lower
        and (_GOAL.search(key) or names_values(key))
    ):
        scored.append(("value", _AS_PERIOD - (_GOAL.search(key) is not None)))
    return scored


def match_label(table: str, text: str) -> Match:
    """The column of a table whose label a header's text is most like.

    Years do not count, but a period of growth must have one.
    """
    scored = [(score, column) for column, score in _label_scores(table, text, is_lower=True)]
    score, column = max(scored, key=itemgetter(0), default=(0.0, ""))
    return Match(table, column, score)


def with_known_words(label: str, readings: Sequence[str]) -> str:
    """A period's label with the words of a known way to name a time: ``đầu nắm 2027`` -> ``đầu năm
    2027``.

    Only where it cannot be read as it is.
    """
    if not label or read_label(label) is not None or read_deadline(label).kind:
        return label
    repaired = repair_deadline([label, *(text for text in readings if text != label)])[0]
    return repaired if read_deadline(repaired).kind else label


def likeness(table: str, column: str, text: str) -> float:
    """How like (0 to 100) a header's text is to a part of a column's labels, or they to a part of
    it.

    Some of the header can be hidden.
    """
    key = _plain(text)
    known = [
        label
        for owner, name, label in labels()
        if (owner, name) == (table, column) and min(len(label), len(key)) >= _SHORTEST
    ]
    return max((fuzz.partial_ratio(key, label) for label in known), default=0.0)
