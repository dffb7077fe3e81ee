"""What counts as a Vietnamese word: syllables by rule, and installed word lists and texts."""

import functools
import importlib.metadata
import itertools
import re
from collections.abc import Iterable
from pathlib import Path

from normalize.text.letters import nfc

_WORD_LISTS = (("underthesea", "corpus/data/Viet74K.txt"), ("pyvi", "models/words.txt"))
_TEXTS = (("underthesea", "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/test_output.txt"),)
_LETTERS = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def syllables_of(text: str) -> list[str]:
    """The words of ``text`` in lower case without punctuation."""
    return [w.lower() for w in _LETTERS.findall(nfc(text))]


def installed_file(distribution: str, path: str) -> Path | None:
    """The path of a data file inside an installed distribution, or None; nothing of it is
    imported.
    """
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
    """The entries of the first installed word list, in its order; none where no such package is
    installed.
    """
    return tuple(line.strip() for line in _text_of(_WORD_LISTS).splitlines() if line.strip())


@functools.cache
def sentences() -> tuple[tuple[str, ...], ...]:
    """The sentences of an installed package's tagged text, each as its tokens with punctuation.

    Empty where it is not installed.
    """
    blocks = _text_of(_TEXTS).split("\n\n")
    lines = ([line.split("\t")[0] for line in block.splitlines()] for block in blocks)
    return tuple(tuple(" ".join(tokens).split()) for tokens in lines if tokens)
