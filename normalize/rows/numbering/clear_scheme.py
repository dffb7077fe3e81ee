"""Which numbering a table of a dump clearly has, of those that the numbers in its text allow."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from normalize.rows.numbering.choose_scheme import FAR, indicator_schemes, styles_seen
from normalize.rows.numbering.decide import DOUBT, RowCandidate, solve_within
from normalize.rows.numbering.group_styles import grouped_schemes
from normalize.rows.numbering.indicators import INDICATORS
from normalize.rows.numbering.schemes import TASKS, Scheme

_ALIKE = 0.9  # the share of rows with one key by which two numberings are one


def grouped_tasks(candidates: Sequence[RowCandidate]) -> Scheme | None:
    """Of the numberings of tasks whose groups have Roman numerals or capitals the one that clearly
    fits best; None where there is none.
    """
    schemes = grouped_schemes("task", styles_seen(candidates))
    ways = [(one, extra) for _, one, extra in schemes if {*one.styles[:1]} & {"roman", "letter"}]
    return _clearly_best(candidates, ways)


def plain_tasks(candidates: Sequence[RowCandidate]) -> Scheme:
    """1.1.1, or whole numbers without groups where these clearly fit better."""
    schemes = grouped_schemes("task", styles_seen(candidates))
    ways = [(one, extra) for _, one, extra in schemes if not one.groups]
    return _clearly_best(candidates, [(TASKS, 0.0), *ways]) or TASKS


def plain_indicators(candidates: Sequence[RowCandidate]) -> Scheme:
    """Whole numbers that run on below Roman numerals, or another numbering of indicators that
    clearly fits better.
    """
    ways = [(one, extra) for _, one, extra in indicator_schemes(styles_seen(candidates))]
    return _clearly_best(candidates, [(INDICATORS, 0.0), *ways]) or INDICATORS


def _clearly_best(
    candidates: Sequence[RowCandidate], ways: Sequence[tuple[Scheme, float]]
) -> Scheme | None:
    """The numbering, of some with their handicaps, that fits best; None where one that gives more
    than a few rows other keys fits nearly as well.
    """
    found: list[tuple[float, list[str], Scheme]] = []
    for scheme, extra in ways if candidates else ():
        nearest = min([cost for cost, _, _ in found], default=inf)
        solved = solve_within(candidates, scheme, nearest + FAR)
        if solved is not None:
            found.append((solved.cost + extra, [row.key for row in solved.rows], scheme))
    if not found:
        return None
    cost, keys, best = min(found, key=lambda one: one[0])
    nearest = min([one[0] for one in found if not _are_alike(one[1], keys)], default=inf)
    return best if nearest - cost >= DOUBT else None


def _are_alike(keys: Sequence[str], others: Sequence[str]) -> bool:
    """Whether most rows, of those that are some in either, have one key."""
    rows = [pair for pair in zip(keys, others, strict=True) if any(pair)]
    return sum(own == other for own, other in rows) >= _ALIKE * len(rows)
