"""Repaired rows as the published tables: texts as they are, coded columns through their grammars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from normalize.bodies import BodyList
from normalize.cells import Cell, Key, cell_boxes, repaired_to_cells
from normalize.citations import find_citations
from normalize.coded import (
    Coded,
    read_bodies,
    read_deadline_cell,
    read_figure_cell,
    read_funding_cell,
    read_period,
    read_target_cell,
    read_unit_cell,
)
from normalize.references import refers_to
from schemas.published import TABLES

TEXT_COLUMNS = {"groups": "title", "tasks": "task", "indicators": "name", "growth": "name", "paragraphs": "text"}
_NUMBER_COLUMNS = {"groups": "group_id", "tasks": "task_id", "indicators": "indicator_id", "growth": "line_id", "paragraphs": "number"}


@dataclass
class Draft:
    """The published tables in the making: rows by table, and the doubt about each row."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in TABLES})


@dataclass
class RowDraft:
    """One row in the making: its cells, its confidence so far, and the columns in doubt."""

    row: Any  # of the Rows table, as a named tuple
    cells: Mapping[Key, Cell]
    draft: Draft
    review: list[str]
    confidence: float = 1.0

    def cell(self, column: str) -> Cell | None:
        """The row's cell in a column, None where nothing is printed."""
        return self.cells.get((self.row.table, self.row.row_id, column))

    def text(self, column: str) -> str:
        """The repaired text of a column; doubtful words put the column into review."""
        cell = self.cell(column)
        if cell is None:
            return ""
        value = without_list_mark(cell.value, self.row.table)
        self._note(column, cell, value, True, cell.confidence, bool(cell.doubtful) or not value)
        return value

    def coded(self, column: str, coded: Coded) -> Coded:
        """A coded column's value with its doubt taken into account."""
        cell = self.cell(column)
        if cell is not None:
            self._note(column, cell, coded.value, False, coded.confidence, not coded.sure)
        elif not coded.sure:
            self.doubt(column)
        return coded

    def number(self) -> None:
        """The row's own number, decided with its neighbours when the rows were put together."""
        column = _NUMBER_COLUMNS[self.row.table]
        cell = self.cell(column)
        if cell is not None:
            doubtful = column in self.review
            key = self.row.row_id.rpartition("|")[2] if self.row.table == "groups" else self.row.row_id.partition("|")[0]
            self._note(column, cell, key, False, 0.5 if doubtful else 0.999, doubtful)

    def doubt(self, column: str) -> None:
        """Put a column into review."""
        if column not in self.review:
            self.review.append(column)

    def _note(self, column: str, cell: Cell, value: str, is_text: bool, confidence: float, doubtful: bool) -> None:
        self.confidence = min(self.confidence, confidence)
        self.draft.rows["cells"] += cell_boxes(cell, value, is_text, confidence)
        if doubtful:
            self.doubt(column)

    def common(self) -> dict[str, Any]:
        """What every table of rows has at its end."""
        return {"page_no": self.row.page_no, "confidence": self.confidence, "review": "; ".join(self.review)}


def without_list_mark(text: str, table: str) -> str:
    """Names of indicators lose a leading dash, growth lines a closing colon too."""
    if table in ("indicators", "growth"):
        text = text.lstrip("-–— ").strip()
    return text.rstrip(": ") if table == "growth" else text


def rows_to_tables(rows: pd.DataFrame, repaired: pd.DataFrame, bodies: BodyList) -> dict[str, pd.DataFrame]:
    """The published tables (all but ``document`` and ``repairs``) from the Rows and Repaired tables."""
    cells = repaired_to_cells(repaired)
    draft = Draft()
    makers = {"groups": group_row, "tasks": task_row, "indicators": indicator_row, "growth": growth_row, "paragraphs": paragraph_row}
    for row in rows.itertuples(index=False):
        if row.table in makers:
            found = RowDraft(row, cells, draft, [column for column in str(row.review).split("; ") if column])
            found.number()
            draft.rows[str(row.table)].append(makers[str(row.table)](found, bodies))
    draft.rows["citations"] = list(citation_rows(draft))
    draft.rows["bodies"] = list(body_rows(bodies, draft.rows["task_bodies"], draft.rows["indicators"]))
    return {
        name: pd.DataFrame(draft.rows[name], columns=list(TABLES[name].to_schema().columns))
        for name in TABLES
        if name not in ("document", "repairs")
    }


