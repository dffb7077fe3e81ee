"""What a reviewer is asked: doubtful words and cells, and which of them are one question."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from audit.display.strips import outline_in, strip_around
from audit.published.folder import Box
from audit.review_page.doubts import Doubt, _without_followers
from audit.review_page.likely import Likely
from audit.review_page.questions import WHOLE, Spot, alike, composed, form_of, to_spots
from audit.review_page.words import WordSeen

LIKELY = Likely(
    {
        "unit": Counter({"%/năm": 5, "Người": 2}),
        "deadline": Counter({"Tháng 6/2026": 1, "Tháng 8/2026": 3}),
    },
    ["Sở Tài chính", "Sở Y tế", "Ủy ban nhân dân tỉnh"],
)
BOX = Box(2, 300.0, 100.0, 330.0, 110.0)


def word(read: str, value: str, *others: str) -> WordSeen:
    """A doubtful word that one witness read so, and another as its value."""
    readings = (("vie", read), ("line", value))
    return WordSeen(read, value, True, "context", BOX, readings, others)


def sure(text: str) -> WordSeen:
    return WordSeen(text, text, False, "")


def doubt(table: str, row_id: str, column: str, value: str, **more: Any) -> Doubt:
    fields = {"read": value, "confidence": 0.5, "words": (), "readings": {}, "boxes": (BOX,)}
    return Doubt(table, row_id, column, value, **{**fields, "reason": "", **more})


def asked(doubts: list[Doubt]) -> list[Spot]:
    return to_spots(doubts, LIKELY)


def test_what_the_document_says_elsewhere_is_offered_and_no_digit_is_invented() -> None:
    unit = doubt("indicators", "2", "unit", "% năm", readings={"vie": "9%4/năm"})
    when = doubt("tasks", "1", "deadline", "Thang 6/2026", readings={"vie": "Thang 6/2026"})
    lead = doubt("tasks", "1", "lead", "Sở Y tế; Sở Tài chín")
    figure = doubt("growth", "I|2025", "value", "4,5", readings={"vie": "4,8"})
    texts = [[choice.text for choice in spot.choices] for spot in asked([unit, when, lead, figure])]
    assert texts == [
        ["% năm", "9%4/năm", "%/năm"],
        ["Thang 6/2026", "Tháng 6/2026"],
        ["Sở Y tế; Sở Tài chín", "Sở Y tế; Sở Tài chính"],
        ["4,5", "4,8"],
    ]


def test_a_doubtful_word_is_asked_with_what_was_read_and_what_it_may_be() -> None:
    words = (sure("Mở"), word("lơp", "lớp", "lợp", "lơp", "lốp"), sure("học"))
    found = asked([doubt("tasks", "1.1.1", "task", "Mở lớp học", words=words)])
    assert [(spot.word, spot.form, spot.read) for spot in found] == [(1, "word", "lơp")]
    assert [(choice.text, choice.by) for choice in found[0].choices] == [
        ("lớp", ("line",)),
        ("lơp", ("vie",)),
        ("lợp", ()),
        ("lốp", ()),
    ]


def test_a_cell_is_asked_whole_where_its_value_is_not_its_words() -> None:
    words = (word("Tnáng", "Tháng"), sure("6/2026"))
    readings = {"vie": "Tnáng 6/2026", "line": "Tháng 6/2026", "script": "… 6/2026"}
    found = asked(
        [
            doubt("tasks", "1", "deadline", "Tháng 6/2026", words=words, readings=readings),
            doubt("document", "x", "issuer", "Tỉnh ủy", words=words),
        ]
    )
    assert [(spot.word, spot.form) for spot in found] == [(WHOLE, "deadline"), (WHOLE, "text")]
    assert [choice.text for choice in found[0].choices] == ["Tháng 6/2026", "Tnáng 6/2026"]


def test_texts_lose_their_list_marks_as_in_the_tables() -> None:
    words = (sure("-"), sure("Dịch"), word("vụ;", "vụ:"))
    cell = doubt("growth", "I|2025", "name", "Dịch vụ", words=words)
    assert composed(cell) == "Dịch vụ"
    assert asked([cell])[0].word == 2


def test_the_same_doubt_in_many_places_is_one_question() -> None:
    same = [
        doubt("tasks", "1.1.1", "task", "Mở lớp", words=(sure("Mở"), word("lơp", "lớp", "lốp"))),
        doubt("tasks", "1.1.2", "note", "lớp", words=(word("lơp", "lớp", "lợp"),)),
    ]
    other = doubt("tasks", "1.1.3", "task", "lớp", words=(word("lóp", "lớp"),))
    funding = [
        doubt("tasks", row, "funding", "Ngân sách", read='"', readings={"vie": '"'})
        for row in ("1.1.1", "1.1.2")
    ]
    numbers = [doubt("tasks", row, "task_id", row, read="") for row in ("1.1.1", "1.1.2")]
    doubts = [same[0], other, *funding, same[1], *numbers]
    assert alike(asked(doubts), doubts) == [[0, 4], [1], [2, 3], [5], [6]]


def test_rows_under_a_group_whose_number_is_in_doubt_follow_it() -> None:
    group = doubt("groups", "1|III", "group_id", "III", appendix="1")
    rows = [
        doubt("indicators", row, "group_id", "III", read="", appendix=appendix)
        for row, appendix in (("7", "1"), ("8", "1"), ("4/9", "4"))
    ]
    target = doubt("indicators", "7", "target", "5")
    value = doubt("indicator_values", "7|2030", "value", "5", is_target=True)
    other = doubt("indicator_values", "7|2025", "value", "4")
    found = _without_followers([*rows, group, value, target, other])
    settles = {
        (one.table, one.row_id): [key[1] for key in one.settles] for one in found if one.settles
    }
    assert settles == {("groups", "1|III"): ["7", "8"], ("indicators", "7"): ["7|2030"]}
    assert [one.row_id for one in found] == ["4/9", "1|III", "7", "7|2025"]


@pytest.mark.parametrize(
    ("table", "column", "form"),
    [
        ("tasks", "lead", "bodies"),
        ("tasks", "section_id", "group"),
        ("tasks", "task_id", "number"),
        ("groups", "group_id", "number"),
        ("paragraphs", "refers_to", "reference"),
        ("paragraphs", "text", "text"),
        ("tasks", "product", "text"),
        ("growth", "value", "value"),
        ("document", "title", "text"),
    ],
)
def test_how_columns_are_asked_about(table: str, column: str, form: str) -> None:
    assert form_of(table, column) == form


@pytest.mark.parametrize("x0", [0.0, 300.0, 580.0])
def test_a_strip_shows_a_words_neighbours_and_stays_on_the_page(x0: float) -> None:
    box = Box(1, x0, 100.0, x0 + 15, 110.0)
    crop = strip_around(box, 595.0, 842.0)
    sides = (crop.x0, crop.top, crop.x1, crop.bottom)
    assert sides == (max(0.0, min(265.0, x0 - 157.5)), 87.5, crop.x1, 122.5)
    assert (crop.x1 or 0) - (crop.x0 or 0) == 330.0
    left, top, width, height = outline_in(box, crop)
    assert left + width <= 100.5
    assert (round(top), round(height)) == (31, 37)
