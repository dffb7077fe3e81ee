"""Lines in the form that Tesseract learns from: each sheet is cut into lines by Tesseract
itself.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import cv2

from training.sheets import Piece, Sheet

_SECONDS = 120


def write_lines(sheet: Sheet, folder: Path, name: str) -> Path:
    """The sheet's lines as ``folder/name.lstmf``.

    Raises CalledProcessError where Tesseract fails.
    """
    picture = folder / f"{name}.png"
    cv2.imwrite(str(picture), sheet.picture)
    (folder / f"{name}.box").write_text(boxes(sheet), encoding="utf-8")
    command = [
        "tesseract",
        picture.name,
        name,
        "--psm",
        "6",
        "--dpi",
        "200",
        "-l",
        "vie",
        "lstm.train",
    ]
    subprocess.run(
        command, cwd=folder, env=one_thread(), check=True, capture_output=True, timeout=_SECONDS
    )
    picture.unlink()
    (folder / f"{name}.box").unlink()
    return folder / f"{name}.lstmf"


def one_thread() -> dict[str, str]:
    """The environment in which Tesseract's programs use one thread; with two they take ten times as
    long.
    """
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def boxes(sheet: Sheet) -> str:
    """Tesseract's box file of a sheet.

    There is one line for each piece of print, heights counted from the bottom, and one that ends
    it.
    """
    rows, columns = sheet.picture.shape[:2]
    return "".join(_box(piece, rows, columns) for piece in sheet.pieces)


def _box(piece: Piece, rows: int, columns: int) -> str:
    left, right = max(0, round(piece.left)), min(columns, round(piece.right))
    bottom, top = max(0, rows - round(piece.bottom)), min(rows, rows - round(piece.top))
    line = f"WordStr {left} {bottom} {right} {top} 0 #{piece.text}\n"
    return f"{line}\t {right} {bottom} {right + 1} {top} 0\n"
