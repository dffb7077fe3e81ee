"""A published folder as it was at a git revision, brought back through DVC's cache.

No other module of this package runs git or DVC.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from audit.comparison.rows import match_rows
from audit.published.columns import shown
from audit.published.folder import Published, Row, load_folder, to_rows
from schemas.errors import NoSuchRevision
from schemas.files import read
from schemas.published import TABLES

NOT_KEPT = "(not in DVC's cache here)"
_SECONDS = 300
_LOCK = "dvc.lock"


@dataclass(frozen=True)
class Version:
    """One published state of a folder: the newest commit that has it, its date, its
    content's hash.
    """

    commit: str
    date: str
    content: str


@dataclass(frozen=True)
class State:
    """What a cell said at a commit, and under which number its row stood."""

    commit: str
    date: str
    row_id: str
    value: str


@contextmanager
def opened(place: str) -> Iterator[Published]:
    """A published document from a folder, or from ``REV:folder``.

    Raises DamagedTable or NoSuchRevision.
    """
    revision, colon, path = place.partition(":")
    if not colon or Path(place).exists():
        yield load_folder(Path(place))
        return
    with TemporaryDirectory(prefix="audit-") as temporary:
        target = Path(temporary, "folder")
        fetch(revision, path.rstrip("/"), target)
        yield load_folder(target, f"{Path(path).name} at {revision}")


def fetch(revision: str, path: str, target: Path) -> None:
    """Put the folder or file ``path``, as it was at ``revision`` of this repository, into
    ``target``.
    """
    command = [*_dvc(), "get", ".", path, "--rev", revision, "--out", str(target)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoSuchRevision("DVC did not answer", f"{revision}:{path}", "try again") from error
    if done.returncode != 0 or not target.exists():
        said = done.stderr.strip().splitlines()
        reason = next(
            (line.removeprefix("ERROR: ") for line in said if line.startswith("ERROR: ")),
            "DVC gave no reason",
        )
        hint = "look at `git log` for the revision, and at `dvc cache dir` for what is kept"
        raise NoSuchRevision(f"cannot be brought back ({reason})", f"{revision}:{path}", hint)


def _dvc() -> list[str]:
    """DVC as a command: this Python's own, or the one that the system finds."""
    if find_spec("dvc") is not None:
        return [sys.executable, "-m", "dvc"]
    found = shutil.which("dvc")
    if found is None:
        raise NoSuchRevision("DVC is not installed", "this machine", "install the package dvc")
    return [found]


def versions(path: str, most: int = 20) -> list[Version]:
    """The published states of a folder that git knows of, newest first; none outside a
    repository.
    """
    found: dict[str, Version] = {}
    for line in _git(["log", f"-{most}", "--format=%H %cs", "--", _LOCK]):
        commit, date = line.split(" ")
        content = _content_of(path, _git(["show", f"{commit}:{_LOCK}"]))
        if content and content not in found:
            found[content] = Version(commit, date, content)
    return list(found.values())


def history(folder: str, row: Row, column: str) -> list[State]:
    """What a cell said in each published state of a folder, newest first.

    States in which it did not change are left out. Where the row's number changed, the row is
    followed by its text, back to the state that does not have it. Where this machine does not keep
    a state, as in a new clone, the value is NOT_KEPT.
    """
    found: list[State] = []
    newer: Sequence[Row] = [row]
    states = versions(folder)
    kept = _cache() if states else None
    with TemporaryDirectory(prefix="audit-") as temporary:
        for number, version in enumerate(states):
            target = Path(temporary, f"{number}.parquet")
            try:
                _check_kept(version, kept)
                fetch(version.commit, f"{folder}/{row.table}.parquet", target)
            except NoSuchRevision:
                _add(found, State(version.commit, version.date, "", NOT_KEPT))
                continue
            older = to_rows(row.table, read(TABLES[row.table], target))
            partner = next(
                (older[i] for i, j in match_rows(older, newer).pairs if newer[j] == row), None
            )
            if partner is None:
                found.append(State(version.commit, version.date, "", "(no such row)"))
                break
            _add(
                found,
                State(version.commit, version.date, partner.row_id, shown(partner.values[column])),
            )
            row, newer = partner, older
    return found


def _cache() -> Path | None:
    """The folder of DVC's cache here; None where DVC does not tell."""
    try:
        done = subprocess.run(
            [*_dvc(), "cache", "dir"],
            capture_output=True, text=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired, NoSuchRevision):
        return None
    said = done.stdout.strip()
    return Path(said) if done.returncode == 0 and said else None


def _check_kept(version: Version, cache: Path | None) -> None:
    """Raise NoSuchRevision where DVC's cache has no list of a state's files: asking DVC for each
    such state takes a second.
    """
    name = version.content
    if cache is not None and not (cache / "files" / "md5" / name[:2] / name[2:]).exists():
        raise NoSuchRevision("DVC's cache does not have it", version.commit[:10], "dvc pull")


def _add(found: list[State], state: State) -> None:
    """Add an older state to ``found``; where it says the same as the one before, it replaces that.

    The older commit is the one that brought the value.
    """
    if found and (found[-1].row_id, found[-1].value) == (state.row_id, state.value):
        found.pop()
    found.append(state)


def _content_of(path: str, lock: Sequence[str]) -> str:
    """The hash of a folder in the lines of a dvc.lock, empty where it is not there."""
    stages = (yaml.safe_load("\n".join(lock)) or {}).get("stages", {})
    outs = [out for stage in stages.values() for out in stage.get("outs", [])]
    return next((str(out.get("md5", "")) for out in outs if out["path"] == path), "")


def _git(arguments: Sequence[str]) -> list[str]:
    try:
        done = subprocess.run(
            ["git", *arguments], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []
