"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from schemas.settings import GateSettings, Settings
from tests.hostile import run as hostile
from tests.sample.build import make_variant
from tests.sample.variant import Variant

_FIRST = ("test_hostile", "test_wheelhouse", "test_archive", "test_kills", "test_variants")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, so that no process waits for one in the end; before all the hostile ones,
    whose commands begin quickly where they come first.
    """
    items.sort(
        key=lambda item: _FIRST.index(item.path.stem) if item.path.stem in _FIRST else len(_FIRST)
    )


def publish_variant(folder: Path, variant: Variant, scanner: str) -> Path:
    """A variant of the sample printed, scanned, read by the real engines and published; its truth
    stands in ``truth`` in ``folder``.
    """
    source, _ = make_variant(folder, variant, scanner)
    out = folder / "published" / source.stem
    # a few rows leave gaps in the numbering, and doubts beside them
    gate = GateSettings(max_missing_rows=100, max_restored_share=1.0)
    pipeline.run(source, out, Settings(gate=gate))
    return out


@pytest.fixture(scope="session")
def small_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five-page sample published, once for all tests."""
    return publish_variant(tmp_path_factory.mktemp("small"), Variant(small=True), "office")


@pytest.fixture(scope="session")
def whole_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose document, a small text dump, went the whole path."""
    return hostile.whole_project(tmp_path_factory.mktemp("whole"))
