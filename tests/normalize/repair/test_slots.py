"""The slots of a cell: words apart from the signs around them, and the readings of each."""

from collections.abc import Mapping, Sequence

import pytest

from normalize.repair.doubt import (
    Evidence,
    confidence,
    doubt_weights,
    has_odd_signs,
    has_strokes_run_together,
    is_lone_letter,
    usual,
)
from normalize.repair.sign_options import sign_options
from normalize.repair.signs import clean_after, clean_before, split_pieces, split_signs
from normalize.repair.slots import Slot, cell_slots, is_frozen, one_quote
from tests.normalize.repair.repair_cases import slots_frame


def slots_of(cell: Sequence[Mapping[str, tuple[str, float]]], quote: str) -> list[Slot]:
    """The slots of one cell."""
    frame = slots_frame([cell])
    return cell_slots(frame["text"].tolist(), frame["readings"].tolist(), quote)


def test_signs_stand_apart_from_the_word() -> None:
    assert split_signs('("tự') == ('("', "tự", "")
    assert split_signs("10%,") == ("", "10%", ",")
    assert split_signs("70-NQ/TW;") == ("", "70-NQ/TW", ";")
    assert split_signs("- ~") == ("- ~", "", "")


def test_specks_are_dropped_and_printed_signs_kept() -> None:
    assert [clean_before(s) for s in ("~(", "'", ".<", '"', "- ")] == ["(", "", "<", '"', ""]
    assert [clean_after(s) for s in ("...", ".,", " :", '".', "\\", "...;")] == [
        "...",
        ".",
        "",
        '".',
        "",
        "...;",
    ]


def test_words_read_as_one_are_taken_apart_at_their_signs() -> None:
    assert split_pieces("hiệu.quả") == ("hiệu.", "quả")
    assert split_pieces("hiệu,.quả") == ("hiệu,.", "quả")
    assert [split_pieces(whole) for whole in ("v.v.;", "GS.,TS", "hồ...nước")] == [
        ("v.", "v.;"),
        ("GS.,TS",),
        ("hồ...nước",),
    ]
    assert split_pieces("4.(khóa") == ("4.", "(khóa")
    assert split_pieces("tỉnh. :") == ("tỉnh. :",)
    assert split_pieces("12.500") == ("12.500",)
    assert split_pieces("TP.HCM 5") == ("TP.", "HCM", "5")


def test_context_does_not_decide_numbers_codes_and_abbreviations() -> None:
    assert all(
        is_frozen(core, False)
        for core in ("12", "3,5", "70-NQ/TW", "XVI", "GRDP", "5G", "5m", "16/6/2025")
    )
    assert not any(is_frozen(core, False) for core in ("3áp", "3ộ", "tỉnh", "Đảng", "TỔ"))
    assert not is_frozen("NGUÒN", True)


@pytest.mark.parametrize(("witness", "seen"), [("line", False), ("script", True), ("layer", True)])
def test_only_a_witness_that_read_the_whole_cell_saw_nothing_where_it_shows_no_word(
    witness: str, seen: bool
) -> None:
    cell = [{"vie": ("tỉnh", 0.9), witness: ("tỉnh", 0.9)}] * 9 + [{"vie": ("tỉnh", 0.9)}]
    assert [reading.witness for reading in slots_of(cell, "")[-1].readings] == (
        ["vie", witness] if seen else ["vie"]
    )


def test_slots_of_a_cell() -> None:
    cell = [
        {"vie": ('"tự', 0.9), "line": ("“tự", 0.8)},
        {"vie": ("hoá”", 0.9)},
        {"vie": ("•", 0.2)},
        {"vie": ("-", 0.9)},
        {"vie": ("4 (b)", 0.9)},
    ]
    slots = slots_of(cell, '"')
    assert [(s.row, s.before, s.core, s.alone) for s in slots] == [
        (0, '"', "tự", ""),
        (1, "", "hoá", ""),
        (2, "", "", ""),
        (3, "", "", "-"),
        (4, "", "4", ""),
        (4, "(", "b", ""),
    ]
    assert slots[1].readings[0].after == '"'


