"""What was read of each page, kept by what decides it: an unchanged page of a new version is not read again."""

from __future__ import annotations

import hashlib
import json
import os
import time
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from extract.tasks import Columns, PageReading
from schemas.disk import write_bytes

# the folder's name, beside those of the documents' intermediates; no document is called so
PAGES = ".pages"
_TABLES = ("page", "blocks", "words")
_ENTRY = "*/*.page"
_HALF_WRITTEN = 600  # seconds after which a file is no run's that is still writing it


@dataclass(frozen=True)
class PageCache:
    """A folder of entries, one file for each page that was read, safe to share between runs: an entry is whole, or it is not used."""

    folder: Path

    def knows(self, key: str) -> bool:
        """Whether a page is kept and whole; one that is damaged is removed."""
        return self._body(key) is not None

    def get(self, key: str, page_no: int) -> PageReading | None:
        """What was read of a page, as page ``page_no`` of the document at hand; None where it is not known, or damaged."""
        body = self._body(key)
        if body is None:
            return None
        found = json.loads(zlib.decompress(body))
        return PageReading(**{name: _numbered(found[name], page_no) for name in _TABLES})

    def _body(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            digest, _, body = path.read_bytes().partition(b"\n")
            if hashlib.sha256(body).hexdigest().encode() == digest:
                os.utime(path)  # what is used stays longest
                return body
            path.unlink(missing_ok=True)
        except FileNotFoundError:
            pass
        return None

    def put(self, key: str, reading: PageReading) -> None:
        """Keep what was read of a page."""
        body = zlib.compress(
            json.dumps(asdict(reading), ensure_ascii=False, separators=(",", ":")).encode(), 6
        )
        write_bytes(self._path(key), hashlib.sha256(body).hexdigest().encode() + b"\n" + body)

    def size(self) -> tuple[int, int]:
        """How many entries there are, and their bytes in all."""
        sizes = [size for _, size, _ in self._entries()]
        return len(sizes), sum(sizes)

    def trim(self, most: int) -> int:
        """Remove the entries longest unused until at most ``most`` bytes are left; how many went. What killed runs left goes too."""
        for left in self.folder.glob("*/.*"):
            if time.time() - left.stat().st_mtime > _HALF_WRITTEN:
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
        """What is kept, in a line, after trimming it to at most ``most_mb`` MB where that is given."""
        gone = None if most_mb is None else self.trim(most_mb * 1_000_000)
        count, size = self.size()
        return f"{self.folder}: {count} pages, {size / 1e6:.1f} MB" + (
            f"; {gone} removed" if gone is not None else ""
        )

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.page"

    def _entries(self) -> list[tuple[float, int, Path]]:
        """When each entry was last used, its bytes and its path; an entry that another run removes meanwhile is passed over."""
        found = []
        for path in self.folder.glob(_ENTRY):
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            found.append((status.st_mtime, status.st_size, path))
        return found


def page_key(fingerprint: str, decides: Mapping[str, object]) -> str:
    """The name of an entry: of the page's fingerprint, and of all settings, code, engines and models that decide what is read of it."""
    return hashlib.sha256(
        json.dumps([fingerprint, dict(decides)], sort_keys=True).encode()
    ).hexdigest()


def _numbered(columns: Columns, page_no: int) -> Columns:
    return {**columns, "page_no": [page_no] * len(columns["page_no"])}
