"""Pieces of the scanned pages as pictures; the one place of this package that renders a PDF.

A page is turned and straightened again by what ``work/extract/pages.parquet`` says, so that boxes
of cells fit it.
"""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pandas as pd
import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from audit.published.folder import Box, records
from schemas.errors import DamagedPdf
from schemas.warp import Warp


class Turns(NamedTuple):
    """What made a page upright, straight and flat."""

    turn: int = 0  # degrees clockwise
    skew: float = 0.0  # then degrees counter-clockwise
    warp: str = ""  # then a warp
    width: float = 0.0  # in points of the page so made; 0: as the file says


UPRIGHT = Turns()
POINTS_PER_INCH = 72
DPI = 130  # of pieces: tone marks can be told apart
STRIP_DPI = 200  # of the line around a doubtful word: near the scan's own, shown at 2 to 3 times
SHEET_DPI = 100  # of whole pages on which something is in doubt: a review page of 40 stays small
THUMBNAIL_DPI = 24  # of the others
KEPT = 20  # pages, of 4 MB each
KEPT_PIECES = 1000  # of some 8 KB each
KEPT_THUMBNAILS = 200  # of some 2 KB each
_MARGIN_X, _MARGIN_Y = 24.0, 10.0  # points of the page shown around a cell, more around a small one
_LEAST_WIDTH, _LEAST_HEIGHT = 260.0, 64.0
_QUALITY = 42  # WebP: grey noise of a scan goes, strokes stay


@dataclass(frozen=True)
class Piece:
    """A piece of a page; the outline is the cell's box within the picture, in its pixels."""

    picture: Image.Image
    page_no: int
    outline: tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """A picture as a data URL, with its width and height in pixels."""

    image: str
    size: tuple[int, int]


@dataclass(frozen=True)
class Scan:
    """A PDF with what straightens its pages: by the number of each page."""

    source: Path
    version: int  # when the file was written, in nanoseconds
    turns: Mapping[int, Turns]

    def page(self, page_no: int, dpi: float = DPI) -> Image.Image:
        """A page (from 1) in grey, upright and straight; the last ones asked for are kept."""
        return _straight_page(
            self.source, self.version, page_no, dpi, self.turns.get(page_no, UPRIGHT)
        )

    def strip(self, crop: Box) -> Drawn:
        """A piece of a page, for a box that has a position; the last ones asked for are kept."""
        return _strip(self.source, self.version, crop, self.turns.get(crop.page_no, UPRIGHT))

    def sheet(self, page_no: int) -> Drawn:
        """A page to be looked at closely; the last ones asked for are kept."""
        return _sheet(self.source, self.version, page_no, self.turns.get(page_no, UPRIGHT))

    def thumbnail(self, page_no: int) -> Drawn:
        """A page small, for an overview; the last ones asked for are kept."""
        return _thumbnail(self.source, self.version, page_no, self.turns.get(page_no, UPRIGHT))


@lru_cache(maxsize=KEPT)
def _sheet(source: Path, version: int, page_no: int, lie: Turns) -> Drawn:
    page = _straight_page(source, version, page_no, STRIP_DPI, lie)
    width, height = (max(1, round(side * SHEET_DPI / STRIP_DPI)) for side in page.size)
    return _to_drawn(page.resize((width, height), Image.Resampling.BOX))


@lru_cache(maxsize=KEPT_PIECES)
def _strip(source: Path, version: int, crop: Box, lie: Turns) -> Drawn:
    page = _straight_page(source, version, crop.page_no, STRIP_DPI, lie)
    scale = STRIP_DPI / POINTS_PER_INCH
    left, top, right, bottom = (
        round((side or 0.0) * scale) for side in (crop.x0, crop.top, crop.x1, crop.bottom)
    )
    return _to_drawn(page.crop((left, top, max(right, left + 1), max(bottom, top + 1))))


@lru_cache(maxsize=KEPT_THUMBNAILS)
def _thumbnail(source: Path, _version: int, page_no: int, lie: Turns) -> Drawn:
    return _to_drawn(_straight(source, page_no, THUMBNAIL_DPI, lie))


def _to_drawn(picture: Image.Image) -> Drawn:
    return Drawn(to_data_url(picture), picture.size)


@lru_cache(maxsize=KEPT)
def _straight_page(
    source: Path,
    _version: int,
    page_no: int,
    dpi: float,
    lie: Turns,
) -> Image.Image:
    return _straight(source, page_no, dpi, lie)


