"""What made the tables, as names and hashes: code, lists, settings, corrections, engines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from schemas.documents import LEARNED_NAME, copies_of
from schemas.project.own_code import CODE, PACKAGES, code_hash, content_hash
from schemas.project.places import home
from schemas.settings import Settings


def versions_of(
    settings: Settings, corrections: Path | None, engines: Mapping[str, str]
) -> dict[str, str]:
    """Hashes of what decides the tables' content besides the document, and the engines' versions.

    Equal versions mean equal rules.
    """
    named = {f"engine: {name}": version for name, version in sorted(engines.items())}
    return {**rules_of(settings, corrections), **named}


def rules_of(settings: Settings, corrections: Path | None) -> dict[str, str]:
    """Hashes of code, lists, settings and people's decisions."""
    lists = [path for package in PACKAGES for path in sorted((CODE / package).rglob("*.csv"))]
    learned = [path for path in [home() / "raw" / LEARNED_NAME] if path.exists()]
    return {
        "code": code_hash(),
        "lists": content_hash([*lists, *learned]),
        "settings": hashlib.sha256(
            json.dumps(_deciding(settings), sort_keys=True).encode()
        ).hexdigest(),
        "corrections": content_hash([] if corrections is None else _files(corrections)),
    }


def _files(corrections: Path) -> list[Path]:
    """The file of decisions and the copies that a browser put beside it."""
    return [path for path in [corrections, *copies_of(corrections)] if path.exists()]


def _deciding(settings: Settings) -> dict[str, object]:
    """The settings but for those of which nothing that is published depends."""
    values = {section: values for section, values in asdict(settings).items() if section != "cache"}
    return values | {"extract": {"dpi": settings.extract.dpi}}
