"""What a header says of bodies by the words of a role alone, where no list has its label."""

from __future__ import annotations

import regex

from schemas.table_kinds import BOTH

_ROLES = {"chu tri": "lead", "phoi hop": "coordinating"}
# a column of texts, of times or of persons, whatever role it names beside
_OTHER = regex.compile(
    r"\b(?:noi dung|nhiem vu|cong viec|ket qua|san pham|thoi (?:gian|han|diem)|lanh dao|dong chi"
    r"|kinh phi|ghi chu)\b"
)
_LONGEST = 8  # words


def role_of_label(key: str) -> str:
    """The column of tasks whose role a folded label names: `Thành phần phối hợp` -> coordinating.

    Empty where it names none, or something else beside it.
    """
    if _OTHER.search(key) or len(key.split()) > _LONGEST:
        return ""
    named = [column for words, column in _ROLES.items() if regex.search(rf"\b{words}\b", key)]
    return BOTH if len(named) > 1 else "".join(named)
