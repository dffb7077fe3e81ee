"""The head and the close of a document of the Party or the State, and its footnotes."""

from __future__ import annotations

import pytest

from normalize.rows.document_head import head_column
from normalize.rows.records import Record
from normalize.rows.scan.footnotes import take_footnotes, take_table_footnotes
from normalize.rows.scan.front import scanned_document
from normalize.rows.scan.layout import Box, Line, PageLayout
from normalize.rows.scan.paragraphs import page_margins
from normalize.rows.scan.prose import prose_records
from normalize.rows.scan.prose_parts import prose_lines, split_prose
from normalize.rows.slots import PrintedWord, Word
from normalize.text.fold import fold

WIDTH = 600.0


def line(text: str, top: float, left: float = 85.0, height: float = 14.0, page_no: int = 1) -> Line:
    """A printed line; `|` in it leaves the room between two columns."""
    slots = []
    for word in text.split():
        if word == "|":
            left = max(left + 30.0, 330.0)
            continue
        right = left + 6.0 * len(word)
        slots.append(
            PrintedWord(Word(word, 0.9, 1, left, top, right, top + height), (("vie", word, 0.9),))
        )
        left = right + 4.0
    return Line(page_no, 1, tuple(slots))


def field(record: Record, column: str) -> str:
    return " ".join(slot.text for piece in record.cells.get(column, ()) for slot in piece.slots)


STATE = [
    "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "TỈNH HẢI VÂN | Độc lập - Tự do - Hạnh phúc",
    "Số: 45/QĐ-UBND | Hải Vân, ngày 09 tháng 3 năm 2026",
]


def test_a_state_head_has_its_issuer_on_two_lines_and_a_number_with_a_slash() -> None:
    front = [line(text, 20.0 * place) for place, text in enumerate(STATE, 1)]
    front += [line("QUYẾT ĐỊNH", 100.0, 250.0), line("về vùng nuôi biển tập trung", 120.0, 200.0)]
    close = [
        line("Nơi nhận: | TM. ỦY BAN NHÂN DÂN", 200.0),
        line("- Như Điều 3; | KT. CHỦ TỊCH", 220.0),
        line("- Lưu VT. | Trần Văn Hải", 240.0),
    ]
    record = scanned_document(front, close, None, [], WIDTH)
    assert field(record, "issuer") == "ỦY BAN NHÂN DÂN TỈNH HẢI VÂN"
    assert field(record, "number") == "Số: 45/QĐ-UBND"
    assert field(record, "title") == "QUYẾT ĐỊNH về vùng nuôi biển tập trung"
    assert field(record, "signatory") == "Trần Văn Hải"


@pytest.mark.parametrize("name", ["Y Moan Niê", "Lò Văn Páo", "H Lan"])
def test_a_name_may_have_a_letter_alone(name: str) -> None:
    close = [line("Nơi nhận: | CHỦ TỊCH", 200.0), line(f"- Lưu VT. | {name}", 240.0)]
    record = scanned_document([line("KẾ HOẠCH", 100.0)], close, None, [], WIDTH)
    assert field(record, "signatory") == name


@pytest.mark.parametrize("entries", [[], ["- Sở Y tế;", "- Lưu: VT."]])
def test_prose_of_first_lines_alone_has_the_margin_of_those_who_get_the_document(
    entries: list[str],
) -> None:
    title = [line("KẾ HOẠCH", 60, 270), line("Phòng bệnh cho đàn gia súc", 80, 190)]
    body = ["I. Mục tiêu", "Tiêm phòng cho toàn bộ đàn bò.", "II. Nhiệm vụ", "Mở các đợt tiêm."]
    first = [line(text, 110.0 + 20 * i, 121) for i, text in enumerate(body)]
    close = [line("Nơi nhận: | GIÁM ĐỐC", 200), *(line(one, 230) for one in entries)]
    parts = split_prose([*title, *first, *close])
    assert [one.agreed for one in parts.front] == [one.agreed for one in title]
    records, _ = prose_records(parts.body, (), (*parts.front, *parts.close))
    assert [record.section_path for record in records] == ["I", "I", "II", "II"]


