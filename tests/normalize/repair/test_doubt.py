"""What is doubted on a scan, and what is not any more: each kind by a case of its own."""

import json

import pytest

from normalize.language.word_pairs import START, key
from normalize.repair.chosen_words import Word
from normalize.repair.doubt import Evidence, has_odd_signs, is_strange
from normalize.repair.lost_signs import has_lost_sign, is_unopened
from normalize.repair.own_words import own_words
from normalize.repair.repair import repair
from normalize.repair.settings import DecodingCosts
from normalize.repair.slots import Reading, Slot, cell_slots, read_as
from normalize.repair.verdicts import evidence_of
from tests.normalize.repair.repair_cases import CLEAN, slots_frame

Read = tuple[str, float]
WITNESSES = ("vie", "script", "line")


def words(text: str, **odd: tuple[Read, ...]) -> list[dict[str, Read]]:
    """A sentence that the first model reads surely; the readings of ``odd`` words are given."""
    return [
        dict(zip(WITNESSES, odd[word], strict=False)) if word in odd else {"vie": (word, 0.96)}
        for word in text.split()
    ]


def told(*sentences: list[dict[str, Read]]) -> list[tuple[str, bool]]:
    """Value and doubt of each word of the sentences, beside clean ones."""
    rest = [words(text) for text in CLEAN]
    repaired, _ = repair(slots_frame([*sentences, *rest]), DecodingCosts())
    count = sum(map(len, sentences))
    return list(zip(repaired["value"][:count], repaired["doubtful"][:count], strict=True))


def slot(*readings: tuple[str, float]) -> Slot:
    read = tuple(
        Reading(name, "", text, "", sure)
        for name, (text, sure) in zip(WITNESSES, readings, strict=False)
    )
    return Slot(0, 0, read, "", read[0].core, False)


def test_a_word_of_the_document_alone_is_one_that_two_models_read_alike_and_surely() -> None:
    cells = [
        [slot(("Brao", 0.9), ("Brao", 0.9))],
        [slot(("brao", 0.9), ("brao", 0.9)), slot(("krol", 0.9), ("krol", 0.7))],
        [
            slot(("jrai", 0.9)),
            slot(("plei", 0.9), ("plel", 0.9)),
            slot(("viêt", 0.9), ("viêt", 0.9)),
        ],
        [slot(("klei", 0.6), ("klei", 0.6)), slot(("drang", 0.5), ("drang", 0.6), ("drang", 0.6))],
    ]
    assert own_words(cells, ["việt", "làng"]) == ["brao", "brao"]
    assert own_words(cells, ["việt", "bráo"]) == []
    assert own_words([[slot(("ksor", 0.5), ("ksor", 0.6), ("ksor", 1.0))]], []) == ["ksor"]


def test_context_makes_no_listed_word_of_a_word_that_the_document_alone_has() -> None:
    both = (("shan", 0.93), ("shan", 0.93))
    sentences = [
        words("Khai thác mỏ shan ở vùng cao.", shan=both),
        words("Nhà máy nhiệt điện chạy shan của tỉnh.", shan=both),
    ]
    assert ("shan", False) in told(*sentences)[:7]
    assert ("shan", False) in told(*sentences)[7:]


@pytest.mark.parametrize(
    ("first", "second", "faint"), [(0.9, 0.3, 0.1), (0.7, 0.3, 0.7), (0.7, 0.9, 0.3)]
)
def test_a_faint_second_reading_bears_a_sure_first_one_out(
    first: float, second: float, faint: float
) -> None:
    one = slot(("83-KL/TU", first), ("83-KL/TU", second))
    evidence = evidence_of(one, Word("83-KL/TU", "83-KL/TU"), True, True)
    assert evidence.faint == pytest.approx(faint)


@pytest.mark.parametrize("mark", ["c)", "o)"])
def test_an_items_mark_is_not_doubted_for_its_case(mark: str) -> None:
    both = {mark: ((mark, 0.93), (mark, 0.93))}
    assert told(words(f"{mark} Thực hiện kế hoạch của tỉnh.", **both))[0] == (mark, False)


def test_a_tail_that_the_first_model_sees_is_printed_though_others_lose_it() -> None:
    tail = {"dân;": (("dân;", 0.93), ("dân:", 0.97), ("dân:", 0.99))}
    found = told(words("Chăm lo đời sống nhân dân; giữ vững quốc phòng.", **tail))
    assert found[5] == ("dân;", False)


def test_a_unit_behind_a_figure_is_no_misread_word() -> None:
    line = "Xây dựng đường dây 220 kV và trạm biến áp."
    assert ("kV", False) in told(words(line, kV=(("kV", 0.93),)))


def test_a_letter_that_names_a_class_is_not_alone() -> None:
    found = told(words("Dự án nhóm B của tỉnh."), words("Dự án của B tỉnh."))
    assert found[3] == ("B", False)
    assert found[9][1]


def test_the_number_of_a_point_of_a_text_has_lost_no_tail() -> None:
    one = slot(("4.2", 0.9))
    lost = frozenset(".")
    assert has_lost_sign(one, Word("4.2", "4.2", before=START), lost)
    assert not has_lost_sign(one, Word("4.2", "4.2", before=key("điểm")), lost)


