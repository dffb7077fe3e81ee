"""The scans beside two compared publications, where they are at hand, and pieces of their pages.

A published folder ``out/x`` has its intermediates in ``out/work/x`` and its file in ``raw/``. They
may be those of another version, so that a file is taken only where its hash is the one published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from audit.comparison.changes import Change, Place
from audit.display.pictures import Scan, cut, has_position, outlined, scan_of, to_data_url
from audit.published.folder import Box, Published
from schemas.disk import file_hash
from schemas.files import read
from schemas.frames import Pages
from schemas.published import TABLES

_RAW = Path("raw")
_MOST = 300  # pictures a side, of some 8 KB each: a page of them is still opened at once


@dataclass(frozen=True)
class Asked:
    """One side of a comparison as the command names it, and the scan that it was told to take."""

    place: str
    scan: Path | None = None

    @property
    def folder(self) -> Path:
        """The published folder, which of ``REV:out/x`` is the one in the working copy."""
        _, colon, path = self.place.partition(":")
        return Path(path if colon and not Path(self.place).exists() else self.place)


def scan_beside(asked: Asked, published: Published) -> Scan | None:
    """The scan that was published, straightened as it was read; None where it is not at hand."""
    folder = asked.folder
    work = folder.parent / "work" / folder.name
    choices = [asked.scan] if asked.scan is not None else _scans(folder.name)
    source = next((path for path in choices if _is_source(path, published)), None)
    if source is None:
        return None
    return scan_of(source, _pages(work, published))


def _scans(document: str) -> list[Path]:
    """The PDFs in raw/, the document's own first, for a version may stand under another name."""
    own = _RAW / f"{document}.pdf"
    return [own, *(path for path in sorted(_RAW.glob("*.pdf")) if path != own)]


def _is_source(path: Path, published: Published) -> bool:
    return path.is_file() and path.suffix.lower() == ".pdf" and file_hash(path) == published.source


def _pages(work: Path, published: Published) -> pd.DataFrame:
    """How the pages were straightened; none where the work is of another version, or gone.

    Most pages need hardly any straightening, so that the boxes then nearly fit.
    """
    document, pages = work / "tables" / "document.parquet", work / "extract" / "pages.parquet"
    if document.exists() and pages.exists():
        made_of = read(TABLES["document"], document)["source_sha256"].iloc[0]
        if made_of == published.source:
            return read(Pages, pages)
    return pd.DataFrame(columns=list(Pages.to_schema().columns))


def pictures(
    changes: Iterable[Change], scans: tuple[Scan | None, Scan | None]
) -> tuple[Mapping[Box, str], Mapping[Box, str]]:
    """The pieces of both sides' pages on which changes stand, by their boxes, as data URLs."""
    listed = list(changes)
    ours = _drawn(scans[0], (change.a for change in listed))
    return ours, _drawn(scans[1], (change.b for change in listed))


def _drawn(scan: Scan | None, places: Iterable[Place | None]) -> dict[Box, str]:
    if scan is None:
        return {}
    boxes = dict.fromkeys(box for place in places if place is not None for box in place.boxes)
    shown = [box for box in boxes if has_position(box)][:_MOST]
    return {
        box: to_data_url(outlined(cut(scan.page(box.page_no), box)))
        for box in sorted(shown, key=lambda box: box.page_no)
    }
