"""The words of a plain-text dump as tokens in reading order, without notices and stray marks.

Long: words, bars, marks and notices of one kind of text; each part is short and used by the next
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd
import regex
from rapidfuzz import fuzz

from normalize.rows.records import Piece
from normalize.rows.slots import PrintedWord, words_to_slots
from normalize.text.fold import fold

SAME_LINE, NEW_LINE, BLANK_LINE, NEW_PAGE = range(4)
_NOTICES = ("tailieunaythuocsohuucuacaccoquandang", "viecphattansudungtraiphepbinghiemcam")
_NOTICE_WORDS = 11  # of each sentence
_NOTICE_LIKENESS = 80.0  # of 100
_PLAIN = regex.compile(r"[^a-z0-9]+")
_STOPS = frozenset(".,:;")
_LEADING = frozenset("•·")
_BETWEEN_FIGURES = frozenset("÷×±≈→$€°§")
# a ruling drawn with signs, as "-----+-----" between the rows of a table
_DRAWN = regex.compile(r"^[-–—_=~+|*.:]{4,}$")
_TR = regex.compile(r"\b[ừữử]-?(?=[^\W\d_bcdghklmnpqrstvx])", regex.IGNORECASE)
_BAR = "|"
_BARS, _BARRED = 2, 5  # bars of a line with cells between them, and how many such lines tell
_SIGNS = frozenset('-–—*.,:;()<>≥≤=%+&/"“”')


@dataclass(frozen=True)
class Token:
    """A word of the dump: its slot, its place, and what stands before it.

    ``gap`` is SAME_LINE to NEW_PAGE.
    """

    slot: PrintedWord
    page_no: int
    block_no: int
    gap: int

    @cached_property
    def text(self) -> str:
        """The word as it was read."""
        return self.slot.text

    @property
    def line_no(self) -> int:
        """The number of its line in the file."""
        return round(self.slot.word.top)

    @cached_property
    def with_tr(self) -> str:
        """The word with ``tr`` where it was read as one letter (``ừường``, ``ừ-ường``), which no
        word begins with so.
        """
        return _TR.sub("tr", self.text)

    @cached_property
    def key(self) -> str:
        """Its letters and digits, small and without marks, ``tr`` also where it was read as one
        letter.
        """
        return _PLAIN.sub("", fold(self.with_tr))


@dataclass(frozen=True)
class DumpText:
    """All tokens of a dump without notices and stray marks, and one of its notices if it
    has any.
    """

    tokens: tuple[Token, ...]
    notice: tuple[Token, ...]


def words_to_text(words: pd.DataFrame) -> DumpText:
    """The tokens of a Words table of witness ``dump``."""
    tokens = _strip_marks(_parted_at_bars(_tokens(words_to_slots(words))))
    spans = _notice_spans(tokens)
    notice = tuple(token for span in spans[:2] for token in tokens[slice(*span)])
    return DumpText(tuple(_without(tokens, spans)), notice)


def squash(tokens: Iterable[Token]) -> str:
    """The letters and digits of tokens in one run: what is alike however they were parted."""
    return "".join(token.key for token in tokens)


def tokens_to_lines(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """Tokens by the lines on which they stand."""
    lines: list[list[Token]] = []
    for token in tokens:
        if not lines or token.gap != SAME_LINE:
            lines.append([])
        lines[-1].append(token)
    return [tuple(line) for line in lines]


def tokens_to_pieces(tokens: Sequence[Token]) -> list[Piece]:
    """Tokens as the pieces of a cell, one for each page."""
    pieces: list[Piece] = []
    for token in tokens:
        if not pieces or pieces[-1].page_no != token.page_no:
            pieces.append(Piece(token.page_no, token.block_no, ()))
        pieces[-1] = replace(pieces[-1], slots=(*pieces[-1].slots, token.slot))
    return pieces


def _tokens(blocks: dict[tuple[int, int], list[PrintedWord]]) -> list[Token]:
    found: list[Token] = []
    for (page_no, block_no), slots in blocks.items():
        for slot in slots:
            found.append(
                Token(slot, page_no, block_no, _gap(found[-1] if found else None, slot, page_no))
            )
    return found


def _gap(before: Token | None, slot: PrintedWord, page_no: int) -> int:
    if before is None or before.page_no != page_no:
        return NEW_PAGE
    lines = round(slot.word.top) - before.line_no
    return min(lines, BLANK_LINE)


def _parted_at_bars(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a text that has `|` between the cells of a row without these bars: behind each
    of them a cell begins as behind an empty line.

    Example: ``3 | Sửa đường | Sở Xây dựng | Năm 2026``. A bar on few lines is a speck.
    """
    lines = tokens_to_lines(tokens)
    counts = [sum(token.text == _BAR for token in line) for line in lines]
    if sum(count >= _BARS for count in counts) < _BARRED:
        return list(tokens)
    kept: list[Token] = []
    for line in lines:
        gap = line[0].gap
        if _DRAWN.match("".join(token.text for token in line)):
            continue
        for token in line:
            if token.text == _BAR:
                gap = max(gap, BLANK_LINE)
                continue
            kept.append(replace(token, gap=gap))
            gap = SAME_LINE
    return kept


def _strip_marks(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without lines of marks, marks that trail a line, and specks within a line."""
    kept: list[Token] = []
    carried = SAME_LINE
    for line in tokens_to_lines(tokens):
        words = [
            token
            for i, token in enumerate(line[: _trailing_marks(line)])
            if not _is_lone_mark(line, i)
        ]
        gap = max(carried, line[0].gap)
        carried = SAME_LINE if words else max(gap, BLANK_LINE)
        kept += [replace(token, gap=gap) if i == 0 else token for i, token in enumerate(words)]
    return kept


def _trailing_marks(line: Sequence[Token]) -> int:
    """How many tokens of a line stand before a run of three or more marks at its end, none of a
    line that is drawn.

    A run may hold single letters or pairs of letters.
    """
    if _DRAWN.match("".join(token.text for token in line)):
        return 0
    start = next(
        (len(line) - i for i, token in enumerate(reversed(line)) if len(token.text) > 2), 0
    )
    for first in range(start, len(line)):
        run = line[first:]
        specks = sum(not token.key and token.text not in _SIGNS for token in run)
        if _is_speck(line[first]) and len(run) >= 3 and 2 * specks >= len(run):
            return first
    if start == 0 and len(line) <= 2 and all(_is_speck(token) for token in line):
        return 0
    return start if start == len(line) else _without_last_specks(line)


def _is_lone_mark(line: Sequence[Token], i: int) -> bool:
    """Whether a mark stands alone that is never printed apart.

    Within a line any does; at its start one that leads no item; and a stop that follows another.
    """
    text = line[i].text
    if text in _STOPS:
        return i > 0 and line[i - 1].text[-1:] in _STOPS
    if text in _BETWEEN_FIGURES and any(
        c.isdigit() for other in line[max(0, i - 1) : i + 2] for c in other.text
    ):
        return False
    return _is_speck(line[i]) and (i > 0 or text not in _LEADING)


def _without_last_specks(line: Sequence[Token]) -> int:
    end = len(line)
    while end > 1 and _is_speck(line[end - 1]):
        end -= 1
    return end


def _is_speck(token: Token) -> bool:
    return not token.key and not any(sign in _SIGNS for sign in token.text)


def _notice_spans(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Where the two sentences of handling notices stand, as first and last index after.

    Of windows that overlap, the one most like its sentence counts.
    """
    spans: list[tuple[float, int, int]] = []
    for start in range(len(tokens)):
        for sentence in _NOTICES:
            likeness, end = _best_window(tokens, start, sentence)
            if likeness and spans and start < spans[-1][2]:
                spans[-1] = max(spans[-1], (likeness, start, end), key=lambda span: span[0])
            elif likeness:
                spans.append((likeness, start, end))
    return [(start, end) for _, start, end in spans]


def _best_window(tokens: Sequence[Token], start: int, sentence: str) -> tuple[float, int]:
    """The likeness and the end of the window from a token on that is most like a sentence; 0 if
    none is.
    """
    if not fuzz.ratio(
        squash(tokens[start : start + _NOTICE_WORDS]), sentence, score_cutoff=_NOTICE_LIKENESS - 12
    ):
        return 0.0, start
    ends = range(start + _NOTICE_WORDS - 3, min(start + _NOTICE_WORDS + 4, len(tokens)) + 1)
    windows = [
        (fuzz.ratio(squash(tokens[start:end]), sentence, score_cutoff=_NOTICE_LIKENESS), end)
        for end in ends
    ]
    return max(windows, key=lambda window: window[0], default=(0.0, start))


def _without(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> Iterator[Token]:
    """The tokens outside spans; the first one after a span begins a page."""
    gone = {i for start, end in spans for i in range(start, end)}
    after = False
    for i, token in enumerate(tokens):
        if i in gone:
            after = True
            continue
        yield replace(token, gap=NEW_PAGE) if after else token
        after = False
