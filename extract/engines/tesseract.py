"""Tesseract, through pytesseract: pictures in, words with boxes out.

The only place that runs it.

Long: the one place that runs Tesseract, with all its ways to fail.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shlex
import signal
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from extract.engines.seen_word import SeenWord
from extract.image.page_image import Grey
from runs.left_out import left_out
from schemas.errors import ModelMissing, ToolDied, ToolHung, ToolMissing

with left_out("pandas"):  # for a kind of answer that is not asked for
    import pytesseract

# witness -> the models' names: this project's own, then what distributions call theirs
WITNESS_MODELS = {"vie": ("reader", "vie"), "script": ("script/Vietnamese", "Vietnamese")}
OWN_MODELS = Path(__file__).parents[2] / "models"  # this project's, which training/ made
_INSTALL = "install tesseract-ocr, tesseract-ocr-vie and tesseract-ocr-script-viet"
# witness -> Debian's package of the model that it needs beside our own
_PACKAGES = {"vie": "tesseract-ocr-vie", "script": "tesseract-ocr-script-viet"}
_PATIENCE = 60  # seconds in which Tesseract must say its version and models
# where the models' files are, in the first line of their listing
_FOLDER = re.compile('"(/[^"]+)"')
_FAULTS = (signal.SIGFPE, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL)
_OTHER_MODE = {7: 6, 6: 4}  # from a single line to a block of lines, to a column of blocks
_CONFIG = " ".join(
    f"-c {name}={value}"
    for name, value in (
        ("tessedit_create_tsv", 1),
        ("tessedit_do_invert", 0),  # no second look at lines in white on black
        # no search for a typewriter's even steps, which breaks words in small cells
        ("textord_all_prop", 1),
        ("paragraph_text_based", 0),  # no second look for paragraphs, by their text
    )
)
_MARGIN = 10  # pixels of paper around a picture: Tesseract misses letters that touch the edge


def read_pictures(
    pictures: Sequence[Grey], model: str, psm: int, dpi: int, seconds: float, runs: int = 1
) -> list[list[SeenWord]]:
    """The words of each grey picture, read by Tesseract with page segmentation mode ``psm``.

    The pictures are shared among ``runs`` of Tesseract at the same time; each may take ``seconds``.
    Some pictures, such as a seal over a line, crash Tesseract: the others are then read without
    them, and they in another mode. Raises a ToolError where Tesseract or the model is missing,
    dies, talks nonsense, or takes more than ``seconds``.
    """
    if not pictures:
        return []
    if min(runs, len(pictures)) > 1:
        return _read_in_shares(
            pictures,
            min(runs, len(pictures)),
            lambda some: read_pictures(some, model, psm, dpi, seconds),
        )
    try:
        return _read_at_once(pictures, model, psm, dpi, seconds)
    except _Crashed:
        if len(pictures) == 1:
            if psm not in _OTHER_MODE:
                raise
            return _read_at_once(pictures, model, _OTHER_MODE[psm], dpi, seconds)
        half = len(pictures) // 2
        return [
            words
            for some in (pictures[:half], pictures[half:])
            for words in read_pictures(some, model, psm, dpi, seconds)
        ]


def _read_in_shares(
    pictures: Sequence[Grey], count: int, read: Callable[[list[Grey]], list[list[SeenWord]]]
) -> list[list[SeenWord]]:
    """What ``read`` makes of each picture, in ``count`` shares of about as many pixels at the same
    time.
    """
    shares: list[list[int]] = [[] for _ in range(count)]
    for place in sorted(range(len(pictures)), key=lambda place: -pictures[place].size):
        min(shares, key=lambda share: sum(pictures[n].size for n in share)).append(place)
    with ThreadPoolExecutor(count) as threads:
        found = threads.map(read, [[pictures[place] for place in share] for share in shares])
        by_place = {
            place: words
            for share, several in zip(shares, found, strict=True)
            for place, words in zip(share, several, strict=True)
        }
    return [by_place[place] for place in range(len(pictures))]


class _Crashed(ToolDied):
    """Tesseract crashed; on the same picture in the same mode it would do so again."""


def _read_at_once(
    pictures: Sequence[Grey], model: str, psm: int, dpi: int, seconds: float
) -> list[list[SeenWord]]:
    # the pages run in parallel: threads within one would only get in each other's way
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        file = Path(folder, "pictures.tiff")
        # by hand: OpenCV's own writer of files says nothing of a full disk
        file.write_bytes(_pictures_to_tiff(pictures))
        table = _run(
            file, model, f"{_folder_option(model)} --psm {psm} --dpi {dpi} {_CONFIG}", seconds
        )
    try:
        return _table_to_words(table, len(pictures))
    except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise _no_table(model) from error


def check_engine() -> None:
    """Raise ToolMissing without Tesseract, ModelMissing without its model for Vietnamese."""
    if installed_model(next(iter(WITNESS_MODELS))) is None:
        what_to_do = f"install {' and '.join(missing_packages())}"
        set_folder = os.environ.get("TESSDATA_PREFIX")
        if set_folder is not None:  # then the installed ones may be there, only not looked for
            what_to_do = (
                f"unset TESSDATA_PREFIX, which says that the models are in {set_folder}, "
                f"or {what_to_do}"
            )
        raise ModelMissing("Tesseract has no model for Vietnamese", "this machine", what_to_do)


def missing_packages() -> list[str]:
    """Debian's packages of the models that Tesseract lacks here; without the first nothing is read,
    without the second less is.
    """
    return [name for witness, name in _PACKAGES.items() if installed_model(witness) is None]


@cache
def witness_model(witness: str) -> str | None:
    """The name of a witness's Tesseract model; None where it is not there.

    This project's own model comes before the installed one.
    """
    own = {file.stem for file in OWN_MODELS.glob("*.traineddata")}
    found = next((name for name in WITNESS_MODELS[witness] if name in own), None)
    return installed_model(witness) if found is None else found


@cache
def installed_model(witness: str) -> str | None:
    """The name of a witness's model that is installed with Tesseract, None where none is."""
    installed = set(_installed_models())
    return next((name for name in WITNESS_MODELS[witness] if name in installed), None)


