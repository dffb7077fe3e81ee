"""What the lines of a dumped table tell about its cells, counted in the table itself.

The bodies that the table names are counted too.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from normalize.rows.dump.phrases import Finder
from normalize.rows.dump.tokens import BLANK_LINE, NEW_LINE, NEW_PAGE, SAME_LINE, Token
from normalize.rows.dump.word_costs import ends_badly

# a cell that begins in the middle of a line is less likely
_IN_LINE, _ON_NEW_LINE, _ON_PAGE = 0.9, 0.1, 0.3
_MOST_EVIDENCE = 2.5
_BAD_END = 2.5  # a cell that begins after a word with which none ends


class Layout:
    """What a cell's place costs; blank lines count as much as they tell in this table.

    That is how often one stands before a known phrase of another column, and how often within the
    name of a body.
    """

    small_start = 1.5  # a cell that begins with a small letter

    def __init__(self, tokens: Sequence[Token], finder: Finder) -> None:
        self.tokens = tokens
        breaks = [at for at in range(1, len(tokens)) if tokens[at].gap in (NEW_LINE, BLANK_LINE)]
        inner = {
            at
            for start in range(len(tokens))
            for end in sorted(finder.bodies(start))[-1:]
            for at in range(start + 1, end)
        }
        before = [
            tokens[at].gap == BLANK_LINE
            for at in breaks
            if at not in inner and _begins_cell(tokens, at, finder)
        ]
        within = [tokens[at].gap == BLANK_LINE for at in breaks if at in inner]
        yes, no = (sum(before) + 0.5) / (len(before) + 1), (sum(within) + 0.5) / (len(within) + 1)
        self._blank = min(_MOST_EVIDENCE, max(0.0, log(yes / no)))
        no_blank = min(_MOST_EVIDENCE, max(0.0, log((1 - no) / (1 - yes))))
        self._starts = {
            SAME_LINE: _IN_LINE,
            NEW_LINE: _ON_NEW_LINE + no_blank / 2,
            BLANK_LINE: 0.0,
            NEW_PAGE: _ON_PAGE,
        }

    def start(self, at: int) -> float:
        """What it costs that a cell begins at a token, by what stands before it and how it is
        written.
        """
        cost = self._starts[self.tokens[at].gap] + (
            self.small_start if self.tokens[at].text[:1].islower() else 0.0
        )
        return cost + (_BAD_END if at and ends_badly(self.tokens[at - 1]) else 0.0)

    def inside(self, at: int) -> float:
        """What it costs that a cell goes on at a token."""
        return self._blank if self.tokens[at].gap == BLANK_LINE else 0.0


def _begins_cell(tokens: Sequence[Token], at: int, finder: Finder) -> bool:
    """Whether a cell surely begins at a token: known funding, a known deadline, or a sign of per
    cent.
    """
    return (
        tokens[at].text.startswith("%")
        or bool(finder.at("funding", at))
        or bool(finder.at("deadline", at))
    )
