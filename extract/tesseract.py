"""Tesseract, through pytesseract: pictures in, words with boxes out. The only place that runs it."""

from __future__ import annotations

import csv
import os
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytesseract

from extract.pages import Grey
from schemas.errors import ModelMissing, ToolDied, ToolHung, ToolMissing

WITNESS_MODELS = {"vie": ("vie",), "script": ("script/Vietnamese", "Vietnamese")}  # witness -> the model's names, by distribution
_MARGIN = 10  # pixels of paper around a picture: Tesseract misses letters that touch the edge


@dataclass(frozen=True)
class SeenWord:
    """One word that an engine saw in a picture; its box in pixels of that picture."""

    line_no: int  # from 1
    word_no: int  # from 1, within the line
    text: str
    confidence: float  # 0 to 1
    x0: float
    top: float
    x1: float
    bottom: float


def read_pictures(pictures: Sequence[Grey], model: str, psm: int, dpi: int, seconds: float) -> list[list[SeenWord]]:
    """The words of each grey picture, read in one run of Tesseract with page segmentation mode ``psm``.

    Raises a ToolError where Tesseract or the model is missing, dies, or takes more than ``seconds``.
    """
    if not pictures:
        return []
    os.environ["OMP_THREAD_LIMIT"] = "1"  # the pages run in parallel: threads within one would only get in each other's way
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        names = [_save_picture(Path(folder, f"{i}.pgm"), picture) for i, picture in enumerate(pictures)]
        listing = Path(folder, "list.txt")
        listing.write_text("\n".join(names), encoding="utf-8")
        table = _run(listing, model, f"--psm {psm} --dpi {dpi} -c tessedit_create_tsv=1 -c tessedit_do_invert=0", seconds)
    words: list[list[SeenWord]] = [[] for _ in pictures]
    for page_no, word in _table_to_words(table):
        words[page_no].append(word)
    return words


@cache
def witness_model(witness: str) -> str | None:
    """The installed Tesseract model of a witness, or None where it is not installed."""
    installed = set(_installed_models())
    return next((name for name in WITNESS_MODELS[witness] if name in installed), None)


def engine_versions() -> dict[str, str]:
    """Tesseract's version and the installed models' names."""
    models = {witness: witness_model(witness) for witness in WITNESS_MODELS}
    return {
        "tesseract": str(pytesseract.get_tesseract_version()),
        **{f"model of {w}": name for w, name in models.items() if name is not None},
    }


def _installed_models() -> list[str]:
    """All models by name; pytesseract's own listing leaves out those with a capital letter."""
    try:
        listing = subprocess.run(
            [pytesseract.pytesseract.tesseract_cmd, "--list-langs"], capture_output=True, text=True, check=True, timeout=60
        )
        return listing.stdout.split("\n")[1:]
    except (OSError, subprocess.SubprocessError) as error:
        raise ToolMissing(
            "Tesseract is not installed", "this machine", "install tesseract-ocr, tesseract-ocr-vie and tesseract-ocr-script-viet"
        ) from error


def _save_picture(path: Path, picture: Grey) -> str:
    paper = int(np.percentile(picture, 90)) if picture.size else 255
    framed = cv2.copyMakeBorder(picture, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=(paper,))
    cv2.imwrite(str(path), framed)
    return str(path)


def _run(listing: Path, model: str, config: str, seconds: float) -> str:
    try:
        return str(pytesseract.pytesseract.run_and_get_output(str(listing), extension="tsv", lang=model, config=config, timeout=seconds))
    except pytesseract.TesseractNotFoundError as error:
        raise ToolMissing("Tesseract is not installed", "this machine", "install tesseract-ocr and tesseract-ocr-vie") from error
    except pytesseract.TesseractError as error:
        if "Failed loading language" in str(error.message) or "Error opening data file" in str(error.message):
            raise ModelMissing(
                f"Tesseract has no model {model}", "this machine", "install tesseract-ocr-vie and tesseract-ocr-script-viet"
            ) from error
        raise ToolDied(f"Tesseract failed with code {error.status}", f"model {model}", "look at the page; run again") from error
    except RuntimeError as error:  # pytesseract's word for a time-out
        raise ToolHung(
            f"Tesseract took more than {seconds:g} s", f"model {model}", "look at the page, or raise extract.page_time_limit_s"
        ) from error


def _table_to_words(table: str) -> Iterator[tuple[int, SeenWord]]:
    """The words of Tesseract's TSV as (picture's index, word); lines are counted over a picture's blocks and paragraphs."""
    lines: dict[int, list[tuple[str, str, str]]] = {}
    counts: dict[tuple[int, int], int] = {}
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = unicodedata.normalize("NFC", (row["text"] or "").strip())
        if row["level"] != "5" or not text:
            continue
        page_no = int(row["page_num"]) - 1
        seen = lines.setdefault(page_no, [])
        line = (row["block_num"], row["par_num"], row["line_num"])
        if line not in seen:
            seen.append(line)
        line_no = seen.index(line) + 1
        counts[page_no, line_no] = word_no = counts.get((page_no, line_no), 0) + 1
        left, top = float(row["left"]) - _MARGIN, float(row["top"]) - _MARGIN
        confidence = min(1.0, max(0.0, float(row["conf"]) / 100))
        yield page_no, SeenWord(line_no, word_no, text, confidence, left, top, left + float(row["width"]), top + float(row["height"]))
