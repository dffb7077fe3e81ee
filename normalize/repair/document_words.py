"""What the document's other words say of a word: that it recurs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import CellSlots
from normalize.repair.slots import Slot
from normalize.text.letters import skeleton
from schemas.witnesses import engine_of

_SURELY = 0.9  # the least confidence of the leading reading, rounded to a tenth
_OFTEN, _TWICE = 4, 2  # other places where a word was read surely; the same beside a neighbour
_SHARE = 0.9  # of all words with its letters there


class DocumentWords:
    """The words of a document that were surely read, counted once for each place of print."""

    def __init__(
        self,
        cells: Sequence[CellSlots],
        words: Sequence[Mapping[int, Word]],
        known: Collection[str] = (),
    ) -> None:
        """``words``: what was decided, for each cell by the slots' numbers. ``known``: the words of
        the installed lists and texts.
        """
        self._known = known
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        # the same of words that stand beside another one, by the side, that one, and their letters
        self._beside: dict[tuple[int, str, str], Counter[str]] = defaultdict(Counter)
        self._agreed: Counter[str] = Counter()
        for cell, found in zip(cells, words, strict=True):
            for slot in () if cell.is_repeated else cell.words:
                word = found[slot.at].core.lower()
                if _is_sure(slot, word):
                    self._counts[skeleton(word)][word] += 1
                    for side, other in neighbours(found, slot.at):
                        self._beside[side, other, skeleton(word)][word] += 1
                self._agreed[word] += _is_agreed(slot, word)

    def recurs(self, slot: Slot, word: str) -> bool:
        """Whether a slot's word, in small letters, was read surely in several other places, and
        hardly another one that has its letters.

        Where `biển` stands 46 times and `biến` never, a `biển` is no misreading of that. One reader
        misreads a word alike wherever it stands: a word that no list knows must have been read by
        another engine too at one of the other places.
        """
        own, alike = _is_sure(slot, word), self._counts[skeleton(word)]
        count, total = alike[word] - own, alike.total() - own
        if count < _OFTEN or count < _SHARE * total:
            return False
        return word in self._known or self.is_agreed(slot, word)

    def is_agreed(self, slot: Slot, word: str) -> bool:
        """Whether another engine read a word, in small letters, as the leading one elsewhere."""
        return self._agreed[word] > _is_agreed(slot, word)

    def recurs_beside(self, slot: Slot, words: Mapping[int, Word]) -> bool:
        """Whether a known word stands beside one of its neighbours in other places too, surely
        read, and never another one with its letters.

        So `rừng cọ` bears a `cọ` out, however often `có` stands elsewhere. What no witness read
        here must stand there oftener.
        """
        word = words[slot.at].core.lower()
        if word not in self._known:
            return False
        own = _is_sure(slot, word)
        least = _TWICE if any(r.core.lower() == word for r in slot.readings) else _OFTEN
        for side, other in neighbours(words, slot.at):
            alike = self._beside.get((side, other, skeleton(word)), Counter())
            if alike[word] - own >= least and len(+alike) == 1:
                return True
        return False

    def stands_before(self, slot: Slot, words: Mapping[int, Word]) -> bool:
        """Whether a word was surely read before the same one in another place."""
        word = words[slot.at].core.lower()
        beside = dict(neighbours(words, slot.at)).get(1, "")
        alike = self._beside.get((1, beside, skeleton(word)), Counter())
        return alike[word] > _is_sure(slot, word)

    def has_before(self, slot: Slot, words: Mapping[int, Word], other: str) -> bool:
        """Whether the word behind a slot stands behind another one with the slot's letters, surely
        read, in other places.
        """
        beside = dict(neighbours(words, slot.at)).get(1, "")
        return self._beside.get((1, beside, skeleton(other)), Counter())[other] > 0


def neighbours(words: Mapping[int, Word], at: int) -> Iterator[tuple[int, str]]:
    """The words before (-1) and after (1) a word with no sign between, in small letters."""
    word = words[at].value
    for side in (-1, 1):
        other = words.get(at + side)
        if other is None or not other.core:
            continue
        left, right = (other.value, word) if side < 0 else (word, other.value)
        if left[-1:].isalnum() and right[:1].isalnum():
            yield side, other.core.lower()


def _is_sure(slot: Slot, word: str) -> bool:
    """Whether a word is what the leading witness read, surely."""
    return word == slot.core.lower() and slot.readings[0].confidence >= _SURELY


def _is_agreed(slot: Slot, word: str) -> bool:
    """Whether two engines read a word at a slot."""
    return len({engine_of(r.witness) for r in slot.readings if r.core.lower() == word}) > 1
