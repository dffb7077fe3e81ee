"""Text that stands in columns on a page without a table stops the run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalize.rows.scan.layout import Line, PageLayout
from normalize.rows.scan.left_over import stands_in_columns
from normalize.rows.scan.rows import pages_to_assembly
from schemas.errors import LayoutError
from tests.normalize.rows.scan.test_find_tables import moved, page, slots

TASKS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")
ROW = ("1", "Trồng rừng", "Sở Công Thương", "Sở Nội vụ", "Năm 2026")
COLUMNS = (60, 100, 200, 300)


def bare(*rows: tuple[str, ...]) -> PageLayout:
    """A page without a table, whose texts stand beside and below each other as columns do."""
    lines = [
        Line(1, 100 * n + i, slots(text, x, 80 + 15 * n))
        for n, row in enumerate(rows)
        for i, (x, text) in enumerate(zip(COLUMNS, row, strict=False))
    ]
    return replace(page(TASKS), lines=tuple(lines), tables=())


def test_a_document_of_which_a_page_of_columns_has_no_table_is_refused() -> None:
    lost = moved(bare(*[("2", "Trồng rừng", "Sở Y tế", "Năm 2026")] * 6), 2)
    with pytest.raises(LayoutError, match=r"page 2: text stands in columns"):
        pages_to_assembly([page(TASKS, ROW), lost])


def test_prose_heads_and_signatures_stand_in_no_columns() -> None:
    head = ("TỈNH ỦY", "", "ĐẢNG CỘNG SẢN")
    prose = ("Trồng rừng trên núi đá",)
    assert not stands_in_columns(bare(*[head] * 3, *[prose] * 30, *[("Lưu", "", "BÍ THƯ")] * 8))
    assert not stands_in_columns(bare(*[("1", "B", "C")] * 4, *[prose] * 20))
    assert stands_in_columns(bare(*[("1", "B", "C")] * 6, *[prose] * 6))


def test_signatures_and_recipients_side_by_side_are_no_table() -> None:
    signed = ("NGƯỜI LẬP", "", "TRƯỞNG PHÒNG", "GIÁM ĐỐC")
    named = ("Vi Sa", "", "Lò Mây", "Hà Thu")
    assert not stands_in_columns(bare(signed, *[("(Ký tên)", "", "(Ký tên)", "(Ký)")] * 5, named))
    sent = [("- Như Điều 3;", "", "KT. GIÁM ĐỐC", "CHỦ TỊCH")] * 7
    assert not stands_in_columns(bare(*sent))


def test_a_table_of_contents_is_no_table_of_rows_and_a_plan_by_years_is_one() -> None:
    titles = ("Mục tiêu", "Giải pháp", "Nguồn lực", "Tổ chức", "Theo dõi", "Phụ lục")
    pages, years = (2, 5, 5, 9, 14, 21), (2026, 2026, 2027, 2027, 2028, 2028)
    contents = [("1.", text, "", str(at)) for text, at in zip(titles, pages, strict=True)]
    assert not stands_in_columns(bare(*contents))
    for last in (map(str, years), ("4", "9", "3", "7", "1", "5"), ["8"] * 6):
        rows = [("-", text, "Sở Y tế", own) for text, own in zip(titles, last, strict=True)]
        assert stands_in_columns(bare(*rows))
