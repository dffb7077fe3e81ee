"""Repaired rows as the published tables: texts as they are, coded columns through their grammars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from normalize.bodies.listed import BodyList
from normalize.tables.cells import repaired_to_cells
from normalize.tables.checks import (
    check_figures,
    check_parents,
    check_points,
    check_references,
    check_shares,
)
from normalize.tables.coded import (
    Matcher,
    read_bodies,
    read_deadline_cell,
    read_figure_cell,
    read_funding_cell,
    read_period,
    read_target_cell,
    read_unit_cell,
)
from normalize.tables.corrections import Corrections
from normalize.tables.draft import Draft, RowDraft
from normalize.values.citations import find_citations
from normalize.values.references import refers_to
from schemas.findings import Finding
from schemas.published import TABLES
from schemas.table_kinds import TEXT_COLUMNS


def rows_to_tables(
    rows: pd.DataFrame, repaired: pd.DataFrame, matcher: Matcher, corrections: Corrections
) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The published tables (all but ``document``; ``repairs`` holds people's) from the Rows and Repaired tables, and what does not fit together."""
    cells = repaired_to_cells(repaired)
    draft = Draft(corrections)
    makers = {
        "groups": group_row,
        "tasks": task_row,
        "indicators": indicator_row,
        "growth": growth_row,
        "paragraphs": paragraph_row,
    }
    for row in rows.itertuples(index=False):
        if row.table in makers:
            found = RowDraft(
                row, cells, draft, [column for column in str(row.review).split("; ") if column]
            )
            found.number()
            draft.rows[str(row.table)].append(makers[str(row.table)](found, matcher))
    findings = [
        *check_parents(draft.rows),
        *check_references(draft.rows),
        *check_figures(draft.rows),
        *check_shares(draft.rows),
        *check_points(draft.rows, repaired["text"], repaired["value"]),
        *corrections.unused(),
    ]
    draft.rows["citations"] = list(citation_rows(draft))
    draft.rows["bodies"] = list(
        body_rows(matcher.bodies, draft.rows["task_bodies"], draft.rows["indicators"])
    )
    tables = {
        name: pd.DataFrame(draft.rows[name], columns=list(TABLES[name].to_schema().columns))
        for name in TABLES
        if name != "document"
    }
    return tables, findings


def group_row(found: RowDraft, _: Matcher) -> dict[str, Any]:
    """A row of ``groups``."""
    appendix, _, group_id = found.row.row_id.partition("|")
    return {
        "appendix": appendix,
        "group_id": group_id,
        "parent_id": found.row.parent_id,
        "title": found.text("title"),
        **found.common(),
    }


def task_row(found: RowDraft, matcher: Matcher) -> dict[str, Any]:
    """A row of ``tasks``, with its bodies and milestones."""
    task_id = found.row.row_id
    task = found.text("task")
    names = {}
    for role in ("lead", "coordinating"):
        coded = found.coded(role, partial(read_bodies, matcher=matcher))
        names[role] = coded.value
        found.draft.rows["task_bodies"] += [
            {"task_id": task_id, "role": role, "position": position, **item}
            for position, item in enumerate(coded.parts, 1)
        ]
    deadline = found.coded("deadline", read_deadline_cell)
    found.draft.rows["milestones"] += [
        {"task_id": task_id, "position": position, **item}
        for position, item in enumerate(deadline.parts, 1)
    ]
    funding = found.coded("funding", read_funding_cell)
    return {
        "task_id": task_id, "parent_id": found.row.parent_id, "group_id": found.row.group_id, "section_id": found.row.section_id, "task": task,
        **names, "deadline": deadline.value, **deadline.derived, "funding": funding.value, **funding.derived, **found.common(),
    }  # fmt: skip


def indicator_row(found: RowDraft, matcher: Matcher) -> dict[str, Any]:
    """A row of ``indicators``."""
    name = found.text("name")
    unit = found.coded("unit", read_unit_cell)
    target = found.coded("target", partial(read_target_cell, unit=unit.value))
    lead = found.coded("lead", partial(read_bodies, matcher=matcher))
    return {
        "indicator_id": found.row.row_id, "group_id": found.row.group_id, "name": name, "unit": unit.value, "target": target.value, **target.derived,
        "lead": lead.value, "lead_ids": "; ".join(str(item["body_id"]) for item in lead.parts if item["body_id"]), **found.common(),
    }  # fmt: skip


def growth_row(found: RowDraft, _: Matcher) -> dict[str, Any]:
    """A row of ``growth``: one line in one period."""
    line_id, _, period_label = found.row.row_id.partition("|")
    measure, name = found.text("measure"), found.text("name")
    unit = found.coded("unit", read_unit_cell)
    period = found.coded("period", partial(read_period, label=period_label))
    value = found.coded("value", partial(read_figure_cell, unit=unit.value))
    return {
        "line_id": line_id, "measure": measure, "name": name, "unit": unit.value, "period": period.value, **period.derived,
        "value": value.value, **value.derived, **found.common(),
    }  # fmt: skip


def paragraph_row(found: RowDraft, _: Matcher) -> dict[str, Any]:
    """A row of ``paragraphs``."""
    row, text = found.row, found.text("text")
    return {
        "paragraph_id": row.row_id, "section_path": row.section_path, "kind": row.kind, "number": row.number, "text": text,
        "refers_to": refers_to(text) if row.kind == "paragraph" else "", **found.common(),
    }  # fmt: skip


def citation_rows(draft: Draft) -> Iterator[dict[str, Any]]:
    """The legal documents that texts of tasks and paragraphs cite, in the order of the tables."""
    keys = {
        "groups": ("appendix", "group_id"),
        "tasks": ("task_id",),
        "indicators": ("indicator_id",),
        "paragraphs": ("paragraph_id",),
    }
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
    bodies: BodyList,
    task_bodies: Sequence[Mapping[str, Any]],
    indicators: Iterable[Mapping[str, Any]],
) -> Iterator[dict[str, Any]]:
    """The whole canonical list with the count of each body's uses in lead and coordinating cells."""
    uses = Counter(item["body_id"] for item in task_bodies)
    uses.update(body_id for row in indicators for body_id in row["lead_ids"].split("; "))
    for body in bodies.bodies:
        yield {
            "body_id": body.body_id,
            "name": body.name,
            "kind": body.kind,
            "is_generic": body.is_generic,
            "uses": uses[body.body_id],
        }
