"""What the titles of groups tell of the tasks below them: who leads, and in which year.

A plan may hand out tasks body by body (``I. Sở Tài chính``) or year by year (``II. Năm 2027``), and
then has no column that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import pandas as pd

from normalize.bodies.heads import begins_name
from normalize.bodies.match import match_cell
from normalize.tables.cells import Cell, Key
from normalize.tables.coded import Matcher
from normalize.text.clean import clean
from normalize.values.deadlines import read_deadline, read_deadline_of_year
from schemas.findings import NO_YEAR, Finding
from schemas.table_kinds import BOTH

LEAD_OF_GROUP = "lead_of_group"
_ANY_YEAR = "2026"
# words that say no more than that tasks of this year follow; a `Trước`, a `sau` or the name of a
# document of the year (`Kế hoạch năm 2025`) would mean another time
_TASKS_OF_YEAR = re.compile(
    r"\W*(?:(?:các|những|nhóm|danh mục|nhiệm vụ|công việc|công tác|hoạt động|nội dung|giải pháp"
    r"|dự án|trọng tâm|trọng điểm|chủ yếu|ưu tiên|cụ thể|cần|phải|triển khai|thực hiện|hoàn thành"
    r"|tập trung|giao|cho|của|trong|thuộc|và)[\s,:]+)*năm (20\d{2})\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class GroupFacts:
    """By the keys of tasks: the cells that name who leads them, and the years they are in."""

    leads: Mapping[Key, Cell] = field(default_factory=dict)
    years: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def facts_of_groups(rows: pd.DataFrame, cells: Mapping[Key, Cell], matcher: Matcher) -> GroupFacts:
    """What the titles of the groups say of the tasks of the Rows table."""
    tasks = [row for row in rows.itertuples(index=False) if row.table == "tasks"]
    years = {
        str(row.row_id): year
        for row in tasks
        if (title := _title(row, cells)) is not None and (year := year_of_title(title.value))
    }
    leads: dict[Key, Cell] = {}
    findings: list[Finding] = []
    for appendix, own in groupby(tasks, key=lambda row: str(row.appendix)):
        found = _leads(list(own), cells, matcher)
        leads |= found
        if found:
            page_no = next(iter(found.values())).words[0].page_no
            findings.append(_lead_finding(appendix, page_no))
    return GroupFacts(leads, years, tuple(findings))


def _title(row: Any, cells: Mapping[Key, Cell]) -> Cell | None:
    """The title of the lowest group that a task stands under."""
    group = row.section_id or row.group_id
    return cells.get(("groups", f"{row.appendix}|{group}", "title")) if group else None


def year_of_title(title: str) -> str:
    """The one year that a group's title is for: `Năm 2027`, `Nhiệm vụ năm 2026`; else empty, as in
    `Trước năm 2026` and `Thực hiện Kế hoạch năm 2025`.
    """
    meant = read_deadline(title)
    is_year = meant.kind == "during" and meant.start[5:] == "01-01" and meant.end[5:] == "12-31"
    if is_year and meant.start[:4] == meant.end[:4]:
        return meant.start[:4]
    found = _TASKS_OF_YEAR.fullmatch(clean(title))
    return found[1] if found is not None else ""


def _leads(tasks: list[Any], cells: Mapping[Key, Cell], matcher: Matcher) -> dict[Key, Cell]:
    """The titles above the tasks of one appendix as cells of those who lead.

    Only where no cell of the appendix says who leads, and all titles begin as names of bodies do,
    a listed one among them.
    """
    ids = [str(row.row_id) for row in tasks]
    if any(("tasks", one, column) in cells for one in ids for column in ("lead", BOTH)):
        return {}
    titles = [_title(row, cells) for row in tasks]
    named = [title for title in titles if title is not None]
    is_each = len(named) == len(titles) and all(
        begins_name(title.value.split(), 0, is_exact=True) for title in named if title.value
    )
    if not named or not is_each or not any(_is_listed(title, matcher) for title in named):
        return {}
    heads = {str(row.parent_id) for row in tasks}  # a task that only heads others has no columns
    return {
        ("tasks", one, "lead"): replace(title, key=("tasks", one, "lead"))
        for one, title in zip(ids, named, strict=True)
        if one not in heads
    }


def _is_listed(title: Cell, matcher: Matcher) -> bool:
    found = match_cell([title.every_line()], matcher.bodies, matcher.limits, matcher.date)
    return bool(found.items) and all(item.body_id for item in found.items)


def _lead_finding(appendix: str, page_no: int) -> Finding:
    return Finding(
        LEAD_OF_GROUP,
        page_no,
        f"appendices {appendix}",
        "no column says who leads; the titles above the tasks name bodies, which are taken for it",
    )


def without_year(tasks: list[dict[str, Any]]) -> Iterator[Finding]:
    """A finding for each deadline that only lacks a year: `Quý II` in a plan for several years."""
    for row in tasks:
        text = row["deadline"]
        if text and not row["deadline_kind"] and read_deadline_of_year(text, _ANY_YEAR).kind:
            yield Finding(
                NO_YEAR,
                row["page_no"],
                f"tasks {row['task_id']}",
                "its deadline names no year, and neither does its group or the document's title",
            )
