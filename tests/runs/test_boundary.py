"""What reaches the terminal, and what becomes of errors that nobody foresaw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import cv2
import pytest

import pipeline
from audit import diff, explain
from runs.boundary import guarded, to_foreseen
from schemas.destination import check_file
from schemas.errors import BadDestination, FileTrouble, NoMemory, ToolDied, Unforeseen
from schemas.settings import Params, Settings
from tests.places import PROJECT

CELL = "Trường Chính trị tỉnh mở lớp bồi dưỡng"


_ENDS = """
import atexit, os
from runs.boundary import end_at_once

class Loaded:
    def __del__(self):
        os.write(1, b"taken apart")

kept = Loaded()
atexit.register(print, "registered")
end_at_once(7)
"""


def breaks(*_: object) -> None:
    raise ValueError(f"cannot read {CELL!r}")


@pytest.mark.parametrize("error", [BrokenPipeError, ConnectionRefusedError, EOFError])
def test_a_pipe_to_a_process_that_breaks_is_no_end_of_the_output(
    error: type[Exception], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def act() -> int:
        raise error

    assert guarded(act, "run", [tmp_path]) == ToolDied.exit_code
    assert "a process of this run could not be started, or was killed" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def breaks_elsewhere() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as pool:
        pool.submit(breaks).result()


def breaks_with_a_cause() -> None:
    try:
        breaks()
    except ValueError as error:
        raise KeyError(CELL) from error


@pytest.mark.parametrize("act", [breaks, breaks_elsewhere, breaks_with_a_cause])
def test_an_error_that_nobody_foresaw_is_one_sentence_a_code_and_a_report_without_cell_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], act: Callable[[], None]
) -> None:
    def run() -> int:
        act()
        return 0

    assert guarded(run, "run", [tmp_path]) == Unforeseen.exit_code == 70
    (report,) = tmp_path.iterdir()
    said, told = capsys.readouterr().err, report.read_text(encoding="utf-8")
    assert said.count("\n") == 1
    assert said.startswith("error: run: something happened that was not foreseen (")
    assert f"Send {report}, which holds no text of a document" in said
    assert report.stat().st_mode & 0o777 == 0o600
    assert "in breaks\n" in told
    assert "builtins.ValueError" in told or "_RemoteTraceback" in told
    assert all(word not in said + told for word in CELL.split()[:3])


def test_where_no_report_can_be_written_the_sentence_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file" / "tmp"))
    assert guarded(lambda: 1 // 0, "run", [tmp_path / "file" / "work"]) == 70
    assert "No report could be written." in capsys.readouterr().err


def test_the_net_lies_under_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "PROJECT", tmp_path)
    monkeypatch.setattr(pipeline, "load_params", breaks)
    monkeypatch.setattr(pipeline, "get_ready", lambda: None)
    for command in (
        ["check"],
        ["run", "x.pdf", "--out", "y"],
        ["archive", "x", "--out", "y"],
        ["rows", "x"],
        ["cache"],
        ["learn"],
    ):
        assert pipeline.main(command) == 70
    for module, command in ((diff, ["diff", "a", "b"]), (explain, ["explain", *"abcd"])):
        monkeypatch.setattr(module, "run", breaks)
        assert pipeline.main(command) == 70
    assert len(list((tmp_path / "out" / "work").iterdir())) >= 1
    said = capsys.readouterr().err
    assert said.count("error: ") == said.count("\n") == 8
    assert CELL not in said


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(12, "Cannot allocate memory"),
        RuntimeError("can't start new thread"),
        ImportError("libx.so: failed to map segment from shared object"),
        cv2.error(
            "OpenCV(4) alloc.cpp:73: error: (-4:Insufficient memory) Failed to allocate 4 bytes"
        ),
    ],
)
def test_too_little_memory_is_told_in_whichever_words_it_comes(
    error: Exception, tmp_path: Path
) -> None:
    assert type(to_foreseen(error, "run", [tmp_path])) is NoMemory
    assert list(tmp_path.iterdir()) == []


def test_what_only_sounds_like_memory_and_what_the_system_says_are_told_apart(
    tmp_path: Path,
) -> None:
    assert (
        type(to_foreseen(ValueError("insufficient memory of the past"), "run", [tmp_path]))
        is Unforeseen
    )
    assert (
        type(to_foreseen(PermissionError(13, "Permission denied", "/x"), "run", [tmp_path]))
        is FileTrouble
    )
    assert type(to_foreseen(OSError("Timed out during handshake"), "run", [tmp_path])) is Unforeseen


def command(*arguments: str, script: str = "pipeline.py") -> list[str]:
    return [
        sys.executable,
        *(script.split() if script.startswith("-m") else [str(PROJECT / script)]),
        *arguments,
    ]


def shell(line: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a command says whose line is finished by a shell."""
    quoted = " ".join(f"'{word}'" for word in command(*arguments))
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{quoted} {line}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (">/dev/full", 51, "error: standard output: nothing can be printed: the disk is full"),
        (">/dev/full 2>/dev/full", 51, ""),
        (">&-", 0, ""),
        ("<&- >&- 2>&-", 0, ""),
        ("| true", 0, ""),
    ],
)
def test_output_that_nobody_takes(line: str, code: int, said: str, tmp_path: Path) -> None:
    done = shell(line, "cache", "--work", str(tmp_path))
    assert done.returncode == code
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == (1 if said else 0)


