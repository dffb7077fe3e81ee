"""Sheets of paper with lines of print on them, each line's text and box known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont as Font

from training.faces import Face, font
from training.kinds import Rng, line_text
from training.mixes import USUAL, Mix
from training.texts import Texts

Grey = NDArray[np.uint8]
Faces = Sequence[tuple[Face, tuple[Path, ...]]]
_PLAIN = str.maketrans({"–": "-", "…": "...", "‘": "'", "’": "'", "\xa0": " "})
_ASCENT, _DESCENT = (
    0.69,
    0.215,
)  # ems over and under the baseline that a line's box has at least, as Tesseract cuts lines
_GAP = 0.9  # ems of paper between two pieces of print in a row
_JUSTIFIED = 0.35  # the share of lines whose spaces are wider or narrower than the typeface's
_UNDERLINED = 0.02
_USUAL_BOX = 0.75
_POINTS = (10.0, 11.0, 12.0, 12.5, 13.0, 13.5, 14.0, 15.0)
_POINT_SHARES = (0.04, 0.1, 0.2, 0.16, 0.2, 0.1, 0.16, 0.04)
_SIZE = (1500, 1000)  # pixels of a sheet at 200 dpi: columns, rows


@dataclass(frozen=True)
class Piece:
    """A line of print: what it says, and its box in pixels of the sheet."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Sheet:
    """A grey picture of lines of print and where each stands."""

    picture: Grey
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Row:
    """A row of a sheet that is being drawn: its pen, its typeface's cuts, its baseline, the sheet's
    width.
    """

    pen: ImageDraw.ImageDraw
    cuts: Sequence[Font]
    baseline: float
    width: int

    @property
    def pixels(self) -> int:
        """The em."""
        return int(self.cuts[0].size)


def transcription(text: str) -> str:
    """What a reader shall say of a printed text.

    It has one kind of dash and of apostrophe, single spaces and composed letters.
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())


def readable(text: str, letters: frozenset[str]) -> bool:
    """Whether a text is made of the network's letters only."""
    return bool(text) and set(text) <= letters | {" "}


def draw_sheet(
    texts: Texts,
    faces: Faces,
    letters: frozenset[str],
    dpi: int,
    rng: Rng,
    mix: Mix = USUAL,
) -> Sheet:
    """A sheet of lines at ``dpi``: rows of lines, each row in a typeface and size of its own."""
    width, height = (round(side * dpi / 200) for side in _SIZE)
    canvas = Image.new("L", (width, height), 255)
    shares = np.array([face.share for face, _ in faces])
    pieces: list[Piece] = []
    row_top = 8.0
    while True:
        files = faces[int(rng.choice(len(faces), p=shares / shares.sum()))][1]
        pixels = max(8, round(float(rng.choice(_POINTS, p=_POINT_SHARES)) * dpi / 72))
        pitch = float(rng.uniform(1.12, 1.6)) * pixels
        if row_top + pitch + 0.4 * pixels > height:
            return Sheet(np.asarray(canvas, dtype=np.uint8), tuple(pieces))
        row = _Row(
            ImageDraw.Draw(canvas),
            [font(file, pixels) for file in files],
            row_top + 1.02 * pixels,
            width,
        )
        pieces += _draw_row(row, texts, letters, rng, mix)
        row_top += pitch


def _draw_row(
    row: _Row, texts: Texts, letters: frozenset[str], rng: Rng, mix: Mix
) -> Iterator[Piece]:
    """Draw lines beside each other along a row's baseline."""
    left = 12 + float(rng.uniform(0, 1.5)) * row.pixels
    while left < row.width - 1.5 * row.pixels:
        text = line_text(texts, rng, mix)
        cut = row.cuts[int(rng.choice(len(row.cuts), p=mix.cuts))]
        printed = _fitting(text, cut, row.width - 12 - left)
        if not readable(transcription(printed), letters):
            left += row.pixels
            continue
        stretch = float(rng.uniform(0.85, 2.6)) if rng.random() < _JUSTIFIED else 1.0
        piece = _draw_piece(row, printed, cut, (left, stretch), rng)
        if piece.right < row.width - 4:  # one that the sheet's edge cuts says less than it should
            yield piece
        left = piece.right + (_GAP + float(rng.uniform(0, 3))) * row.pixels


def _fitting(text: str, cut: Font, room: float) -> str:
    """As many of the first words as there is room for."""
    words = text.split()
    while len(words) > 1 and cut.getlength(" ".join(words)) > room:
        words.pop()
    return " ".join(words) if words and cut.getlength(" ".join(words)) <= room else ""


def _draw_piece(row: _Row, printed: str, cut: Font, at: tuple[float, float], rng: Rng) -> Piece:
    """Draw one line; ``at`` is its left edge and the stretch of its spaces.

    Some lines are underlined, and some of their boxes are a little off.
    """
    start, stretch = at
    left, top, right, bottom = row.pen.textbbox(
        (start, row.baseline), printed, font=cut, anchor="ls"
    )
    if stretch == 1.0:
        row.pen.text((start, row.baseline), printed, font=cut, fill=0, anchor="ls")
    else:
        right = _draw_stretched(row, printed, cut, at)
    if rng.random() < _UNDERLINED:
        under = row.baseline + 0.13 * row.pixels
        row.pen.line((left, under, right, under), fill=0, width=max(1, row.pixels // 16))
    usual = rng.random() < _USUAL_BOX
    above, below = (
        (_ASCENT, _DESCENT)
        if usual
        else (float(rng.uniform(0.4, 0.95)), float(rng.uniform(0.0, 0.4)))
    )
    upper, lower = (
        min(top, row.baseline - above * row.pixels),
        max(bottom, row.baseline + below * row.pixels),
    )
    return Piece(transcription(printed), left, upper, right, lower)


def _draw_stretched(row: _Row, printed: str, cut: Font, at: tuple[float, float]) -> float:
    """Draw words with wider or narrower spaces, as in a justified paragraph; returns where they
    end.
    """
    left, gap = at[0], at[1] * cut.getlength(" ")
    for word in printed.split():
        row.pen.text((left, row.baseline), word, font=cut, fill=0, anchor="ls")
        left += cut.getlength(word) + gap
    return left - gap


def moved(piece: Piece, matrix: NDArray[np.float64]) -> Piece:
    """A piece where a 2 x 3 matrix takes it: the box around its corners."""
    middle = (piece.top + piece.bottom) / 2
    ends = matrix @ np.array([[piece.left, piece.right], [middle, middle], [1.0, 1.0]])
    half = (piece.bottom - piece.top) / 2 * float(np.hypot(matrix[0, 1], matrix[1, 1]))
    return replace(
        piece,
        left=float(ends[0, 0]),
        right=float(ends[0, 1]),
        top=float(ends[1].min()) - half,
        bottom=float(ends[1].max()) + half,
    )
