"""The sign at a text's end where witnesses differ on it: as the column's other texts have it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, MutableMapping, Sequence

from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import CellSlots
from normalize.repair.lost_signs import LOST_SIGN, is_point_with_tail
from normalize.repair.slots import Slot

_FEW, _SHARE = 8, 0.9  # how many texts of a column, and which share of them, make a custom
_CLOSING = frozenset(("", "."))


def close_texts(cells: Sequence[CellSlots], words: Sequence[MutableMapping[int, Word]]) -> None:
    """Take the customary one of two signs that witnesses read at a text's end, in place.

    A scan's speck is a point to some: where 40 tasks end without one and the 41st is read `sử thi`
    and `sử thi.`, no point is printed.
    """
    customs = _customs(cells, words)
    for cell, found in zip(cells, words, strict=True):
        last = _last(cell)
        custom = customs.get((cell.table, cell.column))
        if last is None or custom is None or not found[last.at].core:  # joined to the word before
            continue
        word, seen = found[last.at], _signs(last)
        sign = _sign_of(word)
        if len(seen) > 1 and sign != custom and {sign, custom} <= seen & _CLOSING:
            found[last.at] = word._replace(value=word.value.removesuffix(sign) + custom)


def point_commas(cells: Sequence[CellSlots], words: Sequence[MutableMapping[int, Word]]) -> None:
    """Take the point that others read for a comma that one witness alone read where a sentence
    ends, in place: a speck gave it its tail (``mái che, Ưu tiên``).

    It stays in doubt, by its rule: others lose the tail of a comma that is printed.
    """
    for cell, found in zip(cells, words, strict=True):
        for slot in cell.words:
            word = found[slot.at]
            signs = {reading.after for reading in slot.readings if reading.core}
            if "." in signs and is_point_with_tail(slot, word, found.get(slot.at + 1)):
                value = word.value.removesuffix(",") + "."
                found[slot.at] = word._replace(value=value, rule=LOST_SIGN)


def _customs(
    cells: Sequence[CellSlots], words: Sequence[Mapping[int, Word]]
) -> dict[tuple[str, str], str]:
    """The sign with which nearly all texts of a table's column end, by what all witnesses read
    alike.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for cell, found in zip(cells, words, strict=True):
        last = _last(cell)
        if last is None or not found[last.at].core:
            continue
        if not cell.is_repeated and len(_signs(last)) == 1:
            counts[cell.table, cell.column][_sign_of(found[last.at])] += 1
    most = {place: count.most_common(1)[0] for place, count in counts.items()}
    return {
        place: sign
        for place, (sign, count) in most.items()
        if count >= max(_FEW, _SHARE * counts[place].total())
    }


def _last(cell: CellSlots) -> Slot | None:
    """The last slot of a cell of several words; none where it holds no word."""
    last = cell.slots[-1] if len(cell.words) > 1 else None
    return last if last is not None and last.core else None


def _signs(slot: Slot) -> set[str]:
    return {reading.after for reading in slot.readings if reading.core}


def _sign_of(word: Word) -> str:
    return word.value.rpartition(word.core)[2]
