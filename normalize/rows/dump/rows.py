"""A plain-text dump's words as the document's rows.

Prose and appendices come in the order in which the tables are published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd
import regex

from normalize.rows.appendix_labels import WELL_PRINTED
from normalize.rows.distinct_keys import with_distinct_keys
from normalize.rows.document_head import (
    document_record,
    head_column,
    is_role,
    title_at,
    title_length,
)
from normalize.rows.dump.furniture import without_furniture
from normalize.rows.dump.headings import check_named
from normalize.rows.dump.mixed_cells import check_cells_apart
from normalize.rows.dump.parts import text_to_parts
from normalize.rows.dump.table_records import table_findings, table_records
from normalize.rows.dump.table_rows import DumpTable, part_to_table
from normalize.rows.dump.text.front import ProseText, split_prose
from normalize.rows.dump.text.prose import prose_records
from normalize.rows.dump.text.prose_notes import take_prose_notes
from normalize.rows.dump.tokens import Token, tokens_to_lines, tokens_to_pieces, words_to_text
from normalize.rows.records import Assembly, Piece, Record, in_second_appendix
from normalize.text.fold import fold
from schemas.errors import NotAProgramme
from schemas.table_kinds import ORDER

_SECOND = regex.compile(r"^\W*(?:tinh|thanh pho)\b")  # the second line of an issuer of the State


def dump_to_assembly(words: pd.DataFrame) -> Assembly:
    """All records of a dumped document, and what was found on the way.

    ``words`` is a Words table of the witness ``dump``. Raises NotAProgramme where no row of an
    appendix is found, MissingAppendix where one is missing, TwoTablesOfOneKind where one is
    there twice under one number, MixedCells where lines go through several cells.
    """
    text = words_to_text(words)
    check_cells_apart(text.tokens)
    parts = text_to_parts(without_furniture(text.tokens))
    tables = _with_rows([part_to_table(part) for part in parts.tables])
    check_named(
        parts.prose, [part.number for part in parts.tables], [part.name for part in parts.tables]
    )
    noted = take_prose_notes(parts.prose)
    prose = split_prose(noted.tokens)
    assembly = Assembly()
    for table in tables:
        records, twice = with_distinct_keys(_with_a_row(table, table_records(table)))
        findings = [*table_findings(table), *twice]
        if table.part.is_second:
            records = list(in_second_appendix(records, table.part.number))
            findings = [
                replace(finding, place=finding.place.replace(" ", f" {table.part.number}/", 1))
                for finding in findings
            ]
        assembly.records += records
        assembly.findings += findings
    assembly.records += _appendix_records(tables, assembly.records)
    paragraphs, findings = prose_records(prose.body, noted.notes)
    notes = [piece for table in tables for piece in tokens_to_pieces(table.note)]
    assembly.records += [*paragraphs, dumped_document(prose, text.notice, notes)]
    assembly.findings += findings
    assembly.records.sort(
        key=lambda record: (
            ORDER[record.table],
            record.row_id[:1] if record.table == "groups" else "",
        )
    )
    return assembly


def _with_rows(tables: list[DumpTable]) -> list[DumpTable]:
    """The tables as they are; raises NotAProgramme where none of them has a row."""
    if not any(table.rows for table in tables):
        raise NotAProgramme(
            "lines read like the header of a table, and no numbered row stands below one",
            "the text",
            "check that it is the dump of a programme with its appendices",
        )
    return tables


def _with_a_row(table: DumpTable, records: Iterable[Record]) -> list[Record]:
    """A table's records; raises NotAProgramme where it has titles at most, so that it would be
    published without a row.
    """
    found = list(records)
    if not any(record.table == table.part.name for record in found):
        raise NotAProgramme(
            f"the header of a table of {table.part.name} is there, and no row of it could be read",
            f"the text, appendix {table.part.number}",
            "check that the dump is whole, or take the header out where it is none",
        )
    return found


def _appendix_records(tables: Sequence[DumpTable], records: Sequence[Record]) -> Iterator[Record]:
    """A record for each appendix.

    Its label may be misread, so that it is in review where it is not as labels are printed.
    """
    for table in tables:
        part, pages = table.part, [row.first.page_no for row in table.rows]
        if pages:
            rows = sum(
                record.table == part.name and record.appendix == part.number for record in records
            )
            title = tokens_to_pieces(part.heading.title)
            is_sure = part.heading.number == part.number and WELL_PRINTED.match(part.heading.label)
            yield Record(
                "appendices",
                part.number,
                min(pages),
                {"title": title} if title else {},
                kind=part.name,
                label=part.heading.label,
                number=f"{rows} {max(pages)}",
                appendix=part.number,
                review=() if is_sure else ("label",),
                reason="" if is_sure else "the appendix's label was lost or misread",
            )


def dumped_document(prose: ProseText, notice: Sequence[Token], notes: Sequence[Piece]) -> Record:
    """The record of the table ``document`` from the lines before and after the prose."""
    lines = tokens_to_lines(prose.front)
    texts = [" ".join(token.text for token in line) for line in lines]
    keys = [fold(text) for text in texts]
    title = title_at(keys)
    end = title + title_length(texts[title:])
    return document_record(
        _pieces(lines[title:end]),
        (
            (head_column(key), _SECOND.match(key) is not None, line)
            for line, key in zip(lines[:title], keys, strict=False)
        ),
        _pieces,
        {
            "signatory": tokens_to_pieces(_signatory(prose.close)),
            "notice": tokens_to_pieces(notice),
            "notes": notes,
        },
        prose.front[0].page_no if prose.front else 1,
    )


def _pieces(lines: Iterable[Sequence[Token]]) -> list[Piece]:
    return tokens_to_pieces([token for line in lines for token in line])


def _is_no_name(key: str) -> bool:
    return is_role(key) or "noi nhan" in key


def _signatory(close: Sequence[Token]) -> Sequence[Token]:
    """The last line that is a person's name."""
    lines = [
        line
        for line in tokens_to_lines(close)
        if 2 <= len(line) <= 5
        and all(token.text[:1].isupper() and token.text[1:].islower() for token in line)
    ]
    names = [
        line for line in lines if not _is_no_name(fold(" ".join(token.text for token in line)))
    ]
    return names[-1] if names else ()
