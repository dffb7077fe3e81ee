"""A plain-text dump of a programme's OCR layer as pages, blocks and words.

A line's number in the file stands for its place on the page.

Long: decoding, pages and frames of one kind of file; each part is short and used by the next alone.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import regex
from rapidfuzz import fuzz

from extract.alphabet import is_vietnamese
from schemas.errors import BlankDocument, InputError, NotAProgramme
from schemas.frames import Blocks, Pages, Words
from schemas.witnesses import DUMP

MAX_BYTES = 20_000_000  # 60 pages are 0.2 MB
MAX_LINES = 200_000
MAX_WORDS = 400_000
MAX_WORD = 300  # letters; a longer run without a space is no text
_NOTICES = (
    "tai lieu nay thuoc so huu cua cac co quan dang",
    "viec phat tan su dung trai phep bi nghiem cam",
)
_NOTICE_LIKENESS = 75.0  # of 100
_NUMBER_LINE = regex.compile(r"^\W*([0-9]{1,3})\W*$")
_LONE_SPACE = regex.compile(r"^ \S")
# the share of the lines that may begin with a lone space where it stands for a form feed
_RARE = 0.04
_FEW_BREAKS = 2
_BARS_OF_SPECKS = 1  # a line with one bar has a letter or a speck for it
_LEAST_PAGE = 15  # lines between two page numbers, at least
_CONTROL = regex.compile(r"[\p{Cc}\p{Cf}\p{Co}\p{Cn}--[\t\n\f]]", flags=regex.V1)
_HEAVY = regex.compile(r"[à-ỹđÀ-ỸĐ]")


@dataclass(frozen=True)
class DumpLine:
    """A line with something on it: its number in the file from 1, and its words."""

    line_no: int
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(self.words)


def read_dump(source: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The Pages, Blocks and Words of a ``.txt``; raises InputError for what is no Vietnamese text.

    A page has width 1, the number of its lines as height, and one block. A word's top and bottom
    are the number of its line in the file, its x0 and x1 are 0.
    """
    return text_to_frames(
        decode_dump(
            source.read_bytes() if source.stat().st_size <= MAX_BYTES else _too_large(source),
            str(source),
        ),
        str(source),
    )


