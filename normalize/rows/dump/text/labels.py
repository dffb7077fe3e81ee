"""The labels at the beginning of a paragraph: I., 1.1., 2), (3)."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.rows.dump.tokens import BLANK_LINE, SAME_LINE, Token
from normalize.rows.dump.word_costs import ends_badly
from normalize.rows.numbering.letters import letter_value, next_letters

_ROMAN_LABEL = regex.compile(r"^[IVXLHEivxlnmr1T]{1,5}[.:\-–—)/]+$")
_DOTTED_LABEL = regex.compile(r"^\W?[\dlIiOoSZ]{1,2}(?:[.,][\dlIOSZ]{1,2}){1,3}[.,:;)\-–]?$")
_INTEGER_LABEL = regex.compile(r"^\W?[\dlISZ]{1,2}[.,:;)\-–/]+$")
_LETTER_LABEL = regex.compile(r"^[(]?([a-zđ])[)]$")
_DASH, _ENDED = regex.compile(r"^[-–—+]$"), tuple(".;:!?…")
# words that a number or letter follows which is that of another place, however the lines fall
REFERS = frozenset(("điểm", "mục", "khoản", "tiết"))
_HEADING_LINES = 3
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

    What stands above has ended or is a heading: ``theo điểm`` above ``a) khoản 2`` refers to
    another place. The letter that is next may stand anywhere below; ``a)`` begins anew.
    """
    found: set[int] = set()
    awaited: Sequence[int] = ()
    for at, token in enumerate(tokens):
        label = _LETTER_LABEL.match(token.text) if token.gap != SAME_LINE else None
        value = letter_value(label[1]) if label is not None else None
        if value is None or not (value == 1 or value in awaited):
            continue
        if at == 0 or tokens[at - 1].text[-1:] in _ENDED or _is_below_heading(tokens, at, found):
            found.add(at)
            awaited = next_letters(value)
    return frozenset(found)


def _is_below_heading(tokens: Sequence[Token], at: int, items: set[int]) -> bool:
    """Whether a capital follows an item's letter, and what stands above is whole without a stop:
    a blank line parts them, or it is a heading in capitals or of a few lines that a number or an
    item's letter leads.
    """
    before = tokens[at - 1]
    is_capital = at + 1 < len(tokens) and tokens[at + 1].text[:1].isupper()
    if not is_capital or before.text.casefold() in REFERS or ends_badly(before):
        return False
    if tokens[at].gap >= BLANK_LINE or (len(before.text) > 1 and before.text.isupper()):
        return True
    heads = 0
    for place in range(at - 1, -1, -1):
        if place < at - 1 and tokens[place].text[-1:] in _ENDED and not label_length(tokens, place):
            return False
        if place == 0 or tokens[place].gap != SAME_LINE:
            heads += 1
            if place in items or label_length(tokens, place):
                return True
        if heads == _HEADING_LINES:
            return False
    return False


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
