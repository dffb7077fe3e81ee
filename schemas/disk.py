"""The operating system: files for their owner only, whole or not there at all.

What it refuses as errors; signals, and memory given back.
"""

from __future__ import annotations

import errno
import os
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from schemas.errors import DiskFull, FileTrouble, NoMemory, PipelineError

_LEAST = 2**30  # bytes of addresses without which no run ends well


def write_bytes(path: Path, content: bytes) -> None:
    """Put ``content`` into ``path`` by way of a synced temporary file beside it.

    Folders are made 0700, the file 0600.
    """
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A binary file to write that becomes ``path`` when the block ends well and leaves no trace
    when it does not.
    """
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        with open(temporary, "xb", opener=_owner_only) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            # what goes wrong with an open file names none
            error.filename = error.filename or str(path)
        raise
    finally:
        temporary.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make ``path`` and the folders above it that are missing, for their owner only."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def system_error(error: OSError | MemoryError, command: str) -> PipelineError:
    """What the operating system said as an error of ours.

    Where it names no file, the command says where.
    """
    if isinstance(error, MemoryError) or error.errno == errno.ENOMEM:
        return NoMemory(
            "there is too little memory",
            command,
            "make memory free, or lower extract.jobs in params.yaml; run again",
        )
    place = str(error.filename or command)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(
            "the disk is full, or no file may be so large",
            place,
            "make room and run again; what was published before is whole",
        )
    if error.errno is None and "AF_UNIX" in str(
        error
    ):  # multiprocessing's word for it: its sockets stand there
        return FileTrouble(
            "the name of the folder for temporary files is too long",
            tempfile.gettempdir(),
            "set TMPDIR to a shorter one",
        )
    return FileTrouble(
        (error.strerror or "a file could not be read or written").lower(),
        place,
        "look at the file and its permissions",
    )


def check_memory() -> None:
    """Raise NoMemory where a process may have less than a run ever needs.

    Below that libraries do not fail, they fall.
    """
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY and most < _LEAST:
        what = (
            f"there is too little memory: a process may have {most // 2**20} MB of addresses, and "
            f"a run takes {_LEAST // 2**20}"
        )
        raise NoMemory(what, "this machine", "raise the limit (ulimit -v), and run again")
