"""The rows of an appendix of a dump: which words are whose cell."""

from __future__ import annotations

import pytest

from normalize.rows.dump.parts import text_to_parts
from normalize.rows.dump.table_rows import DumpTable, part_to_table
from tests.normalize.rows.dump.dump_words import tokens_of, words

HEADER = "TT Nhiệm vụ cụ thể Cơ quan chủ trì Cơ quan phối hợp Thời gian Nguồn kinh phí"
ROWS = """
1
Giữ rừng

1.1
Trồng rừng ở đầu nguồn

1.1.1
Chọn giống cây cho các xã vùng cao.

Sở Tài chính

Các cơ quan liên quan

Tháng 6/2026

Ngân sách nhà nước

1.1.2
Ươm cây ở các thôn.

Sở Y tế

Các cơ quan liên quan

Năm 2027

Ngân sách nhà nước
"""
NOTE = "\n(*) Cơ quan đứng đầu là cơ quan chủ trì.\n"


def table(rows: str) -> DumpTable:
    text = f"I- MỤC TIÊU\n1. Giữ rừng.\n\nPHỤ LỤC 3\nDANH MỤC\n{HEADER}\n{rows}"
    (part,) = text_to_parts(tokens_of(text)).tables
    return part_to_table(part)


def test_every_word_stands_in_its_cell() -> None:
    found = table(ROWS)
    assert [row.decided.key for row in found.rows] == ["1", "1.1", "1.1.1", "1.1.2"]
    assert {name: words(cell) for name, cell in found.rows[2].cells.items()} == {
        "task": "Chọn giống cây cho các xã vùng cao.",
        "lead": "Sở Tài chính",
        "coordinating": "Các cơ quan liên quan",
        "deadline": "Tháng 6/2026",
        "funding": "Ngân sách nhà nước",
    }
    assert words(found.rows[2].number) == "1.1.1"
    assert found.rows[2].doubt == frozenset()
    assert found.note == ()


def test_the_note_that_closes_the_table_is_no_part_of_its_last_row() -> None:
    found = table(ROWS + NOTE)
    assert words(found.note) == words(tokens_of(NOTE))
    assert words(found.rows[-1].cells["funding"]) == "Ngân sách nhà nước"


def test_an_asterisk_before_a_row_s_number_begins_no_note() -> None:
    before, number, after = ROWS.partition("1.1.2")
    found = table(f"{before}(*)\n{number}{after}")
    assert found.note == ()
    assert found.rows[-1].decided.key == "1.1.2"


def test_a_row_that_a_page_break_cuts_is_one_row_with_the_joined_cells_in_doubt() -> None:
    cut = ROWS.replace("cho các xã vùng cao.\n", f"cho các\f{HEADER}\nxã vùng cao.\n", 1)
    row = next(row for row in table(cut).rows if row.decided.key == "1.1.1")
    assert words(row.cells["task"]) == "Chọn giống cây cho các xã vùng cao."
    assert [found.decided.key for found in table(cut).rows] == ["1", "1.1", "1.1.1", "1.1.2"]


def test_rulings_drawn_with_signs_are_no_words_of_a_cell() -> None:
    drawn = ROWS.replace("\n\nNăm 2027", "\n+--------+\nNăm 2027\n=====")
    row = table(drawn).rows[-1]
    assert words(row.cells["deadline"]) == "Năm 2027"
    assert words(row.cells["coordinating"]) == "Các cơ quan liên quan"


BARRED = """
| 1 | Giữ rừng |
|---|---|
| 1.1 | Trồng rừng ở đầu nguồn |
""" + "\n".join(
    f"|1.1.{n}|Ươm cây ở thôn số {n} theo mùa|Theo phân công của xã|Sở Y tế|Năm 2027|"
    "Ngân sách nhà nước|\n"
    f"| 1.1.{n + 1} | Chọn giống cây | Sở Nông nghiệp và Môi trường | Báo và phát thanh, truyền "
    "hình tỉnh | Theo tiến độ của Trung ương | Ngân sách nhà nước và các nguồn hợp pháp khác |"
    for n in range(1, 15, 2)
)


def test_bars_part_the_cells_of_a_row() -> None:
    first, second = table(BARRED).rows[2:4]
    assert [words(cell) for cell in first.cells.values()] == [
        "Ươm cây ở thôn số 1 theo mùa",
        "Theo phân công của xã",
        "Sở Y tế",
        "Năm 2027",
        "Ngân sách nhà nước",
    ]
    assert words(second.cells["lead"]) == "Sở Nông nghiệp và Môi trường"
    assert words(second.cells["coordinating"]) == "Báo và phát thanh, truyền hình tỉnh"


