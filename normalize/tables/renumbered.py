"""Row numbers that people decided, put wherever a row is named before its cells are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from normalize.tables.cells import Key, number_of, repaired_to_cells
from normalize.tables.corrections import Correction, Corrections
from normalize.text.clean import clean
from schemas.errors import CorrectionsError
from schemas.table_kinds import KINDS

RowIds = dict[tuple[str, str], str]  # (table, row_id) -> the row's new key


def _number_column(table: str) -> str:
    """The column of a table's own numbers, empty where it has none or there is no such table."""
    return KINDS[table].key if table in KINDS else ""


def changed_numbers(
    rows: pd.DataFrame, repaired: pd.DataFrame, corrections: Corrections
) -> tuple[RowIds, Corrections]:
    """The new keys of rows whose number a person changed, and all decisions under the new keys.

    Raises CorrectionsError for a number that another row has, or that is none. A paragraph's number
    is no key and is not treated here.
    """
    wanted = [
        c
        for (table, _, column), c in corrections.by_cell.items()
        if _number_column(table) == column and c.verdict == "change"
    ]
    cells = repaired_to_cells(repaired) if wanted else {}
    known = set(zip(rows["table"], rows["row_id"], strict=True))
    ids: RowIds = {}
    for decision in wanted:
        table, row_id, _ = decision.key
        number = number_of(table, row_id)
        if (
            table != "paragraphs"
            and (table, row_id) in known
            and decision.fits(cells.get(decision.key), number)
        ):
            ids[table, row_id] = _new_id(decision, number)
    for place, times in Counter(
        (table, ids.get((table, row_id), row_id)) for table, row_id in known
    ).items():
        if times > 1:
            table, row_id = place
            decided = [one.place for one in wanted if (one.key[0], ids.get(one.key[:2])) == place]
            what = f"{table} {row_id}: two rows would have one number"
            what_to_do = "decide on the other row's number too"
            raise CorrectionsError(what, " and ".join(decided), what_to_do)
    return ids, Corrections(dict(_moved(corrections.by_cell, ids)), corrections.used)


def _new_id(decision: Correction, number: str) -> str:
    table, row_id, column = decision.key
    form = KINDS[table].number_form
    if not decision.value or "|" in decision.value or (form and not re.match(form, decision.value)):
        what = f"the value is no number for {column} of {table} {row_id}"
        raise CorrectionsError(what, decision.place, "mend the value")
    return (
        row_id[: len(row_id) - len(number)] + decision.value
        if table == "groups"
        else decision.value + row_id[len(number) :]
    )


def _moved(by_cell: Mapping[Key, Correction], ids: RowIds) -> dict[Key, Correction]:
    found: dict[Key, Correction] = {}
    for (table, row_id, column), decision in by_cell.items():
        key = (table, ids.get((table, row_id), row_id), column)
        moved = replace(decision, key=key)
        if (table, row_id) in ids and column == KINDS[table].key:
            moved = replace(moved, read=clean(decision.value), was=number_of(table, row_id))
        found[key] = moved
    return found


def with_ids(frame: pd.DataFrame, ids: RowIds) -> pd.DataFrame:
    """A table with columns ``table`` and ``row_id`` under the new keys, and references of the Rows
    table.
    """
    if not ids:
        return frame
    pairs = zip(frame["table"], frame["row_id"], strict=True)
    found = frame.assign(row_id=[ids.get(pair, pair[1]) for pair in pairs])
    return _with_references(found, ids) if "parent_id" in frame.columns else found


def _with_references(rows: pd.DataFrame, ids: RowIds) -> pd.DataFrame:
    groups = {
        (old.partition("|")[0], number_of("groups", old)): number_of("groups", new)
        for (t, old), new in ids.items()
        if t == "groups"
    }
    tasks = {
        number_of("tasks", old): number_of("tasks", new)
        for (t, old), new in ids.items()
        if t == "tasks"
    }
    rows = rows.copy()
    for place, table, row_id in zip(rows.index, rows["table"], rows["row_id"], strict=True):
        appendix = (
            row_id.partition("|")[0] if table == "groups" else str(rows.at[place, "appendix"])
        )
        for column in ("parent_id", "group_id", "section_id"):
            named = str(rows.at[place, column])
            to_task = table == "tasks" and column == "parent_id"
            rows.at[place, column] = (
                tasks.get(named, named) if to_task else groups.get((appendix, named), named)
            )
    return rows
