"""A numeral that lost a stroke in the scan is told by its width."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from normalize.tables.cells import Cell, CellWord
from normalize.tables.coded import read_deadline_cell, read_target_cell
from normalize.text.widths import width


def deadline(printed: str, read: str, witness: str = "vie", size: float = 11.5) -> Cell:
    """A cell as wide as ``printed`` is at a type size, in which one witness read another text."""
    words, x0 = [], 100.0
    for place, (wide, text) in enumerate(zip(printed.split(), read.split(), strict=True), 1):
        x1 = x0 + width(wide) * size / 1000
        seen = json.dumps([[witness, text, 0.95]])
        words.append(
            CellWord(1, place, 1, 1, text, 0.95, seen, x0, 50, x1, 60, text, 0.99, False, "")
        )
        x0 = x1 + 3.0
    return Cell(("tasks", "4", "deadline"), tuple(words))


@pytest.mark.parametrize(
    ("printed", "read", "sure"),
    [
        ("Quý II/2028", "Quý II/2028", True),
        ("Quý II/2028", "Quý I/2028", False),
        ("Từ quý III/2027", "Từ quý II/2027", False),
        ("Khởi công quý I/2026; xong năm 2028", "Khởi công quý II/2026; xong năm 2028", False),
        ("Quý II, IV hằng năm", "Quý II, IV hằng năm", True),
        ("Năm 2027 và 2029", "Năm 2027 và 2029", True),
    ],
)
def test_a_numeral_of_another_width_is_a_doubt(printed: str, read: str, sure: bool) -> None:
    coded = read_deadline_cell(deadline(printed, read), None)
    assert (coded.value, coded.sure) == (read, sure)


@pytest.mark.parametrize("witness", ["vector", "dump"])
def test_text_of_the_file_and_of_a_dump_has_no_widths(witness: str) -> None:
    assert read_deadline_cell(deadline("Quý II/2028", "Quý I/2028", witness), None).sure


def target(printed: str, read: str, witness: str = "vie", size: float = 13.0) -> Cell:
    """A cell with one word as large as ``printed`` is at a type size."""
    x1 = 300.0 + width(printed) * size / 1000
    bottom = 50.0 + (0.816 if "," in printed else 0.676) * size
    seen = json.dumps([[witness, read, 0.95]])
    word = CellWord(1, 1, 1, 1, read, 0.95, seen, 300.0, 50.0, x1, bottom, read, 0.99, False, "")
    return Cell(("indicators", "4", "target"), (word,))


@pytest.mark.parametrize(
    ("printed", "witness", "sure"),
    [
        ("17 - 19", "vie", False),
        ("17-19", "vie", True),
        ("2,5 - 3", "vie", False),
        ("2,5-3", "vie", True),
        ("17 - 19", "vector", True),
    ],
)
def test_room_beside_a_dash_is_a_doubt(printed: str, witness: str, sure: bool) -> None:
    read = printed.replace(" ", "")
    coded = read_target_cell(target(printed, read, witness), None, "%")
    assert (coded.value, coded.sure) == (read, sure)


def test_spaces_that_only_the_leading_witness_saw_are_a_doubt() -> None:
    seen = json.dumps([["vie", "17 - 19", 0.9], ["layer", "17-19", 0.95], ["script", "17-19", 0.9]])
    word = CellWord(
        1, 1, 1, 1, "17 - 19", 0.9, seen, 300.0, 50.0, 332.0, 58.0, "17 - 19", 0.9, False, ""
    )
    coded = read_target_cell(Cell(("indicators", "4", "target"), (word,)), None, "%")
    assert coded.value == "17 - 19" or not coded.sure


@pytest.mark.parametrize(("by_line", "sure"), [("17 - 19", True), ("17-19", False)])
def test_spaces_that_two_engines_saw_are_no_doubt(by_line: str, sure: bool) -> None:
    seen = [["vie", "17 - 19", 0.9], ["script", "17-19", 0.95], ["line", by_line, 1.0]]
    word = CellWord(
        *(1, 1, 1, 1, "17 - 19", 0.9, json.dumps(seen), 300.0, 50.0, 332.0, 58.0),
        *("17 - 19", 0.99, False, ""),
    )
    coded = read_target_cell(Cell(("indicators", "4", "target"), (word,)), None, "%")
    assert coded.sure == sure
    assert coded.value == "17 - 19" or not sure


@pytest.mark.parametrize(
    ("decided", "sure"), [("III/2028", True), ("II/2028", False)], ids=["the same", "another"]
)
def test_witnesses_that_outvote_what_a_word_says_leave_a_doubt(decided: str, sure: bool) -> None:
    """Two engines read a quarter with a stroke less than the word by itself was decided to have,
    and it is half a stroke narrower in print.
    """
    cell = deadline("Quý III/2028", "Quý III/2028")
    readings = [["vie", "III/2028", 0.91], ["script", "III/2028", 0.02], ["line", "III/2028", 0.96]]
    if decided != "III/2028":
        readings = [[name, "II/2028" if name != "vie" else text, p] for name, text, p in readings]
    narrow = cell.words[1].x1 - width("I") / 2 * 11.5 / 1000
    quarter = replace(cell.words[1], readings=json.dumps(readings), x1=narrow)
    found = read_deadline_cell(Cell(cell.key, (cell.words[0], quarter)), None)
    assert (found.value, found.sure) == (f"Quý {decided}", sure)


@pytest.mark.parametrize(("printed", "is_sure"), [("Quý II/2029", False), ("Quý III/2029", True)])
def test_the_print_decides_between_two_numerals_that_witnesses_read(
    printed: str, is_sure: bool
) -> None:
    """Not what most of them read, for strokes run together for all: but then it is in doubt."""
    cell = deadline(printed, printed)
    readings = [["vie", "II/2029", 0.9], ["script", "III/2029", 0.6], ["line", "III/2029", 0.96]]
    quarter = replace(cell.words[1], readings=json.dumps(readings))
    found = read_deadline_cell(Cell(cell.key, (cell.words[0], quarter)), None)
    assert (found.value, found.sure) == (printed, is_sure)


@pytest.mark.parametrize("printed", ["> 35", ">35", "< 7,5", "<7,5"])
def test_the_print_tells_whether_a_space_stands_behind_a_sign(printed: str) -> None:
    """An engine drops spaces in narrow cells; the letters' own room makes a word a bit narrower."""
    closed = printed.replace(" ", "")
    cell = target(printed, f"{closed[0]} {closed[1:]}")
    seen = [["vie", cell.words[0].text, 0.9], ["script", closed, 0.9], ["line", closed, 1.0]]
    word = replace(cell.words[0], readings=json.dumps(seen), x1=cell.words[0].x1 - 1.0)
    assert read_target_cell(Cell(cell.key, (word,)), None, "%").value == printed
