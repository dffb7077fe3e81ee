"""Citations of legal and Party documents in running text: kind, number, date and issuer."""

import datetime
import functools
import re
from dataclasses import dataclass, replace

from normalize.bodies.listed import BodyList, find_in_text, load_bodies
from normalize.lists.read_list import read_list
from normalize.text.clean import clean, plain_dashes
from normalize.text.distance import distance
from normalize.text.fold import fold
from normalize.values.periods import FIRST_YEAR, LAST_YEAR

_CODE = r"[A-ZĐ][A-Za-zĐđ]{0,9}"
_PARTY = rf"\d{{1,5}}\s?-\s?{_CODE}\s?/\s?{_CODE}(?:-{_CODE})*"  # 70-NQ/TW
# 30/2020/NĐ-CP, 41/2024/QH15
_STATE = rf"\d{{1,5}}\s?/\s?\d{{4}}\s?/\s?{_CODE}\d{{0,2}}(?:\s?-\s?{_CODE})*"
_SHORT = rf"\d{{1,5}}\s?/\s?{_CODE}(?:\s?-\s?{_CODE})+"  # 57/QĐ-TTg
_NUMBER = re.compile(rf"(?<![\w/.-])(?:{_STATE}|{_PARTY}|{_SHORT})(?![\w/])")
_DATE = re.compile(
    r"[\s,;.(]*(?:ng[aàáảãạâ][yỳýỷ]\s+)?(?:(?P<d>\d{1,2})\s?[/.]\s?(?P<m>\d{1,2})\s?[/.]\s?(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})\s+th[aáàảãạâ]ng\s+(?P<m2>\d{1,2})[\s,]+n[aăâắằ]m\s+(?P<y2>\d{4}))\)?",
    re.IGNORECASE,
)
_OF = re.compile(r"[\s,)]*(?:của|cùa|cua|do)\s+", re.IGNORECASE)
_SO = re.compile(r"[\s:]*\bs[ốoôồổỗơ]\s*:?\s*$", re.IGNORECASE)
_LIST = re.compile(r"[\s,;]*(?:(?:và|hoặc)\s+)?(?:s[ốo]\s*)?", re.IGNORECASE)
_LAW_WORDS = 14  # a law's own name stands between its kind and its number
_ISSUER_END = re.compile(
    r"[,;.()\"“”:]|\s(?:về|ban hành|quy định|khóa|khoá|nhiệm kỳ|và|thực hiện|sửa đổi|tại|trong"
    r"|đã|để|hướng dẫn|phê duyệt)(?=\s|$)"
)


@dataclass(frozen=True)
class Citation:
    """A cited document: kind, number, ISO date, issuer, its words, and where they stand.

    The number has no inner spaces; what is not printed is empty.
    """

    document_kind: str
    number: str
    date: str
    issuer: str
    printed: str
    start: int
    end: int


@functools.lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """All kinds, longest first, and the kinds of each code."""
    rows = read_list("document_kinds.csv")
    names = dict.fromkeys(row["kind"] for row in rows)
    codes = {
        code: tuple(row["kind"] for row in rows if row["code"] == code)
        for code in dict.fromkeys(row["code"] for row in rows)
    }
    return tuple(sorted(names, key=lambda name: -len(name.split()))), codes


def _kinds_of_code(number: str) -> tuple[str, ...]:
    """The kinds that a number's letters stand for."""
    codes = _kinds()[1]
    parts = [re.sub(r"\d+$", "", part) for part in re.split(r"[-/]", number) if part[:1].isalpha()]
    return next((codes[part] for part in parts if part in codes), ())


def _kind_before(text: str, reach: int) -> tuple[str, int] | None:
    """The kind of document that the last words of a text name, misread letters allowed; where it
    starts.
    """
    words = [(match.group(), match.start()) for match in re.finditer(r"\S+", text)]
    for end in range(len(words), max(0, len(words) - reach), -1):
        for kind in _kinds()[0]:
            size = len(kind.split())
            if size > end:
                continue
            read = " ".join(word for word, _ in words[end - size : end]).strip("\"“”'(,;:")
            if fold(read)[:1] == fold(kind)[:1] and distance(read, kind) <= 0.15 * len(kind):
                return kind, words[end - size][1]
    return None


def _kind(head: str, number: str) -> tuple[str, int]:
    """A citation's kind and where it starts, from the words before its number and the letters in
    it.
    """
    coded = _kinds_of_code(number)
    law = "Luật" in coded
    found = _kind_before(head, _LAW_WORDS if law else 2)
    if found is not None and (not coded or found[0] in coded or not law):
        return found
    return (coded[0] if len(set(coded)) == 1 or law else ""), len(head)


def _date(text: str) -> tuple[str, int]:
    """The date at the head of a text, ISO or empty, and where it ends."""
    match = _DATE.match(text)
    if match is None:
        return "", 0
    year, month, day = (int(match[name] or match[name + "2"]) for name in ("y", "m", "d"))
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return "", 0
    return (
        (date.isoformat(), match.end()) if 1945 <= year <= max(LAST_YEAR, FIRST_YEAR) else ("", 0)
    )


def _issuer(text: str, bodies: BodyList) -> tuple[str, int]:
    """The issuer at the head of a text (after ``của``), and where it ends; a listed one by its own
    name.
    """
    of = _OF.match(text)
    if of is None:
        return "", 0
    rest = text[of.end() : of.end() + 160]
    words = rest.split(" ")
    spans = [span for span in find_in_text(words, bodies) if span.start == 0]
    if spans:
        ending = len(" ".join(words[: spans[0].end]).rstrip('.,;:)"”'))
        return spans[0].body.name, of.end() + ending
    stop = _ISSUER_END.search(rest)
    name = (rest[: stop.start()] if stop is not None else rest).strip()
    proper = name[:1].isupper() and 2 <= len(name.split()) <= 10
    return (name, of.end() + len(name)) if proper else ("", 0)


def _one(text: str, match: re.Match[str], before: Citation | None, bodies: BodyList) -> Citation:
    """The citation around a number; in a list of numbers the kind of the one before holds on."""
    number = re.sub(r"\s", "", match.group())
    head = _SO.sub("", text[: match.start()])
    continues = before is not None and _LIST.fullmatch(text[before.end : match.start()]) is not None
    kind, start = _kind(text[before.end : len(head)] if before is not None else head, number)
    start += before.end if before is not None else 0
    if continues and before is not None and (not kind or start >= len(head)):
        kind, start = before.document_kind or kind, match.start()
    if start >= len(head):
        start = match.start()
    date, after_date = _date(text[match.end() :])
    issuer, after_issuer = _issuer(text[match.end() + after_date :], bodies)
    end = match.end() + after_date + after_issuer
    return Citation(kind, number, date, issuer, text[start:end].strip(" ,;"), start, end)


def find_citations(text: str, bodies: BodyList | None = None) -> list[Citation]:
    """All documents that a text cites by number, in order.

    The numbers of a list share their kind and the issuer that closes it.
    """
    known = bodies if bodies is not None else load_bodies()
    plain = plain_dashes(clean(text))
    found: list[Citation] = []
    for match in _NUMBER.finditer(plain):
        found.append(_one(plain, match, found[-1] if found else None, known))
    for place in range(len(found) - 1, 0, -1):
        first, second = found[place - 1], found[place]
        if not first.issuer and not first.date and _LIST.fullmatch(plain[first.end : second.start]):
            found[place - 1] = replace(first, issuer=second.issuer)
    return found
