"""``tables.sqlite``: all tables of a document in one file that most tools open."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from typing import Any

import pandas as pd

from schemas.checking import key_of
from schemas.database.definition import (
    ABOUT,
    Reference,
    columns_of,
    index_statements,
    quoted,
    table_statements,
    view_statements,
)
from schemas.files import column_kinds
from schemas.published import TABLES
from schemas.references import holds, references_of
from schemas.words.titles import codes, title_of

Tables = Mapping[str, pd.DataFrame]


def tables_to_database(tables: Tables) -> bytes:
    """An SQLite file of a document's checked tables, rows in document order, with its views.

    What is missing is NULL, but in keys, which have no NULL; dates are ISO texts in columns of type
    DATE. A foreign key is stated where it holds in all rows, those in review included. Equal tables
    give equal bytes with one version of SQLite.
    """
    references = references_that_hold(tables)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.execute("BEGIN")
        for statement in table_statements(references, archive=False):
            base.execute(statement)
        for name in TABLES:
            _insert(base, name, columns_of(name, archive=False), _rows(name, tables[name]))
        for name, rows in about_rows().items():
            _insert(base, name, ABOUT[name], rows)
        for statement in index_statements(references, archive=False):
            base.execute(statement)
        for statement in view_statements(archive=False):
            base.execute(statement)
        base.execute("COMMIT")
        return base.serialize()


def references_that_hold(tables: Tables) -> set[Reference]:
    """The references between tables that lead to a row wherever they are not empty."""
    return {
        Reference(name, tuple(own), other, tuple(others))
        for name, model in TABLES.items()
        for own, other, others in references_of(model)
        if holds(tables, name, own, other, others)
    }


def about_rows() -> dict[str, list[tuple[str, ...]]]:
    """The rows of the tables about the tables."""
    found: dict[str, list[tuple[str, ...]]] = {name: [] for name in ABOUT}
    for table, model in TABLES.items():
        for column in ("", *column_kinds(model)):
            title = title_of(table, column)
            told = (title.vi, title.en, title.description_vi, title.description_en)
            if not column:
                found["about_tables"].append((table, *told))
                continue
            found["about_columns"].append((table, column, *told, title.unit))
            found["about_codes"] += [
                (table, column, code, means.vi, means.en)
                for code, means in codes().get(title.codes, {}).items()
            ]
    return found


def _rows(name: str, frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    model = TABLES[name]
    key = key_of(model)
    columns = [
        frame[column].tolist() if column in key else _nulled(frame[column].tolist(), kind)
        for column, kind in column_kinds(model).items()
    ]
    return zip(*columns, strict=True)


def _nulled(values: list[Any], kind: str) -> list[Any]:
    """The values as SQLite takes them, with None for what is missing."""
    if kind in ("text", "date"):
        return [value or None for value in values]
    if kind == "number":
        return [None if math.isnan(value) else value for value in values]
    return values


def _insert(base: sqlite3.Connection, table: str, columns: Collection[str], rows: Any) -> None:
    named, marks = ", ".join(map(quoted, columns)), ", ".join("?" * len(columns))
    statement = f"INSERT INTO {quoted(table)} ({named}) VALUES ({marks})"  # noqa: S608 - our names
    base.executemany(statement, rows)
