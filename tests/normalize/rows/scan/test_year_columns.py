"""Columns of years in a table of indicators: which of them is the goal."""

from __future__ import annotations

import pytest

from normalize.rows.scan.grid_rows import pages_to_tables
from normalize.rows.scan.headers import read_header
from normalize.rows.scan.row_numbers import number_rows
from normalize.rows.scan.table_records import table_records
from normalize.tables.rows_to_tables import indicator_values_in_order
from tests.normalize.rows.scan.test_find_tables import page
from tests.normalize.rows.scan.test_layout import table

BESIDE = ("STT", "Chỉ tiêu", "Đơn vị tính")


@pytest.mark.parametrize(
    ("over", "years", "columns"),
    [
        ("Kế hoạch", ("2026", "2028", "2031"), ("value", "value", "value")),
        ("Mục tiêu", ("Năm 2027", "Năm 2032"), ("value", "value")),
        ("Lộ trình", ("Mục tiêu 2027", "Mục tiêu 2032"), ("value", "value")),
        ("Lộ trình", ("Kế hoạch 2027", "Mục tiêu 2032"), ("value", "target")),
        ("Lộ trình", ("Mục tiêu 2032", "Ước năm 2025"), ("target", "value")),
    ],
)
def test_of_several_years_under_one_label_none_is_called_the_goal(
    over: str, years: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    lower = [*BESIDE, *years, "Cơ quan chủ trì"]
    whole = [*BESIDE, *(f"{over} {year}" for year in years), "Cơ quan chủ trì"]
    header = read_header([[text] for text in whole], labels=[[text] for text in lower])
    assert header is not None
    assert header.table == "indicators"
    assert header.columns[3:-1] == columns


def test_a_year_may_stand_above_what_its_columns_are() -> None:
    upper = (*BESIDE, "Năm 2024", "Năm 2025", "Năm 2025", "Kế hoạch 2026")
    lower = (*BESIDE, "Năm 2024", "Giao kế hoạch", "Thực hiện", "Kế hoạch 2026")
    whole = [f"{a} {b}" if a != b else a for a, b in zip(upper, lower, strict=True)]
    header = read_header(
        [[text] for text in whole], "CÁC CHỈ TIÊU NĂM 2026", [[text] for text in lower]
    )
    assert header is not None
    assert header.table == "indicators"
    assert header.columns[3:] == ("value",) * 4


def test_a_plan_alone_is_the_goal() -> None:
    header = read_header([[text] for text in (*BESIDE, "Kế hoạch 2026 - 2030", "Đơn vị chủ trì")])
    assert header is not None
    assert header.columns[3] == "target"


def test_the_last_year_is_the_target_and_no_value_beside_it() -> None:
    header = (*BESIDE, "Hiện trạng 2025", "Năm 2027", "Năm 2031", "Đơn vị chủ trì")
    row = ("1", "Độ phủ bảo hiểm y tế", "%", "91", "94", "98", "Sở Y tế")
    (found,) = pages_to_tables([table(header, row)])
    records = list(table_records("indicators", number_rows(found).rows, "2"))
    assert [(record.table, record.row_id, record.label) for record in records] == [
        ("indicators", "1", "Năm 2031"),
        ("indicator_values", "1|Hiện trạng 2025", "Hiện trạng 2025"),
        ("indicator_values", "1|Năm 2027", "Năm 2027"),
    ]


@pytest.mark.parametrize(
    ("title", "periods", "kind"),
    [
        ("BIỂU 2 CHỈ TIÊU Y TẾ", ("TH 2025", "KH 2026", "KH 2031"), "indicators"),
        ("BIỂU 2 CHỈ TIÊU Y TẾ", ("TH 2021 - 2025", "KH 2026 - 2030"), "indicators"),
        ("BIỂU 2 CHỈ TIÊU TĂNG TRƯỞNG", ("Năm 2025", "Năm 2026", "Năm 2031"), "growth"),
        ("BIỂU 2 CHỈ TIÊU KINH TẾ", ("Giai đoạn 2021 - 2025", "Giai đoạn 2026 - 2030"), "growth"),
        ("BIỂU 2", ("Năm 2025", "Năm 2031"), "growth"),
    ],
)
def test_single_years_under_a_title_of_indicators_are_theirs(
    title: str, periods: tuple[str, ...], kind: str
) -> None:
    header = read_header([[text] for text in (*BESIDE, *periods)], title)
    assert header is not None
    assert header.table == kind


def test_a_label_above_calls_its_years_what_was_reached() -> None:
    sheet = page(
        (*BESIDE, "Thực hiện", "Kế hoạch", "<"),
        ("^", "^", "^", "2025", "2027", "2031"),
        ("1", "Độ phủ cây", "%", "41", "44", "50"),
        above=("PHỤ LỤC 2", "CHỈ TIÊU"),
    )
    (found,) = pages_to_tables([sheet])
    records = list(table_records("indicators", number_rows(found).rows, "2"))
    assert [(record.label, record.kind) for record in records] == [
        ("2031", "2"),
        ("2025", "0 baseline"),
        ("2027", "1"),
    ]


@pytest.mark.parametrize(
    ("period_end", "date", "role"),
    [
        ("2025-12-31", "2025-11-03", "baseline"),
        ("2026-12-31", "2025-11-03", "milestone"),
        ("2026-12-31", "", "baseline"),
    ],
)
def test_what_a_label_above_calls_reached_is_so_up_to_the_documents_year(
    period_end: str, date: str, role: str
) -> None:
    value = {"indicator_id": "1", "period": "-", "period_end": period_end, "role": "baseline"}
    found = indicator_values_in_order([{"indicator_id": "1"}], [{**value, "place": 0}], date)
    assert [row["role"] for row in found] == [role]


@pytest.mark.parametrize(
    ("above", "kind"),
    [
        ("Ước thực hiện", "0 baseline"),
        ("Thực hiện các năm", "0 baseline"),
        ("Thực hiện giai đoạn 2025 - 2031", "0"),
        ("Thực hiện kế hoạch", "0"),
    ],
)
def test_a_label_that_says_more_than_what_was_reached_is_no_baseline(above: str, kind: str) -> None:
    sheet = page(
        (*BESIDE, above, "Kế hoạch", "<"),
        ("^", "^", "^", "2025", "2027", "2031"),
        ("1", "Độ phủ cây", "%", "41", "44", "50"),
        above=("PHỤ LỤC 2", "CHỈ TIÊU"),
    )
    (found,) = pages_to_tables([sheet])
    records = list(table_records("indicators", number_rows(found).rows, "2"))
    assert [record.kind for record in records if record.label.endswith("2025")] == [kind]
