"""Notes in the table of a dump: those at the end of a page, and the one that closes the table.

A note is known by what it says and where it stands: a sentence on lines of its own that ends a
page, below a row that is whole. Its mark (``*``, ``(1)``) helps where the engine read it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import regex

from normalize.rows.dump.phrases import find_phrases
from normalize.rows.dump.tokens import BLANK_LINE, NEW_PAGE, SAME_LINE, Token
from normalize.rows.dump.word_costs import begins_deadline, ends_badly, ends_sentence
from normalize.text.fold import fold
from normalize.values.deadlines import read_deadline

_STAR = regex.compile(r"^\(?\*\)?")
_STAR_ALONE = regex.compile(r"^\(?\*{1,3}\)?$")
_FIGURE = regex.compile(r"^[(\[]?\d[)\]]?[.:]?$|^[(\[]\d[)\]]")
_LABEL = regex.compile(r"^(?:ghi chu|chu thich) ?:")
_DASH = regex.compile(r"^[-–—•+]$")  # what is left of a star
_ROW_NUMBER = regex.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){1,2}|\(\d{1,2}\))$")
_DOTTED = regex.compile(r"^\W?\d{1,2}(?:\.\d{1,2}){1,2}\W?$")
_GROUP_NUMBER = regex.compile(r"^(?:\d{1,2}|[IVX]{1,5}|\d{1,2}\.\d{1,2})\.?$")
_NUMBER = regex.compile(r"^[(]?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,5})[).]?$")  # of any row
_LONGEST = 200  # words
_SHORTEST = 5
_LEAST_SAID = 6  # words of a note that is known by nothing but its place
_WHOLE_ROW = 10  # words from a row's number to the end of its last column
_LONGEST_DEADLINE = 12
_TITLE_LINES = 3  # of a group
# what notes speak of, folded
_SAYS = regex.compile(
    r"\b(?:ghi chu|chu thich|chiu trach nhiem|chu tri|phoi hop|phu luc nay"
    r"|danh muc nay|so lieu|in dam|in nghieng|khong bao gom|chua bao gom|bao gom ca|tinh den)\b"
)


@dataclass(frozen=True)
class TableText:
    """A table's tokens without its notes, the notes, and after which of these tokens a note was
    taken out that has neither mark nor a note's words.
    """

    tokens: tuple[Token, ...]
    notes: tuple[Token, ...]
    unsure: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Table:
    """What tells a table's rows from its notes: its last column, and the tokens, by their identity,
    that are numbers of its rows where these are not dotted.
    """

    last: str
    numbers: frozenset[int]

    def is_number(self, token: Token) -> bool:
        """Whether a token is such a number."""
        return id(token) in self.numbers


def take_notes(
    tokens: Sequence[Token], columns: Sequence[str], numbers: Collection[int] = ()
) -> TableText:
    """The tokens of a table's rows apart from its notes; ``numbers`` are the places of row numbers
    that are not dotted, where the table has such.
    """
    table = _Table(columns[-1], frozenset(id(tokens[at]) for at in numbers))
    closing = _closing_start(tokens, table)
    kept: list[Token] = []
    notes: list[Token] = []
    unsure: set[int] = set()
    start, last_note = 0, tokens[closing:]
    tokens = tokens[:closing]
    for end in _page_ends(tokens):
        page = tokens[start:end]
        following = tokens[end] if end < len(tokens) else None
        at, is_sure = _note_start([*kept, *page], len(kept), following, table)
        cut = at - len(kept)
        kept += page[:cut]
        notes += page[cut:]
        if cut < len(page) and not is_sure:
            unsure.add(len(kept) - 1)
        start = end
    return TableText(tuple(kept), (*notes, *last_note), frozenset(unsure))


def _closing_start(tokens: Sequence[Token], table: _Table) -> int:
    """Where the note begins that a star leads behind the last row, though a page may end in it; the
    end where there is none.
    """
    least = max(0, len(tokens) - _LONGEST)
    rows_end = max((_row_words(tokens, at, table) for at in range(least, len(tokens))), default=0)
    behind = range(max(least, rows_end), len(tokens))
    return next((at for at in behind if _STAR.match(tokens[at].text)), len(tokens))


def _page_ends(tokens: Sequence[Token]) -> list[int]:
    """Where each page of a table ends."""
    breaks = [at for at in range(1, len(tokens)) if tokens[at].gap == NEW_PAGE]
    return [*breaks, len(tokens)] if tokens else []


def _note_start(
    tokens: Sequence[Token], page: int, following: Token | None, table: _Table
) -> tuple[int, bool]:
    """Where the note begins that ends the page which begins at ``page``, the end where none does;
    and whether it is known by more than its place.

    No row's number and no known value of the last column stands in it.
    """
    end = len(tokens)
    if not ends_sentence(tokens[-1]) and following is not None:
        return end, True
    least = max(page + 1, end - _LONGEST)
    rows_end = max((_row_words(tokens, at, table) for at in range(least, end)), default=0)
    starts = [at for at in range(max(least, rows_end), end) if tokens[at].gap != SAME_LINE]
    for at in starts:
        known = _is_note(tokens, at, following, table)
        if known:
            return at, known == _BY_WORDS
    return end, True


_BY_WORDS, _BY_PLACE = "words", "place"


def _is_note(tokens: Sequence[Token], start: int, following: Token | None, table: _Table) -> str:
    """By what the tokens from a line's beginning on are known as a note, empty where they are
    none.
    """
    words = [token for token in tokens[start:] if token.key]
    if not _SHORTEST <= len(words) <= _LONGEST or not _begins_note(tokens, start):
        return ""
    if _STAR.match(tokens[start].text) or _is_led(tokens, start):
        return _BY_WORDS
    if not ends_sentence(tokens[-1]) or tokens[-1].text[-1:] in ":;":
        return ""
    said = fold(" ".join(token.text for token in words))
    is_known = _FIGURE.match(tokens[start].text) or _SAYS.search(said)
    ended = _ends_row(tokens, start, table)
    if following is not None and not _NUMBER.match(following.text):  # the row above goes on there
        is_within = following.text[:1].islower() and not ends_sentence(tokens[start - 1])
        is_apart = is_within and tokens[start].gap == BLANK_LINE
        return _BY_WORDS if is_apart and is_known else ""
    if is_known:
        is_apart = tokens[start].gap == BLANK_LINE and not ends_badly(tokens[start - 1])
        is_below = ended or (is_apart and _has_cells(tokens, start))
        return _BY_WORDS if is_below else ""
    return _BY_PLACE if ended and len(words) >= _LEAST_SAID else ""


def _is_led(tokens: Sequence[Token], start: int) -> bool:
    """Whether a line begins with a note's label: ``Ghi chú:``."""
    words = " ".join(token.text for token in tokens[start : start + 3])
    return _LABEL.match(fold(words)) is not None


