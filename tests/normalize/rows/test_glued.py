"""Numbers that are glued to the first word of their heading, sentence or item."""

from __future__ import annotations

import pytest

from normalize.rows.glued import without_glue
from normalize.rows.slots import PrintedWord, Word


def word(*readings: str) -> PrintedWord:
    """One word as its witnesses read it, the leader first."""
    witnesses = ("vie", "script", "line")
    seen = tuple((name, text, 0.9) for name, text in zip(witnesses, readings, strict=False))
    return PrintedWord(Word(readings[0], 0.9, 1, 100.0, 10.0, 160.0, 24.0), seen)


def parts(*readings: str) -> list[list[str]]:
    """What each witness read in the slots that the word is parted into."""
    return [[text for _, text, _ in slot.readings] for slot in without_glue(word(*readings))]


@pytest.mark.parametrize(
    ("printed", "parted"),
    [
        ("II-NHIỆM", ["II-", "NHIỆM"]),
        ("1.Mục", ["1.", "Mục"]),
        ("(2)Kinh", ["(2)", "Kinh"]),
        ("V.I.Lênin", ["V.I.Lênin"]),
        ("X-quang", ["X-quang"]),
        ("c)Trồng", ["c)", "Trồng"]),
        ("(c)Trồng", ["(c)Trồng"]),
        ("1.500", ["1.500"]),
    ],
)
def test_a_number_is_parted_from_the_word_that_its_sign_glues_it_to(
    printed: str, parted: list[str]
) -> None:
    found = without_glue(word(printed))
    assert [slot.text for slot in found] == parted
    assert (found[0].word.x0, found[-1].word.x1) == (100.0, 160.0)


@pytest.mark.parametrize(
    ("readings", "parted"),
    [
        # one witness misread the number, which another read well
        (("HI-NHIỆM", "III-NHIỆM"), [["HI-", "III-"], ["NHIỆM", "NHIỆM"]]),
        # the leader saw the space, another none
        (("c) Trồng", "c)Trồng"), [["c)", "c)"], ["Trồng", "Trồng"]]),
        # the leader took the stop for a letter, and no witness read the number well
        (("IVJKINH", "1V. KINH", "lV. KÌNH"), [["IVJ", "1V.", "lV."], ["KINH", "KINH", "KÌNH"]]),
        (("3rMở", "3. Mờ", "3.Mở"), [["3r", "3.", "3."], ["Mở", "Mờ", "Mở"]]),
        # a number that the leader did not see is not made of the word's own letters
        (("Internet", "I. Internet"), [["Internet", "I. Internet"]]),
        # initials and other words are none
        (("HMai", "H. Mai"), [["HMai", "H. Mai"]]),
        (("Muối", "II. Nghêu"), [["Muối", "II. Nghêu"]]),
    ],
)
def test_a_number_ends_where_any_witness_saw_its_word_begin(
    readings: tuple[str, ...], parted: list[list[str]]
) -> None:
    assert parts(*readings) == parted
