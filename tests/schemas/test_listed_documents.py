"""Documents that are added and removed at once, and decisions that a removal would lose."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path

import pytest

from schemas.documents import CORRECTION_COLUMNS, add_document, check_raw
from schemas.errors import CorrectionsError, DecisionsLost, SettingsError
from schemas.project.listed_documents import check_removal, remove_document, replace_document
from schemas.settings import load_params

DECISION = "tasks,1.1.1,lead,a,b,change,An,,\n"
HEAD = ",".join(CORRECTION_COLUMNS) + "\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "params.yaml").write_text("documents: {}  # kept\n", encoding="utf-8")
    return tmp_path


def add(project: Path, name: str) -> None:
    path = project / f"{name}.txt"
    path.write_text(f"Văn bản {name}\n", encoding="utf-8")
    add_document(path, project / "raw", project / "params.yaml")


def test_documents_that_are_added_at_once_are_all_listed(project: Path) -> None:
    names = [f"thon-{number}" for number in range(6)]
    several = [get_context("fork").Process(target=add, args=(project, name)) for name in names]
    for process in several:
        process.start()
    for process in several:
        process.join()
    params = load_params(project / "params.yaml")
    assert sorted(params.documents) == names
    assert "# kept" in (project / "params.yaml").read_text(encoding="utf-8")
    check_raw(project / "raw", params)


def test_a_document_that_another_has_removed_meanwhile_is_named(project: Path) -> None:
    add(project, "x")
    remove_document("x", project, project / "params.yaml")
    with pytest.raises(SettingsError, match="no document is called x"):
        remove_document("x", project, project / "params.yaml")
    new = project / "new.txt"
    new.write_text("Văn bản mới\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="no document is called x"):
        replace_document(new, "x", project / "raw", project / "params.yaml")


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# nothing yet\n",
        "documents:\n",
        "documents:\n  # none yet\nextract: {jobs: 1}\n",
        "extract: {jobs: 1} # alone\n",
        "documents: {}\n\n# pages\nextract:\n  jobs: 1\n",
    ],
)
def test_a_list_can_be_emptied_and_filled_again(project: Path, before: str) -> None:
    path = project / "params.yaml"
    path.write_text(before, encoding="utf-8")
    jobs = load_params(path).common.extract.jobs
    for _ in range(3):
        add(project, "x")
        assert dict(load_params(path).documents) == {"x": "x.txt"}
        remove_document("x", project, path)
        params = load_params(path)
        assert (dict(params.documents), params.common.extract.jobs) == ({}, jobs)
    kept = [line for line in before.splitlines() if line.lstrip().startswith("#")]
    assert all(line in path.read_text(encoding="utf-8") for line in kept)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.corrections.csv", (HEAD + DECISION).replace(",", ";").encode("utf-16")),
        ("x.corrections.csv", ("\ufeff" + HEAD + DECISION).replace("\n", "\r\n").encode()),
        ("x.corrections (1).csv", (HEAD + DECISION).encode()),
    ],
)
def test_decisions_are_not_lost_however_they_were_saved(
    project: Path, name: str, content: bytes
) -> None:
    add(project, "x")
    (project / "raw" / "x.corrections.csv").unlink()
    (project / "raw" / name).write_bytes(content)
    params = load_params(project / "params.yaml")
    with pytest.raises(DecisionsLost, match="1 decisions of people would be lost"):
        check_removal("x", project, params, with_decisions=False)
    check_removal("x", project, params, with_decisions=True)
    remove_document("x", project, project / "params.yaml")
    assert [path.name for path in (project / "raw").iterdir()] == ["confusions_learned.csv"]


def test_decisions_that_cannot_be_counted_are_lost_only_when_told_so(project: Path) -> None:
    add(project, "x")
    (project / "raw" / "x.corrections.csv").write_text('a,b\n"', encoding="utf-8")
    params = load_params(project / "params.yaml")
    with pytest.raises(CorrectionsError):
        check_removal("x", project, params, with_decisions=False)
    check_removal("x", project, params, with_decisions=True)
