"""What a column holds, told by its cells where its header is missing or says nothing that is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import regex

from normalize.text.fold import fold
from normalize.values.deadlines import read_deadline
from normalize.values.figures import read_value
from normalize.values.funding import read_funding

MOST = 0.6  # the share of a column's cells that must be of a kind
_FEWEST = 2  # cells
_LONG = 25  # letters of a text, in the mean
_BODY = regex.compile(
    r"^\W*(?:so|ban|dang uy|tinh uy|uy ban|ubnd|cong an|hoi|truong|trung tam|chi cuc|quy|cong ty|vien"
    r"|van phong|bo chi huy|bo tu lenh|tinh doan|doan|cac|toa an|thanh tra|bao|dai|lien doan|mat tran"
    r"|hdnd|cuc|ngan hang|lien minh|phong|benh vien|thue|kho bac|buu dien|vuon quoc gia)\b"
)
_NUMBER = regex.compile(r"^\W*(?:[ivx]{1,5}|\d{1,3}(?:\.\d{1,2}){0,2}|[a-h])\W*$")
_COLUMN_NUMBER = regex.compile(r"^\W*(?:\d{1,2}|[a-h])(?:\s*=.*)?\W*$")  # (1), 1, A, (5=3+4)


def is_column_numbers(texts: Sequence[str]) -> bool:
    """Whether a row under a header only counts its columns: ``(1) (2) (3)``, ``A B 1 2``."""
    filled = [text for text in texts if text]
    if len(filled) < 3 or len(filled) < 0.7 * len(texts):
        return False
    if sum(_COLUMN_NUMBER.match(fold(text)) is not None for text in filled) < 0.8 * len(filled):
        return False
    counts = [int(found.group()) for text in filled if (found := regex.search(r"\d+", text))]
    steps = sum(b == a + 1 for a, b in pairwise(counts))
    return len(counts) >= 2 and steps >= 0.6 * (len(counts) - 1)


def column_is(kind: str, texts: Sequence[str]) -> float:
    """The share (0 to 1) of a column's cells that are of a kind, 0 where there are too few."""
    filled = [text for text in texts if text]
    if len(filled) < _FEWEST:
        return 0.0
    return sum(map(_KINDS[kind], filled)) / len(filled)


def is_text_column(texts: Sequence[str]) -> bool:
    """Whether a column holds sentences or titles."""
    filled = [text for text in texts if text]
    return len(filled) >= _FEWEST and sum(map(len, filled)) >= _LONG * len(filled)


def _is_deadline(text: str) -> bool:
    return read_deadline(text).kind != "" and (
        regex.search(r"\d", text) is None or not _is_figure(text)
    )


def _is_funding(text: str) -> bool:
    return read_funding(text).codes != ""


def _is_body(text: str) -> bool:
    return _BODY.match(fold(text)) is not None


def _is_number(text: str) -> bool:
    return _NUMBER.match(fold(text)) is not None


def _is_figure(text: str) -> bool:
    return regex.search(r"\d", text) is not None and read_value(text.lstrip("<>≥≤ "), "").sure


_KINDS: Mapping[str, Callable[[str], bool]] = {
    "deadline": _is_deadline,
    "funding": _is_funding,
    "lead": _is_body,
    "coordinating": _is_body,
    "number": _is_number,
    "target": _is_figure,
    "value": _is_figure,
}
