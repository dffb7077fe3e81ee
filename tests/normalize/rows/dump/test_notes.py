"""Notes of a dumped table: at the end of a page and of the table, with and without their mark."""

from __future__ import annotations

import pytest

from normalize.rows.dump.notes import take_notes
from tests.normalize.rows.dump.dump_words import tokens_of, words

COLUMNS = ("task_id", "task", "lead", "coordinating", "deadline")
WITH_FUNDING = (*COLUMNS, "funding")
ROW = "2.1.1\nNạo vét kênh chính, sửa cống lấy nước ở các xã.\n\nSở Xây dựng\n\nSở Y tế\n\nNăm 2027"
NEXT = "2.1.2\nTrồng tre chắn sóng ven đê.\n\nSở Y tế\n\nSở Xây dựng\n\nNăm 2028"
NOTE = "Chưa bao gồm các tuyến kênh do huyện quản lý."


def taken(text: str, columns: tuple[str, ...] = COLUMNS) -> tuple[str, str]:
    found = take_notes(tokens_of(text), columns)
    return words(found.tokens), words(found.notes)


@pytest.mark.parametrize("mark", ["", "* ", "(1) ", "1 ", "- "])
def test_a_sentence_below_a_whole_row_that_ends_a_page_is_a_note(mark: str) -> None:
    rows, notes = taken(f"{ROW}\n\n{mark}{NOTE}\f{NEXT}")
    assert notes == mark + NOTE
    assert rows == words(tokens_of(f"{ROW}\f{NEXT}"))


def test_a_note_that_says_nothing_of_the_kind_leaves_the_cell_above_in_doubt() -> None:
    found = take_notes(tokens_of(f"{ROW}\n\nKênh phụ do hợp tác xã tự lo liệu.\f{NEXT}"), COLUMNS)
    assert words(found.notes) == "Kênh phụ do hợp tác xã tự lo liệu."
    assert found.unsure == {len(tokens_of(ROW)) - 1}


def test_a_note_below_a_group_s_title_is_no_part_of_it() -> None:
    title = f"{ROW}\n\n2.2 Đê điều và kè biển"
    assert taken(f"{title}\n\n{NOTE}\f{NEXT}")[0] == words(tokens_of(f"{title}\f{NEXT}"))


def test_a_note_between_the_halves_of_a_row_is_taken_out() -> None:
    halves = ROW.replace("sửa cống lấy nước ở", "sửa cống lấy\n\n(1) " + NOTE + "\fnước ở")
    rows, notes = taken(halves)
    assert notes == f"(1) {NOTE}"
    assert rows == words(tokens_of(ROW))


def test_a_sub_row_that_a_page_break_cuts_is_no_note() -> None:
    cut = f"{ROW}\n\n(2)\nNạo vét kênh nhánh.\fSở Xây dựng\n\nSở Y tế\n\nNăm 2026"
    assert taken(cut)[1] == ""


def test_the_text_of_a_row_that_ends_a_page_is_no_note() -> None:
    cut = f"{ROW}\n\n2.1.2\nSở Y tế chủ trì kiểm tra nước sạch ở các thôn.\fSở Y tế\n\nNăm 2028"
    assert taken(cut)[1] == ""


def test_the_closing_note_is_told_where_the_last_column_is_funding() -> None:
    note = "Đơn vị in đậm chịu trách nhiệm trước tỉnh."
    text = f"{ROW}\n\nNgân sách nhà nước\n\n{note}"
    assert taken(text, WITH_FUNDING)[1] == note


def test_a_page_may_end_within_the_closing_note() -> None:
    note = "* Ghi chú: Xã nào xong trước thì báo"
    assert taken(f"{ROW}\n\n{note}\fvề huyện.")[1] == f"{note} về huyện."


def test_a_row_that_heads_its_parts_overleaf_is_no_note_below_a_title() -> None:
    head = "3.1 Trạm bơm\n3.1.1\nXây các trạm bơm dọc bờ tả sau đây:"
    assert taken(f"{ROW}\n\n{head}\f(1)\nTrạm đầu mối.")[1] == ""
