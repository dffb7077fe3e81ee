"""The readers that docs/TABLES.md shows, run as they stand there: no number and no text is lost."""

from __future__ import annotations

import datetime
import importlib.util
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from publish import stage
from publish.stage import About
from schemas.published import check_tables
from tests.normalize.tables.tables import small_tables
from tests.places import PROJECT

DOC = (PROJECT / "docs" / "TABLES.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```python\n(.*?)^```$", DOC, re.DOTALL | re.MULTILINE)
ASKED = re.findall(r"^```sql\n(.*?)^```$", DOC, re.DOTALL | re.MULTILINE)
NUMBERS, NOTES = ["1.10", "1.20", "1"], ["NA", "null", "-"]


def library(code: str) -> str:
    return re.split(r"\W+", code)[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with row numbers and words that readers like to take for something else."""
    tables = small_tables()
    tables["tasks"] = tables["tasks"].assign(number=NUMBERS, note=NOTES)
    out = tmp_path_factory.mktemp("readers") / "sample"
    stage.publish(check_tables(tables), out, About({}))
    return out


def column(rows: Any, name: str) -> list[Any]:
    """A column of whatever a library calls a table, with None for what is missing."""
    if isinstance(rows, list):
        return [row[name] for row in rows]
    if isinstance(rows, duckdb.DuckDBPyRelation):
        return [value for (value,) in rows.select(f'"{name}"').fetchall()]
    values = rows[name].to_list()
    return [None if value in ("", None) or value != value else value for value in values]  # noqa: PLR0124


def day(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        value = value.date()
    return str(value)


def test_all_readers_are_shown() -> None:
    assert [library(code) for code in SHOWN] == [
        "pandas",
        "polars",
        "duckdb",
        "frictionless",
        "sqlite3",
    ]


@pytest.mark.parametrize("code", SHOWN, ids=library)
def test_a_shown_reader_loses_nothing(
    code: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if importlib.util.find_spec("frictionless" if "frict" in code else library(code)) is None:
        pytest.skip(f"{library(code)} is not installed")
    monkeypatch.chdir(folder)
    found: dict[str, Any] = {}
    exec(compile(code, "docs/TABLES.md", "exec"), found)
    assert column(found["tasks"], "number") == NUMBERS
    assert column(found["tasks"], "note") == NOTES
    assert day(column(found["tasks"], "end")[0]) == "2029-12-31"
    assert column(found["values"], "value") == [">90", "3-3,5"]
    assert float(column(found["values"], "value_min")[1]) == 3
    assert column(found["values"], "value_max") == [None, 3.5]
    if "due" in found:
        assert [row["task_id"] for row in found["due"]] == ["1.1.10"]


def test_the_shown_questions_are_answered_as_pandas_does(folder: Path) -> None:
    by_body, paths = ASKED
    bodies = pd.read_csv(folder / "task_bodies.csv", dtype=str, keep_default_na=False)
    tasks = pd.read_csv(folder / "tasks.csv", dtype=str, keep_default_na=False)
    leads = bodies[bodies["role"] == "lead"].merge(tasks, on="task_id")
    years = leads["end"].str[:4].astype(int)
    counts = sorted(Counter(zip(leads["name"], years, strict=True)).items())
    values = pd.read_csv(folder / "indicator_values.csv", dtype=str, keep_default_na=False)
    goals = dict(zip(values["indicator_id"], values["value"], strict=True))
    with closing(sqlite3.connect(folder / "tables.sqlite")) as base:
        assert base.execute(by_body).fetchall() == [(*key, tasks) for key, tasks in counts]
        found = base.execute(paths).fetchall()
    assert {(row[0], row[4]) for row in found} == set(goals.items())
    assert {row[3] for row in found} == {None}


def test_careless_readers_fall_into_the_traps(folder: Path) -> None:
    careless = pd.read_csv(folder / "tasks.csv")
    assert careless["number"].tolist() == [1.1, 1.2, 1.0]
    assert careless["note"].isna().tolist() == [True, True, False]
    reading = f"SELECT number FROM read_csv('{folder / 'tasks.csv'}')"
    guessed = duckdb.connect().execute(reading).fetchall()
    assert guessed == [(1.1,), (1.2,), (1.0,)]
