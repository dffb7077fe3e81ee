"""The record of one difference between two extractions: its kind, its class and both
sides' places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from audit.comparison.classes import CLASSES, Segment
from audit.comparison.rows import Matching
from audit.comparison.sequence import rows_in_sequence
from audit.published.folder import Box, Published, Row

ADDED, REMOVED, MOVED, RENUMBERED, CHANGED = "added", "removed", "moved", "renumbered", "changed"


@dataclass(frozen=True)
class Place:
    """Where one side of a change stands."""

    row_id: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Change:
    """One difference; a side that does not exist is None."""

    table: str
    column: str  # empty for a whole row
    kind: str
    cause: str
    a: Place | None
    b: Place | None
    before: str
    after: str
    segments: tuple[Segment, ...] = ()
    folded: tuple[str, ...] = ()  # derived columns and tables of parts that changed with it
    reason: str = ""


@dataclass(frozen=True)
class Pair:
    """Two extractions, the rows of each table matched."""

    a: Published
    b: Published
    matchings: Mapping[str, Matching] = field(default_factory=dict)

    @cached_property
    def sequences(self) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
        """For both sides the rows of each table whose number goes with those beside it."""
        ours, theirs = (
            {table: rows_in_sequence(rows) for table, rows in side.rows.items()}
            for side in (self.a, self.b)
        )
        return ours, theirs

    def partners(self, table: str) -> Iterator[tuple[Row, Row]]:
        """The matched rows of a table."""
        for i, j in self.matchings[table].pairs:
            yield self.a.rows[table][i], self.b.rows[table][j]


def count_changes(changes: Sequence[Change]) -> list[tuple[str, str, str, int]]:
    """Rows of (table, column or kind of row change, class, count), sorted by class.

    Within a class they keep the order of ``changes``.
    """
    kinds = Counter(
        (c.table, c.column if c.kind == CHANGED else f"row {c.kind}", c.cause) for c in changes
    )
    return sorted(
        ((*key, count) for key, count in kinds.items()), key=lambda entry: CLASSES.index(entry[2])
    )


def count_causes(changes: Sequence[Change]) -> Counter[str]:
    """The number of changes of each class."""
    return Counter(change.cause for change in changes)
