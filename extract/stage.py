"""The first stage: a document's file in; its pages, blocks and words out."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from extract.blocks import Block, page_to_blocks
from extract.dump import read_dump
from extract.grid import GridSettings, find_grid
from extract.layer import TextLayer, layer_to_blocks, read_layer
from extract.pages import PageImage, render_page, straighten, turn_page
from extract.readings import FIRST, LAYER, VECTOR, Reading, ReadingSettings, read_blocks
from extract.recogniser import LineRecogniser
from extract.source import count_pages
from extract.tesseract import SeenWord, engine_versions
from schemas.errors import BlankDocument, PipelineError, ToolDied
from schemas.files import write, write_bytes
from schemas.frames import Blocks, Pages, Words
from schemas.progress import Progress
from schemas.settings import Settings

UPSIDE_DOWN = 0.5  # the mean confidence under which a page is tried the other way up


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
        engines = engine_versions()
        pages, blocks, words = _read_pdf(source, settings, progress)
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


def _read_pdf(source: Path, settings: Settings, progress: Progress) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    count = count_pages(source, settings.extract.dpi)
    reading = ReadingSettings(fast=settings.repair.fast, seconds=settings.extract.page_time_limit_s)
    jobs = settings.extract.jobs or len(os.sched_getaffinity(0))
    progress.start("pages read", count)
    found = []
    for page in _read_pages(source, count, settings.extract.dpi, reading, min(jobs, count)):
        found.append(page)
        progress.advance()
    progress.finish()
    return (
        pd.DataFrame([page.page for page in found], columns=list(Pages.to_schema().columns)),
        pd.DataFrame([row for page in found for row in page.blocks], columns=list(Blocks.to_schema().columns)),
        pd.DataFrame([row for page in found for row in page.words], columns=list(Words.to_schema().columns)),
    )


def _read_pages(source: Path, count: int, dpi: int, reading: ReadingSettings, jobs: int) -> Iterator[PageReading]:
    """The pages in order, read by ``jobs`` processes; each starts anew so that it shares no state with this one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["extract.stage"])
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        futures = [pool.submit(_read_page_or_say_where, source, page_no, dpi, reading) for page_no in range(1, count + 1)]
        try:
            for future in futures:
                yield future.result()
        except BrokenProcessPool as error:
            raise ToolDied(
                "a process that was reading a page was killed", source.name, "make memory free, or lower extract.jobs; run again"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _read_page_or_say_where(source: Path, page_no: int, dpi: int, reading: ReadingSettings) -> PageReading:
    try:
        return read_page(source, page_no, dpi, reading)
    except PipelineError as error:
        raise type(error)(
            error.what, f"{source.name}, page {page_no}" + (f", {error.where}" if error.where else ""), error.what_to_do
        ) from error


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
