"""A table while its rows are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from normalize.tables.cells import Cell, Key, cell_boxes
from normalize.tables.coded import Coded
from normalize.tables.corrections import Correction, Corrections
from normalize.tables.renumbered import number_of
from schemas.published import TABLES
from schemas.table_kinds import NUMBER_COLUMNS, TEXT_COLUMNS

_MAY_BE_EMPTY = frozenset({"appendices"})  # tables whose text nothing may be printed for


@dataclass
class Draft:
    """The published tables in the making: rows by table, and people's decisions about cells."""

    corrections: Corrections
    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {name: [] for name in TABLES}
    )


@dataclass
class RowDraft:
    """One row in the making: its cells, its confidence so far, and the columns in doubt."""

    row: Any  # of the Rows table, as a named tuple
    cells: Mapping[Key, Cell]
    draft: Draft
    review: list[str]
    confidence: float = 1.0

    def key(self, column: str) -> Key:
        """The key of the row's cell in a column."""
        return (self.row.table, self.row.row_id, column)

    def cell(self, column: str) -> Cell | None:
        """The row's cell in a column, None where nothing is printed."""
        return self.cells.get(self.key(column))

    def text(self, column: str) -> str:
        """The repaired text of a column, or what a person decided; doubtful words put the column into review."""
        cell = self.cell(column)
        automatic = without_list_mark(cell.value, self.row.table) if cell is not None else ""
        decision = self.draft.corrections.of(self.key(column), cell, automatic)
        if decision is not None:
            return self._decided(column, cell, automatic, decision)
        if cell is not None:
            self._note(
                column, cell, automatic, True, cell.confidence, bool(cell.doubtful) or not automatic
            )
        elif column == TEXT_COLUMNS.get(self.row.table) and self.row.table not in _MAY_BE_EMPTY:
            self.doubt(column)  # every row has a text: this one's was not read
        return automatic

    def coded(self, column: str, read: Callable[[Cell | None, str | None], Coded]) -> Coded:
        """A coded column by its grammar, from the readings or from what a person decided; doubt puts it into review."""
        cell = self.cell(column)
        coded = read(cell, None)
        decision = self.draft.corrections.of(self.key(column), cell, coded.value)
        if decision is not None:
            value = self._decided(column, cell, coded.value, decision)
            return coded if value == coded.value else read(cell, value)
        if cell is not None:
            self._note(column, cell, coded.value, False, coded.confidence, not coded.sure)
        elif not coded.sure:
            self.doubt(column)
        return coded

    def number(self) -> None:
        """The row's own number, decided with its neighbours when the rows were put together, or by a person."""
        column = NUMBER_COLUMNS.get(self.row.table, "")
        if not column:
            return
        cell = self.cell(column)
        number = (
            str(self.row.number)
            if self.row.table == "paragraphs"
            else number_of(self.row.table, self.row.row_id)
        )
        decision = self.draft.corrections.of(self.key(column), cell, number)
        if decision is not None:
            self._decided(column, cell, decision.was or number, decision)
        elif cell is not None:
            self._note(
                column,
                cell,
                number,
                False,
                0.5 if column in self.review else 0.999,
                column in self.review,
            )

    def doubt(self, column: str) -> None:
        """Put a column into review."""
        if column not in self.review:
            self.review.append(column)

    def _note(
        self, column: str, cell: Cell, value: str, is_text: bool, confidence: float, doubtful: bool
    ) -> None:
        self.confidence = min(self.confidence, confidence)
        self.draft.rows["cells"] += cell_boxes(cell, value, is_text, confidence)
        if doubtful:
            self.doubt(column)

    def _decided(self, column: str, cell: Cell | None, automatic: str, decision: Correction) -> str:
        """A person's value: its doubt is cleared, and where it differs the change is recorded."""
        value = decision.decide(automatic)
        if column in self.review:
            self.review.remove(column)
        if cell is not None:
            boxes = cell_boxes(
                cell, value, decision.verdict == "accept" and _is_text(self.row.table, column), 1.0
            )
            self.draft.rows["cells"] += [{**box, "doubtful": ""} for box in boxes]
        if value != automatic:
            number = len(self.draft.rows["repairs"]) + 1
            page_no = cell.words[0].page_no if cell is not None else self.row.page_no
            self.draft.rows["repairs"].append(decision.to_repair(f"p{number}", page_no, automatic))
        return value

    def common(self) -> dict[str, Any]:
        """What every table of rows has at its end."""
        return {
            "page_no": self.row.page_no,
            "confidence": self.confidence,
            "review": "; ".join(self.review),
        }


def _is_text(table: str, column: str) -> bool:
    return column == TEXT_COLUMNS.get(table) or column in ("measure", "product", "note")


def without_list_mark(text: str, table: str) -> str:
    """Names of indicators lose a leading dash, growth lines a closing colon too."""
    if table in ("indicators", "growth"):
        text = text.lstrip("-–— ").strip()
    return text.rstrip(": ") if table == "growth" else text
