"""One page or a few at once.

Rendered, straightened, cut along the grid and read by every witness.

Long: the order of all steps on a page, and which of them its failure names.
"""

from __future__ import annotations

import hashlib
import resource
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

import cv2

from extract.engines.layer_blocks import layer_on_page, vector_blocks, words_to_blocks
from extract.engines.layer_place import on_ink, settled
from extract.engines.line_recogniser import LineRecogniser
from extract.engines.seen_word import SeenWord
from extract.engines.text_layer import TextLayer, page_to_layer, page_with_text
from extract.image.blocks import Block, page_to_blocks
from extract.image.flatten import page_to_read
from extract.image.grid import GridCell, find_grid
from extract.image.page_image import PageImage, render_page, turn_page
from extract.image.rulings import GridSettings
from extract.image.two_pages import is_two_pages
from extract.place_marks import place_marks
from extract.reading_processes import note_pages
from extract.readings import Place, Reading, mean_confidence, read_first, read_others
from extract.signs import with_bars, with_tails
from extract.tasks import Columns, PageReading, ReadingSettings
from extract.turned import with_turned, words_upright
from extract.unread import still_unread, unread_places
from runs.processes import MOST_MEMORY
from schemas.disk import system_error
from schemas.errors import BrokenPage, PageTooLarge, PipelineError, ToolError, TwoPagesOnASheet
from schemas.witnesses import FIRST, INK, LAYER, VECTOR

# the mean confidence under which a page is tried the other way up: upside down the reader has 0.44
# to 0.53, upright 0.75 and more, also on dithered paper
UPSIDE_DOWN = 0.65
_FEW = 20  # letters: their confidence says little
_BETTER = 1.2  # how much more must be read upside down before a page is turned
_OWN = Path(__file__).parent
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class _Cut:
    """A page that is ready to be read: its picture, its blocks, and what text it carries."""

    page: PageImage
    blocks: list[Block]
    layer: TextLayer
    look: str


def read_pages(
    source: Path, page_nos: Sequence[int], settings: ReadingSettings
) -> list[PageReading]:
    """Everything on some pages of a PDF.

    The pages share each run of Tesseract; where that fails, each page is read alone, to say which
    it was. Raises a PipelineError that names the page, whatever goes wrong with it.
    """
    # pages are read in parallel: threads within one would take a fifth more, and get in each
    # other's way
    cv2.setNumThreads(1)
    together = replace(settings, seconds=settings.seconds * len(page_nos))
    try:
        return _read_together(source, page_nos, together)
    except (ToolError, BrokenPage, PageTooLarge):
        if len(page_nos) == 1:
            raise
        return [
            page for page_no in page_nos for page in _read_together(source, [page_no], settings)
        ]


def _read_together(
    source: Path, page_nos: Sequence[int], settings: ReadingSettings
) -> list[PageReading]:
    if settings.runs > 1 and not settings.fast:
        _recogniser()  # while the page is cut, for which one core is enough
    cuts = [
        _say_where(source, page_no, partial(_cut_page, source, page_no, settings.dpi))
        for page_no in page_nos
    ]
    note_pages(source, page_nos)
    scans = [cut for cut in cuts if not cut.layer.is_vector]
    where = page_nos[0] if len(page_nos) == 1 else None
    read = _say_where(source, where, partial(_read_scans, scans, settings))
    own = [
        _say_where(source, cut.page.page_no, partial(_read_vector, cut))
        for cut in cuts
        if cut.layer.is_vector
    ]
    by_page = {reading.page["page_no"][0]: reading for reading in [*read, *own]}
    return [by_page[page_no] for page_no in page_nos]


def _say_where(source: Path, page_no: int | None, act: Callable[[], _Found]) -> _Found:
    where = source.name if page_no is None else f"{source.name}, page {page_no}"
    if page_no is not None:
        note_pages(source, [page_no])
    try:
        return act()
    except PipelineError as error:
        raise type(error)(
            error.what, where + (f", {error.where}" if error.where else ""), error.what_to_do
        ) from error
    except MemoryError as error:
        # it is the machine that gives less
        if 0 < resource.getrlimit(resource.RLIMIT_AS)[0] < MOST_MEMORY:
            raise system_error(error, where) from error
        raise PageTooLarge(
            "the page needs too much memory",
            where,
            "print the document on A4 pages, scan it at 300 dpi",
        ) from error
    except OSError:  # the disk's trouble or the machine's, not the page's
        raise
    # a library met what nobody foresaw: the page is named, and nothing of its text is told
    except Exception as error:
        what = (
            f"the page cannot be read: {type(error).__module__}.{type(error).__name__} in "
            f"{_place(error)}"
        )
        raise BrokenPage(
            what, where, "scan the page again, or print the document to a new PDF"
        ) from error


