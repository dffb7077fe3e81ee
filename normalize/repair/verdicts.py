"""What every printed word was decided to say, how likely that is right, and why it is doubtful.

Long: all evidence for and against a word is gathered in one place.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.fuzz import partial_ratio

from normalize.language.word_pairs import MEASURES, key
from normalize.repair.chosen_words import JOINED, Word
from normalize.repair.decode_cells import CellSlots
from normalize.repair.doubt import (
    ASKED_FOR,
    Evidence,
    confidence,
    has_odd_signs,
    has_strokes_run_together,
    is_item,
    is_lone_letter,
    is_strange,
    odds_of,
    usual,
)
from normalize.repair.judge import (
    WordJudge,
    has_sign_within,
    is_read,
    is_rival_read,
    is_rivalled,
    is_supported,
    odds_alone,
    reads_better,
    recurs,
    stands_as_read,
)
from normalize.repair.lost_signs import (
    LOST_SIGN,
    has_lost_point,
    has_lost_sign,
    is_point_with_tail,
    is_range_misread,
    is_unopened,
)
from normalize.repair.signs import split_signs
from normalize.repair.slots import Reading, Slot
from normalize.repair.trellis import WordCandidate
from normalize.text.letters import bare
from normalize.text.numerals import is_outvoted
from schemas.witnesses import INK, LINE, MARK_RULES

_AS_SET = 0.999  # the confidence of vector text
_UNREAD = 0.5  # that where ink was left unread nothing is missing
_FAR = 4.0  # nats to the next word by the readings, 2 less on a clean scan
_SURELY = 0.9  # the least confidence of a reading, rounded to a tenth
_HELD_BACK = 0.75  # of what being plain says for a word, where its only witness hesitated
_PARTS = re.compile(r"[ -]")
_TWO, _THREE = 2, 3  # witnesses
_HARDLY = 0.75  # a confidence, rounded to a tenth, of which no witness is sure
_NOISE, _LIKELY = 0.1, 0.5  # of a confidence rounded to a tenth


class Verdict(NamedTuple):
    """What one printed word was decided to say; ``rule`` is empty if it was neither changed nor
    doubted, ``evidence`` None where nothing was weighed.

    ``offered`` is what else a doubtful word may say.
    """

    value: str
    confidence: float
    doubtful: bool
    rule: str
    evidence: Evidence | None = None
    offered: tuple[str, ...] = ()


_CLASSES = frozenset(map(key, ("nhóm", "loại", "hạng", "lớp", "khối")))  # named by letters
_LETTERS_KEPT = 50  # percent of a word's letters that are still there in what it was joined to
_POINT = 4.0  # of what speaks against a number: its point may be lost
_SUREST = 10.0  # log odds: what is surer counts no more
_A_WORD = 3  # letters: less may be a part of the word before it


def evidence_of(slot: Slot, word: Word, known: bool, supported: bool) -> Evidence:
    """The evidence for and against what one slot was decided to read."""
    same = [r for r in slot.readings if r.core == word.core]
    signs = {(r.before, r.after) for r in slot.readings if r.core}
    return Evidence(
        margin=odds_of(word.probability),
        agreeing=max(0, len(same) - 1),
        differing=len(slot.readings) - len(same) if len(slot.readings) > 1 else 0,
        gap=word.gap,
        invented=float(not same),
        asked_for=float(not same and word.gap <= ASKED_FOR),
        unknown=float(not known and not slot.frozen),
        unsupported=float(not supported and not slot.frozen),
        code=float(slot.frozen and len(slot.readings) == 1)
        + 4.0 * float(slot.frozen and len({r.before for r in slot.readings if r.core}) > 1)
        + 4.0 * float(slot.frozen and _is_of_one(same, slot.readings))
        + 20.0 * float(has_strokes_run_together(word.value))
        + 20.0 * float(slot.frozen and is_outvoted([r.confidence for r in same])),
        odd_signs=float(has_odd_signs(word.value, slot.frozen) or _is_cut(same)),
        lone_letter=float(is_lone_letter(word.value)),
        capital=min(6.0, max(0.0, word.case_odds)),
        signs_differ=float(len(signs) > 1),
        faint=1.0 - _least_sure(same, slot.readings),
        torn=_torn(same, slot.readings),
    )


def _torn(same: Sequence[Reading], readings: Sequence[Reading]) -> float:
    """How much a word is torn among witnesses of which each read another one: 1 where they are
    three and none of what was taken was sure, 2 where none of them was at all sure of its word.
    """
    read = [r for r in readings if r.core]
    if len(read) < _TWO or len({r.core for r in read}) < len(read):
        return 0.0
    if all(r.confidence < _HARDLY for r in read):
        return 2.0
    is_sure = any(r.confidence >= _SURELY for r in same)
    return float(len(read) >= _THREE and not is_sure)


def _is_cut(same: Sequence[Reading]) -> bool:
    """Whether two witnesses saw the stump of another letter before what was taken."""
    return sum(r.is_cut for r in same) >= _TWO


def _least_sure(same: Sequence[Reading], readings: Sequence[Reading]) -> float:
    """The least confidence of the witnesses that read what was taken.

    Where the leading one is sure, the others only bear it out, however faintly they read it.
    """
    if same and same[0] is readings[0] and same[0].confidence >= _SURELY:
        return same[0].confidence
    return min((r.confidence for r in same), default=1.0)


def _is_of_one(same: Sequence[Reading], readings: Sequence[Reading]) -> bool:
    """Whether one witness alone read what was taken, and the leading one read something else."""
    return len(same) == 1 and bool(readings[0].core) and readings[0].core != same[0].core


def _is_plain(slot: Slot, word: Word, known: bool, evidence: Evidence) -> bool:
    """Whether all readings of a word are sure and alike, and it is a known word or one that two
    read.
    """
    read = [r for r in slot.readings if r.core]
    agreed = word.core == slot.core and not (
        evidence.invented or evidence.differing or evidence.signs_differ
    )
    odd = evidence.odd_signs or evidence.lone_letter or evidence.code or evidence.capital
    exists = known or (len(read) > 1 and word.core.isascii() and word.core.isalpha())
    return agreed and not odd and exists and min(r.confidence for r in read) >= _SURELY


def _rule(slot: Slot, word: Word, text: str) -> str:
    """Why a slot's value is not the text that was read there."""
    if word.value == text:
        return ""
    reasons = (
        ("joined", word.covers != 1),
        (word.rule, bool(word.rule)),
        ("speck", not word.core),
        ("split", " " in word.core),
        ("signs", word.core == slot.core),
        ("witnesses", any(r.core == word.core for r in slot.readings)),
    )
    return next((rule for rule, applies in reasons if applies), "context")


