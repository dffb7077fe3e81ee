"""A published folder as it was at a git revision, brought back through DVC's cache; the one place that runs git and DVC."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import yaml

from audit.columns import shown
from audit.errors import NoSuchRevision
from audit.folder import Published, load_folder
from schemas.checking import row_ids
from schemas.files import read
from schemas.published import TABLES

_SECONDS = 300
_LOCK = "dvc.lock"


@dataclass(frozen=True)
class Version:
    """One published state of a folder: the newest commit that has it, its date and the hash of its content."""

    commit: str
    date: str
    content: str


@contextmanager
def opened(place: str) -> Iterator[Published]:
    """A published document from a folder, or from ``REV:folder``; raises DamagedTable or NoSuchRevision."""
    revision, colon, path = place.partition(":")
    if not colon or Path(place).exists():
        yield load_folder(Path(place))
        return
    with TemporaryDirectory(prefix="audit-") as temporary:
        target = Path(temporary, "folder")
        fetch(revision, path.rstrip("/"), target)
        yield load_folder(target, f"{Path(path).name} at {revision}")


def fetch(revision: str, path: str, target: Path) -> None:
    """Put the folder or file ``path`` of this repository, as it was at ``revision``, into ``target``."""
    command = [sys.executable, "-m", "dvc", "get", ".", path, "--rev", revision, "--out", str(target)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoSuchRevision("DVC did not answer", f"{revision}:{path}", "try again") from error
    if done.returncode != 0 or not target.exists():
        said = done.stderr.strip().splitlines()
        reason = next((line.removeprefix("ERROR: ") for line in said if line.startswith("ERROR: ")), "DVC gave no reason")
        hint = "look at `git log` for the revision, and at `dvc cache dir` for what is kept"
        raise NoSuchRevision(f"cannot be brought back ({reason})", f"{revision}:{path}", hint)


def versions(path: str, most: int = 20) -> list[Version]:
    """The published states of a folder that git knows of, newest first; none outside a repository."""
    found: dict[str, Version] = {}
    for line in _git(["log", f"-{most}", "--format=%H %cs", "--", _LOCK]):
        commit, date = line.split(" ")
        content = _content_of(path, _git(["show", f"{commit}:{_LOCK}"]))
        if content and content not in found:
            found[content] = Version(commit, date, content)
    return list(found.values())


def history(folder: str, table: str, row_id: str, column: str) -> list[tuple[str, str, str]]:
    """(commit, date, value) of a cell in each published state of a folder, newest first, the states in which it did not change left out."""
    found: list[tuple[str, str, str]] = []
    with TemporaryDirectory(prefix="audit-") as temporary:
        for number, version in enumerate(versions(folder)):
            target = Path(temporary, f"{number}.parquet")
            fetch(version.commit, f"{folder}/{table}.parquet", target)
            value = _value_in(read(TABLES[table], target), table, row_id, column)
            if found and found[-1][2] == value:
                found.pop()  # an older commit had it already
            found.append((version.commit, version.date, value))
    return found


def _value_in(frame: pd.DataFrame, table: str, row_id: str, column: str) -> str:
    ids = row_ids(TABLES[table], frame)
    return shown(frame[column].tolist()[ids.index(row_id)]) if row_id in ids else "(no such row)"


def _content_of(path: str, lock: Sequence[str]) -> str:
    """The hash of a folder in the lines of a dvc.lock, empty where it is not there."""
    stages = (yaml.safe_load("\n".join(lock)) or {}).get("stages", {})
    outs = [out for stage in stages.values() for out in stage.get("outs", [])]
    return next((str(out.get("md5", "")) for out in outs if out["path"] == path), "")


def _git(arguments: Sequence[str]) -> list[str]:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []
