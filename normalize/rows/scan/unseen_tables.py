"""Pages on which text stands in columns, and on which no table was found.

A table that is ruled in a way that is not understood, or hardly at all, would be lost there in
silence, or become paragraphs: such a document is refused, with the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from normalize.rows.scan.layout import PageLayout
from normalize.rows.slots import Word
from schemas.errors import LayoutError

_GAP = 1.2  # of a line's height: paper that is wider than a space, in justified text too
_FEWEST_GAPS = 2  # in a line that runs over three columns; a head or signatures have one
_FEWEST_LINES = 5  # of such lines
_SHARE = 0.25  # of the page's lines


def check_columns_seen(pages: Iterable[PageLayout]) -> None:
    """Raise LayoutError for the first page without a table whose text stands in columns."""
    for page in pages:
        if not page.tables and stands_in_columns(page):
            raise LayoutError(
                "text stands in columns there, and no ruled table was found",
                f"page {page.page_no}",
                "check that its table is ruled, or scan the page anew",
            )


def stands_in_columns(page: PageLayout) -> bool:
    """Whether many lines of a page are parted twice and more by wide paper."""
    words = [slot.word for line in page.lines for slot in line.slots if _is_word(slot.agreed)]
    if not words:
        return False
    height = median(word.bottom - word.top for word in words)
    lines = _lines(words, height)
    parted = sum(_gaps(line, height) >= _FEWEST_GAPS for line in lines)
    return parted >= max(_FEWEST_LINES, _SHARE * len(lines))


def _is_word(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _lines(words: Iterable[Word], height: float) -> list[list[Word]]:
    """The words that stand beside each other, whichever block they were read in."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        if lines and _middle(word) - _middle(lines[-1][-1]) <= height / 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _gaps(line: Sequence[Word], height: float) -> int:
    ordered = sorted(line, key=lambda word: word.x0)
    return sum(right.x0 - left.x1 > _GAP * height for left, right in pairwise(ordered))
