"""The engine behind a dump is learned from the dump; neighbours are asked for words."""

from __future__ import annotations

import pytest

from normalize.language.confusions import confusions
from normalize.language.knowledge import knowledge
from normalize.language.word_pairs import Counts, key
from normalize.repair.context_words import ContextWords
from normalize.repair.decode_cells import cells_of, decode_cells
from normalize.repair.own_channel import misreadings, own_channel
from normalize.repair.repair import decide
from normalize.repair.settings import DecodingCosts
from tests.normalize.repair.repair_cases import CLEAN, sentences_frame

SETTINGS = DecodingCosts()


def test_letters_that_ran_together_are_counted_as_a_run() -> None:
    assert misreadings("trong", "ừong") == [("o", "o"), ("n", "n"), ("g", "g"), ("tr", "ừ")]
    assert misreadings("đình", "đĩnh")[1] == ("ì", "ĩ")
    assert misreadings("khách", "k") == [("k", "k")]


def test_a_misreading_that_recurs_costs_less() -> None:
    read = [sentence.replace("ả", "à") for sentence in CLEAN * 3]
    cells, _ = cells_of(
        sentences_frame(read, "dump"), SETTINGS, knowledge((), SETTINGS.weights), confusions()
    )
    decoded, _ = decode_cells(cells, knowledge((), SETTINGS.weights).counts, SETTINGS)
    own = own_channel(confusions(), cells, decoded)
    assert own.cost("dump", "ả", "à") < confusions().cost("dump", "ả", "à") - 1.0


def test_neighbours_are_asked_only_where_what_was_read_fits_neither() -> None:
    counts = Counts()
    for _ in range(4):
        counts.add_text("lúa nước mùa", 1.0)
    spelled = {key(word): word for word in ("lúa", "nước", "mùa")}
    words = ContextWords(counts, spelled)
    assert words.between(key("lúa"), "ntrớc", key("mùa")) == ["nước"]
    assert words.between(key("lúa"), "nước", key("mùa")) == []
    assert words.between(key("lúa"), "thuyềnbè", key("mùa")) == []


def values(*sentences: str) -> list[str]:
    frame = sentences_frame(sentences, "dump")
    return [verdict.value for verdict in decide(frame, SETTINGS, ())]


@pytest.mark.parametrize("body", ["kiểm tra", "nhân dân"])
def test_a_kind_of_bodies_keeps_its_small_letter(body: str) -> None:
    assert values(f"Đào tạo cán bộ ủy ban {body} các cấp.")[4:6] == ["ủy", "ban"]


def test_a_text_begins_with_a_capital_as_the_others_do() -> None:
    others = ["Đào tạo cán bộ các xã."] * 400
    assert values(*others, "xây dựng kế hoạch từng năm.")[-6] == "Xây"
    assert values("xây dựng kế hoạch từng năm.")[0] == "xây"


def test_single_letters_that_a_hyphen_joins_are_no_known_word() -> None:
    frame = sentences_frame(["Cán bộ kiên ơ-ì đấu tranh phòng, chống lãng phí."], "dump")
    assert decide(frame, SETTINGS, ())[3].doubtful


@pytest.mark.parametrize(
    ("text", "at", "printed"),
    [("Nhà nước hỗ trợ ừ-ồng rừng.", 4, "trồng"), ("Đoàn thanh to công bố kết luận.", 2, "tra")],
)
def test_tr_is_read_as_other_letters_also_with_a_hyphen(text: str, at: int, printed: str) -> None:
    assert decide(sentences_frame([text], "dump"), SETTINGS, ())[at].value == printed
