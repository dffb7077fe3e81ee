"""Figures: the contract's rule for commas and dots, comparators and ranges; no digit that was not
read.
"""

import csv
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.lists.read_list import read_list
from normalize.tables.figure_checks import lost_decimals, two_meanings
from normalize.values.figures import (
    Target,
    is_percentage,
    read_number,
    read_target,
    read_value,
    repair_figure,
)
from normalize.values.units import repair_unit
from tests.places import SHARED


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("20,000", "USD", 20000.0),
        ("2,000", "DN/năm", 2000.0),
        ("20.000", "Người", 20000.0),
        ("2,000", "%", 2.0),
        ("12.500", "%/năm", 12.5),
        ("0,125", "USD", 0.125),
        ("10,32", "%", 10.32),
        ("10.41", "", 10.41),
        ("1234,567", "ha", 1234.567),
        ("1.234.567", "Đồng", 1234567.0),
        ("1.234,5", "ha", 1234.5),
        ("1,234.5", "ha", 1234.5),
        ("12", "%", 12.0),
        ("1.23.4", "ha", None),
        ("1.23.456", "ha", None),
    ],
)
def test_numbers(text: str, unit: str, number: float | None) -> None:
    assert read_number(text, unit) == number


@pytest.mark.parametrize(
    ("text", "unit", "target"),
    [
        (">90", "%", Target(">", 90.0, None, True)),
        ("<2", "%", Target("<", None, 2.0, True)),
        ("6÷8", "%", Target("range", 6.0, 8.0, True)),
        ("1.200 ÷ 1.350", "Ha", Target("range", 1200.0, 1350.0, True)),
        ("9 ÷ 7", "%", Target("", None, None, False)),
        ("≥ 90", "%", Target("≥", 90.0, None, True)),
        (">= 90%", "%", Target("≥", 90.0, None, True)),
        ("≤5", "%", Target("≤", None, 5.0, True)),
        ("12", "%", Target("=", 12.0, 12.0, True)),
        ("100%", "", Target("=", 100.0, 100.0, True)),
        ("3-3,5", "%/năm", Target("range", 3.0, 3.5, True)),
        ("40 – 45", "%", Target("range", 40.0, 45.0, True)),
        ("20,000", "USD", Target("=", 20000.0, 20000.0, True)),
        ("Trên 90", "%", Target(">", 90.0, None, True)),
        ("Dưới 2%", "%", Target("<", None, 2.0, True)),
        ("Tối thiểu 20", "Trường", Target("≥", 20.0, None, True)),
        ("90 trở lên", "%", Target("≥", 90.0, None, True)),
        ("Từ 40 đến 45", "%", Target("range", 40.0, 45.0, True)),
        ("Không còn xã khó khăn", "%", Target("text", None, None, True)),
        ("thuộc nhóm 10 địa phương dẫn đầu", "", Target("text", None, None, True)),
        ("45-40", "%", Target("", None, None, False)),
        ("25-3", "%/năm", Target("", None, None, False)),
        ("290", "%", Target("=", 290.0, 290.0, False)),
        ("9O", "%", Target("", None, None, False)),
        (">90 l", "%", Target("", None, None, False)),
        ("", "%", Target("", None, None, False)),
        ("-2,4%", "%", Target("=", -2.4, -2.4, False)),
        ("- 30", "Người", Target("=", -30.0, -30.0, False)),
        ("–", "%", Target("", None, None, True)),
        ("…", "Hộ", Target("", None, None, True)),
        ("....", "Hộ", Target("", None, None, True)),
        (".", "Hộ", Target("", None, None, False)),
    ],
)
def test_targets(text: str, unit: str, target: Target) -> None:
    assert read_target(text, unit) == target


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("10,32", Target("=", 10.32, 10.32, True)),
        ("2-4", Target("range", 2.0, 4.0, True)),
        ("-0,5", Target("=", -0.5, -0.5, False)),
        ("chưa có", Target("text", None, None, False)),
    ],
)
def test_values(text: str, target: Target) -> None:
    assert read_value(text, "%") == target


@pytest.mark.parametrize(
    ("readings", "value", "sure"),
    [
        ([">90", ">90"], ">90", True),
        ([":>90", ">90"], ">90", True),
        ([": >90"], ">90", True),
        (["›90"], ">90", True),
        (["10.41."], "10.41", True),
        (["9O", "90"], "90", True),
        (["l2"], "12", False),
        (["l2", "l2"], "12", False),
        ([">90", "90"], ">90", False),
        (["90", "96"], "90", False),
        (["90", "96", "96"], "96", False),
        (["3-3,5", "3-3,5", "3 - 3,5"], "3-3,5", True),
        (["3 - 3,5", "3-3,5"], "3-3,5", False),
        (["Không còn xã khó khăn", "Không còn xã khó khăn"], "Không còn xã khó khăn", True),
        (["Không còn xã khó khăn", "Không còn xã khó khăm"], "Không còn xã khó khăn", False),
        (["90", "abc"], "90", False),
        (["", ""], "", True),
    ],
)
def test_repair(readings: list[str], value: str, sure: bool) -> None:
    assert repair_figure(readings)[:2] == (value, sure)


