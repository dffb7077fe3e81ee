"""The prose of a dump: front, paragraphs and close, by how its lines end and begin, the blank lines between them, and its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from normalize.dump_boundaries import SENTENCE_END, BoundaryScorer
from normalize.dump_vocabulary import ends_badly
from normalize.dump_words import BLANK_LINE, SAME_LINE, Token, tokens_to_lines, tokens_to_pieces
from normalize.number_forms import possible_parts, roman_value
from normalize.numbering import Candidate, Decided, decide_numbers
from normalize.prose import is_title
from normalize.records import Record, gap_finding
from normalize.search_key import fold
from schemas.metrics import Finding

_ROMAN_LABEL = regex.compile(r"^[IVXLHivxlnmr1T]{1,5}[.:\-–—)/]+$")
_DOTTED_LABEL = regex.compile(r"^\W?[\dlIiOoSZ]{1,2}(?:[.,][\dlIOSZ]{1,2}){1,3}[.,:;)\-–]?$")
_INTEGER_LABEL = regex.compile(r"^\W?[\dlISZ]{1,2}[.,:;)\-–/]+$")
_BRACKET_LABEL = regex.compile(r"^[(\[{][\dlIiOoỉíìTtSsBZz]{1,3}[)\]}1lJj]?[.,]?$")
_PAGE_NUMBER = regex.compile(r"^\W*\d{1,3}\W*$")
_TITLE = regex.compile(r"\bchuong trinh\b|\bhanh dong\b|\bke hoach\b")
_RECIPIENTS = regex.compile(r"^\W*n[ouơ]i nhan\b")
_ON_BEHALF = regex.compile(r"^\W*t\W?/\W?m\b")
_NOWHERE = -10.0  # the score of a token where no paragraph begins
_UNSURE = 1.6  # a boundary whose score is nearer to zero is put in review
_TITLE_WORDS = 150
_LONG_LINE = 45  # letters: a title's lines are shorter, or begin with a small letter
_DROPS = {"firm": 3.0, "line": 1.2, "inner": 0.7}


@dataclass(frozen=True)
class ProseText:
    """The tokens before the first paragraph, of the body, and from the recipients on."""

    front: tuple[Token, ...]
    body: tuple[Token, ...]
    close: tuple[Token, ...]


@dataclass(frozen=True)
class DumpParagraph:
    """A paragraph's tokens without its number, the tokens of its number, and whether it is doubtful that it begins and ends here."""

    number: tuple[Token, ...]
    tokens: tuple[Token, ...]
    unsure: bool

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(token.text for token in self.tokens)


def split_prose(tokens: Sequence[Token]) -> ProseText:
    """The three parts of the prose; page numbers that stand alone are dropped."""
    lines = [line for line in tokens_to_lines(tokens) if not (len(line) == 1 and _PAGE_NUMBER.match(line[0].text))]
    kept = [token for line in lines for token in line]
    start = _body_start(kept)
    end = next((at for at in range(start, len(kept)) if kept[at].gap != SAME_LINE and _begins_close(kept, at)), len(kept))
    return ProseText(tuple(kept[:start]), tuple(kept[start:end]), tuple(kept[end:]))


def _body_start(tokens: Sequence[Token]) -> int:
    """Where the title ends: at the first number, or at a long line in small letters that begins with a capital; else below its first line."""
    near = tokens[:_TITLE_WORDS]
    if not near:
        return 0
    starts = [0, *(at for at in range(1, len(near)) if near[at].gap != SAME_LINE)]
    texts = [" ".join(token.text for token in near[start:end]) for start, end in zip(starts, [*starts[1:], len(near)], strict=True)]
    title = next((i for i, text in enumerate(texts) if _TITLE.search(fold(text))), 0)
    below = starts[title + 1] if title + 1 < len(starts) else len(near)
    lines = {start: i for i, start in enumerate(starts) if start >= below}

    def begins(at: int) -> bool:
        if _is_first_number(near, at):
            return True
        apart = at in lines and (near[at].gap >= BLANK_LINE or not texts[lines[at] - 1].isupper()) and not ends_badly(near[at - 1])
        return apart and _is_sentence(texts[lines[at]])

    return next((at for at in range(1, len(near)) if begins(at)), below)


def _is_sentence(text: str) -> bool:
    """Whether a line is long, begins with a capital, and is in small letters."""
    letters = [letter for letter in text if letter.isalpha()]
    small = sum(letter.islower() for letter in letters) > 0.8 * len(letters)
    return text[:1].isupper() and small and len(text) > _LONG_LINE


def _is_first_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether a heading's or sentence's number begins here that counts from one, a capital after it."""
    length = _label_length(tokens, at)
    if not length or at + length >= len(tokens) or not tokens[at + length].text[:1].isupper():
        return False
    reading = "".join(token.text for token in tokens[at : at + length])
    return roman_value(reading) == 1 or (1,) in possible_parts(reading)


def _begins_close(tokens: Sequence[Token], at: int) -> bool:
    text = fold(" ".join(token.text for token in tokens[at : at + 4]))
    return _RECIPIENTS.search(text) is not None or _ON_BEHALF.match(text) is not None


def _label_length(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from one on are a heading's or sentence's number: ``II-``, ``1.1.``, ``(ỉ)``, ``1 .``; 0 where none is."""
    text = tokens[at].text
    for pattern in (_BRACKET_LABEL, _DOTTED_LABEL, _INTEGER_LABEL, _ROMAN_LABEL):
        if pattern.match(text) and any(letter.isdigit() or letter in "IVXlinmHTỉ" for letter in text):
            return 1
    if at + 1 < len(tokens) and len(tokens[at + 1].text) == 1 and tokens[at + 1].gap == SAME_LINE and tokens[at + 1].text in ".-–)":
        both = text + tokens[at + 1].text
        return 2 if _INTEGER_LABEL.match(both) or _ROMAN_LABEL.match(both) or _BRACKET_LABEL.match(both) else 0
    return 0


