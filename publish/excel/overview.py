"""The first sheet: the document, what each sheet holds, and what the colour means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from publish.excel.formats import Formats
from publish.excel.sheet import REVIEW_PAGE, height_of, lines_of
from publish.metrics import doubted_columns
from schemas.words.titles import title_of

_SHOWN = (
    "title", "kind", "number", "date", "issuer", "province", "term", "signatory", "pages",
    "notice", "notes",
)  # fmt: skip
_HEADS = ("Bảng", "Số hàng", "Ô cần rà soát", "Nội dung", "Tên ở tệp khác")
_WIDTHS = (26, 10, 16, 78, 20)
_HOW_TO_READ = (
    "Ô có màu này cần được người dùng xem lại; đưa chuột lên ô để đọc lý do.",
    "Đưa chuột lên tiêu đề cột để đọc tên tiếng Anh và ý nghĩa của cột.",
    "Cột đầu của mỗi bảng dẫn đến trang rà soát, nơi có ảnh của ô.",
)


def fill_overview(
    sheet: Worksheet, tables: Mapping[str, pd.DataFrame], formats: Formats, *, links: bool
) -> None:
    """Write the overview of a document's tables."""
    document = tables["document"].iloc[0]
    for i, width in enumerate(_WIDTHS):
        sheet.set_column(i, i, width)
    row = 0
    for column in _SHOWN:
        if document[column]:
            sheet.write_string(row, 0, title_of("document", column).vi, formats.bold)
            sheet.merge_range(row, 1, row, 4, "", formats.plain)
            shown = str(document[column])
            if column == "date":
                shown = date.fromisoformat(shown).strftime("%d/%m/%Y")
            sheet.write_string(row, 1, shown, formats.plain)
            sheet.set_row(row, height_of(lines_of(shown, sum(_WIDTHS[1:]))))
            row += 1
    row = _legend(sheet, row + 1, formats, links=links)
    _list_of_tables(sheet, row + 1, tables, formats)


def _legend(sheet: Worksheet, row: int, formats: Formats, *, links: bool) -> int:
    """Write how the workbook is read, from ``row`` on; the row behind it."""
    for i, told in enumerate(_HOW_TO_READ if links else _HOW_TO_READ[:-1]):
        sheet.merge_range(row, 0, row, 4, "", formats.doubt if not i else formats.plain)
        sheet.write_string(row, 0, told, formats.doubt if not i else formats.plain)
        row += 1
    if links:
        sheet.write_url(row, 0, REVIEW_PAGE, formats.of("key", linked=True), "Mở trang rà soát")
        row += 1
    return row


def _list_of_tables(
    sheet: Worksheet, row: int, tables: Mapping[str, pd.DataFrame], formats: Formats
) -> None:
    doubted = doubted_columns(tables)
    for i, head in enumerate(_HEADS):
        sheet.write_string(row, i, head, formats.head)
    for name, frame in tables.items():
        row += 1
        title = title_of(name)
        in_review = sum(n for column, n in doubted.items() if column.split(".")[0] == name)
        link = formats.of("key", linked=True)
        sheet.write_url(row, 0, f"internal:'{title.vi}'!A1", link, title.vi)
        sheet.write_number(row, 1, len(frame), formats.of("whole"))
        sheet.write_number(row, 2, in_review, formats.of("whole", doubted=in_review > 0))
        sheet.write_string(row, 3, title.description_vi, formats.of("text"))
        sheet.set_row(row, height_of(lines_of(title.description_vi, _WIDTHS[3])))
        sheet.write_string(row, 4, name, formats.of("key"))
