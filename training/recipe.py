"""The recipe: rounds of lines that are each seen once, and how fast the network learns
from them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.charset import NEW_LETTERS, letters_of
from training.damage import damaged, draw_damage
from training.faces import FACES, HELD_OUT, Face, installed_faces
from training.line_files import write_lines
from training.mixes import HARD, USUAL, Mix
from training.sheets import draw_sheet
from training.texts import Texts, load_texts

SEED = 24
_DONE = "done"


@dataclass(frozen=True)
class Round:
    """Some sheets of lines (some 57 lines each), how many lines are seen, and how fast they are
    learned.
    """

    sheets: int
    lines: int
    rate: float
    mix: Mix = USUAL


ROUNDS = (
    Round(105, 5880, 0.0005),
    Round(330, 18500, 0.0003),
    Round(400, 20000, 0.0002, HARD),
    Round(500, 25000, 0.0002, HARD),
    Round(240, 12000, 0.0001, HARD),
    Round(300, 15000, 0.0001, HARD),
    Round(160, 8000, 0.00005, HARD),
)
HELD_OUT_SHEETS = 16
COUNTED = (1010, 60)  # the draw and the sheets of the lines on which confusions are counted
TESTS = {
    "as trained": 1000,
    "typeface": 1001,
    "seals": 1002,
    "hard": 1003,
}  # held-out lines and the numbers that their draws start from


@dataclass(frozen=True)
class Stock:
    """All that lines are made of."""

    texts: Texts
    letters: frozenset[str]
    faces: list[tuple[Face, tuple[Path, ...]]]
    held_out: list[tuple[Face, tuple[Path, ...]]]


def load_stock(installed: Path, site_packages: Path, lists: Path, unicharset: str) -> Stock:
    """The texts and typefaces below the root ``installed`` and on this machine.

    ``unicharset`` is Tesseract's list of the letters that may be printed.
    """
    roots = (installed, Path("/"))
    faces, held_out = installed_faces(roots, FACES), installed_faces(roots, (HELD_OUT,))
    return Stock(
        load_texts(installed, site_packages, lists),
        letters_of(unicharset) | set(NEW_LETTERS),
        faces,
        held_out,
    )


def make_sheet(
    stock: Stock, folder: Path, draw: tuple[int, int], test: str = "", mix: Mix = USUAL
) -> Path:
    """One sheet's lines, the same for the same draw."""
    rng = np.random.default_rng([SEED, *draw])
    damage = draw_damage(rng, held_out=test == "seals", mix=mix)
    faces = stock.held_out if test == "typeface" else stock.faces
    sheet = damaged(
        draw_sheet(stock.texts, faces, stock.letters, damage.scanner.dpi, rng, mix), damage, rng
    )
    return write_lines(sheet, folder, f"{draw[0]:04d}-{draw[1]:04d}")


def make_round(stock: Stock, folder: Path, number: int, each: Round, test: str = "") -> list[Path]:
    """The lines of a round, made where they are not there yet."""
    kind = [test] * bool(test) + ["hard"] * (each.mix is HARD)
    here = folder / "-".join(["round", str(number), *kind]).replace(" ", "-")
    if not (here / _DONE).exists():
        making = folder / f"making-{number}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        for n in range(each.sheets):
            make_sheet(stock, making, (number, n), test, each.mix)
        (making / _DONE).touch()
        making.rename(here)
    return sorted(here.glob("*.lstmf"))


def counted_lines(stock: Stock, folder: Path) -> list[Path]:
    """Hard lines in the typeface that no round has, on which confusions are counted.

    In those that it learned the reader is surer than it is on other documents.
    """
    number, sheets = COUNTED
    return make_round(stock, folder, number, Round(sheets, 0, 0.0, HARD), "typeface")


def held_out_lines(stock: Stock, folder: Path) -> Iterator[tuple[str, list[Path]]]:
    """The lines that no round has: as trained, in another typeface, under seals, and hard."""
    for name, number in TESTS.items():
        mix = HARD if name == "hard" else USUAL
        yield name, make_round(stock, folder, number, Round(HELD_OUT_SHEETS, 0, 0.0, mix), name)
