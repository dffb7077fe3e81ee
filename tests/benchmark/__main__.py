"""``python -m tests.benchmark [--gate] [NAME ...]``: run, score and print one table; with --gate
fail where a bar is missed.

Long: one function for each part of the benchmark, and the gate over all.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.benchmark.measure import floor_seconds, measure
from tests.benchmark.review_page import opening_seconds
from tests.benchmark.sample_score import read_rows, score_tables
from tests.benchmark.versions import version_figures
from tests.benchmark.words import word_figures
from tests.sample.build import make_variant
from tests.sample.dump import dump_text
from tests.sample.print_form import print_form
from tests.sample.variant import Variant

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared" / "benchmark"
LONG = "forty-pages"
SAMPLE_DUMP = "sample-dump"
FORMS = {  # fictional programmes in other forms: their name and the scanner, none of a vector print
    "coast": ("coast", None),
    "coast-office": ("coast", "office"),
    "highland": ("highland", None),
    "highland-office": ("highland", "office"),
    "midland": ("midland", None),
    "midland-office": ("midland", "office"),
    "delta": ("delta", None),
    "delta-office": ("delta", "office"),
}
SMALL = {  # the five-page sample from scanners with one hardship each
    "small-book": "book",  # the rulings lean, and the leaf rises to the spine
    "small-spine": "spine",  # the same at 150 dpi with a lid's shadow and a dashed line across
    "small-watermarked": "watermarked",
    "small-leaning": "leaning",  # upright rulings lean, more at one side than at the other; JPX
    "small-copied": "copied",  # a copy of a copy in 1 bit, with a dashed line down the sheet
    "small-dithered": "dithered",  # 1 bit, greys as dots
    "small-faint": "faint",  # pale print, whose rulings are lighter than ink
    "small-worn": "worn",  # a copy of a copy in 1 bit, whose rulings are in pieces
    "small-sealed": "sealed",  # red and blue seals over text and rulings
}
UNTUNED = ("delta", "delta-office")  # on request only: nothing is tuned on it, so it has no bars
OPEN_GATE = {
    "max_missing_rows": 10_000,
    "max_unknown_share": 1.0,
    "max_review_share": 1.0,
    "max_restored_share": 1.0,
}  # a dump and the small sample are measured also where they would be refused
BARS = Path(__file__).with_name("bars.csv")
TRUTH = {
    "part-office.pdf": "truth",
    "part-v2-office.pdf": "truth-v2",
    "part-poor.pdf": "truth",
    "part-fax.pdf": "truth",
    "part-dump.txt": "truth-dump",
}
FIGURES = (
    "rows",
    "missing",
    "extra",
    "WER_read%",
    "mended",
    "broken",
    "WER%",
    "CER%",
    "text_wrong%",
    "text_silent%",
    "text_review%",
    "coded_wrong%",
    "coded_silent%",
    "coded_review%",
    "citations",
    "seconds",
    "floor",
    "ratio",
    "peak_MB",
    "pages",
    "review_MB",
    "opens_s",
)


@dataclass(frozen=True)
class Case:
    """One scan or dump with its truth."""

    name: str
    source: Path
    truth: Path


def cases(names: Sequence[str]) -> list[Case]:
    """The benchmark's scans where ../shared is there, and always the project's own sample."""
    found = [Case("sample", PROJECT / "raw" / "sample.pdf", PROJECT / "tests" / "sample" / "truth")]
    if SHARED.is_dir():
        found += [
            Case(Path(file).stem, SHARED / file, SHARED / truth) for file, truth in TRUTH.items()
        ]
        found += [
            Case(path.stem, path, SHARED / "forms" / "truth" / path.stem)
            for path in sorted((SHARED / "forms").glob("*.pdf"))
        ]
    return [case for case in found if not names or case.name in names]


def long_case(folder: Path) -> Case:
    """A document of 40 pages or more, printed and scanned anew: the sample with appendix 3 three
    times, from the scanner that leaves most doubt.
    """
    source, truth = make_variant(folder, Variant(seed=9, times=3), "fax")
    return Case(LONG, source, truth)


def dump_case(folder: Path) -> Case:
    """The plain-text dump of the sample's text layer, made anew."""
    source = folder / f"{SAMPLE_DUMP}.txt"
    source.write_text(dump_text(Variant()), encoding="utf-8")
    return Case(SAMPLE_DUMP, source, PROJECT / "tests" / "sample" / "truth")


def small_case(name: str, folder: Path) -> Case:
    """The five-page sample, printed and scanned anew below ``folder``."""
    made = folder / "made" / name  # the tables are published beside it, under its name
    made.mkdir(parents=True)
    source, truth = make_variant(made, Variant(seed=31, small=True), SMALL[name])
    return Case(name, source, truth)


def form_names(names: Sequence[str]) -> list[str]:
    """Which of the programmes in other forms are run: those named, or all that have bars."""
    return [name for name in FORMS if name in names or not (names or name in UNTUNED)]


def form_case(name: str, folder: Path) -> Case:
    """A programme in another form, printed anew below ``folder``, as vector text or scanned."""
    form, scanner = FORMS[name]
    return Case(name, print_form(form, folder, scanner), folder / "truth" / form)


