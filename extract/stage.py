"""The first stage: a document's file in; its pages, blocks and words out."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from extract.blocks import Block, page_to_blocks
from extract.dump import read_dump
from extract.grid import GridSettings, find_grid
from extract.layer import TextLayer, layer_to_blocks, read_layer
from extract.pages import PageImage, render_page, straighten, turn_page, without_streaks
from extract.readings import LAYER, VECTOR, Reading, ReadingSettings, mean_confidence, read_first, read_others
from extract.recogniser import LineRecogniser
from extract.source import count_pages
from extract.tesseract import SeenWord, check_engine, engine_versions
from extract.workers import each_page, picture_folder
from schemas.errors import BlankDocument, PageTooLarge, PipelineError
from schemas.files import write, write_bytes
from schemas.frames import Blocks, Pages, Words
from schemas.progress import Progress
from schemas.settings import Settings

UPSIDE_DOWN = 0.5  # the mean confidence under which a page is tried the other way up
_FEW = 20  # letters: their confidence says little
_BETTER = 1.2  # how much more must be read upside down before a page is turned
_RUNS = 10  # a page may take as long as this many runs of Tesseract; it has five or six


@dataclass(frozen=True)
class PageReading:
    """All that was read of one page, as rows of the Pages, Blocks and Words tables."""

    page: dict[str, Any]
    blocks: list[dict[str, Any]]
    words: list[dict[str, Any]]


def run(source: Path, work: Path, settings: Settings, progress: Progress) -> None:
    """Read a document and put its pages, blocks and words, and the engines that read them, into ``work/extract``."""
    engines: dict[str, str] = {}
    if source.suffix.lower() == ".txt":
        pages, blocks, words = read_dump(source)
    else:
        check_engine()
        engines = engine_versions()
        pages, blocks, words = _read_pdf(source, work, settings, progress)
    if words.empty:
        raise BlankDocument(
            "no word could be read on any page", source.name, "look at the file: is it the right one, and are its pages upright?"
        )
    folder = work / "extract"
    write(Pages, pages, folder / "pages.parquet")
    write(Blocks, blocks, folder / "blocks.parquet")
    write(Words, words, folder / "words.parquet")
    engines["witnesses"] = " ".join(sorted(set(words["witness"])))
    write_bytes(folder / "engines.json", json.dumps(engines, indent=1, sort_keys=True).encode())


def _read_pdf(source: Path, work: Path, settings: Settings, progress: Progress) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    count = count_pages(source, settings.extract.dpi)
    limit = settings.extract.page_time_limit_s
    reading = ReadingSettings(fast=settings.repair.fast, seconds=limit)
    jobs = min(count, settings.extract.jobs or len(os.sched_getaffinity(0)))
    read = partial(_read_page_or_say_where, source, settings.extract.dpi, reading)
    progress.start("pages read", count)
    found = []
    with picture_folder(work) as pictures:
        for page in each_page(read, range(1, count + 1), pictures, jobs, _RUNS * limit):
            found.append(page)
            progress.advance()
    progress.finish()
    return (
        pd.DataFrame([page.page for page in found], columns=list(Pages.to_schema().columns)),
        pd.DataFrame([row for page in found for row in page.blocks], columns=list(Blocks.to_schema().columns)),
        pd.DataFrame([row for page in found for row in page.words], columns=list(Words.to_schema().columns)),
    )


def _read_page_or_say_where(source: Path, dpi: int, reading: ReadingSettings, page_no: int) -> PageReading:
    where = f"{source.name}, page {page_no}"
    try:
        return read_page(source, page_no, dpi, reading)
    except PipelineError as error:
        raise type(error)(error.what, where + (f", {error.where}" if error.where else ""), error.what_to_do) from error
    except MemoryError as error:
        raise PageTooLarge("the page needs too much memory", where, "print the document on A4 pages, scan it at 300 dpi") from error


def read_page(source: Path, page_no: int, dpi: int, settings: ReadingSettings) -> PageReading:
    """Everything on page ``page_no`` of a PDF: rendered once, straightened, cut along its grid, read by every witness."""
    layer = read_layer(source, page_no)
    page = render_page(source, page_no, dpi)
    if layer.is_vector:
        page = turn_page(page, layer.turn)
        blocks = _cut(page)
        return _to_rows(page, blocks, _own_words(VECTOR, layer, page, blocks), "vector")
    page = straighten(without_streaks(page))
    page, blocks, first = _upright(page, settings)
    others = read_others(blocks, first, page.dpi, settings, _recogniser(settings))
    return _to_rows(page, blocks, [*first, *others, *_own_words(LAYER, layer, page, blocks)], "scan")


def _cut(page: PageImage) -> list[Block]:
    return page_to_blocks(page, find_grid(page, GridSettings()))


def _own_words(witness: str, layer: TextLayer, page: PageImage, blocks: Sequence[Block]) -> list[Reading]:
    own = layer_to_blocks(layer, page, [block.cell for block in blocks])
    return [Reading(blocks[index].block_no, witness, tuple(words)) for index, words in own.items()]


def _upright(page: PageImage, settings: ReadingSettings) -> tuple[PageImage, list[Block], list[Reading]]:
    """The page, its blocks and first readings, the right way up: a page that reads badly is tried upside down as well."""
    blocks = _cut(page)
    first = read_first(blocks, page.dpi, settings)
    confidence, letters = mean_confidence(first)
    if (confidence >= UPSIDE_DOWN and letters > _FEW) or not any(block.picture is not None for block in blocks):
        return page, blocks, first
    turned = turn_page(page, 180)
    other_blocks = _cut(turned)
    other = read_first(other_blocks, page.dpi, settings)
    other_confidence, other_letters = mean_confidence(other)
    if other_confidence * other_letters > _BETTER * confidence * letters:
        return turned, other_blocks, other
    return page, blocks, first


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
