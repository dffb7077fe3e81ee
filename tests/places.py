"""Where things are, for tests in any folder."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).parents[1]
TESTS = PROJECT / "tests"
SHARED = PROJECT.parent / "shared"
