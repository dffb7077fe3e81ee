"""A number that is glued to the first word of a heading, a sentence or an item."""

from __future__ import annotations

import regex
from rapidfuzz.distance import Indel

from normalize.rows.slots import PrintedWord
from normalize.text.fold import fold

# `I-MỤC ĐÍCH`, `1.Mục tiêu`, `b)Mở`; no initials (`V.I.`).
_GLUED = regex.compile(
    r"^(?P<label>(?:[IVXL]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3})[-–—.)]|[a-zđ]\)"
    r"|\(\d{1,2}\))(?P<rest>\p{Lu}(?!\.)\p{L}+\W*)$"
)
# The same as one witness misread it, where another read it well: `HI-NHIỆM`.
_MISREAD_GLUED = regex.compile(r"^(?P<label>[IVXLHNUivxl1T!|]{1,5}[-–—])(?P<rest>\p{L}{2,}\W*)$")
# As a witness read it that saw the space behind it: `I1I. NHIỆM`, `2. Mở`; no initial (`H. Mai`).
_APART = regex.compile(
    r"^(?:(?:[IVX]|[IVXLHNUivxl1T!|]{2,5}|\d{1,2}(?:\.\d{1,2}){0,3})[-–—.)]|[a-zđ]\)|\(\d{1,2}\))"
    r" (?P<rest>\p{Lu}\p{L}+\W*)$"
)
_SAME = 0.75  # so alike are two readings of one word but for its marks, at least
_LONGEST = 8  # signs of a number, at most


def without_glue(slot: PrintedWord) -> tuple[PrintedWord, ...]:
    """The number and the word that a slot holds, as two slots; else the slot alone.

    ``slot``: the first of a line. A witness must have read a number there, glued to the word by its
    sign or before a space. Where the leader took the sign for a letter, the word that the other
    saw tells where the number ends: `IILNHIỆM` is `IIL` and `NHIỆM` beside `I1I. NHIỆM`.
    """
    closed = slot.text.replace(" ", "")
    parts = _parts(closed, _word_behind(slot))
    if parts is None:
        return (slot,)
    share = len(parts[0]) / len(closed)
    middle = slot.word.x0 + share * (slot.word.x1 - slot.word.x0)
    label = slot.word._replace(text=parts[0], x1=middle)
    rest = slot.word._replace(text=parts[1], x0=middle)
    return (
        PrintedWord(label, _halves(slot, parts, 0)),
        PrintedWord(rest, _halves(slot, parts, 1)),
    )


def _word_behind(slot: PrintedWord) -> str:
    """The word behind the number as a witness read it that saw a number; "" where none did."""
    for text in (slot.text, *(text for _, text, _ in slot.readings)):
        found = _GLUED.match(text) or _APART.match(text)
        if found is not None:
            return found["rest"]
    return ""


def _parts(text: str, word: str) -> tuple[str, str] | None:
    """The number and the word in a text, where ``word`` stands behind the number in another
    reading; None where it holds no two.
    """
    if not word:
        return None
    found = _GLUED.match(text) or _MISREAD_GLUED.match(text)
    if found is not None:
        return found["label"], found["rest"]
    cuts = range(min(len(text), _LONGEST + 1))
    alike = [Indel.normalized_similarity(fold(text[at:]), fold(word)) for at in cuts]
    best = max(alike, default=0.0)
    at = alike.index(best) if best >= _SAME else 0
    return (text[:at], text[at:]) if at else None


def _halves(
    slot: PrintedWord, own: tuple[str, str], side: int
) -> tuple[tuple[str, str, float], ...]:
    """One side of a glued word as each witness read it.

    A witness that saw no such word gets the leading one's.
    """
    readings = []
    for witness, text, share in slot.readings:
        words = tuple(text.split(maxsplit=1))
        parts = words if len(words) == 2 else _parts(text, own[1])
        readings.append((witness, (parts or own)[side], share))
    return tuple(readings)
