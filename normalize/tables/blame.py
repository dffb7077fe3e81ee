"""Which of people's decisions a broken rule of the tables is due to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from normalize.tables.corrections import Correction, Corrections
from schemas.checking import row_ids
from schemas.errors import Breach, CorrectionsError, TableError
from schemas.published import TABLES, check_tables, rounded

_NAMED = 5  # lines in a message
Tables = Mapping[str, pd.DataFrame]


def check_decided(tables: Tables, decisions: Corrections) -> None:
    """Check a document's tables into which people's decisions went.

    Raises CorrectionsError that names the decision which breaks a rule. Where no decision has to do
    with it, TableError is raised as without any.
    """
    used = [decisions.by_cell[key] for key in decisions.by_cell if key in decisions.used]
    changes = [decision for decision in used if decision.verdict != "accept"]
    if not changes:
        return
    try:
        check_tables({name: rounded(frame) for name, frame in tables.items()})
    except TableError as error:
        raise _blamed(error, tables, changes) from error


def _blamed(
    error: TableError, tables: Tables, changes: Iterable[Correction]
) -> TableError | CorrectionsError:
    for breach in error.breaches:
        touched = list(_touching(breach, tables, changes))
        if touched:
            places = " and ".join(decision.place for decision in touched[:_NAMED])
            what = (
                f"the value breaks a rule of the table {touched[0].key[0]}: "
                f"{breach.column or breach.table}: {breach.rule}"
            )
            return CorrectionsError(what, places, "mend the value, or take the decision out")
    return error


def _touching(
    breach: Breach, tables: Tables, changes: Iterable[Correction]
) -> Iterator[Correction]:
    """The decisions about the row of a breach, and, where there are some, of its column alone."""
    table, row_id, column = _row_of(breach, tables)
    mine = [
        decision for decision in changes if decision.key[0] == table and _same_row(decision, row_id)
    ]
    exact = [decision for decision in mine if decision.key[2] == column]
    yield from exact or mine


def _same_row(decision: Correction, row_id: str) -> bool:
    """Whether a decision is about a row, or gave it the key that it has now.

    A period is part of a key.
    """
    key = decision.key[1]
    return key == row_id or (
        decision.key[2] == "period" and row_id.partition("|")[0] == key.partition("|")[0]
    )


def _row_of(breach: Breach, tables: Tables) -> tuple[str, str, str]:
    """The row that breaks a rule by table, key and column; for a part of a row, the row it belongs
    to.
    """
    frame = tables.get(breach.table, pd.DataFrame())
    ids = row_ids(TABLES[breach.table], frame) if breach.table in TABLES and len(frame) else []
    if breach.row_id not in ids:
        return breach.table, breach.row_id, breach.column
    row = frame.iloc[ids.index(breach.row_id)]
    if {"table", "row_id", "column"} <= set(frame.columns):
        return str(row["table"]), str(row["row_id"]), str(row["column"])
    if breach.table == "task_bodies":
        return "tasks", str(row["task_id"]), str(row["role"])
    if breach.table == "milestones":
        return "tasks", str(row["task_id"]), "deadline"
    return breach.table, breach.row_id, breach.column
