"""The published tables as one Excel workbook for people.

Texts stay texts: nothing becomes a formula or a number.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from schemas.table_kinds import KINDS

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767  # characters that Excel takes in a cell
_WIDE = {
    "text": 80,
    "task": 60,
    "name": 40,
    "title": 40,
    **dict.fromkeys(["measure", "lead", "coordinating", "printed", "value"], 30),
    **dict.fromkeys((name for kind in KINDS.values() for name in kind.free), 30),
}
# equal tables give equal bytes, and DVC sees no change
_NO_CLOCK = datetime(1980, 1, 1, tzinfo=UTC)


def tables_to_workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """An .xlsx file with a sheet for each table, its header frozen and filtered."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _NO_CLOCK})
        head = book.add_format({"bold": True, "num_format": "@", "valign": "top"})
        text = book.add_format({"text_wrap": True, "num_format": "@", "valign": "top"})
        for name, frame in tables.items():
            _fill_sheet(book.add_worksheet(name), frame, head, text)
    return buffer.getvalue()


def _fill_sheet(sheet: Worksheet, frame: pd.DataFrame, head: Format, text: Format) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    for i, column in enumerate(frame.columns):
        sheet.set_column(i, i, _WIDE.get(column, 14))
        sheet.write_string(0, i, column, head)
        for row, value in enumerate(frame[column].tolist(), 1):
            _write(sheet, row, i, value, text)


def _write(sheet: Worksheet, row: int, column: int, value: Any, text: Format) -> None:
    """Write one value by its own type.

    The library's own ``write`` would take ``=...`` for a formula, and Excel would take ``1.10`` for
    a number.
    """
    if value == "" or (isinstance(value, float) and math.isnan(value)):
        return
    if isinstance(value, str):
        sheet.write_string(row, column, _NOT_IN_XML.sub("\ufffd", value)[:_LONGEST], text)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    else:
        sheet.write_number(row, column, value)
