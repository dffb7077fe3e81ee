"""Which syllables Vietnamese has."""

import functools
import itertools
from collections.abc import Iterator

from normalize.lists.read_list import read_list
from normalize.text.letters import TONES, bare


@functools.cache
def _spellings() -> dict[str, list[str]]:
    """The onsets and rimes of ``syllables.csv`` by kind.

    Front onsets stand before e, ê, i; bare rimes need no onset.
    """
    found: dict[str, list[str]] = {}
    for row in read_list("syllables.csv"):
        found.setdefault(row["kind"], []).append(row["spelling"])
    return found


def _onset_rimes() -> Iterator[tuple[str, str]]:
    parts = _spellings()
    yield from itertools.product(parts["back_onset"], parts["back_rime"])
    yield from itertools.product(parts["front_onset"], parts["front_rime"])
    yield from itertools.product(parts["y_onset"], ["y"])
    yield from itertools.product(["qu"], parts["qu_rime"])
    yield from itertools.product(["g"], parts["g_rime"])
    yield from itertools.product(
        [""], parts["back_rime"] + parts["front_rime"] + parts["bare_rime"]
    )


@functools.cache
def syllable_stems() -> frozenset[str]:
    """Every well-formed Vietnamese syllable without its tone, by the rules of spelling."""
    return frozenset(onset + rime for onset, rime in _onset_rimes())


@functools.lru_cache(maxsize=100_000)
def is_syllable(word: str) -> bool:
    """Whether ``word`` is a well-formed syllable.

    It needs a known stem; a closed one (-c, -ch, -p, -t) has only the tones of ``á`` or ``ạ``.
    """
    letters, tone = bare(word)
    if letters not in syllable_stems():
        return False
    closed = letters[-1] in "cpt" or letters.endswith("ch")
    return tone in (TONES[1], TONES[5]) if closed else True
