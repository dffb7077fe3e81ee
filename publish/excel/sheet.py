"""One table's sheet: header, values by their types, notes, links, widths, print set-up."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from publish.excel.formats import Formats
from publish.excel.reasons import Reasons
from schemas.checking import key_of, row_ids
from schemas.files import column_kinds
from schemas.published import TABLES
from schemas.references import references_of
from schemas.table_kinds import KINDS
from schemas.words.titles import codes, title_of

REVIEW_PAGE = "external:review/review.html"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767  # characters that Excel takes in a cell
_MOST_LINKS = 65_530  # that Excel takes in a sheet
_EXCELS_FIRST = "1900-03-01"  # before this day Excel counts a day that never was
_WIDEST, _NARROWEST, _HEAD_LINE = 60, 6, 14  # letters
_MOST_CODES = 12  # that a header's note explains
# all readings of a long cell would fill a page: they take the height that the others need
_CUT = frozenset({"readings", "evidence", "source_sha256"})
_FILLED, _HIGHEST = 1.1, 409  # letters on a unit of width; points that Excel takes
_PAGE_WIDE = 215  # letters that are still read on an A4 sheet across


@dataclass(frozen=True)
class Page:
    """A table and the sheet that it goes to."""

    sheet: Worksheet
    name: str
    frame: pd.DataFrame
    formats: Formats


def fill_sheet(page: Page, reasons: Reasons, *, links: bool) -> None:
    """Write a table, its first row frozen and filtered, its key column frozen too."""
    sheet, frame = page.sheet, page.frame
    sheet.freeze_panes(1, len(key_of(TABLES[page.name])[:1]))
    sheet.autofilter(0, 0, max(1, len(frame)), len(frame.columns) - 1)
    # 1.10 is a text on purpose
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(frame) + 1}"})
    ids = row_ids(TABLES[page.name], frame)
    doubted = _doubted(page, reasons)
    heights = [1] * len(frame)
    targets = _targets(page, ids) if links and len(frame) < _MOST_LINKS else []
    width = 0.0
    for i, (column, kind) in enumerate(column_kinds(TABLES[page.name]).items()):
        values = frame[column].tolist()
        _write_head(page, i, column)
        for row, value in enumerate(values, 1):
            about = doubted.get(row - 1, {}).get(column)
            looks = page.formats.of(_look(column, kind, value), doubted=about is not None)
            if i == 0 and targets:
                looks = page.formats.of("key", doubted=about is not None, linked=True)
                _write_link(sheet, row, targets[row - 1], str(value), looks)
            else:
                _write(sheet, row, i, value, kind, looks)
            if about is not None:
                note = reasons.told((page.name, ids[row - 1], about))
                sheet.write_comment(row, i, note, _note_size(note))
        sheet.set_column(i, i, wide := _width(page.name, column, values))
        width += wide
        if kind == "text" and column not in _CUT:
            heights = list(map(max, heights, (lines_of(str(value), wide) for value in values)))
    for row, lines in enumerate(heights, 1):
        sheet.set_row(row, height_of(lines))
    sheet.set_row(0, height_of(max(_head_lines(page, column) for column in frame.columns)) + 3)
    set_up_print(sheet, pages_wide=math.ceil(width / _PAGE_WIDE), header=title_of(page.name).vi)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column so wide; words are not cut, so that some is lost."""
    return max(1, math.ceil(len(text) / ((width - 1) * _FILLED)))


def height_of(lines: int) -> float:
    """The height in points of a row of so many lines; programs do not measure it by themselves."""
    return min(_HIGHEST, 15.0 * lines)


def set_up_print(sheet: Worksheet, *, pages_wide: int, header: str = "") -> None:
    """A4 across, as many pages down as it takes, with the header row on each."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.print_across()  # the rest of a row comes next
    sheet.set_footer("&L&A&RTrang &P / &N")
    if header:
        sheet.repeat_rows(0)
        if pages_wide > 1:
            sheet.repeat_columns(0)


def _doubted(page: Page, reasons: Reasons) -> dict[int, dict[str, str]]:
    """Of each row with cells in review: its columns, with the one that the doubt is about."""
    if "review" not in page.frame.columns:
        return {}
    return {
        row: reasons.columns(page.name, review)
        for row, review in enumerate(page.frame["review"])
        if review
    }


def _targets(page: Page, ids: Sequence[str]) -> list[tuple[str, str]]:
    """The row of the review page that each row leads to: itself, or the one that it is a part of.

    Empty for tables that are of no row.
    """
    frame = page.frame
    if {"table", "row_id"} <= set(frame.columns) and page.name not in KINDS:
        return list(zip(frame["table"], frame["row_id"], strict=True))
    if page.name in KINDS:
        return [(page.name, row_id) for row_id in ids]
    for columns, other, _ in references_of(TABLES[page.name]):
        if other in KINDS:
            return [(other, row_id) for row_id in frame[columns[0]]]
    return []


def _write_head(page: Page, i: int, column: str) -> None:
    title = title_of(page.name, column)
    page.sheet.write_string(0, i, title.vi, page.formats.head)
    unit = f" [{title.unit}]" if title.unit else ""
    note = f"{column}: {title.en}{unit}\n{title.description_vi}\n{title.description_en}"
    meanings = codes().get(title.codes, {})
    if len(meanings) <= _MOST_CODES:
        note += "".join(f"\n{code}: {means.vi}" for code, means in meanings.items())
    page.sheet.write_comment(0, i, note, _note_size(note))


def _note_size(note: str) -> dict[str, Any]:
    """A note as large as its words need; 46 letters stand on a line."""
    lines = sum(1 + len(line) // 46 for line in note.split("\n"))
    return {"width": 300, "height": 18 + 16 * lines, "font_size": 9, "author": ""}


def _write_link(
    sheet: Worksheet, row: int, target: tuple[str, str], text: str, looks: Format
) -> None:
    place = ":".join(quote(part, safe="") for part in target)
    sheet.write_url(row, 0, f"{REVIEW_PAGE}#{place}", looks, _told(text))


def _look(column: str, kind: str, value: Any) -> str:
    if column in _CUT:
        return "long"
    if column == "confidence":
        return "share"
    if kind == "number" and isinstance(value, float) and value.is_integer():
        return "whole"
    return kind


def _write(sheet: Worksheet, row: int, column: int, value: Any, kind: str, looks: Format) -> None:
    """Write one value by its own type.

    The library's own ``write`` would take ``=...`` for a formula, and Excel would take ``1.10`` for
    a number.
    """
    if value == "" or (isinstance(value, float) and math.isnan(value)):
        sheet.write_blank(row, column, None, looks)
    elif kind == "date" and value >= _EXCELS_FIRST:
        sheet.write_datetime(row, column, datetime.fromisoformat(value), looks)
    elif isinstance(value, str):
        sheet.write_string(row, column, _told(value), looks)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, looks)
    else:
        sheet.write_number(row, column, value, looks)


def _told(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)[:_LONGEST]


def _width(table: str, column: str, values: Sequence[Any]) -> float:
    """The letters that a column is wide: its longest value, within bounds, and its header."""
    longest = max((len(str(value)) for value in values if value == value), default=0)  # noqa: PLR0124 - NaN
    head = max(len(word) for word in title_of(table, column).vi.split())
    head = max(head, min(len(title_of(table, column).vi), _HEAD_LINE)) + 4  # the filter's button
    most = 40 if column in _CUT else _WIDEST
    return max(_NARROWEST, head, min(longest * 1.1 + 3, most))


def _head_lines(page: Page, column: str) -> int:
    return 1 + len(title_of(page.name, column).vi) // _HEAD_LINE
