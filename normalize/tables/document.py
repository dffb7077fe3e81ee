"""The table ``document``: one row about the document itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import regex

from normalize.tables.cells import Cell, cell_boxes, join, repaired_to_cells
from normalize.tables.corrections import Corrections
from normalize.tables.issuer import issuer_of, province_of
from normalize.tables.typed.check import check_typed
from normalize.tables.typed.known import Known
from normalize.text.fold import fold
from schemas.checking import may_hold
from schemas.documents import document_name
from schemas.part_tables import Repairs
from schemas.published import CONTRACT_VERSION
from schemas.row_tables import Document

# 04-CTr/TU of the Party, 312/KH-UBND of the State
_NUMBER = regex.compile(
    r"(\d+\s*[-–]\s*\p{L}+\s*/\s*\p{L}+|\d+\s*/\s*(?:\d{4}\s*/\s*)?\p{L}+\s*[-–]\s*\p{L}+)"
)
_DATE = regex.compile(
    r"ng[aà]y\s+(\d{1,2})\s+th[aá]ng\s+(\d{1,2})\s+n[aă]m\s+(\d{4})", regex.IGNORECASE
)
_TERM = regex.compile(r"nhiệm kỳ\s+(\d{4}\s*[-–]\s*\d{4})", regex.IGNORECASE)
# letters, or the sign that an `S` became, right before the figures: `S635-KH/TU`, `$57/NQ-HĐND`
_GLUED_NUMBER = regex.compile(r"^\W*(?:[^\W\d]{1,3}[^\w\s:.]?|[\p{Sc}§&])\d+[-/]")
_PLAIN_NUMBER = regex.compile(r"^\W*S[ốỐ](?:\s*[:.]\s*|\s+)\d+\s?[-/]")
_KINDS = ("Chương trình hành động", "Chương trình", "Kế hoạch", "Nghị quyết", "Quyết định", "Đề án")
_LONE = 0.5  # the confidence of a number that one witness of several read so
TEXT_FIELDS = ("title", "number", "date", "issuer", "signatory", "notice", "notes")


def document_table(
    repaired: pd.DataFrame,
    source: Path,
    pages: int,
    corrections: Corrections,
    known: Known | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The one row of ``document``, its rows of ``cells``, and people's changes as rows of
    ``repairs``.

    A field that is not printed is empty.
    """
    cells = repaired_to_cells(repaired)
    own = {column: cell for (table, _, column), cell in cells.items() if table == "document"}
    decided = Decided(document_name(source), own, corrections, known or Known())
    title = decided.of("title", _value(own, "title"))
    read = _read_values(own, title, cells.values())
    row = {column: decided.of(column, value) for column, value in read.items()}
    changes = _decided_changes(decided, read, row)
    return (
        pd.DataFrame([row | _about(source, pages)], columns=list(Document.to_schema().columns)),
        pd.DataFrame(list(_all_boxes(decided, row))),
        pd.DataFrame(changes, columns=list(Repairs.to_schema().columns)),
    )


def _read_values(own: Mapping[str, Cell], title: str, cells: Iterable[Cell]) -> dict[str, str]:
    """What is printed in each of the document's fields.

    ``title`` is the printed one or what a person decided: issuer, term and kind follow it.
    ``cells`` are those of the whole document, which tell its province where the issuer does not.
    """
    return {
        "title": _value(own, "title"),
        "number": _own_number(own),
        "date": _date(_value(own, "date")),
        "issuer": issuer_of(_value(own, "issuer"), title),
        "province": province_of(_value(own, "issuer"), cells),
        "term": _term(title),
        "signatory": _name(own.get("signatory")),
        "notice": _value(own, "notice"),
        "notes": _value(own, "notes"),
        "kind": _kind(title),
    }


def _about(source: Path, pages: int) -> dict[str, Any]:
    """What is known of the document without reading a page."""
    return {
        "document": document_name(source),
        "pages": pages,
        "source_sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "contract_version": CONTRACT_VERSION,
    }


