"""What stands on a page: witnesses' words side by side, page numbers, tables' columns, the end of
the prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from normalize.rows.scan.columns import Column, name_columns
from normalize.rows.scan.furniture import remove_furniture
from normalize.rows.scan.grid_rows import pages_to_tables
from normalize.rows.scan.headers import read_header
from normalize.rows.scan.layout import Box, Line, PageLayout
from normalize.rows.scan.prose import prose_records
from normalize.rows.scan.prose_parts import split_prose
from normalize.rows.slots import PrintedWord, Word, align_witnesses, words_to_slots
from schemas.errors import UnknownColumn


def word(
    text: str, x0: float, x1: float, top: float, line_no: int = 1, confidence: float = 0.9
) -> Word:
    return Word(text, confidence, line_no, x0, top, x1, top + 10)


def slot(
    text: str, x0: float, x1: float, top: float, line_no: int = 1, **others: str
) -> PrintedWord:
    return PrintedWord(
        word(text, x0, x1, top, line_no),
        (("vie", text, 0.9), *((name, other, 0.9) for name, other in others.items())),
    )


def line(
    text: str, x0: float, top: float, width: float = 30, page_no: int = 1, **others: str
) -> Line:
    """A line of words of one width, a point apart; ``others`` are what other witnesses read for the
    first.
    """
    words = text.split()
    places = [x0 + i * (width + 1) for i in range(len(words))]
    first = slot(words[0], x0, x0 + width, top, 1, **others)
    return Line(
        page_no,
        1,
        (
            first,
            *(slot(text, x, x + width, top) for text, x in zip(words[1:], places[1:], strict=True)),
        ),
    )


LEAD = [
    word("Sắp", 0, 20, 100),
    word("xếp", 24, 40, 100),
    word("lao", 0, 20, 114, 2),
    word("động", 24, 40, 114, 2),
]


def texts(slots: Sequence[PrintedWord], witness: str) -> list[tuple[str, str]]:
    return [
        (s.text, next((text for name, text, _ in s.readings if name == witness), "-"))
        for s in slots
    ]


def test_a_line_read_once_more_in_its_neighbours_picture_is_no_new_line() -> None:
    again = [
        word("Sắp", 0, 20, 100, 2),
        word("xếp", 24, 40, 100, 2),
        word("lao", 0, 20, 114, 2),
        word("động", 24, 40, 114, 2),
    ]
    slots = align_witnesses({"vie": LEAD, "script": again})
    assert texts(slots, "script") == [
        ("Sắp", "Sắp"),
        ("xếp", "xếp"),
        ("lao", "lao"),
        ("động", "động"),
    ]


def test_the_edges_of_two_lines_read_as_one_are_no_words() -> None:
    between = [
        Word("amủ", 0.3, 2, 1, 107, 19, 116),
        word("lao", 0, 20, 114, 2),
        word("động", 24, 40, 114, 2),
    ]
    assert [s.text for s in align_witnesses({"vie": LEAD, "line": between})] == [
        "Sắp",
        "xếp",
        "lao",
        "động",
    ]


def test_the_edges_of_two_lines_read_over_two_words_are_no_words() -> None:
    astride = [
        Word('Ể-"H', 0.2, 2, 14, 107, 30, 116),
        word("lao", 0, 20, 114, 2),
        word("động", 24, 40, 114, 2),
    ]
    assert [s.text for s in align_witnesses({"vie": LEAD, "line": astride})] == [
        "Sắp",
        "xếp",
        "lao",
        "động",
    ]


def test_a_word_read_as_three_stands_beside_it_whole() -> None:
    three = [word("2025", 0, 16, 100), word("-", 18, 21, 100), word("2027", 23, 40, 100)]
    assert texts(
        align_witnesses({"vie": [word("2025-2027", 0, 40, 100)], "line": three}), "line"
    ) == [("2025-2027", "2025 - 2027")]


def test_pieces_of_a_number_stand_beside_the_whole_however_it_reads() -> None:
    pieces = [word("I1", 0, 5, 100), word("7", 9, 14, 100), word("8", 18, 24, 100)]
    whole = [word("II.1.3", 0, 24, 100)]
    slots = align_witnesses({"vie": pieces, "binary": whole, "line": whole})
    assert [slot.readings for slot in slots] == [
        (("vie", "I1 7 8", 0.9), ("binary", "II.1.3", 0.9), ("line", "II.1.3", 0.9))
    ]


def test_words_and_a_figure_under_one_figure_with_a_point_stay_apart() -> None:
    two = [word("35", 0, 10, 100), word("xã", 14, 24, 100)]
    slots = align_witnesses({"vie": two, "line": [word("35.4", 0, 24, 100)]})
    assert [slot.text for slot in slots] == ["35", "xã"]
    assert ("line", "35.4", 0.9) in slots[0].readings


def test_what_is_no_larger_than_a_speck_is_no_word() -> None:
    columns = (
        "page_no",
        "block_no",
        "witness",
        "line_no",
        "word_no",
        "text",
        "confidence",
        "x0",
        "top",
        "x1",
        "bottom",
    )
    speck = (30.0, 107.0, 31.1, 107.7)
    rows = [
        (1, 1, "vie", 1, 1, "Sắp", 0.9, 0.0, 100.0, 20.0, 110.0),
        (1, 1, "vie", 1, 2, "1", 0.9, *speck),
        (1, 1, "script", 1, 1, "-", 0.9, *speck),
    ]
    (found,) = words_to_slots(pd.DataFrame(rows, columns=columns)).values()
    assert [s.text for s in found] == ["Sắp"]


def test_a_word_that_the_first_witness_lacks_is_kept() -> None:
    more = [word("lao", 0, 20, 114, 2), word("động", 24, 40, 114, 2), word("giỏi", 44, 60, 114, 2)]
    assert texts(align_witnesses({"vie": LEAD, "line": more}), "line")[-1] == ("", "giỏi")


def test_a_reading_unlike_the_first_witness_stands_beside_it() -> None:
    slots = align_witnesses({"vie": [word("112", 0, 20, 100)], "line": [word("A.B.C", 1, 19, 100)]})
    assert texts(slots, "line") == [("112", "A.B.C")]


@pytest.mark.parametrize("text", ["5", "7Ð", "B", "- 12 -"])
def test_a_number_in_the_top_margin_is_none_of_the_text(text: str) -> None:
    number = Line(1, 1, (slot(text, 295, 301, 27, line="5"),))
    first = line("Xây dựng khu vực phòng thủ", 85, 58)
    assert remove_furniture([PageLayout(1, 595, 842, (number, first), ())]).text == {1: [first]}


def test_a_short_last_line_of_a_paragraph_is_text() -> None:
    page = PageLayout(
        1, 595, 842, (short := line("thủ.", 85, 58), line("Xây dựng khu vực phòng", 120, 75)), ()
    )
    assert remove_furniture([page]).text[1][0] == short


def test_a_label_that_one_witness_alone_read_is_text_however_the_leading_one_failed() -> None:
    failed = PrintedWord(
        Word("ỤỤ2", 0.1, 1, 270, 58, 330, 71), (("vie", "ỤỤ2", 0.1), ("line", "Phụ lục 2", 0.99))
    )
    label, first = Line(1, 1, (failed,)), line("CHỈ TIÊU PHẤN ĐẤU", 230, 80)
    assert remove_furniture([PageLayout(1, 595, 842, (label, first), ())]).text[1] == [label, first]


@pytest.mark.parametrize(("x0", "kept"), [(24.0, False), (84.0, True)])
def test_the_edge_of_a_leaf_read_as_letters_is_none_of_the_text(x0: float, kept: bool) -> None:
    """A number that hangs before its text stands further in."""
    lines = [line("trồng rừng ven sông của xã", 120, 60.0 + 16 * n) for n in range(8)]
    marked = [
        replace(one, slots=(slot("Ị", x0, x0 + 3, one.top), *one.slots)) if n % 2 else one
        for n, one in enumerate(lines)
    ]
    found = remove_furniture([PageLayout(1, 595, 842, tuple(marked), ())]).text[1]
    assert found == (marked if kept else lines)


HEADER = ("Số TT", "Tên chỉ tiêu", "Đơn vị tính", "Mục tiêu đến năm 2030", "Cơ quan chủ trì")


def cell(text: str, row: int, column: int, page_no: int = 1) -> Box:
    x0 = 50.0 + 100 * column
    words = text.split()
    slots = [slot(w, x0 + 10 * i, x0 + 10 * i + 9, 100.0 + 20 * row) for i, w in enumerate(words)]
    return Box(
        page_no,
        1,
        1,
        row,
        column,
        1,
        1,
        bool(words),
        x0,
        100.0 + 20 * row,
        x0 + 100,
        120.0 + 20 * row,
        tuple(slots),
    )


def table(*rows: Sequence[str], page_no: int = 1) -> PageLayout:
    boxes = tuple(
        cell(text, r, c, page_no) for r, row in enumerate(rows) for c, text in enumerate(row)
    )
    return PageLayout(page_no, 595, 842, (), (boxes,))


ROW = ("1", "Tuổi thọ trung bình", "Tuổi", "75", "Sở Y tế")


def names_of(*pages: PageLayout) -> list[tuple[str, ...]]:
    (found,) = pages_to_tables(pages)
    return [tuple(column.name for column in row.columns) for row in found.rows]


COLUMNS = ("indicator_id", "name", "unit", "target", "lead")


@pytest.mark.parametrize("seen", ["C Tến chỉ", "NC L1 YỂN chí tiêu"])
def test_a_header_under_a_stamp_is_told_by_the_rest_of_it(seen: str) -> None:
    assert names_of(table((HEADER[0], seen, *HEADER[2:]), ROW)) == [COLUMNS]


def test_a_header_that_cannot_be_read_is_told_by_the_page_before_or_after() -> None:
    hidden = table((*HEADER[:1], "~^", *HEADER[2:]), ROW)
    clear = table(HEADER, ROW, page_no=2)
    assert names_of(hidden, clear) == [COLUMNS, COLUMNS]
    assert names_of(clear, table((*HEADER[:1], "", *HEADER[2:]), ROW, page_no=3)) == [
        COLUMNS,
        COLUMNS,
    ]


def test_a_column_that_must_be_there_is_asked_for() -> None:
    with pytest.raises(
        UnknownColumn,
        match=r"page 1: no header of the table of indicators says which column is its name; of its "
        r"\d columns these are known: .+\. Add the label",
    ):
        names_of(table((*HEADER[:1], "Sản phẩm", *HEADER[2:]), ROW))


def test_an_unknown_column_is_not_taken_for_one_that_is_named() -> None:
    columns = tuple(
        Column(name, cell(text, 0, i), 100.0 * i, 100.0 * i + 90)
        for i, (name, text) in enumerate(
            [("indicator_id", "STT"), ("name", "Chỉ tiêu"), ("", "Kết quả"), ("target", "Mục tiêu")]
        )
    )
    assert [column.name for column in name_columns("indicators", [(1, columns)])[0]] == [
        "indicator_id",
        "name",
        "",
        "target",
    ]


@pytest.mark.parametrize(
    "other", ["Nơi nhận:", "Aới nhận:", "Nơi nhận", "Ai Nhận. T/M BAN CHẤP HÀNH"]
)
def test_the_recipients_close_the_prose_however_misread(other: str) -> None:
    body = [
        line("Các cấp ủy căn cứ Chương trình này xây dựng kế hoạch.", 110, 100),
        line("của cấp mình.", 85, 115),
    ]
    close = Line(1, 1, (slot("c C2", 85, 130, 580, layer=other),))
    assert split_prose([*body, close, line("- Các sở, ban, ngành,", 90, 600)]).close[0] == close


@pytest.mark.parametrize(
    "period",
    [
        "Giai đoạn 2026 - 2030",
        "6 tháng đầu năm 2027",
        "Ước thực hiện năm 2026",
        "Bình quân 2026 - 2030",
    ],
)
def test_a_growth_column_is_told_by_its_period_however_worded(period: str) -> None:
    header = ("STT", "Chỉ tiêu", "Đơn vị tính", period, "Đến năm 2030")
    assert names_of(table(header, ("I", "Tốc độ tăng", "%", "6,4", "8,2"))) == [
        ("line_id", "name", "unit", "value", "value")
    ]


@pytest.mark.parametrize("text", ["công nhận.", "Ghi nhận T/M của các hộ", "Người dân ghi nhận."])
def test_a_line_that_speaks_of_receiving_does_not_close_the_prose(text: str) -> None:
    body = [
        line("Các cấp ủy căn cứ Chương trình này xây dựng kế hoạch.", 110, 100),
        line(text, 85, 115),
    ]
    assert split_prose(body).close == ()


def prose(*numbered: str) -> list[Line]:
    """Numbered parts of a section, each with a sentence of its own below."""
    lines = [(110, "I- MỤC TIÊU CỦA TỈNH")]
    for text in numbered:
        lines += [
            (110, text),
            (110, "Các cấp ủy tổ chức thực hiện tốt các việc"),
            (85, "sau đây trong năm."),
        ]
    return [line(text, x0, 100 + 20 * n) for n, (x0, text) in enumerate(lines)]


def kinds_of(lines: Sequence[Line]) -> list[tuple[str, str, tuple[str, ...]]]:
    records, _ = prose_records(lines)
    return [(record.kind, record.section_path, record.review) for record in records]


def test_a_heading_whose_speck_was_read_as_a_stop_is_told_by_its_siblings() -> None:
    sentence = ("paragraph", "I/2", ())
    clean = kinds_of(prose("1. Kinh tế rừng", "2. Kinh tế biển", "3. Kinh tế số"))
    assert clean[3:5] == [("heading", "I/2", ()), sentence]
    unsure = [("heading", "I/2", ("kind",)), ("paragraph", "I/2", ("section_path",))]
    assert kinds_of(prose("1. Kinh tế rừng", "2. Kinh tế biển.", "3. Kinh tế số")) == [
        *clean[:3],
        *unsure,
        *clean[5:],
    ]


def test_a_sentence_that_lost_its_stop_is_told_by_its_siblings_and_two_parts_say_nothing() -> None:
    sentences = ("1. Giữ rừng đầu nguồn.", "2. Trồng rừng ven biển", "3. Trồng cây ven đường.")
    assert [kind for kind, _, _ in kinds_of(prose(*sentences))] == ["heading"] + ["paragraph"] * 6
    assert [review for _, _, review in kinds_of(prose(*sentences))] == [
        (),
        (),
        (),
        ("kind",),
        ("section_path",),
        (),
        (),
    ]
    assert [kind for kind, _, _ in kinds_of(prose(*sentences[:2]))][1::2] == [
        "paragraph",
        "heading",
    ]


@pytest.mark.parametrize("text", ["- Tầm nhìn:", "Bệnh nhân.", "Công nhân", "Xây dựng mô hình T/M"])
def test_words_like_those_over_the_recipients_do_not_close_the_prose(text: str) -> None:
    lines = [
        line("I- Quan điểm và định hướng phát triển", 110, 100),
        line(text, 110, 115),
        line("II- Nhiệm vụ", 110, 130),
        line("Nơi nhận:", 85, 200),
    ]
    assert split_prose(lines).close == (lines[3],)


@pytest.mark.parametrize(
    "goal",
    [
        "Mục tiêu phấn đấu đến năm 2030",
        "Chỉ tiêu Đại hội đề ra đến năm 2030",
        "Mục tiêu đến hết năm 2030",
    ],
)
def test_a_goal_with_its_year_heads_no_growth(goal: str) -> None:
    header = read_header(
        [[text] for text in ("STT", "Chỉ tiêu", "Đơn vị tính", goal, "Cơ quan chủ trì")]
    )
    assert header is not None
    assert header.table == "indicators"


def test_a_last_page_of_first_lines_only_has_the_margin_of_the_pages_before() -> None:
    filled = prose("1. Kinh tế rừng", "2. Kinh tế biển", "3. Kinh tế số")
    last = [
        line("Các địa phương rà soát đất rừng ven hồ.", 112, 100, page_no=2),
        line("Các hội, đoàn thể vận động hội viên.", 112, 120, page_no=2),
        line("Nơi nào chậm thì báo cáo ngay.", 112, 140, page_no=2),
    ]
    records, _ = prose_records([*filled, *last])
    assert [record.page_no for record in records].count(2) == 3


def test_a_page_of_short_paragraphs_shows_its_margin_where_a_full_line_goes_on() -> None:
    title = [line("KẾ HOẠCH", 280, 60), line("về nước sạch nông thôn", 200, 75)]
    long = line("Sở Y tế kiểm tra chất lượng nước tại các trạm cấp nước xã", 110, 90)
    short = [
        line("- Mỗi xã có một tổ vận hành.", 110, top) for top in (135, 150, 165, 180, 195, 210)
    ]
    again = line("Sở Xây dựng thẩm định dự án cấp nước tập trung của các xã", 110, 225)
    ends = [line("và công khai kết quả.", 82, 105), line("trong mười ngày.", 82, 240)]
    heading = line("I. Mục tiêu chung", 110, 120)
    parts = split_prose([*title, long, ends[0], heading, *short, again, ends[1]])
    assert [one.agreed for one in parts.front] == ["KẾ HOẠCH", "về nước sạch nông thôn"]
    records, _ = prose_records(parts.body)
    assert [(record.section_path, record.kind) for record in records] == [
        ("", "paragraph"),
        ("I", "heading"),
        *[("I", "paragraph")] * 7,
    ]


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        (
            "TT|Tên đề án|Cơ quan soạn thảo|Cơ quan thẩm định|Thời gian trình",
            "task_id task lead - deadline",
        ),
        (
            "TT|Danh mục dự án|Chủ đầu tư|Thời gian bắt đầu|Thời gian kết thúc",
            "task_id task lead begin deadline",
        ),
        (
            "TT|Đơn vị thực hiện/Nội dung công việc|Sản phẩm|Thời gian bắt đầu",
            "task_id task product deadline",
        ),
        (
            "TT|Tên nhiệm vụ|Cơ quan/đơn vị chủ trì|Thời hạn hoàn thành/Ghi chú",
            "task_id task lead deadline",
        ),
    ],
)
def test_the_label_that_says_it_best_names_a_column(labels: str, columns: str) -> None:
    header = read_header([[text] for text in labels.split("|")])
    assert header is not None
    assert " ".join(column or "-" for column in header.columns) == columns
