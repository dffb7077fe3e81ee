"""What the lines of a dumped table tell about its cells, counted in the table itself.

The bodies that the table names are counted too.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from statistics import median

from normalize.rows.dump.finder import Finder
from normalize.rows.dump.phrases import KNOWN
from normalize.rows.dump.tokens import (
    BLANK_LINE,
    NEW_LINE,
    NEW_PAGE,
    SAME_LINE,
    Token,
    tokens_to_lines,
)
from normalize.rows.dump.word_costs import ends_badly
from normalize.text.widths import width

# a cell that begins in the middle of a line is less likely
_IN_LINE, _ON_NEW_LINE, _ON_PAGE = 0.9, 0.1, 0.3
_MOST_EVIDENCE = 2.5
# where no name is ever broken, each cell is on a line of its own: what it costs that one goes on
# below, or that another begins within the line; and within how many words of names none was broken
_UNBROKEN, _IN_UNBROKEN, _TELLING = 8.0, 3.0, 60
_BAD_END = 2.5  # a cell that begins after a word with which none ends
_SHORT_LINE = 2.0  # text that goes on below a line with room for its next word
_FEW_LINES = 8
_ROOM = 0.9  # of a line of text that is filled


class Layout:
    """What a cell's place costs; blank lines count as much as they tell in this table.

    That is how often one stands before a known phrase of another column, and how often within the
    name of a body. Where none of many names is broken, a line is a cell.
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
        if _are_unbroken(tokens, finder):
            self._blank, self._starts[SAME_LINE] = _UNBROKEN, _IN_UNBROKEN
        self._reaches = _line_reaches(tokens)
        self._full = _full_line(tokens, self._reaches)

    def start(self, at: int) -> float:
        """What it costs that a cell begins at a token, by what stands before it and how it is
        written.
        """
        cost = self._starts[self.tokens[at].gap] + (
            self.small_start if self.tokens[at].text[:1].islower() else 0.0
        )
        before = self.tokens[at - 1] if at else None
        is_open = before is not None and (ends_badly(before) or before.text.endswith(";"))
        return cost + (_BAD_END if is_open else 0.0)

    def text_inside(self, at: int) -> float:
        """What it costs that a cell of running text goes on at a token.

        Its lines are filled: one with room for the next word ends it.
        """
        reach = self._reaches.get(at, self._full)
        is_short = self.tokens[at].gap != NEW_PAGE and reach < _ROOM * self._full
        return self.inside(at) + (_SHORT_LINE if is_short else 0.0)

    def inside(self, at: int) -> float:
        """What it costs that a cell goes on at a token."""
        return self._blank if self.tokens[at].gap == BLANK_LINE else 0.0


def _are_unbroken(tokens: Sequence[Token], finder: Finder) -> bool:
    """Whether many names of bodies that were read without a fault are named, and no line ends
    within one.
    """
    inner = [
        tokens[at].gap
        for start in range(len(tokens))
        for end, (cost, _) in finder.bodies(start).items()
        for at in range(start + 1, end)
        if cost <= KNOWN
    ]
    return len(inner) >= _TELLING and not any(inner)


def _begins_cell(tokens: Sequence[Token], at: int, finder: Finder) -> bool:
    """Whether a cell surely begins at a token: known funding, a known deadline, or a sign of per
    cent.
    """
    return (
        tokens[at].text.startswith("%")
        or bool(finder.at("funding", at))
        or bool(finder.at("deadline", at))
    )


def _line_reaches(tokens: Sequence[Token]) -> dict[int, float]:
    """How far each line would reach with the next line's first word on it, by that word's place."""
    reaches: dict[int, float] = {}
    at = 0
    for line in tokens_to_lines(tokens):
        at += len(line)
        if at < len(tokens):
            text = " ".join(token.text for token in (*line, tokens[at]))
            reaches[at] = width(text)
    return reaches


def _full_line(tokens: Sequence[Token], reaches: dict[int, float]) -> float:
    """How far a filled line of the widest column reaches, 0 where too few lines tell.

    Lines below which a text goes on in small letters are filled; the upper third of them are those
    of the widest column.
    """
    filled = sorted(reach for at, reach in reaches.items() if tokens[at].text[:1].islower())
    widest = filled[2 * len(filled) // 3 :]
    return median(widest) if len(widest) >= _FEW_LINES else 0.0
