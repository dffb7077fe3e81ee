"""What a fault of the grid takes from a row or brings to it is in review: a column that a table has
on other pages and not on this one, a ruled row without a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from normalize.rows.scan.grid_rows import pages_to_tables
from normalize.rows.scan.layout import PageLayout
from normalize.rows.scan.row_numbers import number_rows
from normalize.rows.scan.rows import pages_to_assembly
from normalize.rows.scan.table_records import table_records
from schemas.row_tables import Indicators
from schemas.witnesses import INK
from tests.normalize.rows.scan.test_find_tables import page

HEADER = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")
FIRST = ("1", "Trồng rừng", "Sở Công Thương", "Sở Nội vụ", "Năm 2026")


def overleaf(*rows: Sequence[str]) -> PageLayout:
    layout = page(*rows, above=())
    boxes = tuple(replace(box, page_no=2) for box in layout.tables[0])
    return replace(layout, page_no=2, tables=(boxes,))


def reviews(*pages: PageLayout) -> dict[str, tuple[str, ...]]:
    (table,) = pages_to_tables(pages)
    return {
        record.row_id: record.review
        for record in table_records(table.name, number_rows(table).rows, "1")
    }


def test_a_column_whose_ruling_was_not_seen_on_a_page_is_in_review_there_alone() -> None:
    labels = (HEADER[0], HEADER[1], *HEADER[3:])
    second = overleaf(labels, ("2", "Nuôi ong Sở Y tế lấy mật", "Công an tỉnh", "Năm 2027"))
    assert reviews(page(HEADER, FIRST), second) == {"1": (), "2": ("lead",)}


def test_a_page_on_which_both_roles_are_taken_for_one_column_is_in_doubt_alone() -> None:
    labels = (*HEADER[:2], "Cơ quan chủ trì, phối hợp", HEADER[4])
    second = overleaf(labels, ("2", "Nuôi ong", "Sở Y tế Công an tỉnh", "Năm 2027"))
    assert reviews(page(HEADER, FIRST), second)["1"] == ()


def test_an_empty_cell_of_a_column_that_is_there_is_no_doubt() -> None:
    second = overleaf(HEADER, ("2", "Nuôi ong", "", "Công an tỉnh", "Năm 2027"))
    assert reviews(page(HEADER, FIRST), second) == {"1": (), "2": ()}


def test_for_a_lost_column_of_values_the_goal_of_an_indicator_is_in_review() -> None:
    header = ("TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2024", "Mục tiêu 2029", "Cơ quan chủ trì")
    first = page(header, ("1", "Độ phủ rừng", "%", "41", "44", "Sở Y tế"), above=("CHỈ TIÊU",))
    second = overleaf((*header[:3], *header[4:]), ("2", "Số xã có chợ", "xã", "12", "Sở Nội vụ"))
    found = reviews(first, second)
    assert found["2"] == ("target",)
    assert set(found["2"]) <= set(Indicators.to_schema().columns)


def test_for_a_lost_column_of_beginnings_the_deadline_is_in_review() -> None:
    header = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian bắt đầu", "Thời gian hoàn thành")
    first = page(header, ("1", "Trồng rừng", "Sở Công Thương", "Tháng 2/2026", "Tháng 9/2027"))
    second = overleaf((*header[:3], header[4]), ("2", "Nuôi ong", "Sở Y tế", "Năm 2027"))
    found = reviews(first, second)
    assert (found["1"], found["2"]) == ((), ("deadline",))


def test_a_cell_over_two_columns_may_hold_what_belongs_to_either() -> None:
    row = ("2", "Nuôi ong", "Sở Y tế Công an tỉnh", "<", "Năm 2027")
    table = page(HEADER, FIRST, row)
    marks = {
        record.row_id: {
            column: [slot.readings[0][0] for piece in pieces for slot in piece.slots][:1]
            for column, pieces in record.cells.items()
        }
        for record in table_records("tasks", number_rows(pages_to_tables([table])[0]).rows, "1")
    }
    assert marks["2"]["lead"] == marks["2"]["coordinating"] == [INK]
    assert INK not in marks["1"]["lead"] + marks["2"]["deadline"]


def test_a_ruled_row_without_a_number_puts_what_it_brings_to_the_row_above_in_review() -> None:
    bare = ("2", "Dời lò gạch", "", "", "")
    rest = ("", "ở bãi Bắc", "", "", "")
    own = ("", "Lò gạch ở bãi Nam", "Sở Y tế", "", "Năm 2028")
    third = ("3", "Nuôi ong", "Công an tỉnh", "Sở Nội vụ", "Năm 2027")
    assert reviews(page(HEADER, FIRST, bare, own, third))["2"] == ("task", "lead", "deadline")
    assert reviews(page(HEADER, FIRST, bare, rest, third))["2"] == ()


@pytest.mark.parametrize(
    ("beside", "expected"), [("và chăn nuôi", ("title",)), ("Sở Y tế", ()), ("", ())]
)
def test_a_title_that_a_false_wall_may_have_cut_is_in_review(
    beside: str, expected: tuple[str, ...]
) -> None:
    rows = (
        ("1", "Phát triển trồng trọt", beside, "", ""),
        ("1.1", "Giữ giống cũ", "", "", ""),
        *((number, *FIRST[1:]) for number in ("1.1.1", "1.1.2")),
        ("1.2", "Giữ đất", "", "", ""),
        ("1.2.1", *FIRST[1:]),
    )
    assert reviews(page(HEADER, *rows))["1|1"] == expected


def test_what_it_brings_to_a_column_of_no_table_is_in_review_in_extras() -> None:
    header = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Diện tích", "Thời hạn")
    first = ("1", "Trồng sim", "Sở Y tế", "5 ha", "Năm 2026")
    rows = [first, ("2", "Trồng bần", "", "", ""), ("", "", "Công an tỉnh", "7 ha", "Năm 2027")]
    records = pages_to_assembly([page(header, *rows)]).records
    assert [r.review for r in records if r.table == "tasks"] == [(), ("lead", "deadline")]
    assert [r.review for r in records if r.table == "extras"] == [(), ("value",)]
