"""Witnesses side by side: the words of one block as slots, each with what every witness read there.

The first witness that read a block leads: its words are the slots. The others are aligned to it by
their letters, also where one engine splits or joins words; a word that only another witness saw
gets a slot of its own with an empty text.

Long: one alignment of all witnesses; its parts share their rules of what lies over what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from normalize.rows.sideways import Box, turn_of, turned
from normalize.text.align_words import Span, align_words
from schemas.witnesses import BY_LINE, INK, LEADERS, LINE, MARK_RULES

_SPECKS = frozenset(".,:;'`´^~ˆ_|•·°¬‹›!\\") | MARK_RULES.keys()
_FAR = 18.0  # points between words that no engine can have taken for one
_BETWEEN_LINES = 0.35  # the space between two lines as a share of a line's height, above and below
_UNDER = 0.5  # the share of a word that lies under the word that holds it
_POINTED = re.compile(r"(?:\d+|[IVXLC]+)(?:\.\d+)+")
_PIECE = re.compile(r"[\dIVXLCl|.,]{1,4}")
# points: what is no larger than this in either direction is a speck; the shortest dash is longer
_DOT = 2.0


class Word(NamedTuple):
    """A word of one witness: NFC text, confidence 0 to 1, line from 1, box in points."""

    text: str
    confidence: float
    line_no: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True)
class PrintedWord:
    """A printed word: the leading witness's word ("" where it saw none), and all readings.

    A reading is (witness, text, confidence).
    """

    word: Word
    readings: tuple[tuple[str, str, float], ...]

    @property
    def text(self) -> str:
        """The leading witness's reading."""
        return self.word.text

    @cached_property
    def agreed(self) -> str:
        """What most witnesses read here, in a tie what the leader read.

        "" where most saw nothing, as with specks.
        """
        votes: dict[str, float] = {}
        for _, text, _ in self.readings:
            votes[text] = votes.get(text, 0.0) + 1.0
        return without_specks(max(votes, key=lambda text: votes[text]))


def without_specks(text: str) -> str:
    """The text without marks that stand alone and are never printed so (``.``, ``:``, ``~``);
    dashes stay.
    """
    return " ".join(word for word in text.split() if not set(word) <= _SPECKS)


def words_to_slots(words: pd.DataFrame) -> dict[tuple[int, int], list[PrintedWord]]:
    """The slots of each block (page_no, block_no) of a Words table."""
    blocks: dict[tuple[int, int], dict[str, list[Word]]] = {}
    columns = (
        "page_no",
        "block_no",
        "witness",
        "text",
        "confidence",
        "line_no",
        "x0",
        "top",
        "x1",
        "bottom",
    )
    for page_no, block_no, witness, *rest in zip(
        *(words[column].tolist() for column in columns), strict=True
    ):
        word = Word(*rest)
        if not _is_dot(word):
            blocks.setdefault((page_no, block_no), {}).setdefault(witness, []).append(word)
    return {place: _upright_slots(by_witness) for place, by_witness in blocks.items()}


def _upright_slots(by_witness: dict[str, list[Word]]) -> list[PrintedWord]:
    """The slots of one block, put side by side as its words stand once they are upright."""
    turn = turn_of([(word.text, word.line_no, _box(word)) for word in _leading(by_witness)])
    if not turn:
        return _with_unread(by_witness)
    upright = {
        witness: [_turned(word, turn) for word in words] for witness, words in by_witness.items()
    }
    slots = _with_unread(upright)
    return [PrintedWord(_turned(slot.word, 360 - turn), slot.readings) for slot in slots]


def _leading(by_witness: dict[str, list[Word]]) -> list[Word]:
    """The words of the witness that the others are put beside."""
    first = next((name for name in LEADERS if by_witness.get(name)), next(iter(by_witness)))
    return by_witness[first]


def _box(word: Word) -> Box:
    return word.x0, word.top, word.x1, word.bottom


def _turned(word: Word, degrees: int) -> Word:
    x0, top, x1, bottom = turned(_box(word), degrees)
    return word._replace(x0=x0, top=top, x1=x1, bottom=bottom)


def _with_unread(by_witness: dict[str, list[Word]]) -> list[PrintedWord]:
    """The slots of one block, with one of no text at each place where ink was not read."""
    unread = by_witness.pop(INK, [])
    slots = align_witnesses(by_witness) if by_witness else []
    for word in unread:
        nothing = word._replace(text="")
        slots.insert(_place_of(word, slots), PrintedWord(nothing, ((INK, word.text, 0.0),)))
    return slots


def _place_of(word: Word, slots: Sequence[PrintedWord]) -> int:
    """Where among the slots of a block a place of unread ink stands.

    In its line it stands before what is right of it, else before the lines below.
    """
    for n, slot in enumerate(slots):
        other = slot.word
        if (other.line_no == word.line_no and other.x0 > word.x0) or (
            other.line_no != word.line_no and other.top > word.bottom
        ):
            return n
    return len(slots)


