"""What the document says of itself, checked against its own tables.

For example references without rows, and shares that do not add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from math import isnan, nan
from typing import Any

from normalize.tables.figure_checks import Rows, doubt
from normalize.text.fold import fold
from schemas.findings import Finding

_FILLED = {
    "groups": ("title",),
    "tasks": ("task",),
    "indicators": ("name", "target"),
    "indicator_values": ("value",),
    "growth": ("value",),
    "paragraphs": ("text",),
    "extras": ("value",),
}
_SHARES = "co cau"  # a measure that is a composition
_SLACK = 0.6  # percent: what rounding of a few lines can make


def check_filled(rows: Rows) -> None:
    """Put what every row has, and what was not read, into review: a task's text, a target."""
    for table, columns in _FILLED.items():
        for row in rows[table]:
            for column in columns:
                if not row[column]:
                    doubt(row, column)


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
            doubt(row, "refers_to")
            if row["refers_to"] in dotless:
                doubt(row, "text")
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
            doubt(row, "parent_id")
            yield _orphan(
                row["page_no"], f"groups {row['appendix']}|{row['group_id']}", row["parent_id"]
            )
    tasks = {row["task_id"] for row in rows["tasks"]}
    for row in rows["tasks"]:
        if row["parent_id"] and row["parent_id"] not in tasks:
            doubt(row, "parent_id")
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
                    doubt(row, column)
                    yield _orphan(
                        row["page_no"], f"{table} {next(iter(row.values()))}", row[column]
                    )


def _orphan(page_no: int, place: str, parent: str) -> Finding:
    return Finding("parent_without_row", page_no, place, f"{parent} has no row in groups")


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
            doubt(row, "value")
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
