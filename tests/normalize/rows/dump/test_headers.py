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


def columns_of(text: str) -> list[tuple[str, str]]:
    """The columns of the header that a text begins with, each with its label."""
    tokens = tokens_of(text)
    header = read_header(tokens, 0)
    assert header is not None
    return [(name, words(tokens[slice(*span)])) for name, span in header.columns]


def rows_below(text: str) -> str:
    """What stands below the header that a text begins with."""
    tokens = tokens_of(text)
    header = read_header(tokens, 0)
    assert header is not None
    return words(tokens[header.span[1] :])


@pytest.mark.parametrize("number", ["1", "B", "II", "(1)"])
def test_a_first_row_that_reads_like_a_label_is_none(number: str) -> None:
    row = f"{number}\nKINH PHÍ CHO RỪNG"
    assert rows_below(f"{TASKS}\n{row}") == words(tokens_of(row))


@pytest.mark.parametrize("numbers", ["(1) (2) (3) (4) (5)", "1\n2\n3\n4\n5", "(1) (2) (8) (4) (5)"])
def test_the_numbers_of_columns_are_neither_labels_nor_rows(numbers: str) -> None:
    text = f"{TASKS}\n{numbers}\n1\nGiữ rừng"
    assert columns_of(text)[-1] == ("deadline", "Thời gian hoàn thành")
    assert rows_below(text) == "1 Giữ rừng"


def test_a_label_goes_on_behind_a_comma() -> None:
    text = TASKS.replace("Nhiệm vụ cụ thể", "Tên nhiệm vụ, công trình")
    assert columns_of(text)[1:3] == [("task", "Tên nhiệm vụ,"), ("lead", "Cơ quan chủ trì")]


@pytest.mark.parametrize(
    "labels",
    [
        "Đơn vị chủ trì,\nĐơn vị phối hợp",
        "Đơn vị chủ trì\nđơn vị phối hợp",
        "Đơn vị chủ trì và đơn vị phối hợp",
    ],
)
def test_two_roles_joined_in_one_label_are_one_column(labels: str) -> None:
    text = f"STT Nhiệm vụ {labels}\nThời hạn"
    assert [name for name, _ in columns_of(text)] == [
        "task_id", "task", "lead_and_coordinating", "deadline",
    ]  # fmt: skip


def test_two_roles_in_cells_of_their_own_are_two_columns() -> None:
    text = "STT\n\nNhiệm vụ\n\nCơ quan chủ trì\n\ncơ quan phối hợp\n\nThời hạn"
    assert [name for name, _ in columns_of(text)][2:4] == ["lead", "coordinating"]


def test_a_label_before_that_of_one_column_for_both_roles_is_no_part_of_it() -> None:
    text = "TT\n\nNhiệm vụ\n\nKết quả\n\nCơ quan chủ trì, phối hợp\n\nThời gian hoàn thành"
    assert columns_of(text)[2:4] == [
        ("", "Kết quả"), ("lead_and_coordinating", "Cơ quan chủ trì, phối hợp"),
    ]  # fmt: skip


def test_labels_known_in_ruled_tables_alone_are_looked_for_where_two_columns_are_lacking() -> None:
    text = "STT Nhiệm vụ Cơ quan soạn thảo Cơ quan phối hợp Tiến độ hoàn thành Kinh phí"
    assert [name for name, _ in columns_of(text)] == [
        "task_id", "task", "lead", "coordinating", "deadline", "funding",
    ]  # fmt: skip


@pytest.mark.parametrize("below", ["(1) (2) (3) (4) (5) (6)\nII Giữ rừng", "1\nGiữ rừng"])
def test_a_last_label_that_no_list_has_is_a_column(below: str) -> None:
    assert columns_of(f"{TASKS}\nNgười ký duyệt\n{below}")[-1] == ("", "Người ký duyệt")


def test_words_below_a_header_that_a_later_row_follows_are_no_label() -> None:
    text = f"{TASKS}\nkhu tái định cư\n4\nGiữ rừng"
    assert columns_of(text)[-1][0] == "deadline"


@pytest.mark.parametrize("above", ["", "Phân kỳ thực hiện hằng năm\n", "Các năm\n" * 4])
def test_columns_of_years_are_columns_of_values(above: str) -> None:
    labels = "Ước 2024\n2027\nKế hoạch 2028\nMục tiêu đến năm 2029\nĐơn vị chủ trì"
    found = columns_of(f"TT\nChỉ tiêu\nĐơn vị tính\n{above}{labels}\n1\nSố hồ")
    assert found[3:] == [
        ("value", "Ước 2024"), ("value", "2027"), ("value", "Kế hoạch 2028"),
        ("target", "Mục tiêu đến năm 2029"), ("lead", "Đơn vị chủ trì"),
    ]  # fmt: skip


def test_years_alone_are_columns_of_growth() -> None:
    tokens = tokens_of("STT Chỉ tiêu ĐVT Năm 2025 Năm 2030\n1 Dịch vụ")
    header = read_header(tokens, 0)
    assert header is not None
    assert (header.table, header.known[3:]) == ("growth", ("value", "value"))


@pytest.mark.parametrize("cell", ["Nuôi ong", "Chỉ số", "Y tế cơ sở"])
@pytest.mark.parametrize("label", ["STT", "TT", "Số TT", "Số\nTT"])
def test_a_cell_right_above_a_repeated_header_is_no_part_of_it(cell: str, label: str) -> None:
    header = f"{label} Nội dung công việc Cơ quan chủ trì, phối hợp Thời gian Sản phẩm"
    rows = "1\nTrồng rừng\nSở Y tế\nNăm 2026\nQuyết định\n2\n"
    tokens = tokens_of(f"{header}\n{rows}{cell}\n{header}\n3\nMở đường")
    found = [words(tokens[slice(*one.span)]) for one in find_headers(tokens)]
    assert found == [header.replace("\n", " ")] * 2
