"""An indicator's values in the years of its row, checked against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from normalize.tables.figure_checks import Row, Rows, doubt, lost_decimals
from schemas.findings import Finding

_FAR = 8.0  # times
_FEWEST_YEARS = 2


def check_series(rows: Rows, is_exact: Callable[[Row, str], bool]) -> Iterator[Finding]:
    """Put values of an indicator into review that its other years speak against.

    `812` beside `8,40` and `8,75` has lost its comma, `1,2` beside `11,0` and `11,6` a thin 1: a
    value is many times as large as all others of its row, or as small, or the only one without a
    decimal sign. ``is_exact`` tells whether a value is the file's own text, not a reading.
    """
    for _, own in groupby(rows["indicator_values"], key=lambda row: row["indicator_id"]):
        years = [row for row in own if row["comparator"] == "=" and row["value_min"] is not None]
        figures = [abs(row["value_min"]) for row in years]
        whole = lost_decimals([row["value"] for row in years])
        for i, row in enumerate(years):
            others = figures[:i] + figures[i + 1 :]
            is_odd = whole[i] or _is_far_from(figures[i], others)
            if not is_odd or is_exact(row, "value"):
                continue
            doubt(row, "value")
            if row["role"] == "target":
                _doubt_target(rows, row)
            yield Finding(
                "value_unlike_years",
                row["page_no"],
                f"indicators {row['indicator_id']} {row['period']}",
                "its figure does not go with those of the other years",
            )


def _is_far_from(figure: float, others: Sequence[float]) -> bool:
    """Whether a figure is many times as large, or as small, as all of two others or more."""
    if len(others) < _FEWEST_YEARS or min(others) <= 0 or figure <= 0:
        return False
    return figure >= _FAR * max(others) or figure * _FAR <= min(others)


def _doubt_target(rows: Rows, value: Row) -> None:
    for row in rows["indicators"]:
        if row["indicator_id"] == value["indicator_id"]:
            doubt(row, "target")
