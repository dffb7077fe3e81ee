"""Work in processes of their own, which end with the run whatever ends it."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import forkserver
from pathlib import Path
from resource import RLIM_INFINITY
from typing import Any, TypeVar

from runs.limits import memory_watched
from runs.memory import collect_rarely
from schemas.errors import ToolDied

# bytes that a process may ask for which looks at a file of others: a page of A4 takes 0.4 GB with
# all engines
MOST_DATA = 2**30
MOST_MEMORY = 4 * 2**30  # bytes of addresses that one process may ask for
_PDEATHSIG = 1  # linux/prctl.h
_Made = TypeVar("_Made")
Submit = Callable[..., Callable[[], Any]]


@contextmanager
def helper(most_memory: int = MOST_MEMORY) -> Iterator[Submit]:
    """A process that works beside this one while the block runs, on one thing after another.

    A function and its arguments are submitted to it; what comes back, when called, waits for the
    result or raises the error. The process may take ``most_memory`` bytes.
    """
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        1, mp_context=_context(), initializer=_begin, initargs=(None, most_memory, RLIM_INFINITY)
    )

    def submit(function: Callable[..., Any], *arguments: object) -> Callable[[], Any]:
        with _broken_told():
            future = pool.submit(function, *arguments)
        return partial(_wait_for, future)

    try:
        with memory_watched():
            yield submit
            pool.shutdown()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        _end(set(multiprocessing.active_children()) - others)


def in_turn(
    function: Callable[..., Any], *arguments: object, most_memory: int = MOST_MEMORY
) -> Callable[[], Any]:
    """``Submit`` for long work: each call is done at once, in a process of its own.

    When the process ends, all its memory is the system's again.
    """
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
        raise ToolDied(
            "a process of this run was killed", "this run", "make memory free, and run again"
        ) from error


def apart(
    function: Callable[..., _Made],
    *arguments: object,
    seconds: float,
    meanwhile: Iterable[Callable[[], object]] = (),
) -> _Made | None:
    """Call ``function`` in a process of its own, and wait for what it returns.

    None where it asks for too much memory, dies, or takes more than ``seconds``. While it is at
    work the calls of ``meanwhile`` are made here, one after another.
    """
    with (
        memory_watched(),
        ProcessPoolExecutor(1, mp_context=_context(), initializer=_begin) as pool,
    ):
        made = pool.submit(_in_time, partial(function, *arguments), seconds)
        for act in meanwhile:
            if made.done():
                break
            act()
        try:
            return made.result()
        except (BrokenProcessPool, MemoryError):
            return None


def get_ready(modules: Sequence[str]) -> None:
    """Start the server process from which all others are forked.

    It loads ``modules`` while this process loads its own.
    """
    preload(modules)
    _start_server()


def preload(modules: Sequence[str]) -> None:
    """Name, before the first process starts, the modules that the server process loads once for
    all.
    """
    multiprocessing.get_context("forkserver").set_forkserver_preload(list(modules))


def _context() -> multiprocessing.context.ForkServerContext:
    _start_server()
    return multiprocessing.get_context("forkserver")


def _start_server() -> None:
    """Have the server process run, and remove its socket's name from the temporary folder.

    The open socket works without its name, which a killed run would leave behind.
    """
    server, config = (
        vars(forkserver)["_forkserver"],
        vars(multiprocessing.current_process())["_config"],
    )
    folder, before = tempfile.mkdtemp(prefix="pymp-"), config.get("tempdir")
    config["tempdir"] = folder
    try:
        forkserver.ensure_running()
        address = vars(server)["_forkserver_address"]
        if address.startswith(folder):
            vars(server)["_forkserver_address"] = f"/proc/self/fd/{os.open(address, os.O_PATH)}"
    finally:
        config["tempdir"] = before
        shutil.rmtree(folder, ignore_errors=True)


def _end(processes: set[multiprocessing.process.BaseProcess]) -> None:
    """Kill processes that are still there, with the programs that they run, and wait for their end.

    Only then can their folder be removed.
    """
    for process in processes:
        assert process.pid is not None
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    for process in processes:
        process.join()


def _begin(
    folder: Path | None = None, most_memory: int = MOST_MEMORY, most_data: int = MOST_DATA
) -> None:
    """Set up a new process: its temporary files, its end when the run ends, its limits."""
    if folder is not None:
        tempfile.tempdir = str(folder)
    collect_rarely()
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too and ends its processes
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    threading.Thread(target=_end_after_run, daemon=True).start()
    _limit(resource.RLIMIT_AS, most_memory)
    _limit(resource.RLIMIT_DATA, most_data)


def _limit(kind: int, most: int) -> None:
    """Let this process have no more of one kind than ``most``, or than it may have already."""
    if most != RLIM_INFINITY:
        _, before = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if before == RLIM_INFINITY else min(most, before), before))


def end_with_parent() -> None:
    """Have this process asked to end when the one that started it does, however that ends."""
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)


def _end_after_run() -> None:
    """Wait for the end of the run's own process, then end this one with the programs that it runs.

    So a killed run leaves nothing at work. The system would not tell of it: to the system the
    parent of this process is the server process, which ends after those that it started.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.killpg(0, signal.SIGKILL)


def _in_time(work: Callable[[], _Made], seconds: float) -> _Made:
    """What a piece of work returns; the process is killed if that takes longer than ``seconds``.

    A library that hangs reacts to nothing else.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
