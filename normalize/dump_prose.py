"""The prose of a dump: front, paragraphs and close, by how its lines end and begin, the blank lines between them, and its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

import regex

from normalize.dump_vocabulary import ends_badly
from normalize.dump_words import BLANK_LINE, NEW_PAGE, SAME_LINE, Token, squash, tokens_to_lines, tokens_to_pieces
from normalize.number_forms import possible_parts, roman_value
from normalize.numbering import Candidate, Decided, decide_numbers
from normalize.prose import is_title
from normalize.records import Record, gap_finding
from normalize.search_key import fold
from schemas.metrics import Finding

_END = regex.compile(r"[.;:!?…][\"”’)\]]*$")
_ROMAN_LABEL = regex.compile(r"^[IVXLHivxlnmr1T]{1,5}[.:\-–—)/]+$")
_DOTTED_LABEL = regex.compile(r"^\W?[\dlIiOoSZ]{1,2}(?:[.,][\dlIOSZ]{1,2}){1,3}[.,:;)\-–]?$")
_INTEGER_LABEL = regex.compile(r"^\W?[\dlISZ]{1,2}[.,:;)\-–/]+$")
_BRACKET_LABEL = regex.compile(r"^[(\[{][\dlIiOoỉíìTtSsBZz]{1,3}[)\]}1lJj]?[.,]?$")
_PAGE_NUMBER = regex.compile(r"^\W*\d{1,3}\W*$")
_TITLE = regex.compile(r"\bchuong trinh\b|\bhanh dong\b|\bke hoach\b")
_RECIPIENTS = regex.compile(r"^\W*n[ouơ]i nhan\b")
_ON_BEHALF = regex.compile(r"^\W*t\W?/\W?m\b")
_MOST_EVIDENCE = 2.5
_SURE = 3.5
_ENDED = 1.6  # where a sentence ends at the end of a line
_OPENER, _KNOWN_OPENER = 4, 1.5  # words with which several paragraphs begin, and what they tell
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
    starts = [at for at, token in enumerate(near) if token.gap != SAME_LINE]
    texts = [" ".join(token.text for token in near[start:end]) for start, end in zip(starts, [*starts[1:], len(near)], strict=True)]
    title = next((i for i, text in enumerate(texts) if _TITLE.search(fold(text))), 0)
    below = starts[title + 1] if title + 1 < len(starts) else len(near)
    lines = {start: text for start, text in zip(starts, texts, strict=True) if start >= below}
    return next(
        (at for at in range(1, len(near)) if _is_first_number(near, at) or (at in lines and _is_sentence(near[at], lines[at]))), below
    )


def _is_sentence(first: Token, text: str) -> bool:
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
        ended = before is None or _END.search(before.text) is not None
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
    return _cut_all(body, numbers, scorer, _parents_of_headings(once, numbers))


def _parents_of_headings(paragraphs: Sequence[tuple[int, DumpParagraph]], numbers: Numbers) -> frozenset[str]:
    """The sections whose numbered parts are headings for the most part; those of the others are sentences."""
    votes: Counter[str] = Counter()
    for start, paragraph in paragraphs:
        if start in numbers:
            votes[numbers[start][1].parent] += 1 if is_title(paragraph.text) else -1
    return frozenset(parent for parent, count in votes.items() if count >= 0)


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


class BoundaryScorer:
    """How likely a paragraph begins at a token: above 0 it does. What blank lines and short lines tell is counted in the text itself."""

    def __init__(self, body: Sequence[Token]) -> None:
        self.body = body
        self.lengths = [len(" ".join(token.text for token in line)) for line in tokens_to_lines(body)]
        self.line_of = [i for i, line in enumerate(tokens_to_lines(body)) for _ in line]
        ordered = sorted(self.lengths)
        self.width = ordered[int(0.9 * (len(ordered) - 1))]
        self.small: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()
        for at in range(1, len(body)):
            if self._counted(at):
                pair = self._pair(at)
                (self.capital if body[at].text[:1].isupper() else self.small).update((pair, pair.split(" ")[0]))
        inner = [at for at in range(1, len(body)) if body[at].gap != SAME_LINE and body[at].text[:1].islower()]
        clear = [at for at in range(1, len(body)) if body[at].gap != SAME_LINE and self._ended(at) and body[at].text[:1].isupper()]
        self.blank = _evidence([body[at].gap >= BLANK_LINE for at in clear if self._fits(at)], [body[at].gap >= BLANK_LINE for at in inner])
        clear_starts = [at for at in clear if self._fits(at) or body[at].gap == BLANK_LINE]
        self.openers = Counter(squash(body[at : at + _OPENER]) for at in clear_starts)
        self.short = _evidence([self._fits(at) for at in clear if body[at].gap >= BLANK_LINE], [self._fits(at) for at in inner])

    def score(self, at: int, in_heading: bool) -> float:
        """Above 0 where a paragraph begins at a token; ``in_heading``: the one before is a numbered text without a stop so far."""
        token, before = self.body[at], self.body[at - 1]
        if token.text[:1].islower() or ends_badly(before) or (_is_capitals(token) and _is_capitals(before)):
            return -10.0
        ended, likely = self._ended(at), self._begins_sentence(at)
        if token.gap == SAME_LINE:  # a heading and its first sentence on one line
            return 1.0 if in_heading and likely == _SURE and not ended and not token.text.isupper() else -10.0
        total = _ENDED if ended else likely - (0.5 if in_heading else 4.0)
        total += _KNOWN_OPENER if ended and self.openers[squash(self.body[at : at + _OPENER])] > 1 else 0.0
        total += self.short[0] if self._fits(at) else -self.short[1]
        return total + (0.0 if token.gap == NEW_PAGE else self.blank[0] if token.gap == BLANK_LINE else -self.blank[1])

    def _ended(self, at: int) -> bool:
        return _END.search(self.body[at - 1].text) is not None

    def _fits(self, at: int) -> bool:
        """Whether the word at a line's start would have had room on the line before."""
        return self.lengths[self.line_of[at - 1]] + 1 + len(self.body[at].text) <= 0.88 * self.width

    def _begins_sentence(self, at: int) -> float:
        """How much a word with a capital looks like a sentence's first, by it and the next one: within sentences they are written small."""
        text = self.body[at].text
        if not text[:1].isalpha():
            return 0.5
        pair = self._pair(at)
        counts = [(self.small[key], self.capital[key] - self._counted(at), few) for key, few in ((pair, 2), (pair.split(" ")[0], 8))]
        if any(small >= few and capital == 0 for small, capital, few in counts):
            return _SURE
        for small, capital, _ in counts:
            if small or capital:
                return 1.0 if small > 4 * capital else -1.5
        return 0.3

    def _counted(self, at: int) -> bool:
        """Whether a word stands within a sentence, as far as can be told without knowing where paragraphs begin."""
        return self.body[at].gap == SAME_LINE and self.body[at - 1].text[-1:].isalpha()

    def _pair(self, at: int) -> str:
        """A word and the next one in small letters, without signs."""
        return " ".join(token.text.lower().strip(".,;:!?\"“”'()") for token in self.body[at : at + 2]) or " "


def _is_capitals(token: Token) -> bool:
    return token.text.isupper() and len(token.key) > 1


def _evidence(where: Sequence[bool], where_not: Sequence[bool]) -> tuple[float, float]:
    """What a sign is worth when it is there and when it is not, by how often it is there at boundaries and elsewhere."""
    yes, no = (sum(where) + 0.5) / (len(where) + 1), (sum(where_not) + 0.5) / (len(where_not) + 1)
    return min(_MOST_EVIDENCE, max(0.0, log(yes / no))), min(_MOST_EVIDENCE, max(0.0, log((1 - no) / (1 - yes))))


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
