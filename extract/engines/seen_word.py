"""A word as an engine saw it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SeenWord:
    """One word that an engine saw in a picture; its box in pixels of that picture."""

    line_no: int  # from 1
    word_no: int  # from 1, within the line
    text: str
    confidence: float  # 0 to 1
    x0: float
    top: float
    x1: float
    bottom: float
