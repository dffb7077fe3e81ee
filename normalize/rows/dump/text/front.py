"""The prose of a dump in three parts: title, body, and what follows it.

They are told by the numbers that lead headings and sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from normalize.rows.document_head import title_at
from normalize.rows.dump.text.labels import label_length
from normalize.rows.dump.tokens import BLANK_LINE, SAME_LINE, Token, tokens_to_lines
from normalize.rows.dump.word_costs import ends_badly
from normalize.rows.numbering.forms import possible_parts, roman_value
from normalize.text.fold import fold

_PAGE_NUMBER = regex.compile(r"^\W*\d{1,3}\W*$")
_RECIPIENTS = regex.compile(r"^\W*n[ouơ]i nhan\b")
_ON_BEHALF = regex.compile(r"^\W*(?:t\W?/\W?m\b|(?:tm|kt|tl|tuq)[.,]\s)")
_TITLE_WORDS = 150
_LONG_LINE = 45  # letters: a title's lines are shorter, or begin with a small letter


@dataclass(frozen=True)
class ProseText:
    """The tokens before the first paragraph, of the body, and from the recipients on."""

    front: tuple[Token, ...]
    body: tuple[Token, ...]
    close: tuple[Token, ...]


def split_prose(tokens: Sequence[Token]) -> ProseText:
    """The three parts of the prose; page numbers that stand alone are dropped."""
    lines = [
        line
        for line in tokens_to_lines(tokens)
        if not (len(line) == 1 and _PAGE_NUMBER.match(line[0].text))
    ]
    kept = [token for line in lines for token in line]
    start = _body_start(kept)
    end = next(
        (
            at
            for at in range(start, len(kept))
            if kept[at].gap != SAME_LINE and _begins_close(kept, at)
        ),
        len(kept),
    )
    return ProseText(tuple(kept[:start]), tuple(kept[start:end]), tuple(kept[end:]))


def _body_start(tokens: Sequence[Token]) -> int:
    """Where the title ends: at the first number, or at a long line in small letters behind a
    capital.

    If there is neither, below its first line.
    """
    near = tokens[:_TITLE_WORDS]
    if not near:
        return 0
    starts = [0, *(at for at in range(1, len(near)) if near[at].gap != SAME_LINE)]
    texts = [
        " ".join(token.text for token in near[start:end])
        for start, end in zip(starts, [*starts[1:], len(near)], strict=True)
    ]
    title = title_at([fold(text) for text in texts])
    below = starts[title + 1] if title + 1 < len(starts) else len(near)
    lines = {start: i for i, start in enumerate(starts) if start >= below}

    def begins(at: int) -> bool:
        if _is_first_number(near, at):
            return True
        apart = (
            at in lines
            and (near[at].gap >= BLANK_LINE or not texts[lines[at] - 1].isupper())
            and not ends_badly(near[at - 1])
        )
        return apart and _is_sentence(texts[lines[at]])

    return next((at for at in range(1, len(near)) if begins(at)), below)


def _is_sentence(text: str) -> bool:
    """Whether a line is long, begins with a capital, and is in small letters but for numbers of
    documents (``44-KL/TU``).
    """
    words = [word for word in text.split() if not any(sign.isdigit() for sign in word)]
    letters = [letter for word in words for letter in word if letter.isalpha()]
    small = sum(letter.islower() for letter in letters) > 0.8 * len(letters)
    return text[:1].isupper() and small and len(text) > _LONG_LINE


def _is_first_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether a heading's or sentence's number begins here that is the first one, with a capital
    after it.
    """
    length = label_length(tokens, at)
    if not length or at + length >= len(tokens) or not tokens[at + length].text[:1].isupper():
        return False
    reading = "".join(token.text for token in tokens[at : at + length])
    return roman_value(reading) == 1 or (1,) in possible_parts(reading)


def _begins_close(tokens: Sequence[Token], at: int) -> bool:
    text = fold(" ".join(token.text for token in tokens[at : at + 4]))
    return _RECIPIENTS.search(text) is not None or _ON_BEHALF.match(text) is not None
