"""Numbers of several rows in one cell are parted where the rows begin."""

from __future__ import annotations

import pytest

from normalize.rows.scan.layout import Box
from normalize.rows.scan.merged_boxes import with_parted_numbers
from normalize.rows.slots import PrintedWord, Word
from schemas.witnesses import TWO_CELLS


def slots(lines: dict[float, str], witness: str) -> tuple[PrintedWord, ...]:
    return tuple(
        PrintedWord(
            Word(text, 0.9, 1, 52.0, 20.0 * row + 4, 60.0, 20.0 * row + 14), ((witness, text, 0.9),)
        )
        for row, text in lines.items()
    )


def table(lines: dict[float, str], witness: str = "vie") -> list[Box]:
    """A cell over four rows, with a text on some of these, and the cells beside it."""
    own = Box(1, 1, 1, 0, 0, 4, 1, True, 50.0, 0.0, 80.0, 80.0, slots(lines, witness))
    beside = [
        Box(1, 2 + i, 1, i, 1, 1, 1, True, 80.0, 20.0 * i, 300.0, 20.0 * i + 20, ())
        for i in range(4)
    ]
    return [own, *beside]


def told(boxes: list[Box]) -> list[tuple[int, int, str, bool]]:
    return [(one.row, one.row_span, one.text, one.inked) for one in boxes if one.column == 0]


def test_each_row_gets_its_number_and_one_without_stays_empty() -> None:
    assert told(with_parted_numbers(table({0: "4", 1: "5", 3: "6."}))) == [
        (0, 1, "4", True),
        (1, 1, "5", True),
        (2, 1, "", False),
        (3, 1, "6.", True),
    ]


@pytest.mark.parametrize(
    "numbers",
    [("1", "2"), ("2.3.", "2.4."), ("2.3", "3"), ("2.3", "2.3.1"), ("I", "1"), ("a)", "b)")],
)
def test_numbers_that_count_up_are_parted_in_doubt(numbers: tuple[str, str]) -> None:
    parts = with_parted_numbers(table(dict(enumerate(numbers))))
    assert [text for _, _, text, _ in told(parts)] == [*numbers, "", ""]
    signs = [
        [s for slot in one.slots for _, s, _ in slot.readings if s == TWO_CELLS] for one in parts
    ]
    assert signs[:4] == [[TWO_CELLS], [TWO_CELLS], [], []]


def test_a_number_that_reaches_over_the_outer_rulings_is_not_lost() -> None:
    parts = told(with_parted_numbers(table({-0.5: "4", 1: "5", 3.7: "6"})))
    assert [text for _, _, text, _ in parts] == ["4", "5", "", "6"]


@pytest.mark.parametrize(
    ("lines", "witness"),
    [
        ({1.5: "14"}, "vie"),  # one number for several rows
        ({0: "4", 1: "5"}, "vector"),  # the file's own text has all its rulings
        ({0: "Số", 1: "TT"}, "vie"),
        ({0: "4", 1: "khoản"}, "vie"),
        ({1: "1.1.", 2: "10"}, "vie"),  # one number in two lines
        ({1: "2.3.", 2: "4"}, "vie"),
        ({1: "12.", 2: "4"}, "vie"),
        ({0: "4", 1: "9"}, "vie"),
    ],
)
def test_another_cell_over_several_rows_stays_whole(lines: dict[float, str], witness: str) -> None:
    boxes = table(lines, witness)
    assert with_parted_numbers(boxes) == boxes
