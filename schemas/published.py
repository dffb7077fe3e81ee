"""The published tables by name, and the check of a document's whole set: the contract with whoever reads the output."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pandera.pandas as pa

from schemas.errors import Breach, TableError
from schemas.part_tables import ROW_TABLES, Bodies, Cells, Citations, Milestones, Repairs, TaskBodies
from schemas.references import breaches_between, row_ids
from schemas.row_tables import COMPARATORS, DEADLINE_KINDS, FUNDING_CODES, Document, Groups, Growth, Indicators, Paragraphs, Tasks

__all__ = [
    "COMPARATORS", "CONTRACT_VERSION", "DEADLINE_KINDS", "FUNDING_CODES", "ROW_TABLES", "TABLES",
    "Bodies", "Cells", "Citations", "Document", "Groups", "Growth", "Indicators", "Milestones", "Paragraphs", "Repairs", "TaskBodies", "Tasks",
    "check_table", "check_tables", "rounded",
]  # fmt: skip

CONTRACT_VERSION = "1.0.0"
TABLES: Mapping[str, type[pa.DataFrameModel]] = {
    "document": Document, "groups": Groups, "tasks": Tasks, "task_bodies": TaskBodies, "milestones": Milestones, "indicators": Indicators,
    "growth": Growth, "paragraphs": Paragraphs, "citations": Citations, "bodies": Bodies, "cells": Cells, "repairs": Repairs,
}  # fmt: skip
_SPOKEN = {"multiple_fields_uniqueness": "the key comes twice", "not_nullable": "missing", "field_uniqueness": "comes twice"}
_DECIMALS = {"confidence": 3, "x0": 1, "top": 1, "x1": 1, "bottom": 1}  # what is written of a number that was measured


def rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with its confidences to 3 decimals and its coordinates to 1."""
    return frame.round({name: places for name, places in _DECIMALS.items() if name in frame.columns and len(frame)})


def check_tables(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """All tables of a document with their types; raises one TableError that lists every broken rule within and between them."""
    missing = [Breach(name, "", "", "the table is missing") for name in TABLES if name not in tables]
    unknown = [Breach(name, "", "", "no such table in the contract") for name in tables if name not in TABLES]
    if missing or unknown:
        raise TableError([*missing, *unknown])
    checked, breaches = {}, list[Breach]()
    for name in TABLES:
        try:
            checked[name] = check_table(name, tables[name])
        except TableError as error:
            breaches.extend(error.breaches)
    if not breaches:
        breaches.extend(breaches_between(TABLES, checked))
    if breaches:
        raise TableError(breaches)
    return checked


def check_table(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """One table with its types; raises TableError with every row, column and rule that its model refuses."""
    if wrong := _wrong_columns(name, frame):
        raise TableError(wrong)
    frame = frame.reset_index(drop=True)
    try:
        return TABLES[name].validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        raise TableError(_failures_to_breaches(name, frame, error.failure_cases)) from None  # the cause would show cells


def _failures_to_breaches(name: str, frame: pd.DataFrame, failures: pd.DataFrame) -> list[Breach]:
    """Breaches from pandera's failure cases, whose own cells of the table are left out; a rule on whole rows begins with its column."""
    ids = row_ids(TABLES[name], frame)
    found: dict[Breach, None] = {}
    for context, column, rule, index in failures[["schema_context", "column", "check", "index"]].itertuples(index=False, name=None):
        row_id = "" if pd.isna(index) else ids[int(index)]
        if context == "DataFrameSchema":
            column, _, rule = str(rule).rpartition(": ")
        found[Breach(name, row_id, str(column), _SPOKEN.get(str(rule), str(rule)))] = None
    return list(found)


def _wrong_columns(name: str, frame: pd.DataFrame) -> list[Breach]:
    wanted, given = list(TABLES[name].to_schema().columns), list(frame.columns)
    missing = [Breach(name, "", column, "the column is missing") for column in wanted if column not in given]
    unknown = [Breach(name, "", str(column), "no such column in the contract") for column in given if column not in wanted]
    disorder = [Breach(name, "", "", "columns are repeated or out of order")] if not missing + unknown and wanted != given else []
    return missing + unknown + disorder
