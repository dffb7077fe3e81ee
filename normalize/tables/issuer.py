"""Who issued a document, and of which province it is, as its head and its texts say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import regex

from normalize.bodies.listed import load_bodies
from normalize.tables.cells import Cell, join
from normalize.text.fold import fold

_OF_PROVINCE = regex.compile(r"\btỉnh ((?:\p{Lu}\p{Ll}*\s?){1,4})(?=\W|\s|$)")
_ISSUER_PROVINCE = regex.compile(
    r"^(?:tỉnh ủy|tỉnh uỷ|thành ủy|đảng bộ tỉnh|tỉnh|(?:[uủ][yỷ] ban|hội đồng) nhân dân "
    r"(?:tỉnh|thành phố)"
    r"|(?:ubnd|hđnd) (?:tỉnh|thành phố))\s+(.+)$",
    regex.IGNORECASE,
)
_ISSUERS = (
    "Ban Chấp hành Đảng bộ tỉnh",
    "Ban Thường vụ Tỉnh ủy",
    "Tỉnh ủy",
    "Ủy ban nhân dân tỉnh",
    "Ủy ban nhân dân thành phố",
    *(f"Ủy ban nhân dân {level}" for level in ("xã", "phường", "đặc khu")),
    "Hội đồng nhân dân tỉnh",
    "Hội đồng nhân dân thành phố",
    *(f"Hội đồng nhân dân {level}" for level in ("xã", "phường", "đặc khu")),
    *(f"Đảng ủy {level}" for level in ("xã", "phường", "đặc khu")),
    "UBND tỉnh",
    "HĐND tỉnh",
    "Thành ủy",
)
# below the body that it belongs to: `UBND TỈNH X / SỞ TÀI CHÍNH`
_STATE = ("ubnd ", "uy ban nhan dan ")
_DEPARTMENT = regex.compile(r"(?<=\w\s)SỞ\s.+$")


def issuer_of(printed: str, title: str) -> str:
    """The issuing body as printed at the head, else as the title names it.

    Of two bodies one below the other the department is the issuer.
    """
    below = _DEPARTMENT.search(printed) if fold(printed).startswith(_STATE) else None
    own = below[0] if below is not None else printed
    listed = [body.name for body in load_bodies().bodies if fold(body.name) == fold(own)]
    if listed or below is not None:
        return listed[0] if listed else own.capitalize()
    if printed:
        known = next((name for name in _ISSUERS if fold(printed).startswith(fold(name))), "")
        rest = printed.split()[len(known.split()) :]
        return (
            join([known, *rest])
            if not printed.isupper()
            else join([known, *(word.capitalize() for word in rest)])
        )
    return next((name for name in _ISSUERS if fold(name) in fold(title)), "")


def province_of(issuer: str, cells: Iterable[Cell]) -> str:
    """The province's name, from the issuer's or else the one that most often follows "tỉnh"."""
    found = _ISSUER_PROVINCE.match(issuer)
    if found is not None:
        name = _DEPARTMENT.sub("", found[1]) if fold(issuer).startswith(_STATE) else found[1]
        return name.strip().title()
    text = join(cell.value for cell in cells)
    names = Counter(
        match[1].strip() for match in _OF_PROVINCE.finditer(text) if len(match[1].split()) >= 2
    )
    return names.most_common(1)[0][0] if names else ""
