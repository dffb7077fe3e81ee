"""Where the commands of an archive run: on this machine, or on a Dask cluster."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from schemas.errors import ToolMissing

_ANSWER = 10.0  # seconds in which a scheduler must answer
_RETRIES = 3  # times that a document is tried again when its worker dies
# Dask sets it for its workers; a run that inherits it takes a twentieth longer
_UNTRIMMED = ("env", "-u", "MALLOC_TRIM_THRESHOLD_")
_QUIET: dict[str, Any] = {
    "stdin": subprocess.DEVNULL,
    "stdout": subprocess.PIPE,
    "stderr": subprocess.PIPE,
    "text": True,
    "errors": "replace",
}
Submit = Callable[[list[str]], Future[subprocess.CompletedProcess[str]]]


@contextmanager
def submitter(scheduler: str, jobs: int) -> Iterator[Submit]:
    """A function that takes commands to be run.

    Without a scheduler ``jobs`` of them run at once here; else the workers of a Dask scheduler run
    them, which need nothing but Python's own library.
    """
    if scheduler:
        with _client(scheduler) as client:
            pool = client.get_executor(pure=False, retries=_RETRIES)
            yield lambda command: pool.submit(subprocess.run, [*_UNTRIMMED, *command], **_QUIET)
        return
    running: list[subprocess.Popen[str]] = []
    with ThreadPoolExecutor(jobs) as threads:
        try:
            yield lambda command: threads.submit(_run_here, command, running)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()
            raise


def _run_here(
    command: list[str], running: list[subprocess.Popen[str]]
) -> subprocess.CompletedProcess[str]:
    """``subprocess.run`` for a command that can be ended from outside."""
    process = subprocess.Popen(command, **_QUIET)
    running.append(process)
    told, said = process.communicate()
    return subprocess.CompletedProcess(command, process.returncode, told, said)


def _client(scheduler: str) -> Any:
    """A client of the owner's own cluster."""
    try:
        from distributed import Client  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise ToolMissing(
            "Dask is not installed",
            "this machine",
            "install the package distributed, or leave --scheduler out",
        ) from error
    try:
        return Client(scheduler, timeout=_ANSWER)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ToolMissing(
            "no scheduler answers",
            scheduler,
            "start `dask scheduler` and its workers, and give its address",
        ) from error
