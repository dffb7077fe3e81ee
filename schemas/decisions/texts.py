"""The text of a file of decisions, whatever encoding a spreadsheet saved it in."""

from __future__ import annotations

import codecs
import re
import unicodedata

from schemas.errors import CorrectionsError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# code pages that spreadsheets save CSV in on Windows: the Vietnamese one, where tones are letters
# of their own behind the vowel, and the Western one
_PAGES = ("cp1258", "cp1252")
_LETTERS = frozenset(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | set("đĐ")
_SIGNS = frozenset("“”‘’–—…•«»°§±²³\u00a0×·≥≤")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]")  # a letter that a code page does not have


def decode(content: bytes, name: str) -> str:
    """The text of a file of decisions; ``name`` is for messages.

    UTF-8, UTF-16 or UTF-32 with its mark, UTF-16 without it, or a Windows code page in which the
    text is Vietnamese. Raises CorrectionsError with the line that cannot be read.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding, name)
    if 3 * content[:200].count(b"\0") > len(content[:200]):  # half of the header's bytes
        return _strict(content, "utf-16-be" if content[:1] == b"\0" else "utf-16-le", name)
    try:
        text = content.decode("utf-8")
        # what a code page has lost has none of the letters that only Vietnamese has
        is_whole = any("\u0100" <= letter <= "\u1eff" for letter in text)
        return text if is_whole else _whole(text, name)
    except UnicodeDecodeError as error:
        for page in _PAGES:
            text = unicodedata.normalize("NFC", content.decode(page, errors="replace"))
            if _is_vietnamese(text):
                return _whole(text, name)
        raise _unreadable(content, error, name) from error


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(content, error, name) from error


def _unreadable(content: bytes, error: UnicodeDecodeError, name: str) -> CorrectionsError:
    line = content.count(b"\n", 0, error.start) + 1
    return CorrectionsError(
        "the file is not CSV in UTF-8", f"{name}, line {line}", "save it as CSV (UTF-8)"
    )


def _is_vietnamese(text: str) -> bool:
    """Whether all letters are those of Vietnamese."""
    others = {letter for letter in text if not letter.isascii()}
    return bool(others) and others <= _LETTERS | _SIGNS


def _whole(text: str, name: str) -> str:
    """The text; raises CorrectionsError where a code page has put question marks for letters."""
    lost = _LOST.search(text)
    if lost is None:
        return text
    line = text.count("\n", 0, lost.start()) + 1
    raise CorrectionsError(
        "letters were lost when the file was saved",
        f"{name}, line {line}",
        "save it as CSV (UTF-8), from where its letters are whole",
    )
