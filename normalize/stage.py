"""The stages of this package: words to rows, rows to repaired rows, repaired rows to tables."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pandas as pd
from pandera.typing import DataFrame

from normalize.bodies import load_bodies
from normalize.body_roles import with_roles
from normalize.coded import Matcher
from normalize.corrections import read_corrections
from normalize.document import document_table
from normalize.dump_rows import dump_to_assembly
from normalize.lattice import RepairSettings as Weighing
from normalize.layout import frames_to_pages
from normalize.records import records_to_printed, records_to_rows, with_gaps_in_review
from normalize.renumbered import changed_numbers, with_ids
from normalize.repair import forget, prepare, repair
from normalize.rows import pages_to_assembly
from normalize.tables import rows_to_tables
from schemas.documents import document_name
from schemas.files import read, write
from schemas.frames import Blocks, Pages, Printed, Repaired, Rows, Words
from schemas.published import TABLES, Repairs, rounded
from schemas.settings import Settings
from schemas.system import write_bytes


def load_knowledge() -> None:
    """Load the lists of bodies and the model of the language, which are kept for the stages below."""
    prepare(_names(), Weighing())


def forget_knowledge() -> None:
    """Let go what ``load_knowledge`` loaded and repair added, which the stages after it do not need: it is more than they take."""
    forget()


def _names() -> tuple[str, ...]:
    return tuple(body.name for body in load_bodies().bodies)


def run_rows(work: Path) -> None:
    """``work/extract`` in; the document's rows and their printed words, and what was found on the way, out to ``work/rows``."""
    pages, blocks, words = (
        read(model, work / "extract" / f"{name}.parquet") for model, name in ((Pages, "pages"), (Blocks, "blocks"), (Words, "words"))
    )
    is_dump = bool((pages["source"] == "dump").all())
    assembly = dump_to_assembly(words) if is_dump else pages_to_assembly(frames_to_pages(pages, blocks, words))
    records = [with_roles(record) for record in with_gaps_in_review(assembly.records, assembly.findings)]
    write(Rows, records_to_rows(records), work / "rows" / "rows.parquet")
    write(Printed, records_to_printed(records), work / "rows" / "printed.parquet")
    _write_findings([asdict(finding) for finding in assembly.findings], work / "rows")


def run_repair(work: Path) -> None:
    """``work/rows`` in; each word with what it says, and the changes, out to ``work/repair``."""
    printed = read(Printed, work / "rows" / "printed.parquet")
    repaired, repairs = repair(DataFrame[Printed](printed), Weighing(), _names())
    write(Repaired, repaired, work / "repair" / "repaired.parquet")
    write(Repairs, repairs, work / "repair" / "repairs.parquet")


def run_tables(work: Path, source: Path, corrections: Path | None, settings: Settings) -> None:
    """``work/rows``, ``work/repair`` and people's decisions in; the published tables and all findings out to ``work/tables``."""
    rows, repaired = read(Rows, work / "rows" / "rows.parquet"), read(Repaired, work / "repair" / "repaired.parquet")
    ids, decisions = changed_numbers(rows, repaired, read_corrections(corrections))
    rows, repaired = with_ids(rows, ids), with_ids(repaired, ids)
    document, cells, changes = document_table(repaired, source, len(read(Pages, work / "extract" / "pages.parquet")), decisions)
    matcher = Matcher(load_bodies(), settings.bodies, str(document["date"].iloc[0]))
    tables, findings = rows_to_tables(rows, repaired, matcher, decisions)
    tables["document"] = document
    tables["cells"] = pd.concat([cells, tables["cells"]], ignore_index=True)
    repairs = with_ids(read(Repairs, work / "repair" / "repairs.parquet"), ids)
    repairs = repairs.assign(row_id=repairs["row_id"].where(repairs["table"] != "document", document_name(source)))
    tables["repairs"] = pd.concat([repairs, changes, tables["repairs"]], ignore_index=True)
    for name, model in TABLES.items():
        write(model, rounded(tables[name]), work / "tables" / f"{name}.parquet")
    known = json.loads((work / "rows" / "notices.json").read_text(encoding="utf-8"))
    _write_findings([*known, *map(asdict, findings)], work / "tables")


def _write_findings(findings: list[dict[str, object]], folder: Path) -> None:
    write_bytes(folder / "notices.json", json.dumps(findings, ensure_ascii=False, indent=1).encode("utf-8"))
