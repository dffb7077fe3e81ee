"""Work in processes of their own, which end with the run whatever ends it: pages read at once, and leave no picture behind."""

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
from runs.processes import _begin, _context, _end, _in_time
from schemas.errors import BadDestination, ToolDied
from schemas.own_folders import make_own, remove_own

_AHEAD = 4  # tasks for each process that may be done or waiting before the first is taken
_Page = TypeVar("_Page")


@contextmanager
def picture_folder(work: Path) -> Iterator[Path]:
    """The folder for a run's temporary pictures, below ``work`` and for its owner only; gone after the block, also on SIGTERM.

    The caller holds the document's lock: what a killed run left there is cleared first.
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
    """What ``read`` makes of each task, in order, by ``jobs`` processes; a task may take at most ``seconds`` for each of its pages.

    The processes start anew, so that they share no state with this one, and put temporary files into ``folder``. Only a few results wait
    to be taken. ``meanwhile`` is done here once they are at work.
    """
    if not tasks:
        return
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_begin, initargs=(folder,))
    waiting: deque[tuple[Task, Future[list[_Page]]]] = deque()
    left = iter(tasks)

    def hand_out(count: int) -> None:
        for task in islice(left, count):
            waiting.append(
                (task, pool.submit(_in_time, partial(read, task), seconds * len(task.page_nos)))
            )

    try:
        hand_out(_AHEAD * jobs)
        meanwhile()
        while waiting:
            yield _result(*waiting.popleft())
            hand_out(1)
        pool.shutdown()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        _end(set(multiprocessing.active_children()) - others)


def _result(task: Task, future: Future[list[_Page]]) -> list[_Page]:
    try:
        return future.result()
    except BrokenProcessPool as error:
        remedy = "look at the page; make memory free, or lower extract.jobs; run again"
        raise ToolDied(
            "a process that was reading was killed, or took too long",
            f"page {task.page_nos[0]} or one of the next",
            remedy,
        ) from error


def _stop(signal_no: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signal_no)


def _handle(signal_no: signal.Signals, handler: signal._HANDLER) -> signal._HANDLER:
    """Set a handler where this thread may; the one before."""
    try:
        return signal.signal(signal_no, handler)
    except ValueError:  # not the main thread
        return handler
