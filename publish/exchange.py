"""Put a whole folder in the place of another at once, so that a reader, also after a kill, finds the old one or the new one."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from schemas.disk import make_folder

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
_NOT_HERE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """An empty folder beside ``folder`` that takes its place when the block ends well and is removed when it does not.

    What an earlier, killed run left behind is cleared first; the caller holds the document's lock.
    """
    make_folder(folder.parent)
    _clear_leavings(folder)
    fresh = folder.with_name(f".{folder.name}.new-{uuid4().hex[:8]}")
    try:
        fresh.mkdir(mode=0o700)  # here and not above: a signal can come at any moment
        yield fresh
        _sync(fresh)
        _put_in_place(fresh, folder)
        _sync(folder.parent)
    finally:
        # the half-made new folder, or the old one after the exchange
        shutil.rmtree(fresh, ignore_errors=True)


def _put_in_place(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchange(fresh, folder):
        # Filesystems without an exchange (some network ones): for a moment nothing stands there,
        # and _clear_leavings mends a kill then.
        old = folder.with_name(f".{folder.name}.old")
        folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step of the kernel's; False where it cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_HERE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _clear_leavings(folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in [*folder.parent.glob(f".{folder.name}.new-????????"), old]:
        shutil.rmtree(left, ignore_errors=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
