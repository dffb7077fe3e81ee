"""Marks that a word in capitals lost, as the document's small letters have them.

Above a capital the marks are small and close to the line above: ``ĐỒI`` is read as ``ĐÔI``,
``CÔNG`` as ``CONG``, by all witnesses alike. Titles repeat words of the text, where they are read
well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, MutableMapping, Sequence

from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import CellSlots
from normalize.repair.doubt import odds_of
from normalize.repair.lattice import Lattices
from normalize.repair.slots import Slot
from normalize.text.letters import has_marks_of, in_shape, shape, skeleton

_SURELY = 0.9  # the least confidence of the leading reading, rounded to a tenth
_OFTEN = 2  # places where a word was read surely in small letters
_CLEAR = 2.0  # log odds from which neighbours bear out what was read


def restore_marks(
    cells: Sequence[CellSlots], words: Sequence[MutableMapping[int, Word]], lattices: Lattices
) -> None:
    """Give words in capitals the marks that the document's words in small letters have, in place.

    So it is where the same letters stand there with more marks, several times, and never as they
    were read in capitals. Such a word is as good as open, and so in doubt.
    """
    small = _small_words(cells, words)
    for cell, found in zip(cells, words, strict=True):
        for slot in cell.words:
            word = found[slot.at]
            if not _may_lack_marks(slot, word):
                continue
            marked = _marked(word.core.lower(), small[skeleton(word.core)])
            if marked:
                core = in_shape(marked, word.core)
                cost = lattices.emission(slot, core) - lattices.emission(slot, word.core)
                value = word.value.replace(word.core, core, 1)
                found[slot.at] = word._replace(
                    value=value, core=core, probability=0.5, gap=max(-8.0, -cost)
                )


def _may_lack_marks(slot: Slot, word: Word) -> bool:
    """Whether a word in capitals is what was read, and its neighbours do not bear it out."""
    is_read = word.covers == 1 and any(r.core == word.core for r in slot.readings)
    is_word = not slot.frozen and word.core.isalpha() and shape(word.core) == "upper"
    return is_read and is_word and odds_of(word.probability) < _CLEAR


def _small_words(
    cells: Sequence[CellSlots], words: Sequence[Mapping[int, Word]]
) -> dict[str, Counter[str]]:
    """How often each word was surely read with small letters, by its letters without marks."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for cell, chosen in zip(cells, words, strict=True):
        for slot in () if cell.is_repeated else cell.words:
            core = chosen[slot.at].core
            is_sure = core == slot.core and slot.readings[0].confidence >= _SURELY
            if is_sure and core.isalpha() and shape(core) != "upper":
                found[skeleton(core)][core.lower()] += 1
    return found


def _marked(read: str, small: Mapping[str, int]) -> str:
    """The word with more marks than were read that the document has instead; empty if there is
    none, or two.
    """
    if small.get(read):
        return ""
    marked = [word for word, count in small.items() if count >= _OFTEN and has_marks_of(word, read)]
    return marked[0] if len(marked) == 1 else ""
