"""What speaks against a word of a dump, of which there is one reading only."""

from math import inf
from types import SimpleNamespace
from typing import cast

import pytest

from normalize.language.confusions import confusions
from normalize.language.knowledge import knowledge
from normalize.language.word_pairs import Counts, Language, key
from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import cells_of
from normalize.repair.judge import WordJudge, odds_alone, reads_better
from normalize.repair.pairs_read import PairsRead
from normalize.repair.repair import decide
from normalize.repair.settings import DecodingCosts
from normalize.repair.trellis import WordCandidate
from tests.normalize.repair.repair_cases import sentences_frame
from tests.normalize.repair.test_doubt import slot

SETTINGS = DecodingCosts()


def judge_of(counts: Counts, *known: str) -> WordJudge:
    """A judge who knows how often words are counted, and that some exist."""
    found = SimpleNamespace(
        language=Language(counts), settings=SETTINGS, known={key(word) for word in known}
    )
    return cast("WordJudge", found)


@pytest.mark.parametrize(
    ("sentences", "known", "is_kept"),
    [
        (("Sửa bến cá hố", "Mở chợ cá hố"), 0.0, True),
        (("Sửa bến cá hố", "Mở chợ tôm"), 0.0, False),  # read so once only
        (("Sửa bến cá hố", "Mở chợ cá hố"), 2.0, False),  # lists have what was chosen
        (("Sửa bến cá hố", "Mở chợ cá hố", "Nuôi cá hồ"), 0.0, False),  # as it was read there
    ],
)
def test_a_pair_that_a_dump_reads_twice_and_never_otherwise_is_no_misreading(
    sentences: tuple[str, ...], known: float, is_kept: bool
) -> None:
    general = knowledge((), SETTINGS.weights)
    cells, _ = cells_of(sentences_frame(sentences, "dump"), SETTINGS, general, confusions())
    texts = [[s.core.replace("hố", "hồ") for s in cell.words] for cell in cells]
    words = [{n: Word(text, text) for n, text in enumerate(cell)} for cell in texts]
    counts = Counts()
    counts.add_text("cá hồ", known)
    pairs = PairsRead(cells, words, counts)
    assert pairs.stands_as_read(cells[0].words[3], words[0]) is is_kept
    assert not pairs.stands_as_read(cells[0].words[2], words[0])  # it was not changed


def test_a_rare_word_beside_strange_neighbours_is_as_likely_as_it_is_common() -> None:
    counts = Counts()
    counts.add_text("mua thuyền " * 300 + "thuyên", 1.0)
    judge = judge_of(counts)
    read, near = (
        WordCandidate(0, 1, text, text, text, cost, 0, text)
        for text, cost in (("thuyên", 0.0), ("thuyền", 4.0))
    )
    word = Word("thuyên", "thuyên", gap=3.0)
    assert odds_alone(judge, word, [read, near]) < 0
    assert odds_alone(judge, word, [read]) == inf


def test_a_reading_stands_where_it_is_likelier_alone_and_no_neighbour_speaks_for_another() -> None:
    counts = Counts()
    counts.add_text("mua thuyền " * 300 + "thuyên", 1.0)
    judge = judge_of(counts, "thuyền")
    read, chosen = (
        WordCandidate(0, 1, text, text, text, cost, 0, text)
        for text, cost in (("thuyền", 0.0), ("thuyên", 4.0))
    )
    found = slot(("thuyền", 0.9))
    assert reads_better(judge, found, Word("thuyên", "thuyên"), [read, chosen])
    assert not reads_better(judge, slot(("thuyên", 0.9)), Word("thuyền", "thuyền"), [read, chosen])
    judge.known.clear()
    assert not reads_better(judge, found, Word("thuyên", "thuyên"), [read, chosen])


def test_what_was_read_stands_in_doubt_where_nothing_speaks_for_the_other_word() -> None:
    found = decide(sentences_frame(["Xã ở hai bên biên giới cùng mở chợ."], "dump"), SETTINGS, ())
    assert (found[3].value, found[3].doubtful) == ("bên", True)


def test_what_is_no_word_does_not_stand_however_often_it_is_read() -> None:
    texts = ["Thuế trừ ừợ cấp lúa.", "Thu trừ ừợ cấp muối.", "Nhà nước trợ cấp cho dân."]
    found = decide(sentences_frame(texts, "dump"), SETTINGS, ())
    assert [found[at].value for at in (2, 7)] == ["trợ", "trợ"]


POINTED = ("Xây 1.250 nhà ở.", "Trồng 25.600 cây keo.", "Đào 3.400 mét mương.")


@pytest.mark.parametrize(
    ("others", "number", "is_lost"),
    [
        (POINTED, "7300", True),
        (POINTED, "2031", False),  # a year
        (POINTED, "730", False),
        (POINTED[:2], "7300", False),
        ((*POINTED, "Cấp 1250 thẻ cho dân.", "Nuôi 4300 con dê."), "7300", False),
    ],
)
def test_a_number_without_the_point_that_others_have_is_in_doubt(
    others: tuple[str, ...], number: str, is_lost: bool
) -> None:
    frame = sentences_frame((*others, f"Mở {number} hố trồng cây ở xã."), "dump")
    found = decide(frame, SETTINGS, ())
    assert found[-6].value == number
    assert found[-6].doubtful is is_lost


@pytest.mark.parametrize(("stacked", "alone"), [(("ể", "ê"), ("ẻ", "e")), (("ố", "ô"), ("ó", "o"))])
def test_an_old_engine_loses_a_mark_above_another_sooner_than_one_alone(
    stacked: tuple[str, str], alone: tuple[str, str]
) -> None:
    cost = confusions().cost
    assert cost("dump", *stacked) < cost("dump", *alone) - 0.5


CRABS = (
    "Nuôi cua biển ở vùng triều.",
    "Thu mua cua giống cho hộ dân.",
    "Ương cua trong ao đất.",
    "Bán cua lột tại chợ.",
    "Giống cua xanh của trại.",
    "Chế biến cua đông lạnh.",
)


@pytest.mark.parametrize(
    ("others", "is_doubtful"), [(CRABS, False), (CRABS[:1], True)], ids=["often", "once"]
)
def test_a_word_that_stands_often_in_a_dump_is_no_commoner_word(
    others: tuple[str, ...], is_doubtful: bool
) -> None:
    frame = sentences_frame((*others, "Hỗ trợ giá cua cho bà con."), "dump")
    found = decide(frame, SETTINGS, ())[-4]
    assert (found.value, found.doubtful) == ("cua", is_doubtful)


def test_a_word_of_a_dump_does_not_speak_for_itself_by_standing_there() -> None:
    counts = Counts()
    counts.add_text("thuyền nan " * 900 + "thuyền vo", 1.0)
    elsewhere, here = Language(counts), Language(counts, own={"vo": 3.0})
    assert here.single("vo") > 1.2 * elsewhere.single("vo")
    assert here.single("vo", 3.0) == elsewhere.single("vo")
    assert here.cost("nan", "vo", 0.0, 3.0) == elsewhere.cost("nan", "vo")


def test_words_behind_a_dash_are_weighed_as_those_without_one() -> None:
    def margins(sentence: str) -> list[float]:
        found = decide(sentences_frame((sentence,), "dump"), SETTINGS, ())
        return [verdict.evidence.margin for verdict in found if verdict.evidence is not None]

    assert margins("- Mời gọi hãng bay mở đường.") == margins("Mời gọi hãng bay mở đường.")
