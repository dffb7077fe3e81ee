"""Figures that the document itself speaks against: their siblings, and how it writes figures
elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from normalize.values.figures import is_percentage
from schemas.findings import Finding

_POINT = re.compile(r"\d\.\d")
# commas read as points by a witness, and their share of a document's commas, that say something of
# its figures: as in ``repair.lost_signs``
_FEW, _LOST_COMMAS = 3, 0.03
_LONE_SIGN = re.compile(r"[<>≥≤]?\s?(\d{1,3})([.,])(\d+)%?")
_SIGN = re.compile(r"[<>≥≤=](\s?)\d")
_WHOLE = re.compile(r"[<>≥≤]?\s?\d{2,}%?")

_DECIMAL_POINT = re.compile(r"(?<![\d.,])\d{1,3}\.\d{1,2}(?![\d.,])")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d{1,3},\d{1,2}(?![\d.,])")
_TELLING = 3
# what says that a point is none: a decimal comma, thousands grouped by points
_OTHER_DECIMAL = re.compile(r"[^\w\s]*(?:\d{1,3},\d{1,2}|\d{1,3}(?:\.\d{3})+)\W*")
_RARE = 3  # others for each figure with a point

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]


def check_figures(rows: Rows) -> Iterator[Finding]:
    """Put figures into review whose siblings in the same column and unit speak against their
    reading.
    """
    for row in _odd_figures(
        rows["growth"], "value", ("period", "unit"), rows_of_measure=True
    ) + _odd_figures(rows["indicators"], "target", ("unit",)):
        column, key = (
            ("value", f"growth {row['line_id']}|{row['period']}")
            if "value" in row
            else ("target", f"indicators {row['indicator_id']}")
        )
        _doubt_figure(rows, row, column)
        yield Finding(
            "figure_unlike_siblings",
            row["page_no"],
            key,
            "its decimal or grouping sign does not go with the other figures of its column",
        )


def _odd_figures(
    rows: list[dict[str, Any]], column: str, by: tuple[str, ...], rows_of_measure: bool = False
) -> list[dict[str, Any]]:
    columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        columns.setdefault(
            (
                row["line_id"].partition(".")[0] if rows_of_measure else "",
                *(row[name] for name in by),
            ),
            [],
        ).append(row)
    odd = []
    for siblings in columns.values():
        printed, unit = [row[column] for row in siblings], siblings[0]["unit"]
        lost = lost_decimals(printed) if rows_of_measure else [False] * len(printed)
        odd += [
            row
            for row, a, b in zip(siblings, lost, two_meanings(printed, unit), strict=True)
            if a or b
        ]
    return odd


def check_points(rows: Rows, commas: Sequence[Collection[str]]) -> Iterator[Finding]:
    """Put figures with a point into review where this scan shows commas as points.

    In running text the language tells the two apart, in a figure nothing does. ``commas`` holds
    what witnesses read of each word that ends with one.
    """
    lost = sum(any(text.endswith(".") for text in texts) for texts in commas)
    if lost < _FEW or lost < _LOST_COMMAS * len(commas):
        return
    for row, column in _with_point(rows, _POINT):
        _doubt_figure(rows, row, column)
    yield Finding(
        "commas_read_as_points",
        1,
        "document",
        f"{lost} of {len(commas)} commas in running text were read as points",
    )


def check_rare_points(
    rows: Rows, repaired: Iterable[str], is_exact: Callable[[Row, str], bool]
) -> Iterator[Finding]:
    """Put figures with a decimal point into review where the document hardly has one.

    It writes ``4,5``, or groups thousands by points; a comma's tail may have been lost.
    ``is_exact`` tells whether a row's figure is the file's own text, not a reading.
    """
    points, commas = (_with_point(rows, form) for form in (_DECIMAL_POINT, _DECIMAL_COMMA))
    others = len(commas)
    if len(points) + len(commas) < _TELLING:  # too few figures to tell: running text does
        others = sum(_OTHER_DECIMAL.fullmatch(text) is not None for text in repaired)
    if _RARE * len(points) > others:
        return
    for row, column in points:
        if is_exact(row, column):
            continue
        _doubt_figure(rows, row, column)
        yield Finding(
            "point_unlike_others",
            row["page_no"],
            f"growth {row['line_id']}"
            if column == "value"
            else f"indicators {row['indicator_id']}",
            "its figure has a decimal point, which the document hardly has elsewhere",
        )


def _with_point(rows: Rows, point: re.Pattern[str]) -> list[tuple[Row, str]]:
    """The rows of figures that have such a point, each with the column of its figure."""
    return [
        (row, column)
        for table, column in (("indicators", "target"), ("growth", "value"))
        for row in rows[table]
        if point.search(row[column])
    ]


def _doubt_figure(rows: Rows, row: Row, column: str) -> None:
    """Put a figure into review, and what ``indicator_values`` says of the same target."""
    doubt(row, column)
    if column != "target":
        return
    for value in rows["indicator_values"]:
        if value["indicator_id"] == row["indicator_id"] and value["role"] == "target":
            doubt(value, "value")


def check_sign_spaces(rows: Rows, is_exact: Callable[[Row, str], bool]) -> Iterator[Finding]:
    """Put targets and values of other years without a space behind their sign into review where
    most of the document have one.

    An engine drops that space from a narrow cell: `<1` beside `≥ 6` and `≤ 3` goes into review.
    ``is_exact`` tells whether a row's figure is the file's own text, not a reading.
    """
    targets = [(row, "target") for row in rows["indicators"]]
    values = [(row, "value") for row in rows["indicator_values"] if row["role"] != "target"]
    signed = [
        (row, column, found[1] != "")
        for row, column in targets + values
        if (found := _SIGN.match(row.get(column, ""))) is not None
    ]
    apart = sum(is_apart for *_, is_apart in signed)
    closed = [(row, column) for row, column, is_apart in signed if not is_apart]
    for row, column in closed if apart > len(closed) else ():
        if is_exact(row, column):
            continue
        _doubt_figure(rows, row, column)
        year = row["period"] if column == "value" else ""
        yield Finding(
            "sign_unlike_siblings",
            row["page_no"],
            f"indicators {row['indicator_id']}" + (f" {year}" if year else ""),
            "its figure stands right behind the sign, most others in the document do not",
        )


def doubt(row: dict[str, Any], column: str) -> None:
    """Put a column of a row into review."""
    named = [name for name in row["review"].split("; ") if name]
    if column not in named:
        row["review"] = "; ".join([*named, column])


def lost_decimals(printed: Sequence[str]) -> list[bool]:
    """Which figures may have lost their decimal sign.

    They have two digits or more and no sign, while all others of the column (three or more) are
    decimal.
    """
    decimal = [_LONE_SIGN.fullmatch(text) is not None for text in printed]
    odd = [_WHOLE.fullmatch(text) is not None for text in printed]
    alone = sum(odd) == 1 and sum(decimal) == len(printed) - 1 >= 3
    return [alone and flag for flag in odd]


def two_meanings(printed: Sequence[str], unit: str) -> list[bool]:
    """Which figures group thousands with a sign that is decimal in a sibling of the same unit.

    ``2,000`` beside ``2,5`` is one.
    """
    found = [_LONE_SIGN.fullmatch(text) for text in printed]
    if is_percentage(unit):
        return [False] * len(printed)
    groups = [match is not None and len(match[3]) == 3 and match[1] != "0" for match in found]
    decimal = {
        match[2]
        for match, group in zip(found, groups, strict=True)
        if match is not None and not group
    }
    return [
        match is not None and group and match[2] in decimal
        for match, group in zip(found, groups, strict=True)
    ]
