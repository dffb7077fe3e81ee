"""The prose and the appendices of a dump."""

from __future__ import annotations

import pytest

from normalize.rows.dump.parts import text_to_parts
from normalize.rows.dump.tokens import NEW_PAGE
from schemas.errors import NotAProgramme, TwoTablesOfOneKind
from tests.normalize.rows.dump.dump_words import tokens_of, words

PROSE = "I- MỤC TIÊU\n1. Giữ rừng, xem Phụ lục 3.\n"
INDICATORS = "STT Chỉ tiêu Đơn vị tính Mục tiêu 2025 - 2030 Đơn vị chủ trì"
TASKS = "TT Nhiệm vụ cụ thể Cơ quan chủ trì Cơ quan phối hợp Thời gian hoàn thành"
GROWTH = "STT Chỉ tiêu Đơn vị tính Giai đoạn 2020 - 2025 Giai đoạn 2025 - 2030"


def test_the_prose_ends_at_the_first_appendix_s_title() -> None:
    parts = text_to_parts(
        tokens_of(
            f"{PROSE}\nPHỤ LỤC 1\nCÁC CHỈ TIÊU\n{INDICATORS}\n1 Độ che phủ\n\n"
            f"PHỤ LỤC 3\nDANH MỤC\n{TASKS}\n1.1.1 Giữ rừng\n"
        )
    )
    assert words(parts.prose) == words(tokens_of(PROSE))
    assert [(part.name, words(part.tokens)) for part in parts.tables] == [
        ("indicators", "1 Độ che phủ"),
        ("tasks", "1.1.1 Giữ rừng"),
    ]


def test_a_header_that_is_repeated_begins_a_page_of_the_same_table() -> None:
    text = f"{PROSE}\nPHỤ LỤC 3\n{TASKS}\n1.1.1 Giữ rừng\n7\n{TASKS}\n1.1.2 Trồng rừng\n"
    (part,) = text_to_parts(tokens_of(text)).tables
    assert words(part.tokens) == "1.1.1 Giữ rừng 1.1.2 Trồng rừng"
    assert [token.text for token in part.tokens if token.gap == NEW_PAGE] == ["1.1.1", "1.1.2"]


def test_columns_of_periods_are_counted_and_keep_their_labels() -> None:
    text = f"{PROSE}\nPHỤ LỤC 2\nTĂNG TRƯỞNG\n{GROWTH}\nDịch vụ % 8,4 10,1\n"
    (part,) = text_to_parts(tokens_of(text)).tables
    assert part.columns == ("line_id", "name", "unit", "value 1", "value 2")
    assert [words(label) for label in part.periods] == [
        "Giai đoạn 2020 - 2025",
        "Giai đoạn 2025 - 2030",
    ]


def test_a_number_s_column_is_there_also_where_its_label_was_lost() -> None:
    text = f"{PROSE}\nPHỤ LỤC 3\n{TASKS.removeprefix('TT ')}\n1.1.1 Giữ rừng\n"
    (part,) = text_to_parts(tokens_of(text)).tables
    assert part.columns == ("task_id", "task", "lead", "coordinating", "deadline")
    assert part.columns[part.text] == "task"


def test_a_table_that_begins_twice_is_refused_with_both_lines() -> None:
    one = f"PHỤ LỤC 3\n{TASKS}\n1 Giữ rừng\n1.1 Trồng rừng\n"
    with pytest.raises(TwoTablesOfOneKind) as told:
        text_to_parts(tokens_of(f"{PROSE}\n{one}\n{one}"))
    assert told.value.where == "lines 5, 10"


def test_a_text_without_a_header_is_refused() -> None:
    with pytest.raises(NotAProgramme, match="in 2 lines"):
        text_to_parts(tokens_of(PROSE))


def test_a_last_label_that_no_list_has_is_taken_from_below_each_header() -> None:
    head = f"{TASKS}\nNgười ký duyệt\n"
    again = head.replace("Người", "Ngưòi")
    text = f"{PROSE}\nPHỤ LỤC 3\n{head}1\nGiữ rừng\n{again}1.1.2 Trồng rừng\n"
    (part,) = text_to_parts(tokens_of(text)).tables
    assert part.columns[-1] == "other 1"
    assert [words(label) for label in part.others] == ["Người ký duyệt"]
    assert words(part.tokens) == "1 Giữ rừng 1.1.2 Trồng rừng"


YEARS = "STT Chỉ tiêu ĐVT Đơn vị chủ trì\nTH 2024\n2026\nMục tiêu đến năm 2030"


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ("1\nSố hồ\nHa\n3 4 9\nSở Y tế", ("value 1", "value 2", "target", "lead")),
        ("1\nSố hồ\nHa\nSở Y tế\n3 4 9", ("lead", "value 1", "value 2", "target")),
    ],
)
def test_years_of_a_lower_row_of_labels_stand_where_their_figures_do(
    row: str, columns: tuple[str, ...]
) -> None:
    text = f"{PROSE}\nPHỤ LỤC 1\nCHỈ TIÊU\n{YEARS}\n{row}\n"
    (part,) = text_to_parts(tokens_of(text)).tables
    assert part.columns == ("indicator_id", "name", "unit", *columns)
    assert [words(label) for label in part.periods] == ["TH 2024", "2026"]


def test_the_last_year_is_the_goal_where_no_label_names_one() -> None:
    labels = "STT Chỉ tiêu ĐVT Đơn vị chủ trì TH 2024 2027 2030"
    text = f"{PROSE}\nPHỤ LỤC 1\nCHỈ TIÊU\n{labels}\n1\nSố hồ\nHa\nSở Y tế\n3 4 9\n"
    (part,) = text_to_parts(tokens_of(text)).tables
    assert part.columns[-3:] == ("value 1", "value 2", "target")
    assert words(part.target) == "2030"


@pytest.mark.parametrize("title", ["Thủy sản", "Logistics"])
def test_a_title_below_one_of_two_headers_is_no_label(title: str) -> None:
    text = f"{PROSE}\nPHỤ LỤC 3\n{TASKS}\n{title}\n1.1.1 Nuôi cá\n{TASKS}\n1.1.2 Giữ rừng\n"
    (part,) = text_to_parts(tokens_of(text)).tables
    assert part.columns[-1] == "deadline"
    assert words(part.tokens) == f"{title} 1.1.1 Nuôi cá 1.1.2 Giữ rừng"


def test_a_word_below_the_only_header_is_no_label() -> None:
    text = f"{PROSE}\nPHỤ LỤC 3\n{TASKS}\nLogistics\n1\nMở cảng\n"
    (part,) = text_to_parts(tokens_of(text)).tables
    assert words(part.tokens) == "Logistics 1 Mở cảng"


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [(("PHU", "PHỤ LỤC 2"), ["1", "2"]), (("PHỤ LỤC 2", "PHỤ LUG 3"), ["2", "3"])],
)
def test_an_appendix_whose_label_was_misread_follows_the_one_above(
    labels: tuple[str, str], numbers: list[str]
) -> None:
    first, second = labels
    text = f"{PROSE}\n{first}\nNUÔI CÁ\n{TASKS}\n1\nNuôi cá\n\n"
    text += f"{second}\nĐO ĐẠC\n{INDICATORS}\n1\nSố hồ\n"
    assert [part.number for part in text_to_parts(tokens_of(text)).tables] == numbers
