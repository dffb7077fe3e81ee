"""Repair on the benchmark beside the repository, where it is there: what is right stays, and the
dump's prose is mended.
"""

import csv
import unicodedata

import pytest
from rapidfuzz.distance import Levenshtein

from normalize.repair.repair import repair
from normalize.repair.settings import DecodingCosts
from normalize.text.dictionary import dictionary
from tests.normalize.repair.repair_cases import sentences_frame
from tests.places import PROJECT

BENCHMARK = PROJECT.parent / "shared" / "benchmark"
TEXTS = {"paragraphs": "text", "tasks": "task", "indicators": "name", "groups": "title"}

pytestmark = [
    pytest.mark.skipif(not BENCHMARK.is_dir(), reason="the benchmark is not beside the repository"),
    pytest.mark.skipif(not dictionary(), reason="no Vietnamese word list is installed"),
]


def truth(folder: str, *tables: str) -> list[str]:
    found = []
    for table in tables:
        with (BENCHMARK / folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            found += [
                unicodedata.normalize("NFC", row[TEXTS[table]]) for row in csv.DictReader(file)
            ]
    return [text for text in found if text]


@pytest.mark.parametrize("witness", ["vie", "dump"])
def test_at_most_one_right_word_in_2000_is_changed(witness: str) -> None:
    printed = sentences_frame(truth("truth", *TEXTS), witness)
    _, changes = repair(printed, DecodingCosts())
    assert len(changes) <= len(printed) / 2000


def test_the_prose_of_the_dump_is_mended() -> None:
    """Counted over all pages of the prose are words that were replaced alone, between two right
    ones.
    """
    want = [word for text in truth("truth-dump", "paragraphs") for word in text.split()]
    blocks = unicodedata.normalize(
        "NFC", (BENCHMARK / "part-dump.txt").read_text(encoding="utf-8")
    ).split("\n\n")
    read = [" ".join(block.split()) for block in blocks if block.strip()]
    repaired, _ = repair(sentences_frame(read, "dump"), DecodingCosts())
    before, after = (
        replaced(want, " ".join(v for v in words if v).split())
        for words in (repaired["text"], repaired["value"])
    )
    assert before > 30
    assert after <= 0.25 * before


def replaced(want: list[str], got: list[str]) -> int:
    """How many wanted words stand in ``got`` as another word; what the text of tables puts between
    them does not count.
    """
    steps = Levenshtein.opcodes(want, got)
    pairs = (
        (want[s.src_start], got[s.dest_start])
        for s in steps
        if s.tag == "replace" and s.src_end - s.src_start == 1
    )
    return sum(Levenshtein.normalized_distance(a, b) < 0.7 for a, b in pairs)
