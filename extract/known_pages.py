"""The pages of one document that were read before, in this file or in another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.page_cache import PageCache
from extract.tasks import PageReading

# where PDFium looks for fonts
_FONTS = ("/usr/share/fonts", "/usr/share/X11/fonts", "/usr/local/share/fonts")


@dataclass(frozen=True)
class KnownPages:
    """A document's pages in the cache.

    Each page has a key, which says where to look, and a place, which is its own alone: this very
    file and its number in it.
    """

    cache: PageCache
    keys: Sequence[str]  # of page 1, 2, ...
    places: Sequence[str]

    @property
    def page_nos(self) -> range:
        """The numbers of the document's pages."""
        return range(1, len(self.keys) + 1)

    def found(self, looks_of: Callable[[Sequence[int]], Iterable[str]]) -> dict[int, str]:
        """The looks of the pages that are kept.

        Pages that were kept of another file are drawn, all at once by ``looks_of``; one counts only
        if it has the same look.
        """
        kept: dict[int, str] = {}
        doubted: dict[int, str] = {}
        for page_no, key, place in zip(self.page_nos, self.keys, self.places, strict=True):
            page = self.cache.find(key)
            if page is not None:
                (kept if place in page.places else doubted)[page_no] = page.look
        for page_no, look in zip(doubted, looks_of(list(doubted)), strict=True):
            if look == doubted[page_no]:
                kept[page_no] = look
                self.cache.saw(self.keys[page_no - 1], look, self.places[page_no - 1])
        return kept

    def get(self, page_no: int, look: str) -> PageReading | None:
        """What was read of a page that has this look; None where it is no longer kept."""
        return self.cache.get(self.keys[page_no - 1], look, page_no)

    def put(self, page_no: int, reading: PageReading) -> None:
        """Keep what was read of a page."""
        self.cache.put(self.keys[page_no - 1], reading, self.places[page_no - 1])


def page_places(source: Path, count: int) -> list[str]:
    """Where each page stands: in these very bytes, with this machine's fonts, under its number."""
    with source.open("rb") as file:
        whole = hashlib.file_digest(file, "sha256")
    whole.update("\n".join(_fonts()).encode("utf-8", "surrogateescape"))
    return [f"{whole.hexdigest()}-{page_no}" for page_no in range(1, count + 1)]


def _fonts() -> Iterable[str]:
    """The machine's fonts, which stand in for those that a file lacks: names and sizes."""
    files = (
        path for folder in _FONTS for path in sorted(Path(folder).rglob("*")) if path.is_file()
    )
    return (f"{path} {path.stat().st_size}" for path in files)
