"""Free words that a person typed: what is no word, no closed bracket, no name of a body."""

from __future__ import annotations

import functools
import re
from collections import Counter

from normalize.bodies.listed import find_in_text
from normalize.tables.typed.known import Known
from normalize.tables.typed.verdict import Typed, refused
from normalize.text.clean import early_tone
from normalize.text.dictionary import dictionary, has_dictionary, syllables_of
from normalize.text.syllables import is_syllable

_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"), ("‘", "’"), ("«", "»"))
_OUTER = ".,;:!?()[]{}\"'“”‘’«»…–—-*/%+=<>≥≤•"
_CODE = re.compile(r"(?=\S*\d)\S*[/-]\S*|[A-ZĐ]{2,}\d{1,3}")  # 57/QĐ-TTg, QH15
_MIXED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")
_SECONDED = 2  # witnesses that read a word there: so it is printed, and no typing error
_MISSPELT = 0.3  # letters that a name may be away by its case and the place of its tone marks


def check_text(value: str, known: Known) -> Typed:
    """Whether free words hold nothing that is most likely a typing error.

    >>> check_text("Rà soát quy hoach", Known()).said["value"]
    'hoach'
    """
    if not value:
        return refused(value, "empty") if any(known.read) else Typed(value)
    unknown = next((word for word in value.split() if not _is_known(word, known)), None)
    if unknown is not None:
        return refused(value, "word_unknown", value=unknown.strip(_OUTER))
    words = value.casefold().split()
    again = next(
        (a for a, b, c in zip(words, words[1:], words[2:], strict=False) if a == b == c), None
    )
    if again is not None:
        return refused(value, "word_repeated", value=again)
    if _unbalanced(value) and all(_unbalanced(text) != _unbalanced(value) for text in known.read):
        return refused(value, "brackets")
    return _near_body(value, known) or Typed(value)


def _is_known(token: str, known: Known) -> bool:
    """Whether each word of a token is a syllable that Vietnamese uses, or stands in the
    document.
    """
    word = token.strip(_OUTER)
    if not word or _CODE.fullmatch(word):
        return True
    if _MIXED.search(word):
        return any(word in text for text in known.read)
    witnesses = sum(
        any(word == other.strip(_OUTER) for other in text.split()) for text in known.read[1:]
    )
    return witnesses >= _SECONDED or all(
        part in known.words or _is_used(part) for part in syllables_of(word)
    )


def _is_used(word: str) -> bool:
    """Whether the installed word list has a syllable; by its spelling where none is installed."""
    return early_tone(word) in _used() if has_dictionary() else is_syllable(word)


@functools.cache
def _used() -> frozenset[str]:
    return frozenset(early_tone(word) for entry in dictionary() for word in syllables_of(entry))


def _unbalanced(text: str) -> Counter[str]:
    """By how many each kind of bracket is open more often than closed; in their order."""
    left: Counter[str] = Counter()
    for opening, closing in _PAIRS:
        depth = 0
        for letter in text:
            depth += (letter == opening) - (letter == closing)
            left[closing] += depth < 0
            depth = max(depth, 0)
        left[opening] += depth
    left['"'] = text.count('"') % 2
    return +left


def _near_body(value: str, known: Known) -> Typed | None:
    """A name of the list with a letter that is another, if the document has no such words."""
    words = value.split()
    for span in find_in_text(words, known.bodies):
        typed = " ".join(words[span.start : span.end]).strip(_OUTER)
        if span.distance > _MISSPELT and not any(typed in text for text in known.read):
            return refused(value, "body_misspelt", span.form, value=typed)
    return None
