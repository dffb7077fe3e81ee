"""How wide words are in print.

A line of a paragraph is full where the next line's first word had no room on it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_HORN = "\N{COMBINING HORN}"
_HORN_WIDTH = 40
_USUAL = 500  # figures, most small letters, and what the table lacks


@lru_cache(maxsize=1 << 14)
def width(text: str) -> float:
    """The width of a text as Times prints it, in thousandths of the type size."""
    return float(sum(_width(letter) for letter in text))


# Advance widths of Times in thousandths of the type size (Adobe's metrics of Times-Roman); a
# letter's marks add nothing but the horn.
_WIDTHS = {
    letter: width
    for width, letters in {
        250: " .,",
        278: "ijlt:;/",
        333: "frIJ()-!",
        389: "s",
        408: '"',
        444: "acez“”?",
        556: "FPS",
        564: "<>=≥≤+÷",
        611: "ELTZ",
        667: "BCR",
        722: "ADĐGHKNOQUVXYw",
        778: "m",
        833: "%",
        889: "M",
        944: "W",
    }.items()
    for letter in letters
}


def _width(letter: str) -> int:
    parts = unicodedata.normalize("NFD", letter)
    return _WIDTHS.get(parts[0], _USUAL) + (_HORN_WIDTH if _HORN in parts else 0)
