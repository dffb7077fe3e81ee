"""Coded columns: what a closed vocabulary or a grammar makes of all readings of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from normalize.bodies import BodyList, match_cell
from normalize.cells import Cell
from normalize.deadlines import read_deadline, repair_deadline
from normalize.figures import read_target, read_value, repair_figure, repair_unit
from normalize.funding import read_funding, repair_funding

SURE, UNSURE = 0.995, 0.6  # how often a value that nothing speaks against, and one in review, proved right on scans with a truth


@dataclass(frozen=True)
class Coded:
    """A coded cell: its value as published, the columns derived from it, its parts (bodies, stages), and whether it is sure or why it is not."""

    value: str = ""
    sure: bool = True
    reason: str = ""
    derived: dict[str, Any] = field(default_factory=dict)
    parts: Sequence[dict[str, Any]] = ()

    @property
    def confidence(self) -> float:
        """The probability that the value is right."""
        return SURE if self.sure else UNSURE


def read_bodies(cell: Cell | None, bodies: BodyList) -> Coded:
    """The bodies of a lead or coordinating cell, their canonical names joined."""
    if cell is None:
        return Coded()
    found = match_cell([cell.lines(witness) for witness in cell.witnesses], bodies)
    parts = [{"body_id": item.body_id, "name": item.name, "printed": item.printed} for item in found.items]
    return Coded(found.value, not found.doubtful and bool(found.items), found.reason, parts=parts)


def read_deadline_cell(cell: Cell | None) -> Coded:
    """A deadline with its kind, dates and milestones."""
    value, sure, reason = repair_deadline(cell.readings()) if cell is not None else ("", True, "")
    meant = read_deadline(value)
    derived = {"deadline_kind": meant.kind, "start": meant.start, "end": meant.end}
    return Coded(
        value,
        sure and (meant.sure or not value),
        reason or _unless(meant.sure, "an unknown form"),
        derived,
        [asdict(item) for item in meant.milestones],
    )


def read_funding_cell(cell: Cell | None) -> Coded:
    """A source of funding with its codes."""
    value, sure, reason = repair_funding(cell.readings()) if cell is not None else ("", True, "")
    meant = read_funding(value)
    return Coded(
        value, sure and (meant.sure or not value), reason or _unless(meant.sure, "an unknown form"), {"funding_codes": meant.codes}
    )


def read_unit_cell(cell: Cell | None) -> Coded:
    """A unit of measurement."""
    return Coded(*repair_unit(cell.readings())) if cell is not None else Coded()


def read_target_cell(cell: Cell | None, unit: str) -> Coded:
    """A target with its comparator and bounds."""
    value, sure, reason = repair_figure(cell.readings()) if cell is not None else ("", False, "nothing is printed")
    meant = read_target(value, unit)
    derived = {"comparator": meant.comparator if value else "", "target_min": meant.minimum, "target_max": meant.maximum}
    return Coded(value, sure and meant.sure, reason or _unless(meant.sure, "not a plain figure"), derived)


def read_figure_cell(cell: Cell | None, unit: str) -> Coded:
    """A figure of the growth table with its bounds."""
    value, sure, reason = repair_figure(cell.readings()) if cell is not None else ("", False, "nothing is printed")
    meant = read_value(value, unit)
    return Coded(
        value,
        sure and meant.sure,
        reason or _unless(meant.sure, "not a plain figure"),
        {"value_min": meant.minimum, "value_max": meant.maximum},
    )


def read_period(cell: Cell | None, label: str) -> Coded:
    """A period of the growth table; its label was decided when the rows were put together, since it is part of their key."""
    meant = read_deadline(label)
    start = "" if label.casefold().startswith("đến") else meant.start
    return Coded(label, meant.kind != "", "" if meant.kind else "an unknown form", {"period_start": start, "period_end": meant.end})


def _unless(sure: bool, reason: str) -> str:
    return "" if sure else reason
