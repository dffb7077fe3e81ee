"""The plain-text dump of the sample's text layer: what is left when only the words survive, without their places."""

import io
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pdfplumber

from tests.sample import layer
from tests.sample.build import programme_of, seeded
from tests.sample.pdf import Word
from tests.sample.typeset import typeset
from tests.sample.variant import Variant

Line = tuple[Word, ...]
Ruling = tuple[float, float, float]
SAME_LINE = 2.5
TOP_MARGIN = 57.0
PAGE_NUMBERS_KEPT = 0.3


def upright_rulings(pdf: bytes) -> list[tuple[Ruling, ...]]:
    """Return each page's vertical rulings as (x, top, bottom), in points."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [tuple((e["x0"], e["top"], e["bottom"]) for e in page.edges if e["orientation"] == "v") for page in document.pages]


def parted(left: Word, right: Word, rulings: Sequence[Ruling]) -> bool:
    """Return whether a ruling stands between two words of one height."""
    middle = (left.top + left.bottom) / 2
    return any(left.x1 <= x <= right.x0 and top <= middle <= bottom for x, top, bottom in rulings)


def words_to_lines(words: Sequence[Word], rulings: Sequence[Ruling]) -> list[Line]:
    """Return the words as lines of cells or paragraphs: a line ends where the height changes or a ruling stands between."""
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        if last is not None and abs(word.bottom - last.bottom) < SAME_LINE and word.x0 > last.x0 and not parted(last, word, rulings):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [tuple(line) for line in lines]


def same_cell(line: Line, following: Line) -> bool:
    """Return whether two lines read one after the other stand right under each other."""
    height = line[0].bottom - line[0].top
    return 0 < following[0].bottom - line[0].bottom < 1.4 * height and following[0].x0 < line[-1].x1 and line[0].x0 < following[-1].x1


def separator(line: Line, following: Line, rng: np.random.Generator) -> str:
    """Return what such a dump has between two lines: a line break in a cell; between cells also an empty line, or nothing but a space."""
    if same_cell(line, following):
        return " \n"
    beside = abs(line[0].bottom - following[0].bottom) < 60 and following[0].x0 > line[-1].x1
    return str(rng.choice([" \n\n", " \n", " "], p=[0.45, 0.3, 0.25] if beside else [0.85, 0.15, 0.0]))


def is_page_number(line: Line) -> bool:
    """Return whether a line is the number in the top margin, which such an engine mostly drops."""
    return len(line) == 1 and line[0].text.isdigit() and line[0].bottom < TOP_MARGIN


def page_text(words: Sequence[Word], rulings: Sequence[Ruling], rng: np.random.Generator) -> str:
    """Return one page of the dump."""
    lines = [line for line in words_to_lines(words, rulings) if not is_page_number(line) or rng.random() < PAGE_NUMBERS_KEPT]
    texts = [" ".join(word.text for word in line) for line in lines]
    between = [separator(line, following, rng) for line, following in pairwise(lines)]
    return "".join(text + gap for text, gap in zip(texts, [*between, " \n"], strict=True))


def part_notice(words: Sequence[Word], notice: str) -> tuple[tuple[Word, ...], str]:
    """Return a page's words without the handling notice, and the notice if the page has it: it is laid over the scan and never misread."""
    count = len(notice.split())
    ends = range(len(words) - count + 1)
    starts = [i for i in ends if " ".join(word.text for word in words[i : i + count]) == notice]
    if not starts:
        return tuple(words), ""
    return (*words[: starts[-1]], *words[starts[-1] + count :]), notice


def dump_text(variant: Variant) -> str:
    """Return the dump of the variant's text layer, page after page, each led by a space and closed by the notice."""
    programme = programme_of(variant)
    printed = typeset(programme, variant)
    pages = []
    for page_no, (words, rulings) in enumerate(zip(layer.printed_words(printed.pdf), upright_rulings(printed.pdf), strict=True), 1):
        if page_no not in variant.missing_pages:
            rng = seeded(variant, page_no)
            body, notice = part_notice(words, programme.frame["notice"])
            text = page_text(layer.misread(body, variant.layer_errors, rng), rulings, rng)
            pages.append(f" {text}\n{notice}\n" if notice else f" {text}\n")
    return "".join(pages)
