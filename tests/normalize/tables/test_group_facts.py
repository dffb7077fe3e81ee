"""What the titles of groups tell of the tasks below them: who leads, and in which year."""

from __future__ import annotations

import pandas as pd
import pytest

from normalize.bodies.listed import load_bodies
from normalize.tables.coded import Matcher
from normalize.tables.corrections import Corrections
from normalize.tables.group_facts import without_year, year_of_title
from normalize.tables.rows_to_tables import rows_to_tables
from schemas.findings import Finding
from schemas.row_frames import Repaired, Rows
from tests.normalize.tables.test_own_bodies import printed


def tables_of(
    groups: dict[str, str], review: str = "", **cells: str
) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables of one task in each of the groups, whose titles are given; ``cells`` are its
    printed columns, ``review`` those that were in doubt when rows were made.
    """
    empty = {**dict.fromkeys(Rows.to_schema().columns, ""), "page_no": 2}
    rows, tasks, words = [], [], []
    for number, title in groups.items():
        own = {"table": "groups", "row_id": f"1|{number}", "appendix": "1", "number": number}
        rows.append({**empty, **own})
        place = {"table": "groups", "row_id": f"1|{number}", "column": "title", "page_no": 2}
        words += printed(place, title)
        task = {"table": "tasks", "row_id": f"{number}.1", "group_id": number, "appendix": "1"}
        tasks.append({**empty, **task})
        for column, text in {"task": "Rà soát quy hoạch.", **cells}.items():
            place = {"table": "tasks", "row_id": f"{number}.1", "column": column, "page_no": 2}
            words += printed(place, text)
    frame = Repaired.validate(pd.DataFrame(words)[list(Repaired.to_schema().columns)])
    rows_frame = Rows.validate(pd.DataFrame([*rows, *tasks]))
    rows_frame.loc[rows_frame["table"] == "tasks", "review"] = review
    return rows_to_tables(rows_frame, frame, Matcher(load_bodies()), Corrections({}, set()))


def test_the_body_that_heads_a_group_leads_its_tasks_in_review() -> None:
    tables, findings = tables_of({"I": "SỞ Y TẾ", "II": "Trạm Khuyến nông liên xã"})
    tasks = tables["tasks"]
    assert list(tasks["lead"]) == ["Sở Y tế", "Trạm Khuyến nông liên xã"]
    assert all("lead" in review for review in tasks["review"])
    bodies = tables["task_bodies"]
    assert list(bodies["role"]) == ["lead", "lead"]
    assert [one.place for one in findings if one.rule == "lead_of_group"] == ["appendices 1"]


def test_a_lead_that_was_in_doubt_before_is_named_once() -> None:
    tables, _ = tables_of({"I": "Sở Y tế"}, review="lead; deadline")
    (review,) = tables["tasks"]["review"]
    assert review.split("; ").count("lead") == 1


@pytest.mark.parametrize(
    ("titles", "cells"),
    [
        ({"I": "Sở Y tế", "II": "Phát triển đô thị"}, {}),  # one is no name
        ({"I": "Trạm Khuyến nông liên xã"}, {}),  # none is a listed name
        ({"I": "Sở Y tế", "II": "Sở Tài chính"}, {"lead": "Công an tỉnh"}),  # a column says it
    ],
)
def test_no_group_leads_where_its_title_may_be_another(
    titles: dict[str, str], cells: dict[str, str]
) -> None:
    tables, findings = tables_of(titles, **cells)
    assert set(tables["tasks"]["lead"]) == {cells.get("lead", "")}
    assert not any(one.rule == "lead_of_group" for one in findings)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Năm 2028", "2028"),
        ("Các nhiệm vụ triển khai trong năm 2027", "2027"),
        ("Cuối năm 2027", "2027"),
        ("NHIỆM VỤ TRỌNG TÂM NĂM 2027:", "2027"),
        ("Giai đoạn 2026 - 2028", ""),
        ("Trước năm 2026", ""),
        ("Sau năm 2026", ""),
        ("Từ năm 2026", ""),
        ("So với năm 2025", ""),
        ("Thực hiện Kế hoạch năm 2025", ""),
        ("Nhiệm vụ theo Nghị quyết năm 2025", ""),
        ("Quý II/2027", ""),
        ("Phấn đấu đến năm 2030", ""),
        ("Hạ tầng", ""),
    ],
)
def test_a_title_may_name_the_year_of_its_tasks(title: str, year: str) -> None:
    assert year_of_title(title) == year


def test_a_deadline_without_a_year_is_in_that_of_its_group_in_review() -> None:
    tables, findings = tables_of({"I": "Năm 2027", "II": "Hạ tầng"}, deadline="Tháng 9")
    tasks = tables["tasks"]
    assert list(tasks["start"]) == ["2027-09-01", ""]
    assert all("deadline" in review for review in tasks["review"])
    assert [one.place for one in findings if one.rule == "deadline_without_year"] == ["tasks II.1"]


def test_a_title_that_means_another_time_gives_its_tasks_no_year() -> None:
    tables, findings = tables_of({"I": "Trước năm 2027"}, deadline="Quý II")
    assert list(tables["tasks"]["start"]) == [""]
    assert [one.place for one in findings if one.rule == "deadline_without_year"] == ["tasks I.1"]


def test_what_no_year_makes_a_deadline_only_lacks_no_year() -> None:
    row = {"task_id": "1", "page_no": 1, "deadline_kind": ""}
    texts = ["Chờ ý kiến", "Trước 20/11", "Quý III", ""]
    found = list(without_year([{**row, "task_id": text, "deadline": text} for text in texts]))
    assert [one.place for one in found] == ["tasks Trước 20/11", "tasks Quý III"]