def prose_records(body: Sequence[Token]) -> tuple[list[Record], list[Finding]]:
    """A record for each heading and paragraph of the body, and gaps and repeats in its numbering."""
    if not body:
        return [], []
    labels = _labels(body)
    decided = decide_numbers([Candidate((_reading(body, label),), drop=label.drop) for label in labels], "paragraphs")
    numbers = {label.start: (label, decision) for label, decision in zip(labels, decided, strict=True) if decision.status != "dropped"}
    paragraphs = _paragraphs(body, numbers)
    return list(_records(paragraphs, numbers)), list(_findings(numbers, body))


@dataclass(frozen=True)
class _Label:
    """Tokens that may be a number before a heading or sentence, and what it costs that they are none."""

    start: int
    end: int
    drop: float


def _labels(body: Sequence[Token]) -> list[_Label]:
    found = []
    for at, token in enumerate(body):
        length = _label_length(body, at)
        if not length or at + length >= len(body):
            continue
        capital = body[at + length].text.lstrip("\"“'")[:1].isupper()
        before = body[at - 1] if at else None
        ended = before is None or SENTENCE_END.search(before.text) is not None
        if token.gap != SAME_LINE or before is None:
            firm = capital and (token.gap >= BLANK_LINE or ended or before is None or not ends_badly(before))
            found.append(_Label(at, at + length, _DROPS["firm" if firm else "line"]))
        elif capital and before is not None and not before.text.endswith((":", ";", ",")) and not ends_badly(before):
            found.append(_Label(at, at + length, _DROPS["inner"]))
    return found


def _reading(body: Sequence[Token], label: _Label) -> str:
    return "".join(token.text for token in body[label.start : label.end])


Numbers = dict[int, tuple[_Label, Decided]]


def _paragraphs(body: Sequence[Token], numbers: Numbers) -> list[tuple[int, DumpParagraph]]:
    """The paragraphs with the index of their first token."""
    scorer = BoundaryScorer(body)
    once = _cut_all(body, numbers, scorer, frozenset(decided.parent for _, decided in numbers.values()))
    votes = _votes(once, numbers)
    twice = _cut_all(body, numbers, scorer, frozenset(parent for parent, count in votes.items() if count >= 0))
    return list(_with_headings(twice, numbers, scorer, frozenset(parent for parent, count in votes.items() if count > 0)))


def _votes(paragraphs: Sequence[tuple[int, DumpParagraph]], numbers: Numbers) -> Counter[str]:
    """For each section how many more of its numbered parts are headings than sentences."""
    votes: Counter[str] = Counter()
    for start, paragraph in paragraphs:
        if start in numbers:
            votes[numbers[start][1].parent] += 1 if is_title(paragraph.text) else -1
    return votes


def _with_headings(
    paragraphs: Sequence[tuple[int, DumpParagraph]], numbers: Numbers, scorer: BoundaryScorer, parents: frozenset[str]
) -> Iterator[tuple[int, DumpParagraph]]:
    """The paragraphs, a numbered one among headings that goes on into sentences cut where these most likely begin."""
    for start, paragraph in paragraphs:
        first = start + len(paragraph.number)
        if start not in numbers or numbers[start][1].parent not in parents or is_title(paragraph.text):
            yield start, paragraph
            continue
        stop = next(at for at in range(first, first + len(paragraph.tokens)) if scorer.ends_sentence(at))
        score, at = max(((scorer.score(at, in_heading=True), at) for at in range(first + 1, stop)), default=(_NOWHERE, first))
        if score <= _NOWHERE:
            yield start, paragraph
            continue
        yield start, DumpParagraph(paragraph.number, paragraph.tokens[: at - first], True)
        yield at, DumpParagraph((), paragraph.tokens[at - first :], True)


def _cut_all(body: Sequence[Token], numbers: Numbers, scorer: BoundaryScorer, parents: frozenset[str]) -> list[tuple[int, DumpParagraph]]:
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
        score = scorer.score(at, in_heading and not _has_stop(body, starts[-1][0], at))
        if score > 0:
            starts.append((at, score < _UNSURE))
            in_heading = False
        elif score > -_UNSURE:
            starts[-1] = (starts[-1][0], True)
    ends = [start for start, _ in starts[1:]] + [len(body)]
    return [(start, _cut(body, start, end, unsure, numbers)) for (start, unsure), end in zip(starts, ends, strict=True)]


def _cut(body: Sequence[Token], start: int, end: int, unsure: bool, numbers: Numbers) -> DumpParagraph:
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
        reasons += ["it is not clear where the paragraph begins or ends"] if paragraph.unsure else []
        cells = {"number": tokens_to_pieces(paragraph.number), "text": tokens_to_pieces(paragraph.tokens)}
        page_no = (paragraph.number + paragraph.tokens)[0].page_no
        yield Record("paragraphs", f"{section}#{counts[section]}", page_no, {name: pieces for name, pieces in cells.items() if pieces}, section_path=section,
                     kind="heading" if is_heading else "paragraph", number=decided.number if decided is not None else "", review=review,
                     reason="; ".join(reasons))  # fmt: skip


def _findings(numbers: Numbers, body: Sequence[Token]) -> Iterator[Finding]:
    for start, (_, decided) in numbers.items():
        page_no = body[start].page_no
        if decided.missing:
            yield gap_finding("paragraphs", decided.key, decided.missing, page_no, start == min(numbers))
        if decided.out_of_order:
            yield Finding("numbering_order", page_no, f"paragraphs {decided.key}", "this number repeats or precedes an earlier one")
