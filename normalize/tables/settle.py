"""People's decisions put to the finished rows: what no cell decides, and what they settle
elsewhere.

A column that is not printed (a group above, the kind of a paragraph, a page) is decided here. What
a person has settled is no longer in review, whatever the checks of the document against itself say,
and neither is the same doubt in other rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from normalize.tables.corrections import Correction, Corrections
from normalize.tables.figure_checks import Rows, doubt
from normalize.tables.typed.check import check_typed, find_check
from normalize.tables.typed.known import Known
from normalize.tables.typed.verdict import Typed
from normalize.text.clean import clean
from schemas.checking import may_hold
from schemas.published import TABLES
from schemas.table_kinds import KINDS

Row = dict[str, Any]
_GROUPS = ("group_id", "section_id", "parent_id")


def settle(rows: Rows, corrections: Corrections, known: Known) -> list[Row]:
    """Apply the decisions that no cell took, and clear from review what any of them settled.

    Returns the rows of ``repairs`` for what was changed.
    """
    repairs: list[Row] = []
    by_id = {(table, _row_id(table, row)): row for table in KINDS for row in rows.get(table, ())}
    for key, decision in corrections.by_cell.items():
        row = by_id.get(key[:2])
        if row is not None and key not in corrections.used:
            repairs += _apply(decision, row, corrections, known, len(repairs) + 1)
        elif row is None and key not in corrections.used:
            _say_why(decision, corrections)
    for key in corrections.settled:
        row = by_id.get(key[:2])
        if row is not None:
            _clear(row, key[2])
            _clear_alike(rows, key[0], row, key[2], corrections.by_cell[key])
    for key, refusal in corrections.refusals.items():
        if refusal.is_of_value and key[:2] in by_id:
            doubt(by_id[key[:2]], key[2])
    return repairs


def _row_id(table: str, row: Mapping[str, Any]) -> str:
    return "|".join(str(row[column]) for column in KINDS[table].row_key)


def _say_why(decision: Correction, corrections: Corrections) -> None:
    """Why a decision has no row: the row is gone, or there is no such table or column."""
    table, _, column = decision.key
    check = find_check(table, column)
    if isinstance(check, Typed):
        corrections.refuse_column(decision.key, check.plain_message)


def _apply(
    decision: Correction, row: Row, corrections: Corrections, known: Known, number: int
) -> list[Row]:
    """Put a decision to a finished row; the row of ``repairs`` where it changes something."""
    table, row_id, column = decision.key
    check = find_check(table, column)
    if isinstance(check, Typed):
        corrections.refuse_column(decision.key, check.plain_message)
        return []
    if decision.key in corrections.refusals:
        return []
    stands = _shown(row[column])
    if decision.read.casefold() != clean(stands).casefold():
        corrections.refuse_other(decision.key, stands)
        return []
    here = known.at(row_id, str(row.get("appendix", "")), str(row.get("unit", "")), [stands])
    typed = check_typed(table, column, decision.value, here)
    value = _as_typed(table, column, typed.value)
    is_key = column in KINDS[table].row_key
    can_be = may_hold(TABLES[table], column, value) and typed.reason != "no_such_page"
    if decision.verdict != "accept" and (is_key or not can_be):
        corrections.refuse(decision.key, typed.plain_message or "it is the row's key")
        return []
    page_no = int(row["page_no"])
    found = corrections.weigh(decision, stands, here, page_no)
    corrections.used.add(decision.key)
    before = decision.was or stands
    if found.value == before:
        return []
    row[column] = value
    if decision.key not in corrections.settled:
        doubt(row, column)
    return [decision.to_repair(f"s{number}", page_no, before, found.value)]


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_typed(table: str, column: str, value: str) -> object:
    """A typed value as its column holds it; the text itself where it is no number."""
    dtype = str(TABLES[table].to_schema().columns[column].dtype)
    if dtype.startswith("int") and value.isdecimal():
        return int(value)
    return value == "true" if dtype.startswith("bool") and value in ("true", "false") else value


def _clear(row: Row, column: str) -> None:
    row["review"] = "; ".join(name for name in row["review"].split("; ") if name != column)


def _clear_alike(rows: Rows, table: str, row: Row, column: str, decision: Correction) -> None:
    """Clear the same doubt from the other rows in which it shows."""
    if (table, column) == ("tasks", "parent_id"):
        _clear_where(rows["tasks"], {"parent_id": row[column]}, "parent_id")
    elif column in _GROUPS:
        if (column == "group_id" and table == "groups") or decision.verdict == "accept":
            _clear_group(rows, row["appendix"], row[column])
    elif (table, column) == ("indicators", "target"):
        own = {"indicator_id": row["indicator_id"], "role": "target"}
        _clear_where(rows["indicator_values"], own, "value")
    elif table == "paragraphs" and column in ("section_path", "kind"):
        _clear_where(rows["paragraphs"], {"section_path": row["section_path"]}, "section_path")


def _clear_group(rows: Rows, appendix: str, group: str) -> None:
    """One doubt about a group's number marks every row that names it."""
    for table in ("groups", "tasks", "indicators"):
        for column in _GROUPS:
            if (table, column) != ("tasks", "parent_id") and column in TABLES[
                table
            ].to_schema().columns:
                _clear_where(rows[table], {"appendix": appendix, column: group}, column)


def _clear_where(rows: Iterable[Row], where: Mapping[str, Any], column: str) -> None:
    for row in rows:
        if all(row[name] == value for name, value in where.items()):
            _clear(row, column)
