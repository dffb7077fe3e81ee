"""A scanned document's words as its rows.

Prose and appendices come in the order in which the tables are published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalize.rows.distinct_keys import with_distinct_keys
from normalize.rows.records import Assembly, Piece, Record, in_second_appendix
from normalize.rows.scan.appendices import (
    Appendix,
    appendix_records,
    check_named,
    named_in,
    place_appendices,
)
from normalize.rows.scan.footnotes import take_footnotes, take_table_footnotes
from normalize.rows.scan.front import notes_below, scanned_document
from normalize.rows.scan.furniture import remove_furniture
from normalize.rows.scan.grid_rows import GridRow, OtherTable, Table, find_tables
from normalize.rows.scan.layout import Box, Line, PageLayout
from normalize.rows.scan.left_over import (
    check_columns_seen,
    left_out_findings,
    left_over_findings,
    left_over_records,
    lines_left_out,
    with_rows_in_doubt,
    words_left_over,
)
from normalize.rows.scan.lost_rows import lost_beginning
from normalize.rows.scan.prose import AttachedBody, as_pieces, prose_records
from normalize.rows.scan.prose_parts import (
    Attached,
    ProseParts,
    attached_document,
    prose_lines,
    split_prose,
)
from normalize.rows.scan.row_numbers import number_rows, numbering_findings
from normalize.rows.scan.table_records import extra_columns, scheme_findings, table_records
from schemas.errors import NotAProgramme
from schemas.findings import Finding
from schemas.table_kinds import ORDER


def pages_to_assembly(pages: Sequence[PageLayout]) -> Assembly:
    """All records of a document, and what was found on the way.

    Raises a LayoutError where no table of a known kind is found, where an appendix that the
    document names has none, or where text stands in columns that belong to no table.
    """
    furniture = remove_furniture(pages)
    pages, table_notes = take_table_footnotes(pages, furniture.text)
    tables, others = find_tables(pages, furniture.text)
    if not any(table.rows for table in tables):
        raise _no_programme(pages, others)
    check_columns_seen(pages)
    prose = prose_lines(pages, furniture.text, _first_page(tables, others))
    named = named_in(prose)
    appendices = place_appendices(tables, others, named)
    check_named(named, pages, appendices)
    assembly = Assembly()
    notes = _add_tables(assembly, appendices, others)
    left = words_left_over(appendices, assembly.records, notes)
    assembly.findings += left_over_findings(left)
    assembly.records += [
        *appendix_records(appendices, assembly.records),
        *other_records(others, appendices),
        *left_over_records(left, len(others)),
    ]
    parts = _add_prose(assembly, prose)
    assembly.findings += [*_missing_pages(pages), *_other_tables(others)]
    notes += as_pieces(table_notes)
    notes += list(notes_below(pages, furniture.text))
    left_out = lines_left_out(furniture.text, prose, notes, assembly.records)
    assembly.findings += left_out_findings(left_out)
    assembly.records = with_rows_in_doubt(assembly.records, left_out, pages)
    assembly.records.append(
        scanned_document(parts.front, parts.close, furniture.notice, notes, pages[0].width)
    )
    assembly.records.sort(key=lambda record: ORDER[record.table])
    return assembly


def _add_prose(assembly: Assembly, prose: Sequence[Line]) -> ProseParts:
    """The paragraphs of the prose, and of a document that it promulgates, into the assembly; the
    parts of the prose itself are returned.
    """
    lines, footnotes = take_footnotes(prose)
    parts = split_prose(lines)
    attached = attached_document(parts)
    if attached is not None:
        parts = replace(parts, close=attached.before)
    records, findings = prose_records(
        parts.body,
        footnotes,
        (*parts.front, *(_around(attached) if attached is not None else parts.close)),
        [AttachedBody(attached.title, attached.parts.body)] if attached is not None else (),
    )
    assembly.records += records
    assembly.findings += findings
    return parts


def _around(attached: Attached) -> list[Line]:
    """The lines before and after the prose of an attached document."""
    return [*attached.before, *attached.parts.front, *attached.parts.close]


def _add_tables(
    assembly: Assembly, appendices: Sequence[Appendix], others: Sequence[OtherTable]
) -> list[Piece]:
    """The rows of the appendices' tables into the assembly; the notes among them are returned."""
    notes: list[Piece] = []
    for appendix in appendices:
        if appendix.table is not None:
            records, findings, note_rows = _table_rows(appendix, others)
            assembly.records += records
            assembly.findings += findings
            notes += _note_pieces(note_rows)
    return notes


