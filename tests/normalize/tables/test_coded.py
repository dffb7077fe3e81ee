"""Coded cells whose readings differ in what a grammar takes for the same."""

from __future__ import annotations

import json

import pytest

from normalize.tables.cells import Cell, CellWord
from normalize.tables.coded import read_target_cell


def cell(**readings: str) -> Cell:
    """A target of one word, read by each witness; the first leads."""
    text = next(iter(readings.values()))
    seen = json.dumps([[witness, read, 0.9] for witness, read in readings.items()])
    word = CellWord(1, 1, 1, 1, text, 0.9, seen, 0, 0, 9, 9, text, 0.9, False, "")
    return Cell(("indicators", "3", "target"), (word,))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({"script": "4-5"}, ("4-5", True)),
        ({"line": "4- 5"}, ("4-5", False)),
        ({"line": "4 - 5"}, ("4 - 5", False)),
        ({"line": "4 -5"}, ("4-5", False)),
    ],
)
def test_a_space_that_a_witness_saw_beside_a_dash_is_a_doubt(
    others: dict[str, str], expected: tuple[str, bool]
) -> None:
    coded = read_target_cell(cell(vie="4-5", **others), None, "%")
    assert (coded.value, coded.sure) == expected
