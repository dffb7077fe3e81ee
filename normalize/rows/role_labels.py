"""What a header says of bodies by the words of a role, where no list has its label."""

from __future__ import annotations

import regex

from schemas.table_kinds import BOTH

_ROLES = {"chu tri": "lead", "phoi hop": "coordinating"}
_WHO = (
    r"(?:co quan|don vi|thanh phan|luc luong|bo phan|ca nhan"
    r"|to chuc\W+(?:dang|doan the|xa hoi|ca nhan)|so\W+(?:ban\W+)?nganh"
    r"|phong|ban|to|nganh|dia phuong|doan the|cq|dv)"
)
_ROLE = r"(?:chu tri|phoi hop)"
_BETWEEN = (  # what may stand between or behind them
    r"(?:va|hoac|cung|chinh|cac|duoc (?:giao|phan cong)|co trach nhiem|chiu trach nhiem"
    r"|tham gia|thuc hien|trien khai|giai quyet|tham muu|truc tiep|lien quan|co lien quan)"
)
# who first, or nothing but the role: `Tiến độ của đơn vị chủ trì` and `Cơ chế phối hợp` are no
# columns of bodies, nor is `Tổ chức phối hợp`
_OF_BODIES = regex.compile(
    rf"\W*(?:(?:(?:cac|ten)\W+)?{_WHO}\W+(?:(?:{_WHO}|{_BETWEEN})\W+)*)?{_ROLE}"
    rf"(?:\W+(?:{_WHO}|{_BETWEEN}|{_ROLE}))*\W*"
)


def role_of_label(key: str) -> str:
    """The column of tasks whose role a folded label names: `Thành phần phối hợp` -> coordinating.

    Empty where it names none, or something else beside it.
    """
    if _OF_BODIES.fullmatch(key) is None:
        return ""
    named = [column for words, column in _ROLES.items() if regex.search(rf"\b{words}\b", key)]
    return BOTH if len(named) > 1 else "".join(named)
