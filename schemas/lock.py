"""One run at a time for each document."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import Busy
from schemas.files import make_folder


@contextmanager
def only_run(work: Path) -> Iterator[None]:
    """Hold the lock of a document's work folder; raises Busy where another run has it. A killed run's lock goes with it."""
    make_folder(work)
    handle = os.open(work / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Busy("another run is at work on this document", str(work), "wait until it ends, then run again") from error
    finally:
        os.close(handle)
