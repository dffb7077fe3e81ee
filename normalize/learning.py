"""What documents teach: misreadings from people's corrections, and recurring names of bodies.

Both are counted anew from all documents each time, so that nothing counts twice.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from normalize.language.confusions import LEARNED
from normalize.language.count_confusions import count_confusions
from normalize.tables.corrections import Correction, read_corrections
from normalize.tables.own_bodies import UNLISTED
from normalize.text.align_words import align_words
from schemas.disk import write_bytes
from schemas.documents import LEARNED_COLUMNS

Counts = Counter[tuple[str, str, str]]  # witness, printed, read


def learn(corrections: Mapping[Path, str], target: Path = LEARNED) -> int:
    """Count the corrections in files into ``target``; how many they were.

    Each file comes with the witness whose words led in its document.
    """
    found = [
        (decision, witness)
        for path, witness in corrections.items()
        for decision in read_corrections(path).by_cell.values()
    ]
    changes = [
        (decision, witness)
        for decision, witness in found
        if decision.verdict in ("change", "as_is") and decision.read
    ]
    counts = corrections_to_counts(changes)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(LEARNED_COLUMNS)
    writer.writerows((*key, count) for key, count in sorted(counts.items()))
    write_bytes(target, buffer.getvalue().encode("utf-8"))
    return len(changes)


def offer_bodies(published: Iterable[Path], target: Path) -> int:
    """Write the unlisted bodies of published ``bodies.csv`` files as rows for the list; how many.

    A name of several documents has one row, with the number of these documents and of all its uses,
    the most used first. Whoever takes one into ``normalize/lists/bodies.csv`` gives it its kind
    there.
    """
    names: dict[str, str] = {}
    documents, uses = Counter[str](), Counter[str]()
    for path in published:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["kind"] == UNLISTED:
                    names.setdefault(row["body_id"], row["name"])
                    documents[row["body_id"]] += 1
                    uses[row["body_id"]] += int(row["uses"])
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("body_id", "name", "kind", "is_generic", "documents", "uses"))
    for body_id in sorted(names, key=lambda one: (-uses[one], one)):
        writer.writerow(
            (body_id, names[body_id], UNLISTED, "false", documents[body_id], uses[body_id])
        )
    write_bytes(target, buffer.getvalue().encode("utf-8"))
    return len(names)


def corrections_to_counts(changes: Iterable[tuple[Correction, str]]) -> Counts:
    """How often each witness read a printed string as another, from corrections.

    A correction is what stood there and what a person put in its place.
    """
    counts: Counts = Counter()
    for decision, witness in changes:
        printed, read = decision.value.split(), decision.read.split()
        pairs = [
            (printed[i], read[k])
            for i, j, k, m in align_words(printed, read)
            if j - i == m - k == 1
        ]
        counts += count_confusions(witness, *zip(*pairs, strict=True)) if pairs else Counter()
    return counts
