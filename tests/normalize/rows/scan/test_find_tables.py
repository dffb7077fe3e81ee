"""Tables are found by what they are: their columns together, headers of one row or two, and what
stands in the cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from normalize.rows.records import Record
from normalize.rows.role_labels import role_of_label
from normalize.rows.scan.appendices import appendix_numbers
from normalize.rows.scan.appendix_titles import Heading
from normalize.rows.scan.grid_rows import Table, find_tables, pages_to_tables
from normalize.rows.scan.layout import Box, Line, PageLayout
from normalize.rows.scan.row_numbers import number_rows
from normalize.rows.scan.rows import pages_to_assembly
from normalize.rows.slots import PrintedWord, Word
from normalize.text.fold import fold
from schemas.errors import MissingAppendix, NotAProgramme

WIDTH, HEIGHT = 100.0, 20.0
Row = Sequence[str]


def slots(text: str, x0: float, top: float) -> tuple[PrintedWord, ...]:
    words = text.split()
    places = [x0 + 10 * i for i in range(len(words))]
    return tuple(
        PrintedWord(Word(word, 0.99, 1, x, top, x + 9, top + 10), (("vector", word, 0.99),))
        for word, x in zip(words, places, strict=True)
    )


def box(text: str, row: int, column: int, top: float, span: tuple[int, int] = (1, 1)) -> Box:
    x0, y0 = 50 + WIDTH * column, top + HEIGHT * row
    return Box(
        1, row * 50 + column + 1, 1, row, column, *span, bool(text), x0, y0,
        x0 + WIDTH * span[1], y0 + HEIGHT * span[0], slots(text, x0, y0 + 2),
    )  # fmt: skip


def boxes(rows: Sequence[Row], top: float = 200) -> tuple[Box, ...]:
    """A grid; ``<`` is covered by the cell on its left, ``^`` by the one above it."""
    found = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            wide = 1
            while c + wide < len(row) and row[c + wide] == "<":
                wide += 1
            high = 1
            while r + high < len(rows) and rows[r + high][c] == "^":
                high += 1
            found.append(box(text, r, c, top, (high, wide)))
    return tuple(found)


def line(text: str, top: float) -> Line:
    return Line(1, 900 + int(top), slots(text, 100, top))


def page(*rows: Row, above: Sequence[str] = ("PHỤ LỤC 3", "DANH MỤC NHIỆM VỤ")) -> PageLayout:
    lines = tuple(line(text, 100 + 20 * i) for i, text in enumerate(above))
    return PageLayout(1, 842, 595, lines, (boxes(rows),))


def names_of(table: Table) -> list[str]:
    return [column.name for column in table.rows[0].columns]


BODIES = (("Sở Công Thương", "Sở Tài chính"), ("Công an tỉnh", "Sở Nội vụ"))


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (
            ("STT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian trình"),
            ["task_id", "task", "lead", "coordinating", "deadline"],
        ),
        (
            ("TT", "Thời hạn", "Tên nhiệm vụ", "Cơ quan thực hiện", "Sản phẩm"),
            ["task_id", "deadline", "task", "lead", "product"],
        ),
        (
            ("TT", "Nhiệm vụ", "Cơ quan chủ trì, phối hợp", "Thời gian hoàn thành", "Ghi chú"),
            ["task_id", "task", "lead_and_coordinating", "deadline", "note"],
        ),
        (
            ("TT", "Nhiệm vụ", "Cơ quan tham mưu", "Lãnh đạo phụ trách", "Thời hạn"),
            ["task_id", "task", "lead", "extra|Lãnh đạo phụ trách", "deadline"],
        ),
        (
            ("STT", "Chỉ tiêu", "ĐVT", "Mục tiêu đến năm 2030", "Cơ quan theo dõi"),
            ["indicator_id", "name", "unit", "target", "lead"],
        ),
        (
            ("STT", "Chỉ tiêu", "ĐVT", "TH 2025", "2026", "2027", "2028"),
            ["indicator_id", "name", "unit", "value", "value", "value", "value"],
        ),
        (
            ("STT", "Chỉ tiêu", "ĐVT", "Năm 2025", "Năm 2030"),
            ["line_id", "name", "unit", "value", "value"],
        ),
    ],
)
def test_columns_are_named_by_their_headers_in_any_order(header: Row, wanted: list[str]) -> None:
    (table,) = pages_to_tables([page(header, ("1", *["x"] * (len(header) - 1)))])
    assert names_of(table) == wanted


def test_many_years_under_a_title_about_growth_are_growth() -> None:
    header = ("STT", "Chỉ tiêu", "ĐVT", "2025", "2026", "2027", "2028")
    above = ("PHỤ LỤC 2", "TĂNG TRƯỞNG VÀ CƠ CẤU KINH TẾ")
    (table,) = pages_to_tables(
        [page(header, ("1", "Dịch vụ", "%", "7", "8", "9", "9"), above=above)]
    )
    assert table.name == "growth"


TWO_ROWS = (
    ("STT", "Chỉ tiêu", "Đơn vị tính", "Lộ trình thực hiện", "<", "Cơ quan chủ trì"),
    ("^", "^", "^", "2026", "2027", "^"),
)


def test_a_header_of_two_rows_names_its_columns_by_the_lower() -> None:
    (table,) = pages_to_tables(
        [page(*TWO_ROWS, ("1", "Số thôn có chi bộ", "%", "80", "90", "Sở Nội vụ"))]
    )
    assert (table.name, names_of(table)) == (
        "indicators",
        ["indicator_id", "name", "unit", "value", "value", "lead"],
    )
    assert [column.label.text for column in table.rows[0].columns if column.name == "value"] == [
        "2026",
        "2027",
    ]
    assert len(table.rows) == 1


@pytest.mark.parametrize(
    "numbers",
    [
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("A", "B", "1", "2", "3"),
        ("1", "2", "3", "4", "5=3+4"),
        ("q)", "(2)", ")", "4)", "(5)"),
        ("()", "(2)", "3)", "", "Œ)"),
    ],
)
def test_a_row_of_column_numbers_is_no_row(numbers: Row) -> None:
    header = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Nguồn lực")
    (table,) = pages_to_tables(
        [
            page(
                header,
                numbers,
                ("1", "Rà soát biển báo", "Sở Xây dựng", "Năm 2026", "Ngân sách tỉnh"),
            )
        ]
    )
    assert [row.number.text for row in table.rows if row.number is not None] == ["1"]


def test_columns_whose_header_says_nothing_are_named_by_their_cells() -> None:
    header = ("TT", "Nhiệm vụ", "CƠ UẠN ~", "Thời hạn", "Ghi chú")
    rows = [
        (str(i), "Rà soát biển báo trên các tuyến", body, "Năm 2026", "")
        for i, (body, _) in enumerate(BODIES, 1)
    ]
    (table,) = pages_to_tables([page(header, *rows)])
    assert names_of(table)[2] == "lead"


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("Lực lượng phối hợp", "coordinating"),
        ("Bộ phận chủ trì", "lead"),
        ("Phòng, ban được giao phối hợp", "coordinating"),
        ("Các sở, ban, ngành phối hợp thực hiện", "coordinating"),
    ],
)
def test_a_label_that_no_list_has_is_told_by_the_role_in_it(label: str, column: str) -> None:
    header = ("TT", "Nhiệm vụ", "Thời hạn", label)
    (table,) = pages_to_tables([page(header, ("1", "Rà soát biển báo", "Năm 2026", "Tổ 5"))])
    assert names_of(table)[3] == column


@pytest.mark.parametrize(
    "label",
    [
        "Nội dung phối hợp",
        "Hình thức phối hợp",
        "Cơ chế phối hợp",
        "Văn bản phối hợp",
        "Số lượt phối hợp",
        "Tiến độ của đơn vị chủ trì",
        "Đề xuất của đơn vị chủ trì",
        "Tổ chức phối hợp",
        "Số phối hợp",
        "Ban hành văn bản phối hợp",
        "Đồng chí lãnh đạo chủ trì",
        "Cơ quan soạn nội dung phối hợp",
    ],
)
def test_a_role_beside_what_a_column_holds_else_names_none(label: str) -> None:
    assert role_of_label(fold(label)) == ""


def test_a_table_without_numbers_may_have_a_column_that_nobody_knows() -> None:
    header = ("Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Địa bàn áp dụng")
    rows = [
        (f"{i}. Rà soát biển báo", body, "Năm 2026", "xã đảo phía đông")
        for i, (body, _) in enumerate(BODIES, 1)
    ]
    (table,) = pages_to_tables([page(header, *rows)])
    assert names_of(table) == ["task", "lead", "deadline", "extra|Địa bàn áp dụng"]
    assert [row.decided.key for row in number_rows(table).rows] == ["1", "2"]


def test_a_dash_beside_an_empty_number_is_a_part_of_the_line_of_growth_above() -> None:
    header = ("STT", "Chỉ tiêu", "ĐVT", "Giai đoạn 2021 - 2025", "Giai đoạn 2026 - 2030")
    rows = [
        ("I", "Tăng trưởng", "%", "7", "9"),
        ("1", "Dịch vụ", "%", "8", "9"),
        ("", "- Vận tải", "%", "6", "7"),
        ("", "- Thương mại", "%", "5", "7"),
        ("2", "Nông nghiệp", "%", "3", "4"),
    ]
    (table,) = pages_to_tables([page(header, *rows)])
    assert [(row.decided.key, row.decided.status) for row in number_rows(table).rows] == [
        ("I", "read"), ("I.1", "read"), ("I.1(1)", "read"), ("I.1(2)", "read"), ("I.2", "read"),
    ]  # fmt: skip


def test_an_unknown_column_is_an_extra_and_not_lost() -> None:
    header = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Cấp trình")
    rows = [
        (str(i), "Rà soát biển báo", lead, "Năm 2026", "HĐND tỉnh")
        for i, (lead, _) in enumerate(BODIES, 1)
    ]
    records = of("extras", page(header, *rows))
    assert [record.row_id for record in records] == ["tasks|1|Cấp trình", "tasks|2|Cấp trình"]


def test_a_table_of_no_kind_keeps_its_cells() -> None:
    tasks = page(
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"), ("1", "Rà soát", "Sở Y tế", "Năm 2026")
    )
    own = ("PHỤ LỤC 4", "HỘ DÂN TÁI ĐỊNH CƯ")
    other = page(("Xã", "Số hộ"), ("Hòa Lộc", "412"), ("Tân Khê", "87"), above=own)
    records = of("other_cells", tasks, moved(other, 2))
    assert [(record.row_id, record.appendix, record.label) for record in records][:3] == [
        ("1|1|1", "4", "1 1 1"),
        ("1|1|2", "4", "1 1 1"),
        ("1|2|1", "4", "1 1 0"),
    ]
    assert len(records) == 6


def test_several_tables_of_a_kind_have_their_appendix_before_their_keys() -> None:
    header = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn")
    rows = [
        ("I", "Kinh tế", "<", "<"),
        ("1", "Rà soát quy hoạch", "Sở Xây dựng", "Năm 2026"),
        ("2", "Mở chợ", "Sở Y tế", "2027"),
    ]
    first = page(header, *rows, above=("BIỂU SỐ 01", "NHIỆM VỤ TRỌNG TÂM"))
    second = moved(page(header, *rows, above=("BIỂU SỐ 02", "DỰ ÁN")), 2)
    records = pages_to_assembly([first, second]).records
    assert [record.row_id for record in records if record.table == "tasks"] == [
        "1",
        "2",
        "2/1",
        "2/2",
    ]
    assert [(r.row_id, r.parent_id) for r in records if r.table == "groups"] == [
        ("1|I", ""),
        ("2|2/I", ""),
    ]
    assert [r.group_id for r in records if r.table == "tasks"] == ["I", "I", "2/I", "2/I"]
    found = [(r.row_id, r.kind, r.label, r.number) for r in records if r.table == "appendices"]
    assert found == [("1", "tasks", "BIỂU SỐ 01", "2 1"), ("2", "tasks", "BIỂU SỐ 02", "2 2")]


def test_what_an_appendix_was_sent_with_is_no_title() -> None:
    above = (
        "Phụ lục II",
        "DANH MỤC DỰ ÁN",
        "(Kèm theo Kế hoạch số 12/KH-UBND",
        "ngày 02/3/2026 của UBND tỉnh)",
    )
    (found,) = of(
        "appendices",
        page(
            ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"),
            ("1", "Rà soát", "Sở Y tế", "2026"),
            above=above,
        ),
    )
    words = [slot.text for piece in found.cells["title"] for slot in piece.slots]
    assert (found.row_id, found.label, " ".join(words)) == ("2", "Phụ lục II", "DANH MỤC DỰ ÁN")


def test_groups_in_the_cell_of_the_task_with_the_others_empty() -> None:
    header = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn")
    rows = [
        ("A", "Kinh tế", "", ""),
        ("1", "Mở chợ", "Sở Y tế", "2027"),
        ("B", "Xã hội", "", ""),
        ("2", "Xây trường", "Sở Nội vụ", "2028"),
    ]
    records = pages_to_assembly([page(header, *rows)]).records
    assert [record.row_id for record in records if record.table in ("groups", "tasks")] == [
        "3|A",
        "3|B",
        "1",
        "2",
    ]


def of(table: str, *pages: PageLayout) -> list[Record]:
    return [record for record in pages_to_assembly(list(pages)).records if record.table == table]


def moved(one: PageLayout, page_no: int) -> PageLayout:
    """The page as another one of its document."""
    tables = tuple(tuple(replace(cell, page_no=page_no) for cell in table) for table in one.tables)
    return replace(
        one,
        page_no=page_no,
        tables=tables,
        lines=tuple(replace(each, page_no=page_no) for each in one.lines),
    )


HEADER = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn")
TASK = ("1", "Rà soát", "Sở Y tế", "Năm 2026")


def prose(*texts: str) -> PageLayout:
    return PageLayout(
        1, 595, 842, tuple(line(text, 100 + 20 * i) for i, text in enumerate(texts)), ()
    )


def test_an_appendix_that_the_text_names_must_be_there() -> None:
    text = prose(
        "KẾ HOẠCH", "I. MỤC TIÊU", "1. Nhiệm vụ cụ thể nêu tại Phụ lục 4 kèm theo Kế hoạch này."
    )
    with pytest.raises(
        MissingAppendix,
        match=r"page 1: the text names appendix 4, and the document has none; found: 3 \(tasks, "
        r"page 2\)",
    ):
        pages_to_assembly([text, moved(page(HEADER, TASK), 2)])


@pytest.mark.parametrize(
    "text",
    [
        "1. Theo Phụ lục 4 ban hành kèm theo Nghị định số 30.",
        "1. Xem Phụ lục 3.",
        "1. Xem Phụ lục III.",
    ],
)
def test_the_appendix_of_another_document_or_one_that_is_there_is_no_trouble(text: str) -> None:
    assert of("tasks", prose("KẾ HOẠCH", "I. MỤC TIÊU", text), moved(page(HEADER, TASK), 2))


def test_a_document_without_such_a_table_says_what_was_looked_for_and_seen() -> None:
    with pytest.raises(
        NotAProgramme,
        match=r"no table of tasks, indicators or growth was found on 1 pages; seen: 1 ruled tables "
        r"\(page 1\)",
    ):
        pages_to_assembly([page(("Xã", "Số hộ"), ("Hòa Lộc", "412"))])
    with pytest.raises(NotAProgramme, match="seen: no ruled table"):
        pages_to_assembly([prose("THÔNG BÁO", "Về việc nghỉ lễ")])


def test_a_missing_kind_is_no_error_by_itself() -> None:
    tables, others = find_tables([page(HEADER, TASK)])
    assert ([table.name for table in tables], others) == (["tasks"], [])


def test_a_label_that_the_leader_cannot_read_is_taken_from_the_others_and_in_review() -> None:
    bare = page(HEADER, TASK, above=("x", "NHIỆM VỤ"))
    readings = (
        ("vie", "4:BIEUSO0T", 0.2),
        ("script", "BIỂU SỐ 04", 0.9),
        ("layer", "BIỂU SỐ 04", 0.8),
    )
    garbled = PrintedWord(Word("4:BIEUSO0T", 0.2, 1, 100, 100, 190, 110), readings)
    lines = (replace(bare.lines[0], slots=(garbled,)), *bare.lines[1:])
    (found,) = of("appendices", replace(bare, lines=lines))
    assert (found.row_id, found.label, found.review) == ("4", "BIỂU SỐ 04", ("label",))


def test_a_table_without_a_label_beside_others_with_one_is_in_review() -> None:
    header, row = ("STT", "Chỉ tiêu", "ĐVT", "Mục tiêu đến năm 2030"), ("1", "Số thôn", "%", "100")
    bare = moved(page(header, row, above=()), 2)
    found = of("appendices", page(HEADER, TASK), bare)
    assert [one.review for one in found] == [(), ("label", "title")]


def test_the_only_label_that_cannot_be_read_is_the_one_that_the_text_names() -> None:
    text = prose("KẾ HOẠCH", "I. MỤC TIÊU", "1. Phân công tại Phụ lục 5.")
    (found,) = of("appendices", text, moved(page(HEADER, TASK, above=("P~Ụ L^C", "NHIỆM VỤ")), 2))
    assert (found.row_id, found.label) == ("5", "")


def test_a_row_of_short_cells_that_do_not_count_is_a_row() -> None:
    (table,) = pages_to_tables([page(HEADER, ("7", "Sửa chợ", "Sở Y tế", "2026"))])
    assert len(table.rows) == 1
    (table,) = pages_to_tables([page(HEADER, ("9", "Chợ", "UBND", "2026"))])
    assert len(table.rows) == 1


def test_a_label_misread_as_another_appendix_is_in_review() -> None:
    first = page(HEADER, TASK, above=("PHỤ LỤC II", "NHIỆM VỤ"))
    header = ("STT", "Chỉ tiêu", "ĐVT", "Mục tiêu đến năm 2030")
    row = ("1", "Số thôn có chi bộ", "%", "100")
    second = moved(page(header, row, above=("PHỤ LỤC II", "CHỈ TIÊU")), 2)
    found = of("appendices", first, second)
    assert [(one.row_id, one.review) for one in found] == [("2", ("label",)), ("3", ("label",))]


def test_labels_that_witnesses_read_otherwise_are_numbered_so_that_they_count_up() -> None:
    headings = [
        Heading("1", numbers={"1": True}),
        Heading("", numbers={"2": False}),  # H, for II
        Heading("2", numbers={"2": True, "3": True}),
        None,
        Heading("7", numbers={"7": True}),
    ]
    found = appendix_numbers(headings, {"5"})
    assert found == ["1", "2", "3", "5", "7"]


def test_labels_in_another_order_keep_the_numbers_that_were_read() -> None:
    headings = [Heading(number, numbers={number: True}) for number in ("2", "1", "4")]
    assert appendix_numbers(headings, set()) == ["2", "1", "4"]


def test_the_texts_that_rows_are_about_are_found_by_their_words() -> None:
    header = ("STT", "Địa bàn", "Tổng số", "Năm 2026", "Năm 2028", "Năm 2030")
    rows = [
        ("1", "Xã Muối Mặn", "90", "20", "30", "40"),
        ("2", "Phường Bến Cá", "6", "1", "2", "3"),
    ]
    (table,) = pages_to_tables([page(header, *rows, above=("BIỂU 1", "CHỈ TIÊU NHÀ Ở"))])
    assert names_of(table)[:3] == ["indicator_id", "name", "extra|Tổng số"]
