"""What tables, columns and codes are called: every one is named, in both languages, by one row."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from schemas.files import column_kinds
from schemas.published import TABLES
from schemas.words.titles import codes, title_of, titles
from tests.places import PROJECT

WORDS = PROJECT / "schemas" / "words"
COLUMNS = [(name, column) for name, model in TABLES.items() for column in model.to_schema().columns]
TYPES: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
}


@pytest.mark.parametrize("name", ["titles.csv", "codes.csv"])
def test_the_lists_prove_themselves(name: str) -> None:
    with (WORDS / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))[1:]
    assert len({tuple(row[:2]) for row in rows}) == len(rows)
    assert [row for row in rows if not all(row[2:4])] == []
    texts = [text for row in rows for text in row]
    assert [text for text in texts if not unicodedata.is_normalized("NFC", text)] == []
    assert [text for text in texts if text != " ".join(text.split())] == []


def test_every_table_and_column_is_named_and_no_row_is_of_none() -> None:
    for name, column in [*((name, "") for name in TABLES), *COLUMNS]:
        title = title_of(name, column)
        assert all((title.vi, title.en, title.description_vi, title.description_en))
    used = {key if key in titles() else ("", key[1]) for key in COLUMNS}
    assert set(titles()) - used == {(name, "") for name in TABLES}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_described_as_its_model_is(table: str) -> None:
    assert title_of(table).description_en == " ".join((TABLES[table].__doc__ or "").split())


def test_every_code_that_a_table_may_hold_has_a_meaning_and_no_other() -> None:
    closed = {
        (name, column): {value for value in check.statistics["allowed_values"] if value}
        for name, model in TABLES.items()
        for column, rules in model.to_schema().columns.items()
        for check in rules.checks
        if check.name == "isin"
    }
    assert len(closed) > 10
    for (name, column), allowed in closed.items():
        assert allowed == set(codes()[title_of(name, column).codes]), (name, column)


@pytest.mark.parametrize("table", TABLES)
def test_an_example_could_stand_in_its_column(table: str) -> None:
    columns = TABLES[table].to_schema().columns
    for column, kind in column_kinds(TABLES[table]).items():
        example = title_of(table, column).example
        assert example or column == "review"  # whose value names columns of its own table
        value = pd.Series([TYPES.get(kind, str)(example)], dtype=columns[column].dtype.type)
        columns[column].validate(pd.DataFrame({column: value}))
