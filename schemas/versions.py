"""What made the tables, as names and hashes: code, lists, settings, corrections, engines."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from schemas.settings import Settings

PACKAGES = ("extract", "normalize", "schemas")


def versions_of(project: Path, settings: Settings, corrections: Path | None, engines: Mapping[str, str]) -> dict[str, str]:
    """Hashes of what decides the tables' content besides the document, and the engines' versions; equal ones mean equal rules."""
    packages = [project / package for package in PACKAGES]
    return {
        "code": _hash(path for package in packages for path in sorted(package.glob("*.py"))),
        "lists": _hash(path for package in packages for path in sorted(package.glob("*.csv"))),
        "settings": hashlib.sha256(json.dumps(_deciding(settings), sort_keys=True).encode()).hexdigest(),
        "corrections": _hash([] if corrections is None else [corrections]),
        "commit": _commit(project),
        **{f"engine: {name}": version for name, version in sorted(engines.items())},
    }


def _deciding(settings: Settings) -> dict[str, object]:
    """The settings but for those that only decide what is kept for the next run."""
    return {section: values for section, values in asdict(settings).items() if section != "cache"}


def _hash(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        whole.update(f"{path.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _commit(project: Path) -> str:
    """The checkout's commit, or empty where the code stands outside git."""
    try:
        found = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout.strip()
