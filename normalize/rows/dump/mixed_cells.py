"""Whether a dump goes line by line through its tables, so that one line holds words of several
cells: ``cạn; bàn giao mặt bằng sạch trước khi dân tỉnh 2030 nước và PPP``.

Which words are whose is not to be told from such a text, so that it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from normalize.rows.dump.dump_row import DumpRow
from normalize.rows.dump.phrases import body_names, cues, letters_of
from normalize.rows.dump.tokens import Token
from schemas.errors import MixedCells

_SHORTEST = 3  # words of a phrase that tells
_LEAST = 5  # phrases that are cut by other cells' words
# how many they must be for each that goes on where it should, and for each that is on one line
_TO_WRAPPED, _TO_WHOLE = 0.7, 0.1
_LONGEST_LINE = 30  # words: of a line across the page
_BELOW = 2  # lines below in which the rest of a phrase may stand

_UNCLEAR = 3  # columns of a row that are in doubt
_FEW_ROWS, _MOST_UNCLEAR = 5, 0.7  # tasks of a table, and the share of them that may be unclear

Phrase = tuple[str, ...]  # the letters of its words
Line = list[str]


def check_cells_apart(tokens: Sequence[Token]) -> None:
    """Raise MixedCells where the known phrases of a dump are cut by other cells' words.

    Such a phrase, the name of a body or a source of funding, begins on one line, and what is left
    of it stands within a line below it, behind words of another cell.
    """
    rows = groupby(tokens, key=lambda token: token.line_no)
    lines = [keys for _, row in rows if (keys := [token.key for token in row if token.key])]
    whole, wrapped, cut = _counts(lines)
    if cut >= _LEAST and cut >= _TO_WRAPPED * wrapped and cut >= _TO_WHOLE * whole:
        raise MixedCells(
            f"the text goes line by line through its tables: {cut} names and known phrases are "
            "cut by words of the cells beside them",
            "the text",
            "give the scan itself, or a dump in which each cell stands by itself",
        )


def check_cells_told(rows: Sequence[DumpRow]) -> None:
    """Raise MixedCells where most tasks of a table have several columns in doubt: lines go through
    cells in which no known phrase is cut.
    """
    tasks = [row for row in rows if row.decided.level in ("task", "sub_row")]
    unclear = sum(len(row.doubt) >= _UNCLEAR for row in tasks)
    if len(tasks) >= _FEW_ROWS and unclear > _MOST_UNCLEAR * len(tasks):
        raise MixedCells(
            f"of {unclear} of {len(tasks)} tasks the text does not say where one cell ends and the "
            "next begins, as where it goes line by line through its table",
            f"the text, page {rows[0].first.page_no}",
            "give the scan itself, or a dump in which each cell stands by itself",
        )


def _counts(lines: Sequence[Line]) -> tuple[int, int, int]:
    """How many known phrases stand on one line, go on at the next line's beginning, and go on
    within a line below.
    """
    whole = wrapped = cut = 0
    for place, line in enumerate(lines):
        below = lines[place + 1 : place + 1 + _BELOW]
        flow = [*line, *(word for other in below for word in other)]
        for at in range(len(line) - 1):
            phrases = _phrases().get((line[at], line[at + 1]), ())
            ends = [at + len(p) for p in phrases if tuple(flow[at : at + len(p)]) == p]
            whole += any(end <= len(line) for end in ends)
            wrapped += bool(ends) and max(ends) > len(line)
            cut += not ends and any(_is_cut(p, line[at:], below) for p in phrases)
    return whole, wrapped, cut


def _is_cut(phrase: Phrase, words: Line, below: Sequence[Line]) -> bool:
    """Whether a phrase's first words stand here and its others within a line below: two of them,
    or the line's last one.
    """
    same = next((i for i, (a, b) in enumerate(zip(phrase, words, strict=False)) if a != b), None)
    rest = phrase[len(words) if same is None else same :]
    if len(rest) == 1 and len(phrase) <= _SHORTEST:
        return False
    return any(
        len(line) <= _LONGEST_LINE and (len(rest) > 1 or at + 1 == len(line))
        for line in below
        for at in _places(rest, line)
    )


def _places(rest: Phrase, line: Line) -> Iterator[int]:
    """Where words stand within a line, but not at its beginning."""
    for at in range(1, len(line) - len(rest) + 1):
        if tuple(line[at : at + len(rest)]) == rest:
            yield at


@cache
def _phrases() -> dict[tuple[str, str], tuple[Phrase, ...]]:
    """The known phrases of three words and more, by their first two words."""
    names = (name for name, _ in body_names())
    found: dict[tuple[str, str], dict[Phrase, None]] = {}
    for text in (*names, *cues("funding"), *cues("deadline")):
        words = tuple(filter(None, map(letters_of, text.split())))
        if len(words) >= _SHORTEST:
            found.setdefault((words[0], words[1]), {})[words] = None
    return {key: tuple(phrases) for key, phrases in found.items()}
