"""The document's file, looked at before anything is read from it."""

from __future__ import annotations

import zlib
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from schemas.errors import DamagedPdf, EncryptedPdf, NoPages, NotAPdf, PageTooLarge
from schemas.file_kinds import other_kind

MOST_PIXELS = 60_000_000  # of a rendered page: A1 at 200 dpi has 31 million
MOST_IMAGE_PIXELS = 250_000_000  # of a picture in the file: A4 at 1200 dpi has 139 million
MOST_PAGES = 2_000
SMALLEST_PAGE = 72.0  # points
# never within what is drawn (ITU T.81, B.1.1.5); some scanners fill up behind it
_JPEG_END, _TAIL = b"\xff\xd9", 4096
_PIECE = 1 << 20  # bytes of pixels that are unpacked at once
_BLOCK, _NOTHING = 8, 128  # lines that are packed together, and the grey of those that are missing


def count_pages(source: Path, dpi: int) -> int:
    """The number of pages of a PDF, which must be readable.

    Raises an InputError that says what is wrong with it.
    """
    _check_head(source)
    try:
        with pdfium.PdfDocument(source) as document:
            if len(document) > MOST_PAGES:
                raise PageTooLarge(
                    f"the PDF has {len(document)} pages, more than {MOST_PAGES}",
                    source.name,
                    "split it",
                )
            for page_no in range(1, len(document) + 1):
                _check_page(document, page_no, dpi, source.name)
            return len(document)
    except pdfium.PdfiumError as error:
        _check_lock(str(error).lower(), source.name)
        if _is_empty(source):
            raise NoPages(
                "the PDF has no pages", source.name, "scan or download the document again"
            ) from error
        raise DamagedPdf(
            "the PDF is damaged", source.name, "scan or download the document again"
        ) from error


def _check_lock(said: str, name: str) -> None:
    """Raise EncryptedPdf where that is why PDFium, in these words, refuses a file."""
    if "password" in said:
        raise EncryptedPdf("the PDF asks for a password", name, "save a copy without one")
    if "security" in said:
        what = "the PDF is locked in another way than by a password, such as for some readers alone"
        raise EncryptedPdf(what, name, "ask whoever locked it for a copy without that")


def _check_head(source: Path) -> None:
    with source.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" not in head:
        told, hint = other_kind(head)
        raise NotAPdf(told, source.name, hint)


def _is_empty(source: Path) -> bool:
    """Whether a PDF that PDFium refuses is whole but has no pages."""
    try:
        with pikepdf.open(source) as document:
            return len(document.pages) == 0
    except pikepdf.PdfError:
        return False


def _check_page(document: pdfium.PdfDocument, page_no: int, dpi: int, name: str) -> None:
    where = f"{name}, page {page_no}"
    try:
        page = document[page_no - 1]
    except pdfium.PdfiumError as error:
        raise DamagedPdf(
            "the page cannot be loaded", where, "scan or download the document again"
        ) from error
    width, height = page.get_size()
    if min(width, height) < SMALLEST_PAGE or width * height * (dpi / 72) ** 2 > MOST_PIXELS:
        raise PageTooLarge(
            f"the page is {width / 72:.1f} by {height / 72:.1f} inches",
            where,
            "print the document on A4 pages",
        )
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        _check_picture(item, where)


def _check_picture(item: pdfium.PdfImage, where: str) -> None:
    """Raise an InputError for a picture that is too large, or whose last lines are missing."""
    across, down = item.get_px_size()
    if across * down > MOST_IMAGE_PIXELS:
        raise PageTooLarge(
            f"a picture of {across} by {down} pixels", where, "scan the page at 300 dpi"
        )
    is_jpeg = item.get_filters(skip_simple=True) == ["DCTDecode"]
    if (is_jpeg and _ends_early(bytes(item.get_data(decode_simple=True)))) or _lacks_lines(item):
        what = "a picture ends before its last line"
        raise DamagedPdf(what, where, "scan or download the document again")


def _lacks_lines(item: pdfium.PdfImage) -> bool:
    """Whether deflated pixels end before their end mark, and more than a few lines before the
    picture's.

    They are unpacked a piece at a time, and no more of them than the picture has as it is drawn: in
    more bits than are stored, perhaps, so that fewer may be all.
    """
    if item.get_filters() != ["FlateDecode"]:
        return False
    (width, height), drawn = item.get_px_size(), item.get_metadata().bits_per_pixel
    most = _line_bytes(width, drawn) * (height - _BLOCK)
    unpacker, data, count = zlib.decompressobj(), bytes(item.get_data(decode_simple=False)), 0
    try:
        while count < most and data and not unpacker.eof:
            count += len(unpacker.decompress(data, _PIECE))
            data = unpacker.unconsumed_tail
    except zlib.error:  # PDFium goes on where it can; damaged pixels are no missing lines
        return False
    whole = {_line_bytes(width, bits) * height for bits in range(1, drawn)}
    # a predictor has one byte more in each line
    return count < most and not unpacker.eof and not {count, count - height} & whole


def _line_bytes(width: int, bits: int) -> int:
    return (width * bits + 7) // 8


def _ends_early(jpeg: bytes) -> bool:
    """Whether lines of a JPEG are missing at its end, where decoders draw a grey field.

    One that ends without its end mark, as some programs leave it, may be whole.
    """
    if _JPEG_END in jpeg[-_TAIL:]:
        return False
    data = np.frombuffer(jpeg + _JPEG_END, np.uint8)
    try:
        drawn = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        return False
    return drawn is not None and bool((drawn[-_BLOCK:] == _NOTHING).all())
