"""The third stage: printed words to repaired words."""

from __future__ import annotations

from pathlib import Path

from pandera.typing import DataFrame

from normalize.bodies.listed import load_bodies
from normalize.repair.repair import forget, prepare, repair
from normalize.repair.settings import DecodingCosts as Weighing
from schemas.files import read, write
from schemas.part_tables import Repairs
from schemas.row_frames import Printed, Repaired


def load_knowledge() -> None:
    """Load the lists of bodies and the model of the language, and keep them for ``run_repair``."""
    prepare(_names(), Weighing())


def forget_knowledge() -> None:
    """Forget what ``load_knowledge`` loaded and repair added: more memory than later
    stages need.
    """
    forget()


def _names() -> tuple[str, ...]:
    return tuple(body.name for body in load_bodies().bodies)


def run_repair(work: Path) -> None:
    """``work/rows`` in; each word with what it says, and the changes, out to ``work/repair``."""
    printed = read(Printed, work / "rows" / "printed.parquet")
    repaired, repairs = repair(DataFrame[Printed](printed), Weighing(), _names())
    write(Repaired, repaired, work / "repair" / "repaired.parquet")
    write(Repairs, repairs, work / "repair" / "repairs.parquet")
