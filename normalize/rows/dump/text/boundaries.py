"""Where paragraphs begin in the lines of a dump.

Long: every sign of a beginning is one method, and all of them count in the same text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, pi, sqrt
from statistics import median

import regex

from normalize.rows.dump.text.labels import dashed_items, lettered_items
from normalize.rows.dump.tokens import (
    BLANK_LINE,
    NEW_PAGE,
    SAME_LINE,
    Token,
    squash,
    tokens_to_lines,
)
from normalize.rows.dump.word_costs import ends_badly
from normalize.text.widths import width

SENTENCE_END = regex.compile(r"[.;:!?…][\"”’)\]]*$")
FULL_STOP = regex.compile(r"\p{Ll}[.!?][\"”’)\]]*$")  # after one a small letter was misread
_MOST_EVIDENCE = 4.0
_SURE = 3.5
_LEAST_PRIOR, _MOST_PRIOR = 0.5, 3.5
_FEW_LINES = 8
_BLUR = 0.005  # of a line's width: by so much its letters may be wider or narrower than Times
_OPENER = 4  # words with which several paragraphs begin
_NOWHERE = -10.0
_ITEM = 4.0  # at the letter of an item that counts up with those before it, or its dash
_DOCUMENT_NUMBER = regex.compile(r"^\d+(?:/\d{4})?[-/]\p{Lu}")  # no paragraph begins with one
# a figure read for a letter: which one is not known
_MIXED, _MISREAD = regex.compile(r"^\d+\p{Ll}"), -1.5


class BoundaryScorer:
    """How likely a paragraph begins at a token: it does where the score is above 0.

    What blank lines and short lines tell is counted in the text itself.
    """

    def __init__(self, body: Sequence[Token]) -> None:
        self.body = body
        self.widths = [
            width(" ".join(token.text for token in line)) for line in tokens_to_lines(body)
        ]
        self.line_of = [i for i, line in enumerate(tokens_to_lines(body)) for _ in line]
        self.small: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()
        for at in range(1, len(body)):
            if self._counted(at):
                pair = self._pair(at)
                (self.capital if body[at].text[:1].isupper() else self.small).update(
                    (pair, pair.split(" ")[0])
                )
        breaks = [at for at in range(1, len(body)) if body[at].gap != SAME_LINE]
        self._has_blanks = any(body[at].gap == BLANK_LINE for at in breaks)
        inner = [at for at in breaks if body[at].text[:1].islower()]
        clear = [at for at in breaks if self._ended(at) and body[at].text[:1].isupper()]
        self._first = self._first_lines()
        every = _Room.of([self._reach(at) for at in inner])
        self._room = {
            first: _Room.of([self._reach(at) for at in inner if self._is_first(at) == first])
            or every
            for first in (True, False)
        }
        starts = [at for at in clear if self._short(at) > 0]
        self.blank = _evidence(
            [body[at].gap >= BLANK_LINE for at in starts],
            [body[at].gap >= BLANK_LINE for at in inner],
        )
        self.openers = Counter(
            squash(body[at : at + _OPENER])
            for at in clear
            if self._short(at) > 0 or body[at].gap == BLANK_LINE
        )
        same = [at for at in range(1, len(body)) if body[at].gap == SAME_LINE]
        self.within = Counter(squash(body[at : at + _OPENER]) for at in same)
        self.ended = self._prior(len(clear), len(inner))
        self._items = lettered_items(body) | dashed_items(body)

    def _prior(self, ended: int, inner: int) -> float:
        """How much likelier than not a paragraph begins where a sentence ends at the end of a line.

        Within paragraphs a sentence ends at the end of a line as often, by chance, as within a
        line.
        """
        within = [at for at in range(1, len(self.body)) if self.body[at].gap == SAME_LINE]
        by_chance = (
            inner
            * sum(self._ended(at) and self.body[at].text[:1].isupper() for at in within)
            / max(1, len(within))
        )
        return max(
            _LEAST_PRIOR, min(_MOST_PRIOR, log((max(0.0, ended - by_chance) + 1) / (by_chance + 1)))
        )

    def score(self, at: int, in_heading: bool, start: int | None = None) -> float:
        """Above 0 where a paragraph begins at a token, after one that begins at ``start``.

        ``in_heading``: that one is a numbered text without a full stop so far.
        """
        token, before = self.body[at], self._before(at)
        if at in self._items:
            return _ITEM
        if (
            (token.text[:1].islower() and not FULL_STOP.search(before.text))
            or (ends_badly(before) and not (in_heading and self._is_apart(at)))
            or _DOCUMENT_NUMBER.match(token.text)
            or (_is_capitals(token) and _is_capitals(before))
        ):
            return _NOWHERE
        ended, likely = self._ended(at), self._begins_sentence(at)
        if token.gap == SAME_LINE:  # a heading and its first sentence on one line
            return (
                1.0
                if in_heading and likely == _SURE and not ended and not token.text.isupper()
                else _NOWHERE
            )
        total = self.ended if ended else likely - (0.5 if in_heading else 4.0)
        total += self._opens(at) if ended else 0.0
        total += self._short(
            at, None if start is None else self.line_of[start] == self.line_of[at - 1]
        ) + self._indented(at)
        return total + (
            0.0
            if token.gap == NEW_PAGE
            else self.blank[0]
            if token.gap == BLANK_LINE
            else -self.blank[1]
        )

    def _is_apart(self, at: int) -> bool:
        """Whether the line before had room for a token, and no comma asks for it; an empty line
        must part them where this text has any.
        """
        is_open = self._before(at).text.endswith(",")
        is_parted = self.body[at].gap >= BLANK_LINE or not self._has_blanks
        return is_parted and self._short(at) > 0 and not is_open

    def ends_sentence(self, at: int) -> bool:
        """Whether a sentence ends with a token."""
        return SENTENCE_END.search(self.body[at].text) is not None

    def _ended(self, at: int) -> bool:
        return SENTENCE_END.search(self._before(at).text) is not None

    def _before(self, at: int) -> Token:
        """The word before a token; a lone comma is a speck."""
        return next(
            (self.body[i] for i in range(at - 1, 0, -1) if self.body[i].text != ","), self.body[0]
        )

    def _short(self, at: int, first: bool | None = None) -> float:
        """What the room left on the line before tells.

        Within a paragraph there is no room for the next word. ``first``: the line is a paragraph's
        first.
        """
        room = self._room[self._is_first(at) if first is None else first]
        return 0.0 if room is None else _bounded(-log(room.likelihood(self._reach(at))))

    def _indented(self, at: int) -> float:
        """What the room left on a token's own line tells, where the next line goes on in small
        letters.

        A paragraph's first line is indented and has less.
        """
        first, later, end = self._room[True], self._room[False], self._line_end(at)
        if (
            first is None
            or later is None
            or end == len(self.body)
            or not self.body[end].text[:1].islower()
        ):
            return 0.0
        reach = self._reach(end)
        return _bounded(log(first.likelihood(reach) / later.likelihood(reach)))

    def _line_end(self, at: int) -> int:
        return next(
            (i for i in range(at + 1, len(self.body)) if self.line_of[i] != self.line_of[at]),
            len(self.body),
        )

    def _opens(self, at: int) -> float:
        """What the first words tell.

        They count as often as several paragraphs clearly begin with them, and less as they stand
        elsewhere.
        """
        key = squash(self.body[at : at + _OPENER])
        if self.openers[key] < 2:
            return 0.0
        return max(0.0, _bounded(log((self.openers[key] + 0.5) / (self.within[key] + 0.5))))

    def _reach(self, at: int) -> float:
        """How far the line before a token would reach with that word on it."""
        return self.widths[self.line_of[at - 1]] + width(" " + self.body[at].text)

    def _is_first(self, at: int) -> bool:
        """Whether the line before a token looks like a paragraph's first one, which is indented."""
        return self._first[self.line_of[at - 1]]

    def _first_lines(self) -> list[bool]:
        starts = [
            at
            for at in range(len(self.body))
            if at == 0 or self.line_of[at] != self.line_of[at - 1]
        ]
        return [
            at == 0
            or (
                not self.body[at].text[:1].islower()
                and (self.body[at].gap == BLANK_LINE or self._ended(at))
            )
            for at in starts
        ]

    def _begins_sentence(self, at: int) -> float:
        """How much a capitalised word looks like a sentence's first, by it and the next word.

        Within sentences such words are written small.
        """
        text = self.body[at].text
        if not text[:1].isalpha():
            return _MISREAD if _MIXED.match(text) else 0.5
        pair = self._pair(at)
        counts = [
            (self.small[key], self.capital[key] - self._counted(at), few)
            for key, few in ((pair, 2), (pair.split(" ")[0], 8))
        ]
        if any(small >= few and capital == 0 for small, capital, few in counts):
            return _SURE
        for small, capital, _ in counts:
            if small or capital:
                return 1.0 if small > 4 * capital else -1.5
        return 0.3

    def _counted(self, at: int) -> bool:
        """Whether a word stands within a sentence, told without knowing where paragraphs begin."""
        return self.body[at].gap == SAME_LINE and self.body[at - 1].text[-1:].isalpha()

    def _pair(self, at: int) -> str:
        """A word and the next one in small letters, without signs."""
        return (
            " ".join(token.text.lower().strip(".,;:!?\"“”'()") for token in self.body[at : at + 2])
            or " "
        )


