"""Periods that head the columns of appendix 2."""

from __future__ import annotations

import pytest

from normalize.rows.distinct_keys import with_distinct_keys
from normalize.rows.scan.grid_rows import pages_to_tables
from normalize.rows.scan.row_numbers import number_rows
from normalize.rows.scan.table_records import table_records
from tests.normalize.rows.scan.test_layout import table


@pytest.mark.parametrize(
    ("read", "period"),
    [
        ("6 tháng đầu nắm 2027", "6 tháng đầu năm 2027"),
        ("Giai đoan 2026 - 2030", "Giai đoạn 2026 - 2030"),
        ("Ước thực hiện 2026", "Ước thực hiện 2026"),
    ],
)
def test_a_periods_misread_words_are_those_of_a_known_time(read: str, period: str) -> None:
    (found,) = pages_to_tables(
        [table(("STT", "Chỉ tiêu", "Đơn vị tính", read), ("I", "Tốc độ tăng", "%", "6,4"))]
    )
    assert [record.row_id for record in table_records("growth", number_rows(found).rows, "2")] == [
        f"I|{period}"
    ]


def test_two_columns_that_read_as_one_period_stay_apart_and_go_into_review() -> None:
    header = ("STT", "Chỉ tiêu", "Đơn vị tính", "Năm 2025", "Năm 2025", "Năm 2030")
    (found,) = pages_to_tables([table(header, ("I", "Tốc độ tăng", "%", "6,4", "7,1", "8,2"))])
    records, findings = with_distinct_keys(table_records("growth", number_rows(found).rows, "2"))
    assert [(record.row_id, record.review) for record in records] == [
        ("I|Năm 2025", ("period",)), ("I|Năm 2025 (2)", ("period",)), ("I|Năm 2030", ()),
    ]  # fmt: skip
    assert not findings
