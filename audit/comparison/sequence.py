"""Whether a row's number goes with the numbers of the rows beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from audit.published.folder import Row

_LAST = re.compile(r"^(.*?)(\d+|[IVXLC]+)(\)?)$")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def rows_in_sequence(rows: Iterable[Row]) -> frozenset[str]:
    """The keys of the rows whose number goes with a neighbour's.

    At each level the number must follow the one before or precede the next; a first 1 does too.
    """
    numbered = [(row.row_id, row.number if row.table == "growth" else row.row_id) for row in rows]
    # stem ("1.2.") -> the numbers that follow it, in document order
    counts: dict[str, list[int]] = {}
    for _, number in numbered:
        for stem, last in _levels(number):
            if counts.setdefault(stem, [])[-1:] != [last]:
                counts[stem].append(last)
    return frozenset(
        row_id
        for row_id, number in numbered
        if all(_follows(counts, stem, last) for stem, last in _levels(number))
    )


def _follows(counts: Mapping[str, Sequence[int]], stem: str, last: int) -> bool:
    numbers = counts[stem]
    at = numbers.index(last)
    before, after = numbers[at - 1] if at else 0, numbers[at + 1 : at + 2]
    return numbers.count(last) == 1 and (before == last - 1 or after == [last + 1])


def _levels(number: str) -> Iterator[tuple[str, int]]:
    """A number's levels, each as (what stands before it, its own count).

    ``1.2(3)`` has three: 1, then 2 after ``1.``, then 3 after ``1.2(``.
    """
    ends = [found.end() for found in re.finditer(r"[^.()]+", number)]
    for end in ends:
        match = _LAST.match(number[:end])
        if match is not None:
            yield match[1], _to_int(match[2])


def _to_int(digits: str) -> int:
    if digits.isdigit():
        return int(digits)
    values = [_ROMAN[letter] for letter in digits]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))
