"""The second stage: words of pages or of a dump to rows."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from normalize.rows.dump.rows import dump_to_assembly
from normalize.rows.findings import with_gaps_in_review
from normalize.rows.records import records_to_printed, records_to_rows
from normalize.rows.roles import with_roles
from normalize.rows.scan.layout import frames_to_pages
from normalize.rows.scan.rows import pages_to_assembly
from schemas.files import read, write
from schemas.findings import write_findings
from schemas.frames import Blocks, Pages, Words
from schemas.row_frames import Printed, Rows


def run_rows(work: Path) -> None:
    """From ``work/extract`` to ``work/rows``: rows, their printed words, and what was found on the
    way.
    """
    pages, blocks, words = (
        read(model, work / "extract" / f"{name}.parquet")
        for model, name in ((Pages, "pages"), (Blocks, "blocks"), (Words, "words"))
    )
    is_dump = bool((pages["source"] == "dump").all())
    assembly = (
        dump_to_assembly(words)
        if is_dump
        else pages_to_assembly(frames_to_pages(pages, blocks, words))
    )
    records = [
        with_roles(record) for record in with_gaps_in_review(assembly.records, assembly.findings)
    ]
    write(Rows, records_to_rows(records), work / "rows" / "rows.parquet")
    write(Printed, records_to_printed(records), work / "rows" / "printed.parquet")
    write_findings([asdict(finding) for finding in assembly.findings], work / "rows")
