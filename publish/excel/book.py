"""``tables.xlsx``: the published tables as one Excel workbook for people.

Texts stay texts: nothing becomes a formula or a number, and no cell is hidden.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime

import pandas as pd
import xlsxwriter

from publish.excel.formats import Formats
from publish.excel.overview import fill_overview
from publish.excel.reasons import Reasons
from publish.excel.sheet import Page, fill_sheet, set_up_print
from schemas.words.titles import title_of

# equal tables give equal bytes, and DVC sees no change
_NO_CLOCK = datetime(1980, 1, 1, tzinfo=UTC)
_OVERVIEW = "Tổng quan"


def tables_to_workbook(
    tables: Mapping[str, pd.DataFrame],
    doubts: Mapping[tuple[str, str, str], tuple[str, ...]],
    *,
    has_review_page: bool,
) -> bytes:
    """An .xlsx file with an overview and a sheet for each table.

    Headers are Vietnamese, with the column's own name, its English and its meaning in a note. Cells
    in review are coloured, with the reason in a note: ``doubts`` has the rules by table, row and
    column. Rows link to their place on the review page where there is one.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"created": _NO_CLOCK, "title": _title(tables)})
        formats, reasons = Formats(book), Reasons(tables, doubts)
        overview = book.add_worksheet(_OVERVIEW)
        for name, frame in tables.items():
            sheet = book.add_worksheet(title_of(name).vi)
            fill_sheet(Page(sheet, name, frame, formats), reasons, links=has_review_page)
        fill_overview(overview, tables, formats, links=has_review_page)
        set_up_print(overview, pages_wide=1)
    return buffer.getvalue()


def _title(tables: Mapping[str, pd.DataFrame]) -> str:
    document = tables["document"].iloc[0]
    return str(document["title"] or document["document"])[:255]
