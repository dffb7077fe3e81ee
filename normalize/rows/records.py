"""Records: the rows of the document with the boxes that their cells are printed in.

They become the Rows and Printed tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from normalize.rows.slots import PrintedWord
from schemas.findings import Finding
from schemas.row_frames import Printed, Rows
from schemas.table_kinds import KINDS


@dataclass(frozen=True)
class Piece:
    """The words of one cell in one box: a cell that a page break cuts has two pieces."""

    page_no: int
    block_no: int
    slots: tuple[PrintedWord, ...]


@dataclass(frozen=True)
class Record:
    """One row of a table to be published, with what is printed in its cells.

    ``review`` names columns in doubt, printed or of the contract, and ``reason`` says why.
    ``appendix`` is the number of the appendix that it stands in. For ``label`` see the Rows table.
    """

    table: str
    row_id: str
    page_no: int
    cells: Mapping[str, Sequence[Piece]]
    parent_id: str = ""
    group_id: str = ""
    section_id: str = ""
    section_path: str = ""
    kind: str = ""
    number: str = ""
    review: tuple[str, ...] = ()
    reason: str = ""
    appendix: str = ""
    label: str = ""


@dataclass
class Assembly:
    """All records of a document in order, and what was found on the way."""

    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def printed_number(number: str) -> str:
    """A row's number without brackets and closing dot; a dash is none."""
    return number.strip("().-–—•+ ")


def task_parents(task_id: str) -> tuple[str, str]:
    """The level-1 group and the section that a task's number stands under.

    A task of a group without level 2 has no section.
    """
    parts = task_id.partition("(")[0].split(".")
    return parts[0], ".".join(parts[:2]) if len(parts) == 3 else ""


def in_second_appendix(records: Iterable[Record], appendix: str) -> Iterator[Record]:
    """The records of a second appendix of a kind, its number in front of theirs: ``4/II.3``."""
    before = f"{appendix}/"
    for record in records:
        head, bar, number = (
            record.row_id.partition("|")
            if record.table in ("groups", "extras")
            else ("", "", record.row_id)
        )
        ids = {
            name: before + getattr(record, name)
            for name in ("parent_id", "group_id", "section_id")
            if getattr(record, name)
        }
        yield replace(record, row_id=f"{head}{bar}{before}{number}", **ids)


def records_to_rows(records: Iterable[Record]) -> pd.DataFrame:
    """The Rows table, to be checked where it is written; its doubts name columns of the contract,
    each once.
    """
    columns = list(Rows.to_schema().columns)
    rows = [
        {
            **{name: getattr(record, name) for name in columns},
            "review": "; ".join(KINDS[record.table].in_contract(record.review)),
        }
        for record in records
    ]
    return pd.DataFrame(rows, columns=columns)


def records_to_printed(records: Iterable[Record]) -> pd.DataFrame:
    """The Printed table, the words of all cells in order, to be checked where it is written."""
    rows = [
        row
        for record in records
        for column, pieces in record.cells.items()
        for row in _cell_words(record, column, pieces)
    ]
    return pd.DataFrame(rows, columns=list(Printed.to_schema().columns))


def _cell_words(
    record: Record, column: str, pieces: Sequence[Piece]
) -> Iterable[dict[str, object]]:
    word_no = 0
    for part, piece in enumerate((piece for piece in pieces if piece.slots), 1):
        for slot in piece.slots:
            word, word_no = slot.word, word_no + 1
            yield {
                "table": record.table,
                "row_id": record.row_id,
                "column": column,
                "part": part,
                "word_no": word_no,
                "line_no": word.line_no,
                "page_no": piece.page_no,
                "block_no": piece.block_no,
                "text": word.text,
                "confidence": word.confidence,
                "readings": json.dumps(slot.readings, ensure_ascii=False),
                "x0": word.x0,
                "top": word.top,
                "x1": word.x1,
                "bottom": word.bottom,
            }
