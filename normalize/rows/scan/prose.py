"""The prose as records: its headings and paragraphs with their numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalize.rows.findings import paragraph_findings
from normalize.rows.headings import in_capitals, is_title
from normalize.rows.numbering.decide import Decided, RowCandidate
from normalize.rows.numbering.prose_numbers import decide_prose
from normalize.rows.records import Piece, Record
from normalize.rows.scan.divisions import (
    Division,
    division_of,
    joined_path,
    out_of_order,
    path_below,
    with_titles_joined,
)
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

_UNSURE_LABEL = 2.0  # the cost of taking a leading number for a mere word
_LOST = "a line in capitals like a heading, without a number"
_A_HEADING = 3  # lines that a heading takes, at most


@dataclass(frozen=True)
class AttachedBody:
    """The prose of a document that another one promulgates, and the lines of its title."""

    title: Sequence[Line]
    lines: Sequence[Line]


def prose_records(
    body: Sequence[Line],
    footnotes: Sequence[Footnote] = (),
    around: Sequence[Line] = (),
    attached: Sequence[AttachedBody] = (),
) -> tuple[list[Record], list[Finding]]:
    """A record for each heading, paragraph and footnote of the body in order.

    With them go findings on gaps and repeats in its numbers. ``around``: the lines before and
    after the body, which show the margins as well. ``attached``: the prose of a document that this
    one promulgates.
    """
    original, divisions = _paragraphs([AttachedBody((), body), *attached], around)
    paragraphs = [
        ((), divisions[i].text) if i in divisions else split_label(paragraph)
        for i, paragraph in enumerate(original)
    ]
    numbers = _numbers(paragraphs, divisions)
    records = list(_records(paragraphs, original, numbers, divisions))
    bearers = [paragraph.slots for paragraph in original]
    findings = paragraph_findings(numbers, lambda place: paragraphs[place][1].page_no)
    return with_footnotes(records, bearers, footnotes), list(findings)


def _paragraphs(
    bodies: Sequence[AttachedBody], around: Sequence[Line]
) -> tuple[list[Paragraph], dict[int, Division]]:
    """The paragraphs of all bodies, and the divisions that some of them begin, by their places."""
    found: list[Paragraph] = []
    divisions: dict[int, Division] = {}
    for body in bodies:
        if body.title:
            title = Paragraph(tuple(body.title))
            divisions[len(found)] = Division("", -1, True, title)
            found.append(title)
        before = bodies[0].lines if body is not bodies[0] else ()
        for paragraph in with_titles_joined(lines_to_paragraphs(body.lines, around, before)):
            division = division_of(paragraph)
            if division is not None:
                divisions[len(found)] = division
            found.append(paragraph)
    return found, divisions


def _numbers(
    paragraphs: Sequence[tuple[tuple[str, ...], Paragraph]], divisions: Mapping[int, Division]
) -> dict[int, Decided]:
    """The numbers of the paragraphs that have one, by their places.

    They begin anew below each division (`Điều 2.`), and stand under those that are headings.
    """
    path: list[tuple[int, str]] = []
    found: dict[int, Decided] = {}
    for begin, end in pairwise(sorted({0, *divisions, len(paragraphs)})):
        if begin in divisions:
            path = path_below(path, divisions[begin])
        labelled = [i for i in range(begin, end) if paragraphs[i][0]]
        candidates = [RowCandidate(paragraphs[i][0], drop=_UNSURE_LABEL) for i in labelled]
        decided = (
            replace(one, key=joined_path(path, one.key), parent=joined_path(path, one.parent))
            for one in decide_prose(candidates)
        )
        found |= zip(labelled, decided, strict=True)
    return found


def _records(
    paragraphs: Sequence[tuple[tuple[str, ...], Paragraph]],
    original: Sequence[Paragraph],
    numbers: dict[int, Decided],
    divisions: Mapping[int, Division],
) -> Iterator[Record]:
    counts, headings = Counter[str](), _headings(paragraphs, numbers)
    lost = _below_lost_headings(original, numbers, divisions)
    path: list[tuple[int, str]] = []
    section, unsure, odd = "", False, out_of_order(divisions)
    for i, (_, bare) in enumerate(paragraphs):
        if i in divisions:
            path = path_below(path, divisions[i])
            section, unsure = joined_path(path), False
            counts[section] += 1
            row_id = f"{section}#{counts[section]}"
            yield _division_record(divisions[i], row_id, is_odd=i in odd)
            continue
        decided = numbers.get(i)
        is_row = decided is not None and decided.status != "dropped"
        paragraph = bare if is_row else original[i]
        number = decided.number if decided is not None and is_row else ""
        is_heading, unlike = headings.get(i, (False, False))
        if decided is not None and is_row:
            section, unsure = decided.key if is_heading else decided.parent, unlike
        counts[section] += 1
        review, reason = _doubt(decided if is_row else None, unlike=unlike, unsure=unsure)
        yield Record(
            "paragraphs",
            f"{section}#{counts[section]}",
            paragraph.page_no,
            {"text": paragraph_pieces(paragraph)},
            section_path=section,
            kind="heading" if is_heading else "paragraph",
            number=number,
            review=tuple(dict.fromkeys((*review, *lost.get(i, ())))),
            reason=reason or _LOST * (i in lost),
        )


def _below_lost_headings(
    original: Sequence[Paragraph], numbers: Mapping[int, Decided], divisions: Mapping[int, Division]
) -> dict[int, tuple[str, ...]]:
    """The columns in doubt where a heading's number may not have been read.

    Below a heading in capitals, such a line without a number is likely a heading as well, and what
    follows stands in its section, up to the next heading of that level.
    """
    found: dict[int, tuple[str, ...]] = {}
    level: str | None = None  # what the last heading in capitals stands under
    is_below = False
    for i, paragraph in enumerate(original):
        decided = numbers.get(i)
        if i in divisions:
            level, is_below = None, False
        elif decided is not None and decided.status != "dropped":
            if in_capitals(paragraph.text):
                level = decided.parent
            is_below = is_below and decided.parent != level
        elif level is not None and _is_unnumbered_heading(paragraph):
            found[i], is_below = ("kind", "section_path"), True
            continue
        if is_below:
            found[i] = ("section_path",)
    return found


def _is_unnumbered_heading(paragraph: Paragraph) -> bool:
    return in_capitals(paragraph.text) and " " in paragraph.text


def _doubt(decided: Decided | None, *, unlike: bool, unsure: bool) -> tuple[tuple[str, ...], str]:
    """The columns of a paragraph that are in doubt, and why."""
    is_doubted = decided is not None and (decided.status != "read" or decided.out_of_order)
    review = ("number",) if is_doubted else ()
    reason = decided.reason if decided is not None and is_doubted else ""
    if not unsure:
        return review, reason
    # and so is the section of the paragraphs below it
    told = reason or "a heading among sentences, or a sentence among headings"
    return (*review, "kind" if unlike else "section_path"), told


def _division_record(division: Division, row_id: str, *, is_odd: bool) -> Record:
    """The record of a division's own line."""
    return Record(
        "paragraphs",
        row_id,
        division.text.page_no,
        {"text": paragraph_pieces(division.text)},
        section_path=row_id.rpartition("#")[0],
        kind="heading" if division.is_heading else "paragraph",
        number=division.number,
        review=("number",) if is_odd else (),
        reason="its number does not follow the one before" if is_odd else "",
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
