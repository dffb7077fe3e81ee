"""tables.xlsx: typed cells, headers and doubts that explain themselves, nothing that calculates."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from publish.doubts import doubts_of
from publish.excel.book import tables_to_workbook
from publish.excel.formats import DOUBT_COLOUR
from publish.excel.sheet import lines_of
from schemas.checking import key_of
from schemas.files import column_kinds, write
from schemas.published import TABLES, check_tables
from schemas.row_frames import Repaired, Rows
from schemas.words.titles import title_of
from tests.normalize.tables.tables import small_tables

LEAD = ("tasks", "1.1.10", "lead")


def opened(
    tables: dict[str, pd.DataFrame],
    doubts: dict[tuple[str, str, str], tuple[str, ...]] | None = None,
    *,
    links: bool = True,
) -> Workbook:
    content = tables_to_workbook(check_tables(tables), doubts or {}, has_review_page=links)
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet_of(book: Workbook, table: str) -> Worksheet:
    found = book[title_of(table).vi]
    assert isinstance(found, Worksheet)
    return found


def cell_of(book: Workbook, table: str, row: int, column: str) -> Any:
    """A cell by its row, from 1 below the header, and its column's own name."""
    place = list(column_kinds(TABLES[table])).index(column) + 1
    return sheet_of(book, table).cell(row + 1, place)


def colour(cell: Any) -> str:
    return f"#{cell.fill.start_color.rgb[2:]}" if cell.fill.fill_type else ""


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(small_tables(), {LEAD: ("unknown", "half_wall")})