def test_the_line_of_a_converter_below_its_header_is_no_word_of_a_cell() -> None:
    found = table(BARRED.replace("|---|---|", "| --- | :---: |"))
    assert words(found.rows[0].cells["task"]) == "Giữ rừng"


@pytest.mark.parametrize("mark", ["nt", "-nt-", "như trên"])
def test_a_mark_for_the_value_above_is_a_cell(mark: str) -> None:
    cells = f"Sở Y tế\n\n{mark}\n\nNăm 2027\n\nNgân sách nhà nước\n\n"
    rows = "".join(f"1.1.{n}\nTrồng rừng ở xã số {n}.\n\n{cells}" for n in (1, 2, 3))
    found = table(f"1\nGiữ rừng\n\n1.1\nĐầu nguồn\n\n{rows}").rows[-1]
    assert [words(found.cells[name]) for name in ("lead", "coordinating", "deadline")] == [
        "Sở Y tế", mark, "Năm 2027",
    ]  # fmt: skip


def test_words_above_the_first_number_belong_to_the_first_row_in_doubt() -> None:
    lost = ROWS.partition("1.1.2")
    first = "Đào ao ở các bản. Sở Công Thương Các cơ quan liên quan Năm 2026 Ngân sách nhà nước"
    found = table(f"{first}\n1.1.2{lost[2]}")
    (row,) = found.rows
    assert row.decided.key == "1.1.2"
    assert words(row.cells["task"]) == "Đào ao ở các bản. Ươm cây ở các thôn."
    assert {"task", "lead", "deadline"} <= row.doubt


@pytest.mark.parametrize("stop", [".", ""])
def test_a_lead_that_says_by_what_it_is_told_stands_in_its_cell(stop: str) -> None:
    told = ROWS.replace("Sở Y tế", "Theo lời mời của bến").replace(
        "ở các thôn.", f"ở các thôn{stop}"
    )
    row = table(told).rows[-1]
    assert words(row.cells["task"]) == f"Ươm cây ở các thôn{stop}"
    assert words(row.cells["lead"]) == "Theo lời mời của bến"
    assert words(row.cells["coordinating"]) == "Các cơ quan liên quan"


def test_quarters_below_their_word_are_no_groups() -> None:
    quarters = ROWS.replace("Tháng 6/2026\n", "Quý\nI\n").replace("Năm 2027\n", "Quý\nII\n")
    for rows in (quarters, quarters.replace("I\n\nNgân", "I\nNgân")):
        assert [row.decided.key for row in table(rows).rows] == ["1", "1.1", "1.1.1", "1.1.2"]


@pytest.mark.parametrize("above", ["xã", "xã:", "xã.", "xã\n"])
def test_places_that_begin_with_a_capital_are_no_groups(above: str) -> None:
    places = f"Ươm cây ở các {above}\nA Lưới; ở thôn\nB Nhé."
    assert table(ROWS.replace("Ươm cây ở các thôn.", places)).rows[-1].decided.key == "1.1.2"
    twice = places.replace("thôn\n", "thôn.\n")
    assert table(ROWS.replace("Ươm cây ở các thôn.", twice)).rows[-1].decided.key == "1.1.2"


def cells_of(row: str, key: str = "1.1.3") -> dict[str, str]:
    """The cells of one more row, below those of which the habits are learned."""
    (found,) = [one for one in table(ROWS + row).rows if one.decided.key == key]
    return {name: words(cell) for name, cell in found.cells.items()}


@pytest.mark.parametrize(
    "lead", ["Công ty Lâm sản Hồ Mây", "Chi cục Thủy sản Hồ Mây", "Theo chỉ đạo của Chính phủ"]
)
def test_a_lead_that_no_list_has_is_no_end_of_the_task(lead: str) -> None:
    row = f"\n1.1.3\nƯơm cây keo, cây hồi\n{lead}\nSở Y tế\nNăm 2027\nNgân sách nhà nước\n"
    found = cells_of(row)
    assert (found["task"], found["lead"]) == ("Ươm cây keo, cây hồi", lead)
    assert (found["coordinating"], found["deadline"]) == ("Sở Y tế", "Năm 2027")


