"""What verdicts are based on besides a word's readings: its neighbours, its document, its scan."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from normalize.language.word_pairs import START, Language, history, key
from normalize.repair.chosen_words import Word
from normalize.repair.document_words import DocumentWords
from normalize.repair.doubt import Evidence
from normalize.repair.settings import DecodingCosts
from normalize.repair.slots import Slot
from normalize.repair.trellis import WordCandidate
from normalize.text.letters import skeleton

_SEEN = 2.0  # the weight of what was seen of a rival: a phrase, or two texts
_WITHIN = frozenset(".,:")  # signs, as witnesses make them of specks
_LIKE_IA = "la"
_TOGETHER = 6.0  # the weight of what was seen of two words: twice in the document, or three phrases
_SELDOM = 0.2  # how often, against that, a sign may have been seen between them


@dataclasses.dataclass(frozen=True, slots=True)
class ScanTraits:
    """What the whole document shows of its scan.

    That is the signs which are read where others are printed, and how clean it is (0 to 1).
    """

    lost: frozenset[str] = frozenset()
    cleanness: float = 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class WordJudge:
    """What verdicts are based on besides the words.

    That is the document's language, the words that exist, the settings, the weights of evidence.
    """

    language: Language
    known: set[str]
    settings: DecodingCosts
    weights: Mapping[str, float]
    doubt: float  # words below this confidence are doubtful
    counted: Mapping[str, float]  # how often words are counted in the installed lists and texts
    document: DocumentWords | None = None  # of a scan
    scan: ScanTraits = ScanTraits()


def is_supported(judge: WordJudge, words: Mapping[int, Word], at: int) -> bool:
    """Whether the word was seen beside its left or its right neighbour anywhere but here."""
    pairs = [(words[at].before, key(words[at].core.lower()))]
    following = words.get(at + 1)
    if following is not None and following.core:
        pairs.append((following.before, key(following.core.lower())))
    own = judge.settings.weights.document + 1e-6  # sums of shares are rounded
    return any(judge.language.counts.seen(*pair) > own for pair in pairs)


def is_rivalled(
    judge: WordJudge, words: Mapping[int, Word], at: int, lattice: Sequence[WordCandidate]
) -> bool:
    """Whether a word that begins a text was never seen before the next one, but one with the same
    letters and other marks was.

    Then that may be what is printed, though no witness read it (``Tàm quyền`` for ``Tam quyền``).
    So it is with `la` before a name: Jrai names of streams and communes begin with `Ia`, whose
    capital looks the same.
    """
    following = words.get(at + 1)
    if words[at].value == _LIKE_IA and following is not None and following.core.istitle():
        return True
    if words[at].before != START or following is None or not following.core:
        return False
    own, beside = words[at].core.lower(), key(following.core.lower())
    counts, least = judge.language.counts, judge.settings.weights.document + 1e-6
    if counts.seen(following.before, beside) > least:
        return False
    return any(
        counts.seen(candidate.last, beside) >= _SEEN
        for candidate in lattice
        if candidate.at == at
        and candidate.end - candidate.start == 1
        and candidate.core.lower() != own
        and skeleton(candidate.core.lower()) == skeleton(own)
    )


def recurs(judge: WordJudge, slot: Slot, words: Mapping[int, Word], evidence: Evidence) -> bool:
    """Whether a word that a witness read stands in many other places of the document."""
    if judge.document is None or slot.frozen or evidence.invented:
        return False
    return judge.document.recurs(slot, words[slot.at].core.lower())


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