def group_row(found: RowDraft, _: BodyList) -> dict[str, Any]:
    """A row of ``groups``."""
    appendix, _, group_id = found.row.row_id.partition("|")
    return {"appendix": appendix, "group_id": group_id, "parent_id": found.row.parent_id, "title": found.text("title"), **found.common()}


def task_row(found: RowDraft, bodies: BodyList) -> dict[str, Any]:
    """A row of ``tasks``, with its bodies and milestones."""
    task_id = found.row.row_id
    task = found.text("task")
    names = {}
    for role in ("lead", "coordinating"):
        coded = found.coded(role, read_bodies(found.cell(role), bodies))
        names[role] = coded.value
        found.draft.rows["task_bodies"] += [
            {"task_id": task_id, "role": role, "position": position, **item} for position, item in enumerate(coded.parts, 1)
        ]
    deadline = found.coded("deadline", read_deadline_cell(found.cell("deadline")))
    found.draft.rows["milestones"] += [
        {"task_id": task_id, "position": position, **item} for position, item in enumerate(deadline.parts, 1)
    ]
    funding = found.coded("funding", read_funding_cell(found.cell("funding")))
    return {
        "task_id": task_id, "parent_id": found.row.parent_id, "group_id": found.row.group_id, "section_id": found.row.section_id, "task": task,
        **names, "deadline": deadline.value, **deadline.derived, "funding": funding.value, **funding.derived, **found.common(),
    }  # fmt: skip


def indicator_row(found: RowDraft, bodies: BodyList) -> dict[str, Any]:
    """A row of ``indicators``."""
    name = found.text("name")
    unit = found.coded("unit", read_unit_cell(found.cell("unit")))
    target = found.coded("target", read_target_cell(found.cell("target"), unit.value))
    lead = found.coded("lead", read_bodies(found.cell("lead"), bodies))
    return {
        "indicator_id": found.row.row_id, "group_id": found.row.group_id, "name": name, "unit": unit.value, "target": target.value, **target.derived,
        "lead": lead.value, "lead_ids": "; ".join(str(item["body_id"]) for item in lead.parts if item["body_id"]), **found.common(),
    }  # fmt: skip


def growth_row(found: RowDraft, _: BodyList) -> dict[str, Any]:
    """A row of ``growth``: one line in one period."""
    line_id, _, period_label = found.row.row_id.partition("|")
    measure, name = found.text("measure"), found.text("name")
    unit = found.coded("unit", read_unit_cell(found.cell("unit")))
    period = found.coded("period", read_period(found.cell("period"), period_label))
    value = found.coded("value", read_figure_cell(found.cell("value"), unit.value))
    return {
        "line_id": line_id, "measure": measure, "name": name, "unit": unit.value, "period": period.value, **period.derived,
        "value": value.value, **value.derived, **found.common(),
    }  # fmt: skip


def paragraph_row(found: RowDraft, _: BodyList) -> dict[str, Any]:
    """A row of ``paragraphs``."""
    row, text = found.row, found.text("text")
    return {
        "paragraph_id": row.row_id, "section_path": row.section_path, "kind": row.kind, "number": row.number, "text": text,
        "refers_to": refers_to(text) if row.kind == "paragraph" else "", **found.common(),
    }  # fmt: skip


def citation_rows(draft: Draft) -> Iterator[dict[str, Any]]:
    """The legal documents that texts of tasks and paragraphs cite, in the order of the tables."""
    keys = {"groups": ("appendix", "group_id"), "tasks": ("task_id",), "indicators": ("indicator_id",), "paragraphs": ("paragraph_id",)}
    count = 0
    for table, columns in keys.items():
        for row in draft.rows[table]:
            for citation in find_citations(row[TEXT_COLUMNS[table]]):
                count += 1
                yield {
                    "citation_id": f"c{count}", "table": table, "row_id": "|".join(row[column] for column in columns), "column": TEXT_COLUMNS[table],
                    "document_kind": citation.document_kind, "number": citation.number, "date": citation.date, "issuer": citation.issuer,
                    "printed": citation.printed,
                }  # fmt: skip


def body_rows(
    bodies: BodyList, task_bodies: Sequence[Mapping[str, Any]], indicators: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The whole canonical list with the count of each body's uses in lead and coordinating cells."""
    uses = Counter(item["body_id"] for item in task_bodies)
    uses.update(body_id for row in indicators for body_id in row["lead_ids"].split("; "))
    for body in bodies.bodies:
        yield {"body_id": body.body_id, "name": body.name, "kind": body.kind, "is_generic": body.is_generic, "uses": uses[body.body_id]}
