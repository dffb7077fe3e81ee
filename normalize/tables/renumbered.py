"""Row numbers that people decided, put wherever a row is named before its cells are read.

A key that cannot be is not put: the decision is told, and the row keeps its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from normalize.tables.cells import Key, number_of, repaired_to_cells
from normalize.tables.corrections import Correction, Corrections
from normalize.tables.typed.verdict import REASONS
from normalize.text.clean import clean
from schemas.checking import may_hold
from schemas.published import TABLES
from schemas.table_kinds import KINDS

RowIds = dict[tuple[str, str], str]  # (table, row_id) -> the row's new key
_TAKEN = "another row has this number; decide on that row's number too"
_ABOVE = ("parent_id", "group_id", "section_id")
_PERIODS = ("growth", "indicator_values")  # tables whose keys end with a period


def changed_numbers(
    rows: pd.DataFrame, repaired: pd.DataFrame, corrections: Corrections
) -> tuple[RowIds, Corrections]:
    """The new keys of rows whose number or period a person changed, of all rows whose keys hold
    these, and all decisions under the new keys.

    A number of the wrong form, or that another row has, is refused. A paragraph's number is no key
    and is not treated here.
    """
    wanted = [one for one in corrections.by_cell.values() if _changes_key(one)]
    cells = repaired_to_cells(repaired) if wanted else {}
    known = set(zip(rows["table"], rows["row_id"], strict=True))
    asked: dict[Key, str] = {}
    for decision in wanted:
        stands = _stands(decision)
        if decision.key[:2] not in known:
            continue
        if not decision.fits(cells.get(decision.key), stands):
            corrections.refuse_other(decision.key, stands)
        elif not _is_key(decision):
            corrections.refuse(decision.key, REASONS["number_form"])
        else:
            asked[decision.key] = _typed(decision)
    ids = _distinct(rows, known, asked, corrections)
    keys = {key: _moved(key, ids) for key in corrections.by_cell}
    above = _renamed_above(rows, ids)
    by_cell = {
        keys[key]: _under(one, keys[key], above.get(key[:2], {}))
        for key, one in corrections.by_cell.items()
    }
    refusals = {_moved(key, ids): why for key, why in corrections.refusals.items()}
    return ids, replace(corrections, by_cell=by_cell, refusals=refusals)


def _moved(key: Key, ids: RowIds) -> Key:
    table, row_id, column = key
    return (table, ids.get((table, row_id), row_id), column)


def _under(decision: Correction, key: Key, above: Mapping[str, str]) -> Correction:
    """A decision under its row's new key.

    What it says of the key's own part, or of a row above that has a new number, it says of the new
    one. ``above`` are the new numbers of the row's groups and task.
    """
    own = replace(decision, key=key, written=decision.key[1])
    if _is_of_key(own) and _stands(own) != _stands(decision):
        stands = _stands(own)
        return replace(own, read=clean(stands), value=stands, was=_stands(decision))
    if key[2] in _ABOVE:
        return replace(own, read=above.get(decision.read, decision.read))
    return own


def _renamed_above(rows: pd.DataFrame, ids: RowIds) -> dict[tuple[str, str], dict[str, str]]:
    """For each row the new numbers of its groups and of its task, by the old ones."""
    if not ids:
        return {}
    groups = _renamed_groups(ids)
    tasks = {old: new for (table, old), new in ids.items() if table == "tasks"}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for table, row_id, appendix in zip(
        rows["table"], rows["row_id"], rows["appendix"], strict=True
    ):
        own = row_id.partition("|")[0] if table == "groups" else appendix
        names = {old: new for (place, old), new in groups.items() if place == own}
        found[table, row_id] = {**names, **(tasks if table == "tasks" else {})}
    return found


def _changes_key(decision: Correction) -> bool:
    return decision.verdict != "accept" and _is_of_key(decision)


def _is_of_key(decision: Correction) -> bool:
    """Whether a decision is about a part of its row's key."""
    table, _, column = decision.key
    if table not in KINDS or table == "paragraphs":
        return False
    names_parent = (table, column) == ("tasks", "parent_id")
    return KINDS[table].key == column or _is_period(decision) or names_parent


