"""Tesseract's training programs: a model taken apart, put together, trained and weighed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from training.charset import NEW_LETTERS, letters_of, with_codes, with_letters
from training.line_files import one_thread
from training.network import float_network

_ERRORS = re.compile(r"BCER eval=([0-9.]+), BWER eval=([0-9.]+)")


def take_apart(model: Path, folder: Path) -> Path:
    """Take a model apart in ``folder``, and return the same model with the new letters.

    Its parts are then ``old.*``, its network in floats ``float.lstm``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _run(["combine_tessdata", "-u", str(model), f"{folder}/old."])
    (folder / "float.lstm").write_bytes(float_network((folder / "old.lstm").read_bytes()))
    letters = (folder / "old.lstm-unicharset").read_text(encoding="utf-8")
    added = [letter for letter in NEW_LETTERS if letter not in letters_of(letters)]
    for part in folder.glob("old.*"):
        (folder / part.name.replace("old.", "new.", 1)).write_bytes(part.read_bytes())
    (folder / "new.lstm-unicharset").write_text(with_letters(letters), encoding="utf-8")
    (folder / "new.lstm-recoder").write_bytes(
        with_codes((folder / "old.lstm-recoder").read_bytes(), len(added))
    )
    _run(["combine_tessdata", f"{folder}/new."])
    return folder / "new.traineddata"


def train(old: Path, folder: Path, files: Sequence[Path], until: int, rate: float) -> str:
    """Go on training in ``folder`` (made by take_apart) until ``until`` lines were seen in all.

    What the program said last.
    """
    listing = folder / "list.train"
    listing.write_text("".join(f"{file}\n" for file in files), encoding="utf-8")
    command = [
        "lstmtraining", "--continue_from", f"{folder}/float.lstm", "--old_traineddata", str(old),
        "--traineddata", f"{folder}/new.traineddata",
        "--train_listfile", str(listing), "--model_output", f"{folder}/reader", "--learning_rate",
        str(rate), "--reset_learning_rate",
        "--max_iterations", str(until), "--target_error_rate", "0.0001",
    ]  # fmt: skip
    said = _run(command).strip().splitlines()
    return next((line for line in reversed(said) if "BCER" in line), "")


def write_model(folder: Path, model: Path) -> None:
    """The network as it is now, in integers again, as a model of its own."""
    command = [
        "lstmtraining", "--stop_training", "--convert_to_int", "--continue_from",
        f"{folder}/reader_checkpoint",
        "--traineddata", f"{folder}/new.traineddata", "--model_output", str(model),
    ]  # fmt: skip
    _run(command)


def errors(model: Path, files: Sequence[Path], folder: Path) -> tuple[float, float]:
    """The shares of letters and of words, in percent, that a model misreads in lines.

    The programme that counts them reads without the model's dictionary.
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


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command, env=one_thread(), check=True, capture_output=True, text=True, errors="replace"
    )
    return done.stdout + done.stderr
