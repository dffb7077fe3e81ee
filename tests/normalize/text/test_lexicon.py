"""What this is for."""

import csv
import unicodedata

from normalize.lists.read_list import FOLDER
from normalize.text.dictionary import dictionary, installed_file, sentences, syllables_of
from normalize.text.letters import skeleton, sound
from normalize.text.syllables import is_syllable

WORDS = "nghiêng khuỷu quốc gìn giếng yếu ủy uỷ quyết thuở khoẻ ngoằn ơ kỹ kĩ xoong Đảng ĐƯỜNG"
OTHERS = "tinih Tmh ừong ưiển cưòng các-bon ngê ce qa chât3 viêc lữửi x nđ"


def test_syllables() -> None:
    assert [word for word in WORDS.split() if not is_syllable(word)] == []
    assert [word for word in OTHERS.split() if is_syllable(word)] == []


def test_keys_beside_the_original() -> None:
    assert skeleton("Đường") == "duong"
    assert sound("hoá") == sound("hóa") != sound("hoà")
    assert sound(["quản", "lí"][1]) == sound("lý")
    assert sound("mỹ") == sound("mĩ")
    assert sound("đối") != sound("đổi")
    assert syllables_of("Độc lập - Tự do, (Hạnh phúc)") == [
        "độc",
        "lập",
        "tự",
        "do",
        "hạnh",
        "phúc",
    ]


def test_spellings_prove_themselves() -> None:
    rows = list(
        csv.DictReader(FOLDER.joinpath("syllables.csv").read_text(encoding="utf-8").splitlines())
    )
    keys = [(row["kind"], row["spelling"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(spelling and unicodedata.is_normalized("NFC", spelling) for _, spelling in keys)


def test_what_is_not_installed_is_left_out() -> None:
    assert installed_file("no-such-distribution", "words.txt") is None
    assert isinstance(dictionary(), tuple)
    assert isinstance(sentences(), tuple)


def test_a_word_of_two_tones_is_not_the_one_of_one() -> None:
    assert sound("bãì") != sound("bãi")
    assert sound("hòa") == sound("hoà")