def test_texts_stay_texts_and_nothing_calculates(book: Workbook) -> None:
    cells = [
        cell
        for name in TABLES
        for row in sheet_of(book, name).iter_rows(min_row=2)
        for cell in row
        if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s", "n", "b", "d"}  # and no f
    assert (
        cell_of(book, "tasks", 3, "task").value,
        cell_of(book, "tasks", 3, "task").data_type,
    ) == (
        "=1+1",
        "s",
    )
    assert cell_of(book, "paragraphs", 2, "refers_to").value == "1.10"
    assert cell_of(book, "tasks", 1, "number").value == "1.1.10"


def test_dates_are_dates_and_numbers_are_numbers(book: Workbook) -> None:
    end = cell_of(book, "tasks", 1, "end")
    assert (end.value, end.number_format) == (datetime(2029, 12, 31), "dd/mm/yyyy")
    assert cell_of(book, "growth", 1, "value_min").value == 10.41
    assert cell_of(book, "indicators", 1, "target_min").value == 90
    assert cell_of(book, "indicators", 1, "target_max").value is None
    assert cell_of(book, "bodies", 1, "is_generic").value is False
    tables = small_tables()
    tables["citations"].loc[0, "date"] = "1899-12-30"  # which Excel has no number for
    assert cell_of(opened(tables), "citations", 1, "date").value == "1899-12-30"


def test_headers_are_vietnamese_and_their_notes_tell_the_rest(book: Workbook) -> None:
    for name, model in TABLES.items():
        head = next(sheet_of(book, name).iter_rows(max_row=1))
        assert [cell.value for cell in head] == [
            title_of(name, column).vi for column in column_kinds(model)
        ]
        assert len({cell.value for cell in head}) == len(head)
        for cell, column in zip(head, column_kinds(model), strict=True):
            assert cell.comment is not None
            assert cell.comment.text.startswith(f"{column}: {title_of(name, column).en}")
    note = cell_of(book, "milestones", 0, "recurrence").comment.text
    assert "quarterly: Hằng quý" in note


def test_cells_in_review_are_coloured_and_say_why(book: Workbook) -> None:
    lead = cell_of(book, *LEAD[:1], 1, "lead")
    assert colour(lead) == DOUBT_COLOUR
    note = lead.comment.text
    assert note.startswith("Cần rà soát: Chủ trì")
    assert "- Từ không có trong từ điển\n- Đường kẻ của bảng chỉ thấy một phần" in note
    assert "Độ tin cậy: 0,750" in note
    assert "Đọc được: Sờ Tài chính" in note
    assert "Đã sửa: Sờ → Sở (Ngữ cảnh quyết định)" in note
    others = [cell for row in sheet_of(book, "tasks").iter_rows(min_row=2) for cell in row]
    assert [cell.coordinate for cell in others if colour(cell)] == [lead.coordinate]
    assert [cell.coordinate for cell in others if cell.comment] == [lead.coordinate]


def test_doubt_covers_what_is_derived_from_the_column() -> None:
    tables = small_tables()
    tables["tasks"].loc[0, "review"] = "deadline"
    book = opened(tables)
    for column in ("deadline", "deadline_kind", "start", "end"):
        cell = cell_of(book, "tasks", 1, column)
        assert colour(cell) == DOUBT_COLOUR
        assert cell.comment.text.startswith("Cần rà soát: Thời hạn\n- Giá trị không theo mẫu")
    assert not colour(cell_of(book, "tasks", 1, "funding"))


def test_rows_lead_to_the_review_page_where_there_is_one(book: Workbook) -> None:
    def link(table: str, row: int) -> str:
        found: Any = sheet_of(book, table).cell(row + 1, 1).hyperlink
        return f"{found.target}#{found.location}".replace("\\", "/")

    assert link("tasks", 3) == "review/review.html#tasks:1.1.11%281%29"
    assert link("milestones", 2) == "review/review.html#tasks:1.1.10"
    assert link("growth", 1).startswith("review/review.html#growth:I%7CGiai%20")
    assert link("cells", 1) == "review/review.html#tasks:1.1.10"
    assert sheet_of(book, "bodies").cell(2, 1).hyperlink is None
    without = opened(small_tables(), links=False)
    assert sheet_of(without, "tasks").cell(2, 1).hyperlink is None


def test_every_sheet_is_set_up_for_screen_and_print(book: Workbook) -> None:
    for name in TABLES:
        sheet = sheet_of(book, name)
        key_frozen = "B2" if key_of(TABLES[name]) else "A2"
        assert (sheet.freeze_panes, sheet.print_title_rows) == (key_frozen, "$1:$1")
        assert sheet.auto_filter.ref is not None
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
    tasks = sheet_of(book, "tasks")
    assert tasks.print_title_cols == "$A:$A"  # it is wider than a sheet of paper
    assert tasks.column_dimensions["E"].width > tasks.column_dimensions["B"].width


def test_rows_are_as_high_as_their_longest_text_needs() -> None:
    tables = small_tables()
    tables["tasks"].loc[1, "task"] = text = "việc làm " * 100 + "hết"
    sheet = sheet_of(opened(tables), "tasks")
    heights = [sheet.row_dimensions[row].height for row in (2, 3)]
    assert heights[0] is None  # as high as any row: one line
    assert heights[1] == 15 * lines_of(text, 60)
    assert 200 < heights[1] <= 409  # what Excel takes


def test_the_overview_counts_rows_and_doubts_and_leads_to_the_sheets(book: Workbook) -> None:
    overview = book.worksheets[0]
    rows: dict[Any, Any] = {
        row[4].value: row for row in overview.iter_rows() if row[4].value in TABLES
    }
    assert list(rows) == list(TABLES)
    assert [cell.value for cell in rows["tasks"]][:3] == ["Nhiệm vụ", 3, 1]
    assert rows["tasks"][0].hyperlink.location == "'Nhiệm vụ'!A1"
    assert overview["B1"].value == "Chương trình hành động"
    assert book.sheetnames == [overview.title, *(title_of(name).vi for name in TABLES)]


def test_equal_tables_give_equal_bytes() -> None:
    made = [
        tables_to_workbook(check_tables(small_tables()), {}, has_review_page=True) for _ in range(2)
    ]
    assert made[0] == made[1]


def test_the_reasons_of_doubt_are_those_of_the_stages_before(tmp_path: Path) -> None:
    assert doubts_of(tmp_path, "case") == {}
    blank = dict.fromkeys(Rows.to_schema().columns, "")
    row = blank | {"table": "tasks", "row_id": "1.1", "page_no": 2, "review": "task_id; lead"}
    write(Rows, pd.DataFrame([row | {"reason": "a text begins with a small letter"}]),
          tmp_path / "rows" / "rows.parquet")  # fmt: skip
    repaired = Repaired.to_schema().columns
    word = {
        name: {"str": "", "int64": 1, "float64": 0.5, "bool": False}.get(str(column.dtype), "")
        for name, column in repaired.items()
    }
    words = [
        word | {"table": "tasks", "row_id": "1.1", "column": "lead", "doubtful": True, "rule": rule}
        for rule in ("unknown", "margin", "unknown")
    ]
    words += [word | {"table": "document", "column": "title", "doubtful": True, "rule": "case"}]
    words += [word | {"table": "tasks", "row_id": "1.1", "column": "task", "rule": "witnesses"}]
    write(Repaired, pd.DataFrame(words), tmp_path / "repair" / "repaired.parquet")
    assert doubts_of(tmp_path, "case") == {
        ("tasks", "1.1", "lead"): ("unknown", "margin", "a text begins with a small letter"),
        ("tasks", "1.1", "task_id"): ("a text begins with a small letter",),
        ("document", "case", "title"): ("case",),
    }
