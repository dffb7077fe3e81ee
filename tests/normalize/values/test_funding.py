"""Funding: codes of every listed form and their combinations; misread words decoded, unknown ones
kept and flagged.
"""

import csv
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.lists.read_list import read_list
from normalize.text.distance import distances
from normalize.values.funding import (
    CODES,
    NONE,
    Funding,
    printed_forms,
    read_funding,
    repair_funding,
)
from tests.places import SHARED


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Ngân sách nhà nước", "state_budget"),
        ("Ngân sách nhà nước và các nguồn hợp pháp khác", "state_budget; other_lawful"),
        ("Ngân sách nhà nước và PPP", "state_budget; ppp"),
        ("PPP, ngân sách tỉnh và nguồn vốn hợp pháp khác", "state_budget; other_lawful; ppp"),
        ("Ngân sách trung ương, ngân sách địa phương", "state_budget"),
        ("Xã hội hoá", "other_lawful"),
        ("NSTW, NSĐP và vốn nhà đầu tư", "state_budget; other_lawful"),
        ("Ngân sách huyện; nguồn ngân sách cấp phường", "state_budget"),
        ("Ngân sách thành phố, xã và xã hội hóa", "state_budget; other_lawful"),
    ],
)
def test_codes(text: str, codes: str) -> None:
    assert read_funding(text) == Funding(codes, True)


@pytest.mark.parametrize(
    "text", ["Vốn ODA", "Ngân sách nhà nước và vốn ODA", "và", "Tỉnh, xã", "Ngân sách hội"]
)
def test_unknown_funding_has_no_codes(text: str) -> None:
    assert read_funding(text) == Funding("", False)


def test_empty_funding_is_sure() -> None:
    assert read_funding(" ") == Funding("", True)


def test_money_of_no_code_is_known_all_the_same() -> None:
    assert read_funding("Không sử dụng ngân sách") == Funding("", True)
    assert repair_funding(["Khong sử dụng ngần sách"]) == ("Không sử dụng ngân sách", True, "")
    assert repair_funding(["Ngân sách tỉnh, ngân sách xã"] * 2)[:2] == (
        "Ngân sách tỉnh, ngân sách xã",
        True,
    )


def test_the_forms_prove_themselves() -> None:
    rows = read_list("funding_forms.csv")
    forms = [row["form"] for row in rows]
    assert len(set(forms)) == len(forms)
    assert {row["code"] for row in rows} == {*CODES, NONE}
    assert all(form == unicodedata.normalize("NFC", form) for form in forms)
    table = distances(forms, forms)
    assert all(
        rows[i]["code"] == rows[j]["code"]
        for i in range(len(forms))
        for j in range(i)
        if table[i, j] < 1
    )
    assert all(read_funding(form).sure for form in printed_forms())


@pytest.mark.parametrize(
    ("readings", "value", "sure"),
    [
        (["Ngân sách nhà nước"], "Ngân sách nhà nước", True),
        (["Ngân sách Nhà nước", "Ngân sách Nhà nước"], "Ngân sách Nhà nước", True),
        (["sígân sách nhà nước"], "Ngân sách nhà nước", True),
        (["\\Tgân sách nhà nước ."], "Ngân sách nhà nước", True),
        (
            ["Ngân sách nhà nước và các nguồn họp 3háp khác"],
            "Ngân sách nhà nước và các nguồn hợp pháp khác",
            True,
        ),
        (["Ngan sach nha nuoc va PPP"], "Ngân sách nhà nước và PPP", True),
        (["Ngân sách nhà nước và PPP", "Ngân sách nhà nước"], "Ngân sách nhà nước và PPP", False),
        (["Vốn ODA"], "Vốn ODA", False),
        (["Vốn FDI và ngân sách tỉnh"] * 2, "Vốn FDI và ngân sách tỉnh", False),
        (["", ""], "", True),
    ],
)
def test_repair(readings: list[str], value: str, sure: bool) -> None:
    assert repair_funding(readings)[:2] == (value, sure)


@pytest.mark.parametrize("second", ["ngân sách địa phương", "Ngân sách địa phương"])
@pytest.mark.parametrize("joint", [", ", " và "])
def test_a_second_source_keeps_its_capital_or_small_letter(joint: str, second: str) -> None:
    text = f"Ngân sách trung ương{joint}{second}"
    assert repair_funding([text])[:2] == (text, True)


@settings(deadline=None, max_examples=200)
@given(st.data(), st.sampled_from(printed_forms()))
def test_a_letter_misread_is_right_or_flagged(data: st.DataObject, text: str) -> None:
    place = data.draw(st.integers(1, len(text) - 1))
    read = text[:place] + data.draw(st.sampled_from(["", *"aeiouàếtnrh.~"])) + text[place + 1 :]
    value, sure, _ = repair_funding([read])
    assert read_funding(value).codes == read_funding(text).codes or not sure
    assert repair_funding([value])[0] == value


@pytest.mark.parametrize("folder", ["truth", "truth-v2"])
def test_the_benchmarks_own_funding(folder: str) -> None:
    if not (SHARED / "benchmark" / folder).is_dir():
        pytest.skip("the shared benchmark is not here")
    with (SHARED / "benchmark" / folder / "tasks.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert read_funding(row["funding"]) == Funding(row["funding_codes"], True)
            assert repair_funding([row["funding"]]) == (row["funding"], True, "")