def _doubt_rule(evidence: Evidence, weights: Mapping[str, float]) -> str:
    """The strongest evidence against a word."""
    parts = {
        name: weights[name] * value
        for name, value in evidence._asdict().items()
        if name not in ("margin", "gap")
    }
    worst = min(parts, key=lambda name: parts[name])
    return worst if parts[worst] < -0.5 else "margin"


def verdicts_of(cell: CellSlots, words: Mapping[int, Word], judge: WordJudge) -> dict[int, Verdict]:
    """The verdict on every row of a cell, by its place in ``printed``."""
    slots: dict[int, list[Slot]] = defaultdict(list)
    for slot in cell.slots:
        slots[slot.row].append(slot)
    here: dict[int, list[WordCandidate]] = defaultdict(list)
    for candidate in cell.lattice:  # in it, slots without a word have no place
        here[cell.words[candidate.at].at].append(candidate)
    found = {}
    for row, pieces in slots.items():
        texts = [cell.texts[row] if len(pieces) == 1 else ""] * len(pieces)
        parts = [
            _verdict(slot, text, words, judge, here[slot.at])
            for slot, text in zip(pieces, texts, strict=True)
        ]
        found[cell.places[row]] = _whole(parts, cell.texts[row])
    return found


def _whole(parts: Sequence[Verdict], text: str) -> Verdict:
    """The verdict on a row of several words: texts joined, the least confidence, the first rule.

    A word twice in a row, where the leading witness read one word, was read twice by another: then
    it is in doubt.
    """
    value = " ".join(part.value for part in parts if part.value)
    is_twice = len(text.split()) < _TWO and any(a == b != "" for a, b in pairwise(_bare(parts)))
    if is_twice:
        parts = [part._replace(confidence=min(part.confidence, _UNREAD)) for part in parts]
    doubtful = is_twice or any(part.doubtful for part in parts)
    rule = next((part.rule for part in parts if part.rule), "signs")
    return Verdict(
        value,
        min(part.confidence for part in parts),
        doubtful,
        rule if doubtful or value != text else "",
        min(parts, key=lambda part: part.confidence).evidence,
    )


