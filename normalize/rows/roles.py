"""One column for those who lead and those who help, parted by the words in it that name
the roles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalize.rows.records import Piece, Record
from normalize.rows.slots import PrintedWord
from normalize.text.fold import fold
from schemas.table_kinds import BOTH

_LABEL = re.compile(
    r"(?:[-–+•;.,]\s*)?(?:(?:co quan|don vi) )?(?P<role>chu tri|phoi hop)(?: thuc hien)?"
    r"\s?(?P<sign>[:;.,]?)"
)
_ROLES = {"chu tri": "lead", "phoi hop": "coordinating"}
_LONGEST = 6  # words of a label
_REASON = "the word that parts those who lead from those who help has another sign than a colon"


def label_at(words: Sequence[str], place: int) -> tuple[str, int]:
    """The role that a label names at a word, and the words that it takes; no role where there is
    none.

    A label is `Chủ trì:` or `Cơ quan phối hợp:`, with its colon, or what was read for it, or at the
    head of the cell.
    """
    for count in range(_LONGEST, 0, -1):
        text = fold(" ".join(words[place : place + count]))
        found = _LABEL.fullmatch(text)
        if found is not None and place + count <= len(words) and (found["sign"] or place == 0):
            return _ROLES[found["role"]], count
    return "", 0


def is_in_doubt(words: Sequence[str]) -> bool:
    """Whether a label behind the head of the cell has another sign than its colon."""
    labels = ((place, label_at(words, place)[1]) for place in range(1, len(words)))
    return any(count and not words[place + count - 1].endswith(":") for place, count in labels)


def roles_of(words: Sequence[str]) -> list[str]:
    """The role of each word, empty for the labels' own words.

    An empty list where the cell has no label at its head.
    """
    role, found, place = "", list[str](), 0
    while place < len(words):
        named, count = label_at(words, place)
        if named:
            role = named
            found += [""] * count
            place += count
        else:
            found.append(role or "-")
            place += 1
    return found if "-" not in found else []


def with_roles(record: Record) -> Record:
    """A record whose one cell of both roles is parted into two by the words in it.

    So is a cell of those who lead (`Cơ quan thực hiện`) that names the roles itself, where the row
    has none of those who help. Unchanged where no words name the roles.
    """
    column = BOTH if BOTH in record.cells else "lead"
    pieces = record.cells.get(column)
    if not pieces or "coordinating" in record.cells:
        return record
    words = [slot.word.text for piece in pieces for slot in piece.slots]
    roles = roles_of(words)
    if not roles:
        return record
    cells: dict[str, Sequence[Piece]] = {}
    for name, cell in record.cells.items():
        if name == column:
            cells |= _parted(pieces, roles)
        else:
            cells[name] = cell
    is_doubted = column in record.review or is_in_doubt(words)
    others = (name for name in record.review if name != column)
    review = (*others, *(("lead", "coordinating") if is_doubted else ()))
    reason = record.reason or (_REASON if is_in_doubt(words) else "")
    return replace(record, cells=cells, review=review, reason=reason)


def _parted(pieces: Sequence[Piece], roles: Sequence[str]) -> Mapping[str, Sequence[Piece]]:
    found: dict[str, list[Piece]] = {"lead": [], "coordinating": []}
    place = 0
    for piece in pieces:
        of_role: dict[str, list[PrintedWord]] = {"lead": [], "coordinating": []}
        for slot in piece.slots:
            if roles[place]:
                of_role[roles[place]].append(slot)
            place += 1
        for role, slots in of_role.items():
            if slots:
                found[role].append(replace(piece, slots=tuple(slots)))
    return {role: pieces for role, pieces in found.items() if pieces}
