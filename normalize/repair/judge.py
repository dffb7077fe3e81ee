"""What verdicts are based on besides a word's readings: its neighbours, its document, its scan.

Long: all that is asked of one judge, each question a short function.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence

from normalize.language.word_pairs import START, Counts, Language, history, key
from normalize.repair.chosen_words import Word
from normalize.repair.document_words import DocumentWords, neighbours
from normalize.repair.doubt import Evidence, odds_of
from normalize.repair.pairs_read import PairsRead
from normalize.repair.rivals import KNOWN, likely_rivals
from normalize.repair.settings import DecodingCosts
from normalize.repair.slots import Slot
from normalize.repair.trellis import WordCandidate
from normalize.text.letters import shape, skeleton

_SEEN = 2.0  # the weight of what was seen of a rival: a phrase, or two texts
_WITHIN = frozenset(".,:")  # signs, as witnesses make them of specks
_LIKE_IA = "la"
_SURELY = 0.9  # the least confidence of a reading, rounded to a tenth
_BETTER = 3.0  # nats by which a reading is likelier than what was chosen for it
_OPEN = 1.0  # log odds up to which context decides nothing
_HARDLY = 3.0  # log odds up to which it does not decide against what lists and the document know
_TOGETHER = 6.0  # the weight of what was seen of two words: twice in the document, or three phrases
_SELDOM = 0.2  # how often, against that, a sign may have been seen between them


@dataclasses.dataclass(frozen=True, slots=True)
class ScanTraits:
    """What the whole document shows of its scan.

    That is the signs which are read where others are printed, how clean it is (0 to 1), and
    whether a dump writes thousands with points.
    """

    lost: frozenset[str] = frozenset()
    cleanness: float = 0.0
    pointed: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class WordJudge:
    """What verdicts are based on besides the words.

    That is the document's language, the counts of lists and texts without it, the words that exist,
    the settings, the weights of evidence.
    """

    language: Language
    general: Counts
    known: set[str]
    settings: DecodingCosts
    weights: Mapping[str, float]
    doubt: float  # words below this confidence are doubtful
    counted: Mapping[str, float]  # how often words are counted in the installed lists and texts
    document: DocumentWords | None = None  # of a scan
    pairs: PairsRead | None = None  # of a dump
    scan: ScanTraits = ScanTraits()


def is_supported(judge: WordJudge, words: Mapping[int, Word], at: int) -> bool:
    """Whether the word was seen beside its left or its right neighbour anywhere but here."""
    pairs = [(words[at].before, key(words[at].core.lower()))]
    following = words.get(at + 1)
    if following is not None and following.core:
        pairs.append((following.before, key(following.core.lower())))
    own = judge.settings.weights.document + 1e-6  # sums of shares are rounded
    return any(judge.language.counts.seen(*pair) > own for pair in pairs)


def odds_alone(judge: WordJudge, word: Word, here: Sequence[WordCandidate]) -> float:
    """The log odds of a word by its readings and by how common it is, whatever stands beside it.

    Where neighbours were never seen beside a word, the language model prefers rare words, of which
    it knows no neighbours, to common ones (``tô đoàn kết`` for ``tổ đoàn kết``), and it doubts a
    word with all its marks no less than one that may have lost some. Infinite where nothing is
    near.
    """
    costs = _costs_alone(judge, word, here)
    own = costs.pop(word.core.lower(), math.inf)
    rivals = sum(math.exp(own - cost) for cost in costs.values()) if own < math.inf else 0.0
    return -math.log(rivals) if rivals else math.inf


def _costs_alone(judge: WordJudge, chosen: Word, here: Sequence[WordCandidate]) -> dict[str, float]:
    """What each candidate for one word costs by the readings and by how common it is, here and
    elsewhere in the document, but for the one place where it was ``chosen``.
    """
    costs: dict[str, float] = {}
    for candidate in here:
        if candidate.end - candidate.start == 1:
            core = candidate.core.lower()
            less = judge.settings.weights.document if core == chosen.core.lower() else 0.0
            cost = candidate.cost + judge.language.alone(key(core), less)
            costs[core] = min(cost, costs.get(core, math.inf))
    return costs


def reads_better(judge: WordJudge, slot: Slot, word: Word, here: Sequence[WordCandidate]) -> bool:
    """Whether what was read is a word that is far likelier by itself than what was chosen for it,
    which no neighbour supports either (``hai bên biên giới``, no ``hai bến``).
    """
    read, costs = slot.core.lower(), _costs_alone(judge, word, here)
    if key(read) not in judge.known or read not in costs:
        return False
    return costs.get(word.core.lower(), math.inf) - costs[read] >= _BETTER


def is_rivalled(
    judge: WordJudge, slot: Slot, words: Mapping[int, Word], here: Sequence[WordCandidate]
) -> bool:
    """Whether a word that begins a text was never seen before the next one, but one with the same
    letters and other marks was.

    Then that may be what is printed, though no witness read it (``Tàm quyền`` for ``Tam quyền``).
    So it is with `la` before a name: Jrai names of streams and communes begin with `Ia`, whose
    capital looks the same; and within a text with a word that was seen beside neither neighbour,
    where one with its letters stands behind the one before and context is as good as open between
    the two (``trên biến`` for ``trên biển``).
    """
    at, following = slot.at, words.get(slot.at + 1)
    if words[at].value == _LIKE_IA and following is not None and following.core.istitle():
        return True
    own = words[at].core.lower()
    document = judge.document
    # one reader misreads a word alike wherever it stands: another must have read it so too
    is_agreed = document is not None and document.is_agreed(slot, own)
    if document is not None and is_agreed and document.recurs_beside(slot, words):
        return False
    if document is not None and _is_outdone(judge, document, slot, words, here):
        return True
    twins = _twins(own, here)
    if words[at].before != START:
        return _is_rivalled_within(judge, words, at, twins)
    return _is_rivalled_at_start(judge, slot, words, twins)


def _is_rivalled_at_start(
    judge: WordJudge, slot: Slot, words: Mapping[int, Word], twins: Sequence[WordCandidate]
) -> bool:
    """Whether the word after a text's first was never seen behind that, but behind a twin."""
    following = words.get(slot.at + 1)
    if following is None or not following.core:
        return False
    if judge.document is not None and judge.document.stands_before(slot, words):
        return False
    counts, least = judge.language.counts, judge.settings.weights.document + 1e-6
    beside = key(following.core.lower())
    return counts.seen(following.before, beside) <= least and any(
        counts.seen(twin.last, beside) >= _SEEN for twin in twins
    )


