"""Folders that a run makes for itself, known by a mark in them.

Only a marked folder is ever removed with what is in it.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from schemas.disk import make_folder

MARK = ".made-by-this-program"


def make_own(folder: Path) -> None:
    """Make a folder, for its owner only, and mark it.

    Raises FileExistsError where something is there already.
    """
    make_folder(folder.parent)
    folder.mkdir(mode=0o700)
    mark_own(folder)


def mark_own(folder: Path) -> None:
    """Say of a folder that it may be removed with all that is in it."""
    (folder / MARK).touch(mode=0o600)


def unmark_own(folder: Path) -> None:
    """Take the mark away: what is in the folder is to stay."""
    (folder / MARK).unlink(missing_ok=True)


def is_own(folder: Path) -> bool:
    """Whether this is a marked folder or an empty one; a link never is.

    Empty ones count because a kill can come between making and marking.
    """
    if folder.is_symlink() or not folder.is_dir():
        return False
    return (folder / MARK).is_file() or is_empty(folder)


def is_empty(folder: Path) -> bool:
    """Whether a folder holds nothing."""
    return next(folder.iterdir(), None) is None


def remove_own(folder: Path) -> bool:
    """Remove a folder if it is our own; whether it was.

    Its mark goes last, so that a kill leaves it marked. Any other folder stays.
    """
    if not is_own(folder):
        return not folder.exists()
    with suppress(OSError):
        for entry in folder.iterdir():
            if entry.name != MARK:
                _remove(entry)
        unmark_own(folder)
        folder.rmdir()
    return not folder.exists()


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        entry.unlink(missing_ok=True)
