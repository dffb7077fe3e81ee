"""What else a coded cell may say, from what the document says elsewhere: values of the same column
near what was read, and names of known bodies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from audit.published.folder import Published
from audit.review_page.doubts import Doubt

_NEAR = 0.6  # of the letters: the least that a value shares with what was read
_MOST = 3
_COLUMNS = ("unit", "funding", "deadline")
_BODIES = ("lead", "coordinating")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Likely:
    """The values of each coded column with how often they stand there, and the known bodies."""

    values: Mapping[str, Counter[str]]
    bodies: Sequence[str]

    def of(self, doubt: Doubt) -> Iterator[str]:
        """Values that a doubtful cell may have, the nearest first; digits come from what was
        read.
        """
        if doubt.column in _BODIES:
            yield from self._with_known_bodies(doubt.value)
        seen = [text for text in (doubt.value, *doubt.readings.values()) if text]
        digits = {tuple(_DIGITS.findall(text)) for text in seen}
        known = [
            value
            for value in self.values.get(doubt.column, ())
            if tuple(_DIGITS.findall(value)) in digits
        ]
        found: dict[str, float] = {}
        for text in seen:
            for value, likeness in _nearest(text, known):
                found[value] = max(likeness, found.get(value, 0.0))
        yield from sorted(found, key=lambda value: -found[value])

    def _with_known_bodies(self, value: str) -> Iterator[str]:
        """The list of names with one that is not known as a known one."""
        names, known = value.split("; "), set(self.bodies)
        for at, name in enumerate(names):
            if name and name not in known:
                for near, _ in _nearest(name, self.bodies):
                    yield "; ".join([*names[:at], near, *names[at + 1 :]])


def likely_in(published: Published) -> Likely:
    """What a document's tables say of its coded columns."""
    values: dict[str, Counter[str]] = {}
    for rows in published.rows.values():
        for row in rows:
            for column in _COLUMNS:
                if row.values.get(column) and column not in row.doubted:
                    values.setdefault(column, Counter())[str(row.values[column])] += 1
    bodies = published.tables["bodies"]
    return Likely(values, bodies.loc[bodies["kind"] != "unlisted", "name"].tolist())


def _nearest(text: str, known: Sequence[str]) -> list[tuple[str, float]]:
    found = process.extract(
        text,
        known,
        scorer=Levenshtein.normalized_similarity,
        processor=str.casefold,
        score_cutoff=_NEAR,
        limit=_MOST,
    )
    return [(value, likeness) for value, likeness, _ in found]