@pytest.mark.parametrize(
    "text", ["Cá nhân:", "- Công nhân: 30 người", "Tư nhân;", "Tiếp nhận: theo giờ."]
)
def test_a_line_like_the_heading_of_those_who_get_the_document_shows_no_margin(text: str) -> None:
    body = [line(f"Tiêm phòng cho đàn bò đợt {i}.", 110.0 + 20 * i, 121) for i in range(6)]
    assert page_margins([*body, line(text, 240)]).left == 121
    assert page_margins([*body, line("Nơi nhận:", 240)]).left == 85


def test_one_line_that_goes_on_shows_the_margin_where_the_full_one_stands_in() -> None:
    body = [line(f"Ngắn thôi {n};", 20.0 * n, 121) for n in range(1, 9)]
    full = line("Một câu dài hết cả dòng này và còn", 200, 121)
    rest = line("Sang dòng sau.", 220, 85)
    assert page_margins([*body, full, rest]).left == 85
    ended = line("Một câu dài hết cả dòng này rồi hết.", 200, 121)
    assert page_margins([*body, ended, rest]).left == 121
    bent = line("Dòng nghiêng theo gáy sách.", 220, 101)
    usual = [line("Một câu dài hết cả dòng này và còn", 20.0 * n, 121) for n in range(1, 9)]
    assert page_margins([*usual, full, bent]).left == 121


def test_two_who_sign_are_both_named() -> None:
    close = [
        line("XÁC NHẬN CỦA VĂN PHÒNG | T/M BAN THƯỜNG VỤ", 200.0),
        line("CHÁNH VĂN PHÒNG | PHÓ BÍ THƯ", 220.0),
        line("Lê Thị Mận | Phạm Văn Ổi", 260.0),
        line("- Các đồng chí Tỉnh ủy viên,", 300.0),
    ]
    record = scanned_document([line("KẾ HOẠCH", 100.0)], close, None, [], WIDTH)
    lines = [slot.word.line_no for piece in record.cells["signatory"] for slot in piece.slots]
    assert field(record, "signatory") == "Lê Thị Mận Phạm Văn Ổi"
    assert lines == [1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    "title", ["KẾ HOẠCH", "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHƯƠNG TRÌNH HÀNH ĐỘNG"]
)
def test_the_title_of_any_kind_ends_where_the_body_begins(title: str) -> None:
    lines = [line(text, 20.0 * place) for place, text in enumerate(STATE, 1)]
    lines += [line(title, 100.0, 250.0), line("về nghề muối", 120.0, 245.0)]
    lines += [
        line("Thực hiện chủ trương của Tỉnh ủy, " * 2, 150.0, 121.0),
        line("tỉnh ban hành các nội dung sau:", 170.0),
    ]
    parts = split_prose(lines)
    assert [one.text for one in parts.front[3:]] == [title, "về nghề muối"]
    assert len(parts.body) == 2


def prose() -> list[Line]:
    """Two paragraphs, the first with a raised mark, and a footnote below them in small letters."""
    return [
        line("Sản lượng muối sạch1 còn thấp so với tiềm năng của vùng ven", 100.0, 121.0),
        line("biển và của các xã bãi ngang.", 116.0),
        line("Hai làng nghề đã có nhãn hiệu riêng trong năm qua tại thị", 140.0, 121.0),
        line("trường của tỉnh và vùng lân cận.", 156.0),
        line("1Báo cáo của Chi cục Phát triển nông thôn năm 2025,", 700.0, 85.0, 10.0),
        line("trang 4.", 712.0, 85.0, 10.0),
    ]


def test_a_footnote_is_a_row_of_its_own_behind_its_bearer() -> None:
    kept, notes = take_footnotes(prose())
    records, _ = prose_records(kept, notes)
    assert [(one.row_id, one.kind, one.number, one.review) for one in records] == [
        ("#1", "paragraph", "", ()), ("#2", "footnote", "1", ()), ("#3", "paragraph", "", ()),
    ]  # fmt: skip
    assert field(records[0], "text").startswith("Sản lượng muối sạch còn")
    assert (
        field(records[1], "text") == "Báo cáo của Chi cục Phát triển nông thôn năm 2025, trang 4."
    )


def test_a_footnote_whose_mark_was_not_read_is_in_review() -> None:
    unmarked = [line("Sản lượng muối sạch còn thấp.", 100.0, 121.0), *prose()[1:]]
    records, _ = prose_records(*take_footnotes(unmarked))
    assert [(one.kind, one.review) for one in records][-1] == ("footnote", ("section_path",))


