"""The command line: documents added and checked, stages in order, every error one clear message
with its own exit code.
"""

from __future__ import annotations

import errno
import inspect
import json
import os
import pickle
import re
import stat
import threading
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import pipeline
from normalize.tables import stage
from runs.command_line import STAGES
from runs.lock import only_run
from schemas import errors
from schemas.documents import CORRECTION_COLUMNS, LEARNED_NAME, document_name
from schemas.errors import Breach, PipelineError, TableError, ToolHung
from schemas.files import write
from schemas.published import TABLES
from schemas.settings import GateSettings, Settings, load_params
from tests.normalize.tables.tables import small_tables
from tests.places import PROJECT

PDF = b"%PDF-1.4\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with its params.yaml, one listed document, and nothing else."""
    root = tmp_path / "project"
    (root / "raw").mkdir(parents=True)
    params = (PROJECT / "params.yaml").read_text(encoding="utf-8")
    # not what users added
    (root / "params.yaml").write_text(
        re.sub(r"(?m)^  (?!sample:)\S+: \{file: .*\n", "", params), encoding="utf-8"
    )
    (root / "raw" / "sample.pdf").write_bytes(PDF)
    for name in ("sample.corrections.csv", LEARNED_NAME):
        (root / "raw" / name).write_text("table\n", encoding="utf-8")
    monkeypatch.setattr(pipeline, "PROJECT", root)
    (root / "review").mkdir(mode=0o700)
    monkeypatch.setattr(
        pipeline, "helper", lambda: nullcontext(lambda *_: lambda: root / "review")
    )  # has tests of its own, and needs a scan
    monkeypatch.chdir(root)
    return root


def test_add_puts_a_document_into_raw_and_into_params(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (project / "params.yaml").read_text(encoding="utf-8")
    (tmp_path / "Chương trình Đảng bộ (2025).PDF").write_bytes(PDF)
    assert pipeline.main(["add", str(tmp_path / "Chương trình Đảng bộ (2025).PDF")]) == 0
    assert (
        capsys.readouterr().out
        == "chuong-trinh-dang-bo-2025 is listed; `dvc repro` makes its tables\n"
    )
    entry = "  chuong-trinh-dang-bo-2025: {file: chuong-trinh-dang-bo-2025.pdf, settings: {}}\n"
    listed = "  sample: {file: sample.pdf, settings: {}}\n"
    # comments and all
    assert (project / "params.yaml").read_text(encoding="utf-8") == before.replace(
        listed, listed + entry
    )
    copied = project / "raw" / "chuong-trinh-dang-bo-2025.pdf"
    assert (copied.read_bytes(), stat.S_IMODE(copied.stat().st_mode)) == (PDF, 0o600)
    corrections = project / "raw" / "chuong-trinh-dang-bo-2025.corrections.csv"
    assert corrections.read_text(encoding="utf-8") == ",".join(CORRECTION_COLUMNS) + "\n"
    assert pipeline.main(["check"]) == 0


def test_add_lists_what_stands_in_raw_already_and_can_be_repeated(project: Path) -> None:
    (project / "raw" / "part.txt").write_text("Phụ lục", encoding="utf-8")
    assert [pipeline.main(["add", "raw/part.txt"]) for _ in range(2)] == [0, 0]
    assert dict(load_params(project / "params.yaml").documents) == {
        "sample": "sample.pdf",
        "part": "part.txt",
    }


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("sample.pdf", PDF, 5, "sample.pdf: there is a document called sample already"),
        ("Sample.txt", b"x", 5, "Sample.txt: there is a document called sample already"),
        ("x.pdf", b"<html>", 11, "x.pdf: the file does not begin as a PDF does"),
        ("x.pdf", b"", 11, "x.pdf: the file does not begin as a PDF does"),
        ("x.docx", b"PK", 11, "x.docx: neither a .pdf nor a .txt file"),
        ("x.txt", b"\xff\xfe", 11, "x.txt: the text is not UTF-8"),
        ("work.pdf", PDF, 10, "work.pdf: no document's name can be made"),
        ("---.pdf", PDF, 10, "---.pdf: no document's name can be made"),
        (None, b"", 52, "missing.pdf: there is no such file. Give the path of a PDF or of a text"),
    ],
)
def test_add_refuses(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str | None,
    content: bytes,
    code: int,
    told: str,
) -> None:
    if name is not None:
        (tmp_path / name).write_bytes(content)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert pipeline.main(["add", str(tmp_path / (name or "missing.pdf"))]) == code
    assert told in capsys.readouterr().err
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_check_names_the_command_for_an_unlisted_file(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "raw" / "new.pdf").write_bytes(PDF)
    assert pipeline.main(["check"]) == 4
    assert capsys.readouterr().err == (
        "error: raw/new.pdf: params.yaml does not list this file. Run `python pipeline.py "
        "add raw/new.pdf`, or remove the file.\n"
    )


