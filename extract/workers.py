"""Work in processes of their own, which end with the run whatever ends it: pages read at once, and leave no picture behind."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from multiprocessing import forkserver
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TypeVar

from extract.tasks import Task
from schemas.errors import BadDestination, ToolDied
from schemas.own_folders import make_own, remove_own
from schemas.system import collect_rarely

MOST_MEMORY = 4 * 2**30  # bytes that one process may ask for: a page of A1 takes under one
_AHEAD = 4  # tasks for each process that may be done or waiting before the first is taken
_PDEATHSIG = 1  # linux/prctl.h
_Page = TypeVar("_Page")
_Made = TypeVar("_Made")
Submit = Callable[..., Callable[[], Any]]


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


@contextmanager
def helper(most_memory: int = MOST_MEMORY) -> Iterator[Submit]:
    """A process that works beside this one while the block runs, on one thing after another; it may ask for ``most_memory`` bytes.

    What is submitted to it is a function and its arguments; what that gives waits until it is there, and raises what went wrong.
    """
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(1, mp_context=_context(), initializer=_begin, initargs=(None, most_memory))

    def submit(function: Callable[..., Any], *arguments: object) -> Callable[[], Any]:
        with _broken_told():
            future = pool.submit(function, *arguments)
        return partial(_wait_for, future)

    try:
        yield submit
        pool.shutdown()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        _end(set(multiprocessing.active_children()) - others)


def in_turn(function: Callable[..., Any], *arguments: object, most_memory: int = MOST_MEMORY) -> Callable[[], Any]:
    """``Submit`` for what is long: each thing is done at once in a process of its own, and what that took is the system's again."""
    with helper(most_memory) as submit:
        return partial(_same, submit(function, *arguments)())


def _same(made: _Made) -> _Made:
    return made


def _wait_for(future: Future[_Made]) -> _Made:
    with _broken_told():
        return future.result()


@contextmanager
def _broken_told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise ToolDied("a process of this run was killed", "this run", "make memory free, and run again") from error


def apart(
    function: Callable[..., _Made], *arguments: object, seconds: float, meanwhile: Iterable[Callable[[], object]] = ()
) -> _Made | None:
    """What ``function`` gives in a process of its own; None where that asks for too much memory, dies, or takes more than ``seconds``.

    Of ``meanwhile`` one thing after another is done here as long as that process is at work.
    """
    with ProcessPoolExecutor(1, mp_context=_context(), initializer=_begin) as pool:
        made = pool.submit(_in_time, partial(function, *arguments), seconds)
        for act in meanwhile:
            if made.done():
                break
            act()
        try:
            return made.result()
        except (BrokenProcessPool, MemoryError):
            return None


def get_ready() -> None:
    """Start the server that begins all processes, which loads what they need while this process loads its own."""
    _context()
    forkserver.ensure_running()


def _context() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["extract.page", "schemas.documents"])  # the second for pipeline.py, which each process loads anew
    return context


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
            waiting.append((task, pool.submit(_in_time, partial(read, task), seconds * len(task.page_nos))))

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
            "a process that was reading was killed, or took too long", f"page {task.page_nos[0]} or one of the next", remedy
        ) from error


def _end(processes: set[multiprocessing.process.BaseProcess]) -> None:
    """End processes that are still there with the programs that they run, and wait for them: their folder is removed next."""
    for process in processes:
        assert process.pid is not None
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    for process in processes:
        process.join()


def _begin(folder: Path | None = None, most_memory: int = MOST_MEMORY) -> None:
    """Set up a new process: its temporary files, its end when the run ends, its limits."""
    if folder is not None:
        tempfile.tempdir = str(folder)
    collect_rarely()
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too and ends its processes
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    threading.Thread(target=_end_after_run, daemon=True).start()
    if most_memory != resource.RLIM_INFINITY:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most_memory if most == resource.RLIM_INFINITY else min(most_memory, most), most))


def end_with_parent() -> None:
    """Have this process asked to end when the one that started it does, however that ends."""
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)


def _end_after_run() -> None:
    """Wait for the end of the run's own process, then end this one with the programs that it runs: a killed run must leave nothing at work.

    The system would not tell: to it the parent is the server that begins all processes, and that ends after them.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.killpg(0, signal.SIGKILL)


def _in_time(work: Callable[[], _Made], seconds: float) -> _Made:
    """What a piece of work gives; the process is killed where it takes longer, for a library that hangs hears nothing else."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _stop(signal_no: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signal_no)


def _handle(signal_no: signal.Signals, handler: signal._HANDLER) -> signal._HANDLER:
    """Set a handler where this thread may; the one before."""
    try:
        return signal.signal(signal_no, handler)
    except ValueError:  # not the main thread
        return handler
