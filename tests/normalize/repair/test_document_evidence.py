"""What the rest of a document says for and against a word of a scan."""

from types import SimpleNamespace
from typing import cast

import pytest

from normalize.language.confusions import confusions
from normalize.language.knowledge import knowledge
from normalize.language.word_pairs import Counts, key
from normalize.repair.chosen_words import Custom, Word, _is_hardly_overruled, words_of
from normalize.repair.decode_cells import CellSlots, cells_of, decode_cells
from normalize.repair.document_words import DocumentWords
from normalize.repair.judge import (
    WordJudge,
    _is_outdone,
    _is_rivalled_at_start,
    has_sign_within,
    is_rival_read,
    is_rivalled,
)
from normalize.repair.repair import repair
from normalize.repair.settings import DecodingCosts
from normalize.repair.signs import clean_after
from normalize.repair.slots import Slot, read_as
from normalize.repair.trellis import WordCandidate
from normalize.repair.verdicts import evidence_of
from normalize.text.widths import width
from tests.normalize.repair.repair_cases import CLEAN, slots_frame
from tests.normalize.repair.test_doubt import Read, slot, told, words


def test_a_word_recurs_beside_its_neighbour_where_no_other_has_its_letters_there() -> None:
    """`cói` stands beside `chiếu` alone, though `cõi` and `cội` stand elsewhere."""
    rest = [words("Bờ cõi xa."), words("Nguồn cội cũ."), words("Nhà cói thấp.")]
    document, cells = document_of(*[words("Dệt chiếu cói đẹp.")] * 3, *rest)
    own = {n: Word(text, text) for n, text in enumerate(("Dệt", "chiếu", "cói", "dày"))}
    assert document.recurs_beside(cells[0].words[2], own)
    assert not document.recurs(cells[0].words[2], "cói")
    assert not document.recurs_beside(cells[0].words[2], {**own, 2: Word("cõi", "cõi")})
    apart = {**own, 1: Word("chiếu,", "chiếu"), 3: Word("thấp", "thấp")}  # with a sign between
    assert not document.recurs_beside(cells[0].words[2], apart)
    few, cells = document_of(*[words("Dệt chiếu cói đẹp.")] * 2, *rest)
    assert not few.recurs_beside(cells[0].words[2], own)


def judge_of(seen: dict[tuple[str, str], float]) -> WordJudge:
    """A judge whose language has seen these pairs alone, and who knows no document."""
    counts = SimpleNamespace(seen=lambda before, word: seen.get((before, word), 0.0))
    costs = SimpleNamespace(weights=SimpleNamespace(document=0.0))
    judge = SimpleNamespace(language=SimpleNamespace(counts=counts), settings=costs, document=None)
    return cast(WordJudge, judge)


@pytest.mark.parametrize(
    ("seen", "probability", "is_rival"),
    [
        ({("ven", "sông"): 2.0}, 0.6, True),
        ({("ven", "sông"): 2.0}, 0.95, False),  # context has decided
        ({("ven", "sông"): 2.0, ("song", "xã"): 1.0}, 0.6, False),  # seen before the next word
        ({("ven", "song"): 2.0}, 0.6, False),
        ({("ven", "sóng"): 2.0}, 0.6, False),  # no candidate
    ],
)
def test_a_word_within_a_text_is_rivalled_by_one_that_its_neighbour_has(
    seen: dict[tuple[str, str], float], probability: float, is_rival: bool
) -> None:
    own = slot(("song", 0.96))._replace(at=1)
    there = {
        0: Word("ven", "ven"),
        1: Word("song", "song", probability, before="ven"),
        2: Word("xã", "xã", before="song"),
    }
    lattice = [WordCandidate(1, 2, w, w, w, 0.0, 1, w) for w in ("song", "sông", "vông")]
    pairs = {(key(before), key(word)): count for (before, word), count in seen.items()}
    assert is_rivalled(judge_of(pairs), own, there, lattice) is is_rival


@pytest.mark.parametrize(
    ("sure", "after", "is_read"), [(0.96, "", True), (0.6, "", False), (0.96, ",", False)]
)
def test_a_sure_reading_that_its_neighbour_has_is_printed(
    sure: float, after: str, is_read: bool
) -> None:
    judge = judge_of({(key("kênh"), key("dẫn")): 2.0})
    reading = read_as("vie", f"Kênh{after}", sure)
    own = Slot(0, 0, (reading,), "", "Kênh", False)
    there = {0: Word("Kềnh", "Kềnh"), 1: Word("dẫn", "dẫn")}
    assert is_rival_read(judge, own, there) is is_read


