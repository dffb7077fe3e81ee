"""Footnotes of a dump's prose stand behind the paragraph that bears their mark."""

from __future__ import annotations

import pytest

from normalize.rows.dump.text.prose import prose_records
from normalize.rows.dump.text.prose_notes import take_prose_notes
from tests.normalize.rows.dump.dump_words import tokens_of, words

PAGE = """I- VIỆC CẦN LÀM
1. Gom rác ở ba bến thuyền{mark}, chở về bãi chung của xã bằng thuyền của
đội tự quản.
2. Đặt phao quanh bãi tắm và cắt cử người trông coi vào
"""
NEXT = "\fmùa hè, kể cả ngày lễ.\n3. Sơn lại cột mốc.\n"


@pytest.mark.parametrize("note", ["1Theo sổ trực của bến.", "1 Theo sổ trực của bến."])
def test_a_note_at_the_foot_of_a_page_is_apart_and_the_sentence_goes_on(note: str) -> None:
    noted = take_prose_notes(tokens_of(PAGE.format(mark="1") + note + NEXT))
    assert words(noted.tokens) == words(tokens_of(PAGE.format(mark="") + NEXT))
    records, findings = prose_records(noted.tokens, noted.notes)
    assert [(record.kind, record.number) for record in records] == [
        ("heading", "I"),
        ("paragraph", "1"),
        ("footnote", "1"),
        ("paragraph", "2"),
        ("paragraph", "3"),
    ]
    said = [slot.text for piece in records[2].cells["text"] for slot in piece.slots]
    assert " ".join(said) == "Theo sổ trực của bến."
    assert findings == []


@pytest.mark.parametrize("mark", ["", "2"])
def test_a_line_whose_figure_no_word_bears_is_no_note(mark: str) -> None:
    text = PAGE.format(mark=mark) + "1Theo sổ trực của bến." + NEXT
    assert take_prose_notes(tokens_of(text)).notes == ()


def test_two_notes_count_up() -> None:
    text = PAGE.format(mark="1").replace("tắm", "tắm2")
    notes = take_prose_notes(tokens_of(text + "1Theo sổ trực.\n2Dài hai dặm." + NEXT)).notes
    assert [(note.number, note.bearer is not None) for note in notes] == [("1", True), ("2", True)]