def _first_page(tables: Sequence[Table], others: Sequence[OtherTable]) -> int:
    """The page on which the appendices begin: with a table of a known kind, or one below a
    label.
    """
    pages = [table.rows[0].page_no for table in tables if table.rows]
    return min(pages + [other.page_no for other in others if other.heading is not None])


def _table_rows(
    appendix: Appendix, others: Sequence[OtherTable]
) -> tuple[list[Record], list[Finding], list[GridRow]]:
    """An appendix's records, what was found in them, and the notes that close its table."""
    table, name = appendix.table, appendix.kind
    if table is None:
        return [], [], []
    numbered = number_rows(table)
    records, twice = with_distinct_keys(
        table_records(name, numbered.rows, appendix.number, appendix.title)
    )
    findings = [
        *numbering_findings(table, numbered.rows),
        *lost_beginning(name, numbered.rows, others),
        *twice,
    ]
    if appendix.is_second:
        records = list(in_second_appendix(records, appendix.number))
        findings = [
            replace(finding, place=finding.place.replace(" ", f" {appendix.number}/", 1))
            for finding in findings
        ]
    return (
        records,
        [*findings, *scheme_findings(table, numbered.chosen), *extra_columns(table)],
        numbered.notes,
    )


def _no_programme(pages: Sequence[PageLayout], others: Sequence[OtherTable]) -> NotAProgramme:
    """What was looked for, and what was found."""
    places = ", ".join(f"page {other.page_no}" for other in others[:10])
    seen = (
        f"{len(others)} ruled tables ({places}), none with a header or cells like theirs"
        if others
        else "no ruled table"
    )
    return NotAProgramme(
        f"no table of tasks, indicators or growth was found on {len(pages)} pages; seen: {seen}",
        "the document",
        "check that this is a programme or a plan with such tables, that its pages were all "
        "scanned and that the tables are ruled",
    )


def other_records(others: Sequence[OtherTable], appendices: Sequence[Appendix]) -> Iterator[Record]:
    """The cells of the tables of no kind, as they stand."""
    numbers = {
        id(appendix.other): appendix.number for appendix in appendices if appendix.other is not None
    }
    for table_no, other in enumerate(others, 1):
        for box in sorted(other.boxes, key=lambda one: (one.row, one.column)):
            if box.slots:
                shape = f"{box.row_span} {box.column_span} {int(box.row < other.header_rows)}"
                yield Record(
                    "other_cells",
                    f"{table_no}|{box.row + 1}|{box.column + 1}",
                    other.page_no,
                    {"text": [_piece(box)]},
                    appendix=numbers.get(id(other), ""),
                    label=shape,
                )


def _piece(box: Box) -> Piece:
    return Piece(box.page_no, box.block_no, box.slots)


def _other_tables(others: Sequence[OtherTable]) -> Iterator[Finding]:
    for table_no, other in enumerate(others, 1):
        yield Finding(
            "other_table",
            other.page_no,
            f"other_cells {table_no}",
            "a ruled table of no known kind is published in other_cells",
        )


def _note_pieces(rows: Sequence[GridRow]) -> Iterator[Piece]:
    for row in rows:
        if row.title is not None:
            yield Piece(row.title.page_no, row.title.block_no, row.title.slots)


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
