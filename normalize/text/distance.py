"""How far two texts are apart for an OCR engine."""

import functools
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from normalize.text.clean import clean, early_tone
from normalize.text.fold import fold

__all__ = [
    "closest",
    "distance",
    "distances",
    "layers",
    "letters",
    "paired_words",
    "whole_places",
    "word_costs",
]

# What one difference of each kind costs, in letters; each layer below also sees the differences of
# the layers before it.
# another letter, a look-alike, spacing or a sign, a tone or vowel mark, the case
LAYER_COSTS = (1.0, 0.5, 0.3, 0.3, 0.1)
_STEPS = tuple(a - b for a, b in zip(LAYER_COSTS, (*LAYER_COSTS[1:], 0.0), strict=True))

_TR = re.compile(r"\b[ưừứửữự](?=[aáàảãạâấầẩẫậăắằẳẵặeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộ])")
_ALIKE = str.maketrans({"1": "i", "l": "i", "|": "i", "!": "i", "0": "o"})
_NOT_LETTERS = re.compile(r"[\W_]+")


@functools.lru_cache(maxsize=1 << 16)
def layers(text: str) -> tuple[str, ...]:
    """Five forms of a text, from its letters alone to the whole text.

    From each form to the next one kind of difference is added.
    """
    alike, letters_alone, bare, small, whole = (
        zip(*map(_layers_of_word, clean(text).split()), strict=True) if text.strip() else [()] * 5
    )
    return (
        "".join(alike),
        "".join(letters_alone),
        " ".join(filter(None, bare)),
        " ".join(small),
        " ".join(whole),
    )


@functools.lru_cache(maxsize=1 << 16)
def _layers_of_word(word: str) -> tuple[str, ...]:
    whole = early_tone(word)
    small = whole.casefold()
    bare = fold(small)
    alike = fold(_TR.sub("tr", small)).replace("rn", "m").translate(_ALIKE)
    return _NOT_LETTERS.sub("", alike), _NOT_LETTERS.sub("", bare), bare, small, whole


@functools.lru_cache(maxsize=1 << 15)
def distance(a: str, b: str) -> float:
    """How many letters two texts are apart, by ``LAYER_COSTS``.

    On which vowel a tone stands (``hoá``, ``hóa``) costs nothing.
    """
    return round(
        sum(
            step * Levenshtein.distance(x, y)
            for step, x, y in zip(_STEPS, layers(a), layers(b), strict=True)
        ),
        6,
    )


def distances(texts: Sequence[str], choices: Sequence[str]) -> NDArray[np.float64]:
    """``distance`` of every text (rows) to every choice (columns)."""
    total = np.zeros((len(texts), len(choices)))
    if total.size:
        for step, rows, columns in zip(
            _STEPS, _by_layer(tuple(texts)), _by_layer(tuple(choices)), strict=True
        ):
            total += step * cdist(rows, columns, scorer=Levenshtein.distance)
    return total.round(6)


@functools.lru_cache(maxsize=256)
def _by_layer(texts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The first layer of all texts, then the second, and so on."""
    return tuple(zip(*map(layers, texts), strict=True))


def letters(text: str) -> int:
    """The number of letters and digits of a text, by which a distance is judged."""
    return len(layers(text)[1])


def closest(text: str, choices: Sequence[str]) -> tuple[str, float, float]:
    """The choice nearest to the text, its distance, and the next one's distance.

    A missing choice is the empty text, at an infinite distance.
    """
    if not choices:
        return "", float("inf"), float("inf")
    row = distances([text], choices)[0]
    order = np.argsort(row, kind="stable")
    second = float(row[order[1]]) if len(order) > 1 else float("inf")
    return choices[int(order[0])], float(row[order[0]]), second


def _names_nothing(word: str) -> bool:
    """Whether a word is a speck.

    It has no letter or digit, or is a lone marked vowel that is no word (``ệ``; but ``ở`` is one).
    """
    return not layers(word)[0] or (len(word) == 1 and not word.isascii() and word.casefold() != "ở")


def paired_words(read: str, listed: str) -> list[tuple[str, str]] | None:
    """The words of a reading beside those of a listed name, without specks; None if their numbers
    differ.
    """
    pairs = [
        [word for word in clean(text).split() if not _names_nothing(word)]
        for text in (read, listed)
    ]
    return list(zip(*pairs, strict=True)) if len(pairs[0]) == len(pairs[1]) else None


def word_costs(read: str, listed: str) -> list[tuple[float, int]] | None:
    """How far each word of a reading is from its listed word, and the listed word's letters; no
    signs.

    Words that were joined or split pair off as one if their letters are the same. None where words
    do not pair off.
    """
    keys = [
        [layers(word)[0] for word in clean(text).split() if not _names_nothing(word)]
        for text in (read, listed)
    ]
    if "".join(keys[0]) == "".join(keys[1]):
        return [(0.0, len("".join(keys[1])))]
    if len(keys[0]) != len(keys[1]):
        return None
    return [(distance(a, b), len(b)) for a, b in zip(*keys, strict=True)]


def whole_places(readings: Sequence[str]) -> list[int]:
    """Which readings cover the whole: the first, and those with at least 0.7 of the longest one's
    letters.
    """
    texts = [clean(reading) for reading in readings]
    sizes = [max(letters(text), len(text) // 2) for text in texts]
    enough = 0.7 * max(sizes, default=0)
    return [
        place
        for place, (text, size) in enumerate(zip(texts, sizes, strict=True))
        if place == 0 or (size >= enough and text)
    ]
