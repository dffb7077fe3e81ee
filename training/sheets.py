"""Sheets of paper with lines of print on them, each line's text and box known."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from training.faces import CUT_SHARES, Face, font
from training.kinds import Rng, line_text
from training.texts import Texts

Grey = NDArray[np.uint8]
_PLAIN = str.maketrans({"–": "-", "…": "...", "‘": "'", "’": "'", "\xa0": " "})
_ASCENT, _DESCENT = 0.69, 0.215  # ems over and under the baseline that a line's box has at least, as Tesseract cuts lines
_GAP = 0.9  # ems of paper between two pieces of print in a row
_JUSTIFIED = 0.35  # the share of lines whose spaces are wider or narrower than the typeface's
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


def transcription(text: str) -> str:
    """What a reader shall say of a printed text: one kind of dash and of apostrophe, single spaces, composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())


def readable(text: str, letters: frozenset[str]) -> bool:
    """Whether a text is made of the network's letters only."""
    return bool(text) and set(text) <= letters | {" "}


def draw_sheet(texts: Texts, faces: Sequence[tuple[Face, tuple[Path, ...]]], letters: frozenset[str], dpi: int, rng: Rng) -> Sheet:
    """A sheet of lines at ``dpi``, each in a typeface, cut and size of its own, row under row and several short ones in a row."""
    width, height = (round(side * dpi / 200) for side in _SIZE)
    canvas = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(canvas)
    shares = np.array([face.share for face, _ in faces])
    pieces: list[Piece] = []
    row_top = 8.0
    while True:
        files = faces[int(rng.choice(len(faces), p=shares / shares.sum()))][1]
        points = float(rng.choice((10.0, 11.0, 12.0, 12.5, 13.0, 13.5, 14.0, 15.0), p=(0.04, 0.1, 0.2, 0.16, 0.2, 0.1, 0.16, 0.04)))
        pixels = max(8, round(points * dpi / 72))
        pitch = float(rng.uniform(1.12, 1.6)) * pixels
        if row_top + pitch + 0.4 * pixels > height:
            return Sheet(np.asarray(canvas, dtype=np.uint8), tuple(pieces))
        pieces += _draw_row(pen, texts, letters, [font(file, pixels) for file in files], row_top + 1.02 * pixels, width, rng)
        row_top += pitch


def _draw_row(pen, texts, letters, fonts, baseline, width, rng):  # type: ignore[no-untyped-def]
    """Pieces of print along one baseline."""
    pixels = fonts[0].size
    left = 12 + float(rng.uniform(0, 1.5)) * pixels
    while left < width - 1.5 * pixels:
        printed = line_text(texts, rng)
        cut = fonts[int(rng.choice(len(fonts), p=CUT_SHARES))]
        printed = _fitting(printed, cut, width - 12 - left)
        said = transcription(printed)
        if not readable(said, letters):
            left += pixels
            continue
        stretch = float(rng.uniform(0.85, 2.6)) if rng.random() < _JUSTIFIED else 1.0
        piece = _draw_piece(pen, printed, said, cut, (left, baseline, stretch), rng)
        if piece.right < width - 4:
            yield piece
        left = piece.right + (_GAP + float(rng.uniform(0, 3))) * pixels


def _fitting(text, cut, room):  # type: ignore[no-untyped-def]
    words = text.split()
    while len(words) > 1 and cut.getlength(" ".join(words)) > room:
        words.pop()
    return " ".join(words) if words and cut.getlength(" ".join(words)) <= room else ""


def _draw_piece(pen, printed, said, cut, at, rng):  # type: ignore[no-untyped-def]
    pixels = cut.size
    start, baseline, stretch = at
    at = (start, baseline)
    left, top, right, bottom = pen.textbbox(at, printed, font=cut, anchor="ls")
    if stretch == 1.0:
        pen.text(at, printed, font=cut, fill=0, anchor="ls")
    else:
        right = _draw_stretched(pen, printed, cut, at, stretch)
    if rng.random() < 0.02:
        under = at[1] + 0.13 * pixels
        pen.line((left, under, right, under), fill=0, width=max(1, pixels // 16))
    usual = rng.random() < 0.75
    above, below = (_ASCENT, _DESCENT) if usual else (float(rng.uniform(0.4, 0.95)), float(rng.uniform(0.0, 0.4)))
    return Piece(said, left, min(top, at[1] - above * pixels), right, max(bottom, at[1] + below * pixels))


def _draw_stretched(pen, printed, cut, at, stretch):  # type: ignore[no-untyped-def]
    """Words with wider spaces or narrower ones, as in a justified paragraph; where they end."""
    left, gap = at[0], stretch * cut.getlength(" ")
    for word in printed.split():
        pen.text((left, at[1]), word, font=cut, fill=0, anchor="ls")
        left += cut.getlength(word) + gap
    return left - gap


def moved(piece: Piece, matrix: NDArray[np.float64]) -> Piece:
    """A piece where a 2 x 3 matrix takes it: the box around its corners."""
    middle = (piece.top + piece.bottom) / 2
    ends = matrix @ np.array([[piece.left, piece.right], [middle, middle], [1.0, 1.0]])
    half = (piece.bottom - piece.top) / 2 * float(np.hypot(matrix[0, 1], matrix[1, 1]))
    return replace(
        piece, left=float(ends[0, 0]), right=float(ends[0, 1]), top=float(ends[1].min()) - half, bottom=float(ends[1].max()) + half
    )
