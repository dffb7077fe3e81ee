"""What a dump's pages carry besides their text: page numbers, and lines that run over all pages.

They are told by the pages together: a number that counts up with the pages, and a line that stands
at the edge of many pages and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import regex
from rapidfuzz import fuzz

from normalize.rows.dump.headers import find_headers
from normalize.rows.dump.phrases import find_phrases
from normalize.rows.dump.tokens import NEW_PAGE, Token, squash, tokens_to_lines
from normalize.text.fold import fold

_TOP, _FOOT = 3, 2  # lines of a page that may be furniture
_NUMBER = regex.compile(r"^\W*(?:trang )?([0-9]{1,3})\W*(?:/ ?[0-9]{1,3}\W*)?$")
_ROW_NUMBER = regex.compile(r"^\W?\d{1,2}(?:\.\d{1,2}){1,2}\W?$")
_PAGES = 3  # that must count up together, or bear the same line
_SHARE = 0.3  # of all pages that bear a running line, at least
_ELSEWHERE = 4  # so many times as often as elsewhere it stands at the edge
_ALIKE = 85.0  # of 100
_LEAST = 8  # letters of a running line

Line = tuple[Token, ...]
Place = tuple[int, int]  # a page, and a line on it


@dataclass(frozen=True)
class _Page:
    """The lines of a page, its number in the file, and which of its lines are at its edge."""

    number: int
    lines: tuple[Line, ...]

    @property
    def edge(self) -> list[int]:
        count = len(self.lines)
        top, foot = (min(most, -(-count // 3)) for most in (_TOP, _FOOT))
        return sorted({*range(top), *range(count - foot, count)})


def without_furniture(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens without page numbers and running lines; each page begins with the gap NEW_PAGE.

    Example: of pages that begin with ``2 Kế hoạch ...``, ``3 Kế hoạch ...``, ``4 Kế hoạch ...``
    these lines are left out.
    """
    pages = [
        _Page(number, tuple(tokens_to_lines(list(words))))
        for number, words in groupby(tokens, key=lambda token: token.page_no)
    ]
    if len(pages) < _PAGES:
        return tuple(tokens)
    headers = [slice(*header.span) for header in find_headers(tokens)]
    labels = {id(token) for header in headers for token in tokens[header]}
    furniture = _page_numbers(pages) | _running_lines(pages, labels)
    return tuple(token for page in pages for token in _kept(page, furniture))


def _kept(page: _Page, furniture: Collection[Place]) -> Iterator[Token]:
    """A page's tokens without the furniture that begins or ends it."""
    start, end = 0, len(page.lines)
    while start < end and (page.number, start) in furniture:
        start += 1
    while end > start and (page.number, end - 1) in furniture:
        end -= 1
    words = [token for line in page.lines[start:end] for token in line]
    yield from (replace(token, gap=NEW_PAGE) if i == 0 else token for i, token in enumerate(words))


def _page_numbers(pages: Sequence[_Page]) -> set[Place]:
    """The lines at the edge of pages that are numbers and count up with the pages."""
    found = [
        (page.number, place, int(number[1]) - page.number)
        for page in pages
        for place in page.edge
        if (number := _NUMBER.match(fold(_text(page.lines[place])))) is not None
    ]
    counts = Counter(ahead for _, _, ahead in found)
    return {(page, place) for page, place, ahead in found if counts[ahead] >= _PAGES}


def _text(line: Line) -> str:
    return " ".join(token.text for token in line)


def _running_lines(pages: Sequence[_Page], labels: Collection[int]) -> set[Place]:
    """The lines at the edge of many pages that are alike, whatever figures they bear, and stand
    hardly anywhere else; the headers of tables are none.
    """
    edge: list[tuple[Place, str]] = []
    inner: list[str] = []
    for page in pages:
        for place, line in enumerate(page.lines):
            letters = regex.sub(r"\d", "", squash(line))
            if len(letters) < _LEAST or _ROW_NUMBER.match(line[0].text):
                continue
            if place not in page.edge:
                inner.append(letters)
            elif id(line[0]) not in labels and not _is_cell(line):
                edge.append(((page.number, place), letters))
    least = max(_PAGES, _SHARE * len(pages))
    known = {letters: _is_running(letters, edge, inner, least) for _, letters in edge}
    return {place for place, letters in edge if known[letters]}


def _is_cell(line: Line) -> bool:
    """Whether a line is a known source of funding, deadline or body, as many rows end with."""
    kinds = ("funding", "deadline", "body")
    return any(len(line) in find_phrases(kind, line, 0) for kind in kinds)


def _is_running(
    letters: str, edge: Sequence[tuple[Place, str]], inner: Sequence[str], least: float
) -> bool:
    alike = {page for (page, _), other in edge if fuzz.ratio(letters, other) >= _ALIKE}
    if len(alike) < least:
        return False
    elsewhere = sum(fuzz.ratio(letters, other) >= _ALIKE for other in inner)
    return elsewhere * _ELSEWHERE <= len(alike)
