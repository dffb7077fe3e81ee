"""tables.sqlite: typed tables with keys that hold, and views that answer as pandas does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from publish import stage
from publish.database import tables_to_database
from publish.stage import About
from schemas.checking import key_of
from schemas.files import column_kinds
from schemas.published import TABLES, check_tables
from schemas.rules import split
from schemas.words.titles import codes
from tests.normalize.tables.tables import small_tables


def like(rows: pd.DataFrame, *changes: dict[str, Any]) -> pd.DataFrame:
    """Rows like the first one with other values, after those that are there."""
    more = [rows.iloc[0].to_dict() | change for change in changes]
    return pd.concat([rows, pd.DataFrame(more)], ignore_index=True)[list(rows.columns)]


def tables() -> dict[str, pd.DataFrame]:
    """The small tables with more tasks, paths of indicators and sentences that name points."""
    found = small_tables()
    found["groups"] = like(found["groups"], {"appendix": "3", "group_id": "1.2", "parent_id": "1"})
    none = {"lead": "", "coordinating": "", "review": ""}
    found["tasks"] = like(
        found["tasks"],
        none
        | {"task_id": "1.2.1", "number": "1.2.1", "section_id": "1.2", "end": "2026-07-01"}
        | {"start": "2026-04-01", "deadline_kind": "during"},
        none
        | {"task_id": "1.2.10", "number": "1.2.10", "section_id": "1.2", "deadline": ""}
        | {"start": "", "end": "", "deadline_kind": "", "funding": "", "funding_codes": ""},
        {"task_id": "1.2.2", "number": "1.2.2", "section_id": "1.2", "lead": "Sở Tài chính"}
        | {"coordinating": "", "review": "", "start": "", "end": "2029-12-31"}
        | {"deadline_kind": "before"},
    )
    found["task_bodies"] = like(found["task_bodies"], {"task_id": "1.2.2"})
    found["indicator_values"] = like(
        found["indicator_values"],
        {"period": "TH 2025", "period_end": "2025-12-31", "role": "baseline", "value": "=80"}
        | {"comparator": "=", "value_min": 80.0, "value_max": 80.0},
        {"period": "2027", "period_end": "2027-12-31", "role": "milestone", "value": ">85"}
        | {"value_min": 85.0},
    )
    sentence = {"kind": "paragraph", "number": "", "section_path": "I"}
    found["paragraphs"] = like(
        found["paragraphs"],
        sentence | {"paragraph_id": "I#3", "text": "Xem điểm 1.2.", "refers_to": "1.2"},
        sentence | {"paragraph_id": "I#4", "text": "Xem các điểm.", "refers_to": "1.1.10; 1.2.1"},
    )
    return check_tables(found)


@pytest.fixture(scope="module")
def base() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(tables_to_database(tables()))
        yield opened


def view(base: sqlite3.Connection, name: str, *columns: str) -> list[tuple[Any, ...]]:
    listed = ", ".join(f'"{column}"' for column in columns)
    return base.execute(f"SELECT {listed} FROM {name}").fetchall()


def years(days: pd.Series[str]) -> list[int | None]:
    return [int(day[:4]) if day else None for day in days]


def test_every_table_has_its_rows_columns_types_and_key(base: sqlite3.Connection) -> None:
    types = {"text": "TEXT", "date": "DATE", "integer": "INTEGER", "number": "REAL"}
    for name, frame in tables().items():
        told = base.execute(f'PRAGMA table_info("{name}")').fetchall()
        kinds = column_kinds(TABLES[name])
        assert [(row[1], row[2]) for row in told] == [
            (column, types.get(kind, "BOOLEAN")) for column, kind in kinds.items()
        ]
        key = sorted((row[5], row[1]) for row in told if row[5])
        assert [column for _, column in key] == key_of(TABLES[name])
        rows = pd.read_sql(f'SELECT * FROM "{name}"', base)
        for column, kind in kinds.items():
            wanted = frame[column].tolist()
            given = rows[column].astype(object).where(rows[column].notna(), "").tolist()
            if kind == "number":
                wanted = ["" if pd.isna(value) else value for value in wanted]
            assert given == wanted, (name, column)


def test_no_key_dangles_and_a_wrong_one_is_refused(base: sqlite3.Connection) -> None:
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    base.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), base:
        base.execute("INSERT INTO milestones VALUES ('9.9', 1, NULL, 'during', NULL, NULL, NULL)")


def test_a_reference_that_a_row_in_review_breaks_is_not_stated() -> None:
    doubted = tables()
    doubted["tasks"].loc[0, ["section_id", "review"]] = ["1.9", "section_id"]
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(tables_to_database(check_tables(doubted)))
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        stated = {row[3] for row in opened.execute("PRAGMA foreign_key_list(tasks)")}
    assert stated == {"parent_id", "appendix", "group_id"}


def test_equal_tables_give_equal_bytes_and_the_file_is_listed(tmp_path: Path) -> None:
    stage.publish(small_tables(), tmp_path, About({}))
    made = (tmp_path / "tables.sqlite").read_bytes()
    assert made == tables_to_database(check_tables(small_tables()))
    assert "  tables.sqlite\n" in (tmp_path / "SHA256SUMS").read_text(encoding="utf-8")


def test_row_numbers_stay_texts(base: sqlite3.Connection) -> None:
    found = base.execute("SELECT number FROM tasks WHERE number = '1.2.10'").fetchall()
    assert found == [("1.2.10",)]
    assert base.execute("SELECT refers_to FROM paragraphs WHERE refers_to = 1.1").fetchall() == []


def test_tasks_by_body_and_year(base: sqlite3.Connection) -> None:
    given = tables()
    joined = given["task_bodies"].merge(given["tasks"], on="task_id")
    joined["year"] = years(joined["end"])
    wanted = joined[["name", "role", "year", "task_id"]].values.tolist()
    found = view(base, "tasks_by_body_and_year", "body", "role", "year", "task_id")
    assert sorted(map(list, found)) == sorted(wanted)
    assert len(found) == 4
    assert [row[0] for row in found] == sorted(row[0] for row in found)


def test_what_is_due_in_a_quarter(base: sqlite3.Connection) -> None:
    given = tables()
    tasks, stages = given["tasks"], given["milestones"]
    known = set(zip(stages["task_id"], stages["end"], strict=True))
    due = [(task, end) for task, end in known if end]
    due += [
        (task, end)
        for task, end in zip(tasks["task_id"], tasks["end"], strict=True)
        if end and (task, end) not in known
    ]
    wanted = [
        (end, str(pd.Timestamp(end).to_period("Q")).replace("Q", "-Q"), task) for task, end in due
    ]
    found = view(base, "due_by_quarter", "due", "quarter", "task_id")
    assert sorted(found) == sorted(wanted)
    assert {quarter for _, quarter, _ in found} == {"2026-Q2", "2026-Q3", "2029-Q4"}


def test_tasks_without_a_lead_are_not_those_that_head_others(base: sqlite3.Connection) -> None:
    tasks = tables()["tasks"]
    wanted = tasks[(tasks["lead"] == "") & ~tasks["task_id"].isin(tasks["parent_id"])]["task_id"]
    found = [task_id for (task_id,) in view(base, "tasks_without_lead", "task_id")]
    assert found == wanted.tolist() == ["1.1.11(1)", "1.2.1", "1.2.10"]


def test_indicators_with_their_path_by_year(base: sqlite3.Connection) -> None:
    given = tables()
    joined = given["indicators"].merge(given["indicator_values"], on="indicator_id")
    joined["year"] = years(joined["period_end"])
    last_if_none = joined.assign(no_year=joined["year"].isna())
    last_if_none["place"] = last_if_none["indicator_id"].map({"5": 0, "14.2": 1})
    ordered = last_if_none.sort_values(["place", "no_year", "year"], kind="stable")
    found = view(base, "indicator_paths", "indicator_id", "year", "value", "group")
    titles = given["groups"].set_index(["appendix", "group_id"])["title"]
    wanted = [
        (i, None if pd.isna(year) else int(year), value, titles["1", "I"])
        for i, year, value in ordered[["indicator_id", "year", "value"]].itertuples(index=False)
    ]
    assert found == wanted
    assert len(found) == 4


def test_a_task_with_its_section_of_the_prose(base: sqlite3.Connection) -> None:
    given = tables()
    paragraphs = given["paragraphs"]
    section = "\n".join(paragraphs[paragraphs["section_path"] == "I"]["text"])
    wanted = [
        (task.task_id, row.paragraph_id, row.text, section)
        for task in given["tasks"].itertuples()
        for row in paragraphs.itertuples()
        if {task.number, task.section_id, task.group_id} & set(split(str(row.refers_to)))
    ]
    found = view(base, "tasks_with_prose", "task_id", "paragraph_id", "sentence", "section")
    assert found == wanted
    assert ("1.1.10", "I#3") not in {row[:2] for row in found}  # 1.10 is not 1.1, nor 1.2 1.2.1's
    assert ("1.2.1", "I#4") in {row[:2] for row in found}
    assert {row[0] for row in view(base, "tasks_with_prose", "heading")} == {"MỤC ĐÍCH"}


def test_columns_and_codes_are_explained_in_the_file(base: sqlite3.Connection) -> None:
    told = base.execute("SELECT code, vi FROM about_codes WHERE \"column\" = 'recurrence'")
    assert dict(told) == {code: means.vi for code, means in codes()["recurrence"].items()}
    named = base.execute("SELECT count(*) FROM about_columns").fetchone()
    assert named == (sum(len(column_kinds(model)) for model in TABLES.values()),)
