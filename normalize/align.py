"""Witnesses side by side: the words of one block as slots, each with what every witness read there.

The first witness that read a block leads: its words are the slots. The others are aligned to it by their letters, also where one engine splits
or joins words; a word that only another witness saw gets a slot of its own with an empty text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import pandas as pd
from rapidfuzz.distance import Levenshtein

LEADERS = ("vector", "vie", "dump", "layer", "script")  # who leads where several read a block
_SPECKS = frozenset(".,:;'`´^~ˆ_|•·°¬‹›!\\")
_FAR = 18.0  # points between words that no engine can have taken for one
BY_LINE = ("script", "line")  # who reads only some of the leader's words; what the last does not see says nothing
GAP = 0.75  # the cost of a word that one side lacks, in shares of a word


@dataclass(frozen=True)
class Word:
    """A word of one witness: NFC text, confidence 0 to 1, line from 1, box in points."""

    text: str
    confidence: float
    line_no: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True)
class Slot:
    """A printed word: the leading witness's word ("" where it saw none), and all readings as (witness, text, confidence)."""

    word: Word
    readings: tuple[tuple[str, str, float], ...]

    @property
    def text(self) -> str:
        """The leading witness's reading."""
        return self.word.text

    @cached_property
    def agreed(self) -> str:
        """What most witnesses read here, the leader's reading in a tie; "" where most saw nothing, as with specks."""
        votes: dict[str, float] = {}
        for _, text, _ in self.readings:
            votes[text] = votes.get(text, 0.0) + 1.0
        return without_specks(max(votes, key=lambda text: votes[text]))


def without_specks(text: str) -> str:
    """The text without marks that stand alone and that no printed text sets apart: ``.``, ``:``, ``~`` and the like; dashes stay."""
    return " ".join(word for word in text.split() if not set(word) <= _SPECKS)


Span = tuple[int, int, int, int]  # words i to j of the leader are words k to l of the other


def words_to_slots(words: pd.DataFrame) -> dict[tuple[int, int], list[Slot]]:
    """The slots of each block (page_no, block_no) of a Words table."""
    blocks: dict[tuple[int, int], dict[str, list[Word]]] = {}
    columns = ("page_no", "block_no", "witness", "text", "confidence", "line_no", "x0", "top", "x1", "bottom")
    for page_no, block_no, witness, *rest in zip(*(words[column].tolist() for column in columns), strict=True):
        blocks.setdefault((page_no, block_no), {}).setdefault(witness, []).append(Word(*rest))
    return {place: align_witnesses(by_witness) for place, by_witness in blocks.items()}


def align_witnesses(by_witness: dict[str, list[Word]]) -> list[Slot]:
    """The slots of one block from each witness's words in reading order."""
    leader = next((name for name in LEADERS if by_witness.get(name)), next(iter(by_witness)))
    lead = by_witness[leader]
    others = {name: (words, _align_lines(lead, words) if name in BY_LINE else align_words(_texts(lead), _texts(words)))
              for name, words in by_witness.items() if name != leader}  # fmt: skip
    placed = {name: (words, {at: span for span in spans for at in range(span[0], span[1])}) for name, (words, spans) in others.items()}
    slots: list[tuple[float, Slot]] = []
    for i, j in _groups(lead, [spans for _, spans in others.values()]):
        readings = [(leader, _join(lead[i:j]), _least(lead[i:j]))]
        for name, (words, span_at) in placed.items():
            spans = dict.fromkeys(span_at[at] for at in range(i, j) if at in span_at)
            found = [word for a, b, k, m in spans if i <= a and b <= j for word in words[k:m]]
            cut = any(a < i or j < b for a, b, _, _ in spans)  # it joined words that stand far apart
            looked = name not in BY_LINE or (name != "line" and bool(spans))
            if found or (looked and not cut):
                readings.append((name, _join(found), _least(found)))
        slots.append((float(i), Slot(_merge(lead[i:j]), tuple(readings))))
    return [slot for _, slot in sorted(slots + _extra_slots(leader, others), key=lambda item: item[0])]


def _texts(words: Iterable[Word]) -> list[str]:
    return [word.text for word in words]


def _join(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _least(words: Sequence[Word]) -> float:
    return min((word.confidence for word in words), default=0.0)


def _merge(words: Sequence[Word]) -> Word:
    """Several words as one: joined text, the box around all."""
    first = words[0]
    edges = (min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words))
    return Word(_join(words), _least(words), first.line_no, *edges)


def _groups(lead: Sequence[Word], alignments: Sequence[Sequence[Span]]) -> list[tuple[int, int]]:
    """The leader's words in groups such that no witness's span reaches over two of them, unless they stand far apart."""
    joined = [False] * (len(lead) + 1)  # joined[i]: words i-1 and i belong together
    for spans in alignments:
        for i, j, k, m in spans:
            if j - i > 1 and k < m:
                joined[i + 1 : j] = [_near(a, b) for a, b in zip(lead[i : j - 1], lead[i + 1 : j], strict=True)]
    starts = [i for i in range(len(lead)) if not joined[i]]
    return list(zip(starts, [*starts[1:], len(lead)], strict=True))


def _near(a: Word, b: Word) -> bool:
    return a.line_no == b.line_no and b.x0 - a.x1 < _FAR


