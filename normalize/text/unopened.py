"""Quotes and brackets that close what nothing opened: what a scan makes of a footnote's mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

# a closing sign behind a word, as an engine reads a raised figure there
CLOSED = regex.compile(r"^(?P<word>.*\p{L})(?P<mark>[\"”’')]+)(?P<end>[.,;:]*)$")
_ENDING = regex.compile(r"^(?P<word>.*?)(?P<mark>[\"”’')]*)[.,;:]*$", regex.DOTALL)
_OPENED = {"”": '“"', '"': '“"', "’": "‘'", "'": "‘'", ")": "("}
_OPENING = frozenset("“\"‘'(")
# what marks an item and may stand before a bracket that nothing opened: a), 1), iii), điểm đ)
_ITEM = regex.compile(r"\p{L}|\d{1,2}|[ivxlc]+", regex.IGNORECASE)
_A_WORD = regex.compile(r"\p{L}{3}$")


def closing_nothing(words: Iterable[str], opened: str = "") -> Iterator[int]:
    """The places of words behind which a sign closes what no word before them opened.

    Of `lưới”.` in a text without a `“` it is the place; of `“Bình dân học vụ số”` there is none,
    nor of an item's bracket (`điểm a)`). Straight quotes open and close in turn. ``opened``: the
    signs that the text before left open (``left_open``).
    """
    for place, text in enumerate(words):
        before, opened = opened, _after(text, opened)
        if _closes_nothing(text, before):
            yield place


def left_open(words: Iterable[str]) -> str:
    """The signs that open something which no word closes, in order."""
    opened = ""
    for text in words:
        opened = _after(text, opened)
    return opened


def _closes_nothing(text: str, opened: str) -> bool:
    """Whether a word has closing signs behind it that close nothing of what is open before it."""
    found = CLOSED.match(text)
    if found is None or (")" in found["mark"] and not _is_word(found["word"])):
        return False
    opened = _opened_by(found["word"], opened)
    return all(_last(sign, opened) < 0 for sign in found["mark"])


def _is_word(text: str) -> bool:
    return _A_WORD.search(text) is not None and _ITEM.fullmatch(text) is None


def _after(text: str, opened: str) -> str:
    """What is open after a word. An item's bracket closes nothing, for it may be none that does."""
    found = _ENDING.match(text)
    if found is None or (found["mark"] == ")" and _ITEM.fullmatch(found["word"])):
        return opened
    opened = _opened_by(found["word"], opened)
    for sign in found["mark"]:
        last = _last(sign, opened)
        if last >= 0:
            opened = opened[:last] + opened[last + 1 :]
        elif not found["word"] and sign in _OPENING:  # a straight quote that stands alone
            opened += sign
    return opened


def _opened_by(word: str, opened: str) -> str:
    return opened + "".join(sign for sign in word if sign in _OPENING)


def _last(sign: str, opened: str) -> int:
    """Where the last sign stands that a closing one closes; -1 where there is none."""
    return max(opened.rfind(one) for one in _OPENED[sign])