def _bare(parts: Sequence[Verdict]) -> list[str]:
    """The words of some verdicts in small letters without signs; of what holds no word nothing."""
    return [split_signs(part.value.lower())[1] for part in parts if part.value]


def is_swallowed(slot: Slot, words: Mapping[int, Word]) -> bool:
    """Whether a word was joined to the one before it, and that has no room for its letters.

    Then it stays as it was read, in doubt: no word is lost. Nor is a figure, or a letter, that the
    leading witness read surely, such as a unit in brackets, or one of two letters or some digits
    that it read at all likely.
    """
    is_word = len(slot.core) >= _A_WORD and slot.core.isalpha()
    is_short = len(slot.core) == _TWO and slot.core.isalpha()
    is_figure = len(slot.core) >= _TWO and slot.core.isdigit()
    least = _LIKELY if is_short or is_figure else _SURELY
    is_sure = slot.core.isalnum() and slot.readings[0].confidence >= least
    if words[slot.at].covers or not (is_word or is_sure):
        return False
    before = next((words[at] for at in range(slot.at - 1, -1, -1) if words[at].covers), None)
    if before is None or (is_word and len(before.core) < len(slot.core) + 1):
        return True
    return is_sure and partial_ratio(slot.core.lower(), before.value.lower()) < _LETTERS_KEPT


def _as_read(slot: Slot) -> str:
    first = slot.readings[0]
    return first.before + first.core + first.after


def _is_noise(slot: Slot) -> bool:
    """Whether the line recogniser alone read something, and does not believe it itself."""
    read = [r for r in slot.readings if r.core]
    return (
        len(slot.readings) > 1
        and [r.witness for r in read] == [LINE]
        and (read[0].confidence <= _NOISE)
    )


def _unread(slot: Slot, words: Mapping[int, Word]) -> Verdict | None:
    """The verdict on what no witness read, or may have read as it is printed; None on others."""
    if slot.readings[0].witness == INK:
        return Verdict("", _UNREAD, True, MARK_RULES.get(_as_read(slot), "unread_ink"))
    if _is_noise(slot) and (words[slot.at].core or is_swallowed(slot, words)):
        return Verdict("", _UNREAD, True, "unread_ink")
    if is_swallowed(slot, words):
        return Verdict(_as_read(slot), _UNREAD, True, "joined")
    word = words[slot.at]
    if _is_lost_in_a_row(slot, words):
        return Verdict("", _UNREAD, True, "joined")
    if not word.is_set and is_range_misread(slot, words):
        return Verdict(word.value, _UNREAD, True, LOST_SIGN)
    return None


def _is_lost_in_a_row(slot: Slot, words: Mapping[int, Word]) -> bool:
    """Whether a slot is one of several in a row of which nothing is said to be printed, though
    letters or figures were read: rather a torn word than specks.

    A sign alone parts no row (``40 | ha``). What a hyphen joined to the word before is not lost.
    """
    if not _is_dropped(words[slot.at]) or not any(c.isalnum() for c in slot.core):
        return False
    return any(_is_dropped(word) for word in _beside(slot, words))


def _is_dropped(word: Word) -> bool:
    return not word.covers and word.rule != JOINED


def _beside(slot: Slot, words: Mapping[int, Word]) -> Iterator[Word]:
    """What was decided on the next slot on either side of a slot that is no sign alone."""
    for step in (-1, 1):
        at = slot.at + step
        while at in words and words[at].covers and not words[at].core:
            at += step
        if at in words:
            yield words[at]


def _is_known(word: Word, judge: WordJudge) -> bool:
    """Whether a word, or each of its parts, exists; or it marks an item."""
    parts = _PARTS.split(word.core)
    return is_item(word.value) or (
        all(part.lower() in MEASURES or key(part.lower()) in judge.known for part in parts)
        and not (len(parts) > 1 and all(len(part) == 1 for part in parts))
    )


def _with_odds_alone(
    evidence: Evidence,
    word: Word,
    judge: WordJudge,
    here: Sequence[WordCandidate],
) -> Evidence:
    """The evidence on a word of a dump, where no neighbour supports it no surer than by itself.

    A tone is lost far sooner than one is seen where none is printed: a word that has one is told
    by itself to a third, however strange its neighbours are.
    """
    if not evidence.unsupported or judge.document is not None:
        return evidence
    alone = min(_SUREST, odds_alone(judge, word, here))
    whole = bool(bare(word.core)[1]) and not evidence.invented
    margin = (2 * evidence.margin + alone) / 3 if whole else min(evidence.margin, alone)
    return evidence._replace(margin=max(-4.0, margin))


