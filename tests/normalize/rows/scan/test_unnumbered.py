"""Rows that head others without a number, and sub-rows whose mark stands in their text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from normalize.rows.records import Record
from normalize.rows.scan.rows import pages_to_assembly
from tests.normalize.rows.scan.test_find_tables import page

HEADER = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Nguồn lực")
Row = Sequence[str]


def task(number: str, text: str, lead: str = "Sở Công Thương") -> Row:
    return (number, text, lead, "Sở Nội vụ", "Năm 2026", "Ngân sách tỉnh")


def heading(number: str, text: str) -> Row:
    return (number, text, "", "", "", "")


def title(text: str, number: str = "") -> Row:
    return (number, text, "<", "<", "<", "<")


def whole(text: str) -> Row:
    return (text, "<", "<", "<", "<", "<")


def records(table: str, *rows: Row) -> list[Record]:
    found = pages_to_assembly([page(HEADER, *rows)]).records
    return [record for record in found if record.table == table]


def text_of(record: Record, column: str) -> str:
    return " ".join(slot.text for piece in record.cells[column] for slot in piece.slots)


def under(*rows: Row) -> list[tuple[str, str]]:
    return [(record.row_id, record.group_id) for record in records("tasks", *rows)]


RUNNING = (
    title("Về thủy lợi"),
    task("1", "Đắp đê"),
    task("2", "Nạo vét kênh"),
    title("Về giao thông"),
    task("3", "Sửa cầu"),
)


def test_titles_without_numbers_are_groups_by_their_places() -> None:
    assert [(r.row_id, text_of(r, "title")) for r in records("groups", *RUNNING)] == [
        ("3|1", "Về thủy lợi"),
        ("3|2", "Về giao thông"),
    ]
    assert under(*RUNNING) == [("1", "1"), ("2", "1"), ("3", "2")]
    assert not any(r.review for r in records("tasks", *RUNNING))


def test_rows_that_count_anew_below_them_have_the_place_in_their_keys() -> None:
    rows = (*RUNNING[:4], task("1", "Sửa cầu"), task("2", "Mở đường"))
    assert under(*rows) == [("1.1", "1"), ("1.2", "1"), ("2.1", "2"), ("2.2", "2")]


def test_a_title_over_the_whole_width_keeps_its_first_word() -> None:
    rows = (whole("Lĩnh vực thủy lợi"), task("1", "Đắp đê"), whole("Giao thông nông thôn"))
    groups = records("groups", *rows, task("2", "Sửa cầu"))
    assert [text_of(r, "title") for r in groups] == ["Lĩnh vực thủy lợi", "Giao thông nông thôn"]


def test_a_title_without_number_among_numbered_ones_is_not_run_into_a_task() -> None:
    rows = (title("Về thủy lợi", "I"), task("1", "Đắp đê"), title("Nguồn vốn tỉnh"))
    rest = (task("2", "Nạo vét kênh"), title("Về giao thông", "II"), task("3", "Sửa cầu"))
    assert "Nguồn" not in " ".join(text_of(r, "task") for r in records("tasks", *rows, *rest))
    left = [text_of(r, "text") for r in records("other_cells", *rows, *rest)]
    assert left == ["Nguồn vốn tỉnh"]


def test_a_mark_in_the_text_beside_an_empty_number_makes_a_sub_row() -> None:
    rows = (
        heading("1", "Lập quy hoạch:"),
        task("", "- Cấp tỉnh"),
        task("", "- Cấp xã", "Sở Y tế"),
        task("2", "Đắp đê"),
    )
    found = records("tasks", *rows)
    assert [(r.row_id, text_of(r, "task")) for r in found] == [
        ("1", "Lập quy hoạch:"),
        ("1(1)", "- Cấp tỉnh"),
        ("1(2)", "- Cấp xã"),
        ("2", "Đắp đê"),
    ]


def test_letters_without_a_bracket_number_sub_rows() -> None:
    rows = (title("Thủy lợi", "I"), heading("1", "Làm kè:"), task("a", "Bờ tả"))
    rest = (task("b", "Bờ hữu"), task("2", "Đắp đê"), title("Cầu", "II"), task("1", "Sửa cầu"))
    keys = [record.row_id for record in records("tasks", *rows, *rest)]
    assert keys == ["I.1", "I.1(a)", "I.1(b)", "I.2", "II.1"]


def test_a_number_may_lead_the_title_beside_an_empty_cell() -> None:
    rows = (title("I. Thủy lợi"), task("1", "Đắp đê"), title("II. Giao thông"))
    groups = records("groups", *rows, task("2", "Sửa cầu"))
    assert [(r.row_id, text_of(r, "title")) for r in groups] == [
        ("3|I", "Thủy lợi"),
        ("3|II", "Giao thông"),
    ]
    assert records("other_cells", *rows) == []


UNNUMBERED = ("Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Nguồn lực")


def without_column(*rows: Row) -> list[tuple[str, str, str]]:
    """The key, printed number and text of each task of a table without a column of numbers."""
    found = pages_to_assembly([page(UNNUMBERED, *rows)]).records
    return [(r.row_id, r.number, text_of(r, "task")) for r in found if r.table == "tasks"]


def test_rows_without_any_number_count_by_their_places() -> None:
    rows = (task("", "Đắp đê")[1:], task("", "Nạo vét kênh", "Sở Y tế")[1:])
    assert without_column(*rows) == [("1", "", "Đắp đê"), ("2", "", "Nạo vét kênh")]
    below = (title("I. Thủy lợi")[1:], *rows, title("II. Cầu")[1:], task("", "Sửa cầu")[1:])
    assert [key for key, _, _ in without_column(*below)] == ["I.1", "I.2", "II.1"]


def test_numbers_may_lead_the_texts() -> None:
    rows = (
        heading("", "1. Thủy lợi")[1:],
        task("", "1.1. Đắp đê")[1:],
        task("", "1.2. Nạo vét")[1:],
        task("", "2. Sửa cầu")[1:],
    )
    assert without_column(*rows)[1:] == [
        ("1.1", "1.1", "Đắp đê"),
        ("1.2", "1.2", "Nạo vét"),
        ("2", "2", "Sửa cầu"),
    ]


def test_one_dash_that_is_surely_one_has_no_number() -> None:
    header = ("STT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu", "Đơn vị chủ trì")
    rows = [("1", "Rừng trồng", "ha", "50", "Sở Y tế"), ("-", "Rừng gỗ lớn", "ha", "20", "")]
    layout = page(header, *rows, ("2", "Cây xanh", "cây", "90", ""))
    found = [r for r in pages_to_assembly([layout]).records if r.table == "indicators"]
    assert [(r.row_id, r.number) for r in found] == [("1", "1"), ("1(1)", ""), ("2", "2")]


@pytest.mark.parametrize("total", ["Tổng cộng", "CỘNG (I+II)", "Tổng số nhóm B"])
def test_a_sum_of_rows_is_no_part_of_the_last_one(total: str) -> None:
    header = ("STT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu", "Đơn vị chủ trì")
    rows = [("1", "Rừng trồng", "ha", "50", "Sở Y tế"), ("2", "Cây xanh", "ha", "9", "Sở Y tế")]
    found = pages_to_assembly([page(header, *rows, ("", total, "ha", "59", ""))]).records
    assert [r.row_id for r in found if r.table == "indicators"] == ["1", "2"]
    left = [text_of(r, "text") for r in found if r.table == "other_cells"]
    assert left == [total, "ha", "59"]
