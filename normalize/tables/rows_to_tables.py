"""Repaired rows as the published tables: texts as they are, coded columns through their grammars.

Long: one short function a table, side by side so that what they share can be seen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from normalize.bodies.listed import BodyList
from normalize.tables.begins import with_begin
from normalize.tables.cells import Cell, Key, repaired_to_cells
from normalize.tables.checks import check_filled, check_parents, check_references, check_shares
from normalize.tables.coded import (
    Coded,
    Matcher,
    read_bodies,
    read_both_roles,
    read_deadline_cell,
    read_figure_cell,
    read_funding_cell,
    read_period,
    read_target_cell,
    read_unit_cell,
)
from normalize.tables.corrections import Corrections
from normalize.tables.draft import Draft, RowDraft
from normalize.tables.figure_checks import (
    check_figures,
    check_points,
    check_rare_points,
    check_sign_spaces,
)
from normalize.tables.group_facts import GroupFacts, facts_of_groups, without_year
from normalize.tables.own_bodies import column_rooms, with_own_names
from normalize.tables.settle import settle
from normalize.tables.typed.known import Known
from normalize.tables.unlisted_names import check_names
from normalize.tables.year_series import check_series
from normalize.values.citations import find_citations
from normalize.values.period_labels import is_baseline
from normalize.values.references import refers_to
from schemas.findings import Finding
from schemas.published import TABLES
from schemas.rules import split
from schemas.table_kinds import BEGIN, BOTH, KINDS
from schemas.witnesses import EXACT

_PLACE = "place"  # of a value's column, until the values stand in order


def rows_to_tables(
    rows: pd.DataFrame,
    repaired: pd.DataFrame,
    matcher: Matcher,
    corrections: Corrections,
    known: Known | None = None,
) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The published tables from the Rows and Repaired tables, and what does not fit together.

    ``document`` is not among them; ``repairs`` holds what people changed. ``known`` is what typed
    values are compared with.
    """
    cells = repaired_to_cells(repaired)
    matcher = _with_own_names(matcher, cells)
    groups = facts_of_groups(rows, cells, matcher)
    cells = {**cells, **groups.leads}
    known = replace(known or Known(), bodies=matcher.bodies, date=matcher.date)
    draft = Draft(corrections, known)
    _make_rows(rows, cells, draft, matcher, groups)
    check_filled(draft.rows)
    findings = _checks(draft.rows, cells, repaired)
    findings += [*groups.findings, *without_year(draft.rows["tasks"])]
    draft.rows["repairs"] += settle(draft.rows, corrections, known)
    findings += check_names(draft.rows, cells)
    findings += [*corrections.findings, *corrections.unused()]
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


def _with_own_names(matcher: Matcher, cells: Mapping[Key, Cell]) -> Matcher:
    """The matcher with the bodies that this document alone names, and the room of its columns."""
    rooms = column_rooms(cells.values())
    bodies = with_own_names(matcher.bodies, cells, rooms, matcher.limits, matcher.date)
    return replace(matcher, bodies=bodies, rooms=rooms)


def _make_rows(
    rows: pd.DataFrame,
    cells: Mapping[Key, Cell],
    draft: Draft,
    matcher: Matcher,
    groups: GroupFacts,
) -> None:
    """Every row of the Rows table into its draft, then what other rows tell of a row."""
    for row in rows.itertuples(index=False):
        name = str(row.table)
        if name in _MAKERS:
            found = RowDraft(row, cells, draft, split(str(row.review)))
            if (name, row.row_id, "lead") in groups.leads:
                found.doubt("lead")
            found.number()
            year = groups.years.get(str(row.row_id), "") if name == "tasks" else ""
            own = replace(matcher, year=year) if year else matcher
            draft.rows[name].append(_MAKERS[name](found, own))
    refer = find_references(rows)
    for paragraph in draft.rows["paragraphs"]:
        paragraph["refers_to"] = (
            refer(paragraph["text"]) if paragraph["kind"] == "paragraph" else ""
        )
    draft.rows["indicator_values"] = indicator_values_in_order(
        draft.rows["indicators"], draft.rows["indicator_values"], matcher.date
    )


