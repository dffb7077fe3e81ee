"""Where paragraphs begin in the lines of a dump."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, pi, sqrt
from statistics import median, pstdev

import regex

from normalize.dump_vocabulary import ends_badly
from normalize.dump_words import BLANK_LINE, NEW_PAGE, SAME_LINE, Token, squash, tokens_to_lines

SENTENCE_END = regex.compile(r"[.;:!?…][\"”’)\]]*$")
_MOST_EVIDENCE = 4.0
_SURE = 3.5
_LEAST_PRIOR, _MOST_PRIOR = 0.5, 3.5
_FEW_LINES = 8
_OPENER, _KNOWN_OPENER = 4, 1.5  # words with which several paragraphs begin, and what they tell
_NOWHERE = -10.0


class BoundaryScorer:
    """How likely a paragraph begins at a token: above 0 it does. What blank lines and short lines tell is counted in the text itself."""

    def __init__(self, body: Sequence[Token]) -> None:
        self.body = body
        self.lengths = [len(" ".join(token.text for token in line)) for line in tokens_to_lines(body)]
        self.line_of = [i for i, line in enumerate(tokens_to_lines(body)) for _ in line]
        self.small: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()
        for at in range(1, len(body)):
            if self._counted(at):
                pair = self._pair(at)
                (self.capital if body[at].text[:1].isupper() else self.small).update((pair, pair.split(" ")[0]))
        breaks = [at for at in range(1, len(body)) if body[at].gap != SAME_LINE]
        inner = [at for at in breaks if body[at].text[:1].islower()]
        clear = [at for at in breaks if self._ended(at) and body[at].text[:1].isupper()]
        self._inner = [self.lengths[self.line_of[at - 1]] for at in inner]
        self._usual, self._spread = (median(self._inner), max(2.0, pstdev(self._inner))) if self._inner else (1.0, 1.0)
        starts = [at for at in clear if self._short(at) > 0]
        self.blank = _evidence([body[at].gap >= BLANK_LINE for at in starts], [body[at].gap >= BLANK_LINE for at in inner])
        self.openers = Counter(squash(body[at : at + _OPENER]) for at in clear if self._short(at) > 0 or body[at].gap == BLANK_LINE)
        self.ended = self._prior(len(clear), len(inner))

    def _prior(self, ended: int, inner: int) -> float:
        """How much likelier than not a paragraph begins where a sentence ends at the end of a line.

        Of the lines within paragraphs as many end with a sentence by chance as of all words within lines.
        """
        within = [at for at in range(1, len(self.body)) if self.body[at].gap == SAME_LINE]
        by_chance = inner * sum(self._ended(at) and self.body[at].text[:1].isupper() for at in within) / max(1, len(within))
        return max(_LEAST_PRIOR, min(_MOST_PRIOR, log((max(0.0, ended - by_chance) + 1) / (by_chance + 1))))

    def score(self, at: int, in_heading: bool) -> float:
        """Above 0 where a paragraph begins at a token; ``in_heading``: the one before is a numbered text without a stop so far."""
        token, before = self.body[at], self.body[at - 1]
        if token.text[:1].islower() or ends_badly(before) or (_is_capitals(token) and _is_capitals(before)):
            return _NOWHERE
        ended, likely = self._ended(at), self._begins_sentence(at)
        if token.gap == SAME_LINE:  # a heading and its first sentence on one line
            return 1.0 if in_heading and likely == _SURE and not ended and not token.text.isupper() else _NOWHERE
        total = self.ended if ended else likely - (0.5 if in_heading else 4.0)
        total += _KNOWN_OPENER if ended and self.openers[squash(self.body[at : at + _OPENER])] > 1 else 0.0
        total += self._short(at)
        return total + (0.0 if token.gap == NEW_PAGE else self.blank[0] if token.gap == BLANK_LINE else -self.blank[1])

    def ends_sentence(self, at: int) -> bool:
        """Whether a sentence ends with a token."""
        return SENTENCE_END.search(self.body[at].text) is not None

    def _ended(self, at: int) -> bool:
        return SENTENCE_END.search(self.body[at - 1].text) is not None

    def _short(self, at: int) -> float:
        """What the length of the line before tells: a paragraph's last one is of any length, the others are nearly as long as each other."""
        if len(self._inner) < _FEW_LINES:
            return 0.0
        length = self.lengths[self.line_of[at - 1]]
        below = max(0.0, (self._usual - length) / self._spread)
        return max(-_MOST_EVIDENCE, min(_MOST_EVIDENCE, log(self._spread * sqrt(2 * pi) / self._usual) + below**2 / 2))

    def _begins_sentence(self, at: int) -> float:
        """How much a word with a capital looks like a sentence's first, by it and the next one: within sentences they are written small."""
        text = self.body[at].text
        if not text[:1].isalpha():
            return 0.5
        pair = self._pair(at)
        counts = [(self.small[key], self.capital[key] - self._counted(at), few) for key, few in ((pair, 2), (pair.split(" ")[0], 8))]
        if any(small >= few and capital == 0 for small, capital, few in counts):
            return _SURE
        for small, capital, _ in counts:
            if small or capital:
                return 1.0 if small > 4 * capital else -1.5
        return 0.3

    def _counted(self, at: int) -> bool:
        """Whether a word stands within a sentence, as far as can be told without knowing where paragraphs begin."""
        return self.body[at].gap == SAME_LINE and self.body[at - 1].text[-1:].isalpha()

    def _pair(self, at: int) -> str:
        """A word and the next one in small letters, without signs."""
        return " ".join(token.text.lower().strip(".,;:!?\"“”'()") for token in self.body[at : at + 2]) or " "


def _is_capitals(token: Token) -> bool:
    """Whether most letters of a word of more than one are capitals."""
    letters = [letter for letter in token.text if letter.isalpha()]
    return len(letters) > 1 and 2 * sum(letter.isupper() for letter in letters) > len(letters)


def _evidence(where: Sequence[bool], where_not: Sequence[bool]) -> tuple[float, float]:
    """What a sign is worth when it is there and when it is not, by how often it is there at boundaries and elsewhere."""
    yes, no = (sum(where) + 0.5) / (len(where) + 1), (sum(where_not) + 0.5) / (len(where_not) + 1)
    return min(_MOST_EVIDENCE, max(0.0, log(yes / no))), min(_MOST_EVIDENCE, max(0.0, log((1 - no) / (1 - yes))))
