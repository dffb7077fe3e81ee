"""What a run says in the end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normalize.tables.stage import check_expected
from publish.metrics import count
from publish.told import told
from schemas.errors import MissingAppendix, SettingsError
from schemas.findings import Finding
from schemas.settings import content_to_params
from tests.normalize.tables.tables import small_tables


def test_the_last_lines_say_what_was_found(tmp_path: Path) -> None:
    tables = small_tables()
    tables["appendices"] = tables["appendices"].iloc[[0, 2]]
    findings = [
        Finding("extra_column", 3, "tasks", ""),
        Finding("other_table", 4, "other_cells 1", ""),
        Finding("text_left_out", 5, "text", ""),
    ]
    (tmp_path / "metrics.json").write_text(json.dumps(count(tables, findings)), encoding="utf-8")
    found = (
        "  found   1 table of tasks with 3 rows, 1 table of indicators with 2 rows, no growth; "
        "1 column in extras; 1 table of no such kind in other_cells; "
        "text without a place in them on 1 page\n"
    )
    assert told(tmp_path) == f"{found}  review  1 cell; 3 findings"
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "review.html").touch()
    (tmp_path / "tables.xlsx").touch()
    page, book = tmp_path / "review" / "review.html", tmp_path / "tables.xlsx"
    assert told(tmp_path) == f"{found}  review  1 cell; 3 findings: {page}\n  tables  {book}"


def test_the_columns_with_the_most_doubts_are_named(tmp_path: Path) -> None:
    metrics = count(small_tables(), [])
    columns = {"tasks.task": 3, "tasks.lead": 9, "growth.value": 3, "groups.title": 1}
    metrics["review"] |= {"cells": 16, "by_column": columns}
    (tmp_path / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    assert "  review  16 cells, mostly tasks.lead (9) and growth.value (3); 0 fi" in told(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"findings": {}}'])
def test_counts_that_cannot_be_read_say_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "metrics.json").write_text(content, encoding="utf-8")
    assert told(tmp_path) == ""


def params(expect: object) -> object:
    return {"documents": {"a": {"file": "a.pdf", "settings": {"expect": expect}}}}


def test_an_owner_can_ask_for_kinds_of_tables() -> None:
    assert content_to_params(params(["tasks", "growth"])).of("a").expect == ("tasks", "growth")
    assert content_to_params(params(None)).of("a").expect == ()
    appendices = small_tables()["appendices"].iloc[[0, 2]]
    check_expected(appendices, ("tasks", "indicators"))
    with pytest.raises(
        MissingAppendix,
        match="no table of growth was found, which `expect` asks for; found: indicators, tasks",
    ):
        check_expected(appendices, ("tasks", "growth"))


@pytest.mark.parametrize("expect", ["tasks", ["tasks", "budget"], {"tasks": 1}, [1], [["tasks"]]])
def test_what_is_no_list_of_kinds_is_refused(expect: object) -> None:
    with pytest.raises(
        SettingsError, match=r"documents\.a\.settings\.expect must be a list of kinds"
    ):
        content_to_params(params(expect))
