"""What is in a published folder: whose it is, whether it is whole, and which files are not ours."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.disk import write_bytes
from schemas.own_folders import MARK, is_empty
from schemas.table_kinds import TABLE_NAMES

SUMS = "SHA256SUMS"
# these two are in no list of hashes, for they tell of the making: the same tables made again, from
# another commit or after another version, are the same publication
PROVENANCE = "provenance.json"
CHANGES = "changes.md"  # in review/
REFUSED = Path("review", "refused")
DATABASE = "tables.sqlite"
FAILED = "failed.json"  # in the work folder: what the last try failed with
_UNLISTED = (SUMS, PROVENANCE, CHANGES, MARK)
_BESIDE = (
    "datapackage.json", "csv-metadata.json", "metrics.json", "tables.xlsx", DATABASE,
    "deadlines.ics", "reasons.json", f"review/{CHANGES}", *_UNLISTED,
)  # fmt: skip
_KNOWN = frozenset(f"{name}.{kind}" for name in TABLE_NAMES for kind in ("csv", "parquet")).union(
    _BESIDE
)
# by desktops, and by programs that have the database open
_DROPPED = re.compile(
    r"\.DS_Store|Thumbs\.db|desktop\.ini|\.directory|\.~lock\..*#|~\$.*|\.nfs[0-9a-f]+"
    r"|tables\.sqlite-(journal|wal|shm)"
)
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")
_MOST = 64 * 2**20  # bytes of a description; ours has some hundred thousand


@dataclass(frozen=True)
class Description:
    """What ``datapackage.json`` says of a publication."""

    document: str
    source: str  # the hash of the document's file
    pages: int
    version: str  # of the contract
    made_with: Mapping[str, str]


def read_description(folder: Path) -> Description | None:
    """The description of a published folder; None where there is none, or it is damaged."""
    package = _read_object(folder / "datapackage.json")
    try:
        (source,) = package["sources"]
        made = package["madeWith"]
        found = Description(
            source["title"], source["sha256"], source["pages"], package["version"], dict(made)
        )
    except (KeyError, TypeError, ValueError):
        return None
    texts = (
        found.document,
        found.source,
        found.version,
        *found.made_with,
        *found.made_with.values(),
    )
    return found if all(type(text) is str for text in texts) and type(found.pages) is int else None


def read_counts(folder: Path) -> tuple[int, float] | None:
    """The number of published tasks, and the share of cells in review.

    None where metrics.json is missing or damaged.
    """
    metrics = _read_object(folder / "metrics.json")
    try:
        tasks, share = metrics["rows"]["tasks"], metrics["review"]["share"]
    except (KeyError, TypeError):
        return None
    fits = type(tasks) is int and type(share) in (int, float) and tasks >= 0 and 0 <= share <= 1
    return (tasks, float(share)) if fits else None


def document_of(folder: Path) -> str | None:
    """The name of the document that a folder is a publication of; None for any other folder or a
    link.

    It is the name in its description or, where that is damaged, in its table ``document``. A folder
    of refused tables alone belongs to that document too.
    """
    if folder.is_symlink() or not folder.is_dir():
        return None
    for place in (folder, folder / REFUSED):
        described = read_description(place)
        name = (
            described.document if described is not None else _named_by_table(place / "document.csv")
        )
        if name is not None:
            return name
    return None


def belongs_to(folder: Path, document: str) -> bool:
    """Whether a folder may be replaced by a new publication of ``document``.

    It must be empty, or a publication of that document with nothing else in it.
    """
    if folder.is_symlink() or not folder.is_dir():
        return False
    return is_empty(folder) or (document_of(folder) == document and not strangers(folder))


def strangers(folder: Path) -> list[str]:
    """The names of files in a published folder that are no part of the publication, sorted."""
    refused = [(REFUSED / name).as_posix() for name in _strange(folder / REFUSED)]
    return [*_strange(folder, REFUSED), *refused]


def _strange(folder: Path, but: Path | None = None) -> list[str]:
    """The files in a folder of tables that its list of hashes does not name.

    Where that list is missing, everything in its ``review`` counts as ours.
    """
    sums = read_sums(folder)
    found = []
    for name, path in _entries(folder):
        below = Path(name)
        ours = name in _KNOWN or (below.parts[0] == "review" if sums is None else name in sums)
        is_plain = path.is_file() or (path.is_symlink() and not path.is_dir())
        if but is not None and below.is_relative_to(but):
            continue
        if not (ours and is_plain) and not _DROPPED.fullmatch(path.name):
            found.append(name)
    return found


def is_whole(folder: Path) -> bool:
    """Whether every file of a publication is there and has the content that was published."""
    sums = read_sums(folder)
    if not sums or not {f"{name}.csv" for name in TABLE_NAMES} <= set(sums):
        return False
    return not damaged_files(folder)


def damaged_files(folder: Path) -> list[str]:
    """The names of files that are missing or have another content than was published; none where
    there is no list of hashes.
    """
    sums = read_sums(folder) or {}
    return [name for name, digest in sums.items() if _hash(folder / name) != digest]


def write_sums(folder: Path) -> None:
    """List the hash of every file of a folder, in the form that ``sha256sum --check`` reads.

    To be called after everything else is written.
    """
    names = sorted(name for name, path in _entries(folder) if path.name not in _UNLISTED)
    lines = [f"{_hash(folder / name)}  {name}\n" for name in names]
    write_bytes(folder / SUMS, "".join(lines).encode("utf-8"))


def read_sums(folder: Path) -> dict[str, str] | None:
    """The hashes that ``write_sums`` wrote, by file name; None where they are missing or
    damaged.
    """
    try:
        text = (folder / SUMS).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    found = [_SUM.fullmatch(line) for line in text.splitlines()]
    if not text.endswith("\n") or None in found:
        return None
    return {
        match[2]: match[1]
        for match in found
        if match is not None and ".." not in Path(match[2]).parts
    }


def _entries(folder: Path) -> Iterator[tuple[str, Path]]:
    """Everything below a folder but real folders, each with its name from there.

    A link to a folder is listed too.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix(), path


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _read_object(path: Path) -> Any:
    """What a JSON file holds; None where it is missing, damaged or far too large for a
    description.
    """
    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            return None
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _named_by_table(path: Path) -> str | None:
    """The document's name in a published table ``document``; None where the file is no
    such table.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            row = next(csv.DictReader(file), None)
    except (OSError, ValueError, csv.Error):
        return None
    is_table = row is not None and {"document", "source_sha256", "contract_version"} <= set(row)
    return row["document"] if is_table and row is not None else None
