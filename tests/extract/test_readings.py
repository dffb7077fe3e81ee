"""Who is asked about a block: one run of the first model, a line that it finds nothing in once
more, and others where the two models do not settle a short cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from extract import readings
from extract.doubtful import Line
from extract.engines.seen_word import SeenWord
from extract.image.blocks import Block
from extract.image.grid import GridCell
from extract.image.page_image import Grey
from extract.readings import Reading, read_first, read_others
from extract.tasks import ReadingSettings

Read = list[list[SeenWord]]


def short_block(block_no: int = 1, width: int = 90) -> Block:
    """A cell of one line with ink in it; wider than 330 pixels it is no short one."""
    picture = np.full((34, width), 245, np.uint8)
    picture[10:24, 12 : width - 12 : 5] = 40
    cell = GridCell(1, block_no, 0, 1, 1, 0, 0, width, 34)
    return Block(1, block_no, cell, picture, 0, 0, 0.36)


def word(text: str, confidence: float) -> SeenWord:
    return SeenWord(1, 1, text, confidence, 10, 8, 60, 26)


class Recogniser:
    """Stands in for the line recogniser, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def read(self, lines: Sequence[Grey]) -> list[list[Any]]:
        self.asked += len(lines)
        return [[] for _ in lines]


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        (word("2.14", 0.95), word("2.14", 0.85), 0),
        (word("2.14", 0.95), word("2.74", 0.99), 1),
        (word("2.14", 0.89), word("2.14", 0.99), 1),
        (word("2.14", 0.95), word("2.14", 0.79), 1),
        (word("2.14", 0.95), None, 1),
    ],
    ids=["settled", "differ", "first unsure", "second unsure", "second silent"],
)
def test_others_are_asked_about_short_cells_that_two_models_do_not_settle(
    first: SeenWord, second: SeenWord | None, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [second] if second is not None else []
    again: list[str] = []

    def read(pictures: Sequence[Grey], model: str, *_: object) -> Read:
        if model == "installed":
            again.extend(model for _ in pictures)
        return [seen for _ in pictures]

    monkeypatch.setattr(readings, "read_pictures", read)
    monkeypatch.setattr(readings, "installed_model", lambda witness: "installed")
    recogniser = Recogniser()
    own = [Reading(1, 1, "vie", (first,))]
    read_others([short_block()], own, ReadingSettings(), recogniser)  # type: ignore[arg-type]
    assert recogniser.asked == len(again) == asked


def test_a_line_in_which_nothing_is_found_is_read_once_more_as_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs: list[tuple[int, int]] = []

    def read(pictures: Sequence[Grey], model: str, psm: int, *_: object) -> Read:
        runs.append((psm, len(pictures)))
        if psm == 7:
            return [[word("1", 0.9)] for _ in pictures]
        return [[word("4", 0.9)] if n == 0 else [] for n in range(len(pictures))]

    monkeypatch.setattr(readings, "read_pictures", read)
    found = read_first([short_block(1), short_block(2), short_block(3)], ReadingSettings())
    assert runs == [(6, 3), (7, 2)]
    assert [(reading.block_no, reading.words[0].text) for reading in found] == [
        (1, "4"),
        (2, "1"),
        (3, "1"),
    ]


def test_a_line_is_settled_only_by_the_same_words() -> None:
    line = Line(short_block(), 1, (0, 0, 90, 34), (word("a)", 0.96), word("b", 0.96)))
    assert not readings._is_settled(line, Reading(1, 1, "script", (word("a)", 0.96),)))
    assert not readings._is_settled(line, None)
