"""What a reviewer gets of one document beside the searchable PDF: the review page and the
report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

from audit.comparison.changes import Change
from audit.comparison.compare import compare
from audit.display.pages import SCRIPTS, fill, labels, script_data
from audit.display.pictures import (
    KEPT,
    KEPT_PIECES,
    KEPT_THUMBNAILS,
    STRIP_DPI,
    Scan,
    has_position,
    scan_of,
)
from audit.display.strips import outline_in, strip_around
from audit.published.folder import Box, Published, load_folder, records
from audit.review_page.doubts import Doubt, Work, find_doubts, load_work
from audit.review_page.entries import (
    UNUSED,
    doubt_entry,
    finding_entry,
    group_entries,
    page_entries,
    spot_entry,
    table_entry,
    unused_entry,
)
from audit.review_page.likely import likely_in
from audit.review_page.questions import Spot, alike, to_spots
from audit.review_page.report import to_changes, to_report
from publish.metrics import confidence_bands, expected_wrong_cells
from schemas.decisions.files import read_rows, rows_to_csv
from schemas.disk import write_bytes
from schemas.documents import CORRECTION_COLUMNS, corrections_of
from schemas.errors import DamagedTable
from schemas.files import column_kinds, read
from schemas.frames import Pages, Words
from schemas.publication import CHANGES
from schemas.published import TABLES
from schemas.row_frames import Repaired
from schemas.table_kinds import KINDS
from schemas.witnesses import FIRST

_UNSHOWN = frozenset({"bodies", "cells"})  # told elsewhere on the page
_SHOWN_TABLES = tuple(name for name in TABLES if name not in _UNSHOWN)
# pictures that are made small, which leaves Python free: the run's own process waits for the page
# in the end
_AT_ONCE = 2
# the first model's confidence; half of all pages have a less sure word, and most doubts are there
_MAY_STAY_IN_DOUBT = 0.6


def make_review(
    work: Path,
    source: Path,
    out: Path,
    previous: Path | None,
    versions: Mapping[str, str] | None = None,
) -> Path:
    """The folder ``work/review`` with review.html, report.md and changes.md.

    ``out`` is the folder to be published. ``previous`` is what was published before, or None if
    there is nothing to compare with. ``versions`` says what makes the new tables, as in
    datapackage.json.
    """
    loaded, review = load_work(work), work / "review"
    doubts = find_doubts(loaded)
    scan = scan_of(source, loaded.pages) if _is_scan(source) else None
    write_bytes(
        review / "review.html", to_page(loaded, doubts, scan, _decided_before(source)).encode()
    )
    old = _loaded(previous) if previous is not None else None
    write_bytes(review / "report.md", to_report(loaded, doubts, out.name).encode())
    changes = to_changes(_changes(old, loaded, versions or {}), out.name)
    write_bytes(review / CHANGES, changes.encode())
    return review


def load_ahead(previous: Path | None) -> None:
    """Load what ``make_review`` compares with, and what it needs to read the tables, while these
    are not yet made.

    To be called in the process that then calls ``make_review``.
    """
    for model in TABLES.values():
        column_kinds(model)
    if previous is not None:
        _loaded(previous)


def _loaded(previous: Path) -> Published | None:
    """What was published before; None where it is damaged or has other columns, and cannot be
    compared. The last one asked for is kept.
    """
    described = previous / "datapackage.json"
    return _read_before(previous, described.stat().st_mtime_ns if described.exists() else 0)


@lru_cache(maxsize=1)
def _read_before(previous: Path, _version: int) -> Published | None:
    try:
        return load_folder(previous)
    except (DamagedTable, OSError):
        return None


def to_page(work: Work, doubts: Sequence[Doubt], scan: Scan | None, decided: str) -> str:
    """The review page as one HTML text; ``decided`` is the corrections file as it stands."""
    document = work.published.rows["document"][0]
    spots = to_spots(doubts, likely_in(work.published))
    strips, sheets, thumbnails = _pictures(work, spots, scan)
    data = {
        "document": document.row_id,
        "source": document.values["source_sha256"],
        "date": document.values["date"],
        "labels": labels(),
        "columns": list(CORRECTION_COLUMNS),
        "decided": decided,
        "doubts": [doubt_entry(doubt, work) for doubt in doubts],
        "spots": [spot_entry(spot, strips.get(spot.box, {})) for spot in spots],
        "questions": alike(spots, doubts),
        "sheets": sheets,
        "thumbnails": thumbnails,
        "pageSizes": {int(page.page_no): [page.width, page.height] for page in records(work.pages)},
        "groups": group_entries(work),
        "bodies": work.published.tables["bodies"]["name"].tolist(),
        "forms": work.forms,
        "numberForms": {name: kind.number_form for name, kind in KINDS.items() if kind.number_form},
        "unused": [unused_entry(finding) for finding in work.findings if finding.rule == UNUSED],
        "tables": {name: table_entry(work.published, name) for name in _SHOWN_TABLES},
        "bands": confidence_bands(work.published.tables["cells"]),
    }
    return fill(
        "review.html",
        document=document.values,
        data=script_data(data),
        findings=[finding_entry(finding) for finding in work.findings],
        labels=labels(),
        pages=list(page_entries(work, doubts, scan is not None)),
        scripts=SCRIPTS,
        expected_wrong=expected_wrong_cells(work.published.tables["cells"]),
        counts=[(name, len(work.published.tables[name])) for name in _SHOWN_TABLES],
    )


def render_ahead(work: Path, source: Path) -> None:
    """Render pages for ``make_review``, before it is known what the review page shows of them:
    those with a word that may stay in doubt large, the others small.

    To be called in the process that then calls ``make_review``.
    """
    if not _is_scan(source):
        return
    scan = scan_of(source, read(Pages, work / "extract" / "pages.parquet"))
    words = read(Words, work / "extract" / "words.parquet", "page_no", "witness", "confidence")
    unsure = words[(words["witness"] == FIRST) & (words["confidence"] < _MAY_STAY_IN_DOUBT)]
    likely = set(unsure["page_no"].tolist())
    for page_no in sorted(likely)[:KEPT]:
        scan.page(page_no, STRIP_DPI)
    for page_no in [page_no for page_no in scan.turns if page_no not in likely][:KEPT_THUMBNAILS]:
        scan.thumbnail(page_no)


def draw_ahead(work: Path, source: Path) -> None:
    """Draw the pieces of pages that ``make_review`` will most likely show, while the tables are
    made, and small the pages of which it will most likely show no piece.

    To be called in the process that then calls ``make_review``.
    """
    if not _is_scan(source):
        return
    pages = read(Pages, work / "extract" / "pages.parquet")
    scan, kept = scan_of(source, pages), pages["page_no"].head(KEPT)
    sizes = {int(page.page_no): (page.width, page.height) for page in records(pages)}
    words = read(Repaired, work / "repair" / "repaired.parquet")
    doubted = words[words["doubtful"] & words["page_no"].isin(kept) & (words["x0"] < words["x1"])]
    shown = doubted[["page_no", "x0", "top", "x1", "bottom"]].head(KEPT_PIECES)
    for page_no, *sides in shown.itertuples(index=False, name=None):
        scan.strip(strip_around(Box(page_no, *sides), *sizes[page_no]))
    asked = shown["page_no"].unique().tolist()
    for page_no in asked:
        scan.sheet(page_no)
    for page_no in pages["page_no"][~pages["page_no"].isin(asked)].head(KEPT_THUMBNAILS).tolist():
        scan.thumbnail(page_no)


def _is_scan(source: Path) -> bool:
    return source.suffix.lower() == ".pdf"


def _pictures(
    work: Work, spots: Sequence[Spot], scan: Scan | None
) -> tuple[dict[Box, dict[str, Any]], dict[int, str], dict[int, str]]:
    """The strips by the boxes in them, and by page the pages to look at closely and the thumbnails.

    Each page is rendered once; one on which nothing is asked is rendered small.
    """
    if scan is None:
        return {}, {}, {}
    boxes = dict.fromkeys(spot.box for spot in spots if has_position(spot.box))
    strips, sheets, thumbnails = {}, {}, {}
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for page in records(work.pages):
            page_no = int(page.page_no)
            shown = [box for box in boxes if box.page_no == page_no]
            if not shown:
                thumbnails[page_no] = scan.thumbnail(page_no).image
                continue
            scan.page(page_no, STRIP_DPI)  # here, for PDFium must not be in two threads at once
            sheet = threads.submit(scan.sheet, page_no)
            crops = [strip_around(box, page.width, page.height) for box in shown]
            for box, crop, drawn in zip(shown, crops, threads.map(scan.strip, crops), strict=True):
                strips[box] = {
                    "image": drawn.image,
                    "size": list(drawn.size),
                    "outline": outline_in(box, crop),
                }
            sheets[page_no] = sheet.result().image
    return strips, sheets, thumbnails


def _decided_before(source: Path) -> str:
    """The decisions made so far as CSV of our own form, whatever a spreadsheet made of the file."""
    path = corrections_of(source)
    return "" if path is None else rows_to_csv(read_rows(path))


def _changes(old: Published | None, work: Work, versions: Mapping[str, str]) -> list[Change] | None:
    if old is None:
        return None
    new = Published(
        work.published.name,
        work.published.tables,
        work.published.rows,
        work.published.cells,
        {"madeWith": dict(versions)},
    )
    return compare(old, new)
