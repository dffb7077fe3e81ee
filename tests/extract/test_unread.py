"""Ink that no witness read: it is found, looked at again, and puts its cell into review."""

from __future__ import annotations

import json
from dataclasses import replace

import cv2
import numpy as np
import pandas as pd
import pytest

from extract.doubtful import Line, doubtful_lines
from extract.engines.seen_word import SeenWord
from extract.image.blocks import Block
from extract.image.grid import GridCell
from extract.unread import MARK, still_unread, unread_places
from extract.unread_lines import in_order, print_alone, unread_lines
from normalize.repair.repair import repair
from normalize.repair.settings import DecodingCosts
from normalize.rows.scan.layout import slots_to_readings
from normalize.rows.slots import words_to_slots
from normalize.tables.cells import repaired_to_cells
from schemas.row_frames import Printed
from schemas.witnesses import INK

TEXT = "Tu bo hai ben song Ray - Nam"
FONT, SIZE = cv2.FONT_HERSHEY_COMPLEX, 1.0


def printed(lines: list[str], table_no: int = 1) -> tuple[Block, list[SeenWord]]:
    """A cell of grey paper with lines of words printed on it, and a faultless reading of them."""
    picture = np.full((30 + 60 * len(lines), 900), 235, np.uint8)
    words = []
    for line_no, line in enumerate(lines, 1):
        x, base = 20, 60 * line_no
        for word_no, text in enumerate(line.split(), 1):
            width = cv2.getTextSize(text, FONT, SIZE, 2)[0][0]
            cv2.putText(picture, text, (x, base), FONT, SIZE, (70,), 2, cv2.LINE_AA)
            top, bottom = (base - 13, base - 5) if text == "-" else (base - 24, base + 4)
            words.append(
                SeenWord(
                    line_no, word_no, text, 0.95, x + 300, top + 500, x + width + 300, bottom + 500
                )
            )
            x += width + 24
    cell = GridCell(table_no, 1, 1, 1, 1, 300, 500, 1200, 500 + picture.shape[0])
    return Block(3, 7, cell, picture, 300, 500, 0.36), words


@pytest.mark.parametrize("table_no", [0, 1])
def test_nothing_is_unread_where_all_was_read(table_no: int) -> None:
    block, words = printed([TEXT, "va cac xa ven bien"], table_no)
    assert unread_places(block, words) == []


@pytest.mark.parametrize(
    ("lost", "count"),
    [(["hai"], 1), (["Tu"], 1), (["Nam"], 1), (["bo", "hai"], 1), (["Tu", "song"], 2), (["-"], 1)],
)
def test_words_and_a_dash_that_were_not_read_are_told(lost: list[str], count: int) -> None:
    block, words = printed([TEXT, "va cac xa ven bien"])
    places = unread_places(block, [word for word in words if word.text not in lost])
    assert [(place.text, place.confidence, place.line_no) for place in places] == [
        (MARK, 0.0, 1)
    ] * count
    boxes = [word for word in words if word.text in lost]
    assert min(place.x0 for place in places) == pytest.approx(
        min(word.x0 for word in boxes), abs=40
    )
    assert max(place.x1 for place in places) == pytest.approx(
        max(word.x1 for word in boxes), abs=40
    )


def test_a_whole_line_of_a_cell_is_told_in_a_line_of_its_own() -> None:
    block, words = printed([TEXT, "va cac xa ven bien", "nam nay"])
    places = unread_places(block, [word for word in words if word.line_no != 2])
    assert {place.line_no for place in places} == {4}
    assert all(555 < place.top < place.bottom < 630 for place in places)


def test_a_word_read_over_two_lines_makes_its_line_no_higher() -> None:
    block, words = printed([TEXT, "va cac xa ven bien"])
    usual = [replace(word, confidence=0.5) for word in words]
    boxes = [line.box for line in doubtful_lines(block, usual, 0.9)]
    astride = [replace(w, top=w.top - 55) if w.text == "cac" else w for w in usual]
    assert [line.box for line in doubtful_lines(block, astride, 0.9)] == boxes
    assert boxes[0][3] < boxes[1][1] + 10


def test_watermarks_specks_and_rulings_are_no_letters() -> None:
    block, words = printed([TEXT, "va cac xa ven bien"])
    assert block.picture is not None
    mark = np.full(block.picture.shape, 235, np.uint8)
    cv2.putText(mark, "SAO", (100, 140), cv2.FONT_HERSHEY_SIMPLEX, 5.0, (190,), 26, cv2.LINE_AA)
    np.minimum(block.picture, mark, out=block.picture)
    cv2.line(block.picture, (890, 0), (890, 150), (80,), 3)
    for x in (500, 520, 700):
        cv2.circle(block.picture, (x, 20), 2, (60,), -1)
    assert unread_places(block, words) == []


