"""Roman numerals."""

from __future__ import annotations


def roman(value: int) -> str:
    """A number from 1 to 39 in Roman numerals."""
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (value // 10) + ones[value % 10]
