"""Small letter or capital, settled for every chosen word by its readings and by custom."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from normalize.language.casing import Cases, swapped
from normalize.language.word_pairs import START, key
from normalize.repair.chosen_words import Word
from normalize.repair.decode_cells import CellSlots
from normalize.repair.doubt import is_item
from normalize.repair.lattice import Lattices
from normalize.repair.slots import Slot
from normalize.text.letters import in_shape, shape, skeleton
from normalize.text.syllables import is_syllable
from schemas.witnesses import DUMP

_APART = frozenset('.,;:!?()"“”-–/')
_ALIKE = frozenset("cosuvxz")  # letters whose capitals have the same shape
_TEXTS = frozenset(("title", "task", "name", "text"))
_SURELY_CAPITAL = 4.0  # log odds of custom
_USUALLY_LOST, _AS_MANY = 0.1, 2.0  # the share of capitals read small, and as many words it counts
_OFTEN_LOST = 0.25  # the share of a letter's capitals from which its engine loses them
_NAME = 7  # words from the first of a body's name to what says that it is a kind of bodies


def _neighbours(slots: Sequence[Slot], words: Mapping[int, Word], at: int) -> tuple[str, str]:
    """The words before and after with no sign between, as the model's keys."""

    def signless(left: int, right: int) -> bool:
        return words[left].value[-1:] not in _APART and words[right].value[:1] not in _APART

    left = (
        key(words[at - 1].core.split(" ")[-1].lower())
        if at and words[at - 1].core and signless(at - 1, at)
        else ""
    )
    right = (
        key(words[at + 1].core.split(" ")[0].lower())
        if at + 1 < len(slots) and words[at + 1].core and signless(at, at + 1)
        else ""
    )
    return left, right


def _is_capital_by_size(words: Mapping[int, Word], slot: Slot) -> bool:
    """Whether a syllable was read in capitals between words that are not, and only size tells them
    apart.

    So it is with SỐ and CÓ.
    """
    core = words[slot.at].core
    if (
        slot.frozen
        or core.isascii()
        or shape(core) != "upper"
        or not set(skeleton(core.lower())) <= _ALIKE
        or not is_syllable(core.lower())
    ):
        return False
    beside = [
        words[at].core
        for at in (slot.at - 1, slot.at + 1)
        if at in words and words[at].core.isalpha()
    ]
    return bool(beside) and not any(shape(other) == "upper" for other in beside)


def begins_odds(cells: Sequence[CellSlots], words: Sequence[Mapping[int, Word]]) -> float:
    """The log odds that a text begins with a capital, from 5 to 8, by how often letters that no
    engine takes for their capitals show one.
    """
    firsts = [
        found[cell.slots[0].at].core
        for cell, found in zip(cells, words, strict=True)
        if _begins_text(cell, 0)
    ]
    clear = [core for core in firsts if core.isalpha() and skeleton(core[0].lower()) not in _ALIKE]
    small = sum(core[0].islower() for core in clear)
    return max(5.0, min(8.0, math.log((len(clear) - small + 0.5) / (small + 0.5))))


class CaseHabits(NamedTuple):
    """What a document shows of its capitals.

    ``begins``: the log odds that a text begins with one. ``lost``: for a small letter what it
    costs, in nats, that its capital was read as it; only letters of a dump that lost theirs.
    """

    begins: float = 5.0
    lost: Mapping[str, float] = MappingProxyType({})


def lost_capitals(
    cells: Sequence[CellSlots], words: Sequence[Mapping[int, Word]], cases: Cases
) -> dict[str, float]:
    """What it costs that a dump's engine reads a capital as its small letter, by that letter: how
    often it does where custom is sure of a capital.

    Example: where ``Đảng ủy Ủy ban`` is read ``Đảng ủy ủy ban`` every other time, an ``Ủ`` costs
    about 0.7 as ``ủ``. A few words count less than what is usual; a letter that is seldom read so
    was printed small, against custom.
    """
    small, all_of = Counter[str](), Counter[str]()
    for cell, found in zip(cells, words, strict=True):
        for slot in cell.words if not cell.is_repeated else ():
            word = found[slot.at]
            is_word = word.core.isalpha() and word.covers == 1 and not slot.frozen
            if not is_word or word.before == START or shape(slot.core) == "upper":
                continue
            before, after = _neighbours(cell.slots, found, slot.at)
            if cases.odds(before, key(word.core.lower()), after) >= _SURELY_CAPITAL:
                all_of[word.core[0].lower()] += 1
                small[word.core[0].lower()] += slot.core[:1].islower()
    return {
        letter: -math.log((count + _USUALLY_LOST * _AS_MANY) / (all_of[letter] + _AS_MANY))
        for letter, count in small.items()
        if count >= _OFTEN_LOST * all_of[letter] > 0
    }


