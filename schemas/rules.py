"""Rules that a table's rows must keep: functions from columns to one truth value for each row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

Column: TypeAlias = "pd.Series[Any]"
Holds: TypeAlias = "pd.Series[bool]"

_UNCLEAN = re.compile(r"[^\S ]| {2,}|^ | $|[\x00-\x1f\x7f]")


def is_clean(text: str) -> bool:
    """Whether a text is NFC, on one line, with single spaces and none at its ends."""
    return unicodedata.is_normalized("NFC", text) and _UNCLEAN.search(text) is None


def is_day(text: str) -> bool:
    """Whether a text is an ISO date or empty."""
    try:
        return text == "" or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def each(column: Column, holds: Callable[[Any], bool]) -> Holds:
    """For each value of a column whether the rule holds."""
    return pd.Series([holds(value) for value in column.tolist()], index=column.index, dtype=bool)


def split(text: str) -> list[str]:
    """The items of a list that is joined with ``; ``."""
    return text.split("; ") if text else []


def in_order(first: Column, last: Column) -> Holds:
    """Whether ``first`` is not after ``last`` where both are there; ISO dates compare as texts."""
    missing = (
        first.isna() | last.isna() if first.dtype.kind == "f" else (first == "") | (last == "")
    )
    return (missing | (first <= last)).astype(bool)


def items_of(column: Column, allowed: Collection[str]) -> Holds:
    """Whether each item of a list is one of ``allowed`` and none comes twice."""
    return each(
        column,
        lambda text: len(set(split(text))) == len(split(text)) and set(split(text)) <= set(allowed),
    )


def counts_from_one(frame: pd.DataFrame, within: list[str], column: str = "position") -> Holds:
    """Whether ``column`` counts 1, 2, ... within the rows that agree in ``within``."""
    return (frame[column] == frame.groupby(within, sort=False).cumcount() + 1).astype(bool)


def implies(premise: Column, conclusion: Column) -> Holds:
    """Whether ``conclusion`` holds wherever ``premise`` does."""
    return (~premise.astype(bool) | conclusion.astype(bool)).astype(bool)


_ENDS_OF_KIND = {
    "during": (True, True),
    "staged": (True, True),
    "before": (False, True),
    "from": (True, False),
    "": (False, False),
}
_ENDS_OF_COMPARATOR = {
    ">": (True, False),
    "≥": (True, False),
    "<": (False, True),
    "≤": (False, True),
    "=": (True, True),
    "range": (True, True),
}


def kind_fits_dates(kind: Column, start: Column, end: Column) -> Holds:
    """Whether a deadline has the start and the end that its kind calls for.

    Kinds that are not listed may have either.
    """
    ends = zip(kind.tolist(), (start != "").tolist(), (end != "").tolist(), strict=True)
    return pd.Series(
        [_ENDS_OF_KIND.get(k, given) == given for k, *pair in ends for given in [tuple(pair)]],
        index=kind.index,
        dtype=bool,
    )


def comparator_fits(comparator: Column, least: Column, most: Column) -> Holds:
    """Whether a target has the least and the most value that its comparator calls for.

    A target that is a text has neither.
    """
    rows = zip(
        comparator.tolist(),
        least.notna().tolist(),
        most.notna().tolist(),
        (least == most).tolist(),
        strict=True,
    )
    fits = [
        _ENDS_OF_COMPARATOR.get(c, (False, False)) == (low, high) and (c != "=" or same)
        for c, low, high, same in rows
    ]
    return pd.Series(fits, index=comparator.index, dtype=bool)
