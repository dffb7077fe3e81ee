"""The text that a PDF carries itself, through pdfplumber.

The layer of an earlier OCR engine, or the vector text of a page that was never scanned.

Long: the one place that runs pdfplumber, from the file to words in blocks.
"""

from __future__ import annotations

import io
import logging
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import atan2, degrees
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2 as pdfium
from pdfminer.layout import LTChar, LTContainer, LTImage
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import stream_value
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pdfplumber.utils.text import extract_words

from extract.alphabet import is_alien, is_vietnamese, with_own_d
from extract.engines.scan_layer import Box, Letter, PageText, scan_text

LayerWord = tuple[str, float, float, float, float]  # text, x0, top, x1, bottom

_DAMAGE = (  # what pdfminer raises on objects that are not what the standard says
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    struct.error,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    pikepdf.PdfError,
)
_ENOUGH = 20  # words that a page has which is vector text in spite of pictures
# bytes of drawing on a page, unpacked; text has 0.1 million, and pdfminer reads half a million in a
# second
_MOST_CONTENT = 4_000_000

log = logging.getLogger(__name__)
# its warnings repeat what stands on the page
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class TextLayer:
    """A page's own words (boxes in points of the unturned page) and whether they are the page
    itself rather than a layer under a scan.

    ``turn``: degrees clockwise by which the page must be turned for its words to stand upright.
    ``sideways``: by other such degrees the words that then stand upright, such as turned labels
    of columns.
    """

    width: float
    height: float
    is_vector: bool
    words: tuple[LayerWord, ...]
    turn: int = 0
    sideways: tuple[tuple[int, tuple[LayerWord, ...]], ...] = ()


def read_layer(source: Path, page_no: int) -> TextLayer:
    """The words that page ``page_no`` (from 1) of a PDF carries.

    None where it carries no text, or text that is damaged or in no known alphabet.
    """
    return page_to_layer(page_with_text(source, page_no), page_no)


def page_with_text(source: Path, page_no: int) -> bytes:
    """Page ``page_no`` as a PDF by itself, with all that its text layer is read from.

    Empty where it carries no text or is damaged. It is cut out because pdfminer, to find a page in
    the whole file, goes through all pages before it, which in a long document takes seconds.
    """
    drawn_turn = _turn_of_text(source, page_no)
    if drawn_turn is None:
        return b""
    try:
        with pikepdf.open(source) as document, pikepdf.new() as page:
            page.pages.append(document.pages[page_no - 1])
            _settle_turn(page.pages[0], drawn_turn)
            alone = _saved(page)
        with pikepdf.open(io.BytesIO(alone)) as page:
            # the second time all files that hold the same page are alike, whatever program packed
            # its content
            return _saved(page)
    except _DAMAGE as error:
        _leave_out(page_no, error)
        return b""


