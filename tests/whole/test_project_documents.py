"""New versions of a document, its removal, and what ``status`` tells of all."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

import pipeline
from publish import status
from schemas.documents import CORRECTION_COLUMNS
from schemas.errors import BlankDocument, DamagedTable
from schemas.settings import load_params
from tests.places import PROJECT

SMALL = PROJECT / "tests" / "fixtures" / "dump" / "small.txt"
DECISION = 'tasks,1.1.1,task,"a","b",change,A. N. Other,2026-01-01,as printed\n'


@pytest.fixture
def project(whole_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose one document, ``x``, is published."""
    root = tmp_path / "project"
    shutil.copytree(whole_project, root)
    monkeypatch.setattr(pipeline, "PROJECT", root)
    monkeypatch.chdir(root)
    return root


def main(project: Path, *argv: str) -> int:
    return pipeline.main(["--params", str(project / "params.yaml"), *argv])


def file(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def told(project: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert main(project, "status", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    return dict(found)


def test_a_new_version_takes_the_place_of_the_old_with_settings_and_decisions(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    params = project / "params.yaml"
    text = params.read_text(encoding="utf-8")
    old = load_params(params).documents["x"]
    text = text.replace("settings: {}", "settings: {bodies: {gap: 5}}")
    params.write_text(text + "# a comment\n", encoding="utf-8")
    corrections = project / "raw" / "x.corrections.csv"
    corrections.write_text(",".join(CORRECTION_COLUMNS) + "\n" + DECISION, encoding="utf-8")
    before = told(project, capsys)
    assert before["state"] == "published"
    new = file(tmp_path, "programme v2.pdf", b"%PDF-1.4\n new")
    assert main(project, "add", new, "--replace", "x") == 0
    said = capsys.readouterr().out
    assert "dvc repro" in said
    assert "diff HEAD:out/x out/x" in said
    assert sorted(path.name for path in (project / "raw").glob("x.*")) == [
        "x.corrections.csv",
        "x.pdf",
    ]
    assert (project / "raw" / "x.pdf").read_bytes() == b"%PDF-1.4\n new"
    assert DECISION in corrections.read_text(encoding="utf-8")
    entry = params.read_text(encoding="utf-8")
    assert entry == (text + "# a comment\n").replace(old, "x.pdf")
    after = told(project, capsys)
    assert after["version"] != before["version"]
    assert after["state"] == f"published, of version {before['version']}"
    assert main(project, "add", new, "--replace", "x") == 0
    assert "is this version already" in capsys.readouterr().out
    assert main(project, "check") == 0


@pytest.mark.parametrize(
    ("name", "content", "document", "code"),
    [("y.pdf", b"<html>", "x", 11), ("y.pdf", b"%PDF-1.4\n", "none", 3)],
)
def test_what_is_no_new_version_changes_nothing(
    project: Path, tmp_path: Path, name: str, content: bytes, document: str, code: int
) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    new = file(tmp_path, name, content)
    assert main(project, "add", new, "--replace", document) == code
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_a_document_is_removed_with_all_that_was_made_of_it_and_nothing_else(
    project: Path, tmp_path: Path
) -> None:
    assert main(project, "add", file(tmp_path, "y.txt", SMALL.read_bytes())) == 0
    (project / "out" / "other").mkdir()
    assert main(project, "remove", "x") == 0
    assert list(load_params(project / "params.yaml").documents) == ["y"]
    left = sorted(path.name for path in (project / "raw").iterdir())
    assert left == ["confusions_learned.csv", "y.corrections.csv", "y.txt"]
    assert not (project / "out" / "x").exists()
    assert not (project / "out" / "work" / "x").exists()
    assert (project / "out" / "other").is_dir()
    assert main(project, "check") == 0


def test_neither_decisions_nor_files_of_others_are_removed_with_a_document(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corrections = project / "raw" / "x.corrections.csv"
    corrections.write_text(",".join(CORRECTION_COLUMNS) + "\n" + DECISION, encoding="utf-8")
    (project / "out" / "x" / "notes.txt").write_text("mine", encoding="utf-8")
    assert main(project, "remove", "x") == 9
    assert "1 decisions of people would be lost" in capsys.readouterr().err
    assert main(project, "remove", "x", "--with-decisions") == 6
    assert (project / "out" / "x" / "notes.txt").exists()
    assert main(project, "check") == 0
    (project / "out" / "x" / "notes.txt").unlink()
    assert main(project, "remove", "x", "--with-decisions") == 0
    assert not corrections.exists()


def test_status_tells_what_is_refused_damaged_or_not_made_yet(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(project, "add", file(tmp_path, "new.txt", SMALL.read_bytes())) == 0
    refused = project / "out" / "x" / "review" / "refused"
    shutil.copytree(project / "out" / "x", tmp_path / "copy")
    shutil.copytree(tmp_path / "copy", refused, dirs_exist_ok=True)
    (refused / "reasons.json").write_text("[]", encoding="utf-8")
    capsys.readouterr()
    assert main(project, "status") == 0
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["document", "version", "made"]
    assert " refused" in first
    assert first.endswith("out/x/review/refused")
    assert second.split()[0] == "new"
    assert "not made yet" in second
    shutil.rmtree(refused)
    tasks = project / "out" / "x" / "tasks.csv"
    tasks.write_bytes(tasks.read_bytes().replace(b"1", b"2", 1))
    (found, _) = status.of_project(project, load_params(project / "params.yaml"))
    assert found.state == "published, damaged"
    (project / "out" / "x" / "datapackage.json").write_text("{", encoding="utf-8")
    (found, _) = status.of_project(project, load_params(project / "params.yaml"))
    assert found.state == "damaged"


def test_status_tells_what_the_last_try_failed_with_until_one_succeeds(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(project, "add", file(tmp_path, "new.txt", b"\n \n")) == 0
    failed = main(project, "extract", "new")
    assert failed == BlankDocument.exit_code
    (project / "out" / "work" / "x" / "rows" / "rows.parquet").write_bytes(b"PAR1")
    assert main(project, "tables", "x") == DamagedTable.exit_code
    capsys.readouterr()
    assert main(project, "status") == 0
    _, x, new, *why = capsys.readouterr().out.splitlines()
    assert f"published, then failed ({DamagedTable.exit_code})" in x
    assert f" failed ({failed})" in new
    assert [line.partition(" failed: ")[0] for line in why] == ["x", "new"]
    assert "new.txt" in why[1]
    os.utime(
        project / "out" / "x" / "datapackage.json"
    )  # as DVC leaves what it takes from its cache
    (found, _) = status.of_project(project, load_params(project / "params.yaml"))
    assert found.state == "published"
    os.utime(project / "out" / "x" / "datapackage.json", ns=(1, 1))
    assert main(project, "rows", "x") == 0
    (found, other) = status.of_project(project, load_params(project / "params.yaml"))
    assert (found.state, found.error, other.state) == ("published", "", f"failed ({failed})")


def test_status_of_a_folder_lists_what_is_published_there(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "out" / "mine").mkdir()
    assert main(project, "status", "out", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    metrics = json.loads((project / "out" / "x" / "metrics.json").read_text(encoding="utf-8"))
    assert (found["document"], found["doubts"]) == ("x", metrics["review"]["cells"])
    assert found["tables"]["tasks"] == metrics["rows"]["tasks"] > 0
    assert main(project, "status", "raw") == 0
    assert capsys.readouterr().out == "no documents\n"
