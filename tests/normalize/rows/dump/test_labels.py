"""The number that leads a heading or sentence of a dump."""

from __future__ import annotations

import pytest

from normalize.rows.dump.text.labels import label_length
from tests.normalize.rows.dump.dump_words import tokens_of


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1.2. Mở đường", 1),
        ("II- NHIỆM VỤ", 1),
        ("(3) Giữ rừng", 1),
        ("(ỉ) Giữ rừng", 1),
        ("4 . Giữ rừng", 2),
        ("5 )\nGiữ rừng", 2),
        ("4\n. Giữ rừng", 0),
        ("2027 là năm giữ rừng", 0),
        ("(giữ) rừng", 0),
        ("Rừng 1. Giữ", 0),
    ],
)
def test_how_many_words_a_number_takes(text: str, length: int) -> None:
    assert label_length(tokens_of(text), 0) == length


def test_a_number_is_looked_for_at_the_word_asked_for() -> None:
    assert label_length(tokens_of("Rừng 1. Giữ"), 1) == 1
