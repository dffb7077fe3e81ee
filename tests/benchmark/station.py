"""``python -m tests.benchmark.station``: how many keys a reviewer who knows the truth presses to
settle a scan's review page, whether the right words were offered, and what is left after the rerun.

Without a name it is the poor scan of ../shared.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pipeline
from schemas.settings import load_params
from tests.audit.browser import opened_browser
from tests.audit.reviewer import Key, Sitting, true_cells
from tests.benchmark.__main__ import SHARED, TRUTH, open_gate

BARS = {"keys_a_question": 1.3, "offered_share": 0.95, "left": 0, "unused": 0}


def station_figures(source: Path, truth: Path, folder: Path) -> dict[str, float]:
    """The figures of one scan; it is published below ``folder``, settled, and published again."""
    copied = Path(shutil.copy(source, folder))
    out = folder / "out" / source.stem
    settings = load_params(open_gate(folder)).of(source.stem)
    pipeline.run(copied, out, settings)
    wanted = true_cells(truth)
    with opened_browser() as browser:
        browser.get((out / "review" / "review.html").as_uri())
        sitting = Sitting(browser, wanted)
        sitting.settle_all()
        figures = figures_of(sitting, wanted)
        shutil.copy(sitting.download(folder / "downloads", "Người thử"), folder)
        work = out.parent / "work" / out.name
        pipeline.tables(work, copied, settings)
        pipeline.publish(work, copied, out, settings)
        browser.get((out / "review" / "review.html").as_uri())
        left = len(browser.execute_script("return data.doubts"))
    findings = json.loads((out / "metrics.json").read_text(encoding="utf-8"))["findings"]
    return {**figures, "left": left, "unused": findings.get("correction_unused", 0)}


def figures_of(sitting: Sitting, truth: Mapping[Key, str]) -> dict[str, float]:
    """Keys, how many of the wrong places had the right text among what was offered, and the cells
    that are wrong before and after: a word that was not in doubt can be wrong too.
    """
    cells = sitting.cells()
    for cell in cells:
        if cell["now"] != truth.get(tuple(cell["key"]), cell["now"]):
            sys.stdout.write(f"still wrong: {' '.join(cell['key'])}\n")
    return {
        "cells": len(cells),
        "questions": sitting.questions,
        "keys": sitting.keys,
        "keys_a_question": sitting.keys / max(1, sitting.questions),
        "keys_a_cell": sitting.keys / max(1, len(cells)),
        "wrong_places": len(sitting.wrong),
        "offered_share": 1 - len(sitting.typed) / max(1, len(sitting.wrong)),
        "wrong_before": _wrong(cells, "value", truth),
        "wrong_after": _wrong(cells, "now", truth),
    }


def _wrong(cells: Sequence[Mapping[str, Any]], side: str, truth: Mapping[Key, str]) -> int:
    return sum(truth.get(tuple(cell["key"]), cell[side]) != cell[side] for cell in cells)


def main(argv: Sequence[str]) -> int:
    """Print the figures; exit code 1 where one misses its bar."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.station", description=__doc__)
    parser.add_argument("scan", nargs="?", default="part-poor.pdf", choices=sorted(TRUTH))
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        found = station_figures(
            SHARED / arguments.scan, SHARED / TRUTH[arguments.scan], Path(folder)
        )
    for name, value in found.items():
        sys.stdout.write(f"{name:18}{value:8.3f}\n")
    missed = [
        name
        for name, bar in BARS.items()
        if (found[name] < bar if name == "offered_share" else found[name] > bar)
    ]
    for name in missed:
        sys.stdout.write(f"MISSED {name}: the bar is {BARS[name]:g}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
