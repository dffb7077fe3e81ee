"""How the engine behind a dump misreads letters, counted in the dump itself.

An old OCR layer's engine is unknown, so that there are no counts of it. What context has decided
for sure once shows which letters it takes for which; with these counts the words are decided again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from normalize.language.confusions import Confusions
from normalize.repair.decode_cells import CellSlots
from normalize.repair.trellis import Decoded
from schemas.witnesses import DUMP

_SURE = 0.95  # the least probability of a word that is counted
_LONGEST = 3  # letters that were read for others, all at once

Pair = tuple[str, str]  # what is printed, and what was read


def own_channel(
    general: Confusions, cells: Sequence[CellSlots], decoded: Sequence[Decoded]
) -> Confusions:
    """The general counts with those of a dump's own words, right readings among them.

    Example: where ``tình hình`` was read ``tình hĩnh`` six times and decided for sure, an ``ì``
    costs less as ``ĩ`` everywhere.
    """
    counts: Counter[Pair] = Counter()
    for cell, found in zip(cells, decoded, strict=True):
        if not cell.is_repeated:
            for printed, read in _sure_words(cell, found):
                counts.update(misreadings(printed.lower(), read.lower()))
    own = {(DUMP, printed, read): float(count) for (printed, read), count in counts.items()}
    known = dict(general.counts)
    for key, count in own.items():
        known[key] = known.get(key, 0.0) + count
    return Confusions(known, general.weight)


def _sure_words(cell: CellSlots, decoded: Decoded) -> Iterator[Pair]:
    """The words of a cell that are decided for sure, each with what was read for it."""
    probabilities = decoded.probabilities()
    for chosen in decoded.best:
        slot = cell.words[chosen.at]
        is_word = chosen.end - chosen.start == 1 and chosen.core.isalpha() and not slot.frozen
        if is_word and probabilities[chosen] >= _SURE:
            yield chosen.core, slot.core


def misreadings(printed: str, read: str) -> list[Pair]:
    """The letters of a word with what was read for each; for letters that ran together the whole
    run.

    Example: ``trong`` read ``ừong`` is ("tr", "ừ"), ("o", "o"), ("n", "n"), ("g", "g").
    """
    if len(printed) == len(read):
        return list(zip(printed, read, strict=True))
    shorter = min(len(printed), len(read))
    start = next((i for i in range(shorter) if printed[i] != read[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if printed[-1 - i] != read[-1 - i]), rest)
    middle = (printed[start : len(printed) - end], read[start : len(read) - end])
    alike = [*printed[:start], *printed[len(printed) - end :]]
    is_run = all(0 < len(part) <= _LONGEST for part in middle)
    return [*((letter, letter) for letter in alike), *([middle] if is_run else [])]