def grid_figures(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """How the grids found on real pages compare with the true ones, where ../shared has them."""
    real = SHARED / "real-grids"
    if not real.is_dir():
        return
    pages = sorted(map(str, (real / "pages").glob("*.pdf")))
    grids = [sys.executable, "-m", "tests.benchmark.grids", str(folder), *pages]
    subprocess.run(grids, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
    command = [sys.executable, str(real / "score_grid.py"), str(real / "truth"), str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    _, wanted, found, _, extra, wrong, right, *_ = said.splitlines()[-1].split()
    yield (
        "real-grids",
        {
            "pages_not_right": float(len(pages) - int(right)),
            "cells_missing%": 100 * (1 - int(found) / int(wanted)),
            "cells_extra": float(extra),
            "cells_wrong": float(wrong),
        },
    )


def open_gate(folder: Path) -> Path:
    """The project's settings with a gate that refuses nothing."""
    settings = yaml.safe_load((PROJECT / "params.yaml").read_text(encoding="utf-8"))
    path = folder / "open.yaml"
    path.write_text(yaml.safe_dump({**settings, "gate": OPEN_GATE}), encoding="utf-8")
    return path


def run_case(case: Case, out: Path, timed: bool) -> dict[str, float]:
    """The figures of one scan, its published tables under ``out``."""
    is_open = case.name in (SAMPLE_DUMP, *SMALL)
    params = ["--params", str(open_gate(case.source.parent))] if is_open else []
    measured = measure(
        [
            sys.executable,
            "pipeline.py",
            *params,
            "run",
            str(case.source),
            "--out",
            str(out / case.name),
        ],
        PROJECT,
    )
    if measured.exit_code:
        raise SystemExit(f"{case.name}: the pipeline ended with exit code {measured.exit_code}")
    figures = {
        **score(out / case.name, case.truth),
        **word_figures(out / case.name, case.truth),
        "seconds": measured.seconds,
        "peak_MB": measured.peak_mb,
        "pages": float(read_rows(out / case.name, "document")[0]["pages"]),
        "review_MB": (out / case.name / "review" / "review.html").stat().st_size / 1e6,
    }
    if timed:
        figures["opens_s"] = opening_seconds(out / case.name / "review" / "review.html")
    if timed and case.source.suffix == ".pdf":
        with tempfile.TemporaryDirectory() as pages:
            figures["floor"] = floor_seconds(case.source, Path(pages))
        figures["ratio"] = figures["seconds"] / figures["floor"]
    return figures


def score(out: Path, truth: Path) -> dict[str, float]:
    """What the scorer says of published tables, shares in percent; the project's own one for its
    sample.
    """
    if not truth.is_relative_to(SHARED):
        return to_figures(score_tables(out, truth))
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "score.json")
        command = [
            sys.executable,
            str(SHARED / "score.py"),
            str(out),
            str(truth),
            "--json",
            str(result),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        content = json.loads(result.read_text(encoding="utf-8"))
    if content["contract"]:
        raise SystemExit(
            f"{out.name}: the contract is breached: {'; '.join(content['contract'][:5])}"
        )
    return to_figures(content)


def to_figures(content: Mapping[str, Any]) -> dict[str, float]:
    """The scorer's counts as the figures of the table."""
    total, citations = content["all"], content["citations"]
    shares = {
        f"{kind}_{what}%": 100 * total.get(f"{kind}_{what}", 0) / total[kind]
        for kind in ("text", "coded")
        for what in ("wrong", "silent", "review")
    }
    return {
        "rows": total["rows"],
        "missing": total.get("missing", 0),
        "extra": total.get("extra", 0),
        "WER%": 100 * total.get("word_errors", 0) / total["words"],
        "CER%": 100 * total.get("char_errors", 0) / total["chars"],
        **shares,
        "citations": citations["missing"] + citations["extra"],
    }


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def print_table(results: Mapping[str, Mapping[str, float]]) -> None:
    """One line for each figure, one column for each scan."""
    _say(f"{'':15}" + "".join(f"{name:>18}" for name in results))
    for figure in FIGURES:
        if any(figure in result for result in results.values()):
            _say(
                f"{figure:15}"
                + "".join(
                    f"{result[figure]:18.3f}" if figure in result else f"{'-':>18}"
                    for result in results.values()
                )
            )


def missed_bars(results: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The bars (bars.csv: scan, figure, at most) that the results miss, a sentence each."""
    with BARS.open(encoding="utf-8", newline="") as file:
        bars = [(row["scan"], row["figure"], float(row["at_most"])) for row in csv.DictReader(file)]
    return [
        f"{scan}: {figure} is {results[scan][figure]:.3f}, at most {bar:g} is allowed"
        for scan, figure, bar in bars
        if scan in results and figure in results[scan] and results[scan][figure] > bar
    ]


def main(argv: Sequence[str]) -> int:
    """Run the benchmark; exit code 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="scans to run, all by default")
    parser.add_argument(
        "--gate", action="store_true", help="no times; fail where a bar of bars.csv is missed"
    )
    parser.add_argument("--out", type=Path, help="keep the published tables here")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        out = (arguments.out or Path(folder)).resolve()
        chosen = cases(arguments.names)
        if LONG in arguments.names or not (arguments.names or arguments.gate):
            chosen.append(long_case(Path(folder)))
        if SAMPLE_DUMP in arguments.names or not arguments.names:
            chosen.append(dump_case(Path(folder)))
        chosen += [
            small_case(name, Path(folder))
            for name in SMALL
            if name in arguments.names or not arguments.names
        ]
        chosen += [form_case(name, Path(folder)) for name in form_names(arguments.names)]
        results = {case.name: run_case(case, out, timed=not arguments.gate) for case in chosen}
        versions = dict(version_figures(out, {case.name: case.truth for case in chosen}))
        if not arguments.names:
            versions |= grid_figures(Path(folder, "grids"))
    print_table(results)
    for pair, figures in versions.items():
        _say(f"{pair}: " + ", ".join(f"{figure} {count:g}" for figure, count in figures.items()))
    missed = missed_bars({**results, **versions}) if arguments.gate else []
    for sentence in missed:
        _say("MISSED " + sentence)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
