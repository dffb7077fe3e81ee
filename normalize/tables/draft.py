"""A table while its rows are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from normalize.tables.cells import Cell, Key, cell_boxes, number_of
from normalize.tables.coded import UNSURE, Coded
from normalize.tables.corrections import Correction, Corrections
from normalize.tables.other_numbers import is_read_otherwise
from normalize.tables.texts import holds_text, without_list_mark
from normalize.tables.typed.known import Known
from normalize.values.dittos import is_ditto
from schemas.published import TABLES
from schemas.table_kinds import BOTH, KINDS, TableKind

Read = Callable[[Cell | None, str | None], Coded]


@dataclass
class Draft:
    """The published tables in the making: rows by table, and people's decisions about cells."""

    corrections: Corrections
    known: Known | None = None  # what typed values are compared with; None where none is typed
    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {name: [] for name in TABLES}
    )
    # the last value of each table and column, for ditto marks
    above: dict[tuple[str, str], Coded] = field(default_factory=dict)


@dataclass
class RowDraft:
    """One row in the making: its cells, its confidence so far, and the columns in doubt."""

    row: Any  # of the Rows table, as a named tuple
    cells: Mapping[Key, Cell]
    draft: Draft
    review: list[str]
    confidence: float = 1.0
    unit: str = ""  # of its figures, once it was read
    own_number: str = ""  # of a paragraph, as a person decided it or as it was read

    @property
    def kind(self) -> TableKind:
        """What is known of its table beforehand."""
        return KINDS[str(self.row.table)]

    def free_texts(self) -> dict[str, str]:
        """The texts of the table's optional columns of free words."""
        return {column: self.text(column) for column in self.kind.free}

    def key(self, column: str) -> Key:
        """The key of the row's cell in a column."""
        return (self.row.table, self.row.row_id, column)

    def cell(self, column: str) -> Cell | None:
        """The row's cell in a column, None where nothing is printed."""
        return self.cells.get(self.key(column))

    def text(self, column: str) -> str:
        """The repaired text of a column, or what a person decided.

        Doubtful words put the column into review.
        """
        cell = self.cell(column)
        automatic = self._above_or_own(column, cell) if cell is not None else ""
        decision = self.draft.corrections.of(self.key(column), cell, automatic)
        if decision is not None:
            return self._decided(column, cell, automatic, decision)
        if cell is not None:
            self._note(
                column, cell, automatic, True, cell.confidence, bool(cell.doubtful) or not automatic
            )
        elif column == self.kind.text and not self.kind.text_may_be_empty:
            self.doubt(column)  # every row has a text: this one's was not read
        return automatic

    def _above_or_own(self, column: str, cell: Cell) -> str:
        """The text of a cell; of an optional column the text above where it is a ditto mark."""
        own = without_list_mark(cell.value, self.kind)
        if column not in self.kind.free and self.row.table != "extras":
            return own
        place = f"{column} {self.row.label}" if self.row.table == "extras" else column
        if is_ditto(cell.readings().values()):
            own = self._repeated(column, cell, place).value
        self._remember(place, Coded(own))
        return own

    def both(self, role: str, coded: Coded, read: Read) -> Coded:
        """One role of a cell in which no word parts those who lead from those who help, or what a
        person decided of it.

        It goes into review otherwise.
        """
        cell = self.cell(BOTH)
        own = replace(cell, key=self.key(role)) if cell is not None else None
        decision = self.draft.corrections.of(self.key(role), own, coded.value)
        if decision is not None:
            value = self._decided(role, own, coded.value, decision)
            return coded if value == coded.value else read(None, value)
        if own is not None:
            self._note(role, own, coded.value, False, coded.confidence, True)
        return coded

    def coded(self, column: str, read: Read) -> Coded:
        """A coded column by its grammar, from the readings or from what a person decided.

        Doubt puts it into review.
        """
        cell = self.cell(column)
        seen = cell if cell is None or cell.witnesses else None
        coded = (
            self._repeated(column, seen)
            if seen is not None and is_ditto(seen.readings().values())
            else read(seen, None)
        )
        self._remember(column, coded)
        decision = self.draft.corrections.of(self.key(column), cell, coded.value)
        if decision is not None:
            value = self._decided(column, cell, decision.was or coded.value, decision)
            return coded if value == coded.value else read(seen, value)
        if cell is not None:
            self._note(column, cell, coded.value, False, coded.confidence, not coded.sure)
            if cell.has_unread:
                self.confidence = min(self.confidence, cell.confidence)
                self.doubt(column)
        elif not coded.sure:
            self.doubt(column)
        return coded

    def _repeated(self, column: str, cell: Cell, place: str = "") -> Coded:
        """The value above a ditto mark, recorded as a repair; in review where nothing stands above
        it.
        """
        above = self.draft.above.get((self.row.table, place or column))
        if above is None:
            return Coded(cell.value, False, "a ditto mark with nothing above it")
        number = len(self.draft.rows["repairs"]) + 1
        self.draft.rows["repairs"].append(
            {
                "repair_id": f"n{number}",
                "table": self.row.table,
                "row_id": self.row.row_id,
                "column": column,
                "page_no": cell.words[0].page_no,
                "word_no": 0,
                "before": cell.printed,
                "after": above.value,
                "rule": "ditto",
                "evidence": "",
                "confidence": above.confidence,
            }
        )
        return above

    def _remember(self, column: str, coded: Coded) -> None:
        if coded.value:
            self.draft.above[self.row.table, column] = coded

    def number(self) -> None:
        """The row's own number, as a person decided it or as its neighbours did when rows were
        made.
        """
        column = self.kind.key
        if not column:
            return
        cell = self.cell(column)
        number = (
            str(self.row.number)
            if self.row.table == "paragraphs"
            else number_of(self.row.table, self.row.row_id)
        )
        self.own_number = number
        decision = self.draft.corrections.of(self.key(column), cell, number)
        if decision is not None:
            self.own_number = self._decided(column, cell, decision.was or number, decision)
        elif cell is not None:
            other = is_read_otherwise(cell, number, str(self.row.number))
            doubted = other or column in self.review
            self._note(column, cell, number, False, 0.5 if doubted else 0.999, doubted)

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
        """A person's value: its doubt is cleared unless it does not fit its column, and where it
        differs the change is recorded.
        """
        page_no = cell.words[0].page_no if cell is not None else self.row.page_no
        found = self.draft.corrections.weigh(
            decision, automatic, self._known(cell, automatic), page_no
        )
        is_settled = decision.key in self.draft.corrections.settled
        if is_settled and column in self.review:
            self.review.remove(column)
        elif not is_settled:
            self.confidence = min(self.confidence, UNSURE)
            self.doubt(column)
        if cell is not None:
            is_text = decision.verdict == "accept" and holds_text(self.kind, column)
            boxes = cell_boxes(cell, found.value, is_text, 1.0 if is_settled else UNSURE)
            doubtful = {} if not is_settled else {"doubtful": ""}
            self.draft.rows["cells"] += [{**box, **doubtful} for box in boxes]
        if found.value != automatic:
            number = len(self.draft.rows["repairs"]) + 1
            self.draft.rows["repairs"].append(
                decision.to_repair(f"p{number}", page_no, automatic, found.value)
            )
        return found.value

    def _known(self, cell: Cell | None, automatic: str) -> Known | None:
        """What a value typed for one of the row's cells is compared with."""
        if self.draft.known is None:
            return None
        read = [automatic, *(cell.readings().values() if cell is not None else ())]
        appendix = (
            str(self.row.row_id).partition("|")[0]
            if self.row.table == "groups"
            else str(self.row.appendix)
        )
        return self.draft.known.at(self.row.row_id, appendix, self.unit, read)

    def common(self) -> dict[str, Any]:
        """What every table of rows has at its end."""
        return {
            "page_no": self.row.page_no,
            "confidence": self.confidence,
            "review": "; ".join(self.review),
        }