def _place(error: Exception) -> str:
    """Where in our code an error arose, as file and line."""
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).parent == _OWN
    ]
    return f"{_OWN.name}/{Path(own[-1].filename).name}, line {own[-1].lineno}"


def looks_of(source: Path, page_nos: Sequence[int], dpi: int) -> list[str]:
    """The look of some pages of a PDF."""
    return [
        _say_where(source, page_no, partial(_look_of, source, page_no, dpi)) for page_no in page_nos
    ]


def _look_of(source: Path, page_no: int, dpi: int) -> str:
    return look_of(render_page(source, page_no, dpi), page_with_text(source, page_no))


def look_of(drawn: PageImage, alone: bytes) -> str:
    """The hash of all that is read of a page: its pixels, and the PDF that its text layer is read
    from.

    Nothing else of the file reaches a witness (`_cut_page`). So pages of one look have the same
    words, whatever their file says of itself and however programs differ in reading it.
    """
    height, width = drawn.grey.shape
    whole = hashlib.sha256(f"{width} {height} {drawn.dpi} {len(alone)}\n".encode())
    whole.update(alone)
    whole.update(drawn.grey.tobytes())
    return whole.hexdigest()


def _cut_page(source: Path, page_no: int, dpi: int) -> _Cut:
    alone, drawn = page_with_text(source, page_no), render_page(source, page_no, dpi)
    layer = page_to_layer(alone, page_no)
    page = turn_page(drawn, layer.turn) if layer.is_vector else page_to_read(drawn)
    if is_two_pages(page):
        raise _two_pages()
    return _Cut(page, _blocks(page), layer, look_of(drawn, alone))


def _two_pages() -> TwoPagesOnASheet:
    return TwoPagesOnASheet(
        "two pages stand side by side on this sheet: a gutter without print runs down its middle, "
        "and either side is full of lines of its own",
        "",
        "print or scan the document with one page a sheet, or cut the sheet into its two pages",
    )


def _blocks(page: PageImage) -> list[Block]:
    return page_to_blocks(page, find_grid(page, GridSettings()))


def _read_scans(cuts: Sequence[_Cut], settings: ReadingSettings) -> list[PageReading]:
    first = read_first([block for cut in cuts for block in cut.blocks], settings)
    upright = _turned_cells(
        [_upright(cut, _of_page(cut, first), settings) for cut in cuts], settings
    )
    first = [reading for _, readings in upright for reading in readings]
    unread = {place: found for cut, readings in upright for place, found in _unread(cut, readings)}
    recogniser = None if settings.fast else _recogniser().result()
    others = read_others(
        [block for cut, _ in upright for block in cut.blocks], first, settings, recogniser, unread
    )
    return [
        _to_rows(cut, _all_readings(cut, readings, others, unread), "scan")
        for cut, readings in upright
    ]


def _turned_cells(
    pages: Sequence[tuple[_Cut, list[Reading]]], settings: ReadingSettings
) -> list[tuple[_Cut, list[Reading]]]:
    """The pages and their first readings, cells with turned words read turned."""
    found = with_turned([(cut.blocks, readings) for cut, readings in pages], settings)
    return [
        (replace(cut, blocks=blocks), readings)
        for (cut, _), (blocks, readings) in zip(pages, found, strict=True)
    ]


def _all_readings(
    cut: _Cut,
    first: Sequence[Reading],
    others: Sequence[Reading],
    unread: Mapping[Place, Sequence[SeenWord]],
) -> list[Reading]:
    """Everything that was read of a page, and the marks of what was not, boxes on the page."""
    read = [*_with_signs(cut, [*first, *_of_page(cut, others)]), *_layer_words(cut, first)]
    upright = list(words_upright(cut.blocks, _with_unread(cut, unread, read)))
    return [*upright, *place_marks(cut.page, cut.blocks, upright)]


def _unread(cut: _Cut, readings: Sequence[Reading]) -> Iterator[tuple[Place, list[SeenWord]]]:
    """The places of each block's ink that none of these readings of whole blocks is of."""
    words = _by_block(readings)
    for block in cut.blocks:
        found = unread_places(block, words.get(block.block_no, []))
        if found:
            yield (block.page_no, block.block_no), found


def _with_unread(
    cut: _Cut, unread: Mapping[Place, Sequence[SeenWord]], readings: list[Reading]
) -> list[Reading]:
    """The readings, and the places that none of them read either."""
    words, page_no = _by_block(readings), cut.page.page_no
    left = [
        (block_no, still_unread(found, words.get(block_no, [])))
        for (own, block_no), found in unread.items()
        if own == page_no
    ]
    return readings + [
        Reading(page_no, block_no, INK, tuple(places)) for block_no, places in left if places
    ]


