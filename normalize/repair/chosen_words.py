"""What was chosen for each word of a cell, hyphens closed."""

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from normalize.language.casing import swapped
from normalize.language.word_pairs import START, Counts, Language
from normalize.repair.decode_cells import CellSlots
from normalize.repair.doubt import ASKED_FOR, OVERRULED, odds_of
from normalize.repair.lattice import Lattices
from normalize.repair.signs import without_glyphs
from normalize.repair.slots import Slot
from normalize.repair.trellis import Decoded, WordCandidate
from normalize.text.letters import has_marks_of, shape
from schemas.witnesses import FIRST, VECTOR

# log odds up to which context does not outweigh witnesses that agree; the second where they are
# clear, the third where the first model is sure (0.95 and more): of 31 words so changed 21 were
# read right; the fourth where both are so
_HARDLY, _HARDLY_OVERRULED, _HARDLY_SURE, _HARDLY_BOTH = 0.4, 1.5, 3.5, 5.0
JOINED = "joined"  # the rule of a word that is printed within the one before it
_SURE = 0.99  # of a confidence rounded to a tenth
_USUAL = 6.0  # how often lists must have a pair: three phrases
_OPEN_CODE = re.compile(r"^\W*\d+/(?:\d{4}/)?$")  # a document's number before its letters
_PARTED_CODE = re.compile(
    r"\W*\d+[-–](?:NQ|CT|KL|QĐ|QC|HD|TB|KH|CTr|ĐA|BC|TT|CV)/(?:[A-ZĐ]{2,7}|TTg)[.,;:)”\"]*"
)
_CODE = re.compile(r"^(?:NĐ|QĐ|NQ|TTLT|TT|QH|CT|KH|TB|KL|HD|CV|UBTVQH)(?=[-–/\d]|\W*$)")


class Word(NamedTuple):
    """What was decided for one slot."""

    value: str
    core: str = ""
    probability: float = 1.0
    before: str = START  # the history that the chosen word follows
    covers: int = 1
    case_odds: float = 0.0  # what the neighbours' custom says against the case, in nats
    small_odds: float = 0.0  # what it says for a small letter where a capital was read
    gap: float = 12.0  # by how much the readings prefer the word to any other, in nats
    rule: str = ""
    is_set: bool = False  # by a program, in vector text
    is_open: bool = False  # against all that was read, by what lists have there alone


class Custom(NamedTuple):
    """Which words usually stand beside others: by lists and texts alone, and with the document."""

    general: Counts
    language: Language

    def seen(self, before: str, candidate: WordCandidate, after: str) -> float:
        """How often lists have a word behind a history, or before another word."""
        left = self.general.seen(before, candidate.first) if before != START else 0.0
        return max(left, self.general.seen(candidate.last, after))

    def in_document(self, word: str) -> float:
        """How much the document's words speak for one of them."""
        return self.language.counts.words.get(word, 0.0) - self.general.words.get(word, 0.0)


def words_of(cell: CellSlots, decoded: Decoded, custom: Custom) -> dict[int, Word]:
    """What each slot of a cell reads, by the slot's number in the cell."""
    found = {slot.at: Word(slot.alone) for slot in cell.slots}
    rivals: dict[int, list[WordCandidate]] = defaultdict(list)
    for candidate in cell.lattice:
        rivals[candidate.at].append(candidate)
    before, probabilities = START, decoded.probabilities()
    for chosen, following in itertools.zip_longest(decoded.best, decoded.best[1:]):
        for slot in cell.words[chosen.start : chosen.end]:
            found[slot.at] = Word("", covers=0)
        best, slot = chosen, cell.words[chosen.at]
        word = _weighed(best, rivals[chosen.at], probabilities, before)
        if word.covers == 1 and _is_hardly_overruled(slot, word):
            kept = [c for c in rivals[chosen.at] if c.core == slot.core and c.end - c.start == 1]
            after = following.first if following is not None else ""
            if _is_usual_there(word, chosen, kept, after, custom):
                found[slot.at] = word._replace(is_open=True)
                before = chosen.last
                continue
            best = max(kept, key=lambda c: probabilities.get(c, 0.0), default=chosen)
            word = _weighed(best, rivals[chosen.at], probabilities, before)
        found[slot.at] = word
        before = chosen.last
    return found


def _weighed(
    best: WordCandidate,
    rivals: Sequence[WordCandidate],
    probabilities: Mapping[WordCandidate, float],
    before: str,
) -> Word:
    """A candidate as a word, with its probability and how much the readings prefer it to its
    rivals; small letter or capital is settled later.
    """
    text = best.text.lower()
    probability = sum(probabilities.get(c, 0.0) for c in rivals if c.text.lower() == text)
    gap = max(-8.0, min([12.0, *(c.cost - best.cost for c in rivals if c.core != best.core)]))
    return Word(best.text, best.core, min(1.0, probability), before, best.end - best.start, gap=gap)