def test_the_recogniser_takes_part_in_bounds_that_it_cannot_read() -> None:
    def cores(line: str) -> list[tuple[str, str]]:
        read = [["vie", "≤ 30", 0.8], ["script", "≤30", 0.9], ["line", line, 0.99]]
        (found,) = cell_slots(["≤ 30"], [json.dumps(read)], "")
        return [(r.before, r.core) for r in found.readings]

    assert cores("s 30") == [("≤", "30")] * 3
    assert cores("s 80") != [("≤", "30")] * 3


def test_context_leaves_a_sure_reading_that_speaks_clearly_against_it() -> None:
    found = told(words("Khôi phục hò khoan, hò bá trạo ở Cầu Ngư."))
    assert [value for value, _ in found[2:5:2]] == ["hò", "hò"]


@pytest.mark.parametrize(("sure", "doubted"), [(0.97, False), (0.952, True), (0.933, False)])
def test_a_word_that_alone_was_read_less_surely_than_most_is_not_plain(
    sure: float, doubted: bool
) -> None:
    sentence = words("Ông Bảy kiêm giữ kho thóc.", kiêm=(("kiêm", sure),))
    assert told(sentence)[2] == ("kiêm", doubted)


@pytest.mark.parametrize(
    ("read", "is_cut"),
    [((";ường", ";ường"), 1.0), ((";ường", "ường"), 0.0), (("(đường", "(đường"), 0.0)],
)
def test_the_stump_of_a_letter_that_two_witnesses_saw_is_odd(
    read: tuple[str, ...], is_cut: float
) -> None:
    readings = tuple(read_as(name, text, 0.8) for name, text in zip(WITNESSES, read, strict=False))
    own = slot((readings[0].core, 0.8))._replace(readings=readings)
    assert evidence_of(own, Word(own.core, own.core), True, True).odd_signs == is_cut


@pytest.mark.parametrize(
    ("code", "is_odd"),
    [
        ("07/B/2031", True),
        ("4S%", True),
        ("07/8/2031", False),
        ("45%", False),
        ("12/2031/QĐ-UBND", False),
    ],
)
def test_a_letter_in_a_date_or_percentage_is_odd(code: str, is_odd: bool) -> None:
    assert has_odd_signs(code, frozen=True) is is_odd


@pytest.mark.parametrize(
    ("texts", "is_odd"),
    [
        (("nuôi", "56)", "con"), True),
        (("lứa", "(năm", "56)"), False),
        (("1)", "nuôi", "cá;", "2)", "nuôi", "tôm"), False),  # items
        (("điểm", "a)"), False),
    ],
)
def test_a_bracket_behind_a_figure_that_nothing_opens_is_odd(
    texts: tuple[str, ...], is_odd: bool
) -> None:
    there = {n: Word(text, text.strip("();")) for n, text in enumerate(texts)}
    own = slot(("56", 0.9))
    assert any(is_unopened(own._replace(at=n), there) for n in there) is is_odd


@pytest.mark.parametrize(("text", "place"), [("Thuyền xóa bè cũ.", 2), ("Chia hai bên bờ.", 2)])
@pytest.mark.parametrize(("sure", "doubted"), [(0.97, False), (0.95, True)])
def test_a_word_read_as_surely_as_most_needs_no_known_neighbour(
    text: str, place: int, sure: float, doubted: bool
) -> None:
    found = told([{"vie": (word, sure)} for word in text.split()])
    assert found[place] == (text.split()[place], doubted)


def test_a_comma_that_the_leading_witness_surely_read_is_printed_in_doubt() -> None:
    others = (("64.75", 0.9), ("64.75", 0.95))
    surely, hardly = (words("Xã trồng X ha", X=(("64,75", sure), *others)) for sure in (0.95, 0.7))
    assert told(surely)[2] == ("64,75", True)
    assert told(hardly)[2][0] == "64.75"


@pytest.mark.parametrize(
    ("evidence", "counted", "sure", "strange"),
    [
        (Evidence(unsupported=1.0), 5000.0, 0.6, True),
        (Evidence(unsupported=1.0, recurs=1.0), 5000.0, 0.6, False),  # the document bears it out
        (Evidence(unsupported=1.0, invented=1.0), 5000.0, 0.6, False),  # no one read it
        (Evidence(unsupported=1.0, unknown=1.0), 5000.0, 0.6, False),
        (Evidence(unsupported=1.0, code=1.0), 5000.0, 0.6, False),
        (Evidence(), 5000.0, 0.6, False),  # a neighbour knows it
        (Evidence(unsupported=1.0), 500.0, 0.6, False),  # rarer words have few neighbours in lists
        (Evidence(unsupported=1.0), 5000.0, 0.97, False),  # as sure as of most
    ],
)
def test_what_makes_a_common_word_strange(
    evidence: Evidence, counted: float, sure: float, strange: bool
) -> None:
    assert is_strange(evidence, counted, sure) is strange