def _saved(document: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    # one that is made new each time would make each save another
    document.save(target, static_id=True)
    return target.getvalue()


def page_to_layer(alone: bytes, page_no: int) -> TextLayer:
    """The words of a page that was cut out as a PDF by itself; ``page_no`` is its number before."""
    if alone:
        try:
            return _text_to_layer(scan_text(alone) or _read_with_pdfplumber(alone))
        except _DAMAGE as error:
            _leave_out(page_no, error)
    return TextLayer(1.0, 1.0, is_vector=False, words=())


def _read_with_pdfplumber(alone: bytes) -> PageText:
    """The text of any page. Raises one of `_DAMAGE`."""
    with pdfplumber.open(io.BytesIO(alone)) as document:
        page = document.pages[0]
        contents = page.page_obj.contents
        if sum(len(stream_value(content).get_data()) for content in contents) > _MOST_CONTENT:
            raise ValueError("more than a page can hold")
        objects = list(_flat(page.layout))
        width, height = float(page.width), float(page.height)
        # some scanners cut a page into strips
        pictured = sum(_area(_box_of(item, page)) for item in objects if isinstance(item, LTImage))
        letters = tuple(_to_letter(item, page) for item in objects if isinstance(item, LTChar))
        return PageText(letters, width, height, pictured / (width * height))


def _leave_out(page_no: int, error: Exception) -> None:
    log.warning(
        "page %d: its text layer is damaged (%s) and left out", page_no, type(error).__name__
    )


def _turn_of_text(source: Path, page_no: int) -> int | None:
    """By how many degrees PDFium turns a page on which it sees any letter; None where it sees none.

    It tells that in no time.
    """
    try:
        with pdfium.PdfDocument(source) as document:
            page = document[page_no - 1]
            return page.get_rotation() if page.get_textpage().count_chars() else None
    except pdfium.PdfiumError:
        return 0


def _settle_turn(page: pikepdf.Page, drawn: int) -> None:
    """Turn a page as it is drawn, where its own number for that is none that the standard knows.

    Programs make different things of 91 or 90.0: letters would lie across the drawn page.
    """
    told = page.obj.get("/Rotate", 0)
    if not isinstance(told, int) or told % 90:
        page.obj.Rotate = drawn


def _text_to_layer(page: PageText) -> TextLayer:
    counts = Counter(letter.turn for letter in page.letters)
    turn = counts.most_common(1)[0][0] if counts else 0
    by_turn = {own: _upright_words(page, own) for own in dict.fromkeys([turn, *counts])}
    words = by_turn.pop(turn)
    if not is_vietnamese([word[0] for word in words]):
        return TextLayer(page.width, page.height, is_vector=False, words=())
    is_vector = bool(words) and page.pictured < (0.5 if len(words) >= _ENOUGH else 0.05)
    # a heading in an older font
    own = words if is_vector else tuple(word for word in words if not is_alien(word[0]))
    return TextLayer(page.width, page.height, is_vector, own, turn, tuple(by_turn.items()))


def _upright_words(page: PageText, turn: int) -> tuple[LayerWord, ...]:
    """The words of letters that stand upright once the page is turned by so many degrees."""
    size = (page.width, page.height)
    moved = [_turned_char(letter, size) for letter in page.letters if letter.turn == turn]
    if not moved:
        return ()
    found = extract_words(
        moved, x_tolerance=1.5, y_tolerance=3, keep_blank_chars=False, use_text_flow=True
    )
    turned_size = size if turn % 180 == 0 else size[::-1]
    return tuple(
        (
            with_own_d(unicodedata.normalize("NFC", w["text"])),
            *turn_box((w["x0"], w["top"], w["x1"], w["bottom"]), (360 - turn) % 360, turned_size),
        )
        for w in found
    )


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    """All that stands on a page, as pdfminer's own objects.

    That takes a fourth less time than pdfplumber's records of them.
    """
    for item in items:
        if isinstance(item, LTContainer):
            yield from _flat(item)
        else:
            yield item


def _box_of(item: Any, page: pdfplumber.page.Page) -> Box:
    """The box of one of pdfminer's objects as pdfplumber gives it: from the top of the page."""
    left, top = page.mediabox[:2]
    return item.x0 + left, page.height - item.y1 + top, item.x1 + left, page.height - item.y0 + top


def _area(box: Box) -> float:
    return abs((box[2] - box[0]) * (box[3] - box[1]))


def _turn_of(char: Any) -> int:
    """The degrees clockwise by which a letter must be turned to stand upright."""
    return round(degrees(atan2(char.matrix[1], char.matrix[0])) / 90) * 90 % 360


def turn_box(box: Box, turn: int, size: tuple[float, float]) -> Box:
    """A box on a page of this width and height as it lies after the page was turned clockwise.

    ``turn`` is 0, 90, 180 or 270 degrees.
    """
    (x0, top, x1, bottom), (width, height) = box, size
    for _ in range(turn // 90):
        x0, top, x1, bottom = height - bottom, x0, height - top, x1
        width, height = height, width
    return x0, top, x1, bottom


def _to_letter(char: LTChar, page: pdfplumber.page.Page) -> Letter:
    x0, top, x1, bottom = _box_of(char, page)
    left, upper = (float(side) for side in page.bbox[:2])
    box = (x0 - left, top - upper, x1 - left, bottom - upper)
    return Letter(char.get_text(), box, _turn_of(char))


def _turned_char(letter: Letter, size: tuple[float, float]) -> dict[str, Any]:
    """A letter in the form that pdfplumber joins to words, its box as it lies after turning the
    page.
    """
    x0, top, x1, bottom = turn_box(letter.box, letter.turn, size)
    return {
        "text": letter.text,
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "doctop": top,
        "upright": True,
    }