@pytest.mark.parametrize(
    ("readings", "value", "sure"),
    [
        ([">5", ">55", ">55"], ">55", True),
        ([">5", ">5", ">55"], ">5", False),
        (["H4", "11:1", "11.1"], "11.1", False),
        ([">»75", ">75", ">75"], ">75", True),
        (
            ["Không còn xã khó khăm", "Không còn xã khó khăn", "Không còn xã khó khăn"],
            "Không còn xã khó khăn",
            True,
        ),
    ],
)
def test_two_engines_outvote_one(readings: list[str], value: str, sure: bool) -> None:
    assert repair_figure(readings, ["tesseract", "tesseract", "other"])[:2] == (value, sure)


@pytest.mark.parametrize(
    "readings",
    [["5.41", "5.41", "5,41"], ["176,300", "176,300", "176.300"], ["3-3,5", "3-3,5", "3-3.5"]],
)
def test_two_engines_do_not_outvote_one_on_a_comma(readings: list[str]) -> None:
    assert repair_figure(readings, ["tesseract", "other", "third"])[:2] == (readings[0], False)


FIGURES = st.from_regex(
    r"[<>≥≤]?[1-9]\d{0,3}([.,]\d{1,3})?|[1-9]\d?-[1-9]\d?,\d", fullmatch=True
).filter(str.isprintable)
SPECKS = st.sampled_from(["", ": ", ". ", "~", "'", "•", " |", " .", ",", "°"])


@given(FIGURES, SPECKS, SPECKS)
def test_specks_beside_a_figure_fall_away(figure: str, before: str, after: str) -> None:
    assert repair_figure([before + figure + after])[0] == figure


@given(
    st.text(alphabet="0123456789OlIo.,-<>≥: ~%", max_size=8),
    st.text(alphabet="0123456789OlIo.,-<>≥: ~%", max_size=8),
)
def test_no_digit_is_invented_without_doubt(first: str, second: str) -> None:
    value, sure, _ = repair_figure([first, second])
    read = [re.sub(r"\D", "", text) for text in (first, second)]
    assert re.sub(r"\D", "", value) in read or not sure


@given(FIGURES, FIGURES)
def test_different_figures_are_flagged(first: str, second: str) -> None:
    assert repair_figure([first, second])[1] is (first == second)


@given(FIGURES)
def test_repair_is_idempotent(figure: str) -> None:
    value = repair_figure([figure])[0]
    assert repair_figure([value]) == (value, True, "")
    assert unicodedata.is_normalized("NFC", value)


# Units


def test_the_units_prove_themselves() -> None:
    rows = read_list("units.csv")
    units = [row["unit"] for row in rows]
    assert len({unit.casefold() for unit in units}) == len(units)
    assert all(unit == unicodedata.normalize("NFC", " ".join(unit.split())) for unit in units)
    assert all(
        row["is_percentage"]
        == ("true" if "%" in row["unit"] or "phần trăm" in row["unit"] else "false")
        for row in rows
    )
    for unit in units:
        assert repair_unit([unit]) == (unit, True, "")


def test_percentages() -> None:
    assert [is_percentage(unit) for unit in ("%", "%/năm", "% hộ", "USD", "")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("readings", "value", "sure"),
    [
        (["%"], "%", True),
        (["%,", "9%"], "%", True),
        (["0/0"], "%", True),
        (["%/nắm"], "%/năm", True),
        (["DN/nám", "DN/năm"], "DN/năm", True),
        (["giường"], "giường", True),
        (["Dược sĩ đại hoc"], "Dược sĩ đại học", True),
        (["Điêu dưỡng"], "Điều dưỡng", True),
        (["% / năm"], "%/năm", True),
        (["", ""], "", True),
        (["Gói thầu"], "Gói thầu", False),
        (["%", "USD"], "%", False),
        (["", "%"], "%", False),
        (["So", "So", "%", "%"], "Số", False),
    ],
)
def test_repair_unit(readings: list[str], value: str, sure: bool) -> None:
    assert repair_unit(readings)[:2] == (value, sure)


# The benchmark's cells


