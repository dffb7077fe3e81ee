"""Words that one engine may have misread: what lists know there tells, not the document alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from normalize.language.word_pairs import Counts, Language, key
from normalize.repair.chosen_words import Custom, Word, _is_usual_there
from normalize.repair.decode_cells import _with_document
from normalize.repair.rivals import Rivals
from normalize.repair.trellis import WordCandidate
from normalize.text.dictionary import has_dictionary
from tests.normalize.repair.test_doubt import Read, slot, told, words

needs_lists = pytest.mark.skipif(not has_dictionary(), reason="no word list is installed")


def doubted(word: str, *texts: list[dict[str, Read]]) -> list[bool]:
    """Whether a word is in doubt, wherever it is told."""
    return [is_doubted for value, is_doubted in told(*texts) if value == word]


@needs_lists
def test_a_word_misread_twice_does_not_bear_itself_out() -> None:
    """Lists and a third place have `sổ tay`, nothing but the two readings `số tay`."""
    twice = [words("Phát số tay cho dân."), words("In số tay mới.")]
    assert doubted("số", *twice, words("Mỗi thôn có sổ tay ghi chép.")) == [True, True]


@pytest.mark.parametrize(
    ("pairs", "is_better"),
    [
        ({("bến", "đò"): 2.0}, True),  # for what stands before
        ({("bên", "độ"): 2.0}, True),  # for what stands behind
        ({("bên", "độ"): 1.0}, False),
        ({("bên", "độ"): 2.0, ("bên", "đò"): 0.5}, False),  # lists have what was read
        ({("bến", "độ"): 2.0}, False),
    ],
)
def test_a_pair_does_not_vote_where_lists_have_a_rival_of_either_of_its_words(
    pairs: dict[tuple[str, str], float], is_better: bool
) -> None:
    general = Counts()
    for (before, word), count in pairs.items():
        general.add(key(before), key(word), count)
    slots = [slot(("bên", 0.96)), slot(("đò", 0.96))._replace(at=1)]
    lattice = [
        WordCandidate(at, at + 1, w, key(w), key(w), 0.0, at, w)
        for at, texts in enumerate((("bên", "bến"), ("đò", "độ")))
        for w in texts
    ]
    assert Rivals(slots, lattice, general).are_better(lattice[0], lattice[2]) is is_better


@needs_lists
def test_two_engines_that_read_a_word_alike_are_no_misreading() -> None:
    both = {"số": (("số", 0.96), ("số", 0.96), ("số", 0.97))}
    twice = [words("Phát số tay cho dân.", **both), words("In số tay mới.", **both)]
    assert doubted("số", *twice, words("Mỗi thôn có sổ tay ghi chép.")) == [False, False]


@needs_lists
def test_a_word_of_no_list_that_was_read_once_is_not_known_for_that() -> None:
    assert doubted("duyết", words("Họp xóm duyết nghị mới.")) == [True]


@needs_lists
@pytest.mark.parametrize(("times", "is_known"), [(1, False), (2, True)])
def test_a_syllable_of_no_list_is_a_word_of_the_document_where_it_recurs(
    times: int, is_known: bool
) -> None:
    known = _with_document({"xã": 3.0}, [[slot(("gành", 0.96)), slot(("xã", 0.96))]] * times, [])
    assert ("gành" in known) is is_known
    assert known["xã"] > 3.0


@needs_lists
def test_what_lists_often_have_there_is_printed_in_doubt_for_what_they_never_have() -> None:
    assert told(words("Khen học sình giỏi."))[2] == ("sinh", True)


@pytest.mark.parametrize(
    ("noise", "kept"),
    [
        ((("Ẩ", 0.1), ("4", 0.5), ("j", 0.3)), ["", "", ""]),
        ((("Ẩ", 0.1), ("4", 0.95), ("j", 0.3)), ["", "4", ""]),  # surely read
    ],
)
def test_several_specks_in_a_row_are_no_words_but_in_doubt(
    noise: Sequence[Read], kept: list[str]
) -> None:
    specks = [{"vie": read, "script": ("", 0.0)} for read in noise]
    left, right = words("Mở chợ và"), words("quán ăn.")
    found = told([*left, *specks, *right])[3:6]
    assert [value for value, _ in found] == kept
    assert any(is_doubted for _, is_doubted in found)


def test_a_word_that_another_witness_read_twice_is_in_doubt() -> None:
    """The leading one has no space there."""
    twice = {"vie": ("ửn", 0.2), "line": ("rừng rừng", 0.95)}
    assert told([*words("Trồng thêm"), twice, *words("ven suối.")])[2] == ("rừng rừng", True)
    spaced = {"vie": ("dần dần", 0.96), "line": ("dần dần", 0.95)}
    assert told([*words("Thay"), spaced, *words("giống cũ.")])[1] == ("dần dần", False)


@pytest.mark.parametrize(
    ("before", "after", "sign"),
    [
        ([("40", 0.3)], [("ha", 0.3)], "|"),
        ([("ốc", 0.3)], [("cá", 0.3)], "-"),
        ([("4", 0.2)], [("j", 0.3)], ","),
        ([("4", 0.2), ("0", 0.3)], [], ""),  # the figure before them has both digits
    ],
)
def test_no_row_of_words_is_dropped_without_doubt(
    before: list[Read], after: list[Read], sign: str
) -> None:
    read = [*before, (sign, 0.3), *after] if sign else before
    row = [{"vie": one, "script": ("", 0.0)} for one in read]
    found = told([*words("Nuôi 40"), *row, *words("gà lôi." if sign else "")])
    in_doubt = [value for value, is_doubted in found[2 : 2 + len(read)] if is_doubted]
    assert in_doubt == [""] * len(before + after)


def test_parts_of_a_code_that_stand_apart_are_not_lost() -> None:
    found = told(words("Theo Nghị định 31/2027/ NĐ- CP về chợ."))
    assert found[3][0] == "31/2027/NĐ-CP"
    assert found[4:6] == [("", False), ("", False)]


@pytest.mark.parametrize(
    ("following", "read"),
    [
        ("", (("hoạch,", 0.8), ("hoạch.", 0.9), ("hoạch.", 0.8))),
        (" Phát triển", (("hoạch,", 0.8), ("hoạch.", 0.9), ("hoạch.", 0.8))),
        ("", (("hoạch,", 0.97), ("hoạch.", 0.6))),
    ],
)
def test_a_point_is_printed_in_doubt_where_one_witness_alone_saw_its_tail(
    following: str, read: tuple[Read, ...]
) -> None:
    text = words("thực hiện kế hoạch," + following, **{"hoạch,": read})
    assert told(text, *[words("để phát triển kinh tế")] * 3)[3] == ("hoạch.", True)


def test_a_name_that_three_witnesses_read_is_known_though_it_stands_once() -> None:
    read = (("Krăl", 0.6), ("Krăl", 0.6), ("Krăl", 0.97))
    assert told(words("Đường vào suối Krăl của xã.", Krăl=read))[3] == ("Krăl", False)


@pytest.mark.parametrize(
    ("gap", "pairs", "in_document", "is_usual"),
    [
        (-3.0, {"sổ": 6.0}, "sổ", True),
        (-8.0, {"sổ": 6.0}, "sổ", False),  # what was read is hardly ever read for it
        (-3.0, {"sổ": 5.0}, "sổ", False),
        (-3.0, {"sổ": 6.0, "số": 0.5}, "sổ", False),  # lists have what was read there too
        (-3.0, {"sổ": 6.0}, "số", False),  # the document has it oftener
    ],
)
def test_what_is_usual_is_seen_often_in_lists_and_what_was_read_never(
    gap: float, pairs: dict[str, float], in_document: str, is_usual: bool
) -> None:
    general = Counts({}, {"vào": {key(word): seen for word, seen in pairs.items()}})
    custom = Custom(general, Language(Counts({key(in_document): 3.0})))
    chosen, read = (WordCandidate(0, 1, w, key(w), key(w), 0.0, 0, w) for w in ("sổ", "số"))
    word = Word("sổ", "sổ", before="vào", gap=gap)
    assert _is_usual_there(word, chosen, [read], "", custom) is is_usual