def test_add_starts_all_files_of_an_emptied_raw(project: Path) -> None:
    for path in (project / "raw").iterdir():
        path.unlink()
    params = project / "params.yaml"
    listed = "  sample: {file: sample.pdf, settings: {}}\n"
    params.write_text(params.read_text(encoding="utf-8").replace(listed, ""), encoding="utf-8")
    (project / "raw" / "part.txt").write_text("Phụ lục", encoding="utf-8")
    assert pipeline.main(["add", "raw/part.txt"]) == 0
    assert (project / "raw" / LEARNED_NAME).read_text(encoding="utf-8") == (
        "witness,printed,read,count\n"
    )
    assert pipeline.main(["check"]) == 0


@pytest.mark.parametrize("name", ["sample.pdf", "sample.corrections.csv", LEARNED_NAME])
def test_check_names_a_missing_file(
    project: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (project / "raw" / name).unlink()
    assert pipeline.main(["check"]) == 4
    assert f"raw/{name}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("stem", "slug"),
    [
        ("x_1-a", "x_1-a"),
        ("Đề án số 5", "de-an-so-5"),
        ("De\u0302\u0300 a\u0301n", "de-an"),
        ("...", ""),
    ],
)
def test_names_of_documents(stem: str, slug: str) -> None:
    assert document_name(Path(stem + ".pdf")) == slug


def stub_stages(monkeypatch: pytest.MonkeyPatch, seen: list[str]) -> None:
    """Stages that note their names; the last one before publishing leaves a small document's
    tables.
    """

    def note(name: str) -> Any:
        def stage(*arguments: Any) -> None:
            seen.append(name)
            work = next(
                argument
                for argument in arguments
                if isinstance(argument, Path) and argument.parent.name == "work"
            )
            if name == "tables":
                for table, frame in small_tables().items():
                    write(TABLES[table], frame, work / "tables" / f"{table}.parquet")
            for folder, content in (("tables", "notices.json"), ("extract", "engines.json")):
                (work / folder).mkdir(parents=True, exist_ok=True)
                (work / folder / content).write_text(
                    "[]" if folder == "tables" else "{}", encoding="utf-8"
                )

        return stage

    for name in ("extract", "rows", "repair", "tables"):
        monkeypatch.setattr(pipeline, name, note(name))
    monkeypatch.setattr(pipeline, "page_count", lambda _: 5)


def test_run_goes_the_whole_path_and_publishes(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    stub_stages(monkeypatch, seen)
    assert pipeline.main(["run", "raw/sample.pdf", "--out", "elsewhere/x"]) == 0
    assert seen == ["extract", "rows", "repair", "tables"]
    assert (
        json.loads((project / "elsewhere" / "x" / "metrics.json").read_text(encoding="utf-8"))[
            "rows"
        ]["tasks"]
        == 3
    )
    assert {path.name for path in (project / "elsewhere").iterdir()} == {"x", "work"}
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (project / "elsewhere").rglob("*")}
    assert modes == {0o600, 0o700}


