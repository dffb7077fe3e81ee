"""The registry of tables against what reads it: models, labels, gate."""

from __future__ import annotations

import csv
import re

import pytest

from schemas.checking import key_of
from schemas.published import TABLES
from schemas.table_kinds import KINDS, ROW_TABLES, RULED, TABLE_NAMES
from tests.places import PROJECT

HEADERS = PROJECT / "normalize" / "lists" / "headers.csv"


def columns_of(table: str) -> list[str]:
    return list(TABLES[table].to_schema().columns)


def test_its_tables_are_those_of_the_contract_in_their_order() -> None:
    assert tuple(TABLES) == TABLE_NAMES
    assert set(ROW_TABLES) <= set(TABLE_NAMES)
    assert RULED == ("tasks", "indicators", "growth")


@pytest.mark.parametrize("table", KINDS)
def test_what_it_names_is_published(table: str) -> None:
    kind, columns = KINDS[table], columns_of(table)
    named = {kind.key, kind.text, kind.own_id, *kind.row_key, *kind.same_by, *kind.derived} - {""}
    assert named - set(columns) - {"row_id"} == set()
    assert tuple(kind.row_key or key_of(TABLES[table])) == tuple(key_of(TABLES[table]))
    closed = {column.closed for column in kind.columns if column.closed}
    assert closed <= set(kind.derived)
    assert set(kind.free) <= set(columns)
    assert set(kind.in_contract([column.name for column in kind.columns])) <= set(columns)


def test_every_header_label_is_of_a_column_that_it_has() -> None:
    with HEADERS.open(encoding="utf-8", newline="") as file:
        labelled = {(row["table"], row["column"]) for row in csv.DictReader(file)}
    assert {
        (table, column) for table, column in labelled if KINDS[table].column(column) is None
    } == set()
    wanted = {(table, column) for table in RULED for column in KINDS[table].names("required")}
    assert wanted <= labelled
    assert {("tasks", column) for column in KINDS["tasks"].free} <= labelled


@pytest.mark.parametrize(
    ("number", "fits"),
    [("1.1.2", True), ("A.I.3", True), ("4/II.3", True), ("2.2.3(1)", True), ("1..2", False)],
)
def test_the_form_of_a_tasks_number(number: str, *, fits: bool) -> None:
    assert (re.match(KINDS["tasks"].number_form, number) is not None) == fits
