"""Whether a line is a heading."""

from __future__ import annotations

import regex

_SENTENCE_END = regex.compile(r'[.;:…]["”’)]*[\W_]*$')


def is_title(text: str) -> bool:
    """Whether a numbered text is a heading: a full sentence ends with a stop."""
    return _SENTENCE_END.search(text) is None
