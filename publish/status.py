"""The documents of a project or of a folder: which version is published, and what is left to do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from publish.told import rows_by_kind
from schemas.disk import check_folder, file_hash, read_json
from schemas.errors import DamagedTable
from schemas.project.provenance import read_provenance
from schemas.publication import FAILED, REFUSED, document_of, is_whole, read_description
from schemas.settings import Params

_SHOWN = 8  # letters of a file's hash that a person compares
_HEAD = ("document", "version", "made on", "tables", "doubts", "state", "folder")
_NONE = "-"


@dataclass(frozen=True)
class Status:
    """One document: ``version`` is the beginning of its file's SHA-256, ``made_on`` the day of its
    tables, ``doubts`` the cells in review; of tables that were refused where ``state`` says so.
    ``damaged`` is what has a file missing, or another than its hash: the next run makes it anew.
    ``error`` is what the last try ended with, if it failed.
    """

    document: str
    version: str
    made_on: str
    tables: dict[str, int] = field(default_factory=dict)
    doubts: int | None = None
    state: str = "not made yet"
    folder: str = ""
    error: str = ""


def of_project(project: Path, params: Params) -> list[Status]:
    """The listed documents of a project, in the order of params.yaml."""
    return [
        _status(document, project / "out" / document, project / "raw" / name)
        for document, name in params.documents.items()
    ]


def of_folder(folder: Path) -> list[Status]:
    """What is published right below a folder, by name; raises FileTrouble where there is none."""
    check_folder(folder)
    found = [(document_of(below), below) for below in sorted(folder.glob("*"))]
    return [_status(document, below, None) for document, below in found if document is not None]


def _status(document: str, out: Path, source: Path | None) -> Status:
    """One document as it stands; ``source`` is its file, where that is known."""
    refused = (out / REFUSED / "reasons.json").is_file()
    tables = out / REFUSED if refused else out
    described = read_description(tables)
    error, failed = _last_failure(out, tables)
    now = _hash(source)
    if described is None:
        state = "damaged" if document_of(out) == document else failed or "not made yet"
        return Status(document, now[:_SHOWN], "", state=state, folder=_short(out), error=error)
    state = "refused" if refused else "published"
    if not is_whole(tables):
        state = f"{state}, damaged"
    if now not in ("", described.source):
        state = f"{state}, of version {described.source[:_SHOWN]}"
    if failed:
        state = f"{state}, then {failed}"
    made = read_provenance(tables)
    counts, doubts = rows_by_kind(tables)
    version = (now or described.source)[:_SHOWN]
    day = "" if made is None else made.made[:10]
    return Status(document, version, day, counts, doubts, state, _short(tables), error)


def _last_failure(out: Path, tables: Path) -> tuple[str, str]:
    """The error that the last try at a document ended with, and that it failed; empty texts where
    it did not, or where DVC has put tables there since, out of its cache.
    """
    note = out.parent / "work" / out.name / FAILED
    try:
        noted, made = read_json(note, dict), tables / "datapackage.json"
    except DamagedTable:
        return "", ""
    if made.exists() and made.stat().st_mtime_ns > note.stat().st_mtime_ns:
        return "", ""
    return str(noted.get("error", "")), f"failed ({noted.get('exit_code')})"


def _short(folder: Path) -> str:
    """A folder as seen from the current one, where it lies below that."""
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)


def _hash(source: Path | None) -> str:
    return file_hash(source) if source is not None and source.is_file() else ""


def to_json(found: Sequence[Status]) -> str:
    """The documents as a JSON list of objects with the fields of ``Status``."""
    return json.dumps([asdict(status) for status in found], ensure_ascii=False, indent=1)


def to_text(found: Sequence[Status]) -> str:
    """The documents as a table, a line each, and below it why the last try at one failed."""
    if not found:
        return "no documents"
    rows = [_HEAD, *(_line(status) for status in found)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    table = ["  ".join(_padded(row, widths)).rstrip() for row in rows]
    why = [f"{status.document} failed: {status.error}" for status in found if status.error]
    return "\n".join([*table, *why])


def _line(status: Status) -> tuple[str, ...]:
    tables = ", ".join(f"{rows} {kind}" for kind, rows in status.tables.items())
    doubts = "" if status.doubts is None else str(status.doubts)
    cells: tuple[Any, ...] = (
        status.document,
        status.version,
        status.made_on,
        tables,
        doubts,
        status.state,
        status.folder,
    )
    return tuple(cell or _NONE for cell in cells)


def _padded(row: Iterable[str], widths: Sequence[int]) -> list[str]:
    return [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
