"""The recipe, a step at a time: `python -m training STEP`.

`lines` makes the lines of print, `train` the model (and lines that are missing), and `errors`
tells how much of some held-out lines Debian's model and this one misread. `confusions` counts which
letters this one misreads for which, as `normalize/lists/confusions.csv` has them.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from training import programs
from training.confusions import confusion_rows
from training.recipe import ROUNDS, Stock, counted_lines, held_out_lines, load_stock, make_round

_OLD = Path("/usr/share/tesseract-ocr/5/tessdata/vie.traineddata")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step of the recipe in a folder of its own."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("step", choices=("lines", "train", "errors", "confusions"))
    parser.add_argument(
        "--work", type=Path, default=Path("out/training"), help="where lines and checkpoints stand"
    )
    parser.add_argument(
        "--packages",
        type=Path,
        default=Path(".training"),
        help="where ./setup.sh training put texts and typefaces",
    )
    parser.add_argument(
        "--old", type=Path, default=_OLD, help="Debian's model, from which training goes on"
    )
    parser.add_argument("--model", type=Path, default=Path("models/reader.traineddata"))
    options = parser.parse_args(arguments)
    new = programs.take_apart(options.old, options.work / "network")
    stock = _stock(options.packages, new.with_name("new.lstm-unicharset"))
    steps = {"lines": _lines, "train": _train, "errors": _errors, "confusions": _confusions}
    steps[options.step](stock, options)
    return 0


def _stock(packages: Path, unicharset: Path) -> Stock:
    lists = Path(__file__).parents[1] / "normalize" / "lists"
    return load_stock(
        packages, Path(sysconfig.get_path("purelib")), lists, unicharset.read_text(encoding="utf-8")
    )


def _lines(stock: Stock, options: argparse.Namespace) -> None:
    for number, each in enumerate(ROUNDS):
        files = make_round(stock, options.work, number, each)
        _say(f"round {number}: {len(files)} sheets")


def _train(stock: Stock, options: argparse.Namespace) -> None:
    network = options.work / "network"
    for number, each in enumerate(ROUNDS):
        files = make_round(stock, options.work, number, each)
        _say(f"round {number}: {programs.train(network, number, files, each.lines, each.rate)}")
        programs.write_model(network, number, options.model)
    _say(f"{options.model}: sha256 {hashlib.sha256(options.model.read_bytes()).hexdigest()}")


def _errors(stock: Stock, options: argparse.Namespace) -> None:
    for name, files in held_out_lines(stock, options.work):
        for model in (options.old, options.model):
            letters, words = programs.errors(model, files, options.work)
            _say(
                f"{name}: {model.name} misreads {letters:.2f} % of letters, {words:.2f} % of words"
            )


def _confusions(stock: Stock, options: argparse.Namespace) -> None:
    files = counted_lines(stock, options.work)
    for row in confusion_rows(programs.read_lines(options.model, files, options.work)):
        _say(row)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
