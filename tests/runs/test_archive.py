"""Many documents: found, resumed, one bad one among them, here and on a real Dask cluster of two
workers, one of which is killed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from runs import archive, submitters
from runs.archive import Archive
from runs.lock import only_archive
from runs.outcomes import Summary, _signal_name
from runs.progress import Progress
from schemas.errors import ArchiveIncomplete, Busy, InputError, ToolMissing
from schemas.files import read
from schemas.settings import Params, Settings
from tests.places import PROJECT

DUMP = PROJECT / "tests" / "fixtures" / "dump" / "small.txt"
STAND_IN = """
import json, os, pathlib, sys, time
file, out = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[4])
said = json.loads(file.read_text())
time.sleep(said.get("seconds", 0))
turn = pathlib.Path(str(file) + ".turns")
turn.write_text(turn.read_text() + "x" if turn.exists() else "x")
if len(turn.read_text()) <= said.get("kills", 0):
    os.kill(os.getpid(), said["signal"])
if said["code"]:
    print("cell text of the document", file=sys.stderr)
    print("error: " + said["told"] if said.get("told") else "Traceback", file=sys.stderr)
    sys.exit(said["code"])
out.mkdir(parents=True, exist_ok=True)
(out / "metrics.json").write_text(json.dumps({"rows": {"tasks": 7}, "review": {"share": 0.25}}))
source = {"title": out.name, "sha256": "0", "pages": 3}
told = {"sources": [source], "version": "1.0.0", "madeWith": {}}
(out / "datapackage.json").write_text(json.dumps(told))
print("out is published, in 12.5 s")
"""


def archive_of(tmp_path: Path, **documents: dict[str, object]) -> Archive:
    """An archive whose documents tell a stand-in for the pipeline what to do."""
    (tmp_path / "in").mkdir()
    (tmp_path / "stand_in.py").write_text(STAND_IN, encoding="utf-8")
    for name, said in documents.items():
        (tmp_path / "in" / f"{name}.txt").write_text(json.dumps(said), encoding="utf-8")
    program = (sys.executable, str(tmp_path / "stand_in.py"))
    return Archive(tmp_path / "in", tmp_path / "out", program, Params({}, Settings(), {}))


def test_documents_are_found_by_path_and_names_stay_apart(tmp_path: Path) -> None:
    found = archive_of(tmp_path)
    for name in (
        "b/Đề án.pdf",
        "a/de-an.txt",
        "c.PDF",
        "work.pdf",
        "c.docx",
        ".hidden/x.pdf",
        "d.corrections.csv",
    ):
        path = found.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    assert archive.other_files(found) == {".docx": 1}
    entries, refused = archive.find_documents(found)
    assert [(entry.document, entry.file) for entry in entries] == [
        ("de-an", "a/de-an.txt"),
        ("c", "c.PDF"),
    ]
    assert [(outcome.file, outcome.exit_code) for outcome in refused] == [
        ("b/Đề án.pdf", 5),
        ("work.pdf", 10),
    ]
    assert (
        refused[0].message
        == "b/Đề án.pdf: a/de-an.txt gives the same name, de-an. Rename one of them."
    )


def test_a_second_archive_to_the_same_folder_waits_for_its_turn(tmp_path: Path) -> None:
    whole = archive_of(tmp_path, one={"code": 0})
    with only_archive(whole.out), pytest.raises(Busy, match="another archive is at work"):
        archive.run(whole, "", Progress())
    assert not list(whole.out.iterdir())
    (outcome,) = archive.run(whole, "", Progress())
    assert outcome.status == "published"


def test_a_bad_document_is_summed_up_and_the_others_are_done(tmp_path: Path) -> None:
    whole = archive_of(
        tmp_path,
        good={"code": 0},
        damaged={"code": 13, "told": "damaged.pdf: the PDF is damaged."},
        refused={"code": 42, "told": "refused: over a limit."},
        crashed={"code": 1},
    )
    with pytest.raises(ArchiveIncomplete, match="3 of 4 documents are not published"):
        archive.run(whole, "", Progress())
    summary = read(Summary, whole.out / "archive.csv")
    assert summary.to_dict("records") == [
        row("crashed", "failed", 1, "the run ended with exit code 1"),
        row("damaged", "failed", 13, "damaged.pdf: the PDF is damaged."),
        {
            **row("good", "published", 0, ""),
            "seconds": 12.5,
            "pages": 3,
            "tasks": 7,
            "review_share": 0.25,
        },
        row("refused", "refused", 42, "refused: over a limit."),
    ]


def test_a_document_whose_process_was_killed_is_tried_again_and_the_signal_is_named(
    tmp_path: Path,
) -> None:
    whole = archive_of(
        tmp_path,
        once={"code": 0, "kills": 1, "signal": 9},
        twice={"code": 0, "kills": 2, "signal": 11},
        asked={"code": 143, "told": ""},
        always={"code": 0, "kills": 99, "signal": 9},
    )
    with pytest.raises(ArchiveIncomplete, match="2 of 4 documents are not published"):
        archive.run(whole, "", Progress())
    found = read(Summary, whole.out / "archive.csv").set_index("document")
    assert found["status"].to_dict() == {
        "always": "failed",
        "asked": "failed",
        "once": "published",
        "twice": "published",
    }
    assert found["exit_code"].to_dict() == {"always": -9, "asked": 143, "once": 0, "twice": 0}
    assert found["message"]["always"] == (
        "the run was killed by SIGKILL (signal 9, as the system does when memory runs out), 3 times"
    )
    assert found["message"]["asked"] == "the run was asked to end by SIGTERM, 3 times"


def test_a_signal_without_a_name_is_told_by_its_number() -> None:
    assert [_signal_name(number) for number in (11, 63, 99)] == [
        "SIGSEGV (signal 11, a fault in a library)", "signal 63", "signal 99",
    ]  # fmt: skip


def test_files_whose_names_are_no_text_or_hold_signs_are_summed_up_each_by_its_own(
    tmp_path: Path,
) -> None:
    whole = archive_of(tmp_path)
    names = [
        b"a\xff.txt",
        b"a\xfe.txt",
        b"a\\xff.txt",
        b"b\n\x1b[31m.txt",
        "c\u202e.txt".encode(),
        b"\xff\xfe.txt",
    ]
    for name in names:
        Path(os.fsdecode(bytes(whole.folder) + b"/" + name)).write_text(
            '{"code": 13, "told": "it is damaged."}'
        )
    with pytest.raises(ArchiveIncomplete, match="6 of 6"):
        archive.run(whole, "", Progress())
    found = read(Summary, whole.out / "archive.csv")
    assert sorted(found["file"]) == sorted(
        [
            "a\\xff.txt",
            "a\\xfe.txt",
            "a\\\\xff.txt",
            "b\\u{a}\\u{1b}[31m.txt",
            "c\\u{202e}.txt",
            "\\xff\\xfe.txt",
        ]
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"rows": null}',
        b"[" * 9999,
        b"\xff",
        b'{"rows": {"tasks": "7"}, "review": {"share": 2}}',
    ],
)
@pytest.mark.parametrize("name", ["datapackage.json", "metrics.json"])
def test_damage_to_one_publication_is_healed_and_stops_no_other(
    tmp_path: Path, name: str, content: bytes
) -> None:
    whole = archive_of(tmp_path, north={"code": 0}, south={"code": 0})
    assert [outcome.status for outcome in archive.run(whole, "", Progress())] == [
        "published",
        "published",
    ]
    (whole.out / "north" / name).write_bytes(content)
    assert [outcome.status for outcome in archive.run(whole, "", Progress())] == [
        "published",
        "published",
    ]


def test_a_document_that_cannot_be_looked_at_is_run_to_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bool:
        raise PermissionError(13, "Permission denied")

    whole = archive_of(
        tmp_path, north={"code": 52, "told": "north.txt: permission denied."}, south={"code": 0}
    )
    monkeypatch.setattr(archive, "is_current", refuse)
    with pytest.raises(ArchiveIncomplete, match="1 of 2"):
        archive.run(whole, "", Progress())
    assert list(read(Summary, whole.out / "archive.csv")["message"]) == [
        "north.txt: permission denied.",
        "",
    ]


def row(document: str, status: str, code: int, message: str) -> dict[str, object]:
    counts = {"seconds": 0.0, "pages": 0, "tasks": 0, "review_share": 0.0}
    return {
        "document": document,
        "file": f"{document}.txt",
        "status": status,
        "exit_code": code,
        "message": message,
        **counts,
    }


def test_no_documents_and_no_scheduler_are_clear_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submitters, "_ANSWER", 0.5)
    whole = archive_of(tmp_path)
    with pytest.raises(InputError, match=r"there is no \.pdf and no \.txt"):
        archive.run(whole, "", Progress())
    (whole.folder / "x.txt").write_text('{"code": 0}', encoding="utf-8")
    with pytest.raises(ToolMissing, match="no scheduler answers"):
        archive.run(whole, "tcp://127.0.0.1:9", Progress())


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four text dumps, one with corrections beside it, and a damaged PDF; settings
    that let them be published.
    """
    folder = tmp_path_factory.mktemp("archive")
    for name in ("north", "south", "east", "west"):
        (folder / "in" / name).mkdir(parents=True)
        shutil.copy(DUMP, folder / "in" / name / f"{name}.txt")
    (folder / "in" / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    params = (
        (PROJECT / "params.yaml")
        .read_text(encoding="utf-8")
        .replace("max_missing_rows: 2", "max_missing_rows: 999")
    )
    (folder / "params.yaml").write_text(
        params.replace("max_review_share: 0.25", "max_review_share: 1.0"), encoding="utf-8"
    )
    return folder


def pipeline(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        str(PROJECT / "pipeline.py"),
        "--params",
        str(folder / "params.yaml"),
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def single(dumps: Path) -> dict[str, dict[str, bytes]]:
    """The CSV files of each document when it is run by itself."""
    for name in ("north", "south"):
        done = pipeline(
            dumps,
            "run",
            str(dumps / "in" / name / f"{name}.txt"),
            "--out",
            str(dumps / "single" / name),
        )
        assert (done.returncode, told(done)) == (0, [])
    return {name: tables(dumps / "single" / name) for name in ("north", "south")}


def told(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What a command said, without the progress that a slow machine is told of."""
    return [line for line in done.stderr.splitlines() if " left" not in line]


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def test_an_archive_is_published_resumed_and_queried(
    dumps: Path, single: dict[str, dict[str, bytes]]
) -> None:
    out = dumps / "out"
    done = pipeline(dumps, "archive", str(dumps / "in"), "--out", str(out))
    assert (done.returncode, told(done)) == (
        60,
        [f"error: {out}/archive.csv: 1 of 5 documents are not published. See why there."],
    )
    assert {name: tables(out / name) for name in single} == single
    (dumps / "in" / "north" / "north.corrections.csv").write_text("", encoding="utf-8")
    again = pipeline(dumps, "archive", str(dumps / "in"), "--out", str(out))
    assert again.returncode == 60
    summary = read(Summary, out / "archive.csv")
    assert dict(zip(summary["document"], summary["status"], strict=True)) == {
        "broken": "failed",
        "east": "unchanged",
        "north": "published",
        "south": "unchanged",
        "west": "unchanged",
    }
    query = (
        f"SELECT document, count(*) AS tasks FROM read_parquet('{out}/dataset/tasks/*/*.parquet', "
        "hive_partitioning = true) GROUP BY ALL ORDER BY ALL"
    )
    tasks = len(pd.read_csv(out / "north" / "tasks.csv"))
    assert duckdb.execute(query).fetchall() == [
        (name, tasks) for name in ("east", "north", "south", "west")
    ]
    with closing(sqlite3.connect(out / "tables.sqlite")) as base:
        found = base.execute("SELECT document, count(*) FROM tasks GROUP BY document").fetchall()
    assert found == [(name, tasks) for name in ("east", "north", "south", "west")]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler and two real workers on this machine; its address and the workers."""
    dask = str(Path(sys.executable).with_name("dask"))
    file = tmp_path / "scheduler.json"
    quiet = {
        "cwd": tmp_path,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "start_new_session": True,
    }
    local = ["--host", "127.0.0.1", "--no-dashboard"]
    processes = [
        subprocess.Popen(  # type: ignore[call-overload]
            [dask, "scheduler", *local, "--port", "0", "--scheduler-file", str(file)], **quiet
        )
    ]
    limit = time.monotonic() + 60
    while not file.exists() or not file.read_text(encoding="utf-8").strip():
        assert time.monotonic() < limit
        time.sleep(0.1)
    address = json.loads(file.read_text(encoding="utf-8"))["address"]
    processes += [
        subprocess.Popen(
            [
                dask,
                "worker",
                address,
                *local,
                "--nthreads",
                "1",
                "--local-directory",
                str(tmp_path / name),
            ],
            **quiet,
        )  # type: ignore[call-overload]
        for name in ("one", "two")
    ]
    yield address, processes[1:]
    for process in processes:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_on_a_cluster_with_a_worker_killed_in_mid_run_all_others_are_whole(
    dumps: Path,
    single: dict[str, dict[str, bytes]],
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    (address, (worker, _)), out = cluster, dumps / "cluster"
    command = [sys.executable, str(PROJECT / "pipeline.py"), "--params", str(dumps / "params.yaml")]
    with subprocess.Popen(
        [*command, "archive", str(dumps / "in"), "--out", str(out), "--scheduler", address],
        stderr=subprocess.PIPE,
    ) as run:
        limit = time.monotonic() + 120
        while not list(out.glob("work/*/lock")):
            assert time.monotonic() < limit
            time.sleep(0.05)
        os.killpg(worker.pid, signal.SIGKILL)
        assert run.wait(timeout=240) == 60
    summary = read(Summary, out / "archive.csv")
    assert dict(zip(summary["document"], summary["status"], strict=True)) == {
        "broken": "failed",
        "east": "published",
        "north": "published",
        "south": "published",
        "west": "published",
    }
    assert {name: tables(out / name) for name in single} == single
