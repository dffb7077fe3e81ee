"""What a column holds, told by its cells where its header is missing or says nothing that
is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import regex

from normalize.text.fold import fold
from normalize.values.deadlines import read_deadline
from normalize.values.figures import read_value
from normalize.values.funding import read_funding

MOST = 0.6  # the share of a column's cells that must be of a kind
_FEWEST = 2  # cells
_LONG = 25  # letters of a text, in the mean
_BODY = regex.compile(
    r"^\W*(?:so|ban|dang uy|tinh uy|uy ban|ubnd|cong an|hoi|truong|trung tam|chi cuc|quy|cong "
    r"ty|vien"
    r"|van phong|bo chi huy|bo tu lenh|tinh doan|doan|cac|toa an|thanh tra|bao|dai|lien doan"
    r"|mat tran"
    r"|hdnd|cuc|ngan hang|lien minh|phong|benh vien|thue|kho bac|buu dien|vuon quoc gia)\b"
)
_NUMBER = regex.compile(r"^\W*(?:[ivx]{1,5}|\d{1,3}(?:\.\d{1,2}){0,2}|[a-h])\W*$")
_WORDS = regex.compile(r"\p{L}{2,}")
_FEWEST_COLUMNS = 3
_SHORT = 5  # signs of a column's number, brackets and specks among them
_WORD = regex.compile(r"\p{L}{3}")  # what no number of a column is misread as
_COUNTED = 0.4  # the share of a row's cells whose number must be that of their column


def is_column_numbers(texts: Sequence[str]) -> bool:
    """Whether a row under a header only counts its columns: ``(1) (2) (3)``, ``A B 1 2``,
    ``5=3+4``.

    Such numbers are often misread (``q)``, ``Œ)``). So all cells must be as short, and some of them
    must count. A cell with a word makes it a row of the table: ``1 | Lúa | Ha | 4 | 5``.
    """
    numbers = [text.partition("=")[0].strip() for text in texts]
    filled = [number for number in numbers if number]
    if len(filled) < _FEWEST_COLUMNS or any(len(number) > _SHORT for number in filled):
        return False
    if any(_WORD.search(number) for number in filled):
        return False
    read = [int(found.group()) if (found := regex.search(r"\d+", text)) else 0 for text in numbers]
    hits = max(sum(one == i + 1 - offset > 0 for i, one in enumerate(read)) for offset in range(3))
    return hits >= max(2, _COUNTED * len(texts))


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


def _is_wordy(text: str) -> bool:
    return len(_WORDS.findall(text)) > 1


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
    "task": _is_wordy,
    "name": _is_wordy,
    "deadline": _is_deadline,
    "funding": _is_funding,
    "lead": _is_body,
    "coordinating": _is_body,
    "number": _is_number,
    "target": _is_figure,
    "value": _is_figure,
}
