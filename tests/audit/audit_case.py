"""Small published documents for the tests of the audit: rows by what they say, each cell with what
its witnesses read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from audit.published.folder import Published, tables_to_published
from schemas.published import TABLES
from schemas.table_kinds import KINDS
from tests.normalize.tables.tables import small_tables

WITNESSES = ("vie", "script", "layer")


@dataclass(frozen=True)
class Task:
    """A row of ``tasks``; ``read`` holds what witnesses read where that is not the value,
    ``review`` the columns in doubt.
    """

    task_id: str
    task: str
    lead: str = "Sở Tài chính"
    deadline: str = "Tháng 6/2026"
    kind: str = "during"
    start: str = "2026-06-01"
    end: str = "2026-06-30"
    read: Mapping[str, Sequence[str]] = field(default_factory=dict)
    doubtful: Mapping[str, str] = field(default_factory=dict)
    review: str = ""


TASKS = (
    Task("1.1.1", "Xây dựng kế hoạch trồng rừng ngập mặn ven biển giai đoạn mới."),
    Task("1.1.2", "Nâng cấp thư viện của các trường học ở vùng cao và hải đảo."),
    Task("1.1.3", "Tổ chức hội thi tuyên truyền viên giỏi toàn tỉnh."),
    Task("1.1.4", "Số hóa hồ sơ lưu trữ của cơ quan, đơn vị."),
)


def tables_of(
    tasks: Sequence[Task], repairs: Sequence[Mapping[str, Any]] = (), source: str = "0"
) -> dict[str, pd.DataFrame]:
    """All tables of a document that has these tasks; ``source`` is the digit of its file's hash."""
    tables = small_tables()
    tables["document"]["source_sha256"] = source * 64
    rows: dict[str, list[Any]] = {
        "tasks": [_row(task) for task in tasks],
        "cells": [
            _cell(task, column)
            for task in tasks
            for column in ("task_id", "task", "lead", "deadline")
        ],
        "task_bodies": [
            _body(task, i, name)
            for task in tasks
            for i, name in enumerate(task.lead.split("; "), 1)
        ],
        "milestones": [],
        "extras": [],
        "repairs": list(repairs),
    }
    for name, entries in rows.items():
        columns = list(TABLES[name].to_schema().columns)
        tables[name] = pd.DataFrame(entries, columns=columns)
    return tables


def document(
    tasks: Sequence[Task],
    repairs: Sequence[Mapping[str, Any]] = (),
    source: str = "0",
    **versions: str,
) -> Published:
    """The same in memory; ``versions`` are those of code, lists, settings and corrections."""
    about = {
        "madeWith": {"code": "1", "lists": "1", "settings": "1", "corrections": "1"} | versions
    }
    return tables_to_published("case", tables_of(tasks, repairs, source), about)


def changed(tasks: Sequence[Task], task_id: str, **fields: Any) -> tuple[Task, ...]:
    """The tasks with one of them changed."""
    return tuple(replace(task, **fields) if task.task_id == task_id else task for task in tasks)


def correction(task_id: str, column: str, before: str, after: str) -> dict[str, Any]:
    """A row of ``repairs`` that a person's decision leaves."""
    place = {
        "repair_id": "p1",
        "table": "tasks",
        "row_id": task_id,
        "column": column,
        "page_no": 3,
        "word_no": 0,
    }
    return place | {
        "before": before,
        "after": after,
        "rule": "correction",
        "evidence": "A. Reviewer",
        "confidence": 1.0,
    }


def _row(task: Task) -> dict[str, Any]:
    place = {"task_id": task.task_id, "parent_id": "", "group_id": "1", "section_id": "1.1"}
    bodies = {"task": task.task, "lead": task.lead, "coordinating": ""}
    dates = {
        "deadline": task.deadline,
        "deadline_kind": task.kind,
        "start": task.start,
        "end": task.end,
    }
    return (
        place
        | bodies
        | dates
        | {
            "funding": "",
            "funding_codes": "",
            **dict.fromkeys(KINDS["tasks"].free, ""),
            "number": task.task_id,
            "appendix": "3",
            "page_no": 3,
            "confidence": 0.9,
            "review": task.review,
        }
    )


def _cell(task: Task, column: str) -> dict[str, Any]:
    value = str(getattr(task, column))
    spread = ("task_id", "task", "lead", "deadline").index(column)
    top = 40.0 + 20 * sum(map(ord, task.task_id)) % 400
    box = {
        "page_no": 3,
        "x0": 40.0 + 100 * spread,
        "top": top,
        "x1": 130.0 + 100 * spread,
        "bottom": top + 12,
    }
    readings = dict(zip(WITNESSES, task.read.get(column, (value, value, value)), strict=False))
    printed = next(iter(readings.values()))
    what = {
        "table": "tasks",
        "row_id": task.task_id,
        "column": column,
        "part": 1,
        "printed": printed,
        "value": value,
    }
    doubt = {
        "confidence": 0.5 if column in task.review else 0.99,
        "doubtful": task.doubtful.get(column, ""),
    }
    return what | box | doubt | {"readings": json.dumps(readings, ensure_ascii=False)}


def _body(task: Task, position: int, name: str) -> dict[str, Any]:
    known = {"Sở Tài chính": "so-tai-chinh", "Văn phòng Tỉnh ủy": "van-phong-tinh-uy"}
    ids = {"task_id": task.task_id, "role": "lead", "position": position}
    return ids | {"body_id": known.get(name, ""), "name": name, "printed": name}