def test_a_command_prints_in_the_terminals_own_encoding(tmp_path: Path) -> None:
    folder = tmp_path / "chỉ tiêu"
    for encoding in ("ascii", "utf-8"):
        done = subprocess.run(
            command("cache", "--work", str(folder)),
            capture_output=True,
            check=False,
            timeout=60,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        shown = str(folder).encode(encoding, "backslashreplace")
        assert (done.returncode, done.stdout, done.stderr) == (
            0,
            shown + b"/.pages: 0 pages, 0.0 MB\n",
            b"",
        )


SPEAKS = """
import logging, os, subprocess, sys, threading, warnings
from runs.boundary import keep_terminal, say
keep_terminal()
logging.getLogger("pikepdf").warning("a library warns")
warnings.warn("a library warns")
os.write(1, b"a library in C prints"); os.write(2, b"a library in C warns")
subprocess.run(["sh", "-c", "echo a program prints; echo a program warns >&2"])
thread = threading.Thread(target=lambda: 1 / 0); thread.start(); thread.join()
class Dying:
    def __del__(self): raise ValueError("nobody hears this")
Dying()
say("ours")
print("ours too", file=sys.stderr)
"""


def test_nothing_but_our_own_words_reaches_the_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SPEAKS],
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("ours\n", "ours too\n")


def test_a_process_that_may_take_too_little_memory_says_so_at_once(tmp_path: Path) -> None:
    for most in (200_000, 400_000, 900_000):
        done = subprocess.run(
            [
                "bash",
                "-c",
                (
                    f"ulimit -v {most}; exec '{sys.executable}' pipeline.py run "
                    f"tests/fixtures/dump/small.txt --out '{tmp_path}/small'"
                ),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=PROJECT,
            timeout=120,
        )
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (53, "", 1)
        assert "too little memory" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"%PDF-1.7", b'{"name": "x"}', b"table,row_id"])
def test_a_file_to_write_never_takes_the_place_of_another_kind(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "x").write_bytes(content)
    for begins in (b"<!doctype html", b'{\n "a": {', b"\x89PNG"):
        with pytest.raises(BadDestination, match="holds something else"):
            check_file(tmp_path / "x", begins)
    (tmp_path / "link").symlink_to("nowhere")
    for place in (tmp_path, Path("/dev/null"), tmp_path / "link"):
        with pytest.raises(BadDestination, match="no plain file"):
            check_file(place, b"{")
    (tmp_path / "empty").touch()
    for place in (tmp_path / "new", tmp_path / "empty"):
        check_file(place, b"{")


def test_a_difference_does_not_overwrite_a_scan(
    small_published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7")
    page, data = tmp_path / "d.html", tmp_path / "d.json"
    sides = [str(small_published), str(small_published), "--quiet"]
    for _ in range(2):  # what it wrote itself it may write again
        assert pipeline.main(["diff", *sides, "--html", str(page), "--json", str(data)]) == 0
    assert json.loads(data.read_text(encoding="utf-8"))["changes"] == []
    assert pipeline.main(["diff", *sides, "--html", str(scan)]) == 2
    assert pipeline.main(["diff", *sides, "--json", str(small_published / "datapackage.json")]) == 2
    asked = ["explain", str(small_published), "tasks", "1.1.1", "lead"]
    assert pipeline.main([*asked, "--png", str(scan)]) == 6
    assert scan.read_bytes() == b"%PDF-1.7"
    assert capsys.readouterr().err.count("holds something else") == 3


def test_settings_are_taken_before_and_after_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []

    def note(path: Path) -> Params:
        seen.append(path)
        return Params({}, Settings(), {})

    monkeypatch.setattr(pipeline, "load_params", note)
    monkeypatch.setattr(pipeline, "check_raw", lambda *_: None)
    for argv in (
        ["check"],
        ["--params", "a", "check"],
        ["check", "--params", "b"],
        ["--params", "a", "check", "--params", "b"],
    ):
        assert pipeline.main(argv) == 0
    assert seen == [PROJECT / "params.yaml", Path("a"), Path("b"), Path("b")]


def test_a_process_that_ends_at_once_does_what_is_registered_and_takes_nothing_apart() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _ENDS], cwd=PROJECT, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (7, b"registered\n")
