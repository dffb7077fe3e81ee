"""Who issued a document, and of which province it is, as its head and its texts say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from normalize.bodies.listed import load_bodies
from normalize.tables.cells import Cell, join
from normalize.text.fold import fold

_OF_PROVINCE = regex.compile(r"\btỉnh ((?:\p{Lu}\p{Ll}*\s?){1,4})(?=\W|\s|$)")
_ISSUER_PROVINCE = regex.compile(
    r"^(?:tỉnh ủy|tỉnh uỷ|thành ủy|tỉnh đoàn|thành đoàn|đảng bộ tỉnh|tỉnh(?! đoàn\b)"
    r"|(?:[uủ][yỷ] ban|hội đồng) nhân dân "
    r"(?:tỉnh|thành phố)"
    r"|(?:ubnd|hđnd) (?:tỉnh|thành phố))\s+(.+)$",
    regex.IGNORECASE,
)
# of any other body: `Sở Y tế tỉnh X`, `Ban Chấp hành Đảng bộ tỉnh X`
_BODY_OF_PROVINCE = regex.compile(
    r"\b(?:(?:tỉnh|thành) đoàn|tỉnh(?! (?:đoàn|[uủ][yỷ])\b)|thành phố)"
    r"((?: \p{L}[\p{L}'’-]*){1,4})$",
    regex.IGNORECASE,
)
_IN_PROVINCE = regex.compile(r"(?<=[\s,])tỉnh (.+)$", regex.IGNORECASE)  # thành phố A, tỉnh B
_ISSUERS = (
    "Ban Chấp hành Đảng bộ tỉnh",
    "Ban Thường vụ Tỉnh ủy",
    "Tỉnh ủy",
    "Ban Chấp hành Tỉnh Đoàn",
    "Ban Thường vụ Tỉnh Đoàn",
    "Tỉnh Đoàn",
    "Ủy ban nhân dân tỉnh",
    "Ủy ban nhân dân thành phố",
    *(f"Ủy ban nhân dân {level}" for level in ("xã", "phường", "đặc khu")),
    "Hội đồng nhân dân tỉnh",
    "Hội đồng nhân dân thành phố",
    *(f"Hội đồng nhân dân {level}" for level in ("xã", "phường", "đặc khu")),
    *(f"Đảng ủy {level}" for level in ("xã", "phường", "đặc khu")),
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "UBND tỉnh",
    "HĐND tỉnh",
    "Thành ủy",
    "Thành Đoàn",
)
# heads of names that are two words, of which the first alone has a capital
_TWO_WORDS = (
    "công an", "đảng ủy", "đảng uỷ", "trung tâm", "chi cục", "văn phòng", "thanh tra",
    "ủy ban", "uỷ ban",
)  # fmt: skip
_LEVELS = frozenset(
    (
        "tỉnh",
        "thành phố",
        "quận",
        "huyện",
        "huyện đảo",
        "thị xã",
        "thị trấn",
        "xã",
        "phường",
        "đặc khu",
    )
)
# what a body below another begins with; `BAN` and `TRƯỜNG` begin places too (`XÃ TRƯỜNG SƠN`)
_OWN = (
    r"(?:SỞ(?: \p{Lu}+){2}|CÔNG AN|ĐẢNG [ỦU][YỶ]|TRUNG TÂM|CHI CỤC|VĂN PHÒNG|THANH TRA"
    r"|[ỦU][YỶ] BAN|UBND"
    r"|BAN (?:CHẤP|CHỈ|CÁN|DÂN|ĐẠI|KINH|NỘI|QUẢN|THƯỜNG|TIẾP|TÔN|TỔ|TUYÊN|VÌ|AN TOÀN|BẢO)"
    r"|TRƯỜNG (?:CAO|CHÍNH|DÂN|ĐẠI|MẦM|PHỔ|QUÂN|TIỂU|THPT|THCS|TRUNG))\b"
)
# below the body that it belongs to, in capitals: `UBND TỈNH X / SỞ TÀI CHÍNH`,
# `TỈNH ỦY X / BAN TỔ CHỨC`
_BELOW = regex.compile(
    r"(?<over>(?:(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|ĐẢNG BỘ)"
    r"(?: (?:TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG|ĐẶC KHU))?|(?:TỈNH|THÀNH) [ỦU][YỶ])"
    r" (?!(?:TỈNH|THÀNH PHỐ)\b)\p{Lu}[\p{Lu}'’]*(?:(?: [-–] |-| )\p{Lu}[\p{Lu}'’]*){0,5}?)(?: \*)? "
    rf"(?<own>{_OWN}.*)"
)


def issuer_of(printed: str, title: str) -> str:
    """The issuing body as printed at the head, else as the title names it.

    Of two bodies one below the other the lower one is the issuer.
    """
    below = _BELOW.fullmatch(printed.strip(" *"))
    own = below["own"] if below is not None else printed
    listed = [body.name for body in load_bodies().bodies if fold(body.name) == fold(own)]
    if listed:
        return listed[0]
    if own:
        known = next((name for name in _ISSUERS if fold(own).startswith(fold(name))), "")
        rest = own.split()[len(known.split()) :]
        if not own.isupper():
            return join([known, *rest])
        return join([known, *_place(rest)]) if known else _cased(own)
    return next((name for name in _ISSUERS if fold(name) in fold(title)), "")


def _cased(capitals: str) -> str:
    """A body's name in capitals as such names are written: its head, its field and each further
    field begin with a capital.

    `BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG` -> `Bộ Nông nghiệp và Môi trường`; a place has capitals all
    through.
    """
    found: list[str] = []
    words = capitals.lower().split()
    field = 2 if " ".join(words[:2]) in _TWO_WORDS else 1
    for place, word in enumerate(words):
        if _level(words[place:]):
            return join([*found, *_place(words[place:])])
        begins = place in (0, field) or found[-1].endswith(",") or found[-1] == "và"
        found.append(word.capitalize() if begins else word)
    return join(found)


def _place(words: Sequence[str]) -> list[str]:
    """A place in capitals: its level in small letters, then its name (`huyện đảo Bạch Sa`), and
    the province that it is in alike.
    """
    lower = [word.lower() for word in words]
    count = _level(lower)
    further = next((n for n in range(count + 1, len(lower) - 1) if lower[n] == "tỉnh"), len(lower))
    place = [*lower[:count], *(word.capitalize() for word in lower[count:further])]
    return [*place, *(_place(words[further:]) if words[further:] else ())]


def _level(words: Sequence[str]) -> int:
    """How many words at the head name the level of a place."""
    if " ".join(words[:2]) == "tỉnh đoàn":
        return 0
    return next((n for n in (2, 1) if " ".join(words[:n]) in _LEVELS and len(words) > n), 0)


def province_of(issuer: str, cells: Iterable[Cell]) -> str:
    """The province's name, from the issuer's or else the one that most often follows "tỉnh".

    ``issuer`` is printed: with the body that it belongs to above it.
    """
    below = _BELOW.fullmatch(issuer.strip(" *"))
    body = below["over"] if below is not None else issuer
    found = _ISSUER_PROVINCE.match(body) or _BODY_OF_PROVINCE.search(body)
    if found is not None:
        place = found[1].strip()
        above = _IN_PROVINCE.search(place)
        return (above[1] if above is not None else place).title()
    text = join(cell.value for cell in cells)
    names = Counter(
        match[1].strip() for match in _OF_PROVINCE.finditer(text) if len(match[1].split()) >= 2
    )
    return names.most_common(1)[0][0] if names else ""
