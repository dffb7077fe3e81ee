"""The prose as records: its headings and paragraphs with their numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import regex

from normalize.rows.findings import paragraph_findings
from normalize.rows.headings import is_title
from normalize.rows.numbering.decide import Decided, RowCandidate
from normalize.rows.numbering.prose_numbers import decide_prose
from normalize.rows.records import Piece, Record
from normalize.rows.scan.footnote_records import with_footnotes
from normalize.rows.scan.footnotes import Footnote
from normalize.rows.scan.layout import Line
from normalize.rows.scan.paragraphs import (
    Paragraph,
    lines_to_paragraphs,
    paragraph_pieces,
    split_label,
)
from schemas.findings import Finding

_ARTICLE = regex.compile(r"^\W*[ĐD]i[eêềé]u \d{1,2}[.:]")
_UNSURE_LABEL = 2.0  # the cost of taking a leading number for a mere word
_A_HEADING = 3  # lines that a heading takes, at most


def prose_records(
    body: Sequence[Line], footnotes: Sequence[Footnote] = (), around: Sequence[Line] = ()
) -> tuple[list[Record], list[Finding]]:
    """A record for each heading, paragraph and footnote of the body in order.

    With them go findings on gaps and repeats in its numbers. ``around``: the lines before and
    after the body, which show the margins as well.
    """
    original = lines_to_paragraphs(body, around)
    paragraphs = [split_label(paragraph) for paragraph in original]
    numbers = _numbers(paragraphs)
    records = list(_records(paragraphs, original, numbers))
    bearers = [paragraph.slots for paragraph in original]
    findings = paragraph_findings(numbers, lambda place: paragraphs[place][1].page_no)
    return with_footnotes(records, bearers, footnotes), list(findings)


def _numbers(
    paragraphs: Sequence[tuple[tuple[str, ...], Paragraph]],
) -> dict[int, Decided]:
    """The numbers of the paragraphs that have one, by their places.

    They begin anew below each article of a decision (`Điều 2.`).
    """
    articles = [i for i, (_, one) in enumerate(paragraphs) if _ARTICLE.match(one.text)]
    found: dict[int, Decided] = {}
    for begin, end in pairwise([0, *articles, len(paragraphs)]):
        labelled = [i for i in range(begin, end) if paragraphs[i][0]]
        candidates = [RowCandidate(paragraphs[i][0], drop=_UNSURE_LABEL) for i in labelled]
        found |= zip(labelled, decide_prose(candidates), strict=True)
    return found


def _records(
    paragraphs: Sequence[tuple[tuple[str, ...], Paragraph]],
    original: Sequence[Paragraph],
    numbers: dict[int, Decided],
) -> Iterator[Record]:
    section, counts, headings, unsure = "", Counter[str](), _headings(paragraphs, numbers), False
    for i, (_, bare) in enumerate(paragraphs):
        decided = numbers.get(i)
        is_row = decided is not None and decided.status != "dropped"
        paragraph = bare if is_row else original[i]
        number = decided.number if decided is not None and is_row else ""
        is_heading, unlike = headings.get(i, (False, False))
        if decided is not None and is_row:
            section, unsure = decided.key if is_heading else decided.parent, unlike
        counts[section] += 1
        doubt = (
            decided is not None and is_row and (decided.status != "read" or decided.out_of_order)
        )
        review, reason = (
            (("number",), decided.reason) if decided is not None and doubt else ((), "")
        )
        if unsure:  # and so is the section of the paragraphs below it
            review, reason = (
                (*review, "kind" if unlike else "section_path"),
                reason or "a heading among sentences, or a sentence among headings",
            )
        yield Record(
            "paragraphs",
            f"{section}#{counts[section]}",
            paragraph.page_no,
            {"text": paragraph_pieces(paragraph)},
            section_path=section,
            kind="heading" if is_heading else "paragraph",
            number=number,
            review=review,
            reason=reason,
        )


def _headings(
    paragraphs: Sequence[tuple[tuple[str, ...], Paragraph]], numbers: Mapping[int, Decided]
) -> dict[int, tuple[bool, bool]]:
    """For each numbered paragraph whether it is a heading, and whether its end is unlike its
    siblings'.

    Its end is with or without a full stop. A speck can be read as a stop and a stop can be lost, so
    that a paragraph is taken for what its siblings are, unless it is too long for a heading.
    """
    rows = {i: decided for i, decided in numbers.items() if decided.status != "dropped"}
    titles = {i: is_title(paragraphs[i][1].text) for i in rows}
    siblings: dict[str, list[int]] = defaultdict(list)
    for i, decided in rows.items():
        siblings[decided.parent].append(i)
    found = {}
    for i, decided in rows.items():
        others = {titles[other] for other in siblings[decided.parent] if other != i}
        unlike = len(siblings[decided.parent]) > 2 and others == {not titles[i]}
        found[i] = (
            titles[i] != (unlike and (titles[i] or len(paragraphs[i][1].lines) <= _A_HEADING)),
            unlike,
        )
    return found


def as_pieces(lines: Sequence[Line]) -> list[Piece]:
    """Lines as the pieces of one cell."""
    return paragraph_pieces(Paragraph(tuple(lines))) if lines else []
