"""The titles of appendices in a dump: where they begin, and which of them begin another table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from rapidfuzz import fuzz

from normalize.rows.appendix_labels import LABEL, SENT_WITH, WELL_PRINTED, to_figure
from normalize.rows.dump.columns.label_match import FIRST_NUMBERS
from normalize.rows.dump.headings import read_heading
from normalize.rows.dump.tokens import BLANK_LINE, SAME_LINE, Token, squash
from normalize.text.fold import fold

_TITLE_REACH = 80  # words between an appendix's title and its table's header


def title_start(tokens: Sequence[Token], first: int, least: int) -> int:
    """Where the title of the appendix above a header that begins at ``first`` begins.

    It begins with the words "Phụ lục" in capitals, else with the capitals just above the header.
    """
    for start in range(first - 1, max(least, first - _TITLE_REACH) - 1, -1):
        if _is_appendix_title(tokens, start):
            return start
    start = first
    while start > least and _is_capital(tokens[start - 1 : start]):
        start -= 1
    return start


def begins_anew(tokens: Sequence[Token], begun: int, least: int, header: tuple[int, int]) -> bool:
    """Whether a header begins another table than the one of its kind above it, whose first header
    begins at ``begun`` and whose last one ends at ``least``.

    An appendix's title stands between, and the numbers begin again or the labels' differ.
    """
    reach = range(max(least, header[0] - _TITLE_REACH), header[0])
    first = next((token.key for token in tokens[header[1] :] if token.key), "")
    if first in FIRST_NUMBERS and any(_is_title_line(tokens, start) for start in reach):
        return True
    new = next((number for start in reach if (number := sure_label(tokens, start))), "")
    own = read_heading(tokens[title_start(tokens, begun, 0) : begun]).number
    return new != "" and own not in ("", new)


def sure_label(tokens: Sequence[Token], start: int) -> str:
    """The number of the appendix whose label surely stands on the line that begins at a token, ""
    where none does.

    It is in capitals or stands below an empty line, and its title or what it was sent with follows:
    a cell that names an appendix has neither.
    """
    if tokens[start].gap == SAME_LINE or not _is_appendix_title(tokens, start):
        return ""
    line = _line(tokens, start)
    label = LABEL.match(fold(_text(line)))
    if label is None or not label["number"] or label["name"].startswith("danh"):
        return ""
    is_apart = tokens[start].gap >= BLANK_LINE or _is_capital(line)
    below = _line(tokens, start + len(line))
    is_titled = _is_title(below) or SENT_WITH.match(fold(_text(below))) is not None
    return to_figure(label["number"]) if is_apart and is_titled else ""


def _line(tokens: Sequence[Token], start: int) -> Sequence[Token]:
    """The tokens of the line that begins at a token."""
    rest = takewhile(lambda token: token.gap == SAME_LINE, tokens[start + 1 :])
    return [*tokens[start : start + 1], *rest]


def _text(line: Iterable[Token]) -> str:
    return " ".join(token.text for token in line)


def _is_title(line: Sequence[Token]) -> bool:
    """Whether a line is one of a title in capitals, no number or sign."""
    return sum(len(token.key) > 1 and token.key.isalpha() for token in line) > 1 and _is_capital(
        line
    )


def _is_title_line(tokens: Sequence[Token], start: int) -> bool:
    """Whether "PHỤ LỤC" or "Biểu số" begins a line with little more on it.

    In small letters with a number and no more.
    """
    if tokens[start].gap == SAME_LINE or not _is_appendix_title(tokens, start):
        return False
    line = _line(tokens, start)
    is_short = len(line) <= 4 and _is_capital(line[:1])
    return is_short or WELL_PRINTED.match(_text(line)) is not None


def _is_appendix_title(tokens: Sequence[Token], start: int) -> bool:
    both = (
        fuzz.ratio(squash(tokens[start : start + 2]), "phuluc") >= 80
        or fuzz.ratio(tokens[start].key, "phuluc") >= 90
        or squash(tokens[start : start + 2]) == "bieuso"
    )
    return (
        both
        and (_is_capital(tokens[start : start + 1]) or tokens[start].gap != SAME_LINE)
        and tokens[start].text[:1].isupper()
    )


def _is_capital(words: Iterable[Token]) -> bool:
    """Whether most letters of words are capitals, or they have none."""
    letters = [letter for token in words for letter in token.text if letter.isalpha()]
    return not letters or 2 * sum(letter.isupper() for letter in letters) > len(letters)