def test_a_witness_that_saw_nothing_speaks_against_each_of_several_words() -> None:
    seen = [
        {"vie": (word, 0.9), "script": (word, 0.9)}
        for word in ("thuê", "chuyên", "gia", "Bệnh", "viện")
    ]
    slots = slots_of([{"vie": ("", 0.0), "line": ("Bộ Y", 0.2)}, *seen], "")
    assert [[(r.witness, r.core) for r in s.readings] for s in slots[:2]] == [
        [("vie", ""), ("line", "Bộ"), ("script", "")],
        [("vie", ""), ("line", "Y"), ("script", "")],
    ]


def test_a_quotation_mark_that_nothing_closes_is_a_speck() -> None:
    slots = slots_of([{"vie": ('"Tỷ', 0.6)}, {"vie": ("lệ", 0.9)}], "")
    assert slots[0].before == ""


def test_one_quotation_mark_for_a_document() -> None:
    assert one_quote(['"a"', '"b"', "“c"]) == '"'
    assert one_quote(["“a”", '"b"']) == ""


def test_evidence_has_a_weight_each_and_moves_confidence_its_way() -> None:
    fields = set(Evidence._fields)
    sure = Evidence(margin=8.0, gap=6.0)
    for source in ("scan", "dump"):
        weights = doubt_weights(source)
        assert set(weights) == fields | {"start"}
        assert confidence(Evidence(), weights) < confidence(sure, weights)
        assert confidence(Evidence(margin=8.0, gap=6.0, unknown=1), weights) < confidence(
            sure, weights
        )


def test_how_common_words_are_elsewhere_speaks_for_and_against_them() -> None:
    strange, changed = Evidence(margin=4.0, unsupported=1.0), Evidence(invented=1.0)
    assert usual(strange, 0.0, 0.0) == 0.0
    assert usual(strange, 1000.0, 1000.0) == pytest.approx(2.3, abs=0.01)
    assert usual(Evidence(), 1000.0, 1000.0) == 0.0  # its neighbours bear it out
    assert usual(changed, 3.0, 300.0) == 1.0
    assert usual(changed, 300.0, 300.0) == 0.0
    assert usual(changed, 300.0, 3.0) == -2.0
    for other in ("unknown", "code", "asked_for"):
        assert usual(changed._replace(**{other: 1.0}), 3.0, 300.0) == 0.0
        assert usual(strange._replace(**{other: 1.0}), 300.0, 300.0) == 0.0