def _straight(source: Path, page_no: int, dpi: float, lie: Turns) -> Image.Image:
    with _opened(source) as document:
        page = document[page_no - 1]
        across = page.get_height() if lie.turn % 180 else page.get_width()
        zoom = lie.width / across if lie.width else 1.0
        bitmap = page.render(
            scale=dpi * zoom / POINTS_PER_INCH, grayscale=True, may_draw_forms=False
        )
        upright = bitmap.to_pil().convert("L")
    upright = upright.rotate(-lie.turn, expand=True) if lie.turn else upright
    straight = _straightened(upright, lie.skew) if lie.skew else upright
    flattening = Warp.from_text(lie.warp)
    return straight if flattening is None else _flattened(straight, flattening, dpi)


def _straightened(page: Image.Image, degrees: float) -> Image.Image:
    matrix = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), degrees, 1.0)
    grey = np.asarray(page)
    return Image.fromarray(cv2.warpAffine(grey, matrix, page.size, borderValue=int(grey[2, 2])))


def _flattened(page: Image.Image, warp: Warp, dpi: float) -> Image.Image:
    grey = np.asarray(page)
    places = warp.places(grey.shape, POINTS_PER_INCH / dpi)
    across, down = cv2.split(places)  # as one map, OpenCV 5 takes linear steps to blank pictures
    return Image.fromarray(
        cv2.remap(grey, across, down, cv2.INTER_LINEAR, borderValue=int(grey[2, 2]))
    )


def scan_of(source: Path, pages: pd.DataFrame) -> Scan:
    """A scan ready for rendering; ``pages`` is the table Pages; raises DamagedPdf."""
    with _opened(source):
        turns = {
            int(page.page_no): Turns(
                int(page.turn), float(page.skew), str(page.warp), float(page.width)
            )
            for page in records(pages)
        }
        return Scan(source, source.stat().st_mtime_ns, turns)


@contextmanager
def _opened(source: Path) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        raise DamagedPdf(
            "the PDF cannot be opened",
            source.name,
            "look whether it is the file that was extracted",
        ) from error
    try:
        yield document
    finally:
        document.close()


def has_position(box: Box) -> bool:
    """Whether a box stands on a page's picture (a text dump has lines only)."""
    return None not in (box.x0, box.top, box.x1, box.bottom)


def cut(page: Image.Image, box: Box, dpi: float = DPI) -> Piece:
    """The piece of a page around a box that has a position."""
    scale = dpi / POINTS_PER_INCH
    sides = [(side or 0.0) * scale for side in (box.x0, box.top, box.x1, box.bottom)]
    across = max(_MARGIN_X * scale, (_LEAST_WIDTH * scale - sides[2] + sides[0]) / 2)
    down = max(_MARGIN_Y * scale, (_LEAST_HEIGHT * scale - sides[3] + sides[1]) / 2)
    left, top = max(0, int(sides[0] - across)), max(0, int(sides[1] - down))
    right, bottom = min(page.width, int(sides[2] + across)), min(page.height, int(sides[3] + down))
    pad = 2 * scale
    outline = (
        sides[0] - left - pad,
        sides[1] - top - pad,
        sides[2] - left + pad,
        sides[3] - top + pad,
    )
    return Piece(
        page.crop((left, top, max(right, left + 1), max(bottom, top + 1))), box.page_no, outline
    )


def outlined(piece: Piece) -> Image.Image:
    """The piece in colour with the cell's outline drawn."""
    picture = piece.picture.convert("RGB")
    ImageDraw.Draw(picture).rectangle(piece.outline, outline=(179, 38, 30), width=2)
    return picture


def stacked(pictures: Sequence[Image.Image]) -> Image.Image:
    """Pictures one below the other."""
    whole = Image.new(
        "RGB",
        (max(p.width for p in pictures), sum(p.height + 6 for p in pictures)),
        (255, 255, 255),
    )
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height + 6
    return whole


def to_data_url(picture: Image.Image) -> str:
    """A picture as a small WebP that stands inside a page."""
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=_QUALITY, method=2)
    return "data:image/webp;base64," + b64encode(buffer.getvalue()).decode("ascii")


def to_png(picture: Image.Image) -> bytes:
    """A picture as PNG."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
