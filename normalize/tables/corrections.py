"""People's decisions about single cells: ``raw/<document>.corrections.csv``, which outlasts new versions of the document."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalize.tables.cells import Cell, Key
from normalize.text.clean import clean
from schemas.documents import CORRECTION_COLUMNS
from schemas.errors import CorrectionsError
from schemas.findings import Finding

VERDICTS = ("accept", "change")


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
            "repair_id": repair_id, "table": table, "row_id": row_id, "column": column, "page_no": page_no, "word_no": 0, "before": before,
            "after": self.value, "rule": "correction", "evidence": self.evidence, "confidence": 1.0,
        }  # fmt: skip

    def fits(self, cell: Cell | None, automatic: str) -> bool:
        """Whether it still applies: what it was made for is still what a witness reads there, or what is decided without it."""
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
                    "the row is gone or reads otherwise: look at it again, or take the decision out",
                )


def read_corrections(path: Path | None) -> Corrections:
    """The decisions in a file (none without one); a later row about the same cell takes the place of an earlier one; raises CorrectionsError."""
    if path is None:
        return Corrections({}, set())
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = list(_lines_to_corrections(csv.DictReader(file), path.name))
    except (UnicodeDecodeError, csv.Error) as error:
        raise CorrectionsError(
            "the file is not CSV in UTF-8", path.name, "save it as CSV (UTF-8)"
        ) from error
    return Corrections({correction.key: correction for correction in found}, set())


def _lines_to_corrections(reader: csv.DictReader[str], name: str) -> Iterator[Correction]:
    if reader.fieldnames is not None and tuple(reader.fieldnames) != CORRECTION_COLUMNS:
        raise CorrectionsError(
            f"the columns must be {', '.join(CORRECTION_COLUMNS)}",
            f"{name}, line 1",
            "mend the header",
        )
    for line, row in enumerate(reader, 2):
        yield _row_to_correction(row, f"{name}, line {line}")


def _row_to_correction(row: Mapping[str, str | None], where: str) -> Correction:
    fields = {name: clean(value or "") for name, value in row.items() if name is not None}
    if None in row or row.get("why") is None:
        raise CorrectionsError(
            "the row has not as many fields as the header", where, "mend its commas and quotes"
        )
    if fields["verdict"] not in VERDICTS:
        raise CorrectionsError("the verdict must be accept or change", where, "mend it")
    if not fields["table"] or not fields["column"]:
        raise CorrectionsError("the table or the column is missing", where, "mend it")
    key = (fields["table"], fields["row_id"], fields["column"])
    return Correction(
        key,
        fields["read"],
        fields["value"],
        fields["verdict"],
        fields["who"],
        fields["when"],
        fields["why"],
    )
