"""Fictional programmes in other forms, printed as vector text: every row is there and right, and
what is wrong is in review.

`delta` is not among them: it is never tuned on.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pandas as pd
import pytest

from extract import stage as extract_stage
from normalize.repair.stage import run_repair
from normalize.rows.stage import run_rows
from normalize.tables.stage import run_tables
from runs.progress import Progress
from schemas.settings import Settings
from tests.sample.form_truth import COLUMNS
from tests.sample.print_form import print_form

TUNED = ("coast", "highland", "midland")
KEYS = {
    "groups": ("appendix", "group_id"),
    "tasks": ("task_id",),
    "task_bodies": ("task_id", "role", "position"),
    "indicators": ("indicator_id",),
    "indicator_values": ("indicator_id", "period"),
    "growth": ("line_id", "period"),
    "extras": ("table", "row_id", "label"),
}


@cache
def read(name: str) -> tuple[Path, Path]:
    """The folders of the truth and of the tables that the pipeline makes of a programme."""
    folder = Path(mkdtemp())
    source, work = print_form(name, folder), folder / "work"
    extract_stage.run(source, work, Settings(), Progress())
    run_rows(work)
    run_repair(work)
    run_tables(work, source, None, Settings())
    return folder / "truth" / name, work / "tables"


def truth(name: str, table: str) -> list[dict[str, str]]:
    with (read(name)[0] / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def published(name: str, table: str) -> list[dict[str, Any]]:
    frame = pd.read_parquet(read(name)[1] / f"{table}.parquet")
    return [
        {str(key): "" if pd.isna(value) else value for key, value in row.items()}
        for row in frame.to_dict("records")
    ]


def same(want: str, got: object) -> bool:
    if want == str(got):
        return True
    try:
        return float(want) == float(str(got))
    except ValueError:
        return False


@pytest.mark.parametrize("table", KEYS)
@pytest.mark.parametrize("name", TUNED)
def test_every_row_is_there_and_right_or_in_review(name: str, table: str) -> None:
    want, got = truth(name, table), published(name, table)
    keys = KEYS[table]
    rows = {tuple(str(row[key]) for key in keys): row for row in got}
    assert sorted(rows) == sorted(tuple(row[key] for key in keys) for row in want)
    wrong = [
        (column, row[column], found[column])
        for row in want
        for found in [rows[tuple(row[key] for key in keys)]]
        for column in COLUMNS[table].split()
        if not same(row[column], found[column])
        and column not in str(found.get("review", "")).split("; ")
    ]
    assert wrong == []


@pytest.mark.parametrize("name", TUNED)
def test_the_prose_is_read_in_order_with_its_footnotes(name: str) -> None:
    columns = ("section_path", "kind", "number", "text", "refers_to")
    want = [tuple(row[column] for column in columns) for row in truth(name, "paragraphs")]
    got = [tuple(row[column] for column in columns) for row in published(name, "paragraphs")]
    assert got == want


@pytest.mark.parametrize("name", TUNED)
def test_the_document_itself(name: str) -> None:
    columns = ("kind", "title", "number", "date", "issuer", "province", "signatory", "notes")
    want, got = truth(name, "document")[0], published(name, "document")[0]
    assert {key: str(got[key]) for key in columns} == {key: want[key] for key in columns}
