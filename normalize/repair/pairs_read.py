"""Which words an old engine read beside which others, over a whole dump.

An engine misreads a word now and then, not always. Where it read ``kho lạnh`` three times and
``khô lạnh`` never, and no list knows that pair, ``kho lạnh`` is printed, whatever the language
model makes of the first place and then learns from it of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from normalize.language.word_pairs import Counts, key
from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import CellSlots
from normalize.repair.slots import Slot

_TWICE = 2
_KNOWN = 2.0  # how often a pair that lists or texts know was counted there: a phrase, or two texts

# two words in small letters, and which of them is told by the readings: the other was decided
Pair = tuple[str, str, int]


class PairsRead:
    """The words of a dump as they were read, beside the words that were decided for their
    neighbours, counted once where one print stands in several cells.
    """

    def __init__(
        self, cells: Sequence[CellSlots], words: Sequence[Mapping[int, Word]], general: Counts
    ) -> None:
        """``words``: what was decided, for each cell by the slots' numbers. ``general``: the counts
        of lists and texts, without the document.
        """
        self._general = general
        self._counts: Counter[Pair] = Counter()
        for cell, found in zip(cells, words, strict=True):
            if not cell.is_repeated:
                for slot in cell.words:
                    self._counts.update(_pairs(slot.core.lower(), slot.at, found))

    def stands_as_read(self, slot: Slot, words: Mapping[int, Word]) -> bool:
        """Whether a word that was changed was read at least twice beside one of its neighbours, and
        what it was changed to never, which lists do not know there either.
        """
        read, chosen = slot.core.lower(), words[slot.at].core.lower()
        were = zip(_pairs(read, slot.at, words), _pairs(chosen, slot.at, words), strict=True)
        return read != chosen and any(
            self._counts[own] >= _TWICE and not self._counts[other] and not self._is_known(other)
            for own, other in were
        )

    def _is_known(self, pair: Pair) -> bool:
        return self._general.seen(key(pair[0]), key(pair[1])) >= _KNOWN


def _pairs(word: str, at: int, words: Mapping[int, Word]) -> list[Pair]:
    """A word with the one before it and with the one after it in its cell, where there are such."""
    before, after = (words[n].core.lower() if n in words else "" for n in (at - 1, at + 1))
    return [*([(before, word, 1)] if before else []), *([(word, after, 0)] if after else [])]
