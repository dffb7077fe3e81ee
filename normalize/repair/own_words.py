"""Words that only this document has: names of places, loan words, such as ``shan`` of ``chè shan``.

No list knows them, so that context takes each for a listed word near it. Two models that read one
alike and surely, or two engines one of which is sure, are right where no listed word has its
letters: they miss marks together (``nghiêp`` for ``nghiệp``), but hardly ever take one letter for
the same other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalize.repair.slots import Reading, Slot
from normalize.text.letters import skeleton
from normalize.text.syllables import is_syllable
from schemas.witnesses import engine_of

_SURELY = 0.9  # the least confidence of a reading, rounded to a tenth
_LEAST = 3  # letters


def own_words(cells: Iterable[Sequence[Slot]], listed: Iterable[str]) -> list[str]:
    """The words in small letters, once for each place where two witnesses read one.

    Example: ``shan`` read twice by both models at 0.93 is ``["shan", "shan"]``, so long as no
    ``listed`` word is spelled so but for its marks.
    """
    found = [
        slot.core.lower()
        for slots in cells
        for slot in slots
        if not slot.frozen and len(slot.core) >= _LEAST and _is_read_alike(slot)
    ]
    if not found:
        return []
    bare = {skeleton(word) for word in listed}
    return [word for word in found if skeleton(word) not in bare]


def _is_read_alike(slot: Slot) -> bool:
    readings = slot.readings
    return (
        len(readings) > 1
        and slot.core.isalpha()
        and not is_syllable(slot.core.lower())
        and all(r.core == slot.core for r in readings)
        and (_are_sure(readings) or _are_of_two_engines(readings))
    )


def _are_sure(readings: Sequence[Reading]) -> bool:
    return all(r.confidence >= _SURELY for r in readings)


def _are_of_two_engines(readings: Sequence[Reading]) -> bool:
    """Whether engines that err otherwise read a word, one of them surely."""
    engines = {engine_of(r.witness) for r in readings}
    return len(engines) > 1 and any(r.confidence >= _SURELY for r in readings)
