"""What made the tables, as names and hashes: code, lists, settings, corrections, engines."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from schemas.documents import LEARNED_NAME
from schemas.settings import Settings

PACKAGES = ("extract", "normalize", "schemas", "publish")


def versions_of(
    project: Path, settings: Settings, corrections: Path | None, engines: Mapping[str, str]
) -> dict[str, str]:
    """Hashes of what decides the tables' content besides the document, the commit, the engines'
    versions.

    Equal versions mean equal rules.
    """
    named = {f"engine: {name}": version for name, version in sorted(engines.items())}
    return {**rules_of(project, settings, corrections), "commit": _commit(project), **named}


def rules_of(project: Path, settings: Settings, corrections: Path | None) -> dict[str, str]:
    """Hashes of code, lists, settings and people's decisions."""
    packages = [project / package for package in PACKAGES]
    lists = [path for package in packages for path in sorted(package.rglob("*.csv"))]
    learned = [path for path in [project / "raw" / LEARNED_NAME] if path.exists()]
    return {
        "code": _hash(path for package in packages for path in sorted(package.rglob("*.py"))),
        "lists": _hash([*lists, *learned]),
        "settings": hashlib.sha256(
            json.dumps(_deciding(settings), sort_keys=True).encode()
        ).hexdigest(),
        "corrections": _hash([] if corrections is None else [corrections]),
    }


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _deciding(settings: Settings) -> dict[str, object]:
    """The settings but for those of which nothing that is published depends."""
    values = {section: values for section, values in asdict(settings).items() if section != "cache"}
    return values | {"extract": {"dpi": settings.extract.dpi}}


def _hash(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        whole.update(f"{path.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _commit(project: Path) -> str:
    """The checkout's commit, or empty where the code stands outside git."""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "HEAD"],
            cwd=project,
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout.strip()