def _checks(
    drafts: dict[str, list[dict[str, Any]]], cells: Mapping[Key, Cell], repaired: pd.DataFrame
) -> list[Finding]:
    """What does not fit together within the tables; doubtful rows are put into review."""
    is_exact = partial(_is_exact, cells)
    return [
        *check_parents(drafts),
        *check_references(drafts),
        *check_figures(drafts),
        *check_shares(drafts),
        *check_sign_spaces(drafts, is_exact),
        *check_series(drafts, is_exact),
        *check_rare_points(drafts, repaired["value"], is_exact),
        *check_points(drafts, _commas(repaired)),
    ]


def _commas(repaired: pd.DataFrame) -> list[list[str]]:
    """What witnesses read of each word that ends with a comma."""
    readings = repaired.loc[repaired["value"].str.endswith(","), "readings"]
    return [[text for _, text, _ in json.loads(found)] for found in readings if found]


def _is_exact(cells: Mapping[Key, Cell], row: Mapping[str, Any], column: str) -> bool:
    """Whether a row's figure is text of the file itself, which nobody had to read."""
    if column == "target":
        key = ("indicators", row["indicator_id"], column)
    elif "line_id" in row:
        key = ("growth", f"{row['line_id']}|{row['period']}", column)
    elif row["role"] == "target":
        key = ("indicators", row["indicator_id"], "target")
    else:
        key = ("indicator_values", f"{row['indicator_id']}|{row['period']}", column)
    cell = cells.get(key)
    return cell is not None and bool(EXACT & set(cell.witnesses))


def find_references(rows: pd.DataFrame) -> Callable[[str], str]:
    """What tells the points of the document's appendix of tasks that a sentence names."""
    tasks = rows[(rows["table"] == "appendices") & (rows["kind"] == "tasks")]["row_id"].tolist()
    return partial(refers_to, appendix=tasks[0]) if tasks else lambda _: ""


def appendix_row(found: RowDraft, _: Matcher) -> dict[str, Any]:
    """A row of ``appendices``."""
    row = found.row
    rows, last_page_no = map(int, row.number.split())
    return {
        "appendix": row.row_id,
        "kind": row.kind,
        "label": row.label,
        "title": found.text("title"),
        "last_page_no": last_page_no,
        "rows": rows,
        **found.common(),
    }


def extra_row(found: RowDraft, _: Matcher) -> dict[str, Any]:
    """A row of ``extras``."""
    table, _, rest = found.row.row_id.partition("|")
    row_id, _, label = rest.rpartition("|")
    return {
        "table": table,
        "row_id": row_id,
        "label": label,
        "value": found.text("value"),
        **found.common(),
    }


def other_cell_row(found: RowDraft, _: Matcher) -> dict[str, Any]:
    """A row of ``other_cells``."""
    table_no, row, column = map(int, found.row.row_id.split("|"))
    row_span, column_span, is_header = map(int, found.row.label.split())
    return {
        "table_no": table_no,
        "appendix": found.row.appendix,
        "row": row,
        "column": column,
        "row_span": row_span,
        "column_span": column_span,
        "is_header": bool(is_header),
        "text": found.text("text"),
        **found.common(),
    }


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


def task_roles(found: RowDraft, matcher: Matcher) -> dict[str, Coded]:
    """The bodies that lead a task and those that help, from two columns or from one for both."""
    if found.cell(BOTH) is None:
        return {
            role: found.coded(role, partial(read_bodies, matcher=matcher))
            for role in ("lead", "coordinating")
        }
    read = partial(read_bodies, matcher=matcher)
    roles = zip(("lead", "coordinating"), read_both_roles(found.cell(BOTH), matcher), strict=True)
    return {role: found.both(role, coded, read) for role, coded in roles}


