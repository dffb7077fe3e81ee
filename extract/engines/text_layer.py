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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan2, degrees
from pathlib import Path
from typing import Any

import numpy as np
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
from extract.engines.seen_word import SeenWord
from extract.image.grid import GridCell
from extract.image.page_image import PageImage

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
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
_TRUST = 0.9  # the confidence of a layer's words, which tell none of their own
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
    """

    width: float
    height: float
    is_vector: bool
    words: tuple[LayerWord, ...]
    turn: int = 0


def read_layer(source: Path, page_no: int) -> TextLayer:
    """The words that page ``page_no`` (from 1) of a PDF carries.

    None where it carries no text, or text that is damaged or in no known alphabet.
    """
    return page_to_layer(page_with_text(source, page_no), page_no)


def page_with_text(source: Path, page_no: int) -> bytes:
    """Page ``page_no`` as a PDF by itself: all that its text layer is read from.

    Empty where it carries no text, or is damaged.

    To find the page in the whole file, pdfminer goes through all pages before it, which in a long
    document takes seconds.
    """
    if not _has_text(source, page_no):
        return b""
    try:
        with pikepdf.open(source) as document, pikepdf.new() as page:
            page.pages.append(document.pages[page_no - 1])
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
    """The words of a page that stands in a PDF by itself.

    ``page_no`` is the number that it has in its document.
    """
    if alone:
        try:
            with pdfplumber.open(io.BytesIO(alone)) as document:
                page = document.pages[0]
                if (
                    sum(len(stream_value(content).get_data()) for content in page.page_obj.contents)
                    > _MOST_CONTENT
                ):
                    raise ValueError("more than a page can hold")
                return _page_to_layer(page)
        except _DAMAGE as error:
            _leave_out(page_no, error)
    return TextLayer(1.0, 1.0, is_vector=False, words=())


def _leave_out(page_no: int, error: Exception) -> None:
    log.warning(
        "page %d: its text layer is damaged (%s) and left out", page_no, type(error).__name__
    )


def _has_text(source: Path, page_no: int) -> bool:
    """Whether PDFium sees any letter on a page, which it tells in no time."""
    try:
        with pdfium.PdfDocument(source) as document:
            return bool(document[page_no - 1].get_textpage().count_chars())
    except pdfium.PdfiumError:
        return True


def _page_to_layer(page: pdfplumber.page.Page) -> TextLayer:
    x0, top = float(page.bbox[0]), float(page.bbox[1])
    width, height = float(page.width), float(page.height)
    objects = list(_flat(page.layout))
    chars = [item for item in objects if isinstance(item, LTChar)]
    turn = _text_turn(chars)
    moved = [
        _turned_char(char.get_text(), _box_of(char, page), turn, (width, height), (x0, top))
        for char in chars
    ]
    found = (
        extract_words(
            moved, x_tolerance=1.5, y_tolerance=3, keep_blank_chars=False, use_text_flow=True
        )
        if moved
        else []
    )
    size = (width, height) if turn % 180 == 0 else (height, width)
    words = tuple(
        (
            with_own_d(unicodedata.normalize("NFC", w["text"])),
            *turn_box((w["x0"], w["top"], w["x1"], w["bottom"]), (360 - turn) % 360, size),
        )
        for w in found
    )
    if not is_vietnamese([word[0] for word in words]):
        return TextLayer(width, height, is_vector=False, words=())
    # some scanners cut a page into strips
    pictured = sum(_area(_box_of(item, page)) for item in objects if isinstance(item, LTImage))
    is_vector = bool(words) and pictured / (width * height) < (
        0.5 if len(words) >= _ENOUGH else 0.05
    )
    # a heading in an older font
    own = words if is_vector else tuple(word for word in words if not is_alien(word[0]))
    return TextLayer(width, height, is_vector, own, turn)


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    """All that stands on a page as pdfminer has it, which takes a fourth less time than
    pdfplumber's own records of it.
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


