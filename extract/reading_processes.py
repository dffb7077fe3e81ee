"""The processes that read pages at once, and the folder of their temporary pictures.

They end with the run, and leave no picture behind.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import NoReturn, TypeVar

from extract.tasks import Task
from runs.limits import MemoryWatch, memory_watched
from runs.processes import _begin, _context, _end, _in_time
from schemas.errors import (
    BadDestination,
    BrokenPage,
    PageTooLarge,
    PipelineError,
    ToolDied,
)
from schemas.own_folders import make_own, remove_own

_GRACE = 10  # seconds: a page may take as long as one run of Tesseract, which says so itself
_CRASHED = (
    signal.SIGABRT,
    signal.SIGSEGV,
    signal.SIGBUS,
    signal.SIGILL,
    signal.SIGTRAP,
    signal.SIGFPE,
)
_AHEAD = 4  # tasks for each process that may be done or waiting before the first is taken
_Page = TypeVar("_Page")
_NOTES: list[Path] = []  # of a process that reads: where it notes the page that it is at


@contextmanager
def picture_folder(work: Path) -> Iterator[Path]:
    """The folder for a run's temporary pictures, below ``work`` and for its owner only.

    It is removed after the block, also on SIGTERM. The caller holds the document's lock: what a
    killed run left there is cleared first.
    """
    folder = work / "pictures"
    if os.path.lexists(folder) and not remove_own(folder):
        what_to_do = "move it: a run's temporary pictures are put there"
        raise BadDestination("this folder was not made by a run", str(folder), what_to_do)
    make_own(folder)
    before = _handle(signal.SIGTERM, _stop)
    try:
        yield folder
    finally:
        remove_own(folder)
        _handle(signal.SIGTERM, before)


def in_processes(
    read: Callable[[Task], list[_Page]],
    tasks: Sequence[Task],
    folder: Path,
    jobs: int,
    seconds: float,
    meanwhile: Callable[[], object] = bool,
) -> Iterator[list[_Page]]:
    """What ``read`` makes of each task, in order, by ``jobs`` processes.

    A task may take ``seconds`` for each of its pages. The processes start anew, so that they share
    no state with this one, and put temporary files into ``folder``. Only a few results wait to be
    taken. ``meanwhile`` is called here once they are at work. Raises an error that names the page
    where one takes more time or memory than it may, or ends its process.
    """
    if not tasks:
        return
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        jobs, mp_context=_context(), initializer=_begin_reading, initargs=(folder,)
    )
    handed_out = (_hand_out(pool, read, task, seconds) for task in tasks)
    with memory_watched() as watch:
        try:
            waiting = deque(islice(handed_out, _AHEAD * jobs))
            processes = set(multiprocessing.active_children()) - others
            meanwhile()
            while waiting:
                task, future = waiting.popleft()
                try:
                    pages = future.result()
                except BrokenProcessPool as error:
                    raise _why_ended(processes, task, folder, seconds, watch) from error
                yield pages
                waiting.extend(islice(handed_out, 1))
            pool.shutdown()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            _end(set(multiprocessing.active_children()) - others)


def _hand_out(
    pool: ProcessPoolExecutor, read: Callable[[Task], list[_Page]], task: Task, seconds: float
) -> tuple[Task, Future[list[_Page]]]:
    """Give a task to the next process that is free; it may take ``seconds`` for each page."""
    most = seconds * len(task.page_nos) + _GRACE
    return task, pool.submit(partial(_in_time, partial(read, task), most))


def _why_ended(
    processes: set[multiprocessing.process.BaseProcess],
    task: Task,
    folder: Path,
    seconds: float,
    watch: MemoryWatch,
) -> PipelineError:
    """The error that says why the reading processes ended.

    It names the page at which one took too much or crashed.
    """
    for process in processes:
        process.join(_GRACE)
        where = _noted(folder, process.pid)
        if process.pid in watch.killed:
            return PageTooLarge(
                "it asks for too much memory",
                where,
                "print the document on A4 pages, scan it at 300 dpi",
            )
        if process.exitcode == -signal.SIGALRM:
            what = f"it takes more than {seconds:g} s"
            return PageTooLarge(
                what, where, "print the document to a new PDF, or raise extract.page_time_limit_s"
            )
        if process.exitcode is not None and -process.exitcode in _CRASHED:
            what = (
                "it asks for too much memory, or a library crashes on it "
                f"({signal.Signals(-process.exitcode).name})"
            )
            return BrokenPage(
                what, where, "scan the page again, or print the document to a new PDF"
            )
    remedy = "look at the page; make memory free, or lower extract.jobs; run again"
    return ToolDied(
        "a process that was reading was killed",
        f"page {task.page_nos[0]} or one of the next",
        remedy,
    )


def _begin_reading(folder: Path) -> None:
    """Set up a new process that reads: what every process has, and where it notes its pages."""
    _begin(folder)
    _NOTES.append(folder)


def note_pages(source: Path, page_nos: Sequence[int]) -> None:
    """Note which pages this process is at, for an error that only others can tell."""
    if _NOTES:
        pages = (
            f"page {page_nos[0]}"
            if len(page_nos) == 1
            else f"pages {page_nos[0]} to {page_nos[-1]}"
        )
        Path(_NOTES[-1], f"{os.getpid()}.at").write_text(
            f"{source.name}, {pages}", encoding="utf-8", errors="surrogateescape"
        )


def _noted(folder: Path, pid: int | None) -> str:
    path = folder / f"{pid}.at"
    return path.read_text(encoding="utf-8", errors="surrogateescape") if path.exists() else "a page"


def _stop(signal_no: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signal_no)


def _handle(signal_no: signal.Signals, handler: signal._HANDLER) -> signal._HANDLER:
    """Set a handler where this thread may; the one before."""
    try:
        return signal.signal(signal_no, handler)
    except ValueError:  # not the main thread
        return handler
