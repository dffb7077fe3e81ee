"""The command line in a process of its own, begun from one that has loaded what it needs: with
limits of time and memory, and with what may go wrong.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil

import pipeline
from extract import reading_processes
from runs import processes
from runs.boundary import keep_terminal
from runs.signals import hear_signals

_CONTEXT = multiprocessing.get_context("forkserver")
_LOADED = [
    "extract.read_pages",
    "extract.stage",
    "normalize.rows.stage",
    "normalize.repair.stage",
    "normalize.tables.stage",
    "publish.stage",
    "audit.review",
    "tests.hostile.command",
]


@dataclass(frozen=True)
class Circumstances:
    """What a command meets: folders of programs, the most bytes of a file, after how many synced
    files the disk is full, the most bytes of memory, the umask, the seconds that it may take;
    ``own_server``: its helpers begin as in a shell, which costs seconds.
    """

    path: str | None = None
    most_bytes: int | None = None
    full_after: int | None = None
    memory: int = 3 * 2**30
    umask: int = 0o022
    seconds: float = 60.0
    own_server: bool = False


USUAL = Circumstances()


@dataclass(frozen=True)
class Got:
    """How a command ended: its exit code (minus a signal's number where one killed it) and what it
    said.
    """

    code: int
    said: str


class Command:
    """One command under way; it leads a session of its own."""

    def __init__(self, argv: Sequence[str], project: Path, tmp: Path, met: Circumstances) -> None:
        _CONTEXT.set_forkserver_preload([*_LOADED, "tests.hostile.loaded"])
        handle, name = tempfile.mkstemp(prefix="said-")
        os.close(handle)
        self._said, self._seconds = Path(name), met.seconds
        self._process: BaseProcess = _CONTEXT.Process(
            target=_act, args=(tuple(argv), project, tmp, self._said, met)
        )
        self._process.start()

    @property
    def session(self) -> int:
        """The number of its process, and of the session that all of its processes are in."""
        assert self._process.pid is not None
        return self._process.pid

    def send(self, signal_no: signal.Signals) -> None:
        """Send its first process a signal, where it is still there."""
        with suppress(ProcessLookupError):
            os.kill(self.session, signal_no)

    def processes(self) -> list[int]:
        """Its processes that are still there."""
        return [
            pid
            for pid in psutil.pids()
            if _session_of(pid) == self.session
            and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
        ]

    def wait(self, seconds: float | None = None) -> Got:
        """What it got; a command that takes too long is killed with all that it began."""
        self._process.join(self._seconds if seconds is None else seconds)
        late = self._process.is_alive()
        if late:
            self.kill()
        code = self._process.exitcode
        assert code is not None
        said = self._said.read_text(encoding="utf-8", errors="replace")
        self._said.unlink()
        return Got(code, f"{said}took more than {self._seconds:g} s\n" if late else said)

    def kill(self) -> None:
        """Kill it with all that it began."""
        for pid in {self.session, *self.processes()}:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.join()


def until(seen: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something is seen; raises TimeoutError."""
    end = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.002)


def _session_of(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return -1


def _act(argv: Sequence[str], project: Path, tmp: Path, said: Path, met: Circumstances) -> None:
    """What the process does: set itself up as a shell would, then the command line."""
    for name in _LOADED:  # also where the server was begun by another test, which asked for less
        import_module(name)
    os.setsid()
    with said.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.umask(met.umask)
    os.environ["TMPDIR"], tempfile.tempdir = str(tmp), None
    vars(multiprocessing.current_process())["_config"].pop("tempdir", None)  # the tests' own
    if met.path is not None:
        os.environ["PATH"] = met.path
    resource.setrlimit(resource.RLIMIT_AS, (met.memory, met.memory))
    if met.most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (met.most_bytes, met.most_bytes))
    if met.full_after is not None:
        _fill_disk(met.full_after)
    if not met.own_server:
        for module in (processes, reading_processes):
            vars(module)["_context"] = lambda: multiprocessing.get_context("fork")
    pipeline.PROJECT = project
    os.chdir(project)
    # ignored where a script began the tests in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)
    keep_terminal()
    hear_signals()
    sys.exit(pipeline.main(argv))


def _fill_disk(after: int) -> None:
    """Let the disk be full after so many files: no more can be synced, as where the space runs out
    between writing and syncing.
    """
    sync, left = os.fsync, after

    def full(handle: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(handle)

    vars(os)["fsync"] = full