def test_a_bullet_before_a_body_s_name_begins_an_item_also_within_a_line() -> None:
    lead, helper = "Chi cục Thủy sản", "- Công ty Lâm sản Hồ Mây\n- Hội Nông dân tỉnh"
    row = f"\n1.1.3\nƯơm cây. {lead} {helper}\nNăm 2027\nNgân sách nhà nước\n"
    found = cells_of(row)
    assert (found["lead"], found["coordinating"]) == (lead, " ".join(helper.split()))


def test_small_words_before_a_body_are_no_part_of_its_name() -> None:
    row = "\n1.1.3\nHỏi cho được dân\nđồng ý\nSở Xây dựng\nSở Y tế\nNăm 2027\nNgân sách nhà nước\n"
    found = cells_of(row)
    assert (found["task"], found["lead"]) == ("Hỏi cho được dân đồng ý", "Sở Xây dựng")


WITH_PRODUCT = """
PHỤ LỤC 3
DANH MỤC
TT Nhiệm vụ cụ thể Cơ quan chủ trì Cơ quan phối hợp Thời gian Sản phẩm
1
Giữ rừng

1.1
Ươm cây ở các thôn
Sở Y tế
Sở Tài chính
Trước 30/9/2027 Vườn
ươm
mới

1.2
Vớt bèo ở hồ
Sở Y tế
Sở Tài chính
Quý
III/2027 24 ao
sạch
"""


def test_what_stands_behind_a_whole_date_is_the_next_cell() -> None:
    (part,) = text_to_parts(tokens_of(f"I- MỤC TIÊU\n1. Giữ rừng.\n{WITH_PRODUCT}")).tables
    found = [
        {name: words(cell) for name, cell in row.cells.items()} for row in part_to_table(part).rows
    ]
    assert [(row["deadline"], row["product"]) for row in found if "deadline" in row] == [
        ("Trước 30/9/2027", "Vườn ươm mới"),
        ("Quý III/2027", "24 ao sạch"),
    ]


@pytest.mark.parametrize("dash", ["- ", "-\n"])
def test_dashes_that_lead_rows_of_their_own_number_sub_rows(dash: str) -> None:
    cells = "Sở Y tế\n\nSở Tài chính\n\nNăm 2027\n\nNgân sách nhà nước\n\n"
    subs = "".join(f"{dash}Ngầm tràn qua suối số {n}.\n\n{cells}" for n in (1, 2, 3))
    text = f"1.1.1\nTrồng rừng.\n\n{cells}1.1.2\nLàm ngầm tràn\n\n{subs}1.1.3\nGiữ rừng.\n\n{cells}"
    found = table(f"1\nĐường sá\n\n1.1\nCầu cống\n\n{text}")
    assert [row.decided.key for row in found.rows[2:]] == [
        "1.1.1", "1.1.2", "1.1.2(1)", "1.1.2(2)", "1.1.2(3)", "1.1.3",
    ]  # fmt: skip
    assert words(found.rows[3].cells["task"]) == "Làm ngầm tràn"
    assert words(found.rows[4].cells["task"]) == "Ngầm tràn qua suối số 1."


def test_dashes_before_bodies_and_within_a_text_number_nothing() -> None:
    lead = "- Sở Y tế\n- Sở Tài chính\n\n"
    rows = "".join(
        f"1.1.{n}\nLàm ngầm tràn:\n- Qua suối;\n- Qua đồng.\n\n{lead}Công an tỉnh\n\nNăm 2027\n\n"
        "Ngân sách nhà nước\n\n"
        for n in (1, 2, 3)
    )
    found = table(f"1\nĐường sá\n\n1.1\nCầu cống\n\n{rows}")
    assert [row.decided.key for row in found.rows[2:]] == ["1.1.1", "1.1.2", "1.1.3"]


@pytest.mark.parametrize(
    ("below", "task"),
    [
        ("Thủy sản", "Thủy sản Giữ rừng"),
        ("CHUYỂN ĐỔI SỐ", "CHUYỂN ĐỔI SỐ Giữ rừng"),
        ("Người ký duyệt\n(1) (2) (3) (4) (5) (6) (7)", "Giữ rừng"),
    ],
)
def test_what_heads_a_column_without_cells_and_without_a_number_is_a_title(
    below: str, task: str
) -> None:
    (first, *_) = table(f"{below}\n{ROWS}").rows
    assert words(first.cells["task"]) == task