def _is_period(decision: Correction) -> bool:
    return decision.key[0] in _PERIODS and decision.key[2] == "period"


def _stands(decision: Correction) -> str:
    """The part of a row's key that a decision is about."""
    table, row_id, column = decision.key
    if _is_period(decision):
        return row_id.partition("|")[2]
    number = number_of(table, row_id)
    return number.rpartition("(")[0] if column == "parent_id" else number


def _typed(decision: Correction) -> str:
    value = clean(decision.value)
    return value if _is_period(decision) else value.rstrip(".")


def _is_key(decision: Correction) -> bool:
    """Whether the typed value can be the part of a key that it is to be."""
    table, _, column = decision.key
    value = _typed(decision)
    if not value or "|" in value:
        return False
    own = "task_id" if column == "parent_id" else column
    return may_hold(TABLES[table], own, value)


def _distinct(
    rows: pd.DataFrame,
    known: set[tuple[str, str]],
    asked: dict[Key, str],
    corrections: Corrections,
) -> RowIds:
    """The new keys without those that two rows would have; ``asked`` loses these."""
    while True:
        ids = _all_ids(rows, asked)
        counts = Counter((table, ids.get((table, row_id), row_id)) for table, row_id in known)
        twice = {key for key in asked if counts[key[0], ids.get(key[:2], key[1])] > 1}
        if not twice:
            return ids
        for key in twice:
            corrections.refuse(key, _TAKEN)
            del asked[key]


def _all_ids(rows: pd.DataFrame, asked: Mapping[Key, str]) -> RowIds:
    """The new keys of the rows asked for, and of those whose keys are made of these."""
    ids: RowIds = {}
    for (table, row_id, column), value in asked.items():
        ids[table, row_id] = _new_id(table, ids.get((table, row_id), row_id), column, value)
    _follow(rows, ids)
    return ids


def _new_id(table: str, row_id: str, column: str, value: str) -> str:
    if column == "period":
        return f"{row_id.partition('|')[0]}|{value}"
    number = number_of(table, row_id)
    if column == "parent_id":
        value += number[len(number.rpartition("(")[0]) :]
    return (
        row_id[: len(row_id) - len(number)] + value
        if table == "groups"
        else value + row_id[len(number) :]
    )


def _follow(rows: pd.DataFrame, ids: RowIds) -> None:
    """Give new keys to the rows whose keys hold another row's.

    These are what stands under a group whose number they take (``II.3``), sub-rows, values of an
    indicator, and what has no column of its own. A row stands above those that follow it.
    """
    groups = _renamed_groups(ids)
    tasks: dict[str, str] = {}
    columns = ("table", "row_id", "parent_id", "group_id", "section_id", "number", "appendix")
    for table, row_id, parent, group, section, number, appendix in zip(
        *(rows[column] for column in columns), strict=True
    ):
        new = ids.get((table, row_id), row_id)
        if table in ("tasks", "indicators") and new == row_id:
            for above in filter(None, (section, group)):
                if row_id == f"{above}.{number}" and (appendix, above) in groups:
                    new = f"{groups[appendix, above]}.{number}"
        if table == "tasks" and parent in tasks and new.startswith(f"{parent}("):
            new = tasks[parent] + new[len(parent) :]
        if table == "tasks":
            tasks[row_id] = new
        if table == "indicator_values":
            indicator, _, label = new.partition("|")
            new = f"{ids.get(('indicators', indicator), indicator)}|{label}"
        if table == "extras":
            other, _, rest = row_id.partition("|")
            own, _, label = rest.rpartition("|")
            new = f"{other}|{ids.get((other, own), own)}|{label}"
        if new != row_id:
            ids[table, row_id] = new


def _renamed_groups(ids: RowIds) -> dict[tuple[str, str], str]:
    return {
        (old.partition("|")[0], number_of("groups", old)): number_of("groups", new)
        for (table, old), new in ids.items()
        if table == "groups"
    }


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
    groups = _renamed_groups(ids)
    tasks = {old: new for (table, old), new in ids.items() if table == "tasks"}
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
        if table == "tasks" and "(" in row_id:
            rows.at[place, "parent_id"] = row_id.rpartition("(")[0]
    return rows
