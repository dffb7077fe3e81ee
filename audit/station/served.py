"""The station of a document, from what its stages left, and its time from start to Ctrl C."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from audit.station.server import Check, Station, serving
from audit.station.sitting import Sitting
from schemas.documents import CORRECTIONS
from schemas.errors import InputError
from schemas.files import read
from schemas.published import TABLES


def load_station(work: Path, source: Path, check: Check) -> Station:
    """What is to be served of the document whose intermediates are in ``work``.

    Raises InputError where it has no review page, DamagedTable where a table is damaged.
    """
    page = work / "review" / "review.html"
    if not page.exists():
        raise InputError(
            "the document has no review page yet", work.name, "make its tables first: `dvc repro`"
        )
    version = str(
        read(TABLES["document"], work / "tables" / "document.parquet")["source_sha256"].iloc[0]
    )
    corrections = source.with_name(source.stem + CORRECTIONS)
    return Station(page, Sitting(corrections, work / "sitting", version), check)


def serve(station: Station, say: Callable[[str], object]) -> None:
    """Serve until Ctrl C; ``say`` is told the address."""
    with serving(station) as address:
        say(f"{address}\nopen this address in a browser of this machine; Ctrl C ends it")
        try:
            Event().wait()
        except KeyboardInterrupt:
            return
