"""``python -m tests.benchmark.doubt``: how often words of a confidence are right on simulated scans
of the fictional programmes, by the listed weights of evidence and by weights fitted anew.

The new weights are fitted on the documents of `FITTED` by logistic regression; both are tried on
those of `TRIED`, of which they know nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from rapidfuzz.distance import Levenshtein

from normalize.bodies.listed import load_bodies
from normalize.repair.doubt import Evidence, doubt_weights
from normalize.repair.repair import decide
from normalize.repair.settings import DecodingCosts
from schemas.files import read
from schemas.row_frames import Printed
from tests.benchmark.__main__ import PROJECT, open_gate
from tests.benchmark.sample_score import KEYS, TEXT, read_rows
from tests.sample.build import make_variant
from tests.sample.print_form import print_form
from tests.sample.variant import Variant

SAMPLES = {  # printings of the sample: face and seed
    "north-termes": Variant(face="termes", seed=41),
    "north-tinos": Variant(seed=42),
    "north-again": Variant(seed=51),
}
FITTED = (
    ("north-termes", "poor"),
    ("north-tinos", "fax"),
    *((name, scanner) for scanner in ("poor", "fax", "office") for name in ("coast", "highland")),
)
TRIED = (("north-again", "poor"), *(("midland", scanner) for scanner in ("poor", "fax", "office")))
BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.01)
_RIDGE = 1.0  # the penalty on a squared weight: keeps those of rare evidence small
_START = "start"


def make(name: str, scanner: str, folder: Path) -> tuple[Path, Path]:
    """Print, scan and read a document; its intermediates and its truth."""
    made = folder / "made" / f"{name}-{scanner}"
    out = folder / "out" / f"{name}-{scanner}"
    if name in SAMPLES:
        made.mkdir(parents=True, exist_ok=True)
        source, truth = make_variant(made, SAMPLES[name], scanner)
    else:
        source, truth = print_form(name, made, scanner), made / "truth" / name
    work = folder / "out" / "work" / f"{name}-{scanner}"
    if not out.exists():
        params = ["--params", str(open_gate(folder))]
        command = [sys.executable, "pipeline.py", *params, "run", str(source), "--out", str(out)]
        subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
    return work, truth


def labelled(work: Path, truth: Path) -> pd.DataFrame:
    """One row for each printed word of a text cell that was weighed: its evidence, its confidence
    and value, and whether it is ``right``.
    """
    printed = read(Printed, work / "rows" / "printed.parquet")
    names = tuple(body.name for body in load_bodies().bodies)
    verdicts = decide(printed, DecodingCosts(), names)
    wanted = dict(true_cells(truth))
    rows = []
    for place, cell in printed.groupby(["table", "row_id", "column"], sort=False):
        if place not in wanted:
            continue
        own = [verdicts[at] for at in cell.index]
        for verdict, right in zip(
            own, right_words([v.value for v in own], wanted[place]), strict=True
        ):
            if verdict.evidence is not None:
                rows.append((*verdict.evidence, verdict.confidence, verdict.value, right))
    return pd.DataFrame(rows, columns=[*Evidence._fields, "confidence", "value", "right"])


def true_cells(truth: Path) -> Iterator[tuple[tuple[str, str, str], list[str]]]:
    for table, key in KEYS.items():
        for row in read_rows(truth, table):
            for column in TEXT[table]:
                yield (table, "|".join(row[name] for name in key), column), row[column].split()


def right_words(values: Sequence[str], wanted: Sequence[str]) -> list[bool]:
    """Whether each printed word's value stands in the true words, in order; a word that is wanted
    and stands nowhere makes the one before it wrong.
    """
    words = [(place, word) for place, value in enumerate(values) for word in value.split()]
    right = [True] * len(values)
    for block in Levenshtein.opcodes([word for _, word in words], list(wanted)):
        if block.tag == "equal":
            continue
        first = block.src_start - (block.src_start == block.src_end > 0)
        for place, _ in words[first : max(block.src_end, first + 1)]:
            right[place] = False
    return right


def fitted(words: pd.DataFrame) -> dict[str, float]:
    """The weights under which the evidence tells best which words are right: logistic regression by
    Newton's steps, with a small penalty on every weight but the start's.
    """
    x = np.column_stack([np.ones(len(words)), words[list(Evidence._fields)].to_numpy(float)])
    y = words["right"].to_numpy(float)
    penalty = np.diag([0.0, *[_RIDGE] * len(Evidence._fields)])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        shares = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -30.0, 30.0)))
        slope = x.T @ (y - shares) - penalty @ weights
        bend = (x * (shares * (1.0 - shares))[:, None]).T @ x + penalty
        weights += np.linalg.solve(bend + 1e-6 * np.eye(len(bend)), slope)
    return dict(zip((_START, *Evidence._fields), weights.tolist(), strict=True))


def confidences(words: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """The probability that each word is right under these weights."""
    total = weights[_START] + sum(words[name] * weights[name] for name in Evidence._fields)
    return pd.Series(1.0 / (1.0 + np.exp(-np.asarray(total))), words.index)


def calibration(words: pd.DataFrame, sure: pd.Series) -> pd.DataFrame:
    """For each bin of confidence: words, their mean confidence, the share of them that is right."""
    bins = pd.cut(sure, list(BINS), right=False)
    frame = pd.DataFrame({"words": words["right"], "confidence": sure, "right": words["right"]})
    return frame.groupby(bins, observed=False).agg(
        words=("words", "size"), confidence=("confidence", "mean"), right=("right", "mean")
    )


def main() -> int:
    """Print the calibration on documents that no weight was fitted on, before and after fitting."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.doubt", description=__doc__)
    parser.add_argument("--work", type=Path, default=PROJECT / "out" / "doubt")
    folder = parser.parse_args().work.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    fit, tried = (
        pd.concat([labelled(*make(name, scanner, folder)) for name, scanner in documents])
        for documents in (FITTED, TRIED)
    )
    least = DecodingCosts().doubt
    for told, weights in (("as listed", doubt_weights("scan")), ("fitted anew", fitted(fit))):
        sure = confidences(tried, weights)
        silent = int((~tried["right"] & (sure >= least)).sum())
        needless = int((tried["right"] & (sure < least)).sum())
        sys.stdout.write(f"weights {told}\n{calibration(tried, sure).to_string()}\n")
        sys.stdout.write(
            f"of {int((~tried['right']).sum())} wrong words {silent} not in doubt; "
            f"{needless} right words in doubt, of {len(tried)}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