def test_what_lies_beyond_a_line_of_prose_is_left_alone() -> None:
    """A seal or a signature in the margin is no part of the paragraph; beside the words it may hide
    one.
    """
    block, words = printed(["Tu bo hai ben         song"], table_no=0)
    kept = [word for word in words if word.text != "song"]
    assert unread_places(block, kept) != []
    far, words = printed(["Tu bo"], table_no=0)
    assert far.picture is not None
    cv2.putText(far.picture, "XY", (700, 60), FONT, SIZE, (70,), 2, cv2.LINE_AA)
    assert unread_places(far, words) == []


def test_a_place_is_read_once_another_witness_lies_over_most_of_it() -> None:
    place = SeenWord(2, 1, MARK, 0.0, 100, 50, 200, 70)
    assert (
        still_unread(
            [place],
            [
                SeenWord(2, 1, "quy", 0.9, 98, 48, 130, 72),
                SeenWord(2, 2, "mô", 0.9, 140, 48, 199, 72),
            ],
        )
        == []
    )
    assert still_unread(
        [place],
        [SeenWord(2, 1, "quy", 0.9, 98, 48, 130, 72), SeenWord(1, 2, "mô", 0.9, 140, 8, 199, 32)],
    ) == [place]


def test_an_unread_place_is_looked_at_by_itself_without_what_is_lighter_than_print() -> None:
    block, words = printed([TEXT, "va cac xa ven bien"])
    assert block.picture is not None
    block.picture[:, 100:260] = np.minimum(block.picture[:, 100:260], 190)
    kept = [word for word in words if word.text != "hai"]
    places = unread_places(block, kept)
    whole = Line(block, 2, (300.0, 560.0, 900.0, 640.0), ())
    (line,) = unread_lines(block, places, kept, [whole])
    assert (
        unread_lines(block, places, kept, [Line(block, 1, (300.0, 520.0, 900.0, 575.0), ())]) == []
    )
    assert (line.line_no, line.words) == (1, ())
    assert line.picture().max() - line.picture().min() > 130
    lost = next(word for word in words if word.text == "hai")
    assert line.box[0] < lost.x0 < lost.x1 < line.box[2]
    assert all(
        word.x1 <= line.box[0] or word.x0 >= line.box[2] for word in kept if word.line_no == 1
    )
    assert np.isin(print_alone(block, kept)[100, 100:260], [235]).mean() > 0.5
    parts = [Line(block, 1, (700.0, 520.0, 800.0, 560.0), ()), whole, line]
    assert in_order(parts) == [line, parts[0], whole]


def words_frame(ink: bool) -> pd.DataFrame:
    """Two lines of a cell as the first model read them, with a gap of unread ink in the first."""
    read = [
        ("vie", 1, 1, "quản", 10, 0),
        ("vie", 1, 2, "lý", 40, 0),
        ("vie", 1, 3, "xe", 120, 0),
        ("vie", 2, 1, "buýt", 10, 20),
    ]
    read += [(INK, 1, 1, MARK, 60, 0)] if ink else []
    columns = ("witness", "line_no", "word_no", "text", "x0", "top")
    frame = pd.DataFrame(read, columns=list(columns)).assign(page_no=1, block_no=4)
    frame["x1"], frame["bottom"] = frame["x0"] + 18, frame["top"] + 10
    return frame.assign(confidence=[0.96 if name == "vie" else 0.0 for name in frame["witness"]])


def test_a_place_stands_among_the_words_and_is_no_reading() -> None:
    slots = words_to_slots(words_frame(ink=True))[1, 4]
    assert [slot.text for slot in slots] == ["quản", "lý", "", "xe", "buýt"]
    assert [name for name, _, _ in slots[2].readings] == [INK]
    assert slots[2].agreed == ""
    assert slots_to_readings(slots) == ("quản lý xe buýt",)


def repaired(ink: bool) -> pd.DataFrame:
    slots = words_to_slots(words_frame(ink))[1, 4]
    rows = [
        {
            "table": "tasks",
            "row_id": "1.1",
            "column": "task",
            "part": 1,
            "word_no": n,
            "line_no": slot.word.line_no,
            "page_no": 1,
            "block_no": 4,
            "text": slot.text,
            "confidence": slot.word.confidence,
            "readings": json.dumps(slot.readings),
            "x0": slot.word.x0,
            "top": slot.word.top,
            "x1": slot.word.x1,
            "bottom": slot.word.bottom,
        }
        for n, slot in enumerate(slots, 1)
    ]
    return repair(Printed.validate(pd.DataFrame(rows)), DecodingCosts())[0]


def test_a_cell_with_unread_ink_is_doubtful_at_that_place() -> None:
    found = repaired(ink=True)
    assert found[found["doubtful"]]["rule"].tolist() == ["unread_ink"]
    (cell,) = repaired_to_cells(found).values()
    assert (cell.value, cell.doubtful, cell.witnesses) == ("quản lý xe buýt", ("3",), ("vie",))
    assert cell.confidence <= 0.5
    assert cell.readings() == {"vie": "quản lý xe buýt"}
    (plain,) = repaired_to_cells(repaired(ink=False)).values()
    assert (plain.value, plain.doubtful) == ("quản lý xe buýt", ())
