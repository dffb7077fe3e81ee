"""A word that is joined to the one before it stays where that has no room for its letters."""

from __future__ import annotations

import pytest

from normalize.repair.chosen_words import Word
from normalize.repair.slots import Slot, read_as
from normalize.repair.verdicts import is_swallowed


def slot(at: int, text: str) -> Slot:
    reading = read_as("vie", text, 0.9)
    return Slot(at, at, (reading,), reading.before, reading.core, False)


@pytest.mark.parametrize(
    ("left", "right", "joined", "swallowed"),
    [
        ("thô", "ng", "thông", False),  # a word read in two pieces
        ("Tràng,", "xưởng", "Tràng", True),
        ("hồ", "thủy", "hồ", True),
        ("ngư", "ời", "người", False),
        ("tích", "(m2)", "tích", True),  # a unit that one witness read surely
        ("nghiệp-xã", "xa", "nghiệp-xã", False),
    ],
)
def test_no_word_is_lost_by_joining(left: str, right: str, joined: str, swallowed: bool) -> None:
    words = {0: Word(joined, joined, covers=2), 1: Word("", covers=0)}
    assert is_swallowed(slot(1, right), words) is swallowed
    assert not is_swallowed(slot(0, left), words)
