"""The text that a PDF carries itself, through pdfplumber: the layer of an earlier OCR engine, or the vector text of a page that was never scanned."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pdfplumber

from extract.grid import Cell
from extract.pages import PageImage
from extract.tesseract import SeenWord


@dataclass(frozen=True)
class TextLayer:
    """A page's own words (boxes in points of the unturned page) and whether they are the page itself rather than a layer under a scan."""

    width: float
    height: float
    is_vector: bool
    words: tuple[tuple[str, float, float, float, float], ...]  # text, x0, top, x1, bottom


def read_layer(source: Path, page_no: int) -> TextLayer:
    """The words that page ``page_no`` (from 1) of a PDF carries; none where it carries no text."""
    with pdfplumber.open(source, pages=[page_no]) as document:
        page = document.pages[0]
        x0, top = float(page.bbox[0]), float(page.bbox[1])
        found = page.extract_words(x_tolerance=1.5, y_tolerance=3, keep_blank_chars=False, use_text_flow=False) if page.chars else []
        words = tuple(
            (unicodedata.normalize("NFC", w["text"]), w["x0"] - x0, w["top"] - top, w["x1"] - x0, w["bottom"] - top) for w in found
        )
        return TextLayer(float(page.width), float(page.height), bool(words) and _picture_share(page) < 0.5, words)


def _picture_share(page: pdfplumber.page.Page) -> float:
    """The share of the page that its largest picture covers."""
    areas = [(image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images]
    return max(areas, default=0.0) / (float(page.width) * float(page.height))


def layer_to_blocks(layer: TextLayer, page: PageImage, cells: Sequence[Cell]) -> dict[int, list[SeenWord]]:
    """The layer's words by the index of the cell that holds their middle, in reading order, boxes in pixels of the straightened page."""
    by_cell: dict[int, list[tuple[str, float, float, float, float]]] = {}
    for text, x0, top, x1, bottom in layer.words:
        box = _to_page((x0, top, x1, bottom), layer, page)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        index = next((i for i, cell in enumerate(cells) if cell.x0 <= x < cell.x1 and cell.top <= y < cell.bottom), None)
        if index is not None and text.strip():
            by_cell.setdefault(index, []).append((text, *box))
    return {index: list(_in_lines(words)) for index, words in by_cell.items()}


def _to_page(box: tuple[float, float, float, float], layer: TextLayer, page: PageImage) -> tuple[float, float, float, float]:
    """A box in points of the page as filed, as the pixels where it stands after turning and straightening; its size is kept."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    across, down = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    width, height = layer.width, layer.height
    for _ in range(page.turn // 90):
        x, y, width, height, across, down = height - y, x, height, width, down, across
    angle = np.radians(page.skew)
    dx, dy = x - width / 2, y - height / 2
    x, y = width / 2 + dx * np.cos(angle) + dy * np.sin(angle), height / 2 - dx * np.sin(angle) + dy * np.cos(angle)
    return ((x - across) / page.scale, (y - down) / page.scale, (x + across) / page.scale, (y + down) / page.scale)


def _in_lines(words: Iterable[tuple[str, float, float, float, float]]) -> Iterable[SeenWord]:
    """Words as lines from top to bottom: a word belongs to the line whose last word it overlaps by half of its height."""
    lines: list[list[tuple[str, float, float, float, float]]] = []
    for word in sorted(words, key=lambda word: (word[2] + word[4]) / 2):
        middle = (word[2] + word[4]) / 2
        line = next((line for line in reversed(lines) if line[-1][2] < middle < line[-1][4]), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    for line_no, line in enumerate(lines, 1):
        for word_no, (text, x0, top, x1, bottom) in enumerate(sorted(line, key=lambda word: word[1]), 1):
            yield SeenWord(line_no, word_no, text, 0.9, x0, top, x1, bottom)
