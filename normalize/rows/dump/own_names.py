"""Names of bodies that no list has, told by the table itself: words that begin like a body's name
where a cell or an item begins, stand there more than once, and end where a line or an item does.

At one of their places a bullet, another body or a deadline stands in front of them, or funding
behind: words that only go on a task's text (``Rà soát`` above ``Bộ tiêu chí``) are none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from normalize.bodies.heads import begins_other
from normalize.rows.dump.phrases import BULLET, cues, find_phrases
from normalize.rows.dump.tokens import NEW_PAGE, SAME_LINE, Token, squash
from normalize.rows.dump.word_costs import (
    begins_deadline,
    ends_badly,
    ends_sentence,
    find_dates,
    is_body_head,
)

_SHORTEST, _LONGEST = 3, 9  # words
_LONGEST_HEAD, _LONGEST_LISTED = 5, 12  # words
_TWICE = 2
_ENDS = 0.5  # of its places: behind so many a line or an item ends
_MOSTLY = 0.8  # of a shorter name's places: where a longer one stands at so many, it is meant
_YEAR = regex.compile(r"20\d\d$")  # no name has one, `Sở Nội vụ` above `2027`
# what is a thing where it is written small; `Trung tâm Dữ liệu` is a body
_THING = regex.compile(r"^Trung tâm (?:dữ liệu|tính toán|mua sắm|thương mại|đô thị)\b")
_NO_NAME = ("tochuc",)  # a task begins so as well (Tổ chức hội nghị ...)


def own_names(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The names that a table's tokens tell, as they are most often read.

    Example: ``Vườn quốc gia Hồ Mây``, which stands in four cells, with its last words on a line of
    their own in two of them.
    """
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end in _candidates(tokens):
        places[squash(tokens[start:end])].append((start, end))
    often = {
        key: spans
        for key, spans in places.items()
        if len(spans) >= _TWICE
        and sum(_ends_item(tokens, end) for _, end in spans) >= _ENDS * len(spans)
        and any(_is_beside_cell(tokens, start, end) for start, end in spans)
    }
    whole = [key for key, spans in often.items() if not _is_begun(key, len(spans), often)]
    return tuple(_reading(tokens, often[key]) for key in sorted(whole))


def _candidates(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The runs of words that begin with a body's head where a cell or an item may begin."""
    for start in range(len(tokens)):
        if not _begins_item(tokens, start) or not is_body_head(tokens, start):
            continue
        is_other = squash(tokens[start : start + 2]).startswith(_NO_NAME)
        words = [token.text for token in tokens[start : start + _LONGEST_HEAD]]
        is_other = is_other or begins_other(words, 0) or bool(_THING.match(" ".join(words)))
        if is_other or tokens[start].text.casefold() in _deadline_words():
            continue
        for end in range(start + 1, min(start + _LONGEST, len(tokens)) + 1):
            last = tokens[end - 1]
            if end > start + 1 and not _goes_on(tokens, end - 1):
                break
            if end - start >= _SHORTEST and not ends_badly(last):
                yield start, end
            if ends_sentence(last) or last.text.endswith(","):
                break


@cache
def _deadline_words() -> frozenset[str]:
    """The first words of deadlines with their marks: ``quý`` is none of a fund's (``Quỹ``)."""
    return frozenset(phrase.split()[0].casefold() for phrase in cues("deadline"))


def _begins_item(tokens: Sequence[Token], at: int) -> bool:
    """Whether a line begins at a token, or an item that a dash leads or a comma parts."""
    if tokens[at].gap != SAME_LINE or at == 0:
        return bool(tokens[at].key)
    before = tokens[at - 1]
    return _is_dash(before) or before.text[-1:] in (",", ";", ".")


def _is_beside_cell(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a bullet, a listed body or a deadline stands before a name, or funding behind it."""
    if start > 0 and _is_dash(tokens[start - 1]):
        return True
    if end < len(tokens) and find_phrases("funding", tokens, end):
        return True
    before = range(max(0, start - _LONGEST_LISTED), start)
    return any(
        start in find_phrases(kind, tokens, at) for kind in ("body", "deadline") for at in before
    )


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name that has begun may go on at a token: there is no sign, no source of funding,
    no deadline, and no other name on a new line.
    """
    if not tokens[at].key or tokens[at].gap == NEW_PAGE or find_phrases("funding", tokens, at):
        return False
    begins = tokens[at].text[:1].isupper() and begins_deadline(tokens[at].key)
    is_date = _YEAR.search(tokens[at].text) or next(find_dates(tokens, at), None) is not None
    is_other = tokens[at].gap != SAME_LINE and is_body_head(tokens, at)
    return not (begins or is_date or (is_other and not ends_badly(tokens[at - 1])))


def _ends_item(tokens: Sequence[Token], end: int) -> bool:
    return (
        end == len(tokens)
        or tokens[end].gap != SAME_LINE
        or not _goes_on(tokens, end)
        or tokens[end - 1].text[-1:] in (",", ";")
    )


def _is_dash(token: Token) -> bool:
    return not token.key and BULLET.match(token.text) is not None


def _is_begun(key: str, count: int, names: dict[str, list[tuple[int, int]]]) -> bool:
    """Whether a longer name begins with a name, at most of its places."""
    return any(
        other != key and other.startswith(key) and len(spans) >= _MOSTLY * count
        for other, spans in names.items()
    )


def _reading(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> str:
    texts = Counter(
        " ".join(token.text for token in tokens[start:end]).rstrip(",;.") for start, end in spans
    )
    return min(texts, key=lambda text: (-texts[text], text))
