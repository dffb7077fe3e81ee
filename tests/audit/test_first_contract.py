"""Publications of contract 1 beside those of today."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from audit.comparison.compare import compare
from audit.published.folder import load_folder, tables_to_published
from schemas.errors import DamagedTable
from schemas.table_kinds import KINDS
from tests.normalize.tables.tables import small_tables

NEW = {
    "document": ["kind"],
    "tasks": [*KINDS["tasks"].free, "number", "appendix"],
    "indicators": ["number", "appendix"],
}
NEW_TABLES = ("appendices", "indicator_values", "indicator_bodies", "extras", "other_cells")


def tables_of_today() -> dict[str, pd.DataFrame]:
    tables = small_tables()
    return {**tables, "cells": tables["cells"].iloc[:0]}


def first_contract(folder: Path, tables: dict[str, pd.DataFrame]) -> Path:
    """The tables as contract 1 had them, on disk."""
    folder.mkdir()
    for name, frame in tables.items():
        if name not in NEW_TABLES:
            old = frame.drop(columns=NEW.get(name, []))
            if name == "document":
                old = old.assign(contract_version="1.0.0")
            old.to_parquet(folder / f"{name}.parquet", index=False)
    (folder / "datapackage.json").write_text('{"madeWith": {}}', encoding="utf-8")
    return folder


def test_what_contract_1_does_not_know_is_no_difference(tmp_path: Path) -> None:
    tables = tables_of_today()
    old = load_folder(first_contract(tmp_path / "old", tables))
    tables["tasks"]["product"] = "Đề án"
    assert compare(old, tables_to_published("new", tables, {})) == []
    assert compare(tables_to_published("new", tables, {}), old) == []


def test_what_changed_in_a_column_of_both_is_found(tmp_path: Path) -> None:
    tables = tables_of_today()
    old = load_folder(first_contract(tmp_path / "old", tables))
    tables["tasks"].loc[0, "deadline"] = "phê duyệt tháng 7/2026; năm 2029"
    changes = compare(old, tables_to_published("new", tables, {}))
    assert [(change.table, change.column) for change in changes] == [("tasks", "deadline")]


def test_a_table_that_contract_1_had_is_missed(tmp_path: Path) -> None:
    folder = first_contract(tmp_path / "old", small_tables())
    (folder / "growth.parquet").unlink()
    with pytest.raises(DamagedTable, match=r"growth\.parquet"):
        load_folder(folder)


def test_a_target_that_changed_is_told_once() -> None:
    tables = tables_of_today()
    before = tables_to_published("old", tables, {})
    changed = {name: frame.copy() for name, frame in tables.items()}
    values = changed["indicator_values"]
    first = values.iloc[0]
    indicator = first["indicator_id"]
    values.loc[values.index[0], "value"] = ">95"
    targets = changed["indicators"]
    targets.loc[targets["indicator_id"] == indicator, "target"] = ">95"
    found = compare(before, tables_to_published("new", changed, {}))
    assert [(one.table, one.column, one.before, one.after) for one in found] == [
        ("indicators", "target", first["value"], ">95")
    ]
    targets.loc[targets["indicator_id"] == indicator, "target"] = first["value"]
    found = compare(before, tables_to_published("new", changed, {}))
    assert [one.table for one in found] == ["indicator_values"]