@dataclass(frozen=True)
class _Room:
    """How far the lines within paragraphs would reach with the next line's first word.

    That is measured on lines that surely stand within a paragraph.
    """

    reaches: tuple[float, ...]
    usual: float

    @classmethod
    def of(cls, reaches: Sequence[float]) -> _Room | None:
        """The room of lines within paragraphs; None for a few lines."""
        return cls(tuple(reaches), median(reaches)) if len(reaches) >= _FEW_LINES else None

    def likelihood(self, reach: float) -> float:
        """How likely a line of these reaches so far, measured by one that may end anywhere."""
        spread = _BLUR * self.usual
        near = sum(exp(-(((reach - other) / spread) ** 2) / 2) for other in self.reaches) / (
            spread * sqrt(2 * pi)
        )
        return (self.usual * near + 0.5) / (len(self.reaches) + 1)


def _is_capitals(token: Token) -> bool:
    """Whether most letters of a word of more than one are capitals."""
    letters = [letter for letter in token.text if letter.isalpha()]
    return len(letters) > 1 and 2 * sum(letter.isupper() for letter in letters) > len(letters)


def _bounded(evidence: float) -> float:
    return max(-_MOST_EVIDENCE, min(_MOST_EVIDENCE, evidence))


def _evidence(where: Sequence[bool], where_not: Sequence[bool]) -> tuple[float, float]:
    """What a sign is worth when it is there and when it is not.

    ``where`` is how often it is there at boundaries, ``where_not`` how often elsewhere.
    """
    yes, no = (sum(where) + 0.5) / (len(where) + 1), (sum(where_not) + 0.5) / (len(where_not) + 1)
    return min(_MOST_EVIDENCE, max(0.0, log(yes / no))), min(
        _MOST_EVIDENCE, max(0.0, log((1 - no) / (1 - yes)))
    )