def test_a_misread_mark_and_number_are_known_by_their_places() -> None:
    lines = prose()
    lines[0] = line("Sản lượng muối sạch' còn thấp so với tiềm năng của vùng ven", 100.0, 121.0)
    lines[4] = line("!Báo cáo của Chi cục Phát triển nông thôn năm 2025,", 700.0, 85.0, 10.0)
    records, _ = prose_records(*take_footnotes(lines))
    assert [(one.kind, one.number) for one in records][1] == ("footnote", "1")
    assert field(records[0], "text").startswith("Sản lượng muối sạch còn")
    assert field(records[1], "text").startswith("Báo cáo của")


def test_the_mark_of_the_first_note_is_told_from_that_of_the_second() -> None:
    lines = prose()
    lines[2] = line("Hai làng nghề đã có nhãn hiệu2 riêng trong năm qua tại thị", 140.0, 121.0)
    lines[4] = line("Báo cáo của Chi cục Phát triển nông thôn năm 2025,", 700.0, 85.0, 10.0)
    lines.append(line("?Niên giám của vùng ven biển năm 2024.", 724.0, 85.0, 10.0))
    records, _ = prose_records(*take_footnotes(lines))
    assert [(one.kind, one.number, one.review) for one in records] == [
        ("paragraph", "", ()),
        ("footnote", "1", ("number",)),
        ("paragraph", "", ()),
        ("footnote", "2", ()),
    ]
    assert field(records[1], "text").endswith("năm 2025, trang 4.")
    assert field(records[3], "text").startswith("Niên giám")


def test_the_only_note_of_a_page_is_told_from_the_mark_in_the_text() -> None:
    lines = prose()
    lines[4] = line("Báo cáo của Chi cục Phát triển nông thôn năm 2025,", 700.0, 85.0, 10.0)
    records, _ = prose_records(*take_footnotes(lines))
    assert [(one.kind, one.number, one.review) for one in records][1] == (
        "footnote", "1", ("number",),
    )  # fmt: skip


def test_small_print_below_text_without_marks_is_no_footnote() -> None:
    lines = prose()
    lines[0] = line("Sản lượng muối sạch còn thấp so với tiềm năng của vùng ven", 100.0, 121.0)
    lines[4] = line("Báo cáo của Chi cục Phát triển nông thôn năm 2025,", 700.0, 85.0, 10.0)
    assert take_footnotes(lines) == (lines, [])


def test_a_square_metre_bears_no_mark() -> None:
    lines = [
        line("Xây 1.200 m1 kho muối theo quy hoạch1 đã duyệt của tỉnh.", 80.0, 121.0),
        *prose()[1:],
    ]
    kept, notes = take_footnotes(lines)
    assert kept[0].text == "Xây 1.200 m1 kho muối theo quy hoạch đã duyệt của tỉnh."
    assert [note.number for note in notes] == ["1"]


def test_a_numbered_sentence_of_the_proses_own_size_is_no_footnote() -> None:
    large = [line(one.text, one.top, one.x0) for one in prose()]
    kept, notes = take_footnotes(large)
    assert (kept, notes) == (large, [])


def cell(text: str, top: float) -> Box:
    slots = line(text, top).slots
    return Box(1, 1, 1, 0, 0, 1, 1, True, 80.0, top - 2, 500.0, top + 16, slots)


@pytest.mark.parametrize("mark", ["1", "!"])
def test_a_footnote_of_a_table_leaves_its_mark_and_is_a_note(mark: str) -> None:
    boxes = (cell("Nạo vét 14 km kênh", 100), cell(f"Trồng lại rừng ngập mặn{mark}, cắm mốc", 120))
    below = [
        line("1Theo bản đồ năm 2023,", 200, height=11),
        line("tỷ lệ lớn.", 212, height=11),
    ]
    page = PageLayout(1, WIDTH, 800.0, tuple(below), (boxes,))
    (kept,), notes = take_table_footnotes([page], {1: below})
    assert [box.text for box in kept.tables[0]] == [
        "Nạo vét 14 km kênh",
        "Trồng lại rừng ngập mặn, cắm mốc",
    ]
    assert [note.text for note in notes] == ["Theo bản đồ năm 2023,", "tỷ lệ lớn."]


def test_a_figure_below_a_table_that_no_word_bears_is_no_footnote() -> None:
    boxes = (cell("Nạo vét 14 km kênh", 100),)
    below = [line("1 tháng 6 năm 2026", 200)]
    page = PageLayout(1, WIDTH, 800.0, tuple(below), (boxes,))
    assert take_table_footnotes([page], {1: below}) == ([page], [])


