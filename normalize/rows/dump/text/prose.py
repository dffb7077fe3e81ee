"""The prose of a dump: front, paragraphs and close.

Their bounds are told by how lines end and begin, by blank lines, and by the prose's numbers.

Long: labels, their numbers and the cut into paragraphs decide each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.rows.dump.text.boundaries import SENTENCE_END, BoundaryScorer
from normalize.rows.dump.text.labels import REFERS, label_length
from normalize.rows.dump.tokens import BLANK_LINE, SAME_LINE, Token, tokens_to_pieces
from normalize.rows.dump.word_costs import ends_badly
from normalize.rows.findings import paragraph_findings
from normalize.rows.glued import without_glue
from normalize.rows.headings import is_title
from normalize.rows.numbering.decide import Decided, RowCandidate, decide_numbers
from normalize.rows.records import Record
from normalize.rows.scan.footnote_records import with_footnotes
from normalize.rows.scan.footnotes import Footnote
from schemas.findings import Finding

_NOWHERE = -10.0  # the score of a token where no paragraph begins
_UNSURE = 3.0  # a boundary whose score is nearer to zero is put in review
_DROPS = {"firm": 3.0, "line": 1.2, "inner": 0.7}


@dataclass(frozen=True)
class DumpParagraph:
    """A paragraph's tokens, those of its number apart, and whether its bounds are in doubt."""

    number: tuple[Token, ...]
    tokens: tuple[Token, ...]
    unsure: bool

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(token.text for token in self.tokens)


def prose_records(
    body: Sequence[Token], footnotes: Sequence[Footnote] = ()
) -> tuple[list[Record], list[Finding]]:
    """A record for each heading, paragraph and footnote of the body; findings on gaps and repeats
    in its numbers.
    """
    if not body:
        return [], []
    body = [part for token in body for part in _unglued(token)]
    labels = _labels(body)
    decided = decide_numbers(
        [RowCandidate((_reading(body, label),), drop=label.drop) for label in labels], "paragraphs"
    )
    numbers = {
        label.start: (label, decision)
        for label, decision in zip(labels, decided, strict=True)
        if decision.status != "dropped"
    }
    paragraphs = _paragraphs(body, numbers)
    by_start = {start: decided for start, (_, decided) in numbers.items()}
    findings = paragraph_findings(by_start, lambda start: body[start].page_no)
    records = list(_records(paragraphs, numbers))
    bearers = [[token.slot for token in paragraph.tokens] for _, paragraph in paragraphs]
    return with_footnotes(records, bearers, footnotes), list(findings)


def _unglued(token: Token) -> list[Token]:
    """A token as it is; or, at the head of a line, a number and a first word that are glued, as
    two.
    """
    if token.gap == SAME_LINE:
        return [token]
    first, *others = without_glue(token.slot)
    return [
        replace(token, slot=first),
        *(replace(token, slot=slot, gap=SAME_LINE) for slot in others),
    ]


@dataclass(frozen=True)
class _Label:
    """Tokens that may be the number of a heading or sentence, and what it costs that they
    are none.
    """

    start: int
    end: int
    drop: float


def _labels(body: Sequence[Token]) -> list[_Label]:
    found = []
    for at, token in enumerate(body):
        length = label_length(body, at)
        if not length or at + length >= len(body):
            continue
        capital = body[at + length].text.lstrip("\"“'")[:1].isupper()
        before = body[at - 1] if at else None
        ended = before is None or SENTENCE_END.search(before.text) is not None
        if before is not None and before.text.lower() in REFERS:
            continue
        if token.gap != SAME_LINE or before is None:
            firm = capital and (
                token.gap >= BLANK_LINE or ended or before is None or not ends_badly(before)
            )
            found.append(_Label(at, at + length, _DROPS["firm" if firm else "line"]))
        elif (
            capital
            and before is not None
            and not before.text.endswith((":", ";", ","))
            and not ends_badly(before)
        ):
            found.append(_Label(at, at + length, _DROPS["inner"]))
    return found


def _reading(body: Sequence[Token], label: _Label) -> str:
    return "".join(token.text for token in body[label.start : label.end])


Numbers = dict[int, tuple[_Label, Decided]]


def _paragraphs(body: Sequence[Token], numbers: Numbers) -> list[tuple[int, DumpParagraph]]:
    """The paragraphs with the index of their first token."""
    scorer = BoundaryScorer(body)
    once = _cut_all(
        body, numbers, scorer, frozenset(decided.parent for _, decided in numbers.values())
    )
    votes = _votes(once, numbers)
    twice = _cut_all(
        body, numbers, scorer, frozenset(parent for parent, count in votes.items() if count >= 0)
    )
    return list(
        _with_headings(
            twice,
            numbers,
            scorer,
            frozenset(parent for parent, count in votes.items() if count > 0),
        )
    )


