"""One run at a time for each document, and one archive for each folder."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.disk import make_folder
from schemas.errors import Busy

_A_LOOK = 0.2  # seconds


@contextmanager
def only_run(
    work: Path, patience: float = 0.0, doing: str = "another run is at work on this document"
) -> Iterator[None]:
    """Hold the lock of a document's work folder.

    Raises Busy where another still has it after ``patience`` seconds; what that one is ``doing`` is
    told. The lock of a killed run is free at once.
    """
    make_folder(work)
    handle = os.open(work / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle, work, time.monotonic() + patience, doing)
        yield
    finally:
        os.close(handle)


@contextmanager
def only_archive(out: Path) -> Iterator[None]:
    """Hold the folder of an archive, in which nothing is left; raises Busy where another does.

    Two would take each other's half-made summaries for what a kill left.
    """
    make_folder(out)
    handle = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _lock(handle, out, 0.0, "another archive is at work on this folder")
        yield
    finally:
        os.close(handle)


def _lock(handle: int, place: Path, until: float, doing: str) -> None:
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise Busy(doing, str(place), "wait until it ends, then run again") from error
            time.sleep(_A_LOOK)
