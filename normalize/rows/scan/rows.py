"""A scanned document's words as its rows: prose and appendices together, in the order in which the tables are published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.rows.distinct_keys import with_distinct_keys
from normalize.rows.records import Assembly, Piece
from normalize.rows.scan.front import document_record
from normalize.rows.scan.furniture import remove_furniture
from normalize.rows.scan.grid_rows import GridRow, Table, pages_to_tables
from normalize.rows.scan.layout import Line, PageLayout
from normalize.rows.scan.prose import as_pieces, prose_lines, prose_records, split_prose
from normalize.rows.scan.row_numbers import number_rows, numbering_findings
from normalize.rows.scan.table_records import (
    growth_records,
    indicator_records,
    task_records,
    unknown_columns,
)
from schemas.errors import MissingAppendix, TwoTablesOfOneKind
from schemas.findings import Finding

_NOTE_MARK = "*"
_RECORDS = {"tasks": task_records, "indicators": indicator_records, "growth": growth_records}
_ORDER = {"document": 0, "groups": 1, "tasks": 2, "indicators": 3, "growth": 4, "paragraphs": 5}
_APPENDICES = {
    "indicators": "appendix 1 (indicators)",
    "growth": "appendix 2 (growth)",
    "tasks": "appendix 3 (tasks)",
}


def pages_to_assembly(pages: Sequence[PageLayout]) -> Assembly:
    """All records of a document and what was found on the way; raises a LayoutError where an appendix is missing or there are two of a kind."""
    furniture = remove_furniture(pages)
    tables = pages_to_tables(pages)
    _check_appendices(tables)
    assembly = Assembly()
    notes: list[Piece] = []
    for table in tables:
        numbered, note_rows = number_rows(table)
        records, twice = with_distinct_keys(_RECORDS[table.name](numbered))
        assembly.records += records
        assembly.findings += [*numbering_findings(table, numbered), *twice, *unknown_columns(table)]
        notes += _note_pieces(note_rows)
    parts = split_prose(
        prose_lines(
            pages, furniture.text, min(row.page_no for table in tables for row in table.rows)
        )
    )
    paragraphs, findings = prose_records(parts.body)
    assembly.records += paragraphs
    assembly.findings += [*findings, *_missing_pages(pages)]
    notes += list(_notes_below(pages, furniture.text))
    assembly.records.append(
        document_record(parts.front, parts.close, furniture.notice, notes, pages[0].width)
    )
    assembly.records.sort(
        key=lambda record: (
            _ORDER[record.table],
            record.row_id[:1] if record.table == "groups" else "",
        )
    )
    return assembly


def _check_appendices(tables: Sequence[Table]) -> None:
    names = [table.name for table in tables if table.rows]
    for name, title in _APPENDICES.items():
        if name not in names:
            raise MissingAppendix(
                f"{title} was not found",
                "the document",
                "check that all its pages were scanned and that its table is ruled",
            )
        if names.count(name) > 1:
            pages = sorted({table.rows[0].page_no for table in tables if table.name == name})
            raise TwoTablesOfOneKind(
                f"{title} stands in the document twice",
                "pages " + ", ".join(map(str, pages)),
                "split the file into two documents",
            )


def _note_pieces(rows: Sequence[GridRow]) -> Iterator[Piece]:
    for row in rows:
        if row.title is not None:
            yield Piece(row.title.page_no, row.title.block_no, row.title.slots)


def _notes_below(pages: Sequence[PageLayout], text: dict[int, list[Line]]) -> Iterator[Piece]:
    """Notes led by an asterisk in the lines below a table; what follows one on its page belongs to it."""
    for page in pages:
        if page.tables:
            foot = max(box.bottom for boxes in page.tables for box in boxes)
            below = [line for line in text[page.page_no] if line.top > foot]
            start = next(
                (
                    i
                    for i, line in enumerate(below)
                    if line.text.lstrip("( ").startswith(_NOTE_MARK)
                ),
                None,
            )
            if start is not None:
                yield from as_pieces(below[start:])


def _missing_pages(pages: Sequence[PageLayout]) -> Iterator[Finding]:
    """Pages on which nothing was read."""
    for page in pages:
        if not page.lines and not any(box.slots for boxes in page.tables for box in boxes):
            yield Finding(
                "blank_page",
                page.page_no,
                "page",
                "nothing is printed on this page, or nothing could be read",
            )