def _begins_note(tokens: Sequence[Token], start: int) -> bool:
    """Whether a line begins with a capital, which a mark may lead."""
    is_mark = any(mark.match(tokens[start].text) for mark in (_STAR_ALONE, _FIGURE, _DASH))
    at = start + 1 if is_mark and start + 1 < len(tokens) else start
    return next((c.isupper() for c in tokens[at].text if c.isalpha()), False)


def _has_cells(tokens: Sequence[Token], start: int) -> bool:
    """Whether the row above has more than its number and some words, so that this is not its
    text.
    """
    numbers = [at for at in range(start) if _DOTTED.match(tokens[at].text)]
    return bool(numbers) and start - numbers[-1] >= _WHOLE_ROW


def _ends_row(tokens: Sequence[Token], at: int, table: _Table) -> bool:
    """Whether a row that is whole ends before a token, or a group's title."""
    return _ends_last(tokens, at, table) or _ends_title(tokens, at, table)


def _ends_last(tokens: Sequence[Token], at: int, table: _Table) -> bool:
    """Whether a known value of the last column ends before a token, and a row's words before it."""
    numbers = [place for place in range(at) if _ROW_NUMBER.match(tokens[place].text)]
    if not numbers or at - numbers[-1] < _WHOLE_ROW:
        return False
    near = range(max(numbers[-1] + 1, at - _LONGEST_DEADLINE), at)
    return any(_row_words(tokens, place, table) == at for place in near)


def _ends_title(tokens: Sequence[Token], at: int, table: _Table) -> bool:
    """Whether a group's number and title are what stands before a token."""
    lines, place = 0, at - 1
    while place > 0 and lines < _TITLE_LINES:
        if tokens[place].gap != SAME_LINE:
            lines += 1
            if table.is_number(tokens[place]):
                return False
            if _GROUP_NUMBER.match(tokens[place].text):
                return at - place > 1
            if _ROW_NUMBER.match(tokens[place].text):
                return False
        place -= 1
    return False


def _row_words(tokens: Sequence[Token], at: int, table: _Table) -> int:
    """Where what begins at a token ends that surely belongs to a row, 0 where nothing does."""
    is_dotted = _ROW_NUMBER.match(tokens[at].text) and not _leads_note(tokens, at)
    if is_dotted or table.is_number(tokens[at]):
        return at + 1
    found = find_phrases("funding", tokens, at)
    ends = [end for end in found if _ends_line(tokens, end)]
    if ends:
        return min(ends, key=lambda end: (found[end][0], -end))
    return _deadline_end(tokens, at) if table.last == "deadline" else 0


def _leads_note(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number in brackets may be a note's mark: a capital follows it."""
    return tokens[at].text.startswith("(") and _begins_note(tokens, at)


def _deadline_end(tokens: Sequence[Token], at: int) -> int:
    """Where the longest known deadline ends that begins a line at a token, 0 where none does."""
    if tokens[at].gap == SAME_LINE or not begins_deadline(tokens[at].key):
        return 0
    for end in range(min(len(tokens), at + _LONGEST_DEADLINE), at, -1):
        text = " ".join(token.text for token in tokens[at:end])
        if _ends_line(tokens, end) and read_deadline(text).kind:
            return end
    return 0


def _ends_line(tokens: Sequence[Token], end: int) -> bool:
    """Whether a line ends before a token, or a row's number follows on it."""
    return (
        end == len(tokens)
        or tokens[end].gap != SAME_LINE
        or _DOTTED.match(tokens[end].text) is not None
    )
