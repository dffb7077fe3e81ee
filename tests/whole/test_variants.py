"""The sample printed in other ways and scanned on other scanners, from stored readings: every row
there, every key right, nothing wrong in silence.

``python -m tests.sample readings`` makes the stored readings anew; a smaller set is read by the
real engines in tests/whole/test_small_sample.py.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from rapidfuzz.distance import Levenshtein

from normalize.repair.stage import run_repair
from normalize.rows.stage import run_rows
from normalize.tables.stage import run_tables
from publish import stage as publish
from schemas.files import write
from schemas.frames import Words
from schemas.settings import GateSettings, Settings
from schemas.witnesses import INK
from tests.benchmark.sample_score import KEYS, read_rows, score_tables
from tests.sample.cases import CASES, STORED, printed_sha256, write_case_truth
from tests.sample.programme import read_programme

NO_GATE = Settings(
    gate=GateSettings(
        max_missing_rows=100,
        max_unknown_share=1.0,
        max_review_share=1.0,
        max_restored_share=1.0,
        max_dropped_columns=9,
    )
)
FIELDS = ("number", "date", "issuer", "province", "term", "notice", "notes", "pages")


@dataclass(frozen=True)
class Read:
    """A variant's published tables, its truth, and what was found about the whole document, counted
    by its rules.
    """

    out: Path
    truth: Path
    findings: dict[str, int]


def read(name: str, folder: Path, misprints: Mapping[str, str] | None = None) -> Read:
    """A variant from its stored readings to published tables; ``misprints`` stand for words as if
    they were printed so.
    """
    work, out, truth = folder / name, folder / "out" / name, folder / "truth"
    shutil.copytree(STORED / name, work / "extract")
    if misprints is not None:
        words = stored(name, "words")
        write(
            Words,
            words.assign(text=words["text"].replace(dict(misprints))),
            work / "extract" / "words.parquet",
        )
    source = folder / f"{name}.pdf"
    source.write_bytes(b"%PDF")
    run_rows(work)
    run_repair(work)
    run_tables(work, source, None, NO_GATE)
    publish.run(work, out, NO_GATE, {})
    write_case_truth(name, truth)
    return Read(
        out, truth, json.loads((out / "metrics.json").read_text(encoding="utf-8"))["findings"]
    )


def stored(name: str, table: str) -> pd.DataFrame:
    return pd.read_parquet(STORED / name / f"{table}.parquet")


def check_product(found: Read) -> None:
    """An added column that the contract has a place for is published there."""
    products = [row.product for row in read_programme().rows if row.product]
    published = [row["product"] for row in read_rows(found.out, "tasks") if row["product"]]
    assert "unknown_column" not in found.findings
    assert len(published) == len(products) > 0
    assert sum(a == b for a, b in zip(published, products, strict=True)) >= 0.8 * len(products)


def check_vector(found: Read) -> None:
    """Vector text is published as it is set, without a doubt."""
    total = score_tables(found.out, found.truth)["all"]
    assert (total["text_wrong"], total["text_review"]) == (0, 0)


def check_gap(found: Read) -> None:
    """A missing page is told by the numbering and by the prose, in metrics and in review; it is not
    mended.
    """
    rules = ("numbering_gap", "reference_without_row")
    assert {rule: found.findings.get(rule, 0) for rule in rules} == {
        "numbering_gap": 1,
        "reference_without_row": 1,
    }
    paragraphs, groups = read_rows(found.out, "paragraphs"), read_rows(found.out, "groups")
    assert [row["refers_to"] for row in paragraphs if "refers_to" in row["review"]] == ["1.3"]
    assert [
        row["group_id"] for row in groups if row["appendix"] == "3" and "group_id" in row["review"]
    ] == ["1.4"]


MORE: dict[str, Callable[[Read], None]] = {
    "product": check_product,
    "vector": check_vector,
    "gap": check_gap,
}


@pytest.mark.parametrize("name", CASES)
def test_rows_keys_coded_cells_and_the_document_itself(name: str, tmp_path: Path) -> None:
    found = read(name, tmp_path)
    for table, key in KEYS.items():
        wanted, given = (
            [tuple(row[column] for column in key) for row in read_rows(of, table)]
            for of in (found.truth, found.out)
        )
        assert given == wanted, table
    total = score_tables(found.out, found.truth)["all"]
    assert (total["missing"], total["extra"], total["coded_silent"]) == (0, 0, 0)
    assert total["text_silent"] <= 0.02 * total["text"]
    assert total["word_errors"] <= 0.01 * total["words"]
    citations = score_tables(found.out, found.truth)["citations"]
    # a code misread in a text that is in review
    assert citations["missing"] + citations["extra"] <= 1
    document, truth = read_rows(found.out, "document")[0], read_rows(found.truth, "document")[0]
    wrong = {field for field in FIELDS if document[field] != truth[field]}
    assert len(wrong) <= (name == "poor")  # whose number no witness reads right
    assert wrong <= {
        row["column"]
        for row in read_rows(found.out, "cells")
        if row["table"] == "document" and row["doubtful"]
    }
    # a long Roman number in capitals
    assert Levenshtein.distance(document["title"].split(), truth["title"].split()) <= 1
    assert document["signatory"] in (truth["signatory"], "")
    if name in MORE:
        MORE[name](found)


@pytest.mark.parametrize("name", CASES)
def test_readings_say_what_they_were_made_of(name: str) -> None:
    source = json.loads((STORED / name / "source.json").read_text(encoding="utf-8"))
    assert source["printed_sha256"] == printed_sha256(name), (
        f"the sample has changed: python -m tests.sample readings {name}"
    )
    assert len(source["scan_sha256"]) == 64
    assert stored(name, "pages")["sha256"].str.len().eq(64).all()
    engines = json.loads((STORED / name / "engines.json").read_text(encoding="utf-8"))
    assert set(engines["witnesses"].split()) == set(stored(name, "words")["witness"]) - {INK}
    assert engines["tesseract"]


def test_pages_are_turned_upright() -> None:
    for name in ("turned", "everything"):
        pages = stored(name, "pages").set_index("page_no")["turn"]
        assert {page_no: 360 - turn for page_no, turn in pages[pages > 0].items()} == dict(
            CASES[name].variant.turned
        )


def test_vector_pages_are_read_from_their_text() -> None:
    for name in ("vector", "everything"):
        pages, words = stored(name, "pages"), stored(name, "words")
        vector = set(pages[pages["source"] == "vector"]["page_no"])
        assert vector == set(CASES[name].variant.vector_pages) & set(pages["page_no"])
        assert set(words[words["page_no"].isin(vector)]["witness"]) == {"vector"}


def test_a_layer_is_a_witness_beside_the_engines() -> None:
    assert {"vie", "layer"} < set(stored("layer", "words")["witness"])


def test_what_the_numbering_and_the_shares_speak_against_is_told(tmp_path: Path) -> None:
    """A repeat, a jump, a number that leads too far and shares that do not add up: in metrics and
    in review, and no figure mended.
    """
    found = read(
        "vector", tmp_path, {"1.2.5": "1.2.4", "2.1.7": "2.1.9", "3.8": "3.18", "18.6": "28.6"}
    )
    expected = {"number_doubtful": 2, "numbering_gap": 1, "shares_not_100": 1}
    assert found.findings == expected
    reviews = {row["task_id"]: row["review"].split("; ") for row in read_rows(found.out, "tasks")}
    assert [task for task, review in reviews.items() if "task_id" in review] == [
        "1.2.5",
        "2.1.9",
        "3.8",
    ]
    shares = {
        row["line_id"]: row
        for row in read_rows(found.out, "growth")
        if row["period"] == "Đến năm 2025" and row["unit"] == "%"
    }
    assert {
        line: (row["value"], row["review"])
        for line, row in shares.items()
        if line.startswith("II.")
    } == {
        "II.1": ("28.6", "value"),
        "II.2": ("38,2", "value"),
        "II.3": ("36.9", "value"),
        "II.4": ("6,3", "value"),
    }
