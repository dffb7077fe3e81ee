"""Columns of the appendices' tables, found by what their headers say, however misread, never by position alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

import regex
from rapidfuzz import fuzz

from normalize.rows.labels import _YEARS, _plain, labels
from normalize.values.deadlines import read_deadline, repair_deadline
from schemas.table_kinds import REQUIRED

FLOOR = 76.0  # the least similarity (0 to 100) at which a header is taken for a known label
_SHORTEST = 6  # letters: less of a label says nothing
# what leads a period, folded
_TIME = regex.compile(r"\b(?:nam|giai doan|nhiem ky|thang|quy|binh quan|uoc|du kien)\b")
_GOAL = regex.compile(r"\b(?:muc tieu|chi tieu)\b")  # no period, whatever year it names
_AS_PERIOD = 80.0  # how like a period's label a text with a year and a word of time is


@dataclass(frozen=True)
class Match:
    """The table and column whose label a header cell is most like, and how like (0 to 100)."""

    table: str
    column: str
    score: float


@dataclass(frozen=True)
class Header:
    """A header row: which table it heads, for each of its cells the column (empty: unknown), and the mean likeness of those that are known."""

    table: str
    columns: tuple[str, ...]
    score: float


@cache
def _labels_of(table: str) -> tuple[tuple[str, str], ...]:
    return tuple((column, label) for owner, column, label in labels() if owner == table)


def read_header(cells: Sequence[Sequence[str]]) -> Header | None:
    """The header that a row's cells make, each given by its readings, or None: at least three columns, the required ones but one among them."""
    best = max(
        (_as_table(table, cells) for table in REQUIRED),
        key=lambda header: (sum(map(bool, header.columns)), header.score),
    )
    known = {column for column in best.columns if column}
    complete = (
        sum(column in known for column in REQUIRED[best.table]) >= len(REQUIRED[best.table]) - 1
    )
    return best if len(known) >= 3 and complete else None


def _as_table(table: str, cells: Sequence[Sequence[str]]) -> Header:
    """The row read as the header of one table: each cell takes its likeliest column, each column but ``value`` at most one cell."""
    matches = sorted(
        ((_match_cell(table, cell), i) for i, cell in enumerate(cells)),
        key=lambda item: -item[0].score,
    )
    columns = [""] * len(cells)
    scores = []
    for match, i in matches:
        if match.score >= FLOOR and (match.column not in columns or match.column == "value"):
            columns[i] = match.column
            scores.append(match.score)
    return Header(table, tuple(columns), sum(scores) / len(scores) if scores else 0.0)


def _match_cell(table: str, readings: Sequence[str]) -> Match:
    return max(
        (match_label(table, reading) for reading in readings),
        key=lambda match: match.score,
        default=Match(table, "", 0.0),
    )


def match_label(table: str, text: str) -> Match:
    """The column of a table whose label a header's text is most like; years do not count, but a growth period must have one."""
    key = _plain(text)
    if not key:
        return Match(table, "", 0.0)
    has_years = _YEARS.search(text) is not None
    scored = [
        (fuzz.ratio(key, label), column)
        for column, label in _labels_of(table)
        if column != "value" or has_years
    ]
    if table == "growth" and has_years and _TIME.search(key) and not _GOAL.search(key):
        scored.append((_AS_PERIOD, "value"))
    score, column = max(scored, key=itemgetter(0), default=(0.0, ""))
    return Match(table, column, score)


def with_known_words(label: str, readings: Sequence[str]) -> str:
    """A period's label with the words of a known way to name a time, where it can be read by one and not as it is: ``đầu nắm 2027``."""
    if not label or read_deadline(label).kind:
        return label
    repaired = repair_deadline([label, *(text for text in readings if text != label)])[0]
    return repaired if read_deadline(repaired).kind else label


def likeness(table: str, column: str, text: str) -> float:
    """How like (0 to 100) a header's text is to a part of a column's labels, or they to a part of it: some of it can be hidden."""
    key = _plain(text)
    known = [
        label
        for owner, name, label in labels()
        if (owner, name) == (table, column) and min(len(label), len(key)) >= _SHORTEST
    ]
    return max((fuzz.partial_ratio(key, label) for label in known), default=0.0)
