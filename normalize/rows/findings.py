"""What is found about a whole table while its rows are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from normalize.rows.numbering.decide import Decided
from normalize.rows.records import Record
from schemas.findings import Finding
from schemas.table_kinds import KINDS


def gap_finding(
    table: str, key: str, missing: Sequence[str], page_no: int, is_first: bool
) -> Finding:
    """A finding on the numbers that the document leaves out before a row.

    A table or prose that begins later than 1 lacks no row.
    """
    rule = (
        "numbering_start"
        if is_first
        else "heading_gap"
        if table == "paragraphs"
        else "numbering_gap"
    )
    return Finding(
        rule, page_no, f"{table} {key}", f"before it the document has no {', '.join(missing)}"
    )


def paragraph_findings(
    numbers: Mapping[int, Decided], page_of: Callable[[int], int]
) -> Iterator[Finding]:
    """What is found about the numbers of the prose: those left out, and those that go back.

    ``numbers`` are given by the places of their paragraphs, whose pages ``page_of`` tells.
    """
    first = min(numbers, default=0)
    for place, decided in numbers.items():
        page_no = page_of(place)
        if decided.missing:
            yield gap_finding("paragraphs", decided.key, decided.missing, page_no, place == first)
        if decided.out_of_order:
            yield Finding(
                "numbering_order",
                page_no,
                f"paragraphs {decided.key}",
                "this number repeats or precedes an earlier one",
            )


def with_gaps_in_review(records: Iterable[Record], findings: Iterable[Finding]) -> list[Record]:
    """The records, with the number of each row in review before which numbers are left out.

    That row, or those before it, may be misread.
    """
    places = {
        finding.place for finding in findings if finding.rule in ("numbering_gap", "heading_gap")
    }
    return [
        replace(record, review=_with(record, KINDS[record.table].key))
        if _names(record) & places
        else record
        for record in records
    ]


def _names(record: Record) -> set[str]:
    """How findings name a record's row."""
    if record.table == "groups":
        return {f"{record.kind} {record.row_id.partition('|')[2]}"}
    if record.table == "paragraphs":
        path = (
            record.section_path
            if record.kind == "heading"
            else f"{record.section_path}/{record.number}".strip("/")
        )
        return {f"paragraphs {path}"} if record.number else set()
    return {f"{record.table} {record.row_id.partition('|')[0]}"}


def _with(record: Record, column: str) -> tuple[str, ...]:
    return record.review if column in record.review else (column, *record.review)
