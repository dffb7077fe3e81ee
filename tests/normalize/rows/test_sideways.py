"""Words that run up or down the page are put side by side as upright ones are."""

from __future__ import annotations

import pandas as pd
import pytest

from normalize.rows.sideways import turn_of
from normalize.rows.slots import words_to_slots

FIRST = [("Số", 1, 10, 30), ("thứ", 1, 34, 60), ("tự", 1, 64, 80), ("nhiệm", 2, 10, 48)]
SECOND = [("thu", 1, 33, 60), ("vụ", 2, 52, 70)]
COLUMNS = ["page_no", "block_no", "witness", "text", "confidence", "line_no"]
SIDES = ["x0", "top", "x1", "bottom"]


def frame(degrees: int) -> pd.DataFrame:
    """Two lines as two witnesses read them, turned clockwise by so many degrees."""
    rows = []
    for witness, words in (("vie", FIRST), ("line", SECOND)):
        for text, line_no, left, right in words:
            x0, top, x1, bottom = left, 20 * line_no, right, 20 * line_no + 12
            if degrees == 90:
                x0, top, x1, bottom = 100 - bottom, x0, 100 - top, x1
            elif degrees == 270:
                x0, top, x1, bottom = top, 100 - x1, bottom, 100 - x0
            rows.append((1, 1, witness, text, 0.9, line_no, x0, top, x1, bottom))
    return pd.DataFrame(rows, columns=[*COLUMNS, *SIDES])


@pytest.mark.parametrize("degrees", [0, 90, 270])
def test_witnesses_are_put_side_by_side_whichever_way_the_words_run(degrees: int) -> None:
    words = frame(degrees)
    (slots,) = words_to_slots(words).values()
    assert [(slot.text, [text for _, text, _ in slot.readings]) for slot in slots] == [
        ("Số", ["Số"]),
        ("thứ", ["thứ", "thu"]),
        ("tự", ["tự"]),
        ("nhiệm", ["nhiệm"]),
        ("", ["", "vụ"]),
    ]
    first = words[words["witness"] == "vie"]
    assert [slot.word[3:] for slot in slots[:4]] == [
        tuple(box) for box in first[SIDES].to_numpy().tolist()
    ]


def test_narrow_words_and_a_dumps_words_without_a_size_stand_upright() -> None:
    narrow = [("III", 1, (10.0, 10.0, 18.0, 21.0)), ("ill", 2, (10.0, 30.0, 17.0, 40.0))]
    assert turn_of(narrow) == 0
    assert turn_of([("chương", 1, (0.0, 0.0, 0.0, 0.0))]) == 0
    assert turn_of([]) == 0