def test_the_stages_of_dvc_do_the_same_one_by_one(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    stub_stages(monkeypatch, seen)
    assert [pipeline.main([stage, "sample"]) for stage in STAGES] == [0] * 5
    assert seen == ["extract", "rows", "repair", "tables"]
    assert (project / "out" / "sample" / "datapackage.json").exists()
    assert (project / "out" / "work" / "sample" / "confidence.csv").exists()


def test_a_run_beside_another_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with only_run(project / "out" / "work" / "sample"):
        assert pipeline.main(["rows", "sample"]) == 50
    assert "another run is at work on this document" in capsys.readouterr().err


def test_a_run_can_wait_for_another(tmp_path: Path) -> None:
    held = only_run(tmp_path)
    held.__enter__()
    timer = threading.Timer(0.5, held.__exit__, (None, None, None))
    timer.start()
    with only_run(tmp_path, 30.0):
        assert not timer.is_alive() or timer.finished.is_set()


def test_an_unlisted_document_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pipeline.main(["rows", "smaple"]) == 3
    assert "no document is called smaple. Listed are: sample." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (
            ToolHung("Tesseract took more than 120 s", "page 7", "look at the page"),
            24,
            "page 7: Tesseract took more than 120 s. Look at the page.",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "/x/y"),
            51,
            "/x/y: the disk is full, or no file may be so large. Make room",
        ),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 52, "/x: permission denied"),
        (KeyboardInterrupt(), 130, "stopped"),
    ],
)
def test_errors_are_one_message_and_a_code(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    told: str,
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(pipeline, "extract", fail)
    assert pipeline.main(["extract", "sample"]) == code
    out = capsys.readouterr()
    assert told in out.err
    assert (out.out, out.err.count("\n")) == ("", 1)


def test_every_error_has_a_code_of_its_own_and_passes_between_processes() -> None:
    kinds = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, PipelineError)
    ]
    assert len({kind.exit_code for kind in kinds}) == len(kinds) == 41
    assert all(kind.exit_code not in (0, 2, 130) for kind in kinds)
    for kind in set(kinds) - {TableError}:
        passed = pickle.loads(pickle.dumps(kind("what", "where", "do this")))
        assert (type(passed), str(passed)) == (kind, "where: what. Do this.")
    breaches = [Breach("tasks", "1.1.1", "start", "after end")]
    passed = pickle.loads(pickle.dumps(TableError(breaches, "sample")))
    assert (
        str(passed)
        == str(TableError(breaches, "sample"))
        == "sample: 1 broken rule\n  tasks, row 1.1.1, start: after end\nnothing was published; "
        "look at these cells, and correct them in raw/*.corrections.csv"
    )


def test_rows_that_break_rules_are_told_with_their_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_rules(*_: object) -> None:
        raise TableError([Breach("tasks", "2", "end", "no day")])

    monkeypatch.setattr(stage, "run_tables", break_rules)
    with pytest.raises(TableError, match=r"^plan\.pdf: 1 broken rule\n  tasks, row 2, end: no day"):
        pipeline.tables(tmp_path, tmp_path / "plan.pdf", Settings())


def test_settings_of_a_file_outside_raw_are_the_common_ones(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Settings] = []
    monkeypatch.setattr(
        pipeline, "run", lambda source, out, settings, patience: given.append(settings)
    )
    assert pipeline.main(["run", os.fspath(project / "raw" / "sample.pdf"), "--out", "x"]) == 0
    assert given == [Settings()]


def test_a_long_document_gives_the_same_in_processes_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, settings = (
        PROJECT / "tests" / "fixtures" / "dump" / "small.txt",
        load_params(PROJECT / "params.yaml").common,
    )
    settings = replace(settings, gate=GateSettings(1000, 1.0, 1.0, 1.0))
    for name, most in (("short", 100), ("long", 0)):
        monkeypatch.setattr(pipeline, "_LONG", most)
        pipeline.run(source, tmp_path / name / "small", settings)
        monkeypatch.setattr(
            pipeline,
            "rows",
            lambda _: pytest.fail("a long document's rows are made in this process"),
        )
    short, long = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "small").glob("*.csv")}
        for name in ("short", "long")
    )
    assert len(short) >= 10
    assert long == short


def test_what_goes_wrong_in_a_long_document_is_told_as_in_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_LONG", 0)
    (tmp_path / "x.txt").write_text("Kính gửi: các cơ quan. " * 40, encoding="utf-8")
    with pytest.raises(errors.NotAProgramme):
        pipeline.run(
            tmp_path / "x.txt", tmp_path / "out" / "x", load_params(PROJECT / "params.yaml").common
        )
