"""The text layer that some other OCR engine might have left: the printed words where they stand, a
few of them misread.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pdfplumber
from numpy.typing import NDArray

from tests.sample.pdf import Word
from tests.sample.programme import DATA

SPECKS = ("•", "~", "\\", "^", ".", ",")
SPECK_RATE = 0.003


@cache
def confusions() -> tuple[tuple[str, str], ...]:
    """Return the pairs (printed, read) of letters that such an engine confuses."""
    with (DATA / "confusions.csv").open(encoding="utf-8", newline="") as lines:
        return tuple((line["printed"], line["read"]) for line in csv.DictReader(lines))


def printed_words(pdf: bytes) -> list[tuple[Word, ...]]:
    """Return each page's words of a vector PDF in the order in which they were set, cell by cell,
    boxes in points.
    """
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [
            tuple(
                Word(
                    unicodedata.normalize("NFC", w["text"]), w["x0"], w["top"], w["x1"], w["bottom"]
                )
                for w in page.extract_words(use_text_flow=True, x_tolerance=1.5)
            )
            for page in document.pages
        ]


def misreadings(text: str) -> list[str]:
    """Return all wrong readings of a word that the confusions allow."""
    return [text.replace(printed, read, 1) for printed, read in confusions() if printed in text]


def misread(
    words: Sequence[Word], rate: float, rng: np.random.Generator, specks: float = SPECK_RATE
) -> tuple[Word, ...]:
    """Return the words with the share `rate` of them misread and, after the share `specks` of them,
    a speck read as a mark.
    """
    wrong = list(words)
    able = [i for i, word in enumerate(words) if misreadings(word.text)]
    count = min(len(able), int(rng.binomial(len(words), rate))) if words else 0
    for i in sorted(rng.choice(able, count, replace=False)) if count else ():
        readings = misreadings(words[i].text)
        wrong[i] = replace(words[i], text=readings[int(rng.integers(len(readings)))])
    specked: list[Word] = []
    for word in wrong:
        specked.append(word)
        if rate > 0 and rng.random() < specks:
            specked.append(
                Word(
                    SPECKS[int(rng.integers(len(SPECKS)))],
                    word.x1 + 0.5,
                    word.top + 2,
                    word.x1 + 2.5,
                    word.bottom - 2,
                )
            )
    return tuple(specked)


def unbent(x: float, y: float) -> tuple[float, float]:
    """Return the point as it is: the page was not bent."""
    return x, y


def move(
    words: Sequence[Word],
    matrix: NDArray[np.float64],
    bent: Callable[[float, float], tuple[float, float]] = unbent,
) -> tuple[Word, ...]:
    """Return the words where the scanner put them: each box keeps its size, its middle moves by the
    2 x 3 matrix and by the bend.
    """
    shifted = []
    for word in words:
        middle = np.array([(word.x0 + word.x1) / 2, (word.top + word.bottom) / 2, 1.0])
        x, y = bent(*(float(part) for part in matrix @ middle))
        half_width, half_height = (word.x1 - word.x0) / 2, (word.bottom - word.top) / 2
        shifted.append(
            Word(word.text, x - half_width, y - half_height, x + half_width, y + half_height)
        )
    return tuple(shifted)
