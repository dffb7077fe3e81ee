"""The whole path on a few pages with the real engines: every row there, every key right, nothing wrong that is not in review."""

from __future__ import annotations

from pathlib import Path

from tests.benchmark.sample_score import score_tables


def test_small_sample_against_its_truth(small_published: Path) -> None:
    truth = next(path.parent for path in small_published.parents[1].rglob("tasks.csv") if path.parent != small_published)
    found = score_tables(small_published, truth)
    total = found["all"]
    assert total.get("missing", 0) == 0
    assert total.get("extra", 0) == 0
    assert total.get("coded_silent", 0) == 0
    assert total.get("text_silent", 0) <= 0.02 * total["text"]
    assert found["citations"] == {"missing": 0, "extra": 0}