def task_row(found: RowDraft, matcher: Matcher) -> dict[str, Any]:
    """A row of ``tasks``, with its bodies and milestones."""
    task_id = found.row.row_id
    task = found.text("task")
    names = {}
    by_role = task_roles(found, matcher)
    for role, coded in by_role.items():
        names[role] = coded.value
        found.draft.rows["task_bodies"] += [
            {"task_id": task_id, "role": role, "position": position, **item}
            for position, item in enumerate(coded.parts, 1)
        ]
    deadline = found.coded("deadline", partial(read_deadline_cell, year=matcher.year))
    deadline = _with_begin(found, deadline, matcher.year)
    found.draft.rows["milestones"] += [
        {"task_id": task_id, "position": position, **item}
        for position, item in enumerate(deadline.parts, 1)
    ]
    funding = found.coded("funding", read_funding_cell)
    return {
        "task_id": task_id,
        "parent_id": found.row.parent_id,
        "group_id": found.row.group_id,
        "section_id": found.row.section_id,
        "task": task,
        **names,
        "deadline": deadline.value,
        **deadline.derived,
        "funding": funding.value,
        **funding.derived,
        **found.free_texts(),
        "number": found.row.number,
        "appendix": found.row.appendix,
        **found.common(),
    }


def _with_begin(found: RowDraft, deadline: Coded, year: str) -> Coded:
    """A deadline that has its beginning in a column of its own, which stands in ``extras``."""
    cell = found.cell(BEGIN)
    if cell is None:
        return deadline
    both = with_begin(read_deadline_cell(cell, None, year), deadline)
    if not both.sure:
        found.doubt("deadline")
    return both


def indicator_row(found: RowDraft, matcher: Matcher) -> dict[str, Any]:
    """A row of ``indicators``."""
    name = found.text("name")
    unit = found.coded("unit", read_unit_cell)
    found.unit = unit.value
    target = found.coded("target", partial(read_target_cell, unit=unit.value))
    lead = found.coded("lead", partial(read_bodies, matcher=matcher))
    found.draft.rows["indicator_bodies"] += [
        {"indicator_id": found.row.row_id, "position": position, **item}
        for position, item in enumerate(lead.parts, 1)
    ]
    row = {
        "indicator_id": found.row.row_id,
        "group_id": found.row.group_id,
        "name": name,
        "unit": unit.value,
        "target": target.value,
        **target.derived,
        "lead": lead.value,
        "lead_ids": "; ".join(str(item["body_id"]) for item in lead.parts if item["body_id"]),
        **found.free_texts(),
        "number": found.row.number,
        "appendix": found.row.appendix,
        **found.common(),
    }
    if target.value:
        found.draft.rows["indicator_values"].append(_target_value(found, row))
    return row