def _by_block(readings: Iterable[Reading]) -> dict[int, list[SeenWord]]:
    words: dict[int, list[SeenWord]] = {}
    for reading in readings:
        words.setdefault(reading.block_no, []).extend(reading.words)
    return words


def _read_vector(cut: _Cut) -> PageReading:
    return _to_rows(cut, _vector_words(cut), "vector")


def _with_signs(cut: _Cut, readings: Iterable[Reading]) -> Iterator[Reading]:
    return with_tails(cut.blocks, with_bars(cut.blocks, readings))


def _of_page(cut: _Cut, readings: Iterable[Reading]) -> list[Reading]:
    return [reading for reading in readings if reading.page_no == cut.page.page_no]


def _vector_words(cut: _Cut) -> list[Reading]:
    own = vector_blocks(cut.layer, cut.page, [block.cell for block in cut.blocks])
    return [
        Reading(cut.page.page_no, cut.blocks[index].block_no, VECTOR, tuple(words))
        for index, words in own.items()
    ]


def _layer_words(cut: _Cut, first: Sequence[Reading]) -> list[Reading]:
    """What an earlier engine left under a scan, as far as it lies on the ink."""
    seen = [word for reading in first if reading.witness == FIRST for word in reading.words]
    placed = settled(layer_on_page(cut.layer, cut.page), seen)
    own = words_to_blocks(placed, [block.cell for block in cut.blocks])
    # a block that was turned is not where an engine that read the page as it is saw its words
    found = [
        (cut.blocks[index], on_ink(cut.blocks[index], words))
        for index, words in own.items()
        if not cut.blocks[index].turn
    ]
    return [
        Reading(cut.page.page_no, block.block_no, LAYER, tuple(words))
        for block, words in found
        if words
    ]


def _upright(
    cut: _Cut, first: list[Reading], settings: ReadingSettings
) -> tuple[_Cut, list[Reading]]:
    """The page and its first readings the right way up.

    A page that reads badly is tried upside down as well.
    """
    confidence, letters = mean_confidence(first)
    if (confidence >= UPSIDE_DOWN and letters > _FEW) or not any(
        block.picture is not None for block in cut.blocks
    ):
        return cut, first
    turned = turn_page(cut.page, 180)
    other = replace(cut, page=turned, blocks=_blocks(turned))
    readings = read_first(other.blocks, settings)
    other_confidence, other_letters = mean_confidence(readings)
    if other_confidence * other_letters > _BETTER * confidence * letters:
        return other, readings
    return cut, first


@cache
def _recogniser() -> Future[LineRecogniser | None]:
    """The process's line recogniser, loaded in a thread of its own."""
    threads = ThreadPoolExecutor(1)
    loading = threads.submit(LineRecogniser.load)
    threads.shutdown(wait=False)
    return loading


def _to_rows(cut: _Cut, readings: Sequence[Reading], source: str) -> PageReading:
    page = cut.page
    height, width = page.grey.shape
    read = [(reading, word) for reading in readings for word in reading.words]
    return PageReading(
        {
            "page_no": [page.page_no],
            "width": [width * page.scale],
            "height": [height * page.scale],
            "turn": [page.turn],
            "skew": [page.skew],
            "warp": ["" if page.warp is None else page.warp.to_text()],
            "source": [source],
            "sha256": [page.sha256],
        },
        {
            "page_no": [page.page_no] * len(cut.blocks),
            "block_no": [block.block_no for block in cut.blocks],
            **{
                name: [getattr(block.cell, name) for block in cut.blocks]
                for name in ("table_no", "row", "column", "row_span", "column_span")
            },
            "inked": [block.picture is not None for block in cut.blocks],
            **_points([block.cell for block in cut.blocks], page.scale),
        },
        {
            "page_no": [page.page_no] * len(read),
            "block_no": [reading.block_no for reading, _ in read],
            "witness": [reading.witness for reading, _ in read],
            **{
                name: [getattr(word, name) for _, word in read]
                for name in ("line_no", "word_no", "text")
            },
            "confidence": [round(word.confidence, 4) for _, word in read],
            **_points([word for _, word in read], page.scale),
        },
        cut.look,
    )


def _points(boxes: Sequence[GridCell | SeenWord], scale: float) -> Columns:
    return {
        side: [round(getattr(box, side) * scale, 2) for box in boxes]
        for side in ("x0", "top", "x1", "bottom")
    }
