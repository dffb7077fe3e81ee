"""Put a whole folder in the place of another at once.

A reader finds the old folder or the new one at any time, also after a kill.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from schemas.disk import make_folder
from schemas.errors import BadDestination
from schemas.own_folders import is_own, make_own, mark_own, remove_own, unmark_own

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
_NOT_HERE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


@contextmanager
def replacing_folder(folder: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """An empty folder beside ``folder`` that takes its place when the block ends without an error.

    After an error it is removed. ``is_ours`` says of a folder whether it may be removed: where
    something else stands at ``folder``, now or when the block ends, it stays and BadDestination is
    raised. What an earlier, killed run left behind is cleared first; the caller holds the
    document's lock.
    """
    make_folder(folder.parent)
    _clear_leavings(folder, is_ours)
    check_ours(folder, is_ours)
    fresh = folder.with_name(f".{folder.name}.new-{uuid4().hex[:8]}")
    try:
        make_own(fresh)  # here and not above: a signal can come at any moment
        yield fresh
        unmark_own(fresh)
        _sync(fresh)
        _put_in_place(fresh, folder, is_ours)
        _sync(folder.parent)
    finally:
        _remove(fresh, is_ours)  # the half-made new folder, or the old one after the exchange


def _put_in_place(fresh: Path, folder: Path, is_ours: Callable[[Path], bool]) -> None:
    check_ours(folder, is_ours)
    if not os.path.lexists(folder):
        fresh.rename(folder)
    elif not _exchange(fresh, folder):
        # Filesystems without an exchange (some network ones): for a moment nothing stands there,
        # and _clear_leavings mends a kill then.
        old = folder.with_name(f".{folder.name}.old")
        folder.rename(old)
        fresh.rename(folder)
        _remove(old, is_ours)
    elif not is_ours(fresh):  # another program put it there in the last moment
        _exchange(fresh, folder)
        raise _not_ours(folder)


def check_ours(folder: Path, is_ours: Callable[[Path], bool]) -> None:
    """Raise BadDestination where something stands at ``folder`` that may not be removed."""
    if os.path.lexists(folder) and not is_ours(folder):
        raise _not_ours(folder)


def _not_ours(folder: Path) -> BadDestination:
    what = "what stands here was not published by a run for this document"
    return BadDestination(what, str(folder), "move it, or publish elsewhere")


def _remove(folder: Path, is_ours: Callable[[Path], bool]) -> None:
    """Remove a folder that is marked as half-made, or that is ours to replace; any other stays.

    So does one that may not be changed; one that its owner protected is removed all the same.
    """
    if os.path.lexists(folder) and (is_own(folder) or is_ours(folder)):
        with suppress(OSError):
            folder.chmod(0o700)
            mark_own(folder)  # a kill in the middle leaves what the next run can tell
            remove_own(folder)


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


def _clear_leavings(folder: Path, is_ours: Callable[[Path], bool]) -> None:
    old = folder.with_name(f".{folder.name}.old")
    if not os.path.lexists(folder) and old.exists() and is_ours(old):
        old.rename(folder)
    for left in [*folder.parent.glob(f".{folder.name}.new-????????"), old]:
        _remove(left, is_ours)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