def _all_boxes(decided: Decided, row: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """The rows of ``cells`` for the fields that are printed."""
    for column, cell in decided.own.items():
        if column in TEXT_FIELDS:
            yield from _boxes(cell, decided.document, row[column], decided.by_column.get(column))


def _decided_changes(
    decided: Decided, read: Mapping[str, str], row: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The rows of ``repairs``: fields in which a person decided another value than was read."""
    return [
        decided.to_repair(number, column, read[column], row[column])
        for number, column in enumerate(decided.by_column, 1)
        if row[column] != read[column]
    ]


@dataclass
class Decided:
    """What people decided of the document's own fields; ``by_column`` says whether no doubt is
    left of a field that was decided.
    """

    document: str
    own: Mapping[str, Cell]
    corrections: Corrections
    known: Known
    by_column: dict[str, bool] = field(default_factory=dict)

    def of(self, column: str, automatic: str) -> str:
        """A field as a person decided it, else as it was read."""
        cell, key = self.own.get(column), ("document", self.document, column)
        decision = self.corrections.of(key, cell, automatic)
        if decision is None:
            return automatic
        read = [automatic, *(cell.readings().values() if cell is not None else ())]
        here = self.known.at(self.document, read=read)
        typed = check_typed("document", column, decision.value, here)
        if decision.verdict != "accept" and not may_hold(Document, column, typed.value):
            self.corrections.used.discard(key)
            self.corrections.refuse(key, typed.plain_message)
            return automatic
        if column in self.by_column:
            return typed.value if decision.verdict != "accept" else automatic
        found = self.corrections.weigh(decision, automatic, here, self._page(column))
        self.by_column[column] = key in self.corrections.settled
        return found.value

    def to_repair(self, number: int, column: str, before: str, after: str) -> dict[str, Any]:
        """The change of a field as a row of ``repairs``."""
        decision = self.corrections.by_cell["document", self.document, column]
        return decision.to_repair(f"d{number}", self._page(column), before, after)

    def _page(self, column: str) -> int:
        return self.own[column].words[0].page_no if column in self.own else 1


def _boxes(cell: Cell, document: str, value: str, settled: bool | None) -> list[dict[str, object]]:
    """A field's boxes; ``settled`` tells whether a person's decision leaves no doubt, None where
    nobody decided.
    """
    is_text = cell.key[2] in ("title", "notice", "notes", "signatory") and value == cell.value
    lone = cell.key[2] == "number" and settled is None and _is_of_one_witness(cell, value)
    in_doubt = lone or settled is False
    sure = 1.0 if settled else min(cell.confidence, _LONE if in_doubt else 1.0)
    boxes = cell_boxes(cell, value, is_text, sure)
    every = "; ".join(str(place) for place, _ in enumerate(cell.words, 1))
    doubt = {"doubtful": ""} if settled else {"doubtful": every} if in_doubt else {}
    return [{**box, "row_id": document} | doubt for box in boxes]


def _is_of_one_witness(cell: Cell, number: str) -> bool:
    """Whether of several witnesses one alone read the document's number so."""
    names = {name for word in cell.words for name in word.by_witness}
    read = [_number(join(word.by_witness.get(name, "") for word in cell.words)) for name in names]
    return len(names) > 1 and read.count(number) < 2


def _value(own: Mapping[str, Cell], column: str) -> str:
    return own[column].value if column in own else ""


def _name(cell: Cell | None) -> str:
    """The names of those who sign, each on its line.

    Words that repair put there and no witness read are left out.
    """
    if cell is None:
        return ""
    lines = cell.line_words()
    names = [
        [word.text if word.rule == "context" else word.value for word in line] for line in lines
    ]
    return "; ".join(filter(None, map(join, names)))


def _printed(own: Mapping[str, Cell], column: str) -> str:
    """A field's best single reading, where repair has left nothing of what is looked for."""
    return own[column].printed if column in own else ""


def _own_number(own: Mapping[str, Cell]) -> str:
    """The document's number; where `Số` and the number were read as one word, as a witness read it
    that saw two (`S812-CTr/ĐU`, `Số 12-CTr/ĐU`).
    """
    value, printed = _value(own, "number"), _printed(own, "number")
    if _GLUED_NUMBER.match(value) and "number" in own:
        for reading in own["number"].readings().values():
            if _PLAIN_NUMBER.match(reading):
                return _number(reading)
    return _number(value) or _number(printed)


def _number(text: str) -> str:
    found = _NUMBER.search(text)
    return regex.sub(r"\s", "", found[1]) if found is not None else ""


def _date(text: str) -> str:
    """The ISO date of a place-and-date line, empty where it is incomplete or impossible."""
    found = _DATE.search(text)
    if found is None:
        return ""
    stamp = pd.to_datetime(f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}", errors="coerce")
    return "" if pd.isna(stamp) else str(stamp.date())


def _kind(title: str) -> str:
    """What the document calls itself at the head of its title: ``Chương trình hành động``."""
    plain = fold(title)
    places = {kind: plain.find(fold(kind)) for kind in _KINDS}
    first = min((place for place in places.values() if place >= 0), default=-1)
    return next((kind for kind, place in places.items() if place == first and place >= 0), "")


def _term(title: str) -> str:
    found = _TERM.search(title)
    return regex.sub(r"\s*[-–]\s*", " - ", found[1]) if found is not None else ""