@pytest.mark.parametrize(
    ("read", "chosen", "probability", "is_kept"),
    [
        ("VƯƠN", "VƯỜN", 0.8, False),  # a capital lost its mark
        ("VƯƠN", "VƯỜN", 0.55, True),
        ("vươn", "vườn", 0.8, True),
        ("VƯỚN", "VƯỜN", 0.8, True),
    ],
)
def test_context_gives_a_capital_the_mark_that_it_lost(
    read: str, chosen: str, probability: float, is_kept: bool
) -> None:
    sure = slot((read, 1.0), (read, 1.0))
    word = Word(chosen, chosen, probability, gap=-4.0)
    assert _is_hardly_overruled(sure, word) is is_kept


@pytest.mark.parametrize(
    ("readings", "torn"),
    [
        ((("bổ", 0.7), ("bố", 0.95), ("bô", 0.6)), 1.0),
        ((("bổ", 0.95), ("bố", 0.95), ("bô", 0.6)), 0.0),  # what was taken was sure
        ((("bổ", 0.7), ("bố", 0.95), ("bố", 0.6)), 0.0),
        ((("bổ", 0.7), ("bố", 0.95)), 0.0),
        ((("bổ", 0.4), ("bố", 0.6)), 2.0),  # none was at all sure
        ((("bổ", 0.4), ("bổ", 0.6)), 0.0),
    ],
)
def test_witnesses_that_each_read_another_word_speak_against_it(
    readings: tuple[tuple[str, float], ...], torn: float
) -> None:
    assert evidence_of(slot(*readings), Word("bổ", "bổ"), True, True).torn == torn


@pytest.mark.parametrize(("sure", "is_kept"), [(0.04, False), (0.6, True)])
def test_what_the_line_recogniser_alone_sees_and_does_not_believe_is_no_word(
    sure: float, is_kept: bool
) -> None:
    seen = {"vie": ("", 0.0), "line": ("3-418 K", sure)}
    value, doubted = told([*words("Học sinh đi học gần nhà."), seen])[-1]
    assert (value, doubted) == (("3-418", False) if is_kept else ("", True))


def test_a_speck_that_is_read_as_a_sign_within_a_name_is_in_doubt() -> None:
    name = "Văn phòng Tỉnh ủy gửi báo cáo."
    odd = (("Tỉnh,", 0.8), ("Tỉnh.", 0.95), ("Tỉnh.", 0.96))
    found = told(words(name.replace("Tỉnh", "Tỉnh,"), **{"Tỉnh,": odd}), words(name), words(name))
    assert found[2] == ("Tỉnh", True)
    apart = told(words("Sở, ngành, đoàn thể gửi báo cáo."))
    assert not any(doubted for _, doubted in apart)


@pytest.mark.parametrize(
    ("read", "printed", "is_odd"),
    [
        (("Tỉnh.",), "Tỉnh,", True),
        (("Tỉnh,",), "Tỉnh,", False),
        (('Tỉnh",',), 'Tỉnh",', False),
        (("Tỉnh,", "Tỉnh"), "Tỉnh,", True),
    ],
)
def test_a_sign_within_a_pair_is_odd_where_not_all_read_it(
    read: tuple[str, ...], printed: str, is_odd: bool
) -> None:
    together = key("tỉnh")
    language = SimpleNamespace(
        counts=SimpleNamespace(seen=lambda own, _: 8.0 if own == together else 0.0)
    )
    costs = SimpleNamespace(weights=SimpleNamespace(document=0.0))
    judge = cast(WordJudge, SimpleNamespace(language=language, settings=costs))
    readings = tuple(read_as("vie", text, 0.9) for text in read)
    own = Slot(0, 0, readings, "", "Tỉnh", False, next_small=True)
    words_there = {0: Word(printed, "Tỉnh"), 1: Word("ủy", "ủy")}
    assert has_sign_within(judge, own, words_there) is is_odd


@pytest.mark.parametrize(("following", "doubted"), [("Pa", True), ("hét", False)])
def test_la_before_a_name_may_be_the_beginning_of_that_name(following: str, doubted: bool) -> None:
    found = told(words(f"Xây cầu qua suối la {following} nối hai xã."))
    assert ("la", doubted) in found