def _begins_text(cell: CellSlots, at: int) -> bool:
    """Whether a slot is the first of a text, and holds a word."""
    return at == 0 and cell.column in _TEXTS and bool(cell.slots) and bool(cell.slots[0].core)


def _is_kind_of_body(cell: CellSlots, words: Mapping[int, Word], at: int) -> bool:
    """Whether a word that a dump's engine read with a small letter begins the name of a kind of
    bodies, not of one: ``ủy ban kiểm tra các cấp``.
    """
    slot = cell.slots[at]
    if [reading.witness for reading in slot.readings] != [DUMP] or not slot.core[:1].islower():
        return False
    name = [words[n].core.lower() for n in range(at, min(len(cell.slots), at + _NAME))]
    if skeleton(" ".join(name[:2])) != "uy ban" or "cấp" not in name[3:]:
        return False
    inner = [words[n].value for n in range(at, at + name.index("cấp"))]
    return all(value.islower() and value[-1:].isalpha() for value in inner[1:])


def _in_one_case(word: Word) -> Word:
    """A syllable of which small letters and capitals were read (``THựC``, ``trướC``) as most of
    its letters are: nothing is printed so but names without marks (``eKYC``).
    """
    core = in_shape(word.core.lower(), word.core)
    if core == word.core or core.isascii() or not is_syllable(core.lower()):
        return word
    return word._replace(value=word.value.replace(word.core, core, 1), core=core, rule="case")


def recase(
    cell: CellSlots,
    words: dict[int, Word],
    cases: Cases,
    lattices: Lattices,
    habits: CaseHabits = CaseHabits(),  # noqa: B008 - it cannot be changed
) -> None:
    """Settle small letter or capital of every word, in place: its readings and the custom of its
    neighbours decide.
    """
    for slot in cell.words:
        word = words[slot.at] = _in_one_case(words[slot.at])
        if word.before != START and _is_capital_by_size(words, slot):
            small = word.core.lower()
            words[slot.at] = word._replace(
                value=word.value.replace(word.core, small, 1), core=small, rule="case"
            )
            continue
        form = shape(word.core)
        if slot.frozen or form == "upper" or not word.core.isalpha() or is_item(word.value):
            continue  # an item's mark, ``c)``, leads its text: custom says nothing of its case
        before, after = _neighbours(cell.slots, words, slot.at)
        if _is_kind_of_body(cell, words, slot.at):
            continue
        odds = (
            (habits.begins if _begins_text(cell, slot.at) else 5.0)
            if word.before == START
            else cases.odds(before, key(word.core.lower()), after, int(form == "title"))
        )
        against = odds if form == "lower" else -odds
        other = swapped(word.core)
        cost = lattices.emission(slot, other) - lattices.emission(slot, word.core)
        if form == "lower":
            cost = min(cost, habits.lost.get(word.core[0], cost))
        may_be_small = form == "title" and not cases.is_often_capital(key(word.core.lower()), after)
        words[slot.at] = _by_odds(word, other, against, cost, may_be_small)


def _by_odds(word: Word, other: str, against: float, cost: float, may_be_small: bool) -> Word:
    """A word in the likelier of two cases.

    ``against``: the log odds of its neighbours for ``other``, the word in the other case; ``cost``:
    what its readings make that cost more, in nats. ``may_be_small``: a capital that is not usual.
    """
    if against > cost:
        value = word.value.replace(word.core, other, 1)
        return word._replace(value=value, core=other, case_odds=cost - against, rule="case")
    return word._replace(
        case_odds=against - max(0.0, cost) * 0.5, small_odds=against if may_be_small else 0.0
    )