def _verdict(
    slot: Slot,
    text: str,
    words: Mapping[int, Word],
    judge: WordJudge,
    here: Sequence[WordCandidate],
) -> Verdict:
    word = words[slot.at]
    rule = _rule(slot, word, text)
    if (unread := _unread(slot, words)) is not None:
        return unread
    if word.is_set or not word.core:
        return Verdict(word.value, _AS_SET if word.is_set else 0.99, False, rule)
    is_class = word.before in _CLASSES and len(word.core) == 1 and word.core.isupper()
    known = is_class or _is_known(word, judge)
    evidence = _weighed(slot, words, judge, here, known=known)
    if is_class:
        evidence = evidence._replace(lone_letter=0.0)
    sure = confidence(evidence, judge.weights)
    doubtful = sure < judge.doubt or word.is_open
    value = _printed(slot, words, judge, evidence, here)
    own = rule if value != text else ""
    reason = own or (_doubt_rule(evidence, judge.weights) if doubtful else "")
    return Verdict(value, sure, doubtful, reason, evidence)


def _weighed(
    slot: Slot,
    words: Mapping[int, Word],
    judge: WordJudge,
    here: Sequence[WordCandidate],
    *,
    known: bool,
) -> Evidence:
    """All that speaks for and against what one slot was decided to read."""
    word = words[slot.at]
    evidence = evidence_of(slot, word, known, is_supported(judge, words, slot.at))
    evidence = _with_odds_alone(evidence, word, judge, here)
    cleanness = judge.scan.cleanness
    is_plain = _is_plain(slot, word, known, evidence) and word.gap >= _FAR - 2.0 * cleanness
    evidence = evidence._replace(
        code=evidence.code + _POINT * (judge.scan.pointed and has_lost_point(slot)),
        lost_sign=float(has_lost_sign(slot, word, judge.scan.lost))
        + 2.0 * (word.rule == LOST_SIGN or is_point_with_tail(slot, word, words.get(slot.at + 1))),
        plain=cleanness * is_plain * (1.0 - _HELD_BACK * slot.hesitant),
        rivalled=float(not slot.frozen and is_rivalled(judge, slot, words, here)),
        recurs=float(recurs(judge, slot, words, evidence)),
        sign_within=float(has_sign_within(judge, slot, words)),
        odd_signs=evidence.odd_signs + 2.0 * is_unopened(slot, words),
        read_alike=float(stands_as_read(judge, slot, words)),
        usual=_usual(evidence, slot, word, judge),
    )
    counted = judge.counted.get(word.core.lower(), 0.0)
    is_kept = not (slot.frozen or evidence.invented or evidence.unknown)
    return evidence._replace(
        strange=float(is_strange(evidence, counted, slot.sure)),
        surely=is_kept * slot.surely_alone,
    )


def _usual(evidence: Evidence, slot: Slot, word: Word, judge: WordJudge) -> float:
    """How much what the words are known for elsewhere speaks for the one that was chosen."""
    read, chosen = (judge.counted.get(core.lower(), 0.0) for core in (slot.core, word.core))
    return usual(evidence, read, chosen)


def _printed(
    slot: Slot,
    words: Mapping[int, Word],
    judge: WordJudge,
    evidence: Evidence,
    here: Sequence[WordCandidate],
) -> str:
    """What a slot says: the word that was chosen, without a sign that does not belong there, or
    what was read against it.
    """
    value = words[slot.at].value
    if evidence.rivalled and evidence.invented and is_rival_read(judge, slot, words):
        return _as_read(slot)
    if evidence.invented and _is_read_instead(slot, words[slot.at], judge, evidence, here):
        return value.replace(words[slot.at].core, slot.core, 1)
    is_dropped = evidence.signs_differ or not is_read(value[-1:], slot)
    return value[:-1] if evidence.sign_within and is_dropped else value


def _is_read_instead(
    slot: Slot,
    word: Word,
    judge: WordJudge,
    evidence: Evidence,
    here: Sequence[WordCandidate],
) -> bool:
    """Whether a dump's word stays as it was read, in doubt: it exists, and is read so elsewhere
    beside the same neighbour, or no neighbour speaks for the other word.
    """
    is_word = word.covers == 1 and key(slot.core.lower()) in judge.known
    if judge.document is not None or not is_word:
        return False
    is_better = bool(evidence.unsupported) and reads_better(judge, slot, word, here)
    return bool(evidence.read_alike) or is_better
