"""What repair knows before it sees a document.

It is counted from word lists, texts, phrases and names, and kept on disk for the next run.
"""

import functools
import hashlib
import itertools
import marshal
import os
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from normalize.language.casing import Cases, general_cases
from normalize.language.confusions import LEARNED, confusions
from normalize.language.speller import Guess, KnownGuesses, Speller, preferred_spellings
from normalize.language.word_pairs import Counts, Language, Weights, phrases
from normalize.text.dictionary import dictionary, sentences, sources, syllables_of
from normalize.text.syllables import is_syllable
from schemas.disk import make_folder, write_bytes
from schemas.project.places import counts_folder

_STEM = "vietnamese-counts-"
_COMMON = 2000  # words; nine tenths of those of a document
# files kept of what was counted with other names or by another version: two that take turns need
# not count each time
_OLDER = 2


@dataclass(frozen=True)
class Knowledge:
    """Counts of words and pairs, the known words with their counts, and how words are written.

    The words near the commonest words are held only where all this is kept on disk: they take
    longest to find.
    """

    counts: Counts
    words: dict[str, float]
    cases: Cases
    guesses: KnownGuesses | None = None


@functools.lru_cache(maxsize=4)
def knowledge(names: tuple[str, ...], weights: Weights) -> Knowledge:
    """What installed word lists and texts, ``phrases.csv`` and the names of bodies tell.

    It is counted anew only where one of them or the code changed, and kept (places.counts_folder).
    Where nothing can be written there, every run counts for itself.
    """
    folder = counts_folder()
    if folder is None:
        return _count(names, weights)
    path = folder / (_STEM + _fingerprint(names, weights))
    found = _load(path)
    if found is None:
        found = _count(names, weights)
        if _is_ours(folder):
            found = replace(found, guesses=_guess(found))
            with suppress(OSError):
                _keep(path, found)
    return found


def _is_ours(folder: Path) -> bool:
    """Whether this process may write to a folder, which is made where it is missing."""
    with suppress(OSError):
        make_folder(folder)
    return os.access(folder, os.W_OK)


def _count(names: tuple[str, ...], weights: Weights) -> Knowledge:
    return Knowledge(general_counts(names, weights), vocabulary(names), general_cases(names))


def _guess(known: Knowledge) -> KnownGuesses:
    """What the commonest words may have been, were they read."""
    spellings = frozenset(preferred_spellings(known.words))
    guesses = KnownGuesses({}, spellings)
    speller = Speller(known.words, confusions(), Language(known.counts), guesses.limit)
    common = sorted(known.words, key=lambda word: (-known.words[word], word))[:_COMMON]
    return replace(
        guesses, guesses={word: speller.guesses(guesses.witness, word) for word in common}
    )


def general_counts(names: Iterable[str], weights: Weights) -> Counts:
    """Counts from installed word lists and texts, from ``phrases.csv``, and from names of
    bodies.
    """
    counts = Counts()
    for entry in dictionary():
        counts.add_entry(entry, weights.dictionary)
    for sentence in sentences():
        counts.add_text(sentence, weights.text)
    for phrase in (*phrases(), *names):
        counts.add_entry(phrase, weights.phrase * 0.5)
        counts.add_text(phrase, weights.phrase * 0.5)
    return counts


def vocabulary(names: Iterable[str]) -> dict[str, float]:
    """The words of installed word lists and texts, of phrases and of names, each with its count."""
    texts = (
        (dictionary(), 1),
        ((word for sentence in sentences() for word in sentence), 3),
        ((*phrases(), *names), 50),
    )
    found: Counter[str] = Counter()
    for source, weight in texts:
        for word, count in Counter(syllables_of("\n".join(source))).items():
            if weight == 50 or is_syllable(word):
                found[word] += weight * count
    return {word: float(count) for word, count in found.items()}


def _fingerprint(names: tuple[str, ...], weights: Weights) -> str:
    """A hash of all that decides the counts.

    That is the texts, the names, this package, and the Python in whose format they are kept.
    """
    found = hashlib.sha256(repr((names, astuple(weights), sys.version)).encode())
    package = Path(__file__).parents[1]
    learned = [LEARNED] if LEARNED.exists() else []
    lists = [*sorted(package.rglob("*.csv")), *learned]
    for path in (*sorted(package.rglob("*.py")), *lists, *sources()):
        found.update(path.read_bytes())
    return found.hexdigest()


def _load(path: Path) -> Knowledge | None:
    """What is kept, or None where there is nothing, or something damaged."""
    try:
        digest, body = (kept := path.read_bytes())[:32], memoryview(kept)[32:]
    except OSError:
        return None
    if hashlib.sha256(body).digest() != digest:
        return None
    words, follow, vocabulary, left, right, near = marshal.loads(body)  # noqa: S302 - the owner's own file, by its hash what was written
    guesses = {read: tuple(itertools.starmap(Guess, found)) for read, found in near.items()}
    return Knowledge(
        Counts(words, follow),
        vocabulary,
        Cases(left=left, right=right),
        KnownGuesses(guesses, frozenset(preferred_spellings(vocabulary))),
    )


def _keep(path: Path, known: Knowledge) -> None:
    """Keep it, and of what was kept by other versions the newest."""
    near = (
        {read: tuple(map(tuple, found)) for read, found in known.guesses.guesses.items()}
        if known.guesses
        else {}
    )
    body = marshal.dumps(
        (
            known.counts.words,
            known.counts.follow,
            known.words,
            dict(known.cases.left),
            dict(known.cases.right),
            near,
        )
    )
    write_bytes(path, hashlib.sha256(body).digest() + body)
    others = [
        (other.stat().st_mtime, other) for other in path.parent.glob(_STEM + "*") if other != path
    ]
    for _, other in sorted(others)[:-_OLDER]:
        other.unlink(missing_ok=True)