def _text_turn(chars: Sequence[Any]) -> int:
    """The degrees clockwise by which most letters must be turned to stand upright."""
    turns = Counter(
        round(degrees(atan2(char.matrix[1], char.matrix[0])) / 90) * 90 % 360 for char in chars
    )
    return turns.most_common(1)[0][0] if turns else 0


def turn_box(box: Box, turn: int, size: tuple[float, float]) -> Box:
    """A box on a page of this width and height, as it lies after the page was turned clockwise
    by 0, 90, 180 or 270 degrees.
    """
    (x0, top, x1, bottom), (width, height) = box, size
    for _ in range(turn // 90):
        x0, top, x1, bottom = height - bottom, x0, height - top, x1
        width, height = height, width
    return x0, top, x1, bottom


def _turned_char(
    text: str, box: Box, turn: int, size: tuple[float, float], corner: tuple[float, float]
) -> dict[str, Any]:
    """A letter as pdfplumber joins them to words, its box as it lies after turning the page,
    measured from the page's corner.
    """
    own = (box[0] - corner[0], box[1] - corner[1], box[2] - corner[0], box[3] - corner[1])
    x0, top, x1, bottom = turn_box(own, turn, size)
    return {
        "text": text,
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "doctop": top,
        "upright": True,
    }


def layer_on_page(layer: TextLayer, page: PageImage) -> list[SeenWord]:
    """The layer's words with their boxes in pixels of the straightened page, their lines not
    yet told.
    """
    placed = (
        (text, _to_page((x0, top, x1, bottom), layer, page))
        for text, x0, top, x1, bottom in layer.words
        if text.strip()
    )
    return [SeenWord(1, n, text, _TRUST, *box) for n, (text, box) in enumerate(placed, 1)]


def words_to_blocks(
    words: Iterable[SeenWord], cells: Sequence[GridCell]
) -> dict[int, list[SeenWord]]:
    """Words of a page by the index of the cell that holds their middle, in lines and in reading
    order.
    """
    by_cell: dict[int, list[SeenWord]] = {}
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        index = next(
            (
                i
                for i, cell in enumerate(cells)
                if cell.x0 <= x < cell.x1 and cell.top <= y < cell.bottom
            ),
            None,
        )
        if index is not None:
            by_cell.setdefault(index, []).append(word)
    return {index: list(_in_lines(found)) for index, found in by_cell.items()}


def _to_page(box: Box, layer: TextLayer, page: PageImage) -> Box:
    """A box in points of the page as filed, as the pixels where it stands after turning and
    straightening; its size is kept.
    """
    size = (layer.width * page.zoom, layer.height * page.zoom)
    x0, top, x1, bottom = turn_box(
        (box[0] * page.zoom, box[1] * page.zoom, box[2] * page.zoom, box[3] * page.zoom),
        page.turn,
        size,
    )
    width, height = size if page.turn % 180 == 0 else size[::-1]
    angle = np.radians(page.skew)
    dx, dy = (x0 + x1 - width) / 2, (top + bottom - height) / 2
    x, y = (
        width / 2 + dx * np.cos(angle) + dy * np.sin(angle),
        height / 2 - dx * np.sin(angle) + dy * np.cos(angle),
    )
    if page.warp is not None:
        ((x, y),) = page.warp.target(np.array([[x, y]]), (width, height)).tolist()
    across, down = (x1 - x0) / 2, (bottom - top) / 2
    return (
        (x - across) / page.scale,
        (y - down) / page.scale,
        (x + across) / page.scale,
        (y + down) / page.scale,
    )


def _in_lines(words: Iterable[SeenWord]) -> Iterator[SeenWord]:
    """Words as lines from top to bottom.

    A word belongs to the line whose last word it overlaps by half of its height.
    """
    lines: list[list[SeenWord]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        line = next(
            (line for line in reversed(lines) if line[-1].top < middle < line[-1].bottom), None
        )
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    for line_no, line in enumerate(lines, 1):
        for word_no, word in enumerate(sorted(line, key=lambda word: word.x0), 1):
            yield replace(word, line_no=line_no, word_no=word_no)
