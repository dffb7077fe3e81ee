"""What stands above a table, with the specks of a scan beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalize.rows.scan.appendix_titles import Heading, read_heading
from normalize.rows.scan.layout import Line, PageLayout
from normalize.rows.scan.number_cells import number_readings
from normalize.rows.scan.rows import pages_to_assembly
from normalize.rows.slots import PrintedWord, Word
from tests.normalize.rows.scan.test_find_tables import Row, moved, page, slots

Printed = tuple[str, float, float, float]  # a word, where it begins and ends, how high it is


def line(top: float, *words: Printed, **others: str) -> Line:
    """A line; ``others`` are what other witnesses read for its first word."""
    slots = []
    for place, (text, x0, x1, height) in enumerate(words):
        word = Word(text, 0.9, 1, x0, top + 12 - height, x1, top + 12)
        readings = [("vie", text, 0.9)]
        readings += [(name, other, 0.9) for name, other in others.items() if place == 0]
        slots.append(PrintedWord(word, tuple(readings)))
    return Line(1, 1, tuple(slots))


LABEL = (("Biểu", 200, 228, 12), ("số", 232, 244, 12), ("04", 248, 260, 10))
TITLE = (("DANH", 180, 220, 12), ("MỤC", 224, 256, 14), ("HỒ", 260, 280, 14))


def told(heading: Heading | None) -> tuple[str, str, str, bool]:
    assert heading is not None
    title = " ".join(slot.text for piece in heading.title for slot in piece.slots)
    return heading.number, heading.label, title, heading.is_sure


@pytest.mark.parametrize("speck", [("5", 320, 323, 2), ("=", 330, 335, 5), ("„", 410, 413, 3)])
def test_a_speck_far_beside_a_label_or_title_is_none_of_it(speck: Printed) -> None:
    wanted = ("4", "Biểu số 04", "DANH MỤC HỒ", True)
    assert told(read_heading([line(60, *LABEL), line(80, *TITLE)])) == wanted
    assert told(read_heading([line(60, *LABEL, speck), line(80, *TITLE, speck)])) == wanted


@pytest.mark.parametrize("speck", ["_", "~", "—", "|", "e."])
def test_signs_in_line_with_a_label_are_none_of_it(speck: str) -> None:
    before, behind = (speck, 150, 170, 9), (speck, 262, 270, 9)
    printed = line(60, before, *LABEL, behind)
    slots = [
        replace(slot, readings=(("vie", speck, 0.0), ("line", speck, 0.7)))
        if slot.text == speck
        else slot
        for slot in printed.slots
    ]
    heading = read_heading([replace(printed, slots=tuple(slots)), line(80, *TITLE)])
    assert told(heading)[:3] == ("4", "Biểu số 04", "DANH MỤC HỒ")


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Phụ biểu 07: DANH MỤC HỒ", "Phụ biểu 07"),
        ("PHỤ LỤC SỐ III. DANH MỤC HỒ", "PHỤ LỤC SỐ III"),
        ("PHỤ BIỂU SỐ 02", "PHỤ BIỂU SỐ 02"),
    ],
)
def test_a_label_ends_with_its_number_and_the_title_may_stand_behind_it(
    printed: str, label: str
) -> None:
    words = [(word, 100 + 40 * i, 130 + 40 * i, 12) for i, word in enumerate(printed.split())]
    below = [] if printed.endswith("HỒ") else [line(80, *TITLE)]
    heading = read_heading([line(60, *words), *below])
    assert told(heading)[1:3] == (label, "DANH MỤC HỒ")


def test_a_word_as_high_as_the_others_is_part_of_the_title_however_far() -> None:
    heading = read_heading([line(60, *LABEL), line(80, *TITLE, ("ĐẬP", 330, 360, 12))])
    assert told(heading)[2] == "DANH MỤC HỒ ĐẬP"


def test_a_label_run_together_is_taken_from_the_witness_that_parts_it_and_is_unsure() -> None:
    label = line(60, ("Phụlục2", 200, 260, 12), ("=", 300, 305, 4), line="Phụ lục 2", script="ÀÀ")
    assert told(read_heading([label, line(80, *TITLE)])) == ("2", "Phụ lục 2", "DANH MỤC HỒ", False)


def test_words_beside_a_label_that_no_witness_is_sure_of_are_none_of_it() -> None:
    label = line(60, ("hề", 120, 130, 18), ("Phụlục5", 200, 260, 12), line="ea,.")
    specks, name = label.slots
    unsure = PrintedWord(specks.word, (("vie", "hề", 0.38), ("line", "ea,.", 0.36)))
    read = PrintedWord(name.word, (("vie", "Phụlục5", 0.2), ("line", "Phụ lục 5", 1.0)))
    heading = read_heading([Line(1, 1, (unsure, read)), line(80, *TITLE)])
    assert told(heading) == ("5", "Phụ lục 5", "DANH MỤC HỒ", False)


@pytest.mark.parametrize("misread", ["=", "E", "z", "mm"])
def test_what_is_flat_in_a_numbers_cell_is_a_dash_whatever_it_was_read_as(misread: str) -> None:
    (flat,) = line(100, (misread, 74.0, 77.5, 1.2)).slots
    assert set(number_readings([flat])) == {"-"}
    (high,) = line(100, (misread, 74.0, 77.5, 8.0)).slots
    assert set(number_readings([high])) == {misread}


def test_the_office_whose_form_it_is_may_stand_behind_a_labels_number() -> None:
    words = [("Biểu", 200, 228, 12), ("03/BC-SYT", 232, 290, 12)]
    wanted = ("3", "Biểu 03/BC-SYT", "DANH MỤC HỒ", True)
    assert told(read_heading([line(60, *words), line(80, *TITLE)])) == wanted


def test_a_line_about_a_form_of_an_office_is_no_label() -> None:
    words = [("Biểu", 200, 228, 12), ("03/BC-SYT", 232, 290, 12), ("của", 294, 310, 12)]
    assert read_heading([line(60, *words), line(80, *TITLE)]) is None


TASKS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn")


def titled(page_no: int, title: str, *rows: Row, x: float = 200) -> PageLayout:
    """A page with a table of tasks and a line above it without a label."""
    found = page(TASKS, *rows, above=())
    return moved(replace(found, lines=(Line(1, 900, slots(title, x, 120)),)), page_no)


ROWS = [(str(n), f"Đắp đê {n}", "Sở Xây dựng", "Năm 2026") for n in (1, 2, 3)]
HEAD = replace(page(TASKS), lines=(Line(1, 1, slots("Sau đây là kế hoạch", 100, 60)),), tables=())


def appendices(*pages: PageLayout) -> list[tuple[str, str]]:
    records = pages_to_assembly([HEAD, *pages]).records
    return [
        (
            r.row_id,
            " ".join(slot.text for piece in r.cells.get("title", ()) for slot in piece.slots),
        )
        for r in records
        if r.table == "appendices"
    ]


@pytest.mark.parametrize(
    ("above", "x", "title"),
    [
        ("VIỆC CHUNG CỦA TỈNH", 220, "VIỆC CHUNG CỦA TỈNH"),
        ("VIỆC CHUNG CỦA TỈNH", 60, ""),  # not around the table's middle
        ("Việc chung phân như sau", 220, ""),  # the last line of a text
    ],
)
def test_a_title_in_capitals_above_a_table_needs_no_label(above: str, x: float, title: str) -> None:
    assert appendices(titled(2, above, *ROWS, x=x)) == [("1", title)]


def test_tables_with_titles_of_their_own_that_count_anew_are_two_appendices() -> None:
    first = titled(2, "VIỆC CHUNG", *ROWS, x=220)
    assert appendices(first, titled(3, "ĐỀ ÁN", *ROWS[:2], x=220)) == [
        ("1", "VIỆC CHUNG"),
        ("2", "ĐỀ ÁN"),
    ]
    for goes_on in ("VIỆC CHUNG", "ĐỀ ÁN (TIẾP THEO)"):
        assert len(appendices(first, titled(3, goes_on, *ROWS[:2], x=220))) == 1
