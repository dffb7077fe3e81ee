"""Rows that a page break cuts, and what is taken for a number in their empty number cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from normalize.rows.scan.grid_rows import pages_to_tables
from normalize.rows.scan.layout import PageLayout
from normalize.rows.scan.row_numbers import number_rows, numbering_findings
from normalize.rows.scan.table_records import table_records
from schemas.table_kinds import TASK_ID
from tests.normalize.rows.scan.test_layout import HEADER as INDICATORS
from tests.normalize.rows.scan.test_layout import table

TASKS = (
    "TT",
    "Nhiệm vụ cụ thể",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời hạn thực hiện",
    "Nguồn lực",
)
TITLES = (("1", "Y tế", "", "", "", ""), ("1.1", "Khám chữa bệnh", "", "", "", ""))


def task(number: str, text: str = "Xây kho vắc-xin") -> tuple[str, ...]:
    return (number, text, "Sở Y tế", "Sở Tài chính", "Năm 2026", "Ngân sách nhà nước")


def rest(number: str) -> tuple[str, ...]:
    """What goes on below the header of the next page, with a mark in its number cell."""
    return (number, "và trạm y tế", "", "", "", "")


def keys_of(*pages: PageLayout) -> list[tuple[str, int]]:
    """The key of each row of a table over several pages, and of how many rows of the grid it is
    made.
    """
    (found,) = pages_to_tables(pages)
    return [(row.decided.key, len(row.rows)) for row in number_rows(found).rows]


@pytest.mark.parametrize("mark", ["", "|", ".", "- :"])
@pytest.mark.parametrize("after", ["1.1.3", "1.2"])
def test_a_speck_in_the_number_cell_of_a_cut_row_is_no_number(mark: str, after: str) -> None:
    below: Sequence[str] = (
        task(after) if after == "1.1.3" else (after, "Phòng bệnh", "", "", "", "")
    )
    pages = (
        table(TASKS, *TITLES, task("1.1.1"), task("1.1.2")),
        table(TASKS, rest(mark), below, page_no=2),
    )
    assert keys_of(*pages) == [("1", 1), ("1.1", 1), ("1.1.1", 1), ("1.1.2", 2), (after, 1)]


def test_a_lost_number_below_a_header_is_restored_where_the_next_one_asks_for_it() -> None:
    pages = (
        table(TASKS, *TITLES, task("1.1.1"), task("1.1.2")),
        table(TASKS, task("|"), task("1.1.4"), page_no=2),
    )
    assert keys_of(*pages)[3:] == [("1.1.2", 1), ("1.1.3", 1), ("1.1.4", 1)]


def test_a_lost_number_within_a_page_stays_a_row() -> None:
    page = table(TASKS, *TITLES, task("1.1.1"), task("|"), task("1.1.3"))
    assert keys_of(page)[2:] == [("1.1.1", 1), ("1.1.2", 1), ("1.1.3", 1)]


def test_a_speck_beside_the_rest_of_a_long_name_is_no_indicator() -> None:
    first, cut = (
        ("1", "Tuổi thọ", "Tuổi", "75", "Sở Y tế"),
        ("2", "Số giường bệnh trên", "Giường", "32", "Sở Y tế"),
    )
    pages = (
        table(INDICATORS, first, cut),
        table(INDICATORS, ("|", "một vạn dân", "", "", ""), ("3", *first[1:]), page_no=2),
    )
    assert keys_of(*pages) == [("1", 1), ("2", 2), ("3", 1)]


def test_the_rows_below_a_task_without_a_group_stand_in_none() -> None:
    page = table(TASKS, task("1"), ("2", "Nối đường", *[""] * 4), task("2.1"), task("2.2"))
    records = table_records("tasks", number_rows(pages_to_tables([page])[0]).rows, "1")
    assert [(record.row_id, record.parent_id, record.group_id) for record in records][1:] == [
        ("2", "", ""),
        ("2.1", "2", ""),
        ("2.2", "2", ""),
    ]


@pytest.mark.parametrize("mark", ["", ".", "-"])
def test_a_row_with_a_deadline_of_its_own_is_not_the_rest_of_the_one_above(mark: str) -> None:
    pages = (
        table(TASKS, *TITLES, task("1.1.1"), task("1.1.2")),
        table(TASKS, task(mark, "Mua máy siêu âm"), page_no=2),
    )
    assert keys_of(*pages)[2:] == [("1.1.1", 1), ("1.1.2", 1), ("1.1.3", 1)]


def test_a_deadline_cut_in_two_goes_on() -> None:
    whole = task("1.1.2")
    pages = (
        table(TASKS, *TITLES, task("1.1.1"), (*whole[:4], "Khởi công quý", whole[5])),
        table(TASKS, ("", "và trạm y tế", "", "", "II/2027", ""), page_no=2),
    )
    assert keys_of(*pages)[2:] == [("1.1.1", 1), ("1.1.2", 2)]


@pytest.mark.parametrize("number", ["(9)", "c)", "-"])
def test_a_sub_row_under_no_row_is_in_review_and_no_number_is_made_of_its_sign(number: str) -> None:
    found = pages_to_tables([table(TASKS, task(number), task("I"), task("5.1.4"))])[0]
    numbered = number_rows(found)
    records = list(table_records("tasks", numbered.rows, "1"))
    assert all(re.match(TASK_ID, record.row_id) for record in records if record.table == "tasks")
    findings = {finding.place for finding in numbering_findings(found, numbered.rows)}
    for record in records:
        if record.table == "tasks" and not record.review:
            assert f"tasks {record.row_id}" not in findings
    assert any("task_id" in record.review for record in records)
