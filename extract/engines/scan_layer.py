"""The letters of a layer under a scan, through PDFium: the same as pdfplumber's, in an eighth of
the time. Vector text, which is published as it stands, is pdfplumber's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import atan2, degrees

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
_SCANNED = 0.5  # of a page's area under pictures: its text is surely a layer
_PICTURES = 100  # pictures of a page that are looked at
_MOST_LETTERS = 100_000  # a page of small print holds 10,000
_NO_LETTER = "\ufffd"


@dataclass(frozen=True)
class Letter:
    """A letter of a page, its box in points from the page's upper left corner.

    ``turn``: degrees clockwise by which it must be turned to stand upright.
    """

    text: str
    box: Box
    turn: int


@dataclass(frozen=True)
class PageText:
    """A page's letters in the order of its file, its width and height in points, and the share of
    it that lies under pictures.
    """

    letters: tuple[Letter, ...]
    width: float
    height: float
    pictured: float


def scan_text(alone: bytes) -> PageText | None:
    """The text of a page, given as a PDF by itself, that is a scan; None where it may be none.

    None also for a page that is turned or cropped: pdfplumber knows what that does to places.
    """
    try:
        with pdfium.PdfDocument(alone) as document:
            page = document[0]
            width, height = page.get_size()
            if not _is_plain(page, width, height):
                return None
            pictured = _under_pictures(page) / (width * height)
            if pictured < _SCANNED:
                return None
            letters = tuple(_letters(page.get_textpage(), height))
            return PageText(letters, width, height, pictured)
    except pdfium.PdfiumError:
        return None


def _is_plain(page: pdfium.PdfPage, width: float, height: float) -> bool:
    whole = (0.0, 0.0, width, height)
    boxes = (page.get_mediabox(), page.get_cropbox())
    return page.get_rotation() == 0 and all(
        abs(side - wanted) < 0.01 for box in boxes for side, wanted in zip(box, whole, strict=True)
    )


def _under_pictures(page: pdfium.PdfPage) -> float:
    """The area in square points of the pictures that lie on the page itself, not in its forms."""
    pictures = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=1)
    bounds = (picture.get_bounds() for picture in islice(pictures, _PICTURES))
    return float(sum(abs((right - left) * (top - bottom)) for left, bottom, right, top in bounds))


def _letters(text: pdfium.PdfTextPage, height: float) -> Iterator[Letter]:
    """The letters that stand in the file: spaces that PDFium adds are none."""
    rect, matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
    for place in range(min(text.count_chars(), _MOST_LETTERS)):
        if pdfium_c.FPDFText_IsGenerated(text, place) == 1:
            continue
        pdfium_c.FPDFText_GetLooseCharBox(text, place, rect)
        pdfium_c.FPDFText_GetMatrix(text, place, matrix)
        turn = round(degrees(atan2(matrix.b, matrix.a)) / 90) * 90 % 360
        box = (rect.left, height - rect.top, rect.right, height - rect.bottom)
        yield Letter(_character(text, place), box, turn)


def _character(text: pdfium.PdfTextPage, place: int) -> str:
    """A letter, or the sign for none: PDFium tells halves of letters and zeros too."""
    code = pdfium_c.FPDFText_GetUnicode(text, place)
    is_letter = 0 < code < 0xD800 or 0xE000 <= code < 0x110000
    return chr(code) if is_letter else _NO_LETTER
