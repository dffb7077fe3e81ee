"""People's decisions about single cells, in ``raw/<document>.corrections.csv``.

They outlast new versions of the document.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalize.tables.cells import Cell, Key
from normalize.text.clean import clean
from schemas.documents import CORRECTION_COLUMNS
from schemas.errors import CorrectionsError
from schemas.findings import Finding
from schemas.rules import is_clean

VERDICTS = ("accept", "change")
LIST_COLUMNS = ("lead", "coordinating")  # names with semicolons between


@dataclass(frozen=True)
class Correction:
    """One decision: the cell, what stood there when it was made, and the value it is to have."""

    key: Key
    read: str
    value: str
    verdict: str
    who: str
    when: str
    why: str
    was: str = ""  # of a number that has been put in: what it was decided to be before
    place: str = ""  # the file and line, for messages

    @property
    def evidence(self) -> str:
        """Who decided, when and why."""
        return "; ".join(part for part in (self.who, self.when, self.why) if part)

    def decide(self, automatic: str) -> str:
        """The cell's value after the decision."""
        return automatic if self.verdict == "accept" else self.value

    def to_repair(self, repair_id: str, page_no: int, before: str) -> dict[str, Any]:
        """The change as a row of ``repairs``."""
        table, row_id, column = self.key
        return {
            "repair_id": repair_id,
            "table": table,
            "row_id": row_id,
            "column": column,
            "page_no": page_no,
            "word_no": 0,
            "before": before,
            "after": self.value,
            "rule": "correction",
            "evidence": self.evidence,
            "confidence": 1.0,
        }

    def fits(self, cell: Cell | None, automatic: str) -> bool:
        """Whether it still applies.

        What it was made for must still be what a witness reads there, or what is decided without
        it.
        """
        readings = (
            {clean(automatic)}
            if cell is None
            else {clean(automatic), clean(cell.printed), *map(clean, cell.readings().values())}
        )
        return self.read in readings


@dataclass
class Corrections:
    """A document's decisions by cell, and which of them were used."""

    by_cell: Mapping[Key, Correction]
    used: set[Key]

    def of(self, key: Key, cell: Cell | None, automatic: str) -> Correction | None:
        """The decision about a cell that still applies; None where there is none."""
        found = self.by_cell.get(key)
        if found is None or not found.fits(cell, automatic):
            return None
        self.used.add(key)
        return found

    def unused(self) -> Iterator[Finding]:
        """A finding for each decision that no longer applies."""
        for key in self.by_cell:
            if key not in self.used:
                table, row_id, column = key
                yield Finding(
                    "correction_unused",
                    0,
                    f"{table} {row_id} {column}",
                    "the row is gone or reads otherwise: look at it again, or take the "
                    "decision out",
                )


def read_corrections(path: Path | None) -> Corrections:
    """The decisions in a file; none without a file. Raises CorrectionsError.

    A later row about the same cell replaces an earlier one.
    """
    if path is None:
        return Corrections({}, set())
    if not path.is_file():
        raise CorrectionsError(
            "this is not a file",
            path.name,
            "put the decisions, or their header alone, in its place",
        )
    rows = _numbered_rows(_text(path), path.name)
    header = next(rows, None)
    if header is not None and tuple(header[1]) != CORRECTION_COLUMNS:
        raise CorrectionsError(
            f"the columns must be {', '.join(CORRECTION_COLUMNS)}",
            f"{path.name}, line 1",
            "mend the header",
        )
    found = [_row_to_correction(row, f"{path.name}, line {line}") for line, row in rows]
    return Corrections({correction.key: correction for correction in found}, set())


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CorrectionsError(
            "the file is not CSV in UTF-8", f"{path.name}, line {line}", "save it as CSV (UTF-8)"
        ) from error


def _numbered_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text that are not blank, each with the line on which it begins.

    Raises CorrectionsError.
    """
    # what was read in a long paragraph passes csv's own limit of 128 KiB
    csv.field_size_limit(2**31 - 1)
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = "mend its quotation marks, and save the file as CSV"
        raise CorrectionsError(
            "this row, or one below it, is not CSV", f"{name}, line {line}", remedy
        ) from error


def _row_to_correction(row: Sequence[str], where: str) -> Correction:
    if len(row) != len(CORRECTION_COLUMNS):
        raise CorrectionsError(
            "the row has not as many fields as the header", where, "mend its commas and quotes"
        )
    fields = {name: clean(value) for name, value in zip(CORRECTION_COLUMNS, row, strict=True)}
    for name, value in fields.items():
        if not is_clean(value):
            raise CorrectionsError(
                f"there is a character under {name} that no text has", where, "type it anew"
            )
    if fields["verdict"] not in VERDICTS:
        raise CorrectionsError("the verdict must be accept or change", where, "mend it")
    if not fields["table"] or not fields["column"]:
        raise CorrectionsError("the table or the column is missing", where, "mend it")
    if fields["column"] in LIST_COLUMNS:
        fields["value"] = "; ".join(
            item.strip() for item in fields["value"].split(";") if item.strip()
        )
    key = (fields.pop("table"), fields.pop("row_id"), fields.pop("column"))
    return Correction(key, **fields, place=where)
