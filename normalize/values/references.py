"""References from the prose to the rows of the appendix of tasks."""

import re
from functools import cache

from normalize.text.clean import clean
from normalize.text.fold import fold
from normalize.text.roman import roman

_GROUPS = r"(?:(?:[a-h]|[ivx]{1,5})\.){0,2}"  # in front of a number that begins anew: `II.3`
_POINTS = (
    rf"(?P<points>{_GROUPS}\d{{1,2}}(?:\.\d{{1,2}})*"
    rf"(?:\s?(?:,|va|-)\s?(?:\d{{1,2}}(?:\.\d{{1,2}})+|(?=[a-hivx]){_GROUPS}\d{{1,2}}))*)"
)
_POINT = r"(?:[dđ][iíìl1]?[eê]m|muc|khoan|nhom)"


def refers_to(text: str, appendix: str = "3") -> str:
    """The point of the appendix of tasks that a sentence names (``1.10``, ``II.3``), empty where it
    names none.

    Several points are joined with ``; ``.
    """
    printed = clean(text)
    key = fold(printed)
    match = next(
        (found for pattern in _patterns(appendix) if (found := pattern.search(key)) is not None),
        None,
    )
    if match is None:
        return ""
    start = match.start("points")
    points = re.finditer(rf"{_GROUPS}\d[\d.]*", match["points"])
    places = [slice(start + point.start(), start + point.end()) for point in points]
    # of the same length: `đ` is no `d` there
    source = printed if len(printed) == len(key) else key
    return "; ".join(_capital(source[place]) for place in places)


def _capital(point: str) -> str:
    """A point's letters in capitals, marks that no numeral has left out: `đ.3` is Đ.3."""
    return "".join("Đ" if sign in "đĐ" else fold(sign).upper() or sign for sign in point)


@cache
def _patterns(appendix: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The point before the appendix's name, and behind it."""
    number = rf"(?:0?{appendix}|{roman(int(appendix)).lower()})(?![\d.]*\d|[ivx])"
    name = rf"(?:ph[uy]\s?[l1i]uc|bieu)\s?(?:so\s?)?{number}"
    return (
        re.compile(rf"\b{_POINT}\s+{_POINTS}\s?[,;]?\s?(?:cua|thuoc|tai|o|trong)?\s?\(?{name}"),
        re.compile(rf"\b{name}\s?[,;(]?\s?(?:tai\s)?{_POINT}\s+{_POINTS}"),
    )
