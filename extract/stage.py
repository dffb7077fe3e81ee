"""The first stage: a document's file in; its pages, blocks and words out."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from extract.blocks import Block, page_to_blocks
from extract.grid import GridSettings, find_grid
from extract.layer import TextLayer, layer_to_blocks, read_layer
from extract.pages import PageImage, render_page, straighten, turn_page
from extract.readings import FIRST, LAYER, VECTOR, Reading, ReadingSettings, read_blocks
from extract.recogniser import LineRecogniser
from extract.tesseract import SeenWord

UPSIDE_DOWN = 0.5  # the mean confidence under which a page is tried the other way up


@dataclass(frozen=True)
class PageReading:
    """All that was read of one page, as rows of the Pages, Blocks and Words tables."""

    page: dict[str, Any]
    blocks: list[dict[str, Any]]
    words: list[dict[str, Any]]


def read_page(source: Path, page_no: int, dpi: int, settings: ReadingSettings) -> PageReading:
    """Everything on page ``page_no`` of a PDF: rendered once, straightened, cut along its grid, read by every witness."""
    layer = read_layer(source, page_no)
    page = straighten(render_page(source, page_no, dpi))
    blocks, readings = _read_blocks(page, layer, settings)
    if not layer.is_vector and _mean_confidence(readings) < UPSIDE_DOWN:
        turned = turn_page(page, 180)
        other = _read_blocks(turned, layer, settings)
        if _mean_confidence(other[1]) > _mean_confidence(readings):
            page, (blocks, readings) = turned, other
    return _to_rows(page, blocks, readings, "vector" if layer.is_vector else "scan")


def _read_blocks(page: PageImage, layer: TextLayer, settings: ReadingSettings) -> tuple[list[Block], list[Reading]]:
    blocks = page_to_blocks(page, find_grid(page, GridSettings()))
    own = layer_to_blocks(layer, page, [block.cell for block in blocks])
    witness = VECTOR if layer.is_vector else LAYER
    readings = [Reading(blocks[index].block_no, witness, tuple(words)) for index, words in own.items()]
    return blocks, readings if layer.is_vector else read_blocks(blocks, page.dpi, settings, _recogniser(settings)) + readings


def _mean_confidence(readings: list[Reading]) -> float:
    words = [word for reading in readings if reading.witness == FIRST for word in reading.words]
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters > 20 else 1.0


_loaded: list[LineRecogniser | None] = []


def _recogniser(settings: ReadingSettings) -> LineRecogniser | None:
    """The process's line recogniser, loaded once."""
    if settings.fast:
        return None
    if not _loaded:
        _loaded.append(LineRecogniser.load())
    return _loaded[0]


def _to_rows(page: PageImage, blocks: list[Block], readings: list[Reading], source: str) -> PageReading:
    height, width = page.grey.shape
    row = {"page_no": page.page_no, "width": width * page.scale, "height": height * page.scale, "turn": page.turn, "skew": page.skew,
           "source": source, "sha256": page.sha256}  # fmt: skip
    return PageReading(
        row,
        [_block_row(page, block) for block in blocks],
        [_word_row(page, reading, word) for reading in readings for word in reading.words],
    )


def _block_row(page: PageImage, block: Block) -> dict[str, Any]:
    cell = block.cell
    place = {"table_no": cell.table_no, "row": cell.row, "column": cell.column, "row_span": cell.row_span, "column_span": cell.column_span,
             "inked": block.picture is not None}  # fmt: skip
    return {"page_no": page.page_no, "block_no": block.block_no, **place, **_points(cell, page.scale)}


def _word_row(page: PageImage, reading: Reading, word: SeenWord) -> dict[str, Any]:
    return {
        "page_no": page.page_no, "block_no": reading.block_no, "witness": reading.witness, "line_no": word.line_no, "word_no": word.word_no,
        "text": word.text, "confidence": round(word.confidence, 4), **_points(word, page.scale),
    }  # fmt: skip


def _points(box: Any, scale: float) -> dict[str, float]:
    return {side: round(getattr(box, side) * scale, 2) for side in ("x0", "top", "x1", "bottom")}