def ended(*signs: tuple[str, ...]) -> list[str]:
    """The ends of ten texts without a stop, and of one whose last word was read with these."""
    texts = [f"Xây trường học số {n}, mua sách và sửa mái" for n in range(10)]
    last = {name: (f"mái{sign[0]}", 0.9) for name, sign in zip(("vie", "line"), signs, strict=True)}
    frame = slots_frame([*map(words, texts), [*words("Sửa cổng và lợp lại"), last]])
    repaired, _ = repair(frame, DecodingCosts())
    ends = repaired.groupby("row_id", sort=False)["value"].last().tolist()
    return [ends[0], ends[-1]]


def test_a_text_ends_as_the_others_of_its_column_where_witnesses_differ() -> None:
    assert ended((".",), ("",)) == ["mái", "mái"]
    assert ended(("",), (".",)) == ["mái", "mái"]
    assert ended((".",), (".",)) == ["mái", "mái."]


def test_a_code_that_was_read_in_two_pieces_gets_no_stop_of_its_own() -> None:
    texts = [f"Xây trường học số {n}, mua sách và sửa mái." for n in range(10)]
    last = {"vie": ("NĐ-CP", 0.9), "line": ("NĐ-CP.", 0.9)}
    frame = slots_frame([*map(words, texts), [*words("Thực hiện Nghị định số 76/2023/"), last]])
    repaired, _ = repair(frame, DecodingCosts())
    assert repaired["value"].tolist()[-2:] == ["76/2023/NĐ-CP", ""]


def test_the_custom_of_a_column_is_that_of_its_table() -> None:
    texts = [f"Xây trường học số {n}, mua sách và sửa mái" for n in range(10)]
    last = {"vie": ("mái.", 0.9), "line": ("mái", 0.9)}
    frame = slots_frame([*map(words, texts), [*words("Sửa cổng và lợp lại"), last]])
    tables = frame["table"].where(frame["row_id"] != "I#11", "tasks")
    repaired, _ = repair(frame.assign(table=tables), DecodingCosts())
    assert repaired["value"].iloc[-1] == "mái."


@pytest.mark.parametrize(
    ("read", "printed"),
    [("!,", ","), ("?.", "."), ("!?;", ";"), ("?", "?"), ("!", "!"), ("”.", "”."), (").", ").")],
)
def test_a_footnotes_mark_before_a_stop_is_no_sign(read: str, printed: str) -> None:
    assert clean_after(read) == printed


@pytest.mark.parametrize("read", ["’,", "';", "*;", "”:"])
def test_a_quote_or_star_before_a_stop_is_printed(read: str) -> None:
    assert clean_after(read) == read


def document_of(*texts: list[dict[str, Read]]) -> tuple[DocumentWords, list[CellSlots]]:
    """The words of a document in which each of the texts is printed at a place of its own."""
    settings = DecodingCosts()
    general = knowledge((), settings.weights)
    frame = slots_frame([*texts, *map(words, CLEAN)])
    cells, _ = cells_of(frame.assign(top=range(len(frame))), settings, general, confusions())
    decoded, language = decode_cells(cells, general.counts, settings)
    custom = Custom(general.counts, language)
    found = [words_of(cell, one, custom) for cell, one in zip(cells, decoded, strict=True)]
    return DocumentWords(cells, found, general.words), cells


def seen_in_lists(pairs: dict[tuple[str, str], float]) -> Counts:
    counts = Counts()
    for (before, word), count in pairs.items():
        counts.add(key(before), key(word), count)
    return counts