def test_a_tables_footnote_whose_figure_was_misread_is_a_note_and_changes_no_cell() -> None:
    pages, text = [], {}
    for page_no, (own, mark) in enumerate((("1", "1"), ("”", "2")), 1):
        text[page_no] = [line(f"{own}Theo bản đồ năm 2023", 200, height=11)]
        boxes = (cell(f"Trồng lại rừng ngập mặn{mark}", 100),)
        pages.append(PageLayout(page_no, WIDTH, 800.0, (), (boxes,)))
    kept, notes = take_table_footnotes(pages, text)
    assert [page.tables[0][0].text for page in kept] == [
        "Trồng lại rừng ngập mặn",
        "Trồng lại rừng ngập mặn2",
    ]
    assert [note.text for note in notes] == ["Theo bản đồ năm 2023"] * 2


@pytest.mark.parametrize(
    ("borne", "below"),
    [
        ("Cơ quan chủ trì*", "*Cơ quan đứng tên trước"),
        ("trạm Sen1 và trạm Sen2", "“Sen” là tên gọi cũ của trạm"),
    ],
)
def test_a_line_led_by_an_asterisk_or_a_quote_is_no_footnote_of_a_table(
    borne: str, below: str
) -> None:
    boxes = (cell(borne, 100),)
    lines = [line(below, 200)]
    page = PageLayout(1, WIDTH, 800.0, tuple(lines), (boxes,))
    assert take_table_footnotes([page], {1: lines}) == ([page], [])


CLOSE = ("Nơi nhận:", "- Bộ Chính trị;", "- Các sở, ngành;", "- Lưu: VT.")


def texts_of(*lines: Line) -> list[tuple[str, str]]:
    """The number and the text of each paragraph of a page."""
    parts = split_prose(lines)
    records, _ = prose_records(parts.body, (), (*parts.front, *parts.close))
    return [(record.number, field(record, "text")) for record in records]


@pytest.mark.parametrize("indent", [36.0, 0.0])
def test_short_paragraphs_are_parted_with_and_without_indents(indent: float) -> None:
    long = "Theo Nghị quyết của tỉnh về nghề muối, Ủy ban nhân dân lập kế hoạch như sau đây:"
    short = (
        "I. MỤC TIÊU",
        "1. Giữ nghề muối",
        "Mở rộng đồng muối.",
        "2. Nuôi tôm",
        "Lập vùng nuôi.",
    )
    title = [line("KẾ HOẠCH", 100, 280), line("về nghề muối", 120, 270)]
    body = [line(long, 140, 85 + indent), line("phần mở đầu này còn dài.", 160)]
    body += [line(text, 180 + 20 * i, 85 + indent) for i, text in enumerate(short)]
    close = [line(text, 300 + 20 * i) for i, text in enumerate(CLOSE)]
    found = texts_of(*title, *body, *close)
    assert [number for number, _ in found] == ["", "I", "1", "", "2", ""]
    assert found[0][1] == f"{long} phần mở đầu này còn dài."


def numbers_of(*texts: str) -> list[tuple[str, str]]:
    """The section path and number of each paragraph; those in doubt have a question mark."""
    full = "Nay lập chương trình về nghề muối, nghề cá của tỉnh đến hết năm 2030 như sau đây:"
    lines = [line(text, 80 + 20 * i, 121) for i, text in enumerate((full, *texts))]
    close = [line(text, 700 + 20 * i) for i, text in enumerate(CLOSE)]
    records, _ = prose_records(lines, (), close)
    return [(r.section_path, r.number + "?" * ("number" in r.review)) for r in records[1:]]


def test_prose_without_parts_in_roman_numerals_begins_with_plain_numbers() -> None:
    texts = ("1. Nghề muối", "1.1. Giữ đồng muối cũ.", "2. Nghề cá", "Đóng tàu.", "3. Chợ")
    assert numbers_of(*texts) == [("1", "1"), ("1", "1.1"), ("2", "2"), ("2", ""), ("3", "3")]


def test_parts_of_prose_may_be_letters_above_the_roman_numerals() -> None:
    texts = ("A. MỤC TIÊU", "I. NGHỀ MUỐI", "1. Giữ đồng muối.", "B. VIỆC LÀM", "I. CHỢ", "1. Xây.")
    assert numbers_of(*texts) == [
        ("A", "A"),
        ("A/I", "I"),
        ("A/I", "1"),
        ("B", "B"),
        ("B/I", "I"),
        ("B/I", "1"),
    ]


