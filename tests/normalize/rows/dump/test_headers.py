"""Headers of tables in a dump."""

from __future__ import annotations

import pytest

from normalize.rows.dump.headers import find_headers, read_header
from tests.normalize.rows.dump.dump_words import tokens_of, words

TASKS = "STT Nhiệm vụ cụ thể Cơ quan chủ trì Cơ quan phối hợp Thời gian hoàn thành"


def test_a_header_names_its_table_and_its_columns_in_order() -> None:
    tokens = tokens_of(f"{TASKS}\nMở đường")
    header = read_header(tokens, 0)
    assert header is not None
    assert (header.table, header.known) == (
        "tasks",
        ("task_id", "task", "lead", "coordinating", "deadline"),
    )
    assert words(tokens[slice(*header.span)]) == TASKS


@pytest.mark.parametrize(
    "text",
    [
        "STT Nhiệm vụ cụ thế Cơ quan chú trì Cơ quan phôi hợp Thời gian hoàn thành",
        "STT NHIEM VỤ CU THE CO QUAN CHỦ TRI CO QUAN PHỐI HOP THOI GIAN HOAN THANH",
        "STT Nhiệm vụ\ncụ thể\nCơ quan\nchủ trì Cơ quan\nphối hợp\nThời gian\nhoàn thành",
    ],
)
def test_labels_may_be_misread_and_stand_on_several_lines(text: str) -> None:
    header = read_header(tokens_of(text), 0)
    assert header is not None
    assert header.known == ("task_id", "task", "lead", "coordinating", "deadline")


def test_words_of_no_label_are_a_column_without_a_name() -> None:
    text = TASKS.replace("Thời gian", "Mã rừng Thời gian")
    tokens = tokens_of(text)
    header = read_header(tokens, 0)
    assert header is not None
    assert header.unknown == 2
    (span,) = (span for column, span in header.columns if not column)
    assert words(tokens[slice(*span)]) == "Mã rừng"


@pytest.mark.parametrize(
    "text",
    [
        "STT Nhiệm vụ cụ thể Mở đường về xã",
        "STT Cơ quan chủ trì Cơ quan phối hợp",
        "Mở đường về xã cùng dân làng trồng rừng",
    ],
)
def test_fewer_labels_than_a_table_must_have_are_no_header(text: str) -> None:
    assert read_header(tokens_of(text), 0) is None


def test_every_header_is_found_also_where_its_first_label_was_lost() -> None:
    text = f"Phụ lục\n{TASKS}\n1 Mở đường\n{TASKS.removeprefix('STT ')}\n2 Giữ rừng"
    tokens = tokens_of(text)
    found = find_headers(tokens)
    assert [header.table for header in found] == ["tasks", "tasks"]
    assert [tokens[header.span[0]].text for header in found] == ["STT", "Nhiệm"]
    assert [tokens[header.span[1]].text for header in found] == ["1", "2"]


@pytest.mark.parametrize("number", ["1", "I", "01", "1.", "14", "VII", "1.2"])
def test_the_first_row_s_number_below_a_header_is_no_word_of_its_last_label(number: str) -> None:
    tokens = tokens_of(f"{TASKS}\n{number}\nGiữ rừng")
    header = read_header(tokens, 0)
    assert header is not None
    assert words(tokens[slice(*header.span)]) == TASKS


def test_years_on_a_line_of_their_own_are_part_of_a_label() -> None:
    text = "STT Chỉ tiêu Đơn vị tính Mục tiêu\n2025 - 2030\n"
    tokens = tokens_of(f"{text}1\nĐộ che phủ")
    header = read_header(tokens, 0)
    assert header is not None
    assert words(tokens[slice(*header.span)]) == words(tokens_of(text))


def test_years_that_end_a_title_are_no_part_of_the_row_number_s_label() -> None:
    tokens = tokens_of(f"NHIỆM VỤ NĂM 2026 - 2029\n{TASKS}\nMở đường")
    (header,) = find_headers(tokens)
    assert words(tokens[slice(*header.span)]) == TASKS


def test_a_title_that_reads_like_a_label_is_no_column() -> None:
    title = "CHỈ TIÊU ĐẾN NĂM 2035\n"
    labels = "STT\nChỉ tiêu\nĐơn vị tính\nMục tiêu 2035\nĐơn vị chủ trì\n1\nSố trạm bơm\n"
    (header,) = find_headers(tokens_of(title + labels))
    assert header.known == ("indicator_id", "name", "unit", "target", "lead")
    assert header.span[0] == 5
