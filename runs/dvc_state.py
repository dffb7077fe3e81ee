"""DVC's own files, which a kill can leave half written.

They are looked at before DVC fails on them, so that the message can say what to do.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import yaml

from schemas.errors import DamagedLock

_LARGE = 500_000  # bytes of a record that is not read to its end: that would take seconds
_A_MOMENT = 0.3  # seconds in which another DVC ends to write


def check_dvc(project: Path) -> None:
    """Raise DamagedLock where dvc.lock, or DVC's list of readers and writers, is empty or damaged.

    They may be missing.
    """
    lock = project / "dvc.lock"
    if lock.exists() and not _is_record(lock):
        what = "DVC's record of what was made is empty or damaged, as a kill can leave it"
        raise DamagedLock(
            what,
            "dvc.lock",
            "run `git checkout dvc.lock`; what is published is not touched by this",
        )
    users = project / ".dvc" / "tmp" / "rwlock"
    if users.exists() and not _is_list(users):
        time.sleep(_A_MOMENT)
        if users.exists() and not _is_list(users):
            what = "DVC's list of who is at work is empty or damaged, as a kill can leave it"
            raise DamagedLock(
                what, ".dvc/tmp/rwlock", "remove the file when no other DVC is at work here"
            )


def _is_record(path: Path) -> bool:
    """Whether this is a whole dvc.lock: its version and its stages, to the last line."""
    try:
        text = path.read_text(encoding="utf-8")
        if len(text) > _LARGE:
            return text.startswith("schema:") and text.endswith("\n")
        found = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe loaders both
    except (UnicodeDecodeError, yaml.YAMLError):
        return False
    return (
        text.endswith("\n")
        and isinstance(found, dict)
        and "schema" in found
        and isinstance(found.get("stages", {}), dict)
    )


def _is_list(path: Path) -> bool:
    try:
        return isinstance(json.loads(path.read_text(encoding="utf-8")), dict)
    except FileNotFoundError:
        return True
    except ValueError:
        return False
