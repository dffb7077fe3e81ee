"""What was read of each page, kept by what decides it: an unchanged page is not read again.

The key of an entry says where to look: it is made of the page's fingerprint, which proves nothing
(`extract.fingerprints`), and of all settings, code, engines and models that decide what is read. So
an entry says itself which page it is of: by the look of the page, which is the hash of all that the
witnesses saw, and by the places where that page was seen, each a page of a file as it is to its
last byte. It is used for a page of that look or in one of those places, and for no other.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from extract.tasks import Columns, PageReading
from schemas.disk import write_bytes

_TABLES = ("page", "blocks", "words")
# of these names are our own files there; no other is removed
_ENTRY = re.compile(r"[0-9a-f]+\.page")
_HALF = re.compile(r"\.[0-9a-f]+\.page\.[0-9a-f]{8}")
_HALF_WRITTEN = 600  # seconds after which a file is no run's that is still writing it
_MOST_PLACES = 50  # that an entry names; of those seen longest ago the page is drawn again


@dataclass(frozen=True)
class KeptPage:
    """Which page an entry is of: its look, and places where it was seen, the last one last."""

    look: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class PageCache:
    """A folder with one file for each page that was read, safe to share between runs.

    A file that is not whole is not used, and where nothing can be kept or looked up, pages are
    read: no run fails for it.
    """

    folder: Path

    def find(self, key: str) -> KeptPage | None:
        """Which page is kept under a key; None where none is. A damaged entry is removed."""
        entry = self._entry(key)
        return None if entry is None else entry[0]

    def get(self, key: str, look: str, page_no: int) -> PageReading | None:
        """What was read of a page of that look, as page ``page_no`` of this document; None if not
        kept.
        """
        entry = self._entry(key)
        if entry is None or entry[0].look != look:  # another run has put another page there
            return None
        try:
            found = json.loads(zlib.decompress(entry[1]))
            tables = {name: _numbered(found[name], page_no) for name in _TABLES}
        except (zlib.error, ValueError, LookupError, TypeError, AttributeError):
            return None  # not written by this program
        return PageReading(**tables, look=look)

    def put(self, key: str, reading: PageReading, place: str) -> None:
        """Keep what was read of a page that stands in this place."""
        tables = {name: getattr(reading, name) for name in _TABLES}
        body = zlib.compress(
            json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode(), 6
        )
        self._write(key, KeptPage(reading.look, (place,)), body)

    def saw(self, key: str, look: str, place: str) -> None:
        """Note one more place where the page of an entry was seen."""
        entry = self._entry(key)
        if entry is not None and entry[0].look == look:
            self._write(key, KeptPage(look, (*entry[0].places, place)[-_MOST_PLACES:]), entry[1])

    def _entry(self, key: str) -> tuple[KeptPage, bytes] | None:
        """Which page an entry is of, and its packed tables."""
        path = self._path(key)
        try:
            if not path.is_file():  # reading a pipe may never end
                return None
            digest, _, whole = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if hashlib.sha256(whole).hexdigest().encode() != digest:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            return None
        with suppress(OSError):
            os.utime(path)  # what is used stays longest
        head, _, body = whole.partition(b"\n")
        look, *places = head.decode().split(" ")
        return KeptPage(look, tuple(places)), body

    def _write(self, key: str, page: KeptPage, body: bytes) -> None:
        whole = " ".join((page.look, *page.places)).encode() + b"\n" + body
        with suppress(OSError):  # what cannot be kept is read again
            write_bytes(self._path(key), hashlib.sha256(whole).hexdigest().encode() + b"\n" + whole)

    def size(self) -> tuple[int, int]:
        """How many entries there are, and their bytes in all."""
        sizes = [size for _, size, _ in self._entries()]
        return len(sizes), sum(sizes)

    def trim(self, most: int) -> int:
        """Remove the longest unused entries until at most ``most`` bytes are left; how many were
        removed.

        What killed runs left is removed too.
        """
        for left in self.folder.glob("*/.*.page.*"):
            if _HALF.fullmatch(left.name) and time.time() - left.stat().st_mtime > _HALF_WRITTEN:
                left.unlink(missing_ok=True)
        entries = sorted(self._entries())
        total, gone = sum(size for _, size, _ in entries), 0
        for _, size, path in entries:
            if total <= most:
                break
            path.unlink(missing_ok=True)
            total, gone = total - size, gone + 1
        return gone

    def told(self, most_mb: int | None) -> str:
        """What is kept, in a line to print, after trimming it to at most ``most_mb`` MB if that is
        given.
        """
        gone = None if most_mb is None else self.trim(most_mb * 1_000_000)
        count, size = self.size()
        return f"{self.folder}: {count} pages, {size / 1e6:.1f} MB" + (
            f"; {gone} removed" if gone is not None else ""
        )

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.page"

    def _entries(self) -> list[tuple[float, int, Path]]:
        """When each entry was last used, its size in bytes and its path.

        An entry that another run removes meanwhile is left out.
        """
        found = []
        for path in self.folder.glob("*/*.page"):
            if not _ENTRY.fullmatch(path.name):
                continue
            try:
                status = path.stat()
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode):
                found.append((status.st_mtime, status.st_size, path))
        return found


def page_key(fingerprint: str, decides: Mapping[str, object]) -> str:
    """The key of an entry: a hash of the page's fingerprint and of all that decides what is read of
    it.

    That is settings, code, engines and models.
    """
    return hashlib.sha256(
        json.dumps([fingerprint, dict(decides)], sort_keys=True).encode()
    ).hexdigest()


def _numbered(columns: Columns, page_no: int) -> Columns:
    return {**columns, "page_no": [page_no] * len(columns["page_no"])}
