"""The labels at the beginning of a paragraph: I., 1.1., 2), (3)."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.rows.dump.tokens import SAME_LINE, Token
from normalize.rows.numbering.letters import letter_value, next_letters

_ROMAN_LABEL = regex.compile(r"^[IVXLHEivxlnmr1T]{1,5}[.:\-–—)/]+$")
_DOTTED_LABEL = regex.compile(r"^\W?[\dlIiOoSZ]{1,2}(?:[.,][\dlIOSZ]{1,2}){1,3}[.,:;)\-–]?$")
_INTEGER_LABEL = regex.compile(r"^\W?[\dlISZ]{1,2}[.,:;)\-–/]+$")
_LETTER_LABEL = regex.compile(r"^[(]?([a-zđ])[)]$")
_DASH, _ENDED = regex.compile(r"^[-–—+]$"), tuple(".;:!?…")
_BRACKET_LABEL = regex.compile(r"^[(\[{][\dlIiOoỉíìTtSsBZz]{1,3}[)\]}1lJj]?[.,]?$")


def label_length(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from one on are a heading's or sentence's number; 0 where none is.

    ``II-``, ``1.1.``, ``(ỉ)`` and ``1 .`` are such numbers.
    """
    text = tokens[at].text
    for pattern in (_BRACKET_LABEL, _DOTTED_LABEL, _INTEGER_LABEL, _ROMAN_LABEL):
        if pattern.match(text) and any(
            letter.isdigit() or letter in "IVXlinmHTỉ" for letter in text
        ):
            return 1
    if (
        at + 1 < len(tokens)
        and len(tokens[at + 1].text) == 1
        and tokens[at + 1].gap == SAME_LINE
        and tokens[at + 1].text in ".-–)"
    ):
        both = text + tokens[at + 1].text
        return (
            2
            if _INTEGER_LABEL.match(both) or _ROMAN_LABEL.match(both) or _BRACKET_LABEL.match(both)
            else 0
        )
    return 0


def lettered_items(tokens: Sequence[Token]) -> frozenset[int]:
    """Where lines begin with a letter that leads an item, which count up: ``a)``, ``b)``, ``c)``.

    The letter that is next may stand anywhere below; ``a)`` begins anew.
    """
    found: set[int] = set()
    awaited: Sequence[int] = ()
    for at, token in enumerate(tokens):
        label = _LETTER_LABEL.match(token.text) if token.gap != SAME_LINE else None
        value = letter_value(label[1]) if label is not None else None
        if value is not None and (value == 1 or value in awaited):
            found.add(at)
            awaited = next_letters(value)
    return frozenset(found)


def dashed_items(tokens: Sequence[Token]) -> frozenset[int]:
    """Where lines begin with a dash that leads an item: a capital follows it, and what stands
    above has ended.
    """
    return frozenset(
        at
        for at in range(1, len(tokens) - 1)
        if tokens[at].gap != SAME_LINE
        and _DASH.match(tokens[at].text)
        and tokens[at + 1].gap == SAME_LINE
        and tokens[at + 1].text[:1].isupper()
        and tokens[at - 1].text[-1:] in _ENDED
    )
