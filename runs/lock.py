"""One run at a time for each document."""

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
    work: Path, patience: float = 0.0, doing: str = "another run is at work"
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


def _lock(handle: int, work: Path, until: float, doing: str) -> None:
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                what = f"{doing} on this document"
                raise Busy(what, str(work), "wait until it ends, then run again") from error
            time.sleep(_A_LOOK)
