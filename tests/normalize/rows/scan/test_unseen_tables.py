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
    """A page without a table, whose texts stand below each other at the places of columns."""
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
    assert not stands_in_columns(bare(*[("A", "B", "C")] * 4, *[prose] * 20))
    assert stands_in_columns(bare(*[("A", "B", "C")] * 6, *[prose] * 6))
