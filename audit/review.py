"""What a reviewer gets of one document beside the searchable PDF: the review page and the
report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from audit.comparison.changes import Change
from audit.comparison.compare import compare
from audit.display.pages import fill, labels, script_data
from audit.display.pictures import (
    KEPT,
    KEPT_PIECES,
    THUMBNAIL_DPI,
    Scan,
    has_position,
    scan_of,
    to_data_url,
)
from audit.published.folder import Box, Published, load_folder
from audit.review_page.doubts import Doubt, Work, find_doubts, load_work
from audit.review_page.entries import doubt_entry, finding_entry, page_entries, table_entry
from audit.review_page.report import to_report
from publish.metrics import confidence_bands, expected_wrong_cells
from schemas.disk import write_bytes
from schemas.documents import CORRECTION_COLUMNS, corrections_of
from schemas.errors import DamagedTable
from schemas.files import read
from schemas.frames import Pages
from schemas.published import TABLES, rounded
from schemas.row_frames import Repaired

_UNSHOWN = frozenset({"bodies", "cells"})  # told elsewhere on the page
_SHOWN_TABLES = tuple(name for name in TABLES if name not in _UNSHOWN)
# pictures that are made small, which leaves Python free: the run's own process waits for the page
# in the end
_AT_ONCE = 2


def make_review(
    work: Path,
    source: Path,
    out: Path,
    previous: Path | None,
    versions: Mapping[str, str] | None = None,
) -> Path:
    """The folder ``work/review`` with review.html and report.md.

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
    report = to_report(loaded, doubts, _changes(old, loaded, versions or {}), out.name)
    write_bytes(review / "report.md", report.encode())
    return review


def _loaded(previous: Path) -> Published | None:
    """What was published before; None where it is damaged or has other columns, and cannot be
    compared.
    """
    try:
        return load_folder(previous)
    except (DamagedTable, OSError):
        return None


def to_page(work: Work, doubts: Sequence[Doubt], scan: Scan | None, decided: str) -> str:
    """The review page as one HTML text; ``decided`` is the corrections file as it stands."""
    document = work.published.rows["document"][0].values
    pieces, thumbnails = _pictures(work, doubts, scan)
    data = {
        "document": work.published.name,
        "labels": labels(),
        "columns": list(CORRECTION_COLUMNS),
        "decided": decided,
        "doubts": [doubt_entry(doubt, pieces) for doubt in doubts],
        "tables": {name: table_entry(work.published, name) for name in _SHOWN_TABLES},
        "bands": confidence_bands(work.published.tables["cells"]),
    }
    return fill(
        "review.html",
        document=document,
        data=script_data(data),
        findings=[finding_entry(finding) for finding in work.findings],
        labels=labels(),
        pages=list(page_entries(work, doubts, thumbnails)),
        expected_wrong=expected_wrong_cells(work.published.tables["cells"]),
        counts=[(name, len(work.published.tables[name])) for name in _SHOWN_TABLES],
    )


def render_ahead(work: Path, source: Path) -> None:
    """Render the first pages for ``make_review``, before it is known what the review page shows of
    them.

    To be called in the process that then calls ``make_review``.
    """
    if _is_scan(source):
        pages = read(Pages, work / "extract" / "pages.parquet")
        scan = scan_of(source, pages)
        for page_no in pages["page_no"].head(KEPT).tolist():
            scan.page(page_no)


def draw_ahead(work: Path, source: Path) -> None:
    """Draw the pieces of pages that ``make_review`` will most likely show, while the tables are
    made.

    To be called in the process that then calls ``make_review``.
    """
    if not _is_scan(source):
        return
    pages = read(Pages, work / "extract" / "pages.parquet")
    scan, kept = scan_of(source, pages), pages["page_no"].head(KEPT)
    cells = read(Repaired, work / "repair" / "repaired.parquet").groupby(
        ["table", "row_id", "column", "part"], sort=False
    )
    sides = cells.agg(
        {
            "doubtful": "any",
            "page_no": "first",
            "x0": "min",
            "top": "min",
            "x1": "max",
            "bottom": "max",
        }
    )
    shown = rounded(sides[sides["doubtful"] & sides["page_no"].isin(kept)])
    for _, *box in shown.head(KEPT_PIECES).itertuples(index=False, name=None):
        scan.drawn(Box(*box))
    for page_no in shown["page_no"].unique().tolist():
        scan.small(page_no)


def _is_scan(source: Path) -> bool:
    return source.suffix.lower() == ".pdf"


def _pictures(
    work: Work, doubts: Sequence[Doubt], scan: Scan | None
) -> tuple[dict[Box, dict[str, Any]], dict[int, str]]:
    """The pieces of pages by box, and the thumbnails by page.

    Each page is rendered once; a page of which no piece is shown is rendered small.
    """
    if scan is None:
        return {}, {}
    boxes = dict.fromkeys(box for doubt in doubts for box in doubt.boxes if has_position(box))
    pieces, thumbnails = {}, {}
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for page_no in work.pages["page_no"].tolist():
            shown = [box for box in boxes if box.page_no == page_no]
            # here, for PDFium must not be in two threads at once
            page = scan.page(page_no) if shown else scan.page(page_no, THUMBNAIL_DPI)
            small = (
                threads.submit(scan.small, page_no) if shown else threads.submit(to_data_url, page)
            )
            for box, drawn in zip(shown, threads.map(scan.drawn, shown), strict=True):
                outline = [round(side, 1) for side in drawn.outline]
                pieces[box] = {
                    "page": page_no,
                    "image": drawn.image,
                    "size": list(drawn.size),
                    "outline": outline,
                }
            thumbnails[page_no] = small.result()
    return pieces, thumbnails


def _decided_before(source: Path) -> str:
    path = corrections_of(source)
    return "" if path is None else path.read_text(encoding="utf-8-sig")


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