def _target_value(found: RowDraft, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row of ``indicator_values`` that says what the indicator's own row says of its target."""
    label = found.row.label or "-"
    period = read_period(None, label, label)
    boxes = [
        box
        for box in found.draft.rows["cells"]
        if (box["table"], box["row_id"], box["column"]) == found.key("target")
    ]
    key = {"table": "indicator_values", "row_id": f"{found.row.row_id}|{label}", "column": "value"}
    found.draft.rows["cells"] += [{**box, **key} for box in boxes]
    doubted = "value" if "target" in found.review else ""
    return {
        "indicator_id": found.row.row_id,
        "period": label,
        **period.derived,
        "role": "target",
        "value": row["target"],
        "comparator": row["comparator"],
        "value_min": row["target_min"],
        "value_max": row["target_max"],
        "page_no": found.row.page_no,
        "confidence": min((box["confidence"] for box in boxes), default=1.0),
        "review": doubted,
        _PLACE: int(found.row.kind or 0),
    }


def indicator_value_row(found: RowDraft, _: Matcher) -> dict[str, Any]:
    """A row of ``indicator_values`` beside the target's."""
    indicator_id, _, label = found.row.row_id.partition("|")
    unit = next(
        (
            row["unit"]
            for row in reversed(found.draft.rows["indicators"])
            if row["indicator_id"] == indicator_id
        ),
        "",
    )
    found.unit = unit
    value = found.coded("value", partial(read_target_cell, unit=unit))
    period = found.coded("period", partial(read_period, label=label))
    place, _, role_above = found.row.kind.partition(" ")
    return {
        "indicator_id": indicator_id,
        "period": label,
        **period.derived,
        "role": role_above or "milestone",
        "value": value.value,
        "comparator": value.derived["comparator"],
        "value_min": value.derived["target_min"],
        "value_max": value.derived["target_max"],
        **found.common(),
        _PLACE: int(place or 0),
    }


def indicator_values_in_order(
    indicators: Sequence[Mapping[str, Any]], values: Sequence[Mapping[str, Any]], date: str
) -> list[dict[str, Any]]:
    """The values of each indicator from left to right, with the baselines among them named.

    A value is a baseline if it is called one, or its period ended before the document's year. What
    a label above calls so (`Thực hiện` over 2024 to 2028) is one up to that year.
    """
    order = {row["indicator_id"]: place for place, row in enumerate(indicators)}
    found = [
        {**row, "role": _role(row, date)}
        for row in sorted(values, key=lambda row: (order[row["indicator_id"]], row[_PLACE]))
    ]
    return [{name: value for name, value in row.items() if name != _PLACE} for row in found]


def _role(row: Mapping[str, Any], date: str) -> str:
    if row["role"] == "target":
        return "target"
    year, end = date[:4], (row["period_end"] or "")[:4]
    is_past = bool(year and end) and end < year
    is_called = row["role"] == "baseline" and (not year or end <= year)
    return "baseline" if is_past or is_called or is_baseline(row["period"]) else "milestone"


def growth_row(found: RowDraft, _: Matcher) -> dict[str, Any]:
    """A row of ``growth``: one line in one period."""
    line_id, _, period_label = found.row.row_id.partition("|")
    measure, name = found.text("measure"), found.text("name")
    unit = found.coded("unit", read_unit_cell)
    found.unit = unit.value
    period = found.coded("period", partial(read_period, label=period_label))
    value = found.coded("value", partial(read_figure_cell, unit=unit.value))
    return {
        "line_id": line_id,
        "measure": measure,
        "name": name,
        "unit": unit.value,
        "period": period.value,
        **period.derived,
        "value": value.value,
        **value.derived,
        **found.free_texts(),
        **found.common(),
    }


def paragraph_row(found: RowDraft, _: Matcher) -> dict[str, Any]:
    """A row of ``paragraphs``."""
    row, text = found.row, found.text("text")
    return {
        "paragraph_id": row.row_id,
        "section_path": row.section_path,
        "kind": row.kind,
        "number": found.own_number,
        "text": text,
        "refers_to": "",
        **found.common(),
    }


def citation_rows(draft: Draft) -> Iterator[dict[str, Any]]:
    """The legal documents that texts of tasks and paragraphs cite, in the order of the tables."""
    count = 0
    for kind in KINDS.values():
        for row in draft.rows[kind.name] if kind.is_cited else ():
            for citation in find_citations(row[kind.text]):
                count += 1
                yield {
                    "citation_id": f"c{count}", "table": kind.name,
                    "row_id": "|".join(row[column] for column in kind.row_key), "column": kind.text,
                    "document_kind": citation.document_kind, "number": citation.number,
                    "date": citation.date, "issuer": citation.issuer, "printed": citation.printed,
                }  # fmt: skip


def body_rows(
    bodies: BodyList,
    task_bodies: Sequence[Mapping[str, Any]],
    indicators: Iterable[Mapping[str, Any]],
) -> Iterator[dict[str, Any]]:
    """The whole list of bodies, then the document's own names.

    Each has the count of its uses in cells of those who lead and of those who help.
    """
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


_MAKERS = {  # what makes a row of each table from its cells
    "appendices": appendix_row,
    "groups": group_row,
    "tasks": task_row,
    "indicators": indicator_row,
    "indicator_values": indicator_value_row,
    "growth": growth_row,
    "paragraphs": paragraph_row,
    "extras": extra_row,
    "other_cells": other_cell_row,
}
