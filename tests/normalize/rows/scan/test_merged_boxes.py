"""Cells whose ruling faded are parted where the cells of other rows are."""

from __future__ import annotations

from dataclasses import replace

from normalize.rows.scan.layout import Box
from normalize.rows.scan.merged_boxes import with_parted_boxes
from normalize.rows.slots import PrintedWord, Word
from schemas.witnesses import INK

EDGES = (50.0, 80.0, 280.0, 340.0, 420.0, 540.0)


def box(row: int, first: int, last: int, text: str, row_span: int = 1) -> Box:
    """A cell from one column to another; ``|`` in its text goes on in the next column."""
    slots = []
    for column, part in enumerate(text.split("|"), first):
        left = EDGES[column] + 6.0
        for word in part.split():
            right = left + 5.0 * len(word)
            read = (("vie", word, 0.9),)
            slots.append(PrintedWord(Word(word, 0.9, 1, left, 10.0, right, 20.0), read))
            left = right + 3.0
    left, right = EDGES[first], EDGES[last + 1]
    spans = (row_span, last - first + 1)
    return Box(1, 1, 1, row, first, *spans, True, left, 0.0, right, 0.0, tuple(slots))


def told(boxes: list[Box], row: int = 0) -> list[tuple[int, int, str]]:
    return [(one.column, one.column_span, one.text) for one in boxes if one.row == row]


ROW = [box(2, i, i, text) for i, text in enumerate(("1", "Số cầu", "cầu", "14", "Sở Xây dựng"))]
GROUP = [box(1, 0, 0, "I"), box(1, 1, 4, "GIAO THÔNG")]


def test_two_labels_in_one_cell_are_parted_at_the_edge_below_and_lose_the_stub() -> None:
    header = [
        box(0, 0, 0, "TT"),
        box(0, 1, 1, "Tên"),
        box(0, 2, 3, "ĐVT]|Năm 2029"),
        box(0, 4, 4, "Cơ quan"),
    ]
    assert told(with_parted_boxes([*header, *GROUP, *ROW])) == [
        (0, 1, "TT"), (1, 1, "Tên"), (2, 1, "ĐVT"), (3, 1, "Năm 2029"), (4, 1, "Cơ quan"),
    ]  # fmt: skip


def test_a_label_over_two_columns_stays_whole() -> None:
    middle = PrintedWord(Word("Năm", 0.9, 1, 400.0, 10.0, 440.0, 20.0), (("vie", "Năm", 0.9),))
    header = [box(0, 0, 0, "TT"), box(0, 1, 1, "Tên"), box(0, 2, 2, "ĐVT")]
    boxes = [*header, replace(box(0, 3, 4, ""), slots=(middle,))]
    assert told(with_parted_boxes([*boxes, *ROW]))[-1] == (3, 2, "Năm")


def test_a_header_of_two_rows_stays_as_it_is() -> None:
    upper = [
        *(box(0, i, i, text, 2) for i, text in enumerate(("TT", "Tên", "ĐVT"))),
        box(0, 3, 4, "Năm 2029|Năm 2030"),
    ]
    lower = [box(1, 3, 3, "Số"), box(1, 4, 4, "Tỷ lệ")]
    boxes = [*upper, *lower, *ROW]
    assert with_parted_boxes(boxes) == boxes


def test_a_cell_with_the_words_of_two_columns_is_parted_and_in_doubt() -> None:
    merged = [
        box(3, 0, 0, "2"),
        box(3, 1, 2, "Số cống |]cống"),
        box(3, 3, 3, "9"),
        box(3, 4, 4, "Sở"),
    ]
    header = [box(0, i, i, text) for i, text in enumerate(("TT", "Tên", "ĐVT", "2029", "Cơ quan"))]
    found = with_parted_boxes([*header, *ROW, *merged])
    assert told(found, 3)[1:3] == [(1, 1, "Số cống"), (2, 1, "]cống")]
    marks = [one.column for one in found if INK in {name for name, _, _ in one.slots[0].readings}]
    assert marks == [1, 2]
    assert told(with_parted_boxes([*header, *GROUP, *ROW]), 1) == [
        (0, 1, "I"),
        (1, 4, "GIAO THÔNG"),
    ]
