"""The published tables by name, and the check of a document's whole set of them.

They are the contract with whoever reads the output.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd
import pandera.pandas as pa

from schemas.checking import check
from schemas.errors import Breach, TableError
from schemas.part_tables import (
    Bodies,
    Cells,
    Citations,
    IndicatorBodies,
    Milestones,
    Repairs,
    TaskBodies,
)
from schemas.references import breaches_between
from schemas.row_tables import (
    Appendices,
    Document,
    Extras,
    Groups,
    Growth,
    Indicators,
    IndicatorValues,
    OtherCells,
    Paragraphs,
    Tasks,
)

__all__ = ["CONTRACT_VERSION", "TABLES", "check_table", "check_tables", "rounded"]

CONTRACT_VERSION = "2.0.0"
TABLES: Mapping[str, type[pa.DataFrameModel]] = {
    "document": Document,
    "appendices": Appendices,
    "groups": Groups,
    "tasks": Tasks,
    "task_bodies": TaskBodies,
    "milestones": Milestones,
    "indicators": Indicators,
    "indicator_values": IndicatorValues,
    "indicator_bodies": IndicatorBodies,
    "growth": Growth,
    "paragraphs": Paragraphs,
    "citations": Citations,
    "extras": Extras,
    "other_cells": OtherCells,
    "bodies": Bodies,
    "cells": Cells,
    "repairs": Repairs,
}
# what is written of a number that was measured
_DECIMALS = {"confidence": 3, "x0": 1, "top": 1, "x1": 1, "bottom": 1}


def rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with its confidences to 3 decimals and its coordinates to 1."""
    return frame.round(
        {name: places for name, places in _DECIMALS.items() if name in frame.columns and len(frame)}
    )


def check_tables(
    tables: Mapping[str, pd.DataFrame], checked_alone: Collection[str] = ()
) -> dict[str, pd.DataFrame]:
    """All tables of a document with their types.

    Raises one TableError that lists every broken rule within and between them. The tables named in
    ``checked_alone`` were checked when they were read, so that only the rules between tables are
    left.
    """
    missing = [
        Breach(name, "", "", "the table is missing") for name in TABLES if name not in tables
    ]
    unknown = [
        Breach(name, "", "", "no such table in the contract")
        for name in tables
        if name not in TABLES
    ]
    if missing or unknown:
        raise TableError([*missing, *unknown])
    checked, breaches = {}, list[Breach]()
    for name in TABLES:
        try:
            checked[name] = (
                tables[name] if name in checked_alone else check_table(name, tables[name])
            )
        except TableError as error:
            breaches.extend(error.breaches)
    if not breaches:
        breaches.extend(breaches_between(TABLES, checked))
    if breaches:
        raise TableError(breaches)
    return checked


def check_table(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """One table with its types.

    Raises TableError with every row, column and rule that its model refuses.
    """
    return check(TABLES[name], frame, name)
