"""What the stage makes of typing errors: each is told by file and line, none is certain."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from schemas.checking import row_ids
from schemas.findings import Finding
from schemas.published import TABLES
from tests.normalize.tables.decided import P1, P2, decisions, published

KEPT = "kept"  # the column cannot hold what was typed, so that what was read stays
ERRORS = [  # the run, the table, the row, the column, what was read, what was typed, what is said
    (1, "tasks", "1.1.1", "lead", "Sở Xây dựng", "Sở Tài chín", "body_unknown"),
    (1, "tasks", "1.1.1", "coordinating", "Sở Tài chính", "Sở Y tế; Sở Y tế", "body_twice"),
    (1, "tasks", "1.1.1", "deadline", "Năm 2027", "Tháng 13/2026", "no_such_time"),
    (1, "tasks", "1.1.1", "funding", "Ngân sách nhà nước", "Ngân sáchh", "funding_unknown"),
    (1, "tasks", "1.1.1", "task", "Rà soát bến cảng", "Rà soátt bến cảng", "word_unknown"),
    (1, "tasks", "1.1.1", "product", "Báo cáo", "Báo cáo (lần 1", "brackets"),
    (1, "tasks", "1.1.1", "note", "Hằng quý", "Giao Sở Tài chín", "body_misspelt"),
    (1, "tasks", "1.1.1", "group_id", "1", "4", "no_such_row"),
    (1, "tasks", "1.1.1", "section_id", "1.1", "1.11", "no_such_row"),
    (1, "tasks", "1.1.1", "page_no", "2", "99", KEPT),
    (1, "tasks", "1.1.1", "task_id", "1.1.1", "1.1.x", KEPT),
    (1, "tasks", "1.1.1(a)", "lead", "Sở Y tế", "", "empty"),
    (1, "tasks", "1.1.1(a)", "deadline", "Năm 2028", "Đến năm 2028", "deadline_vague"),
    (1, "indicators", "1", "target", "45,5", "abc", "not_a_figure"),
    (1, "indicators", "1", "unit", "Tấn", "Tấnn", "unit_unknown"),
    (1, "indicators", "1", "name", "Sản lượng cá", "Sản lượgn cá", "word_unknown"),
    (1, "indicators", "1", "lead", "Sở Y tế", "Sở Y tếs", "body_unknown"),
    (1, "indicators", "2", "target", "120", "12-10", "figure_backwards"),
    (1, "indicator_values", "1|2027", "value", "30,5", "3O,5", "not_a_figure"),
    (1, "growth", f"I|{P1}", "value", "6,5", "6,5,5", "not_a_figure"),
    (2, "growth", f"I|{P2}", "unit", "%", "%%%", "unit_unknown"),
    (1, "growth", f"I|{P2}", "value", "7,5", "750", "share_over_100"),
    (1, "groups", "3|1", "title", "Quy hoạch", "Quy hoạchh", "word_unknown"),
    (1, "groups", "3|1.1", "group_id", "1.1", "1", KEPT),
    (1, "appendices", "1", "kind", "indicators", "indicatorz", KEPT),
    (1, "appendices", "1", "label", "Biểu 1", "Biểuu 1", "word_unknown"),
    (1, "appendices", "3", "rows", "2", "hai", KEPT),
    (1, "paragraphs", "I#1", "number", "I", "I-x", "number_form"),
    (1, "paragraphs", "I#2", "kind", "paragraph", "heading2", KEPT),
    (1, "paragraphs", "I#2", "refers_to", "1.1", "1.9", "no_such_row"),
    (1, "extras", "tasks|1.1.1|Cấp trình", "value", "Ủy ban nhân dân tỉnh", "", "empty"),
    (1, "other_cells", "1|1|2", "is_header", "False", "có", KEPT),
    (1, "other_cells", "1|1|2", "text", "Ghi chú chung", "Ghi chúú", "word_unknown"),
    (2, "tasks", "1.1.1", "deadline", "Năm 2027", "Tháng 6/2062", "year_far"),
    (2, "tasks", "1.1.1", "lead", "Sở Xây dựng", "Sở Y tế; Sờ Y tê", "body_unknown"),
    (2, "tasks", "1.1.1", "task", "Rà soát bến cảng", "", "empty"),
    (2, "tasks", "1.1.1", "note", "Hằng quý", "Hằng\x07 quý", "control_character"),
    (2, "tasks", "1.1.1(a)", "task_id", "1.1.1(a)", "1.1.1", KEPT),
    (2, "indicators", "1", "target", "45,5", "", "empty"),
    (2, "indicators", "1", "indicator_id", "1", "2", KEPT),
    (2, "growth", f"I|{P1}", "period", P1, "Giai doan 2021-2025", "period_unknown"),
    (2, "growth", f"I|{P1}", "value", "6,5", "tăng", "not_a_figure"),
]
Run = tuple[dict[str, pd.DataFrame], list[Finding]]


def run(folder: Path, number: int, verdict: str) -> Run:
    names = ("table", "row_id", "column", "read", "value")
    lines = [
        dict(zip(names, fields, strict=True)) | {"verdict": verdict, "who": "An"}
        for own, *fields, _ in ERRORS
        if own == number
    ]
    return published(folder, decisions(folder, lines))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Run]:
    return {number: run(tmp_path_factory.mktemp("run"), number, "change") for number in (1, 2)}


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Run]:
    return {number: run(tmp_path_factory.mktemp("run"), number, "as_is") for number in (1, 2)}


def line_of(number: int, case: tuple[object, ...]) -> int:
    """The line of a case in the file of its run, whose first line is the header."""
    return 2 + [one for one in ERRORS if one[0] == number].index(case)  # type: ignore[arg-type]


def new_id(number: int, row_id: str) -> str:
    """The key of a row whose period is changed in the second run."""
    return "I|Giai doan 2021-2025" if (number, row_id) == (2, f"I|{P1}") else row_id


def row_of(tables: dict[str, pd.DataFrame], table: str, row_id: str) -> pd.Series:
    ids = row_ids(TABLES[table], tables[table])
    return tables[table].iloc[ids.index(row_id)]


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: f"{case[1]}.{case[3]}-{case[5]}")
def test_a_typing_error_stays_in_review_and_is_told(
    changed: dict[int, Run], case: tuple[int, str, str, str, str, str, str]
) -> None:
    number, table, row_id, column, read, typed, said = case
    tables, findings = changed[number]
    row = row_of(tables, table, new_id(number, row_id))
    assert column in row["review"].split("; ")
    assert str(row[column]) == (read if said == KEPT else typed.replace("\x07", ""))
    place = f"x.corrections.csv, line {line_of(number, case)}: {table} "
    own = [finding for finding in findings if finding.told.startswith(place)]
    assert [finding.rule for finding in own] == [
        "correction_unused" if said == KEPT else "correction_doubted"
    ]


@pytest.mark.parametrize(
    "case", [case for case in ERRORS if case[-1] != KEPT], ids=lambda case: f"{case[1]}.{case[3]}"
)
def test_as_it_stands_settles_what_no_form_or_list_knows(
    left: dict[int, Run], case: tuple[int, str, str, str, str, str, str]
) -> None:
    number, table, row_id, column, _, typed, _ = case
    tables, findings = left[number]
    row = row_of(tables, table, new_id(number, row_id))
    assert column not in row["review"].split("; ")
    assert str(row[column]) == typed.replace("\x07", "")
    assert [one.rule for one in findings if one.rule == "correction_doubted"] == []


def test_no_error_is_certain(changed: dict[int, Run]) -> None:
    confidences = [
        row_of(changed[1][0], table, row_id)["confidence"]
        for number, table, row_id, *_, said in ERRORS
        if number == 1 and said != KEPT and table not in ("appendices", "paragraphs", "extras")
    ]
    assert max(confidences) < 0.9


def test_what_the_terminal_says_holds_no_text_of_the_document(changed: dict[int, Run]) -> None:
    told = " ".join(finding.told for _, findings in changed.values() for finding in findings)
    assert [text for text in ("Tài chín", "13/2026", "abc", "cảng", "Hằng") if text in told] == []
