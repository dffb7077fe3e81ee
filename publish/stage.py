"""The last stage: a document's tables are checked and replace what is published, in one step."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from publish.csvw import describe_csv
from publish.database import tables_to_database
from publish.datapackage import describe
from publish.deadlines import tables_to_calendar
from publish.doubts import doubts_of
from publish.excel.book import tables_to_workbook
from publish.exchange import check_ours, replacing_folder
from publish.gate import Reason, reasons_to_refuse
from publish.metrics import confidence_bands, count, headline
from schemas.disk import make_folder, read_json, write_bytes
from schemas.documents import corrections_of
from schemas.errors import DamagedTable, PublishRefused
from schemas.files import put, read, rows_to_csv
from schemas.findings import Finding
from schemas.project.provenance import write_provenance
from schemas.publication import DATABASE, REFUSED, belongs_to, write_sums
from schemas.published import TABLES, check_tables, rounded
from schemas.settings import PackageSettings, Settings
from schemas.versions import versions_of

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class About:
    """What stands beside the tables: versions, findings, and files to take along.

    ``versions`` says what made the tables, ``package`` what the owner says of them, ``doubts`` the
    rules for which cells are in doubt; each file is given by a function that returns its path.
    """

    versions: Mapping[str, str]
    findings: Sequence[Finding] = ()
    package: PackageSettings = field(default_factory=PackageSettings)
    doubts: Mapping[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)
    extras: Mapping[str, Callable[[], Path]] = field(default_factory=dict)


def run(
    work: Path,
    out: Path,
    settings: Settings,
    versions: Mapping[str, str],
    review: Callable[[], Path] | None = None,
) -> None:
    """Publish the tables of ``work`` to ``out``.

    Over a limit of the gate PublishRefused is raised, and what was published before stays. The
    counts for ``dvc metrics`` and its plot go to ``work``. The folder that ``review`` returns is
    published with the tables.
    """
    tables = {
        name: read(model, work / "tables" / f"{name}.parquet") for name, model in TABLES.items()
    }
    findings = read_findings(work / "tables" / "notices.json")
    extras = {"review": review} if review is not None else {}
    doubts = doubts_of(work, str(tables["document"]["document"].iloc[0]))
    about = About(versions, findings, settings.package, doubts, extras)
    if reasons := reasons_to_refuse(tables, findings, settings.gate):
        refuse(tables, out, reasons, about, are_checked=True)
    publish(tables, out, about, are_checked=True)
    _write_json(work / "metrics.json", headline(count(tables, findings)))
    bands = [(band, str(cells)) for band, cells in confidence_bands(tables["cells"])]
    write_bytes(work / "confidence.csv", rows_to_csv([("confidence", "cells"), *bands]))


def versions(work: Path, source: Path, settings: Settings) -> dict[str, str]:
    """The versions of code, lists, settings, corrections and engines that made what is in
    ``work``.
    """
    return dict(
        versions_of(
            settings, corrections_of(source), read_json(work / "extract" / "engines.json", dict)
        )
    )


def publish(tables: Tables, folder: Path, about: About, *, are_checked: bool = False) -> None:
    """Check all tables of a document and put them into ``folder`` with their description, all at
    once.

    Raises TableError. ``are_checked``: each table by itself was checked when it was read, so that
    only the rules between tables are left. The caller holds the document's lock (runs.lock). After
    a kill ``folder`` is the old one or the new one, never a mixture.
    """
    checked = _checked(tables, are_checked=are_checked)
    with replacing_folder(folder, _ours(checked)) as fresh:
        _write(checked, fresh, about)
        write_bytes(fresh / DATABASE, tables_to_database(checked))
        write_bytes(fresh / "deadlines.ics", tables_to_calendar(checked))
        book = tables_to_workbook(checked, about.doubts, has_review_page="review" in about.extras)
        write_bytes(fresh / "tables.xlsx", book)
        _take_extras(about, fresh)
        write_sums(fresh)


def refuse(
    tables: Tables,
    folder: Path,
    reasons: Sequence[Reason],
    about: About,
    *,
    are_checked: bool = False,
) -> None:
    """Put refused tables, their review page and the reasons into ``folder/review/refused``.

    Always raises PublishRefused.
    """
    checked = _checked(tables, are_checked=are_checked)
    is_ours, refused = _ours(checked), folder / REFUSED
    check_ours(folder, is_ours)
    with replacing_folder(refused, is_ours) as fresh:
        _write(checked, fresh, about)
        _take_extras(about, fresh)
        _write_json(fresh / "reasons.json", [asdict(reason) for reason in reasons])
        write_sums(fresh)
    raise PublishRefused(
        "not published: " + "; ".join(str(reason) for reason in reasons),
        folder.name,
        f"look at {refused} and the review page in it, correct the cells in review or raise "
        "the limit under `gate` in params.yaml",
    )


def _ours(tables: Tables) -> Callable[[Path], bool]:
    """Whether a folder may be replaced by these tables: it is empty, or holds the same document."""
    return partial(belongs_to, document=str(tables["document"]["document"].iloc[0]))


def _checked(tables: Tables, *, are_checked: bool) -> dict[str, pd.DataFrame]:
    """The tables as they are written; what rounding changes is checked again."""
    written = {name: rounded(frame) for name, frame in tables.items()}
    same = [name for name, frame in written.items() if are_checked and frame.equals(tables[name])]
    return check_tables(written, same)


def read_findings(path: Path) -> list[Finding]:
    """The findings that the stages before left; raises DamagedTable."""
    try:
        return [Finding(**entry) for entry in read_json(path, list)]
    except TypeError as error:
        what, remedy = "these are no findings", "run the stage that makes them: `dvc repro`"
        raise DamagedTable(what, str(path), remedy) from error


def _write(tables: Tables, folder: Path, about: About) -> None:
    """Checked tables into ``folder`` with their description and counts."""
    for name, frame in tables.items():
        put(TABLES[name], frame, folder / f"{name}.csv", folder / f"{name}.parquet")
    _write_json(
        folder / "datapackage.json", describe(folder, tables, about.versions, about.package)
    )
    _write_json(folder / "csv-metadata.json", describe_csv(tables))
    write_provenance(folder)
    _write_json(folder / "metrics.json", count(tables, about.findings))


def _take_extras(about: About, folder: Path) -> None:
    """What is taken along into ``folder``; last, for another process may still be making it."""
    for name, path in about.extras.items():
        _take_along(path(), folder / name)


def _take_along(source: Path, target: Path) -> None:
    make_folder(target.parent)
    if source.is_dir():
        half_made = shutil.ignore_patterns(".*")  # by a run that was killed
        shutil.copytree(source, target, copy_function=shutil.copyfile, ignore=half_made)
    else:
        shutil.copyfile(source, target)


def _write_json(path: Path, content: Any) -> None:
    write_bytes(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
