"""Signs that are read where others are printed, or lost in a dump.

A whole scan loses the thin tails of commas and semicolons, so that they are read as points and
colons; a digit's curve is read as a bracket.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from normalize.language.word_pairs import key
from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import CellSlots
from normalize.repair.slots import Slot

LOST_SIGN = "lost_sign"  # the rule of a word whose sign may be read amiss
_TAILS = {";": ":", ",": "."}  # printed, read
_SMALL = 2.0  # nats for a small letter, from which a capital begins a sentence and no name
_PARTS_OF_TEXTS = frozenset(map(key, ("điểm", "khoản", "mục", "phần")))  # before their numbers
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_POINTLESS = re.compile(r"(?!(?:19|20)\d\d$)[1-9]\d{3,}")
_TELLING = 3  # numbers with a point that tell a document's habit
_FEW, _SHARE = 3, 0.03  # how many tails, and which share of them, a scan must have lost


def lost_signs(found: Iterable[tuple[CellSlots, Mapping[int, Word]]]) -> frozenset[str]:
    """The signs, ``:`` or ``.``, that are read on this scan where ``;`` or ``,`` are printed.

    That must have happened often enough where a witness or the sentence tells the two apart.
    """
    kept, lost = Counter[str](), Counter[str]()
    for cell, words in found:
        for slot in cell.slots:
            printed = words[slot.at].value[-1:]
            if printed in _TAILS:
                kept[printed] += 1
                lost[printed] += any(
                    reading.after[:1] == _TAILS[printed] for reading in slot.readings
                )
    return frozenset(
        read
        for printed, read in _TAILS.items()
        if lost[printed] >= max(_FEW, _SHARE * kept[printed])
    )


def has_lost_sign(slot: Slot, word: Word, lost: frozenset[str]) -> bool:
    """Whether a word's sign may be one that lost its tail.

    That is a colon before a small letter, or a point between digits that does not group thousands
    and is no point of a text (``điểm 1.1``).
    """
    if ":" in lost and word.value.endswith(":") and slot.next_small:
        return True
    whole, point, rest = word.core.rpartition(".")
    if word.before in _PARTS_OF_TEXTS:
        return False
    return "." in lost and bool(point) and whole.isdigit() and rest.isdigit() and len(rest) < 3


def is_range_misread(slot: Slot, words: Mapping[int, Word]) -> bool:
    """Whether a sign by itself between two figures may be that of a range, which no engine knows.

    `85 ÷ 90%` is read as `85 + 90%`.
    """
    read = (reading.before + reading.core + reading.after for reading in slot.readings)
    around = (words.get(slot.at - 1), words.get(slot.at + 1))
    return "+" in read and all(word is not None and word.core[:1].isdigit() for word in around)


def is_point_with_tail(slot: Slot, word: Word, following: Word | None) -> bool:
    """Whether a comma that one witness alone read may be a point to which a speck gave a tail.

    It stands at a text's end, or before a capital where a sentence begins: the word's neighbours
    want it small, so that it is no name (``của tỉnh, Chấp hành``, not ``Sở Y tế, Ban Tổ chức``).
    """
    seen = sum(reading.after[:1] == "," for reading in slot.readings)
    return (
        seen == 1
        and word.value.endswith(",")
        and (following is None or following.small_odds > _SMALL)
    )


def is_unopened(slot: Slot, words: Mapping[int, Word]) -> bool:
    """Whether a figure within a text is closed by a bracket that nothing opens: rather a digit
    (``38)`` for ``380``).

    An item's mark stands at the beginning or behind a sign (``gồm: 1) cá; 2) tôm``).
    """
    word = words[slot.at]
    if not word.core.isdigit() or not word.value.endswith(")") or word.before in _PARTS_OF_TEXTS:
        return False
    before = "".join(words[at].value for at in range(slot.at) if at in words)
    is_within = before[-1:].isalnum()
    return is_within and (before + word.value).count("(") < (before + word.value).count(")")


def writes_points(cells: Sequence[CellSlots]) -> bool:
    """Whether a document writes thousands with a point (``1.200 hộ``), and hardly ever without."""
    cores = [slot.core for cell in cells for slot in cell.words]
    pointed = sum(_POINTED.fullmatch(core) is not None for core in cores)
    return pointed >= _TELLING and pointed > 2 * sum(map(_is_pointless, cores))


def has_lost_point(slot: Slot) -> bool:
    """Whether a number that such a document writes with a point has none; a year has none."""
    return len(slot.readings) == 1 and _is_pointless(slot.core)


def _is_pointless(core: str) -> bool:
    return _POINTLESS.fullmatch(core) is not None
