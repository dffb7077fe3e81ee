"""What counts as a Vietnamese word: syllables by rule, and the word lists and texts of installed packages."""

import csv
import functools
import importlib.metadata
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")  # level, acute, grave, hook, tilde, dot
_TONE_SET = frozenset(TONES[1:])
_MARKS = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn
_WORD_LISTS = (("underthesea", "corpus/data/Viet74K.txt"), ("pyvi", "models/words.txt"))
_TEXTS = (("underthesea", "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/test_output.txt"),)
_LETTERS = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def nfc(text: str) -> str:
    """``text`` in Unicode's composed form."""
    return unicodedata.normalize("NFC", text)


@functools.lru_cache(maxsize=100_000)
def bare(syllable: str) -> tuple[str, str]:
    """The lower-case syllable without its tone, and the tone as a combining mark or ``""``."""
    parts = unicodedata.normalize("NFD", syllable.lower())
    tone = next((c for c in parts if c in _TONE_SET), "")
    return nfc("".join(c for c in parts if c not in _TONE_SET)), tone


@functools.lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """A search key: lower case, without tone and vowel marks, ``đ`` as ``d``."""
    parts = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in parts if c not in _TONE_SET and c not in _MARKS)


@functools.lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """One key for the equivalent spellings of a word: tone on either vowel (hoá, hóa), i or y at the end (lí, lý)."""
    letters, tone = bare(word)
    if len(letters) == 2 and letters[0] in "hklmst" and letters[1] == "y":
        letters = letters[0] + "i"
    return letters + tone


@functools.cache
def _spellings() -> dict[str, list[str]]:
    """The onsets and rimes of ``syllables.csv`` by kind; front onsets stand before e, ê, i; bare rimes need no onset."""
    text = resources.files("normalize").joinpath("syllables.csv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["kind"], []).append(nfc(row["spelling"]))
    return found


def _onset_rimes() -> Iterator[tuple[str, str]]:
    parts = _spellings()
    yield from itertools.product(parts["back_onset"], parts["back_rime"])
    yield from itertools.product(parts["front_onset"], parts["front_rime"])
    yield from itertools.product(parts["y_onset"], ["y"])
    yield from itertools.product(["qu"], parts["qu_rime"])
    yield from itertools.product(["g"], parts["g_rime"])
    yield from itertools.product([""], parts["back_rime"] + parts["front_rime"] + parts["bare_rime"])


@functools.cache
def syllable_stems() -> frozenset[str]:
    """Every well-formed Vietnamese syllable without its tone, by the rules of spelling."""
    return frozenset(onset + rime for onset, rime in _onset_rimes())


@functools.lru_cache(maxsize=100_000)
def is_syllable(word: str) -> bool:
    """Whether ``word`` is a well-formed syllable: a known stem, and a closed one (-c, -ch, -p, -t) only with acute or dot."""
    letters, tone = bare(word)
    if letters not in syllable_stems():
        return False
    closed = letters[-1] in "cpt" or letters.endswith("ch")
    return tone in (TONES[1], TONES[5]) if closed else True


def syllables_of(text: str) -> list[str]:
    """The words of ``text`` in lower case without punctuation."""
    return [w.lower() for w in _LETTERS.findall(nfc(text))]


def installed_file(distribution: str, path: str) -> Path | None:
    """The path of a data file inside an installed distribution, or None; nothing of it is imported."""
    try:
        root = importlib.metadata.distribution(distribution).locate_file(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None
    found = Path(str(root)) / path
    return found if found.is_file() else None


def sources() -> list[Path]:
    """The files of ``dictionary`` and ``sentences`` that are installed."""
    found = (_first_installed(files) for files in (_WORD_LISTS, _TEXTS))
    return [path for path in found if path is not None]


def _first_installed(files: Iterable[tuple[str, str]]) -> Path | None:
    return next(filter(None, itertools.starmap(installed_file, files)), None)


def _text_of(files: Iterable[tuple[str, str]]) -> str:
    path = _first_installed(files)
    return nfc(path.read_text(encoding="utf-8")) if path else ""


def has_dictionary() -> bool:
    """Whether a word list is installed."""
    return _first_installed(_WORD_LISTS) is not None


@functools.cache
def dictionary() -> tuple[str, ...]:
    """The entries of the first installed word list, in its order; none where no such package is installed."""
    return tuple(line.strip() for line in _text_of(_WORD_LISTS).splitlines() if line.strip())


@functools.cache
def sentences() -> tuple[tuple[str, ...], ...]:
    """The sentences of an installed package's tagged text, each as its tokens with punctuation; none where it is not installed."""
    blocks = _text_of(_TEXTS).split("\n\n")
    lines = ([line.split("\t")[0] for line in block.splitlines()] for block in blocks)
    return tuple(tuple(" ".join(tokens).split()) for tokens in lines if tokens)