@pytest.mark.parametrize(
    ("pairs", "probability", "elsewhere", "is_outdone"),
    [
        ({("chõng", "tre"): 2.0}, 0.6, "Kê chõng tre thấp.", True),
        ({("chõng", "tre"): 2.0}, 0.97, "Kê chõng tre thấp.", False),  # context has decided
        ({("chõng", "tre"): 1.0}, 0.6, "Kê chõng tre thấp.", False),
        ({("chõng", "tre"): 2.0, ("chồng", "tre"): 0.5}, 0.6, "Kê chõng tre thấp.", False),
        ({("chõng", "tre"): 2.0}, 0.6, "Kê chõng thấp.", False),  # the document has it not
        ({("đan", "chõng"): 2.0}, 0.6, "Thợ đan chõng giỏi.", False),  # the word before tells none
    ],
)
def test_a_word_of_one_engine_is_outdone_by_what_lists_and_document_have_before_the_next(
    pairs: dict[tuple[str, str], float], probability: float, elsewhere: str, is_outdone: bool
) -> None:
    document, _ = document_of(words(elsewhere))
    judge = cast(WordJudge, SimpleNamespace(general=seen_in_lists(pairs)))
    own = slot(("chồng", 0.96))._replace(at=1)
    there = {
        0: Word("đan", "đan"),
        1: Word("chồng", "chồng", probability, before="đan"),
        2: Word("tre", "tre", before="chồng"),
    }
    lattice = [WordCandidate(1, 2, w, key(w), key(w), 0.0, 1, w) for w in ("chồng", "chõng")]
    assert _is_outdone(judge, document, own, there, lattice) is is_outdone


@pytest.mark.parametrize(
    ("elsewhere", "sure", "is_rival"),
    [
        ("Đan lưới cùng trẻ.", 0.96, False),  # it stands there before the same word
        ("Đan lưới cùng trẻ.", 0.7, True),  # it was not surely read there
        ("Đan rổ cùng trẻ.", 0.96, True),
    ],
)
def test_a_first_word_that_the_document_has_before_the_next_elsewhere_is_no_misreading(
    elsewhere: str, sure: float, is_rival: bool
) -> None:
    """No list has ``đan lưới``; one has ``đàn lưới``."""
    own = words("Đan lưới mới.")
    document, _ = document_of(own, words(elsewhere, Đan=(("Đan", sure),)))
    pairs = seen_in_lists({("đàn", "lưới"): 2.0})
    costs = SimpleNamespace(weights=SimpleNamespace(document=0.0))
    language = SimpleNamespace(counts=pairs)
    judge = SimpleNamespace(language=language, settings=costs, document=document)
    there = {0: Word("Đan", "Đan"), 1: Word("lưới", "lưới", before=key("đan"))}
    twin = WordCandidate(0, 1, "Đàn", key("đàn"), key("đàn"), 0.0, 0, "Đàn")
    found = _is_rivalled_at_start(cast(WordJudge, judge), slot(("Đan", 0.96)), there, [twin])
    assert found is is_rival


@pytest.mark.parametrize(("times", "is_often"), [(5, True), (4, False)])
def test_a_word_recurs_where_hardly_another_one_has_its_letters(times: int, is_often: bool) -> None:
    """In other places than its own."""
    document, cells = document_of(
        *[words("Trồng quế trên đồi dốc.")] * times, words("Bán chè."), words("Vải che nắng.")
    )
    assert document.recurs(cells[0].words[1], "quế") == is_often
    assert not document.recurs(cells[times].words[1], "chè")  # once
    assert not document.recurs(cells[times].words[1], "chẽ")


@pytest.mark.parametrize(
    ("witness", "at", "is_borne_out"),
    [("line", 2, True), ("script", 2, False), ("line", 0, False)],
)
def test_a_word_of_no_list_recurs_where_a_second_engine_read_it_elsewhere(
    witness: str, at: int, is_borne_out: bool
) -> None:
    """One engine misreads a word alike wherever it stands."""
    texts = [words("Trồng blaok trên đồi dốc.") for _ in range(6)]
    texts[at][1][witness] = ("blaok", 0.9)
    document, cells = document_of(*texts)
    assert document.recurs(cells[0].words[1], "blaok") == is_borne_out


@pytest.mark.parametrize(
    ("texts", "is_doubted"), [(("II", "III", "II"), True), (("III", "II", "III"), False)]
)
def test_a_numeral_told_by_the_print_against_most_witnesses_is_in_doubt(
    texts: tuple[str, ...], is_doubted: bool
) -> None:
    odd = tuple((f"{text}/2028", 0.95) for text in texts)
    line = [*words("Lập đề án xong trong quý"), *words("x", x=odd)]
    frame = slots_frame([line, *map(words, CLEAN)])
    printed = ["Lập", "đề", "án", "xong", "trong", "quý", "III/2028"]
    wide = [width(text) * 0.012 for text in printed] + [1.0] * (len(frame) - len(printed))
    repaired, _ = repair(frame.assign(x1=wide), DecodingCosts())
    assert repaired["value"][6] == "III/2028"
    assert repaired["doubtful"][6] == is_doubted
