"""The plain-text dump of the sample's text layer: what is left when only the words survive, without
their places.
"""

import io
from collections.abc import Sequence
from dataclasses import replace
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
# What a real dump of 21 pages shows (part-dump.txt against its truth): prose of 14 pt is misread a
# third as often as words on the whole, the smaller
# print of tables more often; a capital Ủ is never read; specks seldom stand within a line, but runs
# of marks follow some; between paragraphs a
# blank line is seldom missing.
PROSE_SHARE, TABLE_SHARE = 0.33, 1.1  # of the errors on the whole
NEVER_READ, READ_FOR_IT = "Ủ", ("U", "ủ")
SPECKS, MARKED_LINES, MARKS = 0.0005, 0.004, " • •• / o • • • •"
BESIDE, BELOW = (
    (0.45, 0.3, 0.25),
    (0.93, 0.07, 0.0),
)  # a blank line, a line break, or a space between cells side by side, and between paragraphs


def upright_rulings(pdf: bytes) -> list[tuple[Ruling, ...]]:
    """Return each page's vertical rulings as (x, top, bottom), in points."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [
            tuple((e["x0"], e["top"], e["bottom"]) for e in page.edges if e["orientation"] == "v")
            for page in document.pages
        ]


def parted(left: Word, right: Word, rulings: Sequence[Ruling]) -> bool:
    """Return whether a ruling stands between two words of one height."""
    middle = (left.top + left.bottom) / 2
    return any(left.x1 <= x <= right.x0 and top <= middle <= bottom for x, top, bottom in rulings)


def words_to_lines(words: Sequence[Word], rulings: Sequence[Ruling]) -> list[Line]:
    """Return the words as lines of cells or paragraphs: a line ends where the height changes or a
    ruling stands between.
    """
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        if (
            last is not None
            and abs(word.bottom - last.bottom) < SAME_LINE
            and word.x0 > last.x0
            and not parted(last, word, rulings)
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [tuple(line) for line in lines]


def same_cell(line: Line, following: Line) -> bool:
    """Return whether two lines read one after the other stand right under each other."""
    height = line[0].bottom - line[0].top
    return (
        0 < following[0].bottom - line[0].bottom < 1.4 * height
        and following[0].x0 < line[-1].x1
        and line[0].x0 < following[-1].x1
    )


def separator(line: Line, following: Line, rng: np.random.Generator) -> str:
    """Return what such a dump has between two lines: a line break in a cell; between cells also an
    empty line, or nothing but a space.
    """
    if same_cell(line, following):
        return " \n"
    beside = abs(line[0].bottom - following[0].bottom) < 60 and following[0].x0 > line[-1].x1
    return str(rng.choice([" \n\n", " \n", " "], p=BESIDE if beside else BELOW))


def is_page_number(line: Line) -> bool:
    """Return whether a line is the number in the top margin, which such an engine mostly drops."""
    return len(line) == 1 and line[0].text.isdigit() and line[0].bottom < TOP_MARGIN


def misread(
    words: Sequence[Word], rate: float, table: bool, rng: np.random.Generator
) -> tuple[Word, ...]:
    """Return a page's words with as many misread as on such a page where the share `rate` is on the
    whole.
    """
    if rate == 0:
        return tuple(words)
    read = layer.misread(words, rate * (TABLE_SHARE if table else PROSE_SHARE), rng, SPECKS)
    return tuple(
        replace(word, text=word.text.replace(NEVER_READ, never_read(word.text, rng)))
        for word in read
    )


def never_read(text: str, rng: np.random.Generator) -> str:
    """Return what is read for the capital that is never read: among capitals another one."""
    return READ_FOR_IT[0] if text.isupper() else str(rng.choice(READ_FOR_IT))


def page_text(
    words: Sequence[Word], rulings: Sequence[Ruling], rng: np.random.Generator, marked: bool
) -> str:
    """Return one page of the dump; `marked`: with runs of marks after some lines."""
    lines = [
        line
        for line in words_to_lines(words, rulings)
        if not is_page_number(line) or rng.random() < PAGE_NUMBERS_KEPT
    ]
    texts = [" ".join(word.text for word in line) for line in lines]
    texts = [text + MARKS if marked and rng.random() < MARKED_LINES else text for text in texts]
    between = [separator(line, following, rng) for line, following in pairwise(lines)]
    return "".join(text + gap for text, gap in zip(texts, [*between, " \n"], strict=True))


def part_notice(words: Sequence[Word], notice: str) -> tuple[tuple[Word, ...], str]:
    """Return a page's words without the handling notice, and the notice if the page has it: it is
    laid over the scan and never misread.
    """
    count = len(notice.split())
    ends = range(len(words) - count + 1)
    starts = [i for i in ends if " ".join(word.text for word in words[i : i + count]) == notice]
    if not starts:
        return tuple(words), ""
    return (*words[: starts[-1]], *words[starts[-1] + count :]), notice


def dump_text(variant: Variant) -> str:
    """Return the dump of the variant's text layer, page after page, each led by a space and closed
    by the notice.
    """
    programme = programme_of(variant)
    printed = typeset(programme, variant)
    pages = []
    for page_no, (words, rulings) in enumerate(
        zip(layer.printed_words(printed.pdf), upright_rulings(printed.pdf), strict=True), 1
    ):
        if page_no not in variant.missing_pages:
            rng = seeded(variant, page_no)
            body, notice = part_notice(words, programme.frame["notice"])
            read = misread(body, variant.layer_errors, bool(rulings), rng)
            text = page_text(read, rulings, rng, variant.layer_errors > 0)
            pages.append(f" {text}\n{notice}\n" if notice else f" {text}\n")
    return "".join(pages)
