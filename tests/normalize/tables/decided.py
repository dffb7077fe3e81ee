"""A small fictional document in all its tables, and what people decide of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from normalize.bodies.listed import load_bodies
from normalize.tables.coded import Matcher
from normalize.tables.corrections import Corrections, read_corrections
from normalize.tables.document import document_table
from normalize.tables.rows_to_tables import rows_to_tables
from normalize.tables.stage import known_here, with_decided_keys
from schemas.documents import CORRECTION_COLUMNS
from schemas.findings import Finding
from schemas.published import check_tables, rounded
from schemas.row_frames import Repaired, Rows

Table = list[dict[str, Any]]
P1, P2 = "Giai đoạn 2021 - 2025", "Giai đoạn 2026 - 2030"
# table, row_id, the columns of Rows beside these, the printed cells
DOCUMENT: list[tuple[str, str, dict[str, str], dict[str, str]]] = [
    ("document", "x", {}, {"title": "Kế hoạch phát triển nghề cá", "notes": "Bản nháp"}),
    (
        "appendices",
        "1",
        {"kind": "indicators", "number": "2 4", "label": "Biểu 1"},
        {"title": "Chỉ tiêu"},
    ),
    (
        "appendices",
        "3",
        {"kind": "tasks", "number": "2 6", "label": "Biểu 3"},
        {"title": "Nhiệm vụ"},
    ),
    (
        "groups",
        "1|I",
        {"kind": "indicators", "appendix": "1"},
        {"group_id": "I", "title": "Kinh tế"},
    ),
    (
        "indicators",
        "1",
        {"group_id": "I", "appendix": "1", "number": "1", "label": "2030", "kind": "1"},
        {
            "indicator_id": "1",
            "name": "Sản lượng cá",
            "unit": "Tấn",
            "target": "45,5",
            "lead": "Sở Y tế",
        },
    ),
    (
        "indicators",
        "2",
        {"group_id": "I", "appendix": "1", "number": "2", "label": "2030", "kind": "1"},
        {
            "indicator_id": "2",
            "name": "Số tàu thuyền",
            "unit": "Chiếc",
            "target": "120",
            "lead": "Sở Nội vụ",
        },
    ),
    (
        "indicator_values",
        "1|2027",
        {"kind": "0", "appendix": "1"},
        {"period": "2027", "value": "30,5"},
    ),
    (
        "growth",
        f"I|{P1}",
        {},
        {"line_id": "I", "name": "Tốc độ tăng", "unit": "%", "period": P1, "value": "6,5"},
    ),
    (
        "growth",
        f"I|{P2}",
        {},
        {"line_id": "I", "name": "Tốc độ tăng", "unit": "%", "period": P2, "value": "7,5"},
    ),
    ("groups", "3|1", {"kind": "tasks", "appendix": "3"}, {"group_id": "1", "title": "Quy hoạch"}),
    (
        "groups",
        "3|1.1",
        {"kind": "tasks", "parent_id": "1", "appendix": "3"},
        {"group_id": "1.1", "title": "Bến cảng"},
    ),
    (
        "tasks",
        "1.1.1",
        {"group_id": "1", "section_id": "1.1", "number": "1.1.1", "appendix": "3"},
        {
            "task_id": "1.1.1",
            "task": "Rà soát bến cảng",
            "lead": "Sở Xây dựng",
            "coordinating": "Sở Tài chính",
            "deadline": "Năm 2027",
            "funding": "Ngân sách nhà nước",
            "product": "Báo cáo",
            "note": "Hằng quý",
        },
    ),
    (
        "tasks",
        "1.1.1(a)",
        {
            "parent_id": "1.1.1",
            "group_id": "1",
            "section_id": "1.1",
            "number": "a",
            "appendix": "3",
        },
        {"task_id": "a)", "task": "Mở lớp tập huấn", "lead": "Sở Y tế", "deadline": "Năm 2028"},
    ),
    ("extras", "tasks|1.1.1|Cấp trình", {"label": "Cấp trình"}, {"value": "Ủy ban nhân dân tỉnh"}),
    (
        "paragraphs",
        "I#1",
        {"section_path": "I", "kind": "heading", "number": "I"},
        {"number": "I", "text": "Quan điểm"},
    ),
    (
        "paragraphs",
        "I#2",
        {"section_path": "I", "kind": "paragraph"},
        {"text": "Nêu tại điểm 1.1 Phụ lục 3"},
    ),
    (
        "paragraphs",
        "I/1#1",
        {"section_path": "I/1", "kind": "heading", "number": "1"},
        {"number": "1", "text": "Mục tiêu chung"},
    ),
    (
        "paragraphs",
        "I/1#2",
        {"section_path": "I/1", "kind": "paragraph"},
        {"text": "Phát triển bền vững"},
    ),
    (
        "paragraphs",
        "I#3",
        {"section_path": "I", "kind": "paragraph", "number": "2"},
        {"number": "2", "text": "Mục tiêu cụ thể"},
    ),
    (
        "paragraphs",
        "I#4",
        {"section_path": "I", "kind": "paragraph"},
        {"text": "Nâng cao đời sống"},
    ),
    ("other_cells", "1|1|2", {"label": "1 1 0"}, {"text": "Ghi chú chung"}),
]


def frames(doubted: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The Rows and Repaired tables; ``doubted``: every column of every row is in review."""
    empty: dict[str, Any] = {**dict.fromkeys(Rows.to_schema().columns, ""), "page_no": 2}
    rows, words = Table(), Table()
    for number, (table, row_id, own, cells) in enumerate(DOCUMENT):
        columns = [*DOUBTED.get(table, ()), *cells] if doubted else []
        review = "; ".join(dict.fromkeys(columns))
        rows.append({**empty, "table": table, "row_id": row_id, **own, "review": review})
        for place, (column, text) in enumerate(cells.items()):
            line = 7 if table == "growth" and column in ("line_id", "name", "unit") else number
            words += _words((table, row_id, column), text, (line, place), doubted)
    return Rows.validate(pd.DataFrame(rows)), Repaired.validate(pd.DataFrame(words))