def _twins(own: str, here: Sequence[WordCandidate]) -> list[WordCandidate]:
    """The candidates of a slot that have a word's letters and other marks."""
    return [
        candidate
        for candidate in here
        if candidate.end - candidate.start == 1
        and candidate.core.lower() != own
        and skeleton(candidate.core.lower()) == skeleton(own)
    ]


def _is_rivalled_within(
    judge: WordJudge, words: Mapping[int, Word], at: int, twins: Sequence[WordCandidate]
) -> bool:
    """Whether context is as good as open, and the word before was seen with a twin alone."""
    if odds_of(words[at].probability) >= _OPEN or is_supported(judge, words, at):
        return False
    counts = judge.language.counts
    return any(counts.seen(words[at].before, key(twin.core.lower())) >= _SEEN for twin in twins)


def _is_outdone(
    judge: WordJudge,
    document: DocumentWords,
    slot: Slot,
    words: Mapping[int, Word],
    here: Sequence[WordCandidate],
) -> bool:
    """Whether one engine alone read a word that lists never have before the next one, and both
    they and a sure reading elsewhere in the document have another with its letters there.

    Example: ``lập số sức khoẻ``, where lists and another cell have ``sổ sức khoẻ``.
    """
    word = words[slot.at]
    if odds_of(word.probability) >= _HARDLY:
        return False
    seen, own = judge.general.seen, key(word.core.lower())
    after = key(dict(neighbours(words, slot.at)).get(1, ""))
    if seen(own, after):
        return False
    return any(
        document.has_before(slot, words, rival.core.lower()) and seen(rival.first, after) >= KNOWN
        for rival in likely_rivals(slot, word.core, here)
    )


def is_rival_read(judge: WordJudge, slot: Slot, words: Mapping[int, Word]) -> bool:
    """Whether the leading witness surely read, where context put a word that was never seen before
    the next one, a word that was: then that is what is printed (``Tuyến tránh``).
    """
    following, read = words.get(slot.at + 1), slot.readings[0]
    if following is None or not following.core or read.confidence < _SURELY:
        return False
    if shape(read.core) == "upper":  # a capital's marks are not surely read
        return False
    before = history(key(read.core.lower()), read.after)
    return judge.language.counts.seen(before, key(following.core.lower())) >= _SEEN


def stands_as_read(judge: WordJudge, slot: Slot, words: Mapping[int, Word]) -> bool:
    """Whether a dump has a changed word as it was read elsewhere, beside the same neighbour."""
    return judge.pairs is not None and not slot.frozen and judge.pairs.stands_as_read(slot, words)


def recurs(judge: WordJudge, slot: Slot, words: Mapping[int, Word], evidence: Evidence) -> bool:
    """Whether a word that a witness read stands in many other places of the document, or a word
    in some others beside the same neighbour.
    """
    if judge.document is None or slot.frozen:
        return False
    if judge.document.recurs_beside(slot, words):
        return True
    return not evidence.invented and judge.document.recurs(slot, words[slot.at].core.lower())


def is_read(sign: str, slot: Slot) -> bool:
    """Whether a witness read this sign behind a word, be it behind a quote."""
    return any(sign in reading.after for reading in slot.readings)


def has_sign_within(judge: WordJudge, slot: Slot, words: Mapping[int, Word]) -> bool:
    """Whether a sign on which the witnesses differ, or that none read, or a colon, parts two words
    that are known together and hardly with a sign between (``Ban Thường vụ Tỉnh, ủy``).
    """
    word, following = words[slot.at], words.get(slot.at + 1)
    sign = word.value[-1:]
    if sign not in _WITHIN or following is None or not following.core.isalpha():
        return False
    if not slot.next_small:
        return False
    read = {r.after[:1] for r in slot.readings if r.core}
    differ = len(read) > 1 or not is_read(sign, slot)
    own, beside = key(word.core.lower()), key(following.core.lower())
    counts, least = judge.language.counts, judge.settings.weights.document + 1e-6
    together, apart = counts.seen(own, beside), counts.seen(history(own, sign), beside) - least
    return (differ or sign == ":") and together >= _TOGETHER and apart <= _SELDOM * together
