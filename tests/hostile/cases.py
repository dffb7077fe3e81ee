"""What a hostile input is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.command import Got
from tests.hostile.room import Room


@dataclass(frozen=True)
class Hostile:
    """One hostile input or circumstance: the exit code, a part of what must be said, and how it is
    brought about.
    """

    name: str
    code: int
    told: str
    act: Callable[[Room], Got]
    whole: bool = False  # whether the room needs a document that went the whole path
    publishes: bool = False  # whether the tables that were published before give way to new ones
