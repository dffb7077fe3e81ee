"""Who reads a page, and what is known of each.

A witness is one reading of a page: a model of an engine, a text layer, a dump. Witnesses of one
engine err together: two of them that agree are worth little more than one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# as they are named in readings; docs/DESIGN.md says what each is
VECTOR, DUMP, LAYER = "vector", "dump", "layer"
FIRST, SECOND = "vie", "script"  # Tesseract's first and second model
BINARY = "binary"  # Tesseract on a picture in black and white
LINE = "line"  # the line recogniser
UNREAD = "□"  # stands in Words of ``INK`` where no witness read the ink
HALF_WALL = "┆"  # the same where a ruling is half there
ACROSS = "╌"  # the same for a word through which the scanner drew a line
RULED = "╪"  # the same for a cell through whose text a ruling runs
TWO_CELLS = "╫"  # the same for a cell that holds the words of two columns
MOVED = "⇹"  # the same for a column that is wider or narrower than on the pages beside
MARK_RULES = {
    UNREAD: "unread_ink",
    HALF_WALL: "half_wall",
    ACROSS: "line_across",
    RULED: "ruling_in_text",
    TWO_CELLS: "two_columns_words",
    MOVED: "column_moved",
}
INK = "ink"  # in place of a witness: where ink was seen that none of them read


@dataclass(frozen=True)
class Witness:
    """One witness.

    ``leads``: whether its words can be the ones that the others are put beside; those that can
    stand in the order of preference. ``reads_some``: it reads only some of the leader's words.
    ``exact``: its text was never a picture, so that it misreads nothing.
    """

    name: str
    engine: str
    leads: bool = True
    reads_some: bool = False
    exact: bool = False


_ALL = (
    Witness(VECTOR, "vector", exact=True),
    Witness(FIRST, "tesseract"),
    Witness(DUMP, "dump"),
    Witness(LAYER, "layer"),
    Witness(SECOND, "tesseract", reads_some=True),
    Witness(BINARY, "tesseract", leads=False),
    Witness(LINE, "line", leads=False, reads_some=True),
)
WITNESSES: Mapping[str, Witness] = {witness.name: witness for witness in _ALL}
LEADERS = tuple(witness.name for witness in _ALL if witness.leads)
BY_LINE = tuple(witness.name for witness in _ALL if witness.reads_some)
EXACT = frozenset(witness.name for witness in _ALL if witness.exact)


def engine_of(witness: str) -> str:
    """The engine whose errors a witness shares; one that is not known is an engine of its own."""
    return WITNESSES[witness].engine if witness in WITNESSES else witness