def _votes(paragraphs: Sequence[tuple[int, DumpParagraph]], numbers: Numbers) -> Counter[str]:
    """For each section how many more of its numbered parts are headings than sentences."""
    votes: Counter[str] = Counter()
    for start, paragraph in paragraphs:
        if start in numbers:
            votes[numbers[start][1].parent] += 1 if is_title(paragraph.text) else -1
    return votes


def _with_headings(
    paragraphs: Sequence[tuple[int, DumpParagraph]],
    numbers: Numbers,
    scorer: BoundaryScorer,
    parents: frozenset[str],
) -> Iterator[tuple[int, DumpParagraph]]:
    """The paragraphs, with each heading parted from the sentences that follow it.

    A numbered paragraph among headings is cut where its sentences most likely begin.
    """
    for start, paragraph in paragraphs:
        first = start + len(paragraph.number)
        if (
            start not in numbers
            or numbers[start][1].parent not in parents
            or is_title(paragraph.text)
        ):
            yield start, paragraph
            continue
        end = first + len(paragraph.tokens)
        stop = next((at for at in range(first, end) if scorer.ends_sentence(at)), end)
        score, at = max(
            ((scorer.score(at, in_heading=True), at) for at in range(first + 1, stop)),
            default=(_NOWHERE, first),
        )
        if score <= _NOWHERE:
            yield start, paragraph
            continue
        yield start, DumpParagraph(paragraph.number, paragraph.tokens[: at - first], True)
        yield at, DumpParagraph((), paragraph.tokens[at - first :], True)


def _cut_all(
    body: Sequence[Token], numbers: Numbers, scorer: BoundaryScorer, parents: frozenset[str]
) -> list[tuple[int, DumpParagraph]]:
    """The paragraphs, given the sections whose numbered parts are headings."""
    starts: list[tuple[int, bool]] = [(0, False)]
    in_heading = 0 in numbers and numbers[0][1].parent in parents
    for at in range(1, len(body)):
        if at in numbers:
            starts.append((at, False))
            in_heading = numbers[at][1].parent in parents
            continue
        if starts[-1][0] in numbers and at == numbers[starts[-1][0]][0].end:
            continue
        score = scorer.score(
            at, in_heading and not _has_stop(body, starts[-1][0], at), starts[-1][0]
        )
        if score > 0:
            starts.append((at, score < _UNSURE))
            in_heading = False
        elif score > -_UNSURE:
            starts[-1] = (starts[-1][0], True)
    ends = [start for start, _ in starts[1:]] + [len(body)]
    return [
        (start, _cut(body, start, end, unsure, numbers))
        for (start, unsure), end in zip(starts, ends, strict=True)
    ]


def _cut(
    body: Sequence[Token], start: int, end: int, unsure: bool, numbers: Numbers
) -> DumpParagraph:
    after = numbers[start][0].end if start in numbers else start
    return DumpParagraph(tuple(body[start:after]), tuple(body[after:end]), unsure)


def _has_stop(body: Sequence[Token], start: int, at: int) -> bool:
    """Whether a sentence ends within a numbered paragraph's words: then it is no heading."""
    return any(token.text.endswith(".") for token in body[start + 1 : at])


def _records(paragraphs: Sequence[tuple[int, DumpParagraph]], numbers: Numbers) -> Iterator[Record]:
    section, counts = "", Counter[str]()
    for start, paragraph in paragraphs:
        decided = numbers[start][1] if start in numbers else None
        is_heading = decided is not None and is_title(paragraph.text)
        if decided is not None:
            section = decided.key if is_heading else decided.parent
        counts[section] += 1
        doubt = decided is not None and (decided.status != "read" or decided.out_of_order)
        review = (("number",) if doubt else ()) + (("text",) if paragraph.unsure else ())
        reasons = [decided.reason] if decided is not None and doubt else []
        reasons += (
            ["it is not clear where the paragraph begins or ends"] if paragraph.unsure else []
        )
        cells = {
            "number": tokens_to_pieces(paragraph.number),
            "text": tokens_to_pieces(paragraph.tokens),
        }
        page_no = (paragraph.number + paragraph.tokens)[0].page_no
        yield Record(
            "paragraphs",
            f"{section}#{counts[section]}",
            page_no,
            {name: pieces for name, pieces in cells.items() if pieces},
            section_path=section,
            kind="heading" if is_heading else "paragraph",
            number=decided.number if decided is not None else "",
            review=review,
            reason="; ".join(reasons),
        )