def _is_hardly_overruled(slot: Slot, word: Word) -> bool:
    """Whether context chose a word against all witnesses, but only just: then the reading stays, in
    doubt. Of a capital's marks, which are small and high above it, no witness is sure.
    """
    read = {r.core.lower() for r in slot.readings if r.core}
    if len(read) != 1 or word.core.lower() in read:
        return False
    margin = odds_of(word.probability)
    if shape(slot.core) == "upper" and has_marks_of(word.core, slot.core):
        return margin < _HARDLY
    leader = slot.readings[0]
    is_sure = leader.witness == FIRST and leader.confidence >= _SURE
    if word.gap < OVERRULED:
        return margin < (_HARDLY_BOTH if is_sure else _HARDLY_OVERRULED)
    return margin < (_HARDLY_SURE if is_sure else _HARDLY)


def _is_usual_there(
    word: Word, chosen: WordCandidate, kept: Sequence[WordCandidate], after: str, custom: Custom
) -> bool:
    """Whether lists often have a word beside one of its neighbours that they never have beside what
    was read, which is no commoner in the document: then it is what is printed, be it in doubt
    (``cứu nạn trên biến`` for ``biển``).
    """
    if word.gap <= ASKED_FOR or custom.seen(word.before, chosen, after) < _USUAL:
        return False
    own = custom.in_document(chosen.first)
    return not any(
        custom.seen(word.before, read, after) or custom.in_document(read.first) > own
        for read in kept
    )


def sure_cases(
    cell: CellSlots, words: Mapping[int, Word], lattices: Lattices
) -> list[tuple[str, bool]]:
    """A cell's words, each with whether its readings clearly show small letter or capital.

    The others must not count as examples.
    """
    found = []
    for slot in cell.words:
        word = words[slot.at]
        cost = (
            lattices.emission(slot, swapped(word.core)) - lattices.emission(slot, word.core)
            if word.core
            else 0.0
        )
        found.append((word.value, cost > 4.0))
    return found


def keep_set(cell: CellSlots, words: dict[int, Word]) -> None:
    """Put every word of vector text, which no engine had to read, back as it was set, in place."""
    for slot in cell.slots:
        as_set = next((reading for reading in slot.readings if reading.witness == VECTOR), None)
        if as_set is not None:
            whole = as_set.before + as_set.core + as_set.after
            text = whole if slot.core else slot.alone or without_glyphs(whole)
            words[slot.at] = words[slot.at]._replace(
                value=text, core=as_set.core, covers=1, is_set=True, rule=""
            )


def close_hyphens(words: dict[int, Word], slots: Sequence[Slot], texts: Sequence[str]) -> None:
    """Join ``chính trị- xã hội``, in place: a hyphen has a space on both sides or on neither.

    Here the left space was not read; where the best reading, in ``texts`` by row, has it, the dash
    stands apart. A document's number in two pieces, such as ``67/2014/`` and
    ``NĐ-CP`` or ``41-KL/`` and ``TU``, becomes one word too.
    """
    last = -1
    for left, right in itertools.pairwise(slots):
        if last < 0 or words[left.at].covers:
            last = left.at
        a, b = words[last], words[right.at]
        if a.value.endswith("-") and texts[slots[last].row].endswith(" -"):
            words[last] = a._replace(value=f"{a.value[:-1]} -")
            continue
        hyphen = a.value.endswith("-") and a.value[-2:-1].isalnum() and b.value[:1].isalnum()
        if a.core and (hyphen or _is_parted_code(a.value, b.value)):
            probability = min(a.probability, b.probability)
            core = _from(a.value, a.core) + b.value.partition(b.core)[0] + b.core
            joined = a._replace(
                value=a.value + b.value, core=core, probability=probability, covers=a.covers + 1
            )
            words[last], words[right.at] = joined, Word("", covers=0, rule=JOINED)


def _from(value: str, core: str) -> str:
    """A word without the signs before it, but with those after it."""
    return value[value.find(core) :]


def _is_parted_code(left: str, right: str) -> bool:
    """Whether two words are one document's number, cut at a stroke that is part of the number."""
    if _OPEN_CODE.search(left) is not None and _CODE.match(right) is not None:
        return True
    whole = _PARTED_CODE.fullmatch(left + right)
    return whole is not None and (left.endswith("/") or right.startswith("/"))
