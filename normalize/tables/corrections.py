"""People's decisions about single cells, in ``raw/<document>.corrections.csv``.

They outlast new versions of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalize.tables.cells import Cell, Key
from normalize.tables.typed.check import check_typed, without_controls
from normalize.tables.typed.known import Known
from normalize.tables.typed.verdict import Typed
from normalize.text.clean import clean
from schemas.decisions.files import Row, read_rows
from schemas.errors import CorrectionsError
from schemas.findings import Finding

VERDICTS = ("accept", "change", "as_is")
UNUSED, REPLACED, DOUBTED = "correction_unused", "correction_replaced", "correction_doubted"
_NUMBERS = {"growth": 1, "indicator_values": 1, "extras": 2}  # parts of a key before a label
_GONE = "the row is gone"
_OTHERWISE = "it reads otherwise now"


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
    written: str = ""  # the row's key in the file, where a decision has given it another one
    is_copy: bool = False  # put to a further row in which the same printed cell stands

    @property
    def evidence(self) -> str:
        """Who decided, when and why."""
        return "; ".join(part for part in (self.who, self.when, self.why) if part)

    @property
    def told(self) -> str:
        """The table, row and column that it is about, as the file names them, without the labels
        of periods and columns, which are text of the document.
        """
        table, row_id, column = self.key
        shown = (self.written or row_id).split("|")
        place = shown[: _NUMBERS.get(table, len(shown))]
        return f"{table} {'|'.join(place)} {column}"

    def to_repair(self, repair_id: str, page_no: int, before: str, after: str) -> dict[str, Any]:
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
            "after": after,
            "rule": "correction",
            "evidence": self.evidence,
            "confidence": 1.0,
        }

    def says_as(self, other: Correction) -> bool:
        """Whether another decision about the same cell says the same."""
        own = (self.verdict, clean(self.value) if self.verdict != "accept" else "")
        return own == (other.verdict, clean(other.value) if other.verdict != "accept" else "")

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
    """A document's decisions by cell, which of them were used, and what there is to say of them.

    ``settled`` are the cells whose decision leaves no doubt; ``refusals`` says of others why they
    were not used, ``doubts`` what speaks against a value that is published as it was typed.
    """

    by_cell: Mapping[Key, Correction]
    used: set[Key]
    settled: set[Key] = field(default_factory=set)
    refusals: dict[Key, Refusal] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of(self, key: Key, cell: Cell | None, automatic: str) -> Correction | None:
        """The decision about a cell that still applies; None where there is none."""
        found = self.by_cell.get(key)
        if found is None or key in self.refusals:
            return None
        if not found.fits(cell, automatic):
            self.refuse_other(key, automatic)
            return None
        self.used.add(key)
        return found

    def weigh(
        self, decision: Correction, automatic: str, known: Known | None, page_no: int
    ) -> Typed:
        """What a decision makes of a cell.

        A value that does not fit its column is published as typed, and a finding says what speaks
        against it; unless the person said that it is to stand as it is.
        """
        if decision.verdict == "accept":
            self.settled.add(decision.key)
            return Typed(automatic)
        table, _, column = decision.key
        found = check_typed(table, column, decision.value, known or Known())
        if found.fits or decision.verdict == "as_is":
            self.settled.add(decision.key)
            return found
        if decision.is_copy:
            return found  # said of the row that the person decided on
        self.findings.append(
            Finding(
                DOUBTED,
                page_no,
                " ".join(decision.key),
                f"{decision.place}: {found.message}; mend it, or give it the verdict as_is",
                f"{decision.place}: {decision.told}: stays in review: {found.plain_message}",
            )
        )
        return found

    def refuse(self, key: Key, reason: str) -> None:
        """Say why a decision's value is not put: the cell then stays in review."""
        self.refusals[key] = Refusal(reason, is_of_value=True)

    def refuse_column(self, key: Key, reason: str) -> None:
        """Say why nobody decides about a column, and where it is decided instead."""
        self.refusals[key] = Refusal(reason)

    def refuse_other(self, key: Key, stands: str) -> None:
        """Say that what stands in a cell is not what its decision was made for."""
        details = f"was “{self.by_cell[key].read}”, is “{stands}”"
        self.refusals.setdefault(key, Refusal(_OTHERWISE, details))

    def unused(self) -> Iterator[Finding]:
        """A finding for each decision that no longer applies, with the reason."""
        for key, decision in self.by_cell.items():
            if key in self.used or decision.is_copy:
                continue
            why = self.refusals.get(key, Refusal(_GONE))
            details = f": {why.details}" if why.details else ""
            yield Finding(
                UNUSED,
                0,
                decision.told,
                f"{decision.place}: {why.reason}{details}; look at it again, or take the "
                "decision out",
                f"{decision.place}: {decision.told}: not applied: {why.reason}",
            )


@dataclass(frozen=True)
class Refusal:
    """Why a decision was not used; ``details`` may hold text of the document.

    ``is_of_value``: the value cannot be put there, so that the doubt is not answered.
    """

    reason: str
    details: str = ""
    is_of_value: bool = False


def read_corrections(path: Path | None) -> Corrections:
    """The decisions in a file and the copies beside it; none without a file. Raises
    CorrectionsError.

    A later decision about the same cell replaces an earlier one, and a finding says so where they
    differ.
    """
    if path is None:
        return Corrections({}, set())
    found: dict[Key, Correction] = {}
    findings = []
    for row in read_rows(path):
        decision = _row_to_correction(row)
        earlier = found.pop(decision.key, None)
        found[decision.key] = decision
        if earlier is not None and not earlier.says_as(decision):
            findings.append(_replaced(earlier, decision))
    return Corrections(found, set(), findings=findings)


def _replaced(earlier: Correction, later: Correction) -> Finding:
    told = f"{later.place}: {later.told}: takes the place of {earlier.place}"
    return Finding(
        REPLACED, 0, later.told, f"{later.place} takes the place of {earlier.place}", told
    )


def _row_to_correction(row: Row) -> Correction:
    """A row of a file of decisions; raises CorrectionsError where it is none.

    The value stays as it was typed, for its column says what its signs mean.
    """
    plain = {name: clean(without_controls(text)) for name, text in row.fields.items()}
    fields = {**plain, "value": row.fields["value"]}
    fields["verdict"] = re.sub(r"[\s-]+", "_", fields["verdict"].casefold())
    if fields["verdict"] not in VERDICTS:
        raise CorrectionsError(
            f"the verdict must be {', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}",
            row.place,
            "mend it",
        )
    if not fields["table"] or not fields["column"]:
        raise CorrectionsError("the table or the column is missing", row.place, "mend it")
    return Correction(
        (fields["table"], fields["row_id"], fields["column"]),
        fields["read"],
        fields["value"],
        fields["verdict"],
        fields["who"],
        fields["when"],
        fields["why"],
        place=row.place,
    )