# what the stage before may put into review beside the printed columns
DOUBTED = {
    "appendices": ("appendix", "kind", "label", "page_no", "last_page_no", "rows"),
    "groups": ("group_id", "parent_id", "page_no"),
    "indicators": ("indicator_id", "group_id", "appendix", "number"),
    "tasks": ("task_id", "parent_id", "group_id", "section_id", "appendix", "page_no"),
    "growth": ("line_id", "period"),
    "paragraphs": ("number", "kind", "section_path", "refers_to"),
    "other_cells": ("appendix", "row_span", "column_span", "is_header"),
}


def _words(key: tuple[str, str, str], text: str, place: tuple[int, int], doubtful: bool) -> Table:
    return [
        {
            **dict(zip(("table", "row_id", "column"), key, strict=True)),
            "part": 1,
            "word_no": i,
            "line_no": 1,
            "page_no": 2,
            "block_no": 1,
            "text": word,
            "confidence": 0.9,
            "readings": json.dumps([["vie", word, 0.9], ["line", word, 0.9]], ensure_ascii=False),
            "x0": 100.0 * place[1] + 12 * i,
            "top": 20.0 * place[0],
            "x1": 100.0 * place[1] + 12 * i + 8,
            "bottom": 20.0 * place[0] + 10,
            "value": word,
            "value_confidence": 0.5 if doubtful else 0.99,
            "doubtful": doubtful,
            "rule": "",
            "offered": "",
        }
        for i, word in enumerate(text.split(), 1)
    ]


def decisions(folder: Path, lines: Iterable[Mapping[str, str]]) -> Corrections:
    """Decisions by column, each without a column left empty, through their file."""
    path = folder / "x.corrections.csv"
    fields = [",".join(f'"{line.get(name, "")}"' for name in CORRECTION_COLUMNS) for line in lines]
    path.write_text("\n".join([",".join(CORRECTION_COLUMNS), *fields]) + "\n", encoding="utf-8")
    return read_corrections(path)


def published(
    folder: Path, made: Corrections, doubted: bool = False, without: str = ""
) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The checked tables of the document with these decisions, and the findings.

    ``without`` is the key of a row that the document does not have.
    """
    source = folder / "x.pdf"
    source.write_bytes(b"%PDF")
    rows, repaired = (frame[frame["row_id"] != without] for frame in frames(doubted))
    rows, repaired, _, made = with_decided_keys(rows, repaired, made)
    known = known_here(rows, repaired, 6, made)
    document, boxes, changes = document_table(repaired, source, 6, made, known)
    tables, findings = rows_to_tables(
        rows, repaired, Matcher(load_bodies(), date="2025-11-20"), made, known
    )
    tables["document"] = document
    tables["cells"] = pd.concat([boxes, tables["cells"]], ignore_index=True)
    tables["repairs"] = pd.concat([changes, tables["repairs"]], ignore_index=True)
    return check_tables({name: rounded(frame) for name, frame in tables.items()}), findings
