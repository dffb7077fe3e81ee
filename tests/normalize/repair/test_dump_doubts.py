"""What speaks against a word of a dump, of which there is one reading only."""

from math import inf
from types import SimpleNamespace
from typing import cast

import pytest

from normalize.language.confusions import confusions
from normalize.language.knowledge import knowledge
from normalize.language.word_pairs import Counts, Language
from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import cells_of
from normalize.repair.judge import WordJudge, odds_alone
from normalize.repair.pairs_read import PairsRead
from normalize.repair.settings import DecodingCosts
from normalize.repair.trellis import WordCandidate
from tests.normalize.repair.repair_cases import sentences_frame
from tests.normalize.repair.test_doubt import slot

SETTINGS = DecodingCosts()


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
    judge = cast("WordJudge", SimpleNamespace(language=Language(counts)))
    read, near = (
        WordCandidate(0, 1, text, text, text, cost, 0, text)
        for text, cost in (("thuyên", 0.0), ("thuyền", 4.0))
    )
    word = Word("thuyên", "thuyên", gap=3.0)
    assert odds_alone(judge, slot(("thuyên", 0.9)), word, [read, near]) < 0
    assert odds_alone(judge, slot(("thuyên", 0.9)), word, [read]) == inf
    far = Word("thuyên", "thuyên", gap=6.0)  # hardly ever read for another one
    assert odds_alone(judge, slot(("thuyên", 0.9)), far, [read, near]) == inf


@pytest.mark.parametrize(("stacked", "alone"), [(("ể", "ê"), ("ẻ", "e")), (("ố", "ô"), ("ó", "o"))])
def test_an_old_engine_loses_a_mark_above_another_sooner_than_one_alone(
    stacked: tuple[str, str], alone: tuple[str, str]
) -> None:
    cost = confusions().cost
    assert cost("dump", *stacked) < cost("dump", *alone) - 0.5
