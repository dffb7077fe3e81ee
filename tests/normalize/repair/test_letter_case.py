"""Capitals that a dump's engine reads as small letters."""

from __future__ import annotations

import pytest

from normalize.language.casing import Cases
from normalize.language.confusions import confusions
from normalize.language.knowledge import knowledge
from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import cells_of
from normalize.repair.letter_case import CaseHabits, lost_capitals, recase
from normalize.repair.repair import decide
from normalize.repair.settings import DecodingCosts
from tests.normalize.repair.repair_cases import sentences_frame

SETTINGS = DecodingCosts()


def custom() -> Cases:
    """Surely a capital behind ``họp``, rather one before ``làng``."""
    cases = Cases()
    cases.add(["họp", "Ủy", "ban"], 60.0, True)
    cases.add(["mời", "Ủy", "viên"], 60.0, True)
    cases.add_pair("Ủy", "làng", True, False, 1.8)
    return cases


@pytest.mark.parametrize(
    ("read", "is_lost"),
    [
        (["Xã họp ủy ban", "Bản họp ủy ban", "Ấp mời ủy viên"], True),
        (["Xã họp ủy ban", "Bản họp Ủy ban", "Ấp mời ủy viên", "Ấp mời Ủy viên"], True),
        (["Xã họp Ủy ban", "Bản họp Ủy ban", "Ấp mời Ủy viên"], False),
        (["Xã họp ủy ban", *["Bản họp Ủy ban"] * 5], False),  # printed so once
        ([], False),
    ],
)
def test_a_capital_that_the_engine_loses_elsewhere_is_likelier(
    read: list[str], is_lost: bool
) -> None:
    general = knowledge((), SETTINGS.weights)
    frame = sentences_frame([*read, "Chợ, ủy làng"], "dump")
    cells, lattices = cells_of(frame, SETTINGS, general, confusions())
    words = [
        {s.at: Word(s.alone or s.core, s.core, before="x" if s.at else ".") for s in cell.words}
        for cell in cells
    ]
    lost = lost_capitals(cells, words, custom())
    assert set(lost) == ({"ủ"} if is_lost else set())
    recase(cells[-1], words[-1], custom(), lattices, CaseHabits(lost=lost))
    assert [word.core for word in words[-1].values()][1] == ("Ủy" if is_lost else "ủy")
    assert [word.core for word in words[-1].values()][2] == "làng"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("TỔ CHứC THựC HIỆN", "TỔ CHỨC THỰC HIỆN"),
        ("Lắp trướC mùa mưa", "Lắp trước mùa mưa"),
        ("Đưa eKYC vào VietGAP", "Đưa eKYC vào VietGAP"),
    ],
)
def test_a_syllable_is_printed_in_one_case(read: str, printed: str) -> None:
    frame = sentences_frame((read,), "dump")
    assert " ".join(verdict.value for verdict in decide(frame, SETTINGS, ())) == printed