def _is_dot(word: Word) -> bool:
    """Whether a word is hardly larger than a speck, whatever was read in it.

    A dump's words have no size, and are none.
    """
    return 0 < word.x1 - word.x0 <= _DOT and 0 < word.bottom - word.top <= _DOT


def align_witnesses(by_witness: dict[str, list[Word]]) -> list[PrintedWord]:
    """The slots of one block from each witness's words in reading order."""
    leader = next((name for name in LEADERS if by_witness.get(name)), next(iter(by_witness)))
    lead = by_witness[leader]
    others = {
        name: (words, _spans(name, lead, words))
        for name, words in by_witness.items()
        if name != leader
    }
    placed = {
        name: {at: span for span in spans for at in range(span[0], span[1])}
        for name, (_, spans) in others.items()
    }
    over = {name: _over_lead(lead, *found) for name, found in others.items()}
    slots: list[tuple[float, PrintedWord]] = []
    for i, j in _groups(lead, [spans for _, spans in others.values()]):
        readings = [(leader, _join(lead[i:j]), _least(lead[i:j]))]
        for name, (words, _) in others.items():
            span = placed[name].get(i)
            if span is not None and j - i == 1 and _is_pair(*span) and i not in over[name]:
                readings.append((name, words[span[2]].text, words[span[2]].confidence))
                continue
            spans = dict.fromkeys(placed[name][at] for at in range(i, j) if at in placed[name])
            found = [word for a, b, k, m in spans if i <= a and b <= j for word in words[k:m]]
            found = _with_beside(
                found, [word for at in range(i, j) for word in over[name].get(at, ())]
            )
            # it joined words that stand far apart
            cut = any(a < i or j < b for a, b, _, _ in spans)
            looked = name not in BY_LINE or (name != LINE and bool(spans))
            if found or (looked and not cut):
                readings.append((name, _join(found), _least(found)))
        slots.append((float(i), PrintedWord(_merge(lead[i:j]), tuple(readings))))
    return [
        slot
        for _, slot in sorted(slots + _extra_slots(leader, lead, others), key=lambda item: item[0])
    ]


def _spans(name: str, lead: list[Word], words: list[Word]) -> list[Span]:
    """Which words of a witness stand beside which leading ones."""
    if name in BY_LINE:
        return _align_lines(lead, words)
    return _align_run(lead, words)


def _is_pair(i: int, j: int, k: int, m: int) -> bool:
    return j - i == 1 == m - k


def _texts(words: Iterable[Word]) -> list[str]:
    return [word.text for word in words]


