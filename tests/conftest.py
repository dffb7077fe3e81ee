"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from schemas.settings import GateSettings, Settings
from tests.sample.build import make_variant
from tests.sample.variant import Variant


@pytest.fixture(scope="session")
def small_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five-page sample printed, scanned, read by the real engines and published, once for all tests; its truth stands in ``truth`` beside it."""
    folder = tmp_path_factory.mktemp("small")
    source, _ = make_variant(folder, Variant(small=True), "office")
    out = folder / "published" / source.stem
    pipeline.run(source, out, Settings(gate=GateSettings(max_missing_rows=100)))  # its few rows leave gaps in the numbering
    return out
