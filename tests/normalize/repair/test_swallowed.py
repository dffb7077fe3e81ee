"""A word that is joined to the one before it stays where that has no room for its letters."""

from __future__ import annotations

import math

import pytest

from normalize.language.confusions import confusions
from normalize.language.knowledge import knowledge
from normalize.language.speller import Speller
from normalize.language.word_pairs import Language
from normalize.repair.chosen_words import Word
from normalize.repair.lattice import Lattices
from normalize.repair.settings import DecodingCosts
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


@pytest.mark.parametrize(
    ("read", "sure", "swallowed"),
    [
        ("ốc", 0.5, True),
        ("ốc", 0.2, False),
        ("ò", 0.5, False),
        ("250", 0.6, True),
        ("25", 0.3, False),
        ("7", 0.6, False),
    ],
)
def test_no_short_word_or_figure_is_lost_that_was_read_at_all_likely(
    read: str, sure: float, swallowed: bool
) -> None:
    words = {0: Word("nuôi", "nuôi", covers=2), 1: Word("", covers=0)}
    likely = slot(1, read)._replace(readings=(read_as("vie", read, sure),))
    assert is_swallowed(likely, words) is swallowed


@pytest.mark.parametrize(
    ("read", "sure", "is_word"),
    [("lạch", 0.96, True), ("lạch", 0.6, False), ("lqch", 0.96, False), ("là", 0.96, False)],
)
def test_a_known_word_that_the_leading_witness_surely_read_is_no_speck(
    read: str, sure: float, is_word: bool
) -> None:
    general = knowledge((), DecodingCosts().weights)
    speller = Speller(general.words, confusions(), Language(general.counts), 8)
    ghost = slot(0, read)._replace(
        readings=(read_as("vie", read, sure), read_as("script", "", 0.0))
    )
    assert math.isinf(Lattices(speller, DecodingCosts())._ghost_cost(ghost)) is is_word
