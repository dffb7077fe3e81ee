"""Distances between readings: a true metric in letters, in which a lost mark weighs less than a
lost word.
"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.text.clean import clean, early_tone, plain_dashes
from normalize.text.distance import closest, distance, distances, letters, whole_places, word_costs
from normalize.text.fold import fold

VIETNAMESE = st.text("aàáảãạăắâấeêềiíoôốơớuưứyđbcghklmnprstvx ABĐÊÔƯ1230,.-", max_size=24)


def test_clean_is_nfc_with_single_spaces() -> None:
    assert clean("  Tỉnh \n\u00a0ủy ") == "Tỉnh ủy"


def test_fold_makes_a_search_key() -> None:
    assert fold("Đảng ủy  ỦY BAN") == "dang uy uy ban"


def test_plain_dashes() -> None:
    assert plain_dashes("2025 – 2030 — 3−4") == "2025 - 2030 - 3-4"


@pytest.mark.parametrize(
    ("late", "early"),
    [
        ("hoá", "hóa"),
        ("uỷ", "ủy"),
        ("ĐẢNG UỶ", "ĐẢNG ỦY"),
        ("toàn", "toàn"),
        ("quý", "quý"),
        ("khoẻ", "khỏe"),
        ("thuế", "thuế"),
        ("hoạt", "hoạt"),
    ],
)
def test_early_tone(late: str, early: str) -> None:
    assert early_tone(late) == early


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("Tỉnh", "Tinh", 0.3),
        ("hợp", "họp", 0.3),
        ("Ủy ban", "ủy ban", 0.1),
        ("uỷ", "ủy", 0.0),
        ("10", "l0", 0.5),
        ("cơ quan liên quan", "cơ quan có liên quan", 2.3),
        ("Đảng ủy Ủy ban", "Ủy ban", 6.6),
        ("trong", "ừong", 1.0),
    ],
)
def test_distance_in_letters(a: str, b: str, apart: float) -> None:
    assert distance(a, b) == pytest.approx(apart)


@given(VIETNAMESE, VIETNAMESE, VIETNAMESE)
def test_distance_is_a_metric(a: str, b: str, c: str) -> None:
    assert distance(a, a) == 0
    assert distance(a, b) == distance(b, a)
    assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-9


@given(VIETNAMESE, VIETNAMESE)
def test_distance_does_not_see_the_unicode_form(a: str, b: str) -> None:
    assert distance(unicodedata.normalize("NFD", a), b) == pytest.approx(distance(a, b))


@given(st.lists(VIETNAMESE, max_size=3), st.lists(VIETNAMESE, max_size=3))
def test_the_table_of_distances_agrees(rows: list[str], columns: list[str]) -> None:
    table = distances(rows, columns)
    assert table.shape == (len(rows), len(columns))
    assert [[round(float(x), 6) for x in row] for row in table] == [
        [round(distance(a, b), 6) for b in columns] for a in rows
    ]


def test_closest() -> None:
    choice, near, second = closest("Sở Y té", ["Sở Nội vụ", "Sở Y tế"])
    assert (choice, near, second > 3) == ("Sở Y tế", 0.3, True)
    assert closest("x", []) == ("", float("inf"), float("inf"))


def test_letters() -> None:
    assert letters("- Sở Y tế.") == 5


def test_whole_places_leave_out_parts() -> None:
    assert whole_places(["Thực hiện thường xuyên", "Thực hiện", "Thục hiện thường xuyên"]) == [0, 2]
    assert whole_places(["", "Năm 2026"]) == [0, 1]
    assert whole_places([]) == []


def test_word_costs() -> None:
    assert word_costs("Kiểm ta ệ", "Kiểm tra") == [(0.0, 4), (1.0, 3)]
    assert word_costs("THựCHIỆN", "THỰC HIỆN") == [(0.0, 8)]
    assert word_costs("cơ quan liên quan", "cơ quan có liên quan") is None