def _join(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _least(words: Sequence[Word]) -> float:
    return min((word.confidence for word in words), default=0.0)


def _merge(words: Sequence[Word]) -> Word:
    """Several words as one: joined text, the box around all."""
    first = words[0]
    if len(words) == 1:
        return first
    edges = (
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )
    return Word(_join(words), _least(words), first.line_no, *edges)


def _groups(lead: Sequence[Word], alignments: Sequence[Sequence[Span]]) -> list[tuple[int, int]]:
    """The leader's words in groups, so that no witness's span reaches over two groups.

    A span may do so where the words stand far apart.
    """
    joined = [False] * (len(lead) + 1)  # joined[i]: words i-1 and i belong together
    for spans in alignments:
        for i, j, k, m in spans:
            if j - i > 1 and k < m:
                joined[i + 1 : j] = [
                    _near(a, b) for a, b in zip(lead[i : j - 1], lead[i + 1 : j], strict=True)
                ]
    starts = [i for i in range(len(lead)) if not joined[i]]
    return list(zip(starts, [*starts[1:], len(lead)], strict=True))


def _near(a: Word, b: Word) -> bool:
    return a.line_no == b.line_no and b.x0 - a.x1 < _FAR


def _over_lead(
    lead: Sequence[Word], words: Sequence[Word], spans: Sequence[Span]
) -> dict[int, list[Word]]:
    """A witness's words that lie over a leader's word but are like none, by that word's place.

    They are the same ink, read otherwise.
    """
    over: dict[int, list[Word]] = {}
    for word in (word for i, j, k, m in spans if i == j for word in words[k:m]):
        at = next((n for n, other in enumerate(lead) if _covers(other, word, 0.0)), None)
        if at is not None:
            over.setdefault(at, []).append(word)
    return over


def _with_beside(words: list[Word], more: Iterable[Word]) -> list[Word]:
    """A witness's words at one place, with those that stand there too and not over one of them."""
    beside = [word for word in more if all(_overlap(word, other) <= 0 for other in words)]
    return (
        sorted([*words, *beside], key=lambda word: word.x0) if words and beside else words or beside
    )


def _extra_slots(
    leader: str, lead: Sequence[Word], others: dict[str, tuple[list[Word], list[Span]]]
) -> list[tuple[float, PrintedWord]]:
    """Slots for the words that the leader lacks, its reading "" first.

    Words of several witnesses at one place share a slot. What lies over a word of the leader's is
    no word that it lacks, nor is what was read of the edges of two lines.
    """
    extra: dict[int, dict[str, list[Word]]] = {}
    for name, (words, spans) in others.items():
        for i, _, k, m in (span for span in spans if span[0] == span[1]):
            lacking = [word for word in words[k:m] if not _is_covered(lead, word, _BETWEEN_LINES)]
            if lacking:
                extra.setdefault(i, {}).setdefault(name, []).extend(lacking)
    slots = []
    for place, found in extra.items():
        box = _merge(next(iter(found.values())))
        nothing = Word("", 0.0, box.line_no, box.x0, box.top, box.x1, box.bottom)
        readings = [
            (leader, "", 0.0),
            *((name, _join(words), _least(words)) for name, words in found.items()),
        ]
        slots.append((place - 0.5, PrintedWord(nothing, tuple(readings))))
    return slots


def _align_lines(lead: Sequence[Word], words: Sequence[Word]) -> list[Span]:
    """The alignment of a witness that read only some of the leader's lines or words, line
    by line.
    """
    spans: list[Span] = []
    for line_no in dict.fromkeys(word.line_no for word in words):
        places = [n for n, word in enumerate(words) if word.line_no == line_no]
        for (i, j), (k, m) in _runs(
            lead, words, *_line_range(lead, words[places[0]]), places[0], places[-1] + 1
        ):
            spans += [
                (a + i, b + i, c + k, d + k) for a, b, c, d in _align_run(lead[i:j], words[k:m])
            ]
    return spans


def _align_run(lead: Sequence[Word], words: Sequence[Word]) -> list[Span]:
    """The alignment of what stands at one place of a line.

    A single number with points over several pieces of numbers is all of them read at once, however
    unlike it is (`1`, `2`, `2` for `1.2.5`).
    """
    if (
        len(lead) > len(words) == 1
        and _POINTED.fullmatch(words[0].text)
        and all(_PIECE.fullmatch(word.text) for word in lead)
        and _is_whole(words[0], lead)
    ):
        return [(0, len(lead), 0, 1)]
    return align_words(_texts(lead), _texts(words))


def _is_whole(whole: Word, pieces: Sequence[Word]) -> bool:
    """Whether words stand together under another."""
    return all(_overlap(piece, whole) > _UNDER for piece in pieces) and all(
        _near(a, b) for a, b in pairwise(pieces)
    )


def _runs(
    lead: Sequence[Word], words: Sequence[Word], i: int, j: int, k: int, m: int
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """A witness's words k to m of a line in runs, each with the leader's words that stand where it
    does.

    These are among the leader's words i to j.
    """
    runs: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for at in range(k, m):
        under = [n for n in range(i, j) if _overlap(lead[n], words[at]) > 0.3]
        first, last = (
            (under[0], under[-1] + 1)
            if under
            else (runs[-1][0][1] if runs else _before(lead, words[at], i, j),) * 2
        )
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


def _covers(a: Word, b: Word, beyond: float) -> bool:
    """Whether a word lies over most of another; it counts as taller by ``beyond`` of its height."""
    return _shared(a, b, beyond) > 0.5 * (b.x1 - b.x0)


def _is_covered(lead: Sequence[Word], word: Word, beyond: float) -> bool:
    """Whether the words of one line together lie over most of a word.

    Each counts as taller by ``beyond`` of its height, above and below.
    """
    shared: dict[int, float] = {}
    for other in lead:
        shared[other.line_no] = shared.get(other.line_no, 0.0) + _shared(other, word, beyond)
    return max(shared.values(), default=0.0) > 0.5 * (word.x1 - word.x0)


def _shared(a: Word, b: Word, beyond: float) -> float:
    """How much of a word's width another lies over.

    That one counts as taller by ``beyond`` of its height, above and below.
    """
    room = beyond * (a.bottom - a.top)
    level = a.top - room < (b.top + b.bottom) / 2 < a.bottom + room
    return max(0.0, min(a.x1, b.x1) - max(a.x0, b.x0)) if level else 0.0


def _line_range(lead: Sequence[Word], word: Word) -> tuple[int, int]:
    """The leader's words on a word's line; where it has none there, the place between its lines."""
    places = [i for i, other in enumerate(lead) if other.line_no == word.line_no]
    if places:
        return places[0], places[-1] + 1
    above = sum(other.top + other.bottom < word.top + word.bottom for other in lead)
    return above, above