def test_parts_by_letters_need_no_roman_numerals_below_them() -> None:
    texts = ("A. MỤC TIÊU", "Giữ đồng muối.", "B. VIỆC LÀM", "Xây bến.", "C. CHỢ", "Mở chợ.")
    assert numbers_of(*texts) == [
        ("A", "A"),
        ("A", ""),
        ("B", "B"),
        ("B", ""),
        ("C", "C"),
        ("C", ""),
    ]


def test_numbers_begin_anew_below_each_article() -> None:
    texts = (
        "Điều 1. Giữ nghề muối",
        "1. Lập vùng.",
        "2. Cấp đất.",
        "Điều 2. Thi hành",
        "1. Tỉnh lo.",
    )
    found = numbers_of(*texts, "2. Xã làm.")
    assert found == [
        ("Điều 1", "Điều 1"),
        ("Điều 1", "1"),
        ("Điều 1", "2"),
        ("Điều 2", "Điều 2"),
        ("Điều 2", "1"),
        ("Điều 2", "2"),
    ]


def test_prose_goes_on_behind_a_table_that_stands_within_it() -> None:
    first = [line("KẾ HOẠCH", 100, 280), line("về nghề muối", 120, 270), line("I. VIỆC LÀM", 140)]
    rest = [line("Nay giao việc theo biểu sau đây cho các xã ven biển của tỉnh cùng làm:", 160)]
    below = [
        line("II. THI HÀNH", 500, page_no=2),
        line("Các xã làm theo kế hoạch.", 520, page_no=2),
    ]
    close = [line(text, 600 + 20 * i, page_no=2) for i, text in enumerate(CLOSE)]
    text = {1: [*first, *rest], 2: [*below, *close]}
    pages = [PageLayout(n, WIDTH, 842, tuple(lines), ()) for n, lines in text.items()]
    parts = split_prose(prose_lines(pages, text, 2))
    assert [one.agreed for one in parts.body] == [one.agreed for one in (*first[2:], *rest, *below)]
    appendix = [line("PHỤ LỤC 1", 60, 280, page_no=2), *text[2]]
    assert prose_lines(pages, {1: text[1], 2: appendix}, 2) == text[1]
    assert prose_lines(pages, {1: [*text[1], *close], 2: below}, 2) == [*text[1], *close]


def test_a_department_is_no_number_and_who_decides_is_no_part_of_the_title() -> None:
    front = [
        line("UBND TỈNH HẢI VÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 20),
        line("SỞ CÔNG THƯƠNG | Độc lập - Tự do - Hạnh phúc", 40),
        line("Số: 12/QĐ-SCT | Hải Vân, ngày 09 tháng 3 năm 2026", 60),
        line("QUYẾT ĐỊNH", 100, 250),
        line("Ban hành kế hoạch xây chợ", 120, 200),
        line("GIÁM ĐỐC SỞ CÔNG THƯƠNG", 140, 200),
    ]
    record = scanned_document(front, [], None, [], WIDTH)
    assert field(record, "issuer") == "UBND TỈNH HẢI VÂN SỞ CÔNG THƯƠNG"
    assert field(record, "number") == "Số: 12/QĐ-SCT"
    assert field(record, "title") == "QUYẾT ĐỊNH Ban hành kế hoạch xây chợ"


@pytest.mark.parametrize("text", ["Số 12-CTr/TU", "Số: /KH-UBND", "Số -KH/TU", "Sô: 7", "S0 12/KH"])
def test_a_number_is_told_from_a_department(text: str) -> None:
    assert head_column(fold(text)) == "number"
    assert head_column(fold("SỞ Y TẾ")) == "issuer"


def test_a_sentence_above_the_small_list_of_recipients_is_no_footnote() -> None:
    body = [
        line(f"Câu thứ {word} của chương trình.", 40 + 20 * i) for i, word in enumerate("abcdeg")
    ]
    last = [line("1. Các xã làm theo.", 180, height=13.9), line("2. Tỉnh lo.", 200, height=13.9)]
    close = [line(text, 240 + 15 * i, height=12) for i, text in enumerate(CLOSE)]
    kept, notes = take_footnotes([*body, *last, *close])
    assert (kept, notes) == ([*body, *last, *close], [])
