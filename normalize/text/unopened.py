"""Quotes and brackets that close what nothing opened: what a scan makes of a footnote's mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

# a closing sign behind a word, as an engine reads a raised figure there
CLOSED = regex.compile(r"^(?P<word>.*\p{L})(?P<mark>[\"”’)]+)(?P<end>[.,;:]*)$")
_OPENED = {"”": '“"', '"': '“"', "’": "‘'", ")": "("}
_OPENING = frozenset("“\"‘'(")


def closing_nothing(words: Iterable[str]) -> Iterator[int]:
    """The places of words behind which a sign closes what no word before them opened.

    Of `lưới”.` in a text without a `“` it is the place; of `“Bình dân học vụ số”` there is none.
    Straight quotes open and close in turn.
    """
    opened = ""
    for place, text in enumerate(words):
        found = CLOSED.match(text)
        before = found["word"] if found is not None else text
        opened += "".join(sign for sign in before if sign in _OPENING)
        if found is None:
            continue
        last = max(opened.rfind(sign) for sign in _OPENED[found["mark"][0]])
        if last < 0:
            yield place
        opened = opened[:last] + opened[last + 1 :] if last >= 0 else opened
