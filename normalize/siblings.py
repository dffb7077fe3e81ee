"""Figures beside their siblings in one column and unit: a lost decimal sign, a sign that means two things, shares that do not add up."""

import re
from collections.abc import Sequence

from normalize.figures import is_percentage

_LONE_SIGN = re.compile(r"[<>≥≤]?\s?(\d{1,3})([.,])(\d+)%?")
_WHOLE = re.compile(r"[<>≥≤]?\s?\d{2,}%?")


def lost_decimals(printed: Sequence[str]) -> list[bool]:
    """Which figures have two digits or more and no sign, while all others of the column (three or more) are decimal."""
    decimal = [_LONE_SIGN.fullmatch(text) is not None for text in printed]
    odd = [_WHOLE.fullmatch(text) is not None for text in printed]
    alone = sum(odd) == 1 and sum(decimal) == len(printed) - 1 >= 3
    return [alone and flag for flag in odd]


def two_meanings(printed: Sequence[str], unit: str) -> list[bool]:
    """Which figures group thousands with a sign that is decimal in a sibling of the same unit (``2,000`` beside ``2,5``)."""
    found = [_LONE_SIGN.fullmatch(text) for text in printed]
    if is_percentage(unit):
        return [False] * len(printed)
    groups = [match is not None and len(match[3]) == 3 and match[1] != "0" for match in found]
    decimal = {match[2] for match, group in zip(found, groups, strict=True) if match is not None and not group}
    return [match is not None and group and match[2] in decimal for match, group in zip(found, groups, strict=True)]


def adds_up(shares: Sequence[float], slack: float = 0.5) -> bool:
    """Whether shares in percent make up a whole, within what rounding each to one decimal and a lost tenth can do."""
    return abs(sum(shares) - 100.0) <= slack
