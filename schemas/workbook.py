"""The published tables as one Excel workbook for people: texts stay texts, and nothing becomes a formula."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

_CLOCK = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LONGEST = 32_767  # characters that Excel takes in a cell
_WIDE = {"text": 80, "task": 60, "name": 40, "title": 40, **dict.fromkeys(["measure", "lead", "coordinating", "printed", "value"], 30)}


def tables_to_workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """An .xlsx file with a sheet for each table, its header frozen and filtered."""
    book = Workbook(write_only=True)
    for name, frame in tables.items():
        _add_sheet(book, name, frame)
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_clock(buffer)


def _without_clock(workbook: io.BytesIO) -> bytes:
    """The same archive with one fixed time, so that equal tables give equal bytes and DVC sees no change."""
    timeless = io.BytesIO()
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(timeless, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = _CLOCK.sub(b"1980-01-01T00:00:00Z", old.read(name)) if name == "docProps/core.xml" else old.read(name)
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return timeless.getvalue()


def _add_sheet(book: Workbook, name: str, frame: pd.DataFrame) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(frame.columns))}{len(frame) + 1}"
    for i, column in enumerate(frame.columns, 1):
        sheet.column_dimensions[get_column_letter(i)].width = _WIDE.get(column, 14)
    sheet.append([_to_cell(sheet, column, bold=True) for column in frame.columns])
    for row in zip(*(frame[column].tolist() for column in frame.columns), strict=True):
        sheet.append([_to_cell(sheet, value) for value in row])


def _to_cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """A cell whose type is set by hand: openpyxl would take ``=...`` for a formula, and Excel ``1.10`` for a number."""
    if value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:_LONGEST])
    cell.data_type, cell.number_format = "s", "@"
    cell.font, cell.alignment = Font(bold=bold), Alignment(wrap_text=not bold, vertical="top")
    return cell
