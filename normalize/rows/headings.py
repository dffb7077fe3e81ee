"""How headings are told from sentences."""

from __future__ import annotations

import regex

_CAPITALS = 0.7  # the share of a text's letters that are capitals where it is printed in them
_SENTENCE_END = regex.compile(r'[.;:…]["”’)]*[\W_]*$')


def is_title(text: str) -> bool:
    """Whether a numbered text is a heading: a full sentence ends with a stop."""
    return _SENTENCE_END.search(text) is None


def in_capitals(text: str) -> bool:
    """Whether a text is printed in capitals, of which a few may be misread as small letters."""
    letters = [sign for sign in text if sign.isalpha()]
    return sum(letter.isupper() for letter in letters) > _CAPITALS * len(letters)
