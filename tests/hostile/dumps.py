"""Hostile text dumps."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from tests.hostile import pdfs
from tests.hostile.cases import Hostile
from tests.hostile.command import Got
from tests.hostile.room import SMALL, Room


def _dump(content: Callable[[], bytes], *stages: str) -> Callable[[Room], Got]:
    return lambda room: room.dump(content(), *(stages or ("extract", "rows")))


_VNI = str.maketrans(
    "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323đĐ", "\xf8\xf9\xe2\xf5\xea\xfb\xf4\xef\xf1\xd1"
)


def _in_older_letters() -> bytes:
    """The small dump in the letters of a VNI font: a mark is a sign behind its letter."""
    apart = unicodedata.normalize("NFD", SMALL.read_text(encoding="utf-8"))
    return apart.translate(_VNI).encode()


def _without(start: str, end: str) -> bytes:
    """The small dump without what stands from one mark to another."""
    text = SMALL.read_text(encoding="utf-8")
    at = text.index(start)
    return (text[:at] + text[text.index(end, at + 1) if end else len(text) :]).encode()


def _twice(start: str) -> bytes:
    """The small dump with its end, from a mark on, once more."""
    text = SMALL.read_text(encoding="utf-8")
    return (text + "\n" + text[text.index(start) :]).encode()


def _line_by_line() -> bytes:
    """The small dump with rows behind it that go through three cells on each line."""
    rows = "Sửa cầu Sở Nông nghiệp Ngân sách nhà\nqua suối và Môi trường nước\n" * 9
    return SMALL.read_bytes() + rows.encode()


def _numbered(numbers: Sequence[int]) -> bytes:
    """The small dump with groups I, II, III in appendix 3, each with rows of these numbers."""
    cells = "Mở lớp.\n\nSở Y tế\n\nSở Tài chính\n\nNăm 2027\n\nNgân sách nhà nước\n"
    rows = "\n".join(f"{n}\n{cells}" for n in numbers)
    groups = "\n".join(f"{group}\nViệc chung\n\n{rows}" for group in ("I", "II", "III"))
    header = "TT Nhiệm vụ cụ thể Cơ quan chủ trì Cơ quan phối hợp Thời gian Nguồn kinh phí"
    text = SMALL.read_text(encoding="utf-8")
    first = text.index("PHỤ LỤC 3")
    return (text[:first] + f"PHỤ LỤC 3\nDANH MỤC\n{header}\n" + groups).encode()


_PROSE = "KẾ HOẠCH\nmở chợ làng\n\nI. MỤC ĐÍCH\n1. Mở chợ phiên cho bà con.\n\n".encode()
_HEADER = (
    "TT\nNhiệm vụ cụ thể\nCơ quan chủ trì\nCơ quan phối hợp\nThời gian\nNguồn kinh phí\n\n".encode()
)

DUMPS = [
    Hostile("an empty text", 16, "the text holds no word", _dump(lambda: b"")),
    Hostile(
        "a text of spaces and form feeds",
        16,
        "the text holds no word",
        _dump(lambda: b" \n\f\n \x0c" * 99),
    ),
    Hostile(
        "a text in UTF-16",
        17,
        "UTF-8",
        _dump(lambda: SMALL.read_text(encoding="utf-8").encode("utf-16")),
    ),
    Hostile(
        "a text in a single-byte encoding",
        17,
        "UTF-8",
        _dump(lambda: "Tỉnh ủy".encode("cp1258", errors="replace") + b"\xff\xfe" * 50),
    ),
    Hostile("zeros named .txt", 17, "the file holds binary data", _dump(lambda: bytes(5000))),
    Hostile("a PDF named .txt", 17, "not UTF-8", _dump(pdfs.plain)),
    Hostile(
        "a story named .txt",
        17,
        "no table of tasks, indicators or growth was found in",
        _dump(lambda: "Ngày xửa ngày xưa, có một ông lão đánh cá.\n".encode() * 200),
    ),
    Hostile(
        "a text of one line of a million words",
        10,
        "more than 200000 lines or 400000 words",
        _dump(lambda: b"a " * 1_000_000),
    ),
    Hostile(
        "a text of 100 MB", 10, "larger than 20 MB", _dump(lambda: b"a b c d e\n" * 10_000_000)
    ),
    Hostile(
        "a text in an older font's letters", 17, "from an older font", _dump(_in_older_letters)
    ),
    Hostile(
        "a text that was encoded twice",
        17,
        "Vietnamese in Unicode",
        _dump(lambda: SMALL.read_bytes().decode("latin-1").encode()),
    ),
    Hostile(
        "a text of headers without rows",
        17,
        "no numbered row stands below",
        _dump(
            lambda: "TT\nNhiệm vụ\nCơ quan chủ trì\nThời hạn\nNguồn lực\n".encode() * 30,
            *("extract", "rows", "repair", "tables"),
        ),
    ),
    Hostile(
        "a text with the title of a group and no row below a header",
        17,
        "the header of a table of tasks is there, and no row of it could be read",
        _dump(lambda: _PROSE + _HEADER + "1\nViệc chung của các bản\n".encode()),
    ),
    Hostile(
        "a text with a byte order mark", 0, "", _dump(lambda: b"\xef\xbb\xbf" + SMALL.read_bytes())
    ),
    Hostile(
        "a text with line ends of Windows",
        0,
        "",
        _dump(lambda: SMALL.read_bytes().replace(b"\n", b"\r\n")),
    ),
    Hostile(
        "a text without appendix 3",
        31,
        "the text names appendix 3, and the dump has no table for it",
        _dump(lambda: _without("PHỤ LỤC 3", "")),
    ),
    Hostile(
        "a text that goes line by line through its tables",
        35,
        "names and known phrases are cut by words of the cells beside them",
        _dump(_line_by_line),
    ),
    Hostile(
        "a text whose rows have numbers without order",
        36,
        "can be taken in more than one way",
        _dump(lambda: _numbered((4, 9, 2, 7, 5))),
    ),
    Hostile(
        "a text whose rows are numbered anew in each group",
        0,
        "",
        _dump(lambda: _numbered(range(1, 6))),
        publishes=True,
    ),
    Hostile("a text with appendix 3 twice", 32, "twice", _dump(lambda: _twice("PHỤ LỤC 3"))),
]
