"""What this is for."""

import csv
import math
import unicodedata

import numpy as np

from normalize.language.casing import general_cases, with_document
from normalize.language.word_pairs import START, Counts, Language, history, key, phrases
from normalize.lists.read_list import FOLDER
from normalize.repair.decode_cells import _decode
from normalize.repair.trellis import Trellis, WordCandidate


def counted(*texts: str) -> Counts:
    counts = Counts()
    for text in texts:
        counts.add_text(text, 1.0)
    return counts


def test_phrases_prove_themselves() -> None:
    rows = list(
        csv.DictReader(FOLDER.joinpath("phrases.csv").read_text(encoding="utf-8").splitlines())
    )
    found = [row["phrase"] for row in rows]
    assert len(set(found)) == len(found) == len(phrases())
    assert all(
        unicodedata.is_normalized("NFC", phrase) and phrase == " ".join(phrase.split())
        for phrase in found
    )


def test_a_figure_read_for_a_letter_makes_no_number() -> None:
    assert {
        word for word in ("3an", "3ộ", "5ha", "5G", "3m", "2,5", "12/2026") if key(word) != "#"
    } == {"3an", "3ộ"}


def test_words_are_counted_after_their_history() -> None:
    counts = counted("Phòng, chống thiên tai. Phòng cháy 24/7")
    assert counts.seen(START, key("phòng")) == 2.0
    assert counts.seen(key("phòng") + ",", key("chống")) == 1.0
    assert counts.seen(",", key("chống")) == 1.0
    assert counts.seen(key("tai"), key("phòng")) == 0.0
    assert counts.seen(key("cháy"), key("24")) == 1.0
    assert history(key("tai"), ".") == START


def test_probabilities_of_a_history_add_up() -> None:
    counts = counted("đổi mới sáng tạo", "đổi mới cơ chế", "đối thoại")
    language = Language(counts)
    words = list(counts.words)
    spread = sum(language.single(word) for word in words)
    after = sum(language.shares([key("mới")], words)[0])
    assert spread < after <= 1.0
    assert language.cost(key("đổi"), key("mới")) < language.cost(key("đối"), key("mới"))


def test_a_word_does_not_vote_for_itself() -> None:
    language = Language(counted("phù họp", "phù hợp", "phù hợp"))
    assert language.cost(key("phù"), key("họp"), less=1.0) > language.cost(key("phù"), key("họp"))


def test_a_words_own_vote_counts_for_none_of_its_candidates() -> None:
    language = Language(counted("an ba", "an ba", "an bà"))
    lattice = [WordCandidate(0, 1, text, "an", "an", 0.0) for text in ("an", "An")]
    lattice += [WordCandidate(1, 2, text, text[:2], text[:2], 0.0) for text in ("ba", "ba,", "bà")]
    found = _decode(
        Trellis(lattice, 2, START), language, {1: ("an", "ba", 1.0)}, 1.0
    ).probabilities()
    once, again, other = (found[candidate] for candidate in lattice[2:])
    assert math.isclose(once, again)
    assert math.isclose(
        once / other, math.exp(language.cost("an", "bà") - language.cost("an", "ba", less=1.0))
    )
    assert math.isclose(found[lattice[0]], found[lattice[1]])


def test_costs_and_shares_agree() -> None:
    language = Language(counted("phòng, chống tham nhũng", "phòng, chống lãng phí", "phòng bệnh"))
    befores, words = (
        [key("phòng"), key("phòng") + ",", START],
        [key(w) for w in ("chống", "bệnh", "lạ")],
    )
    expected = [[language.cost(before, word) for word in words] for before in befores]
    np.testing.assert_allclose(-np.log(language.shares(befores, words)), expected)


def test_the_best_path_and_its_probability() -> None:
    def candidate(start: int, end: int, text: str, cost: float) -> WordCandidate:
        return WordCandidate(start, end, text, text, text, cost, start, text)

    lattice = [
        candidate(0, 1, "a", 0.0),
        candidate(0, 1, "b", 1.0),
        candidate(1, 2, "c", 0.0),
        candidate(0, 2, "d", 5.0),
    ]
    decoded = Trellis(lattice, 2, START).decode(
        lambda befores, words, _: [
            [1.0 if (b, w) != ("a", "c") else math.exp(-3.0) for w in words] for b in befores
        ]
    )
    assert [c.text for c in decoded.best] == ["b", "c"]
    weights = np.exp(-np.array([3.0, 1.0, 5.0]))
    assert abs(decoded.probabilities()[lattice[1]] - weights[1] / weights.sum()) < 1e-12
    assert abs(sum(decoded.probabilities()[c] for c in lattice if c.start == 0) - 1.0) < 1e-12


def test_a_candidate_that_passes_by_a_pair_is_weighed_against_what_the_pair_costs() -> None:
    lattice = [
        WordCandidate(0, 1, "a", "a", "a", 0.0),
        WordCandidate(1, 2, "b", "b", "b", 0.0),
        WordCandidate(0, 2, "ab", "ab", "ab", 2.0),
    ]
    decoded = Trellis(lattice, 2, START).decode(
        lambda befores, words, _: [
            [math.exp(-9.0) if (b, w) == ("a", "b") else 1.0 for w in words] for b in befores
        ]
    )
    assert [c.text for c in decoded.best] == ["ab"]


def test_case_follows_the_neighbours() -> None:
    cases = general_cases(("Ủy ban nhân dân tỉnh",))
    assert cases.odds("", key("ủy"), key("ban")) > 1.0
    assert cases.odds(key("các"), key("cấp"), key("ủy")) < -1.0


def test_a_word_that_begins_a_sentence_says_nothing_of_its_case() -> None:
    cells = [
        [(word, True) for word in text.split()]
        for text in (*(["Giao khoán rừng. Rừng già cấm khai thác"] * 6), "bảo vệ Rừng già của xã")
    ]
    cases = with_document(general_cases(()), cells)
    assert cases.counted("left", (key("rừng"), key("già")))[1] == 1.0
    assert not cases.is_often_capital(key("rừng"), key("già"))
    often = [[(word, True) for word in ("cùng", "Nhân", "dân", "xã")]] * 6
    assert with_document(general_cases(()), often).is_often_capital(key("nhân"), key("dân"))
