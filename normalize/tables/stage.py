"""The fourth stage: repaired words to the tables of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from normalize.bodies.listed import load_bodies
from normalize.tables.alike import for_all_alike
from normalize.tables.blame import check_decided
from normalize.tables.coded import Matcher
from normalize.tables.corrections import Corrections, read_corrections
from normalize.tables.document import document_table
from normalize.tables.renumbered import RowIds, changed_numbers, with_ids
from normalize.tables.rows_to_tables import rows_to_tables
from normalize.tables.sections import changed_sections, under_new_keys
from normalize.tables.typed.known import Known, known_of
from normalize.tables.typed.page_forms import write_page_forms
from normalize.values.deadlines import year_of
from schemas.disk import read_json
from schemas.documents import document_name
from schemas.errors import MissingAppendix
from schemas.files import read, write
from schemas.findings import write_findings
from schemas.frames import Pages
from schemas.part_tables import Repairs
from schemas.published import TABLES, rounded
from schemas.row_frames import Repaired, Rows
from schemas.settings import Settings
from schemas.table_kinds import KINDS


def run_tables(work: Path, source: Path, corrections: Path | None, settings: Settings) -> None:
    """From ``work/rows``, ``work/repair`` and people's decisions to ``work/tables``.

    That holds the published tables and all findings.
    """
    rows, repaired = (
        read(Rows, work / "rows" / "rows.parquet"),
        read(Repaired, work / "repair" / "repaired.parquet"),
    )
    rows, repaired, ids, decisions = with_decided_keys(
        rows, repaired, read_corrections(corrections)
    )
    pages = len(read(Pages, work / "extract" / "pages.parquet"))
    known = known_here(rows, repaired, pages, decisions)
    document, cells, changes = document_table(repaired, source, pages, decisions, known)
    date, title = (str(document[column].iloc[0]) for column in ("date", "title"))
    matcher = Matcher(load_bodies(), settings.bodies, date, year=year_of(title))
    tables, findings = rows_to_tables(rows, repaired, matcher, decisions, known)
    check_expected(tables["appendices"], settings.expect)
    tables["document"] = document
    tables["cells"] = pd.concat([cells, tables["cells"]], ignore_index=True)
    repairs = with_ids(read(Repairs, work / "repair" / "repairs.parquet"), ids)
    repairs = repairs.assign(
        row_id=repairs["row_id"].where(repairs["table"] != "document", document_name(source))
    )
    repairs = in_contract(repairs)
    tables["repairs"] = pd.concat([repairs, changes, tables["repairs"]], ignore_index=True)
    check_decided(tables, decisions)
    for name, model in TABLES.items():
        write(model, rounded(tables[name]), work / "tables" / f"{name}.parquet")
    write_page_forms(work / "tables")
    earlier = read_json(work / "rows" / "notices.json", list)
    write_findings([*earlier, *map(asdict, findings)], work / "tables")


def in_contract(repairs: pd.DataFrame) -> pd.DataFrame:
    """The table Repairs by the contract's columns.

    A word of a printed column that stands for others, such as the one for both roles, has a row
    for each of them, as its cell has in ``cells``.
    """
    places = zip(repairs["table"], repairs["column"], strict=True)
    columns = [list(KINDS[table].in_contract((column,))) for table, column in places]
    listed = pd.Series(columns, repairs.index, dtype=object)
    found = repairs.assign(column=listed).explode("column", ignore_index=True)
    return found.assign(repair_id=[f"r{number}" for number in range(1, len(found) + 1)])


def with_decided_keys(
    rows: pd.DataFrame, repaired: pd.DataFrame, corrections: Corrections
) -> tuple[pd.DataFrame, pd.DataFrame, RowIds, Corrections]:
    """The Rows and Repaired tables and the decisions, with the keys that people's decisions give
    to rows; and these keys by the old ones.
    """
    decided = for_all_alike(rows, repaired, corrections)
    rows, sections = changed_sections(rows, decided)
    repaired, decided = with_ids(repaired, sections), under_new_keys(decided, sections)
    numbers, decided = changed_numbers(rows, repaired, decided)
    return (
        with_ids(rows, numbers),
        with_ids(repaired, numbers),
        {**sections, **numbers},
        decided,
    )


def known_here(
    rows: pd.DataFrame, repaired: pd.DataFrame, pages: int, decisions: Corrections
) -> Known:
    """What typed values are compared with; nothing where there are none."""
    if not decisions.by_cell:
        return Known()
    ids = {str(table): own["row_id"].tolist() for table, own in rows.groupby("table")}
    return known_of(repaired, ids, pages, "", load_bodies())


def check_expected(appendices: pd.DataFrame, expect: Sequence[str]) -> None:
    """Raise MissingAppendix where a kind of table that the owner asks for was not found."""
    found = appendices["kind"].tolist()
    for kind in expect:
        if kind not in found:
            raise MissingAppendix(
                f"no table of {kind} was found, which `expect` asks for; found: {', '.join(found)}",
                "the document",
                "check that all its pages were scanned and that its table is ruled,"
                " or mend `expect` in params.yaml",
            )
