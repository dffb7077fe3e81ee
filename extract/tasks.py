"""What passes between a run and the processes that read its pages.

Nothing here loads an engine: the run itself needs none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

# pages that share each run of Tesseract, at most: more would save little of its start, and hold
# more pictures
_TOGETHER = 6
# what the server loads that begins all processes; the second for pipeline.py, which each loads anew
PRELOADED = ("extract.read_pages", "schemas.documents")
Columns = dict[str, list[Any]]


@dataclass(frozen=True)
class ReadingSettings:
    """Which readings are made, and how."""

    dpi: int = 200  # of the one rendering
    fast: bool = False  # only the first model
    seconds: float = 120.0  # time limit for one run of Tesseract, for each page in it
    # no other witness is asked about a line whose words the first model read with at least this
    # confidence
    sure: float = 0.93
    # of an engine at once for the pictures of a page, where fewer pages are read than there are
    # cores
    runs: int = 1


@dataclass(frozen=True)
class PageReading:
    """All that was read of one page: its rows of the Pages, Blocks and Words tables, by column.

    ``look`` is the hash of all that the witnesses saw of it: two pages of one look read the same.
    """

    page: Columns
    blocks: Columns
    words: Columns
    look: str = ""


@dataclass(frozen=True)
class Task:
    """Pages to look at together."""

    page_nos: tuple[int, ...]


def shares(page_nos: Sequence[int], jobs: int) -> list[tuple[int, ...]]:
    """Pages in order, in groups that are read together.

    Groups are of several pages at first and of one in the end, so that no process waits long for
    the last.
    """
    found, begun = [], 0
    while begun < len(page_nos):
        size = min(_TOGETHER, ceil(2 * (len(page_nos) - begun) / (3 * jobs)))
        found.append(tuple(page_nos[begun : begun + size]))
        begun += size
    return found
