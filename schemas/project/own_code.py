"""Which code this is: a checkout's or an installed package's, its version, commit and hash.

It needs nothing but Python, for the build of the package asks it too (setup.py).
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

CODE = Path(__file__).parents[2]  # of our packages: a checkout, or the installed package
PACKAGES = ("extract", "normalize", "schemas", "publish")  # what decides the tables' content
BUILT = CODE / "built.json"  # what setup.py writes down of the checkout that a wheel is made of
INSTALLED = BUILT.is_file()


@cache
def built() -> dict[str, str]:
    """What an installed package was made of: ``version``, ``commit``, and ``code``, its hash."""
    return dict(json.loads(BUILT.read_text(encoding="utf-8")))


def own_version() -> str:
    """The version of this program, such as ``0.2.0``."""
    if INSTALLED:
        return built()["version"]
    project = tomllib.loads((CODE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def code_hash() -> str:
    """The hash of the code that decides what is published.

    A package has the hash of the checkout that it was made of, so that what both publish is told to
    be of equal rules.
    """
    if INSTALLED:
        return built()["code"]
    return content_hash(path for name in PACKAGES for path in sorted((CODE / name).rglob("*.py")))


def content_hash(paths: Iterable[Path]) -> str:
    """One SHA-256 of the names and contents of files, in their order."""
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        whole.update(f"{path.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def commit() -> str:
    """The checkout's commit, or empty where the code stands outside git."""
    if INSTALLED:
        return built()["commit"]
    command = ["git", "rev-parse", "HEAD"]
    try:
        found = subprocess.run(
            command, cwd=CODE, capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout.strip()