def engine_versions() -> dict[str, str]:
    """Tesseract's version, and the models' names with hashes of their files where these can be
    found.
    """
    version = _ask("--version").split("\n")[0].removeprefix("tesseract ").strip()
    models = {witness: witness_model(witness) for witness in WITNESS_MODELS}
    models["binary"] = installed_model("vie")
    named = {
        f"model of {witness}": _with_hash(model)
        for witness, model in models.items()
        if model is not None
    }
    return {"tesseract": version, **named}


def _with_hash(model: str) -> str:
    file = _own_file(model) or _installed_file(model)
    return (
        model
        if file is None
        else f"{model} (sha256 {hashlib.sha256(file.read_bytes()).hexdigest()})"
    )


def _own_file(model: str) -> Path | None:
    file = OWN_MODELS / f"{model}.traineddata"
    return file if file.is_file() else None


def _installed_file(model: str) -> Path | None:
    folder = _FOLDER.search(_listing())
    file = Path(folder[1], f"{model}.traineddata") if folder else None
    return file if file is not None and file.is_file() else None


def _installed_models() -> list[str]:
    """All models by name; pytesseract's own listing leaves out those with a capital letter."""
    return _listing().split("\n")[1:]


@cache
def _listing() -> str:
    return _ask("--list-langs")


