"""``python -m tests.benchmark.witnesses WORK TRUTH [WORK TRUTH ...]``: what each witness buys.

The intermediates of scans that were read (``out/work/x``) are decided again without one witness
after another, and beside the truth's text cells three numbers are told: words that are wrong, words
in doubt, wrong words outside doubt.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from normalize.bodies.listed import load_bodies
from normalize.repair.repair import decide
from normalize.repair.settings import DecodingCosts
from normalize.repair.verdicts import Verdict
from schemas.files import read
from schemas.row_frames import Printed
from schemas.witnesses import FIRST, LAYER, LINE, SECOND
from tests.benchmark.doubt import right_words, true_cells

WITHOUT = {
    "all": (),
    "no second model": (SECOND,),
    "no line recogniser": (LINE,),
    "no layer": (LAYER,),
    "the first alone": (SECOND, LINE, LAYER),
}
_MARKS = ("-", "+", "•")  # before a name, and published with it nowhere


def without(printed: pd.DataFrame, witnesses: Sequence[str]) -> pd.DataFrame:
    """The table Printed as if some witnesses had not looked; the first model's words stay."""
    if FIRST in witnesses:
        raise ValueError("the first model leads: without it there are no words")
    kept = [
        json.dumps(
            [reading for reading in json.loads(readings) if reading[0] not in witnesses],
            ensure_ascii=False,
        )
        for readings in printed["readings"]
    ]
    return printed.assign(readings=kept)


def counted(printed: pd.DataFrame, truth: Path) -> tuple[int, int, int, int]:
    """Words of text cells that have a truth, wrong ones, ones in doubt, wrong ones outside it."""
    costs = DecodingCosts()
    names = tuple(body.name for body in load_bodies().bodies)
    verdicts, wanted = decide(printed, costs, names), dict(true_cells(truth))
    found = [
        (is_right, verdict.confidence < costs.doubt)
        for place, cell in printed.groupby(["table", "row_id", "column"], sort=False)
        if place in wanted
        for verdict, is_right in judged([verdicts[at] for at in cell.index], wanted[place])
    ]
    return (
        len(found),
        sum(not is_right for is_right, _ in found),
        sum(doubted for _, doubted in found),
        sum(not is_right and not doubted for is_right, doubted in found),
    )


def judged(verdicts: list[Verdict], wanted: Sequence[str]) -> Iterator[tuple[Verdict, bool]]:
    """Each verdict of a cell and whether its word is right; a mark before a name is left out."""
    first = verdicts[0].value
    own = verdicts[1:] if first in _MARKS and list(wanted[:1]) != [first] else verdicts
    yield from zip(own, right_words([verdict.value for verdict in own], wanted), strict=True)


def main() -> int:
    """Print a line for each document and set of witnesses."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark.witnesses", description=__doc__
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="WORK TRUTH")
    paths = parser.parse_args().paths
    for work, truth in zip(paths[::2], paths[1::2], strict=True):
        printed = read(Printed, work / "rows" / "printed.parquet")
        for name, left_out in WITHOUT.items():
            words, wrong, doubted, silent = counted(without(printed, left_out), truth)
            print(
                f"{work.name}, {name}: {words} words, {wrong} wrong, {doubted} in doubt, "
                f"{silent} wrong outside doubt"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
