"""Tesseract's training programs: a model is taken apart, put together, trained and measured."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from training.charset import NEW_LETTERS, letters_of, with_codes, with_letters
from training.line_files import one_thread
from training.network import float_network

_LINES = re.compile(r"^Truth:(.*)\nOCR  :(.*)$", re.MULTILINE)
_ERRORS = re.compile(r"BCER eval=([0-9.]+), BWER eval=([0-9.]+)")


def take_apart(model: Path, folder: Path) -> Path:
    """Take a model apart in ``folder``; returns the same model with the new letters.

    Its parts are then ``old.*``, its network in floats ``float.lstm``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(model, folder / "old.traineddata")
    _run(["combine_tessdata", "-u", str(model), f"{folder}/old."])
    (folder / "float.lstm").write_bytes(float_network((folder / "old.lstm").read_bytes()))
    letters = (folder / "old.lstm-unicharset").read_text(encoding="utf-8")
    added = [letter for letter in NEW_LETTERS if letter not in letters_of(letters)]
    for part in [*folder.glob("old.lstm*"), folder / "old.version"]:
        (folder / part.name.replace("old.", "new.", 1)).write_bytes(part.read_bytes())
    (folder / "new.lstm-unicharset").write_text(with_letters(letters), encoding="utf-8")
    (folder / "new.lstm-recoder").write_bytes(
        with_codes((folder / "old.lstm-recoder").read_bytes(), len(added))
    )
    _run(["combine_tessdata", f"{folder}/new."])
    return folder / "new.traineddata"


def train(folder: Path, number: int, files: Sequence[Path], lines: int, rate: float) -> str:
    """Train round ``number`` from where the round before left the network; returns the last line
    printed.

    ``folder`` is the one that take_apart made; ``lines`` lines of ``files`` are seen.
    """
    listing = folder / "list.train"
    listing.write_text("".join(f"{file}\n" for file in files), encoding="utf-8")
    start = ["--continue_from", f"{folder}/round-{number - 1}_checkpoint"]
    if number == 0:  # whose letters are not yet the new ones
        start = ["--continue_from", f"{folder}/float.lstm"]
        start += ["--old_traineddata", f"{folder}/old.traineddata"]
    for left in folder.glob(f"round-{number}_*"):
        left.unlink()  # it would be gone on from, at the rate that it stopped at
    command = [
        "lstmtraining", *start, "--traineddata", f"{folder}/new.traineddata",
        "--train_listfile", str(listing), "--model_output", f"{folder}/round-{number}",
        "--learning_rate", str(rate), "--reset_learning_rate",
        "--max_iterations", str(lines), "--target_error_rate", "0.0001",
    ]  # fmt: skip
    said = _run(command).strip().splitlines()
    return next((line for line in reversed(said) if "BCER" in line), "")


def write_model(folder: Path, number: int, model: Path) -> None:
    """The network as round ``number`` left it, in integers again, as a model of its own."""
    command = [
        "lstmtraining", "--stop_training", "--convert_to_int",
        "--continue_from", f"{folder}/round-{number}_checkpoint",
        "--traineddata", f"{folder}/new.traineddata", "--model_output", str(model),
    ]  # fmt: skip
    _run(command)


def errors(model: Path, files: Sequence[Path], folder: Path) -> tuple[float, float]:
    """The shares of letters and of words, in percent, that a model misreads in lines.

    The program that counts them reads without the model's dictionary.
    """
    listing = folder / "list.eval"
    listing.write_text("".join(f"{file}\n" for file in files), encoding="utf-8")
    found = _ERRORS.search(
        _run(
            ["lstmeval", "--model", str(model), "--eval_listfile", str(listing), "--verbosity", "0"]
        )
    )
    if found is None:
        raise ValueError(f"lstmeval says nothing of {model}")
    return float(found[1]), float(found[2])


def read_lines(model: Path, files: Sequence[Path], folder: Path) -> list[tuple[str, str]]:
    """What lines say and what a model reads there, a pair for each line."""
    listing = folder / "list.eval"
    listing.write_text("".join(f"{file}\n" for file in files), encoding="utf-8")
    said = _run(
        ["lstmeval", "--model", str(model), "--eval_listfile", str(listing), "--verbosity", "2"]
    )
    return [(found[1], found[2]) for found in _LINES.finditer(said)]


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command, env=one_thread(), check=True, capture_output=True, text=True, errors="replace"
    )
    return done.stdout + done.stderr
