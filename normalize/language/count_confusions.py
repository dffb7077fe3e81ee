"""Counting what a witness reads in place of what is printed, letter by letter."""

from collections import Counter
from collections.abc import Iterable

from normalize.language.confusions import general_cost, kinds


def _path(printed: str, read: str) -> list[tuple[str, str]]:
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(len(printed) + 1):
        for j in range(len(read) + 1):
            steps = [(a, b) for a, b in ((1, 1), (1, 0), (0, 1)) if i >= a and j >= b]
            if steps:
                best[i, j] = min(
                    (
                        best[i - a, j - b][0] + general_cost(printed[i - a : i], read[j - b : j]),
                        a,
                        b,
                    )
                    for a, b in steps
                )
    i, j, pairs = len(printed), len(read), []
    while i or j:
        _, a, b = best[i, j]
        pairs.append((printed[i - a : i], read[j - b : j]))
        i, j = i - a, j - b
    return pairs[::-1]


def _joined(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbouring misread letters as one string, so that ``tr`` read ``ừ`` stays together."""
    found: list[tuple[str, str]] = []
    broken = False
    for printed, read in pairs:
        found_kinds = kinds(printed, read)
        whole = (
            bool(printed and read) and "letter_other" not in found_kinds and len(found_kinds) < 3
        )
        if not whole and broken:
            found[-1] = (found[-1][0] + printed, found[-1][1] + read)
        else:
            found.append((printed, read))
        broken = not whole
    return found


def count_confusions(
    witness: str, printed: Iterable[str], read: Iterable[str]
) -> Counter[tuple[str, str, str]]:
    """Counts for ``confusions.csv`` from aligned words: what was printed, and what ``witness`` read
    there.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for truth, seen in zip(printed, read, strict=True):
        pairs = ((c, c) for c in truth) if truth == seen else _joined(_path(truth, seen))
        counts.update((witness, p, r) for p, r in pairs)
    return counts