def _ask(question: str) -> str:
    """What Tesseract says of itself."""
    try:
        command = [pytesseract.pytesseract.tesseract_cmd, question]
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=True, timeout=_PATIENCE
        ).stdout
    except OSError as error:
        raise ToolMissing(
            "Tesseract is not installed, or may not be run", "this machine", _INSTALL
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ToolHung(
            f"Tesseract did not answer {question} in {_PATIENCE} s",
            "this machine",
            "see what `tesseract --version` does",
        ) from error
    except subprocess.CalledProcessError as error:
        raise ToolDied(
            f"Tesseract failed with code {error.returncode}", f"tesseract {question}", _INSTALL
        ) from error


def _pictures_to_tiff(pictures: Sequence[Grey]) -> bytes:
    """Pictures as the pages of one uncompressed TIFF, each with a margin."""
    framed = [_framed(picture) for picture in pictures]
    return bytes(
        cv2.imencodemulti(
            ".tiff", framed, [cv2.IMWRITE_TIFF_COMPRESSION, cv2.IMWRITE_TIFF_COMPRESSION_NONE]
        )[1]
    )


def _framed(picture: Grey) -> Grey:
    paper = int(np.percentile(picture[::3, ::3], 90)) if picture.size else 255
    return np.asarray(
        cv2.copyMakeBorder(
            picture, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=(paper,)
        )
    )


def _folder_option(model: str) -> str:
    """Where Tesseract finds this project's own model; it finds the installed ones by itself."""
    return "" if _own_file(model) is None else f"--tessdata-dir {shlex.quote(str(OWN_MODELS))}"


def _run(file: Path, model: str, config: str, seconds: float) -> str:
    try:
        return str(
            pytesseract.pytesseract.run_and_get_output(
                str(file), extension="tsv", lang=model, config=config, timeout=seconds
            )
        )
    except pytesseract.TesseractError as error:
        if "Failed loading language" in str(error.message) or "Error opening data file" in str(
            error.message
        ):
            raise ModelMissing(
                f"Tesseract has no model {model}", "this machine", _INSTALL
            ) from error
        died = _Crashed if -error.status in _FAULTS else ToolDied
        raise died(
            f"Tesseract failed with code {error.status}",
            f"model {model}",
            "look at the page; run again",
        ) from error
    except pytesseract.TesseractNotFoundError as error:
        raise ToolMissing("Tesseract is not installed", "this machine", _INSTALL) from error
    except RuntimeError as error:  # pytesseract's word for a time-out
        raise ToolHung(
            f"Tesseract took more than {seconds:g} s",
            f"model {model}",
            "look at the page, or raise extract.page_time_limit_s",
        ) from error
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise _no_table(model) from error


def _no_table(model: str) -> ToolDied:
    return ToolDied(
        "Tesseract ended without a table of words",
        f"model {model}",
        "see whether `tesseract` is the program of that name; run again",
    )


def _table_to_words(table: str, count: int) -> list[list[SeenWord]]:
    """The words of each of ``count`` pictures in Tesseract's TSV.

    Raises ValueError where a picture is missing there.
    """
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    if sum(row["level"] == "1" for row in rows) != count or any(
        row["conf"] is None for row in rows
    ):
        raise ValueError("not all pictures")
    by_picture: dict[int, list[dict[str, str]]] = {}
    for row in rows:
        if row["level"] == "5" and (row["text"] or "").strip():
            by_picture.setdefault(int(row["page_num"]) - 1, []).append(row)
    return [list(_picture_words(by_picture.get(i, []))) for i in range(count)]


def _picture_words(rows: Iterable[dict[str, str]]) -> Iterator[SeenWord]:
    """The words of one picture; lines are counted over its blocks and paragraphs."""
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows:
        line = (row["block_num"], row["par_num"], row["line_num"])
        lines[line] = word_no = lines.get(line, 0) + 1
        left, top = float(row["left"]) - _MARGIN, float(row["top"]) - _MARGIN
        confidence = min(1.0, max(0.0, float(row["conf"]) / 100))
        text = unicodedata.normalize("NFC", row["text"].strip())
        yield SeenWord(
            list(lines).index(line) + 1,
            word_no,
            text,
            confidence,
            left,
            top,
            left + float(row["width"]),
            top + float(row["height"]),
        )
