"""What the witnesses read in a row's number cell, and what a reading is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from normalize.rows.slots import PrintedWord
from schemas.witnesses import EXACT, INK, engine_of

_READABLE = 0.5  # the least confidence of a reading that can bear out another
_CERTAIN = 4  # as many readings as a number's cell can have
_FLAT = 2.5  # points: how high a dash is read at most
_SHORTEST_DASH, _LONGEST_DASH = 2.5, 12.0  # and how long


def number_readings(slots: Sequence[PrintedWord]) -> tuple[str, ...]:
    """What the witnesses read in a number's cell, each reading as often as it is worth.

    What independent witnesses agree on stands alone.
    """
    if _is_dash(slots):
        return ("-",) * _CERTAIN
    read = {
        witness: _of_witness(slots, witness)
        for witness in dict.fromkeys(
            name for slot in slots for name, _, _ in slot.readings if name != INK
        )
    }
    for witness in EXACT & read.keys():
        return (read[witness][0],) * _CERTAIN
    votes = Counter(text for text, _ in read.values() if text)
    kinds = {
        text: {
            engine_of(name)
            for name, (other, sure) in read.items()
            if other == text and sure >= _READABLE
        }
        for text in votes
    }
    agreed = max(votes, key=lambda text: (len(kinds[text]), votes[text]), default="")
    if agreed and len(kinds[agreed]) > 1:
        return (agreed,) * votes[agreed]
    return tuple(votes.elements())


def _is_dash(slots: Sequence[PrintedWord]) -> bool:
    """Whether all that is printed is flat and short, whatever it was read as.

    No letter or digit is so low: it is a dash.
    """
    words = [slot.word for slot in slots if slot.text]
    return len(words) == 1 and (
        words[0].bottom - words[0].top <= _FLAT
        and _SHORTEST_DASH <= words[0].x1 - words[0].x0 <= _LONGEST_DASH
    )


def _of_witness(slots: Sequence[PrintedWord], witness: str) -> tuple[str, float]:
    """A witness's text of the slots, and the least confidence of its words."""
    words = [
        (text, confidence)
        for slot in slots
        for name, text, confidence in slot.readings
        if name == witness and text
    ]
    return " ".join(text for text, _ in words), min(
        (confidence for _, confidence in words), default=0.0
    )
