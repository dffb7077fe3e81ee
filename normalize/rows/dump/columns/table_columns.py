"""The columns of a dump's table, as its header names them and its figures stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from rapidfuzz import fuzz

from normalize.rows.dump.columns.header_labels import labels_of
from normalize.rows.dump.headers import Header, Span
from normalize.rows.dump.phrases import find_phrases
from normalize.rows.dump.tokens import Token, squash
from normalize.rows.dump.word_costs import find_figures, is_body_head
from schemas.table_kinds import KINDS

_MISREAD_LABEL = 60.0  # the least likeness (0 to 100) of a label to one that it may be
_FEW_YEARS = 2  # columns of an indicator's values that are more than its goal

Columns = list[tuple[str, Span]]  # their names, "" of one that no list names, and their labels


def labels(tokens: Sequence[Token], columns: Columns, wanted: str) -> tuple[tuple[Token, ...], ...]:
    """The labels of the columns of one name."""
    return tuple(tuple(tokens[slice(*span)]) for name, span in columns if name == wanted)


def whole_columns(tokens: Sequence[Token], header: Header, confirmed: bool) -> Columns:
    """A header's columns, with those added whose labels were lost: the number's, and one that most
    such tables have where an unknown label may be its, badly misread.

    A single word that belongs to no label counts as a column only where all headers of the table
    have one (``confirmed``): else it is a label's misread end.
    """
    usual = KINDS[header.table].names("usual")
    columns = [
        (name, (start, end))
        for name, (start, end) in header.columns
        if name != usual[0] and (name or confirmed or end - start > 1)
    ]
    names = [name for name, _ in columns]
    missing = [name for name in usual[1:] if name not in names]
    places = [i for i, name in enumerate(names) if not name]
    if len(missing) == 1 and len(places) == 1:
        span = columns[places[0]][1]
        if _may_name(header.table, missing[0], squash(tokens[slice(*span)])):
            columns[places[0]] = (missing[0], span)
    elif len(missing) == 1 and header.unknown and not places:
        columns.insert(usual.index(missing[0]) - 1, (missing[0], (0, 0)))
    return [(usual[0], (0, 0)), *columns]


def _may_name(table: str, column: str, key: str) -> bool:
    """Whether the letters of a label may be those of a column's, badly misread."""
    known = (label for name, label in labels_of(table) if name == column)
    return any(fuzz.ratio(key, label) >= _MISREAD_LABEL for label in known)


def with_years(columns: Columns, tokens: Sequence[Token]) -> Columns:
    """Columns of indicators with those of years where their figures stand, the last of them that
    of the goal where no label names one.

    Of two rows of labels the lower one, that of the years, is read last, behind the labels of
    columns to their right: then figures stand behind the units.
    """
    years = [column for column in columns if column[0] in ("value", "target")]
    if len(years) < _FEW_YEARS:
        return columns
    if "target" not in dict(columns):
        last = max(place for place, (name, _) in enumerate(columns) if name == "value")
        columns = [*columns[:last], ("target", columns[last][1]), *columns[last + 1 :]]
        years = [*years[:-1], columns[last]]
    before = columns[: -len(years)]
    if columns[-len(years) :] == years and before[-1][0] == "lead" and _follow_units(tokens):
        return [*before[:-1], *years, before[-1]]
    return columns


def _follow_units(tokens: Sequence[Token]) -> bool:
    """Whether figures stand behind a table's units more often than bodies do."""
    ends = [end for at in range(len(tokens)) for end in find_phrases("unit", tokens, at)]
    behind = [end for end in ends if end < len(tokens)]
    figures = sum(any(find_figures(tokens, end)) for end in behind)
    return figures >= sum(is_body_head(tokens, end) for end in behind)


def named(columns: Columns) -> tuple[str, ...]:
    """The columns' names, each once: those of several periods are ``value 1``, ``value 2``, ...;
    those that no label names ``other 1``, ...
    """
    names = [name for name, _ in columns]
    return tuple(_numbered(_numbered(names, "value", "value"), "", "other"))


def _numbered(columns: Sequence[str], name: str, shown: str) -> list[str]:
    """Columns with those of one name numbered from 1."""
    counts = count(1)
    return [f"{shown} {next(counts)}" if column == name else column for column in columns]
