"""The database of an archive: the rows of all documents, each with its document's name."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from publish import stage
from publish.stage import About
from runs import joined
from runs.joined import check_database, join_databases
from schemas.errors import BadDestination
from schemas.published import TABLES, check_tables
from tests.normalize.tables.tables import small_tables


def publish(out: Path, *, doubted: bool = False) -> None:
    tables = small_tables()
    tables["document"]["document"] = out.name
    if doubted:
        tables["tasks"].loc[0, ["section_id", "review"]] = ["1.9", "section_id"]
    stage.publish(check_tables(tables), out, About({}))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive")
    publish(out / "a")
    publish(out / "b-2", doubted=True)
    return out


@pytest.fixture
def out(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "out of two"))  # a space: names are URIs


def asked(path: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as base:
        return base.execute(question).fetchall()


def test_every_row_of_every_document_is_there_under_its_document(out: Path) -> None:
    join_databases(out, ["a", "b-2"])
    path = out / "tables.sqlite"
    for name, frame in check_tables(small_tables()).items():
        counts = asked(path, f'SELECT document, count(*) FROM "{name}" GROUP BY document')
        assert counts == [("a", len(frame)), ("b-2", len(frame))]
    assert asked(path, "SELECT name FROM pragma_table_info('tasks') LIMIT 2") == [
        ("document",),
        ("task_id",),
    ]
    assert asked(path, "PRAGMA foreign_key_check") == []
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]
    assert (path.stat().st_mode & 0o777) == 0o600


def test_a_foreign_key_is_stated_where_it_holds_in_all(out: Path) -> None:
    path = out / "tables.sqlite"
    join_databases(out, ["a", "b-2"])
    assert {row[3] for row in asked(path, "PRAGMA foreign_key_list(tasks)")} == {
        "document",
        "appendix",
        "group_id",
        "parent_id",
    }
    join_databases(out, ["a"])
    assert "section_id" in {row[3] for row in asked(path, "PRAGMA foreign_key_list(tasks)")}


def test_views_never_join_the_rows_of_two_documents(out: Path) -> None:
    join_databases(out, ["a", "b-2"])
    for view in ("tasks_by_body_and_year", "due_by_quarter", "tasks_without_lead"):
        one = asked(out / "a" / "tables.sqlite", f"SELECT * FROM {view}")
        both = asked(out / "tables.sqlite", f"SELECT * FROM {view}")
        assert len(both) == 2 * len(one) > 0
        assert [row[1:] for row in both if row[0] == "a"] == one
    paths = asked(out / "tables.sqlite", "SELECT document, indicator_id FROM indicator_paths")
    assert paths == [("a", "5"), ("a", "14.2"), ("b-2", "5"), ("b-2", "14.2")]


def test_it_is_made_anew_only_where_a_document_s_file_is_another(out: Path) -> None:
    join_databases(out, ["a", "b-2"])
    first = (out / "tables.sqlite").read_bytes()
    made = (out / "tables.sqlite").stat().st_ino
    join_databases(out, ["a", "b-2"])
    assert (out / "tables.sqlite").stat().st_ino == made
    publish(out / "b-2")
    join_databases(out, ["a", "b-2"])
    assert (out / "tables.sqlite").read_bytes() != first
    publish(out / "b-2", doubted=True)
    join_databases(out, ["a", "b-2"])
    assert (out / "tables.sqlite").read_bytes() == first
    (out / "tables.sqlite").write_bytes(first[:5000])  # damaged
    join_databases(out, ["a", "b-2"])
    assert (out / "tables.sqlite").read_bytes() == first
    assert sorted(path.name for path in out.iterdir()) == ["a", "b-2", "tables.sqlite"]


def test_what_a_killed_join_left_is_removed_and_no_file_of_others(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        left = next(out.glob(".tables.sqlite.*"))
        shutil.copy(left, out / ".tables.sqlite.0123abcd")  # the copy is what a kill would leave
        raise KeyboardInterrupt

    monkeypatch.setattr(joined, "index_statements", killed)
    with pytest.raises(KeyboardInterrupt):
        join_databases(out, ["a"])
    monkeypatch.undo()
    (out / ".tables.sqlite.empty000").touch()
    (out / ".tables.sqlite.mine-000").write_text("mine", encoding="utf-8")
    assert (out / ".tables.sqlite.0123abcd").stat().st_size > 0
    join_databases(out, ["a"])
    left = {path.name for path in out.glob(".tables*")}
    assert left == {".tables.sqlite.mine-000"}


def test_a_document_without_a_database_is_left_out(out: Path) -> None:
    sums = out / "a" / "SHA256SUMS"
    lines = sums.read_text(encoding="utf-8").splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if "sqlite" not in line), encoding="utf-8")
    join_databases(out, ["a", "b-2"])
    assert asked(out / "tables.sqlite", "SELECT document FROM document") == [("b-2",)]
    join_databases(out, [])
    assert asked(out / "tables.sqlite", "SELECT count(*) FROM tasks") == [(0,)]
    assert len(TABLES) < len(asked(out / "tables.sqlite", "SELECT name FROM sqlite_master"))


@pytest.mark.parametrize("content", [b"", b"mine", None])
def test_a_file_of_others_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "tables.sqlite"
    if content is None:
        with closing(sqlite3.connect(path)) as base:
            base.execute("CREATE TABLE t (x)")
    else:
        path.write_bytes(content)
    with pytest.raises(BadDestination, match="was not written by an archive"):
        check_database(tmp_path)
    with pytest.raises(BadDestination):
        join_databases(tmp_path, [])


def test_a_database_is_that_of_an_archive(out: Path) -> None:
    check_database(out)
    join_databases(out, ["a"])
    check_database(out)