def truth(folder: str, table: str) -> list[dict[str, str]]:
    if not (SHARED / "benchmark" / folder).is_dir():
        pytest.skip("the shared benchmark is not here")
    with (SHARED / "benchmark" / folder / f"{table}.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return list(csv.DictReader(file))


def number(text: str) -> float | None:
    return float(text) if text else None


@pytest.mark.parametrize("folder", ["truth", "truth-v2"])
def test_the_benchmarks_own_targets(folder: str) -> None:
    for row in truth(folder, "indicators"):
        target = Target(
            row["comparator"], number(row["target_min"]), number(row["target_max"]), sure=True
        )
        assert read_target(row["target"], row["unit"]) == target
        assert repair_figure([row["target"]] * 2) == (row["target"], True, "")
        assert repair_unit([row["unit"]]) == (row["unit"], True, "")


@pytest.mark.parametrize("folder", ["truth", "truth-v2"])
def test_the_benchmarks_own_values(folder: str) -> None:
    for row in truth(folder, "growth"):
        found = read_value(row["value"], row["unit"])
        assert (found.minimum, found.maximum, found.sure) == (
            number(row["value_min"]),
            number(row["value_max"]),
            True,
        )
        assert repair_figure([row["value"]]) == (row["value"], True, "")


# Siblings


def test_a_lost_decimal_sign_shows_beside_its_siblings() -> None:
    assert lost_decimals(["34", "48.2", "37.6", "10.8"]) == [True, False, False, False]
    assert lost_decimals(["3.4", "48.2", "37.6", "10.8"]) == [False] * 4
    assert lost_decimals(["12", "40", "3.5", "2.1", "7.1"]) == [False] * 5
    assert lost_decimals(["12", "3.5", "2.1"]) == [False] * 3
    assert lost_decimals([]) == []


def test_a_sign_with_two_meanings_is_in_doubt() -> None:
    assert two_meanings(["2,000", "2,5", "10"], "Triệu đồng") == [True, False, False]
    assert two_meanings(["2,000", "20.5"], "Triệu đồng") == [False, False]
    assert two_meanings(["2,000", "2,5"], "%") == [False, False]


TWO = ("tesseract", "tesseract", "line")


@pytest.mark.parametrize(("readings", "value", "sure"), [
    (["NÑghìn đồng/ngày", "Nghìn đồng/ngày", "Nghìn đồng/ngày"], "Nghìn đồng/ngày", True),
    (["Triệu đồng/ngày", "Triệu đồng/ngày", "Triệu đồng/ngày"], "Triệu đồng/ngày", True),
    (["Ô lồng", "Ô lồng", "Ô lồng"], "Ô lồng", True),
    (["Ô lồng", "Ôlồng", "Ô lồng"], "Ô lồng", False),
    (["%c", "%", "%"], "%", True),
    (["S%co", "%o", "%o"], "%", False),
    (["Triệu đồng/đội"] * 3, "Triệu đồng/đội", True),
    (["Lượt/xe"] * 3, "Lượt/xe", True),
    (["Triệu đồng/hô", "Triệu đồng/hộ", "Triệu đồng/hộ"], "Triệu đồng/hộ", True),
])  # fmt: skip
def test_units_that_are_not_listed(readings: list[str], value: str, sure: bool) -> None:
    assert repair_unit(readings, TWO)[:2] == (value, sure)


def test_spaces_that_another_engine_saw_are_kept() -> None:
    engines = ["tesseract", "tesseract", "line"]
    assert repair_figure(["92-95", "92-95", "92 - 95"], engines) == ("92 - 95", True, "")
    assert repair_figure([">320", ">320", "> 320"], engines) == ("> 320", True, "")
    assert repair_figure(["40-45", "40-45", "40-45"], engines) == ("40-45", True, "")


@pytest.mark.parametrize(
    ("readings", "value", "sure"),
    [
        (["260", "≥60", "≥60", "260"], "≥60", True),
        (["512", "512", "≤12", "512"], "≤12", False),  # one witness alone saw the sign
        (["260", "≥70", "260", "260"], "260", True),  # another figure
        (["260", "260", "260", "260"], "260", True),
    ],
)
def test_a_sign_that_others_took_for_a_digit(readings: list[str], value: str, sure: bool) -> None:
    engines = ["tesseract", "tesseract", "tesseract", "line"]
    assert repair_figure(readings, engines)[:2] == (value, sure)


@pytest.mark.parametrize(
    ("readings", "value"),
    [
        (["≥7,5", "≥7,5", "2 7,5"], "≥ 7,5"),
        (["≤40", "≤40", "s 40"], "≤ 40"),
        (["≥75", "≥75", "2 76"], "≥75"),  # another figure: its space is of another reading
        (["≥75", "≥75", "≥75"], "≥75"),
        (["245", "245", "2 45"], "245"),
    ],
)
def test_a_space_behind_a_misread_sign_is_kept(readings: list[str], value: str) -> None:
    engines = ["tesseract", "tesseract", "line"]
    assert repair_figure(readings, engines)[0] == value


@pytest.mark.parametrize(
    ("readings", "value", "sure"),
    [
        (["≥ 35", "≥35", "≥35", "2 35"], "≥ 35", True),
        (["≤ 8,5", "≤8,5", "≤8,5", "s 8,5"], "≤ 8,5", True),
        (["≥ 35", "235", "235", "2 35"], "≥ 35", False),  # one reading alone shows the sign
        (["≥ 35", "≥35", "≥35", "2 36"], "≥ 35", False),
    ],
)
def test_a_digit_with_a_space_read_for_a_sign_is_no_doubt(
    readings: list[str], value: str, sure: bool
) -> None:
    engines = ["tesseract", "tesseract", "tesseract", "line"]
    found = repair_figure(readings, engines)
    assert found[1] == sure
    assert found[0] == value or not sure
