"""Files on disk, for their owner only and written whole or not at all; the system's errors
as ours.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar
from uuid import uuid4

from schemas.errors import DamagedTable, DiskFull, FileTrouble, NoMemory, PipelineError

_Kind = TypeVar("_Kind")
# what to do about an error that no file is to blame for
_REMEDIES = {
    errno.EMFILE: "raise the limit of open files (ulimit -n), and run again",
    errno.ENFILE: "end other programs, or raise the system's limit of open files; run again",
    errno.EAGAIN: "raise the limit of processes (ulimit -u), and run again",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EROFS: "publish to a folder that can be written to",
}


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` by way of a synced temporary file beside it.

    Folders are made with mode 0700, the file with 0600.
    """
    with replacing(path) as file:
        file.write(content)


def read_json(path: Path, kind: type[_Kind]) -> _Kind:
    """What a stage left for the next as JSON, a ``dict`` or a ``list``.

    Raises DamagedTable where the file is missing, damaged, or holds another kind.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, RecursionError) as error:
        raise _damaged(path) from error
    if not isinstance(found, kind):
        raise _damaged(path)
    return found


def _damaged(path: Path) -> DamagedTable:
    what, remedy = "the file is missing or damaged", "run the stage that makes it: `dvc repro`"
    return DamagedTable(what, str(path), remedy)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder while the block runs: whoever else asks for it waits until then.

    A kill frees it, and nothing is left in it.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A binary file to write to; it becomes ``path`` when the block ends without an error.

    After an error it leaves no trace.
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
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        # a person knows the file by its name; what goes wrong with an open file names none
        if error.filename == os.fspath(temporary) or (full and not error.filename):
            error.filename = str(path)
        raise
    finally:
        temporary.unlink(missing_ok=True)


def check_folder(path: Path) -> None:
    """Raise FileTrouble where there is no folder of that name."""
    if not path.is_dir():
        raise FileTrouble("there is no such folder", str(path), "give a folder that is there")


def make_folder(path: Path) -> None:
    """Make ``path`` and the folders above it that are missing, for their owner only."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def system_error(error: OSError | MemoryError, command: str) -> PipelineError:
    """An error of the operating system as one of ours.

    Where the system names no file, ``command`` says where it happened.
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
    # multiprocessing's word for it: its sockets stand there
    if error.errno is None and "AF_UNIX" in str(error):
        return FileTrouble(
            "the name of the folder for temporary files is too long",
            tempfile.gettempdir(),
            "set TMPDIR to a shorter one",
        )
    remedy = _REMEDIES.get(error.errno or 0, "look at the file and its permissions")
    what = (error.strerror or "a file could not be read or written").lower()
    return FileTrouble(what, place, remedy)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