def decode_dump(content: bytes, where: str = "") -> str:
    r"""The text of a UTF-8 file (with or without byte order mark), in NFC, with ``\n`` between
    lines.

    Of control characters only form feeds stay.
    """
    if len(content) > MAX_BYTES:
        _too_large(Path(where))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAProgramme(
            "the file is not UTF-8 text", where, "convert it, for example with `iconv -t UTF-8`"
        ) from error
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\v", "\n")
        .replace("\u0085", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    if "\0" in text:
        raise NotAProgramme(
            "the file holds binary data", where, "give a PDF the name .pdf, or make a text of it"
        )
    return unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\u00ad", "")))


def text_to_frames(text: str, where: str = "") -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Pages, Blocks and Words of a decoded text."""
    pages = split_pages(text)
    lines = [line for page in pages for line in page]
    _check_size(lines, where)
    if not any(letter.isalnum() for line in lines for word in line.words for letter in word):
        raise BlankDocument("the text holds no word", where, "check the file")
    if not _HEAVY.search(text):
        raise NotAProgramme(
            "the text holds no Vietnamese letter",
            where,
            "dump it again in UTF-8 with its marks; a text without them cannot be published",
        )
    if not is_vietnamese([word for line in lines for word in line.words]):
        raise NotAProgramme(
            "hardly a word of the text is Vietnamese in Unicode",
            where,
            "convert it from an older font's letters (TCVN3, VNI) or from what a wrong encoding "
            "made of it, or dump it again in UTF-8 with its marks",
        )
    return _frames(pages)


def _too_large(source: Path) -> bytes:
    raise InputError(
        f"the text is larger than {MAX_BYTES // 1_000_000} MB",
        str(source),
        "a programme of 60 pages is 0.2 MB: check the file",
    )


def _check_size(lines: Sequence[DumpLine], where: str) -> None:
    if len(lines) > MAX_LINES or sum(len(line.words) for line in lines) > MAX_WORDS:
        raise InputError(
            f"the text has more than {MAX_LINES} lines or {MAX_WORDS} words",
            where,
            "check the file",
        )
    long = next((line for line in lines if any(len(word) > MAX_WORD for word in line.words)), None)
    if long is not None:
        raise NotAProgramme(
            f"a run of more than {MAX_WORD} characters without a space",
            f"{where} line {long.line_no}",
            "check the file",
        )


def split_pages(text: str) -> list[list[DumpLine]]:
    """The lines of each page: a page ends with a form feed or a handling notice.

    Where there are neither, a page begins with a number that follows the last page's number.
    """
    pages: list[list[DumpLine]] = [[]]
    lines = list(_lines(text))
    breaks = sum(after_feed or is_notice(line.text) for line, after_feed in lines)
    starts = _numbered_pages([line for line, _ in lines]) if breaks < _FEW_BREAKS else set()
    for line, after_feed in lines:
        if pages[-1] and (after_feed or line.line_no in starts):
            pages.append([])
        pages[-1].append(line)
        if is_notice(line.text):
            pages.append([])
    return [page for page in pages if page]


def _lines(text: str) -> Iterator[tuple[DumpLine, bool]]:
    """Each line that is not blank, and whether a form feed stands before it.

    Some programs turn the form feed into a lone space, which counts where the text has none.
    """
    after_feed = False
    rows = text.split("\n")
    spaced = sum(_LONE_SPACE.match(row) is not None for row in rows)
    is_rare = spaced <= _RARE * sum(bool(row.strip()) for row in rows)
    spaces_are_feeds = is_rare and "\f" not in text
    for number, raw in enumerate(rows, 1):
        for i, piece in enumerate(raw.split("\f")):
            after_feed = (
                after_feed or i > 0 or (spaces_are_feeds and _LONE_SPACE.match(piece) is not None)
            )
            words = tuple(_unglued(piece).split())
            if words:
                yield DumpLine(number, words), after_feed
                after_feed = False


def _unglued(line: str) -> str:
    """A line with its bars apart from its words where they part cells: ``|1|Sở Y tế|``."""
    return line.replace("|", " | ") if line.count("|") > _BARS_OF_SPECKS else line


def is_notice(text: str) -> bool:
    """Whether a line ends with the handling notice of Party documents, however misread."""
    key = _fold(text)
    return (
        len(key) >= 20
        and fuzz.partial_ratio(_NOTICES[1], key[-len(_NOTICES[1]) - 10 :]) >= _NOTICE_LIKENESS
    )


def _fold(text: str) -> str:
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", text.casefold())
        if not unicodedata.combining(letter)
    )
    return " ".join(regex.sub(r"[^a-z0-9]+", " ", bare.replace("đ", "d")).split())


def _numbered_pages(lines: Sequence[DumpLine]) -> set[int]:
    """The lines that are page numbers: numbers alone that count up by one, a page's length
    apart.

    Where the next number often stands nearer too, they are numbers of rows.
    """
    found: set[int] = set()
    last, place, nearer = 1, 0, 0
    for index, line in enumerate(lines):
        number = _NUMBER_LINE.match(line.text)
        if number is None or int(number[1]) != last + 1:
            continue
        if index - place < _LEAST_PAGE:
            nearer += 1
            continue
        found.add(line.line_no)
        last, place = last + 1, index
    return found if len(found) >= 3 and 2 * nearer < len(found) else set()


def _frames(pages: Sequence[Sequence[DumpLine]]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    page_rows, block_rows, word_rows = [], [], []
    for page_no, lines in enumerate(pages, 1):
        page_rows.append(_page_row(page_no, lines))
        block_rows.append(_block_row(page_no, lines))
        word_rows += list(_word_rows(page_no, lines))
    return (
        Pages.validate(pd.DataFrame(page_rows, columns=list(Pages.to_schema().columns))),
        Blocks.validate(pd.DataFrame(block_rows, columns=list(Blocks.to_schema().columns))),
        Words.validate(pd.DataFrame(word_rows, columns=list(Words.to_schema().columns))),
    )


def _page_row(page_no: int, lines: Sequence[DumpLine]) -> dict[str, Any]:
    digest = hashlib.sha256("\n".join(line.text for line in lines).encode()).hexdigest()
    return {
        "page_no": page_no,
        "width": 1.0,
        "height": float(len(lines)),
        "turn": 0,
        "skew": 0.0,
        "warp": "",
        "source": "dump",
        "sha256": digest,
    }


def _block_row(page_no: int, lines: Sequence[DumpLine]) -> dict[str, Any]:
    place = {"table_no": 0, "row": 0, "column": 0, "row_span": 1, "column_span": 1, "inked": True}
    return {
        "page_no": page_no,
        "block_no": 1,
        **place,
        "x0": 0.0,
        "top": float(lines[0].line_no),
        "x1": 0.0,
        "bottom": float(lines[-1].line_no),
    }


def _word_rows(page_no: int, lines: Sequence[DumpLine]) -> Iterator[dict[str, Any]]:
    for line_no, line in enumerate(lines, 1):
        place = {"x0": 0.0, "top": float(line.line_no), "x1": 0.0, "bottom": float(line.line_no)}
        for word_no, word in enumerate(line.words, 1):
            yield {
                "page_no": page_no,
                "block_no": 1,
                "witness": DUMP,
                "line_no": line_no,
                "word_no": word_no,
                "text": word,
                "confidence": 1.0,
                **place,
            }
