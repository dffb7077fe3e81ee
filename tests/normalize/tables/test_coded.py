"""Coded cells whose readings differ in what a grammar takes for the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from normalize.tables.cells import Cell, CellWord
from normalize.tables.coded import (
    _keeps_commas,
    read_deadline_cell,
    read_figure_cell,
    read_funding_cell,
    read_target_cell,
    read_unit_cell,
)
from normalize.tables.print_doubts import may_have_sign


def cell(**readings: str) -> Cell:
    """A target of one word, read by each witness; the first leads."""
    text = next(iter(readings.values()))
    seen = json.dumps([[witness, read, 0.9] for witness, read in readings.items()])
    word = CellWord(1, 1, 1, 1, text, 0.9, seen, 0, 0, 9, 9, text, 0.9, False, "")
    return Cell(("indicators", "3", "target"), (word,))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({"script": "4-5"}, ("4-5", True)),
        ({"line": "4- 5"}, ("4-5", False)),
        ({"line": "4 - 5"}, ("4 - 5", False)),
        ({"line": "4 -5"}, ("4-5", False)),
    ],
)
def test_a_space_that_a_witness_saw_beside_a_dash_is_a_doubt(
    others: dict[str, str], expected: tuple[str, bool]
) -> None:
    coded = read_target_cell(cell(vie="4-5", **others), None, "%")
    assert (coded.value, coded.sure) == expected


@pytest.mark.parametrize(
    ("readings", "sure"),
    [
        (("62", "62", "62"), True),
        (("-62", "62", "62"), False),
        (("62", "62", "“62"), False),
        (("62", "62", "|62"), True),  # a piece of a ruling
        ((">62", ">62", ">62"), True),
    ],
)
def test_a_mark_that_a_witness_saw_before_a_figure_is_a_doubt(
    readings: tuple[str, str, str], sure: bool
) -> None:
    """A worn sign is read as many things, and left out by most."""
    read = cell(**dict(zip(("vie", "script", "line"), readings, strict=True)))
    word = replace(read.words[0], value=readings[1])
    assert read_target_cell(replace(read, words=(word,)), None, "%").sure is sure


@pytest.mark.parametrize("doubtful", [True, False])
def test_a_target_in_words_is_in_doubt_where_repair_doubts_a_word_of_it(doubtful: bool) -> None:
    read = cell(vie="Hoàn thành", script="Hoàn thành:", line="Hoàn thành:")
    words = tuple(replace(word, doubtful=doubtful) for word in read.words)
    coded = read_target_cell(replace(read, words=words), None, "%")
    assert (coded.value, coded.sure) == (("Hoàn thành", False) if doubtful else (coded.value, True))


def test_a_comma_that_repair_kept_outlasts_the_points_of_others() -> None:
    """A tail is lost, not made; a point that repair kept stays, in review."""
    coded = read_target_cell(cell(vie="12,4", script="12.4", binary="12.4", line="12.4"), None, "%")
    assert (coded.value, coded.sure, coded.derived["target_min"]) == ("12,4", True, 12.4)
    coded = read_target_cell(cell(vie="3-3,5", script="3-3.5", line="3-3.5"), None, "%")
    assert (coded.value, coded.sure) == ("3-3,5", True)
    coded = read_target_cell(cell(vie="12.4", script="12,4", line="12.4"), None, "%")
    assert (coded.value, coded.sure) == ("12.4", False)
    coded = read_target_cell(cell(vie="12,4", script="12.4", line="12.9"), None, "%")
    assert not coded.sure


@pytest.mark.parametrize(
    ("printed", "witness", "sure"),
    [
        ("-3,2", "vector", True),
        ("- 3,2", "vector", False),  # the dash may lead an item
        ("-3,2", "dump", False),  # it may be what is left of `<`
        ("-", "vector", True),
    ],
)
def test_a_minus_sign_that_a_program_set_is_one(printed: str, witness: str, sure: bool) -> None:
    coded = read_target_cell(cell(**{witness: printed}), None, "%")
    growth = read_figure_cell(cell(**{witness: printed}), None, "%")
    assert (coded.sure, growth.sure) == (sure, sure)
    assert coded.derived["target_min"] == growth.derived["value_min"]


@pytest.mark.parametrize("witness", ["vector", "dump"])
def test_before_a_figure_of_the_file_s_own_text_no_sign_was_worn(witness: str) -> None:
    read = cell(**{witness: "-62"})
    assert not may_have_sign(read, "62")
    assert may_have_sign(cell(vie="-62"), "62")


@pytest.mark.parametrize(
    ("printed", "repaired", "read", "kept"),
    [
        ("8,25", "8,25", "8.25", True),
        ("8.25", "8,25", "8.25", False),  # the comma is repair's alone
        ("8,25", "8,25", "8.35", False),
        ("8.2,5", "8.2,5", "8,2,5", False),  # of two commas it has one
        ("825", "825", "825", False),
    ],
)
def test_commas_are_kept_that_the_leading_witness_and_repair_both_have(
    printed: str, repaired: str, read: str, kept: bool
) -> None:
    found = cell(vie=printed)
    words = tuple(replace(word, value=repaired) for word in found.words)
    assert _keeps_commas(replace(found, words=words), read) is kept


@pytest.mark.parametrize(("repaired", "sure"), [("7", True), ("7 hộ", False)])
def test_a_number_alone_is_no_other_unit(repaired: str, sure: bool) -> None:
    """A `%` whose rings ran together is read as a digit."""
    found = cell(vie="%", script="œ", binary="%c", line="7")
    words = tuple(replace(word, value=repaired) for word in found.words)
    coded = read_unit_cell(replace(found, words=words), None)
    assert (coded.value, coded.sure) == ("%", sure)


def cell_of_words(text: str, sure: float = 0.999, doubtful: str = "", witness: str = "vie") -> Cell:
    """A cell that one witness read and repair left as it was, each word as sure as told."""
    words = tuple(
        CellWord(
            1, n, 1, 1, word, 0.9, json.dumps([[witness, word, 0.9]]), 0, 0, 9, 9,
            word, sure, word == doubtful, "",
        )
        for n, word in enumerate(text.split(), 1)
    )  # fmt: skip
    return Cell(("tasks", "3", "deadline"), words)


def test_a_form_that_no_list_has_is_sure_where_each_of_its_words_is() -> None:
    text = "Trước 15/9/2028"
    assert read_deadline_cell(cell_of_words(text), None).sure
    assert not read_deadline_cell(cell_of_words(text, doubtful="Trước"), None).sure
    assert not read_deadline_cell(cell_of_words(text, sure=0.98), None).sure
    assert not read_deadline_cell(cell_of_words(text, witness="dump"), None).sure
    assert read_funding_cell(cell_of_words("Ngân sách xã, ngân sách tỉnh"), None).sure
    assert not read_deadline_cell(cell_of_words("Chờ quyết định khác"), None).sure


def test_a_unit_and_a_target_in_words_are_sure_where_each_word_is_though_no_list_has_them() -> None:
    assert read_unit_cell(cell_of_words("Ao"), None).sure
    assert not read_unit_cell(cell_of_words("Ao", sure=0.9), None).sure
    assert not read_unit_cell(cell_of_words("Ao", witness="dump"), None).sure
    assert not read_unit_cell(cell_of_words("l"), None).sure  # a piece of a ruling
    goal = "Giữ nguyên số lồng nuôi"
    assert read_target_cell(cell_of_words(goal), None, "").sure
    assert not read_target_cell(cell_of_words(goal, doubtful="lồng"), None, "").sure
