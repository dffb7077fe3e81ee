"""``python -m tests.benchmark.peers [--install] [--whole] [--scanner NAME ...]``: what people would
else take on scans of the sample, beside this project in the same run.

Each peer is tried with several settings; `*` marks the one with the fewest wrong words, which only
somebody who has the truth can choose.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.engines.tesseract import witness_model
from tests.benchmark.__main__ import open_gate
from tests.benchmark.peer_rows import score_tasks, tables_to_tasks
from tests.benchmark.processor import arguments as measured_command
from tests.benchmark.sample_score import read_rows
from tests.sample.build import make_variant
from tests.sample.scanner import EVERY
from tests.sample.variant import Variant

PROJECT = Path(__file__).parents[2]
PEERS = PROJECT / ".venv-peers"  # of their own: img2table's OpenCV breaks ours
OURS = "this project"
FIGURES = ("found", "missing", "extra", "WER%", "WER_found%", "cpu_s", "wall_s")
Command = tuple[str, ...]


@dataclass(frozen=True)
class Attempt:
    """A peer with its settings: commands run one after another, the last of which writes the file
    that stands for `OUT`.
    """

    peer: str
    settings: str
    commands: tuple[Command, ...]


@dataclass(frozen=True)
class Spent:
    """Processor time (user and system, of all processes) and wall time in seconds."""

    cpu: float
    wall: float


def requirements() -> list[str]:
    """What the peers' environment needs, as pyproject.toml pins it."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return [str(pin) for pin in project["dependency-groups"]["peers"]]


def python_of(folder: Path) -> str:
    """The interpreter of a virtual environment."""
    return str(folder / "bin" / "python")


