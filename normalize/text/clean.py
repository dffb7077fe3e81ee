"""Text as it is compared and published: one form of Unicode, one kind of space."""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# Open syllables in oa, oe, uy: the tone stands on the first or the second vowel by taste (hóa,
# hoá); a q before u takes the u away.
_LATE_TONE = re.compile(
    rf"(?<![qQ])([oO](?=[aeAE])|[uU](?=[yY]))([aeyAEY])([{_TONES}])(?![\w\u0300-\u036f])"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def clean(text: str) -> str:
    """The text in NFC, every run of white space as one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain_dashes(text: str) -> str:
    """The text with every kind of dash as a hyphen; for reading, never for publishing."""
    return text.translate(_DASHES)


def early_tone(text: str) -> str:
    """The text, for comparing, with the tone of open oa, oe, uy on the first vowel, in NFC.

    ``hoá`` becomes ``hóa``, ``uỷ`` becomes ``ủy``.
    """
    if text.isascii():
        return text
    return unicodedata.normalize(
        "NFC", _LATE_TONE.sub(r"\1\3\2", unicodedata.normalize("NFD", text))
    )
