"""What this is for."""

import csv
import unicodedata
from collections import Counter

from normalize.language.confusions import (
    ANY,
    Confusions,
    confusions,
    general_cost,
    kind_costs,
    kinds,
)
from normalize.language.count_confusions import count_confusions
from normalize.lists.read_list import FOLDER


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines()))


def test_confusions_table_proves_itself() -> None:
    found = rows("confusions.csv")
    keys = [(row["witness"], row["printed"], row["read"]) for row in found]
    assert len(set(keys)) == len(keys)
    assert {witness for witness, _, _ in keys} <= {
        ANY,
        "vie",
        "script",
        "binary",
        "line",
        "layer",
        "dump",
    }
    assert all(float(row["count"]) > 0 for row in found)
    assert all(unicodedata.is_normalized("NFC", row["printed"] + row["read"]) for row in found)
    assert all(row["printed"] or row["read"] for row in found)


def test_every_kind_has_one_cost_and_a_meaning() -> None:
    found = rows("confusion_kinds.csv")
    assert len(kind_costs()) == len(found)
    assert all(row["meaning"] and float(row["cost"]) > 0 for row in found)
    pairs = ["ỉi", "ổố", "uủ", "âa", "ấắ", "uư", "đd", "Sỉ", "Aa", "ce", "xm", "b3", "a", "-"]
    assert {kind for pair in pairs for kind in kinds(pair[0], pair[1:])} <= set(kind_costs())


def test_kinds_of_misread_letters() -> None:
    assert kinds("ỉ", "i") == ("tone_lost",)
    assert kinds("ợ", "ọ") == ("mark_lost",)
    assert kinds("ổ", "ố") == ("tone_swapped",)
    assert kinds("Ủ", "u") == ("tone_lost", "case_alike")
    assert kinds("đ", "d") == ("stroke",)
    assert kinds("B", "3") == ("digit_alike",)
    assert kinds("", "~") == ("sign_gained",)
    assert kinds("a", "") == ("letter_lost",)
    assert kinds("ả", "ả") == ()


def test_a_likely_misreading_costs_less_than_an_unlikely_one() -> None:
    table = confusions()
    assert table.cost("vie", "đổi", "đổi") == 0.0
    likely = [table.cost("vie", "đổi", "đối"), table.cost("vie", "đối", "đổi")]
    assert min(likely) > 0.0
    assert max(likely) < table.cost("vie", "đai", "đối")
    assert table.cost("layer", "trong", "ừong") < table.cost("layer", "không", "ừong")
    assert general_cost("ả", "ộ") > general_cost("ả", "o") > general_cost("ả", "á")


def test_counts_of_right_letters_misread_letters_and_strings() -> None:
    counts = count_confusions("vie", ["trả", "đổi"], ["ừả", "đối"])
    expected = {
        ("vie", "tr", "ừ"): 1,
        ("vie", "ả", "ả"): 1,
        ("vie", "đ", "đ"): 1,
        ("vie", "ổ", "ố"): 1,
        ("vie", "i", "i"): 1,
    }
    assert counts == Counter(expected)


def test_counts_outweigh_general_knowledge() -> None:
    seen = {("vie", "ả", "ả"): 900.0, ("vie", "ả", "á"): 100.0}
    assert Confusions(seen).cost("vie", "cả", "cá") < Confusions({}).cost("vie", "cả", "cá")
