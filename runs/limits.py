"""Limits of memory and time for a run, whatever a document's file asks for.

The limit of memory holds for all processes of a run together.
"""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from schemas.errors import PageTooLarge

MOST_TOGETHER = 1_000_000_000  # bytes; what is taken between two looks comes on top
_STEP = 0.2  # seconds between two looks
_SLOW = 2.0  # seconds between two slow looks, which cost some tens of milliseconds
_LIMIT = signal.SIGVTALRM
_LITTLE = 2 * 10**9  # bytes of addresses
_Found = TypeVar("_Found")
_PAGE = os.sysconf("SC_PAGESIZE")


class MemoryWatch:
    """Watches this process and those below it; kills the largest when together they take too much.

    ``killed`` holds the numbers of those that it killed, so that an error can say why they ended.
    What a process held before is not counted: a notebook or a server may be large already.
    """

    def __init__(self, most: int) -> None:
        self.killed: set[int] = set()
        self._before = {pid: _share(pid) for pid in _all()}
        self._most, self._done = most, threading.Event()
        self._quiet, self._looked = most, 0.0

    def look_until_done(self) -> None:
        """Look again and again until ``stop``."""
        while not self._done.wait(_STEP):
            self._look()

    def stop(self) -> None:
        """End looking."""
        self._done.set()

    def _look(self) -> None:
        """Measure once, and act if the limit is passed.

        Processes share pages of memory, which a quick sum counts for each process. Only where it
        may pass the limit are they measured exactly, which is slow; what that leaves free may be
        added to the quick sum before the next. Pages that processes cease to share are seen
        after ``_SLOW`` seconds.
        """
        pids = _all()
        quick, now = sum(map(_resident, pids)), time.monotonic()
        if quick <= self._most or (quick <= self._quiet and now < self._looked + _SLOW):
            return
        taken = {pid: _share(pid) - self._before.get(pid, 0) for pid in pids}
        free = self._most - sum(taken.values())
        self._quiet, self._looked = quick + free, now
        if free < 0:
            largest, *others = sorted(taken, key=taken.__getitem__, reverse=True)
            if largest == os.getpid():
                self._stop_this(others[0] if others else 0)
            else:
                self._kill(largest)

    def _stop_this(self, next_largest: int) -> None:
        """Raise an error in this process where it waits for that (`held_to`), else kill the next
        largest.
        """
        if signal.getsignal(_LIMIT) not in (signal.SIG_DFL, None):
            self.killed.add(os.getpid())
            os.kill(os.getpid(), _LIMIT)
        elif next_largest:
            self._kill(next_largest)

    def _kill(self, pid: int) -> None:
        self.killed.add(pid)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextmanager
def memory_watched(most: int = MOST_TOGETHER) -> Iterator[MemoryWatch]:
    """Let the block, with all processes of this run, take ``most`` bytes more than they held
    before.
    """
    watch = MemoryWatch(most)
    room, _ = resource.getrlimit(resource.RLIMIT_AS)
    if room != resource.RLIM_INFINITY and room < _LITTLE:
        # each process is held to less; and where a thread cannot begin, Python waits for it without
        # end
        yield watch
        return
    thread = threading.Thread(target=watch.look_until_done, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        watch.stop()
        thread.join()


@contextmanager
def held_to(seconds: float, where: str) -> Iterator[None]:
    """Limit the block to so many seconds of processor time, and all processes to their memory.

    Raises PageTooLarge. It guards work whose size the document's text decides. Only the main thread
    can be limited; in other threads, which get no signals, the block runs without limits.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with memory_watched() as watch:

        def stop(*_: object) -> NoReturn:
            much = "memory" if watch.killed else f"time, more than {seconds:g} s of a processor"
            raise PageTooLarge(
                f"its text asks for too much {much}", where, "look at the file: is it a programme?"
            )

        before = signal.signal(_LIMIT, stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(_LIMIT, before)


def _all() -> list[int]:
    """The numbers of this process and those below it."""
    return [os.getpid(), *_below(os.getpid())]


def _below(pid: int) -> Iterator[int]:
    """The processes that a process began, and theirs."""
    threads: list[str] = []
    for thread in _read(partial(os.listdir, f"/proc/{pid}/task"), threads):
        for child in _read(Path(f"/proc/{pid}/task/{thread}/children").read_text, "").split():
            yield int(child)
            yield from _below(int(child))


def _resident(pid: int) -> int:
    """The bytes of memory that a process takes, shared ones too."""
    return int(_read(Path(f"/proc/{pid}/statm").read_text, "0 0").split()[1]) * _PAGE


def _share(pid: int) -> int:
    """The bytes of memory that a process takes, its part of those that it shares."""
    for line in _read(Path(f"/proc/{pid}/smaps_rollup").read_text, "").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return _resident(pid)


def _read(read: Callable[[], _Found], otherwise: _Found) -> _Found:
    """What is read of a process; it may have ended meanwhile."""
    try:
        return read()
    except OSError:
        return otherwise
