"""Files on disk: one change at a time, and what the system's errors tell to do."""

from __future__ import annotations

import errno
import os
from multiprocessing import get_context
from pathlib import Path

import pytest

from schemas.disk import alone_in, read_json, system_error
from schemas.errors import DamagedTable, InputError


def count_up(folder: Path, times: int) -> None:
    for _ in range(times):
        with alone_in(folder):
            path = folder / "count"
            path.write_text(str(int(path.read_text(encoding="utf-8")) + 1), encoding="utf-8")


def test_changes_at_once_wait_for_one_another(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0", encoding="utf-8")
    context = get_context("fork")
    several = [context.Process(target=count_up, args=(tmp_path, 200)) for _ in range(3)]
    for process in several:
        process.start()
    for process in several:
        process.join()
    assert (tmp_path / "count").read_text(encoding="utf-8") == "600"
    assert [path.name for path in tmp_path.iterdir()] == ["count"]


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.EMFILE, "Raise the limit of open files (ulimit -n), and run again."),
        (errno.EAGAIN, "Raise the limit of processes (ulimit -u), and run again."),
        (errno.ENAMETOOLONG, "Give it a shorter name."),
        (errno.EACCES, "Look at the file and its permissions."),
    ],
)
def test_a_remedy_is_that_of_the_fault(code: int, remedy: str) -> None:
    said = str(system_error(OSError(code, os.strerror(code), "raw/x.pdf"), "run"))
    assert said == f"raw/x.pdf: {os.strerror(code).lower()}. {remedy}"


def test_a_question_ends_as_one() -> None:
    assert str(InputError("no word", "x", "is it upside down?")) == "x: no word. Is it upside down?"


@pytest.mark.parametrize("content", ["", "{", "null", "[]", '"a"', "[" * 100_000, "{'a': 1}"])
def test_what_a_stage_left_as_json_is_of_its_kind_or_damaged(tmp_path: Path, content: str) -> None:
    path = tmp_path / "left.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DamagedTable, match="missing or damaged"):
        read_json(path, dict)
    with pytest.raises(DamagedTable, match="missing or damaged"):
        read_json(tmp_path / "nowhere.json", list)
    path.write_text('{"a": 1}', encoding="utf-8")
    assert read_json(path, dict) == {"a": 1}