def test_rules_of_form() -> None:
    assert [
        has_odd_signs(t, False)
        for t in ("tra.,", "hiệu.quả", "Dân3", "rõ,", "bình...", "chính trị-xã")
    ] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert not has_odd_signs("5G", True)
    assert [has_odd_signs(t, True) for t in ("2:500", "14;250", "7:30", "2.500", "1:5000")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert [is_lone_letter(t) for t in ("x", "a)", "ở", "V.", "b;")] == [
        True,
        False,
        False,
        False,
        True,
    ]


def test_what_only_one_other_witness_saw_does_not_show_that_a_sentence_goes_on() -> None:
    toan, speck = {"vie": ("toán.", 0.9)}, {"vie": ("", 0.0), "line": ("m", 0.6)}
    unread = {"vie": ("", 0.0), "script": ("Các", 0.9), "line": ("Các", 0.9)}
    cells = (
        [toan, speck],
        [toan, speck, {"vie": ("và", 0.9)}],
        [toan, unread, {"vie": ("đơn", 0.9)}],
    )
    assert [slots_of(cell, "")[0].next_small for cell in cells] == [False, True, False]


def test_a_unit_in_brackets_is_no_speck() -> None:
    def sign(text: str, sure: float) -> str:
        (slot,) = slots_of([{"vie": (text, sure), "line": (text, sure)}], '"')
        return slot.alone

    assert (sign("(%)", 0.9), sign("(%)", 0.3), sign("()", 0.9), sign("(:", 0.9)) == (
        "(%)",
        "",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("read", "after"),
    [
        (("héc-ta',", "héc-ta,", "héc-ta'."), [",", ",", "."]),
        (("héc-ta'", "héc-ta”", 'héc-ta"'), ["", "", ""]),
        (("21°48'", "21°48'", "21°48'"), ["'", "'", "'"]),  # minutes
    ],
)
def test_a_raised_figure_read_as_a_quote_that_nothing_opens_is_dropped(
    read: Sequence[str], after: list[str]
) -> None:
    words = dict(zip(("vie", "script", "line"), ((text, 0.8) for text in read), strict=True))
    slots = slots_of([{"vie": ("mỗi", 0.95)}, words, {"vie": ("trồng", 0.95)}], "")
    assert [reading.after for reading in slots[1].readings] == after


def test_a_quote_that_is_opened_is_closed() -> None:
    slots = slots_of([{"vie": ('"Mùa', 0.95)}, {"vie": ('vàng",', 0.95)}], "")
    assert slots[1].readings[0].after == '",'


def test_the_first_model_hesitates_below_what_it_is_of_most_words() -> None:
    cell = [
        {"vie": ("quạt", 0.97)},
        {"vie": ("mo", 0.955)},
        {"vie": ("đan", 0.96)},
        {"vie": ("nong", 0.933)},
        {"vie": ("nia", 0.955), "script": ("nia", 0.97)},
    ]
    assert [slot.hesitant for slot in slots_of(cell, "")] == pytest.approx(
        [0.0, 1.0, 0.5, 0.0, 0.0]
    )


@pytest.mark.parametrize(
    ("readings", "surely"),
    [
        ((("vie", 0.97),), 1.0),
        ((("vie", 0.961),), 0.6),
        ((("vie", 0.93),), 0.0),  # as of a word that its dictionary lacks
        ((("layer", 0.97),), 0.0),
        ((("vie", 0.97), ("script", 0.9)), 0.0),
    ],
)
def test_the_first_model_alone_is_as_sure_of_a_word_as_of_most(
    readings: tuple[tuple[str, float], ...], surely: float
) -> None:
    found = slots_of([{name: ("rừng", sure) for name, sure in readings}], "")[0]
    assert found.surely_alone == pytest.approx(surely)


def test_who_read_signs_alone_read_no_word_where_another_read_several() -> None:
    row = {"vie": ("——", 0.6), "binary": ("- –", 0.2), "line": ("47 12", 0.1)}
    found = [[reading.core for reading in slot.readings] for slot in slots_of([row], "")]
    assert found == [["", "", "47"], ["", "", "12"]]


def test_the_signs_of_a_reading_that_is_another_word_do_not_count() -> None:
    seen = {"vie": ("đê,", 0.97), "script": ("HA", 0.6), "line": ("UM", 0.5)}
    (slot,) = slots_of([seen], "")
    assert sign_options(slot, {}, known_pair=False) == [(",", 0.0)]
    alike = {"vie": ("đê,", 0.97), "script": ("đè", 0.6), "line": ("đê", 0.5)}
    (slot,) = slots_of([alike], "")
    assert len(sign_options(slot, {}, known_pair=False)) > 1


def test_a_roman_numeral_with_a_mark_is_none_and_words_in_capitals_are_words() -> None:
    assert all(map(has_strokes_run_together, ("ỊI", "XIÍ,", "IỈI", "HI", "XYI")))
    assert not any(map(has_strokes_run_together, ("II", "XIV", "VỊ", "XÌ", "Ì", "HIV", "TRỊ")))
