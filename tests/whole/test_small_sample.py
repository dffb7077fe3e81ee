"""The whole path on a few pages with the real engines: every row there, every key right, nothing
wrong that is not in review.
"""

from __future__ import annotations

from pathlib import Path

import frictionless

from tests.benchmark.sample_score import KEYS, read_rows, score_tables
from tests.conftest import publish_variant
from tests.sample.cases import CASES
from tests.sample.variant import Variant

SEVERAL = Variant(
    small=True,
    wording="other",
    task_columns=CASES["everything"].variant.task_columns,
    table_size=12.0,
    turned=((2, 180), (4, 90)),
    vector_pages=(1,),
    text_layer=True,
    stamped=True,
)


def check(out: Path, truth: Path) -> None:
    found = score_tables(out, truth)
    total = found["all"]
    assert (total["missing"], total["extra"], total["coded_silent"]) == (0, 0, 0)
    for table, key in KEYS.items():
        wanted, given = (
            [tuple(row[column] for column in key) for row in read_rows(of, table)]
            for of in (truth, out)
        )
        assert given == wanted, table
    assert total["text_silent"] <= 0.02 * total["text"]
    assert found["citations"] == {"missing": 0, "extra": 0}
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName"])


def test_small_sample_against_its_truth(small_published: Path) -> None:
    check(small_published, small_published.parents[1] / "truth")


def test_a_fax_in_which_all_is_otherwise(tmp_path: Path) -> None:
    """Another wording and order, an added column, pages turned over, sideways and of vector text, a
    text layer, a stamp.
    """
    out = publish_variant(tmp_path, SEVERAL, "fax")
    check(out, tmp_path / "truth")
