"""What repair did to the words of text cells: right or wrong in the best single reading, and after
it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from tests.benchmark.sample_score import KEYS, TEXT, read_rows


def word_figures(out: Path, truth: Path) -> dict[str, float]:
    """The share of wrong words in percent before repair, and how many words repair mended and
    broke, over all printed text cells.
    """
    counts: Counter[str] = Counter()
    for wanted, before, after in _cells(out, truth):
        right_before, right_after = _right(wanted, before), _right(wanted, after)
        counts["words"] += len(wanted)
        counts["wrong"] += Levenshtein.distance(wanted, before)
        counts["mended"] += len(right_after - right_before)
        counts["broken"] += len(right_before - right_after)
    return {
        "WER_read%": 100 * counts["wrong"] / max(1, counts["words"]),
        "mended": counts["mended"],
        "broken": counts["broken"],
    }


def _right(wanted: list[str], given: list[str]) -> set[int]:
    """Which of the wanted words stand in what was given."""
    blocks = Levenshtein.opcodes(wanted, given)
    return {
        i for block in blocks if block.tag == "equal" for i in range(block.src_start, block.src_end)
    }


def _cells(out: Path, truth: Path) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The words of each text cell as they are wanted, were read and are published; list marks and
    closing colons count on neither side.
    """
    read: dict[tuple[str, str, str], list[str]] = {}
    with (out / "cells.csv").open(encoding="utf-8", newline="") as file:
        csv.field_size_limit(2**31 - 1)
        for cell in csv.DictReader(file):
            read.setdefault((cell["table"], cell["row_id"], cell["column"]), []).append(
                cell["printed"]
            )
    for table, key in KEYS.items():
        published = {tuple(row[name] for name in key): row for row in read_rows(out, table)}
        for row in read_rows(truth, table):
            place = tuple(row[name] for name in key)
            for column in TEXT[table]:
                printed = read.get((table, "|".join(place), column))
                if printed is not None and place in published:
                    before = " ".join(printed).strip("-–—~ ").removesuffix(":")
                    yield row[column].split(), before.split(), published[place][column].split()
