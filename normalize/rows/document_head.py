"""The head and the close of a document of the Party or the State.

It tells which lines are its number, date, motto, issuer, title and roles, and makes the record of
the table ``document`` of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import regex

from normalize.rows.records import Piece, Record
from normalize.text.fold import fold

Part = TypeVar("Part")  # a line of the head: of a page, or of a dump

# Lines in letters without marks, as `fold` leaves them.
_KIND = regex.compile(
    r"^\W*(?:chuong trinh|ke hoach|nghi quyet|quyet dinh|de an|chi thi|ket luan)\b(?!\W*s[o0]\b)"
)
_TITLE = regex.compile(r"\bchuong trinh\b|\bhanh dong\b|\bke hoach\b")
# `Số`, and no `SỞ TÀI CHÍNH`: a figure follows, a sign, or a word with a sign in it
_NUMBER = regex.compile(r"^\W*s[o0](?:\W*\d|\s*[:./\-–]|\s+[^\s\-–/]*[\-–/]|\W*$)")
_AUTHORITY = regex.compile(
    r"^\W*(?:chu tich|bo truong|hoi dong nhan dan|uy ban nhan dan|thu tuong|chinh phu|giam doc"
    r"|tong giam doc|cuc truong|vien truong|chanh an|ban chap hanh|ban thuong vu|thong doc)\b"
)
_DATE = regex.compile(r"\bngay\b.*\bthang\b|\bthang\b.*\bnam\b")
_MOTTO = regex.compile(r"dang cong san|cong hoa xa hoi|chu nghia viet nam|doc lap|hanh phuc|^\W*$")
_ROLE = regex.compile(
    r"bi thu|\bt\W?/?\W?m\b|chu tich|thay mat|ban chap hanh|ban thuong vu|da ky|tinh uy"
    r"|\bk\W?/?\W?t\b|\bt\W?/?\W?l\b|chanh van phong|xac nhan|giam doc|uy ban nhan dan"
)
_RECIPIENTS = regex.compile(r"^\W*(?:n[ouơ]i nhan\b|[a-z]{2,4} nhan\s*[:;])")
_RECIPIENTS_AS_PRINTED = regex.compile(r"^\W*noi nhan\b")
# First on a line in capitals: on behalf of whom it is signed.
_ON_BEHALF = regex.compile(
    r"^\W*[Tt]\W?/\W?[Mm]\b|\bT\W?/\W?M\b(?=[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$)"
    r"|(?:^|\s)(?:TM|KT|TL|TUQ|Q)[.,]\s*(?=\p{Lu}{2})[^\p{Ll}]*$"
)


def names_kind(key: str) -> bool:
    """Whether a line begins with the name of a kind of document: `KẾ HOẠCH`, `NGHỊ QUYẾT`."""
    return _KIND.search(key) is not None


def title_at(keys: Sequence[str]) -> int:
    """The line with which the title begins, 0 where none looks like one."""
    first = next((i for i, key in enumerate(keys) if names_kind(key)), None)
    if first is not None:
        return first
    return next((i for i, key in enumerate(keys) if _TITLE.search(key)), 0)


def title_length(lines: Sequence[str]) -> int:
    """How many of the lines from the title on are the title: it ends above who decides.

    `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH` in capitals below `Về việc ...`; in a title all in capitals it
    may be a part of it.
    """
    for i in range(2, len(lines)):
        if not lines[i - 1].isupper() and _names_authority(lines[i]):
            return i
    return len(lines)


def _names_authority(line: str) -> bool:
    return line.isupper() and _AUTHORITY.match(fold(line)) is not None


def head_column(key: str) -> str:
    """What a line above the title is: number, date or issuer, nothing for a motto."""
    if _NUMBER.match(key):
        return "number"
    if _DATE.search(key):
        return "date"
    return "" if _MOTTO.search(key) else "issuer"


def document_record(
    title: Sequence[Piece],
    head: Iterable[tuple[str, bool, Part]],
    to_pieces: Callable[[Sequence[Part]], list[Piece]],
    others: Mapping[str, Sequence[Piece]],
    page_no: int,
) -> Record:
    """The one record of the table ``document``; a field that is not printed has no words.

    ``head``: the lines above the title as their column (see ``head_column``), whether they go on
    with an issuer that began above, and their words. The first line of a column is its value; an
    issuer has all lines that go on with it: `ỦY BAN NHÂN DÂN`, `TỈNH TÂN GIANG`. ``others``: the
    fields that stand below the title, as ``notes``.
    """
    lines: dict[str, list[Part]] = {}
    for column, goes_on, part in head:
        if column and (column not in lines or (column == "issuer" and goes_on)):
            lines.setdefault(column, []).append(part)
    in_order = sorted(lines, key=lambda column: column == "issuer")  # which stands last
    cells = {"title": list(title)}
    cells |= {column: to_pieces(lines[column]) for column in in_order}
    cells |= {column: list(pieces) for column, pieces in others.items()}
    printed = {column: pieces for column, pieces in cells.items() if pieces}
    return Record("document", "", page_no, printed)


def is_role(key: str) -> bool:
    """Whether a line of the signature block says in which role someone signs."""
    return _ROLE.search(key) is not None


def begins_recipients(key: str) -> bool:
    """Whether a line may head the list of who gets the document, misread as it may be: `Nơi nhận:`,
    `Aới nhận:`.
    """
    return _RECIPIENTS.search(key) is not None


def surely_begins_recipients(key: str) -> bool:
    """Whether a line heads that list, read as it is printed: no `Cá nhân:`, no `Tiếp nhận:`."""
    return _RECIPIENTS_AS_PRINTED.search(key) is not None


def is_on_behalf(text: str) -> bool:
    """Whether a line, as printed, begins a signature block: `T/M BAN THƯỜNG VỤ`, `KT. CHỦ TỊCH`."""
    return _ON_BEHALF.search(text) is not None
