"""What the document says of itself, checked against its own tables.

For example references without rows, and shares that do not add up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import isnan, nan
from typing import Any

from normalize.text.fold import fold
from normalize.values.figures import is_percentage
from schemas.findings import Finding

_SHARES = "co cau"  # a measure that is a composition
_POINT = re.compile(r"\d\.\d")
_FEW = 5  # commas read as points, which happens on any scan
# the share of a document's commas read as points that says something of its figures
_LOST_COMMAS = 0.03
_SLACK = 0.6  # percent: what rounding of a few lines can make

Rows = Mapping[str, list[dict[str, Any]]]

_LONE_SIGN = re.compile(r"[<>≥≤]?\s?(\d{1,3})([.,])(\d+)%?")
_SIGN = re.compile(r"[<>≥≤=](\s?)\d")
_WHOLE = re.compile(r"[<>≥≤]?\s?\d{2,}%?")


def check_references(rows: Rows) -> Iterator[Finding]:
    """Put sentences into review that name a point of appendix 3 which has no row there.

    Their text goes into review too if it would have a row with a dot more.
    """
    tasks = [row["appendix"] for row in rows["appendices"] if row["kind"] == "tasks"]
    known = {row["group_id"] for row in rows["groups"] if row["appendix"] in tasks} | {
        row["task_id"] for row in rows["tasks"]
    }
    dotless = {key.replace(".", "") for key in known}
    for row in rows["paragraphs"]:
        if row["refers_to"] and row["refers_to"] not in known:
            _doubt(row, "refers_to")
            if row["refers_to"] in dotless:
                _doubt(row, "text")
            yield Finding(
                "reference_without_row",
                row["page_no"],
                f"paragraphs {row['paragraph_id']}",
                f"the appendix of tasks has no point {row['refers_to']}",
            )


def check_parents(rows: Rows) -> Iterator[Finding]:
    """Put references to a group or section without a row into review.

    There are some where the document is a part of a longer one.
    """
    known = {(row["appendix"], row["group_id"]) for row in rows["groups"]}
    for row in rows["groups"]:
        if row["parent_id"] and (row["appendix"], row["parent_id"]) not in known:
            _doubt(row, "parent_id")
            yield _orphan(
                row["page_no"], f"groups {row['appendix']}|{row['group_id']}", row["parent_id"]
            )
    tasks = {row["task_id"] for row in rows["tasks"]}
    for row in rows["tasks"]:
        if row["parent_id"] and row["parent_id"] not in tasks:
            _doubt(row, "parent_id")
            yield Finding(
                "parent_without_row",
                row["page_no"],
                f"tasks {row['task_id']}",
                f"{row['parent_id']} has no row in tasks",
            )
    for table, columns in (("tasks", ("group_id", "section_id")), ("indicators", ("group_id",))):
        for row in rows[table]:
            for column in columns:
                if row[column] and (row["appendix"], row[column]) not in known:
                    _doubt(row, column)
                    yield _orphan(
                        row["page_no"], f"{table} {next(iter(row.values()))}", row[column]
                    )


def _orphan(page_no: int, place: str, parent: str) -> Finding:
    return Finding("parent_without_row", page_no, place, f"{parent} has no row in groups")


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
        _doubt(row, column)
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


def check_points(rows: Rows, printed: Iterable[str], repaired: Iterable[str]) -> Iterator[Finding]:
    """Put figures with a point into review where this scan shows commas as points.

    In running text the language tells the two apart, in a figure nothing does.
    """
    commas = [text for text, value in zip(printed, repaired, strict=True) if value.endswith(",")]
    lost = sum(text.endswith(".") for text in commas)
    if lost < _FEW or lost < _LOST_COMMAS * len(commas):
        return
    for table, column in (("indicators", "target"), ("growth", "value")):
        for row in rows[table]:
            if _POINT.search(row[column]):
                _doubt(row, column)
    yield Finding(
        "commas_read_as_points",
        1,
        "document",
        f"{lost} of {len(commas)} commas in running text were read as points",
    )


def check_sign_spaces(rows: Rows, is_exact: Callable[[str], bool]) -> Iterator[Finding]:
    """Put targets without a space behind their sign into review where most of the document have
    one.

    An engine drops that space from a narrow cell: `<1` beside `≥ 6` and `≤ 3` goes into review.
    ``is_exact`` tells of an indicator's id whether its target is the file's own text, not a
    reading.
    """
    signed = [(row, _SIGN.match(row["target"])) for row in rows["indicators"]]
    apart = sum(found is not None and found[1] != "" for _, found in signed)
    closed = [row for row, found in signed if found is not None and found[1] == ""]
    for row in closed if apart > len(closed) else ():
        if is_exact(row["indicator_id"]):
            continue
        _doubt(row, "target")
        for value in rows["indicator_values"]:
            same = value["indicator_id"] == row["indicator_id"] and value["role"] == "target"
            if same:
                _doubt(value, "value")
        yield Finding(
            "sign_unlike_siblings",
            row["page_no"],
            f"indicators {row['indicator_id']}",
            "its figure stands right behind the sign, those of the other targets do not",
        )


def check_shares(rows: Rows) -> Iterator[Finding]:
    """Compositions whose lines do not add up to 100 in a period; their values go into review."""
    lines = [
        row
        for row in rows["growth"]
        if _SHARES in fold(row["measure"]) and "." in row["line_id"] and row["unit"] == "%"
    ]
    for (measure, period), group in groupby(sorted(lines, key=_composition), key=_composition):
        parts = list(group)
        low, high = (sum(_number(row[end]) for row in parts) for end in ("value_min", "value_max"))
        if len(parts) < 2 or isnan(low) or isnan(high) or low - _SLACK <= 100 <= high + _SLACK:
            continue
        for row in parts:
            _doubt(row, "value")
        yield Finding(
            "shares_not_100",
            parts[0]["page_no"],
            f"growth {measure} {period}",
            f"the lines add up to {low:g} to {high:g}",
        )


def _number(value: float | None) -> float:
    """A figure's end, not a number where the figure could not be read."""
    return nan if value is None else value


def _composition(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["line_id"].partition(".")[0], row["period"]


def _doubt(row: dict[str, Any], column: str) -> None:
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
