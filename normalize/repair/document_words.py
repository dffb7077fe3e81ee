"""What the document's other words say of a word: that it recurs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import CellSlots
from normalize.text.letters import skeleton

_SURELY = 0.9  # the least confidence of the leading reading, rounded to a tenth
_OFTEN = 4  # places where a word was read surely, its own among them
_SHARE = 0.9  # of all words with its letters


class DocumentWords:
    """The words of a document that were surely read, counted once for each place of print."""

    def __init__(self, cells: Sequence[CellSlots], words: Sequence[Mapping[int, Word]]) -> None:
        """``words``: what was decided, for each cell by the slots' numbers."""
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        for cell, found in zip(cells, words, strict=True):
            for slot in () if cell.is_repeated else cell.words:
                word = found[slot.at].core.lower()
                if word == slot.core.lower() and slot.readings[0].confidence >= _SURELY:
                    self._counts[skeleton(word)][word] += 1

    def recurs(self, word: str) -> bool:
        """Whether a word in small letters was read surely in several places, and hardly another one
        that has its letters.

        Where `biển` stands 46 times and `biến` never, a `biển` is no misreading of that.
        """
        alike = self._counts[skeleton(word)]
        return alike[word] >= _OFTEN and alike[word] >= _SHARE * alike.total()