def _extra_slots(leader: str, others: dict[str, tuple[list[Word], list[Span]]]) -> list[tuple[float, Slot]]:
    """Slots for the words that the leader lacks, its reading "" first; words of several witnesses at one place share theirs."""
    extra: dict[int, dict[str, list[Word]]] = {}
    for name, (words, spans) in others.items():
        for i, j, k, m in spans:
            if i == j and k < m:
                extra.setdefault(i, {}).setdefault(name, []).extend(words[k:m])
    slots = []
    for place, found in extra.items():
        box = _merge(next(iter(found.values())))
        nothing = Word("", 0.0, box.line_no, box.x0, box.top, box.x1, box.bottom)
        readings = [(leader, "", 0.0), *((name, _join(words), _least(words)) for name, words in found.items())]
        slots.append((place - 0.5, Slot(nothing, tuple(readings))))
    return slots


def _align_lines(lead: Sequence[Word], words: Sequence[Word]) -> list[Span]:
    """The alignment of a witness that read only some of the leader's lines or words: line by line, run by run."""
    spans: list[Span] = []
    for line_no in dict.fromkeys(word.line_no for word in words):
        places = [n for n, word in enumerate(words) if word.line_no == line_no]
        for (i, j), (k, m) in _runs(lead, words, *_line_range(lead, words[places[0]]), places[0], places[-1] + 1):
            spans += [(a + i, b + i, c + k, d + k) for a, b, c, d in align_words(_texts(lead[i:j]), _texts(words[k:m]))]
    return spans


def _runs(lead: Sequence[Word], words: Sequence[Word], i: int, j: int, k: int, m: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """A witness's words k to m of a line in runs, each with the leader's words, of i to j, that stand where it does."""
    runs: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for at in range(k, m):
        under = [n for n in range(i, j) if _overlap(lead[n], words[at]) > 0.3]
        first, last = (under[0], under[-1] + 1) if under else (runs[-1][0][1] if runs else _before(lead, words[at], i, j),) * 2
        if runs and first <= runs[-1][0][1] + 1:
            runs[-1] = ((runs[-1][0][0], max(last, runs[-1][0][1])), (runs[-1][1][0], at + 1))
        else:
            runs.append(((first, last), (at, at + 1)))
    return runs


def _before(lead: Sequence[Word], word: Word, i: int, j: int) -> int:
    """The place among the leader's words i to j where a word that overlaps none of them stands."""
    return i + sum((lead[n].x0 + lead[n].x1) < (word.x0 + word.x1) for n in range(i, j))


def _overlap(a: Word, b: Word) -> float:
    """How much two words overlap across the page, as a share of the narrower."""
    return (min(a.x1, b.x1) - max(a.x0, b.x0)) / max(1e-6, min(a.x1 - a.x0, b.x1 - b.x0))


def _line_range(lead: Sequence[Word], word: Word) -> tuple[int, int]:
    """The leader's words on a word's line; where it has none there, the place between its lines."""
    places = [i for i, other in enumerate(lead) if other.line_no == word.line_no]
    if places:
        return places[0], places[-1] + 1
    above = sum(other.top + other.bottom < word.top + word.bottom for other in lead)
    return above, above


def align_words(lead: Sequence[str], other: Sequence[str]) -> list[Span]:
    """Which words of one reading stand for which of another; spans cover both in order, one side of a span can be empty."""
    spans: list[Span] = []
    for tag, i, j, k, m in SequenceMatcher(None, lead, other, autojunk=False).get_opcodes():
        if tag == "equal":
            spans += [(i + n, i + n + 1, k + n, k + n + 1) for n in range(j - i)]
        elif tag == "replace" and (j - i) * (m - k) <= 40_000:
            spans += [(a + i, b + i, c + k, d + k) for a, b, c, d in _align_unlike(lead[i:j], other[k:m])]
        else:
            spans.append((i, j, k, m)) if i == j or k == m else spans.extend([(i, j, k, k), (j, j, k, m)])
    return spans


def _align_unlike(lead: Sequence[str], other: Sequence[str]) -> list[Span]:
    """The cheapest alignment of words that all differ; two words may stand for one."""
    if len(lead) == len(other) == 1:
        return [(0, 1, 0, 1)] if _cost(lead[0], other[0]) < 2 * GAP else [(0, 1, 0, 0), (1, 1, 0, 1)]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(lead) + 1):
        for k in range(len(other) + 1):
            if (i, k) != (0, 0):
                best[i, k] = min(_ways(lead, other, i, k, best))
    spans: list[Span] = []
    at = (len(lead), len(other))
    while at != (0, 0):
        before = best[at][1]
        spans.append((before[0], at[0], before[1], at[1]))
        at = before
    return spans[::-1]


def _ways(
    lead: Sequence[str], other: Sequence[str], i: int, k: int, best: dict[tuple[int, int], tuple[float, tuple[int, int]]]
) -> Iterable[tuple[float, tuple[int, int]]]:
    for a, b in ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1)):
        if i >= a and k >= b:
            cost = GAP if not a or not b else _cost("".join(lead[i - a : i]), "".join(other[k - b : k])) * max(a, b) + 0.05 * (a + b - 2)
            yield best[i - a, k - b][0] + cost, (i - a, k - b)


def _cost(a: str, b: str) -> float:
    """How unlike two words are: 0 the same, 2 nothing in common."""
    return 2 * Levenshtein.normalized_distance(a.lower(), b.lower())
