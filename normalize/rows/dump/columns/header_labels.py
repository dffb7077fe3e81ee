"""The labels that a dump's headers are looked through for."""

from __future__ import annotations

from functools import cache
from typing import Literal

from normalize.rows.labels import labels as ruled_labels
from normalize.rows.labels import labels_in_text
from schemas.table_kinds import BOTH

More = Literal["", "both", "ruled"]  # labels looked for besides those told from running text


@cache
def _labels() -> tuple[tuple[str, str, str], ...]:
    """The labels of the columns that are told apart in a dump by themselves."""
    return tuple(label for label in labels_in_text() if label[1] != BOTH)


@cache
def _labels_of_both() -> tuple[tuple[str, str, str], ...]:
    """Those of one column for both roles, looked for only where a header has no column for those
    who help: two labels side by side read like one of them.
    """
    return tuple(label for label in ruled_labels() if label[1] == BOTH)


@cache
def _ruled_labels() -> tuple[tuple[str, str, str], ...]:
    """All others, looked for only in what is a header already and lacks a column."""
    return tuple(label for label in ruled_labels() if label[1] != BOTH)


@cache
def first_words() -> frozenset[str]:
    """The first words of the labels of main texts, folded: ``nhiem``, ``chi``."""
    return frozenset(
        label.split()[0] for _, column, label in _labels() if column in ("task", "name")
    )


@cache
def labels_of(table: str, more: More = "") -> tuple[tuple[str, str], ...]:
    """The labels of a table as (column, folded label without spaces)."""
    known = _labels()
    if more:
        known = (*known, *(_labels_of_both() if more == "both" else _ruled_labels()))
    return tuple(
        (column, label.replace(" ", "")) for owner, column, label in known if owner == table
    )
