"""``provenance.json``: when, by which program and from which commit a publication was made.

It stands beside ``datapackage.json`` and not in it, in no list of hashes and not in DVC's: the same
tables made again from another commit are the same publication.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from schemas.disk import file_hash, write_bytes
from schemas.project.own_code import commit, own_version
from schemas.publication import PROVENANCE


@dataclass(frozen=True)
class Provenance:
    """Where a publication comes from; ``datapackage`` is the SHA-256 of the description that it is
    of.
    """

    datapackage: str
    made: str  # UTC, such as 2026-01-31T12:00:00Z
    program: str
    commit: str  # empty where the code stood outside git


def write_provenance(folder: Path) -> None:
    """Say where the tables of a folder come from, whose description is written."""
    made = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    digest = file_hash(folder / "datapackage.json")
    found = Provenance(digest, made, f"programme-tables {own_version()}", commit())
    write_bytes(folder / PROVENANCE, (json.dumps(asdict(found), indent=1) + "\n").encode())


def read_provenance(folder: Path) -> Provenance | None:
    """Where a publication comes from; None where nothing says so, or it is said of other tables.

    DVC brings back the tables of another commit without it.
    """
    try:
        content = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
        found = Provenance(**content)
        return found if found.datapackage == file_hash(folder / "datapackage.json") else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None
