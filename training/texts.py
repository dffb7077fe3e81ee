"""What the lines say: sentences and words of installed packages, and this project's lists of facts.

No document's text is used.
"""

from __future__ import annotations

import csv
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCKS = re.compile(r"</?(?:p|div|h\d|li|td|th|tr|br|table|dd|dt)\b[^>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style|head)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")
_MARKED = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_NOT_VIETNAMESE = re.compile("[fjwz]", re.IGNORECASE)
_HELP = ("usr/share/libreoffice/help/vi", "usr/share/doc/maint-guide-vi", "usr/share/maint-guide")
# GPL or MPL: read where it is unpacked, no part of it is shipped
_SPELLING = "usr/share/hunspell/vi_VN.dic"
_WORD_LISTS = ("underthesea/corpus/data/Viet74K.txt", "pyvi/models/words.txt")
_FACTS = (
    ("bodies.csv", "name"), ("body_aliases.csv", "alias"), ("phrases.csv", "phrase"),
    ("funding_forms.csv", "form"),
    ("headers.csv", "label"), ("units.csv", "unit"), ("document_kinds.csv", "kind"),
)  # fmt: skip


@dataclass(frozen=True)
class Texts:
    """The stock from which lines are made, each list sorted: the same packages give the
    same lines.
    """

    sentences: list[str]  # of help texts
    words: list[str]  # of word lists, of one syllable or several
    syllables: list[str]  # in small letters
    bodies: list[str]
    phrases: list[str]
    funding: list[str]
    labels: list[str]
    units: list[str]
    kinds: list[str]
    deadlines: list[str]  # `#` stands for a number


def load_texts(installed: Path, site_packages: Path, lists: Path) -> Texts:
    """The texts below the root ``installed``, of installed Python packages, and of our ``lists``.

    Raises FileNotFoundError where there are no help texts at all.
    """
    sentences = sorted({line for folder in _HELP for line in help_lines(installed / folder)})
    if not sentences:
        raise FileNotFoundError(f"no help texts under {installed}: run ./setup.sh training")
    words = sorted({word for name in _WORD_LISTS for word in _lines(site_packages / name)})
    spelled = [entry.split("/")[0] for entry in _lines(installed / _SPELLING)]
    facts = {name: _column(lists / name, column) for name, column in _FACTS}
    syllables = _syllables([*words, *spelled, *facts["phrases.csv"], *facts["bodies.csv"]])
    return Texts(
        sentences, words, syllables, facts["bodies.csv"] + facts["body_aliases.csv"],
        facts["phrases.csv"],
        facts["funding_forms.csv"], facts["headers.csv"], facts["units.csv"],
        facts["document_kinds.csv"],
        _column(lists / "deadline_forms.csv", "form"),
    )  # fmt: skip


def help_lines(folder: Path) -> Iterator[str]:
    """The paragraphs of the HTML files under ``folder`` that are Vietnamese."""
    for file in sorted(folder.rglob("*.html")):
        text = _HIDDEN.sub(" ", file.read_text(encoding="utf-8", errors="ignore"))
        text = html.unescape(_TAGS.sub("", _BLOCKS.sub("\n", text)))
        for line in text.split("\n"):
            plain = " ".join(unicodedata.normalize("NFC", line).split())
            if len(_MARKED.findall(plain)) >= max(1, len(plain) // 20):
                yield plain


def _lines(file: Path) -> list[str]:
    """The lines of a list; none where its package is not installed."""
    if not file.is_file():
        return []
    return [
        unicodedata.normalize("NFC", line.strip())
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def _column(file: Path, name: str) -> list[str]:
    with file.open(encoding="utf-8", newline="") as stream:
        return sorted(
            {unicodedata.normalize("NFC", row[name]) for row in csv.DictReader(stream) if row[name]}
        )


def _syllables(entries: Iterable[str]) -> list[str]:
    found = {part.lower() for entry in entries for part in _WORD.findall(entry)}
    return sorted(part for part in found if len(part) <= 7 and not _NOT_VIETNAMESE.search(part))
