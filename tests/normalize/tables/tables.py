"""A small whole set of published tables of a fictional document, for tests of what comes after
them.

Long: one faked document, whose rows and words must fit each other.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from schemas.published import TABLES
from schemas.table_kinds import KINDS

_NO_DEADLINE = {
    "deadline": "",
    "deadline_kind": "",
    "start": "",
    "end": "",
    "funding": "",
    "funding_codes": "",
}


def small_tables() -> dict[str, pd.DataFrame]:
    """Every table of the contract, each with its rules kept."""
    rows = {
        "document": [_document()],
        "appendices": [
            _appendix("1", "indicators", 2, 2),
            _appendix("2", "growth", 2, 2),
            _appendix("3", "tasks", 3, 4),
        ],
        "indicator_values": [
            _value("5", ">90", ">", 90.0, math.nan),
            _value("14.2", "3-3,5", "range", 3.0, 3.5),
        ],
        "indicator_bodies": [_indicator_body("5"), _indicator_body("14.2")],
        "extras": [_extra()],
        "other_cells": [_other_cell()],
        "groups": [
            _group("1", "I", "Về xây dựng Đảng"),
            _group("3", "1", "Công tác xây dựng Đảng"),
            _group("3", "1.1", "Công tác chính trị"),
        ],
        "tasks": _tasks(),
        "task_bodies": _task_bodies(),
        "milestones": [
            _milestone("1.1.10", 1, "phê duyệt", "2026-06-01", "2026-06-30"),
            _milestone("1.1.10", 2, "", "2029-01-01", "2029-12-31"),
        ],
        "indicators": [
            _indicator("5", ">90", ">", 90.0, math.nan),
            _indicator("14.2", "3-3,5", "range", 3.0, 3.5),
        ],
        "growth": [
            _growth("I", "Giai đoạn 2020 - 2025", "10.41", 10.41),
            _growth("I", "Giai đoạn 2025 - 2030", "12,02", 12.02),
        ],
        "paragraphs": [
            _paragraph("I#1", "heading", "I", "MỤC ĐÍCH"),
            _paragraph("I#2", "paragraph", "", "Phân công tại điểm 1.10 Phụ lục 3."),
        ],
        "citations": [_citation()],
        "bodies": [
            _body("so-tai-chinh", "Sở Tài chính", 2),
            _body("van-phong-tinh-uy", "Văn phòng Tỉnh ủy", 1),
        ],
        "cells": [
            _cell("tasks", "1.1.10", "lead", 1, 0.98),
            _cell("tasks", "1.1.10", "lead", 2, 0.75),
            _cell("growth", _GROWTH, "value", 1, 1.0),
        ],
        "repairs": [_repair()],
    }
    return {
        name: pd.DataFrame(rows[name], columns=list(model.to_schema().columns))
        for name, model in TABLES.items()
    }


_GROWTH = "I|Giai đoạn 2020 - 2025"


def _document() -> dict[str, Any]:
    texts = {
        "title": "Chương trình hành động",
        "number": "01-CTr/TU",
        "date": "2025-10-01",
        "issuer": "Tỉnh ủy",
        "province": "Hải Vân",
    }
    more = {
        "term": "2025 - 2030",
        "signatory": "Nguyễn Văn A",
        "notice": "Tài liệu này thuộc sở hữu của các cơ quan Đảng",
        "notes": "",
    }
    return {
        "document": "sample",
        "kind": "Chương trình hành động",
        **texts,
        **more,
        "pages": 4,
        "source_sha256": "0" * 64,
        "contract_version": "2.0.0",
    }


def _group(appendix: str, group_id: str, title: str) -> dict[str, Any]:
    return {
        "appendix": appendix,
        "group_id": group_id,
        "parent_id": group_id.rpartition(".")[0],
        "title": title,
        **_read(2),
    }


def _tasks() -> list[dict[str, Any]]:
    place = {"group_id": "1", "section_id": "1.1", "appendix": "3"}
    place |= dict.fromkeys(KINDS["tasks"].free, "")
    staged = {
        "deadline": "phê duyệt tháng 6/2026; năm 2029",
        "deadline_kind": "staged",
        "start": "2026-06-01",
        "end": "2029-12-31",
    }
    funding = {"funding": "Ngân sách nhà nước và PPP", "funding_codes": "state_budget; ppp"}
    names = {"lead": "Sở Tài chính; Văn phòng Tỉnh ủy", "coordinating": "Sở Tài chính"}
    return [
        {
            "task_id": "1.1.10",
            "number": "1.1.10",
            "parent_id": "",
            **place,
            "task": "Rà soát, bổ sung quy định.",
            **names,
            **staged,
            **funding,
            **_read(3, 0.75, "lead"),
        },
        {
            "task_id": "1.1.11",
            "number": "1.1.11",
            "parent_id": "",
            **place,
            "task": "Các dự án:",
            "lead": "",
            "coordinating": "",
            **_NO_DEADLINE,
            **_read(3),
        },
        {
            "task_id": "1.1.11(1)",
            "number": "1",
            "parent_id": "1.1.11",
            **place,
            "task": "=1+1",
            "lead": "",
            "coordinating": "",
            **_NO_DEADLINE,
            **_read(4),
        },
    ]


def _task_bodies() -> list[dict[str, Any]]:
    finance, office = ("so-tai-chinh", "Sở Tài chính"), ("van-phong-tinh-uy", "Văn phòng Tỉnh ủy")
    uses = [("lead", 1, finance), ("lead", 2, office), ("coordinating", 1, finance)]
    return [
        {"task_id": "1.1.10", "role": r, "position": n, "body_id": i, "name": name, "printed": name}
        for r, n, (i, name) in uses
    ]


def _milestone(task_id: str, position: int, label: str, start: str, end: str) -> dict[str, Any]:
    return {
        "task_id": task_id,
        "position": position,
        "label": label,
        "kind": "during",
        "start": start,
        "end": end,
        "recurrence": "",
    }


def _indicator(
    indicator_id: str, target: str, comparator: str, least: float, most: float
) -> dict[str, Any]:
    value = {
        "unit": "%",
        "target": target,
        "comparator": comparator,
        "target_min": least,
        "target_max": most,
    }
    lead = {"lead": "Sở Tài chính", "lead_ids": "so-tai-chinh"}
    return {
        "indicator_id": indicator_id,
        "group_id": "I",
        "number": indicator_id.partition(".")[0],
        "appendix": "1",
        "name": "Kết nạp đảng viên",
        **value,
        **lead,
        **_read(2),
    }


def _appendix(appendix: str, kind: str, page_no: int, last_page_no: int) -> dict[str, Any]:
    place = {"page_no": page_no, "last_page_no": last_page_no, "rows": 3 if kind == "tasks" else 2}
    label = {"label": f"PHỤ LỤC {appendix}", "title": "DANH MỤC"}
    return {"appendix": appendix, "kind": kind, **label, **_read(page_no), **place}


def _value(
    indicator_id: str, value: str, comparator: str, least: float, most: float
) -> dict[str, Any]:
    return {
        "indicator_id": indicator_id,
        "period": "Mục tiêu 2025 - 2030",
        "period_start": "2025-01-01",
        "period_end": "2030-12-31",
        "role": "target",
        "value": value,
        "comparator": comparator,
        "value_min": least,
        "value_max": most,
        **_read(2),
    }


def _indicator_body(indicator_id: str) -> dict[str, Any]:
    name = "Sở Tài chính"
    read = {"body_id": "so-tai-chinh", "name": name, "printed": name}
    return {"indicator_id": indicator_id, "position": 1, **read}


def _extra() -> dict[str, Any]:
    place = {"table": "tasks", "row_id": "1.1.10", "label": "CẤP TRÌNH"}
    return {**place, "value": "Ban Thường vụ Tỉnh ủy", **_read(3)}


def _other_cell() -> dict[str, Any]:
    spans = {"row_span": 1, "column_span": 1, "is_header": True}
    place = {"table_no": 1, "appendix": "", "row": 1, "column": 1}
    return {**place, **spans, "text": "Xã", **_read(4)}


def _growth(line_id: str, period: str, value: str, number: float) -> dict[str, Any]:
    years = {"period_start": f"{period[-11:-7]}-01-01", "period_end": f"{period[-4:]}-12-31"}
    figures = {"value": value, "value_min": number, "value_max": number}
    return {
        "line_id": line_id,
        "measure": "Tốc độ tăng",
        "name": "Tốc độ tăng",
        "unit": "%",
        "period": period,
        **years,
        **figures,
        **_read(2),
    }


def _paragraph(paragraph_id: str, kind: str, number: str, text: str) -> dict[str, Any]:
    refers_to = "1.10" if "1.10" in text else ""
    row = {
        "paragraph_id": paragraph_id,
        "section_path": "I",
        "kind": kind,
        "number": number,
        "text": text,
        "refers_to": refers_to,
    }
    return row | _read(1)


def _citation() -> dict[str, Any]:
    place = {"citation_id": "1", "table": "paragraphs", "row_id": "I#2", "column": "text"}
    return place | {
        "document_kind": "Nghị quyết",
        "number": "70-NQ/TW",
        "date": "2025-08-20",
        "issuer": "Bộ Chính trị",
        "printed": "số 70-NQ/TW",
    }


def _body(body_id: str, name: str, uses: int) -> dict[str, Any]:
    return {
        "body_id": body_id,
        "name": name,
        "kind": "party_office",
        "is_generic": False,
        "uses": uses,
    }


def _cell(table: str, row_id: str, column: str, part: int, confidence: float) -> dict[str, Any]:
    box = {"page_no": 3, "x0": 10.5, "top": 20.0, "x1": 100.0, "bottom": 40.3}
    read = {
        "printed": "Sờ Tài chính",
        "value": "Sở Tài chính",
        "confidence": confidence,
        "readings": '[["vie", "Sờ", 0.9]]',
        "doubtful": "1",
    }
    return {"table": table, "row_id": row_id, "column": column, "part": part, **box, **read}


def _repair() -> dict[str, Any]:
    place = {
        "repair_id": "1",
        "table": "tasks",
        "row_id": "1.1.10",
        "column": "lead",
        "page_no": 3,
        "word_no": 1,
    }
    return place | {
        "before": "Sờ",
        "after": "Sở",
        "rule": "context",
        "evidence": "body name",
        "confidence": 0.9,
    }


def _read(page_no: int, confidence: float = 1.0, review: str = "") -> dict[str, Any]:
    return {"page_no": page_no, "confidence": confidence, "review": review}
