"""Every question of the review page can be answered, and is then settled in every table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from normalize.tables.corrections import Corrections
from schemas.checking import row_ids
from schemas.findings import Finding
from schemas.published import TABLES
from tests.normalize.tables.decided import P1, P2, decisions, published

Asked = tuple[str, str, str]


def asked(tables: dict[str, pd.DataFrame]) -> dict[Asked, str]:
    """Every column in review by table, row and column, with what stands there."""
    return {
        (name, row_id, column): str(row[column])
        for name, frame in tables.items()
        if "review" in frame.columns
        for row_id, row in zip(row_ids(TABLES[name], frame), frame.to_dict("records"), strict=True)
        for column in str(row["review"]).split("; ")
        if column
    }


def decision(key: Sequence[str], read: str, value: str, verdict: str) -> dict[str, str]:
    names = ("table", "row_id", "column")
    made = {"read": read, "value": value, "verdict": verdict, "who": "An", "when": "2026-01-05"}
    return dict(zip(names, key, strict=True)) | made


def test_whatever_stands_in_review_can_be_accepted(tmp_path: Path) -> None:
    doubts = asked(published(tmp_path, Corrections({}, set()), doubted=True)[0])
    made = decisions(tmp_path, [decision(key, read, "", "accept") for key, read in doubts.items()])
    tables, findings = published(tmp_path, made, doubted=True)
    assert len(doubts) > 90
    assert (asked(tables), findings, len(tables["repairs"])) == ({}, [], 0)


CHANGES = [  # the table, the row, the column, what stands there, what is typed
    ("appendices", "1", "kind", "indicators", "other"),
    ("appendices", "1", "label", "Biểu 1", "Biểu số 1"),
    ("appendices", "3", "page_no", "2", "4"),
    ("appendices", "3", "last_page_no", "6", "5"),
    ("appendices", "3", "rows", "2", "1"),
    ("appendices", "3", "title", "Nhiệm vụ", "Các nhiệm vụ"),
    ("groups", "3|1.1", "parent_id", "1", ""),
    ("groups", "3|1", "title", "Quy hoạch", "Quy hoạch chung"),
    ("indicators", "1", "group_id", "I", ""),
    ("indicators", "1", "appendix", "1", "3"),
    ("indicators", "1", "number", "1", "01"),
    ("indicators", "1", "name", "Sản lượng cá", "Sản lượng cá biển"),
    ("indicators", "1", "unit", "Tấn", "Triệu đồng"),
    ("indicators", "1", "target", "45,5", "≥ 46"),
    ("indicators", "1", "lead", "Sở Y tế", "Sở Nội vụ"),
    ("indicator_values", "1|2027", "value", "30,5", "31"),
    ("growth", f"I|{P2}", "name", "Tốc độ tăng", "Tốc độ tăng bình quân"),
    ("growth", f"I|{P2}", "unit", "%", "%/năm"),
    ("growth", f"I|{P2}", "value", "7,5", "-7,5"),
    ("tasks", "1.1.1", "group_id", "1", ""),
    ("tasks", "1.1.1", "section_id", "1.1", "1"),
    ("tasks", "1.1.1", "page_no", "2", "3"),
    ("tasks", "1.1.1", "task", "Rà soát bến cảng", "Rà soát các bến cảng"),
    ("tasks", "1.1.1", "lead", "Sở Xây dựng", "Sở Y tế; Sở Nội vụ"),
    ("tasks", "1.1.1", "coordinating", "Sở Tài chính", "Sở Y tế"),
    ("tasks", "1.1.1", "deadline", "Năm 2027", "Tháng 6/2027"),
    ("tasks", "1.1.1", "funding", "Ngân sách nhà nước", "Ngân sách tỉnh"),
    ("tasks", "1.1.1", "product", "Báo cáo", "Bản báo cáo"),
    ("tasks", "1.1.1", "note", "Hằng quý", "Hằng năm"),
    ("paragraphs", "I#1", "number", "I", "II"),
    ("paragraphs", "I#1", "text", "Quan điểm", "Các quan điểm"),
    ("paragraphs", "I#2", "kind", "paragraph", "footnote"),
    ("paragraphs", "I#2", "refers_to", "1.1", "1.1.1"),
    ("extras", "tasks|1.1.1|Cấp trình", "value", "Ủy ban nhân dân tỉnh", "Hội đồng"),
    ("other_cells", "1|1|2", "appendix", "", "3"),
    ("other_cells", "1|1|2", "row_span", "1", "2"),
    ("other_cells", "1|1|2", "is_header", "False", "true"),
    ("other_cells", "1|1|2", "text", "Ghi chú chung", "Các ghi chú chung"),
]
NUMBERS = [  # the same of keys, with the row's key when all of them are changed
    ("groups", "1|I", "group_id", "I", "II", "1|II"),
    ("groups", "3|1.1", "group_id", "1.1", "1.2", "3|1.2"),
    ("indicators", "1", "indicator_id", "1", "3", "3"),
    ("indicator_values", "1|2027", "period", "2027", "2028", "3|2028"),
    ("growth", f"I|{P1}", "line_id", "I", "II", "II|Năm 2025"),
    ("growth", f"I|{P1}", "period", P1, "Năm 2025", "II|Năm 2025"),
    ("tasks", "1.1.1", "task_id", "1.1.1", "1.2.1", "1.2.1"),
    ("tasks", "1.1.1(a)", "task_id", "1.1.1(a)", "1.1.1(b)", "1.2.1(b)"),
]
Changed = tuple[dict[str, pd.DataFrame], list[Finding]]


@pytest.fixture(scope="module", params=["change", "as_is"])
def changed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Changed:
    folder = tmp_path_factory.mktemp("changed")
    made = [decision(key, read, value, request.param) for *key, read, value in CHANGES]
    return published(folder, decisions(folder, made), doubted=True)


@pytest.fixture(scope="module")
def renumbered(tmp_path_factory: pytest.TempPathFactory) -> Changed:
    folder = tmp_path_factory.mktemp("renumbered")
    made = [decision(key, read, value, "change") for *key, read, value, _ in NUMBERS]
    return published(folder, decisions(folder, made), doubted=True)


@pytest.mark.parametrize(("table", "row_id", "column", "read", "value"), CHANGES)
def test_whatever_stands_in_review_can_be_changed(
    changed: Changed, table: str, row_id: str, column: str, read: str, value: str
) -> None:
    tables, findings = changed
    row = tables[table].iloc[row_ids(TABLES[table], tables[table]).index(row_id)]
    assert (str(row[column]).lower(), read != value) == (value.lower(), True)
    assert column not in row["review"].split("; ")
    assert findings == []


@pytest.mark.parametrize(("table", "row_id", "column", "read", "value", "new_id"), NUMBERS)
def test_a_changed_key_is_put_wherever_the_row_is_named(
    renumbered: Changed, table: str, row_id: str, column: str, read: str, value: str, new_id: str
) -> None:
    """The tables were checked: no cell, reference, value or extra names a row that is gone."""
    tables, findings = renumbered
    row = tables[table].iloc[row_ids(TABLES[table], tables[table]).index(new_id)]
    assert column not in row["review"].split("; ")
    assert row_id not in row_ids(TABLES[table], tables[table])
    assert [finding.rule for finding in findings] == ["reference_without_row"]  # to group 1.1


@pytest.mark.parametrize(
    ("key", "read", "left"),
    [
        (("groups", "1|I", "group_id"), "I", {"indicators": "group_id"}),
        (("indicators", "2", "group_id"), "I", {"indicators": "group_id", "groups": ""}),
        (("growth", f"I|{P2}", "line_id"), "I", {"growth": "line_id"}),
        (("growth", f"I|{P1}", "unit"), "%", {"growth": "unit"}),
        (("paragraphs", "I#1", "section_path"), "I", {"paragraphs": "section_path"}),
    ],
)
def test_one_doubt_that_marks_many_rows_is_answered_once(
    tmp_path: Path, key: Asked, read: str, left: dict[str, str]
) -> None:
    made = decisions(tmp_path, [decision(key, read, "", "accept")])
    doubts = asked(published(tmp_path, made, doubted=True)[0])
    same = [one for one in doubts if left.get(one[0]) == one[2] and not one[1].startswith("I/")]
    assert same == []
    assert key not in doubts


def test_a_target_is_settled_in_both_tables_that_publish_it(tmp_path: Path) -> None:
    made = decisions(
        tmp_path, [decision(("indicator_values", "1|2030", "value"), "45,5", "46", "change")]
    )
    tables, _ = published(tmp_path, made, doubted=True)
    doubts = asked(tables)
    assert tables["indicators"]["target"].tolist() == ["46", "120"]
    assert ("indicators", "1", "target") not in doubts
    assert ("indicator_values", "1|2030", "value") not in doubts
    assert ("indicator_values", "2|2030", "value") in doubts


def test_a_group_above_that_has_no_row_is_settled_for_all_its_rows(tmp_path: Path) -> None:
    """The document is a part of a longer one, so that nothing was misread."""
    accepted = [decision(("tasks", "1.1.1", "section_id"), "1.1", "", "accept")]
    before, _ = published(tmp_path, Corrections({}, set()), without="3|1.1")
    after, _ = published(tmp_path, decisions(tmp_path, accepted), without="3|1.1")
    assert before["tasks"]["review"].tolist() == ["section_id", "section_id"]
    assert after["tasks"]["review"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("key", "read", "value", "paths"),
    [
        # a heading takes its section along
        (("I/1#1", "section_path"), "I/1", "I/2", ["I", "I", "I/2", "I/2", "I", "I"]),
        (("I/1#2", "section_path"), "I/1", "I", ["I", "I", "I/1", "I", "I", "I"]),
        # what is no heading leaves its section to the one above
        (("I/1#1", "kind"), "heading", "paragraph", ["I", "I", "I", "I", "I", "I"]),
        # a numbered paragraph that is a heading takes what follows it
        (("I#3", "kind"), "paragraph", "heading", ["I", "I", "I/1", "I/1", "I/2", "I/2"]),
    ],
)
def test_a_paragraph_is_put_into_another_section(
    tmp_path: Path, key: tuple[str, str], read: str, value: str, paths: list[str]
) -> None:
    row_id, column = key
    made = decisions(tmp_path, [decision(("paragraphs", row_id, column), read, value, "change")])
    tables, findings = published(tmp_path, made, doubted=True)
    frame = tables["paragraphs"]
    assert frame["section_path"].tolist() == paths
    place = [row["text"] for row in frame.to_dict("records")].index(TEXTS[row_id])
    assert column not in frame["review"].iloc[place].split("; ")
    change = tables["repairs"][["column", "before", "after"]].to_numpy().tolist()
    assert (change, findings) == ([[column, read, value]], [])


TEXTS = {
    "I/1#1": "Mục tiêu chung", "I/1#2": "Phát triển bền vững", "I#3": "Mục tiêu cụ thể",
}  # fmt: skip
