"""Which letters the reader misreads for which, counted in lines whose text is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Levenshtein

from normalize.language.count_confusions import count_confusions
from schemas.witnesses import FIRST

_ALIKE = 0.4  # the least likeness of two words of which one is the other, misread
_NOT_COUNTED = frozenset('“”"—~–')  # the network has one sign for each of these


def confusion_rows(lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Rows of ``confusions.csv`` for the first model, from lines as printed and as read.

    Example: ``("cá tươi", "cả tươi")`` gives ``vie,á,ả,1`` and ``vie,c,c,1`` among others.
    """
    pairs = [pair for printed, read in lines for pair in aligned_words(printed, read)]
    counts = count_confusions(FIRST, *zip(*pairs, strict=True)) if pairs else {}
    for key, count in sorted(counts.items()):
        if not _NOT_COUNTED & set(key[1] + key[2]):
            row = io.StringIO()
            csv.writer(row, lineterminator="").writerow([*key, count])
            yield row.getvalue()


def aligned_words(printed: str, read: str) -> Iterator[tuple[str, str]]:
    """The words of a line, each with what was read for it; those lost or run together are left."""
    wanted, found = printed.split(), read.split()
    for block in Levenshtein.opcodes(wanted, found):
        pairs = list(
            zip(
                wanted[block.src_start : block.src_end],
                found[block.dest_start : block.dest_end],
                strict=False,
            )
        )
        same_count = block.src_end - block.src_start == block.dest_end - block.dest_start
        if same_count:
            yield from (pair for pair in pairs if _is_misread(*pair))


def _is_misread(printed: str, read: str) -> bool:
    return len(printed) <= 2 or Levenshtein.normalized_similarity(printed, read) >= _ALIKE
