"""Time and memory that a page may take hold whatever it does, and the error names it."""

from __future__ import annotations

import ctypes
import os
import signal
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from extract.reading_processes import in_processes, note_pages, picture_folder
from extract.tasks import Task
from runs.limits import held_to, memory_watched
from runs.processes import apart
from schemas.errors import BrokenPage, PageTooLarge, PipelineError, ToolDied

MEGABYTE = 1_000_000


def _fill(megabytes: int, seconds: float = 0.0) -> int:
    """Take memory, as much as asked for and really used."""
    taken = [b"\1" * MEGABYTE for _ in range(megabytes)]
    time.sleep(seconds)
    return len(taken)


def _hang() -> None:
    """Wait in a library, where no handler of a signal is run."""
    ctypes.CDLL(None).pause()
    ctypes.PyDLL(None).sleep(600)


def _crash() -> None:
    ctypes.string_at(0)


def _spin() -> None:
    while True:
        pass


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _page(source: Path, act: Callable[[], object], task: Task) -> list[int]:
    """Read a page: the third is the bad one."""
    note_pages(source, task.page_nos)
    if 3 in task.page_nos:
        act()
    return list(task.page_nos)


@pytest.mark.parametrize(
    ("act", "error", "told"),
    [
        (_hang, PageTooLarge, "x.pdf, page 3: it takes more than 0.1 s"),
        (
            _crash,
            BrokenPage,
            "x.pdf, page 3: it asks for too much memory, or a library crashes on it (SIGSEGV)",
        ),
        (_killed, ToolDied, "a process that was reading was killed"),
    ],
)
def test_the_page_that_ends_its_process_is_named(
    act: Callable[[], object],
    error: type[PipelineError],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("extract.reading_processes._GRACE", 1)
    tasks = [Task((number,)) for number in range(1, 6)]
    with picture_folder(tmp_path) as folder, pytest.raises(error) as caught:
        list(in_processes(partial(_page, Path("x.pdf"), act), tasks, folder, 2, 0.1))
    assert told in str(caught.value)


def test_processes_that_take_too_much_together_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "extract.reading_processes.memory_watched", partial(memory_watched, 900 * MEGABYTE)
    )
    tasks = [Task((3,)), Task((3,))]
    with (
        picture_folder(tmp_path) as folder,
        pytest.raises(PageTooLarge, match="page 3: it asks for too much memory"),
    ):
        list(
            in_processes(
                partial(_page, Path("x.pdf"), partial(_fill, 600, 60.0)), tasks, folder, 2, 60.0
            )
        )


def test_one_process_may_not_take_all() -> None:
    assert apart(_fill, 10, seconds=60) == 10
    assert apart(_fill, 1200, seconds=60) is None


def test_a_run_leaves_no_socket_in_the_folder_for_temporary_files() -> None:
    before = set(Path(tempfile.gettempdir()).glob("pymp-*"))
    assert apart(_fill, 1, seconds=60) == 1
    assert set(Path(tempfile.gettempdir()).glob("pymp-*")) <= before


def test_what_a_text_asks_for_is_held_to_processor_time() -> None:
    with (
        pytest.raises(
            PageTooLarge, match=r"x\.txt: its text asks for too much time, more than 0.5 s"
        ),
        held_to(0.5, "x.txt"),
    ):
        _spin()
    with held_to(0.5, "x.txt"):
        time.sleep(0.6)  # waiting takes none


def test_what_a_text_asks_for_is_held_to_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runs.limits.memory_watched", partial(memory_watched, 700 * MEGABYTE))
    with (
        pytest.raises(PageTooLarge, match=r"x\.txt: its text asks for too much memory"),
        held_to(60, "x.txt"),
    ):
        _fill(800, 5)


def test_what_was_held_before_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runs.limits.memory_watched", partial(memory_watched, 300 * MEGABYTE))
    before = [b"\1" * MEGABYTE for _ in range(500)]
    with held_to(60, "x.txt"):
        _fill(100, 1)
    assert len(before) == 500
