"""The printings and scans of the sample on which the pipeline is tested, and what its first stage
read of each.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from extract import stage
from runs.progress import Progress
from schemas.settings import Settings
from tests.sample.build import make_pdf, programme_of
from tests.sample.tables import truth_tables, write_truth
from tests.sample.typeset import TEMPLATE, document, typeset
from tests.sample.variant import TASK_COLUMNS, Variant

STORED = Path(__file__).parents[1] / "fixtures" / "variants"
READ = ("pages.parquet", "blocks.parquet", "words.parquet", "engines.json")
OTHER_ORDER = ("number", "task", "deadline", "funding", "lead", "coordinating")


@dataclass(frozen=True)
class Case:
    """One printing of the sample on one scanner."""

    variant: Variant
    scanner: str = "office"


CASES = {
    "clean": Case(Variant(), "clean"),
    "poor": Case(Variant(), "poor"),
    "fax": Case(Variant(), "fax"),
    "typeface": Case(Variant(face="termes")),
    "order": Case(
        Variant(
            task_columns=OTHER_ORDER, indicator_columns=("number", "name", "lead", "unit", "target")
        )
    ),
    "product": Case(Variant(task_columns=(*TASK_COLUMNS, "product"), table_size=12.0)),
    "wording": Case(Variant(wording="other")),
    "turned": Case(Variant(turned=((2, 180), (5, 90), (9, 270), (11, 180), (13, 90), (16, 270)))),
    "layer": Case(Variant(text_layer=True, layer_errors=0.08, stamped=True)),
    "vector": Case(Variant(vector_pages=tuple(range(1, 31)))),
    "gap": Case(Variant(missing_pages=(11,))),
    "everything": Case(
        Variant(
            face="termes",
            wording="other",
            task_columns=("number", "task", "product", *OTHER_ORDER[2:]),
            table_size=12.0,
            turned=((4, 180), (9, 90), (12, 270)),
            vector_pages=(1, 7),
            text_layer=True,
            stamped=True,
        ),
        "poor",
    ),
}


def write_case_truth(name: str, folder: Path) -> None:
    """Write the truth tables of a case into `folder`."""
    variant = CASES[name].variant
    programme = programme_of(variant)
    write_truth(truth_tables(programme, typeset(programme, variant), variant.missing_pages), folder)


def printed_sha256(name: str) -> str:
    """Return the hash of all that a case prints, whatever typefaces and versions set it."""
    variant = CASES[name].variant
    printed = json.dumps(document(programme_of(variant), variant), ensure_ascii=False)
    return hashlib.sha256(printed.encode() + TEMPLATE.read_bytes()).hexdigest()


def store_readings(name: str, folder: Path) -> None:
    """Print and scan a case in `folder`, read it with the real engines, and keep what the first
    stage leaves for the tests.
    """
    source = folder / f"{name}.pdf"
    make_pdf(source, folder / "truth", CASES[name].variant, CASES[name].scanner)
    stage.run(source, folder / name, Settings(), Progress())
    target = STORED / name
    target.mkdir(parents=True, exist_ok=True)
    for file in READ:
        shutil.copyfile(folder / name / "extract" / file, target / file)
    hashes = {
        "printed_sha256": printed_sha256(name),
        "scan_sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
    }
    (target / "source.json").write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")