def missing_peers(folder: Path) -> list[str]:
    """The pinned packages that an environment lacks or has in another version."""
    if not Path(python_of(folder)).exists():
        return requirements()
    listing = subprocess.run(
        [python_of(folder), "-m", "pip", "list", "--format", "freeze"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return [pin for pin in requirements() if pin not in listing]


def missing_message(folder: Path, missing: Sequence[str]) -> str:
    """One sentence: what is not there, and how it gets there."""
    place = "" if folder == PEERS else f" --venv {folder}"
    return (
        f"{' and '.join(missing)} not installed in {folder}: run `python -m tests.benchmark.peers "
        f"--install{place}`, which puts what pyproject.toml calls `peers` there and nowhere else."
    )


def install(folder: Path) -> None:
    """Make the peers' environment, or bring it to what is pinned; raises SystemExit where it is
    this project's own.
    """
    if folder.resolve() == Path(sys.prefix).resolve():
        raise SystemExit(
            f"{folder} is this project's environment, where the peers would break OpenCV: "
            "name another one with --venv, or none."
        )
    if not Path(python_of(folder)).exists():
        venv.create(folder, with_pip=True)
    subprocess.run([python_of(folder), "-m", "pip", "install", "-q", *requirements()], check=True)


def attempts(source: Path, folder: Path, peers: str) -> list[Attempt]:
    """Every peer with every setting tried, for one scan."""
    scan, out, ours = str(source), "OUT", sys.executable
    found = []
    script = witness_model("script") or "vie"
    for model, psm in (("vie", "6"), ("vie", "4"), (script, "6"), (script, "4")):
        command = (ours, "-m", "tests.benchmark.peer_bare", scan, out, model, psm)
        found.append(Attempt("Tesseract, regex", f"{model} psm {psm}", (command,)))
    img2table = (peers, str(Path(__file__).with_name("peer_img2table.py")), scan, out)
    for psm, way in (("11", "page"), ("6", "page"), ("11", "implicit"), ("6", "cell")):
        found.append(Attempt("img2table", f"vie psm {psm} by {way}", ((*img2table, psm, way),)))
    for psm, dpi, scale in (
        ("3", "0", "15"),
        ("3", "0", "40"),
        ("3", "300", "40"),
        ("6", "300", "40"),
    ):
        pdf = str(folder / f"ocr-{psm}-{dpi}.pdf")
        options = ("-l", "vie", "--deskew", "--output-type", "pdf", "--oversample", dpi)
        ocr = (peers, "-m", "ocrmypdf", "-q", *options, "--tesseract-pagesegmode", psm, scan, pdf)
        tables = (ours, "-m", "tests.benchmark.peer_camelot", pdf, out, scale)
        said = f"vie psm {psm} deskew oversample {dpi}, line_scale {scale}"
        found.append(Attempt("OCRmyPDF, Camelot", said, (ocr, tables)))
    return found


def run_attempt(attempt: Attempt, out: Path, done: dict[Command, Spent]) -> Spent:
    """What an attempt took; a text layer that several attempts share is made once and counted in
    each.
    """
    for command in attempt.commands:
        if command not in done:
            written = [str(out) if part == "OUT" else part for part in command]
            done[command] = run_measured(written, f"{attempt.peer}, {attempt.settings}")
    runs = [done[command] for command in attempt.commands]
    return Spent(sum(run.cpu for run in runs), sum(run.wall for run in runs))


def run_measured(command: Sequence[str], name: str) -> Spent:
    """What a command took with all its processes; raises SystemExit where it fails."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        measured = measured_command(Path(report.name), command)
        ended = subprocess.run(measured, cwd=PROJECT, check=False, stdout=subprocess.DEVNULL)
        if ended.returncode:
            raise SystemExit(f"{name}: `{' '.join(command)}` ended with code {ended.returncode}")
        return Spent(**json.loads(Path(report.name).read_text(encoding="utf-8")))


def peer_results(
    source: Path, truth: Path, folder: Path, peers: str
) -> dict[tuple[str, str], dict[str, float]]:
    """The figures of every attempt on one scan, and of this project's own pipeline."""
    wanted, results = read_rows(truth, "tasks"), {}
    done: dict[Command, Spent] = {}
    tables = folder / "tables" / source.stem
    own = ("--params", str(open_gate(folder)), "run", str(source), "--out", str(tables))
    ours = Attempt(OURS, "params.yaml, open gate", ((sys.executable, "pipeline.py", *own),))
    for number, attempt in enumerate([*attempts(source, folder, peers), ours]):
        out = folder / f"read-{number:02}.json"
        spent = run_attempt(attempt, out, done)
        given = (
            read_rows(tables, "tasks")
            if attempt is ours
            else tables_to_tasks(json.loads(out.read_text(encoding="utf-8")))
        )
        figures = score_tasks(wanted, given) | {"cpu_s": spent.cpu, "wall_s": spent.wall}
        results[attempt.peer, attempt.settings] = figures
        sys.stderr.write(f"{source.stem}: {attempt.peer}, {attempt.settings}: done\n")
    return results


def best_settings(results: Mapping[tuple[str, str], Mapping[str, float]]) -> set[tuple[str, str]]:
    """Of each peer the settings with the fewest wrong words, the quicker of two alike."""
    best: dict[str, tuple[str, str]] = {}
    for peer, settings in sorted(
        results, key=lambda key: (results[key]["WER%"], results[key]["cpu_s"])
    ):
        best.setdefault(peer, (peer, settings))
    return set(best.values())


def print_results(name: str, results: Mapping[tuple[str, str], Mapping[str, float]]) -> None:
    """A line for each attempt, the best of each peer marked."""
    best = best_settings(results)
    rows = next(iter(results.values()))["rows"]
    print(f"\n{name}, {rows:g} rows of tasks")
    print(f"{'':68}" + "".join(f"{figure:>12}" for figure in FIGURES))
    for key, figures in results.items():
        line = f"{'*' if key in best else ' '} {key[0]}: {key[1]}"
        print(f"{line:68}" + "".join(f"{figures[figure]:12.4g}" for figure in FIGURES))


def main(argv: Sequence[str]) -> int:
    """Run every peer on the chosen scans."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.peers", description=__doc__)
    parser.add_argument("--install", action="store_true", help="install the peers, run nothing")
    parser.add_argument("--venv", type=Path, default=PEERS, help="the peers' environment")
    parser.add_argument("--whole", action="store_true", help="all 20 pages instead of five")
    parser.add_argument("--scanner", nargs="+", choices=tuple(EVERY), default=["office", "poor"])
    parser.add_argument("--out", type=Path, help="keep here the scans and what was read of each")
    arguments = parser.parse_args(argv)
    if arguments.install:
        install(arguments.venv)
        return 0
    if missing := missing_peers(arguments.venv):
        raise SystemExit(missing_message(arguments.venv, missing))
    os.environ["OMP_THREAD_LIMIT"] = "1"  # the pages run in parallel, also the peers'
    variant = Variant(seed=31, small=not arguments.whole)
    python = python_of(arguments.venv.absolute())
    with tempfile.TemporaryDirectory() as scratch:
        for scanner in arguments.scanner:
            folder = (arguments.out or Path(scratch)).resolve() / scanner
            source, truth = make_variant(folder / "made", variant, scanner)
            print_results(scanner, peer_results(source, truth, folder, python))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
