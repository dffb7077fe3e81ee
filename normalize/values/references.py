"""References from the prose to the tasks of appendix 3."""

import re

from normalize.text.clean import clean
from normalize.text.fold import fold

_POINTS = r"(?P<points>\d{1,2}(?:\.\d{1,2})*(?:\s?(?:,|va|-)\s?\d{1,2}(?:\.\d{1,2})+)*)"
_POINT = r"(?:[dđ][iíìl1]?[eê]m|muc|khoan|nhom)"
_APPENDIX = r"ph[uy]\s?[l1i]uc\s?(?:so\s?)?(?:3|iii)(?![\d.]*\d|i)"
_FORWARD = re.compile(
    rf"\b{_POINT}\s+{_POINTS}\s?[,;]?\s?(?:cua|thuoc|tai|o|trong)?\s?\(?{_APPENDIX}"
)
_BACKWARD = re.compile(rf"\b{_APPENDIX}\s?[,;(]?\s?(?:tai\s)?{_POINT}\s+{_POINTS}")


def refers_to(text: str) -> str:
    """The point of appendix 3 that a sentence names (``1.10``), several joined with ``; ``, empty where it names none."""
    key = fold(clean(text))
    match = _FORWARD.search(key) or _BACKWARD.search(key)
    return "; ".join(re.findall(r"\d[\d.]*", match["points"])) if match is not None else ""
