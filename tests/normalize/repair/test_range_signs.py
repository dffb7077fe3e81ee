"""The sign of a range, which no engine knows, between two figures."""

from __future__ import annotations

import pytest

from normalize.repair.chosen_words import Word
from normalize.repair.lost_signs import is_range_misread
from normalize.repair.slots import Slot, read_as


@pytest.mark.parametrize(
    ("texts", "is_misread"),
    [
        (("40", "+", "45%"), True),
        (("từ", "+", "45%"), False),
        (("40", "-", "45%"), False),
        (("40", "+", "xã"), False),
    ],
)
def test_a_plus_between_figures_may_be_one(texts: tuple[str, str, str], is_misread: bool) -> None:
    reading = read_as("vie", texts[1], 0.9)
    slot = Slot(1, 1, (reading,), reading.before, reading.core, False)
    words = {i: Word(text, text if text != texts[1] else "") for i, text in enumerate(texts)}
    assert is_range_misread(slot, words) is is_misread
