"""What each page of a PDF is made of, as one hash: pictures, text, fonts, boxes and turn.

Where in the file these stand does not count. The hash is made quickly, without drawing the page; it
says where in the cache to look, and proves nothing. Programs differ in what they make of an odd
file, so that two pages of one fingerprint may be drawn differently. What was kept is used only for
a page that shows the same pixels and text (``extract.read_pages.look_of``), or for this very file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pikepdf

from schemas.errors import DamagedPdf

# of a page alone
_ELSEWHERE = frozenset(
    {"/Parent", "/StructParents", "/Metadata", "/PieceInfo", "/LastModified", "/B", "/AA"}
)
_PAGES = (pikepdf.Name.Page, pikepdf.Name.Pages)
_DAMAGE = (
    pikepdf.PdfError,
    RecursionError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RuntimeError,
    NotImplementedError,
)
_DEEPEST = 40  # objects within objects
_SHORT = 250_000  # bytes; unpacked at most a thousand times as many
_PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


def page_fingerprints(source: Path, count: int) -> list[str]:
    """A hash for each of a PDF's ``count`` pages, the same for pages that are made of the same.

    Where a file is damaged and its pages cannot be told apart, a page has the whole file's hash and
    its number. Raises DamagedPdf where the file holds more pages than it says, of which those that
    it does not count would be lost.
    """
    try:
        with pikepdf.open(source) as document:
            # what is switched off is not drawn
            layers = _Digests().of(document.Root.get("/OCProperties"), 0)
            found = [_hash(layers, _page_digest(page)).hex() for page in document.pages]
    except _DAMAGE:
        found = []
    if len(found) > count:
        what = f"the PDF says that it has {count} pages, and holds {len(found)}"
        remedy = "have another program save it anew, or scan the document again"
        raise DamagedPdf(what, source.name, remedy)
    if len(found) == count:
        return found
    with source.open("rb") as file:
        whole = hashlib.file_digest(file, "sha256").hexdigest()
    return [f"{whole}-{page_no}" for page_no in range(1, count + 1)]


def _page_digest(page: pikepdf.Page) -> bytes:
    digests = _Digests()
    own = {key: digests.of(value, 0) for key, value in page.obj.items() if key not in _ELSEWHERE}
    above = page.obj.get("/Parent")
    for _ in range(_DEEPEST):
        if above is None:
            break
        own = {key: digests.of(above[key], 0) for key in _INHERITED if key in above} | own
        above = above.get("/Parent")
    return _hash("page", *(part for key in sorted(own) for part in (key, own[key])))


class _Digests:
    """Hashes of objects by what they hold.

    An object that is used twice is read once; where an object holds itself, the search ends there.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, value: Any, depth: int) -> bytes:
        if depth > _DEEPEST:
            raise ValueError("objects too deep")
        if not isinstance(value, pikepdf.Object):
            return _hash(type(value).__name__, repr(value))
        name = value.objgen
        if name == (0, 0):
            return self._content(value, depth)
        if isinstance(value, pikepdf.Dictionary) and value.get("/Type") in _PAGES:
            return _hash("page")  # a link to it, from a note or to another place
        if name not in self._known:
            self._known[name] = b"open"
            self._known[name] = self._content(value, depth)
        return self._known[name]

    def _content(self, value: pikepdf.Object, depth: int) -> bytes:
        if isinstance(value, pikepdf.Array):
            return _hash("array", *(self.of(item, depth + 1) for item in value))
        if isinstance(value, pikepdf.Stream):
            content, left_out = _stream_content(value)
            return _hash("stream", content, *self._entries(value, left_out, depth))
        if isinstance(value, pikepdf.Dictionary):
            return _hash("dictionary", *self._entries(value, frozenset(), depth))
        return _hash(type(value).__name__, value.unparse())

    def _entries(
        self, value: pikepdf.Object, left_out: frozenset[str], depth: int
    ) -> list[str | bytes]:
        keys = sorted(key for key in value.keys() if key not in left_out)  # noqa: SIM118 (a stream iterates otherwise)
        return [part for key in keys for part in (key, self.of(value[key], depth + 1))]


def _stream_content(stream: pikepdf.Stream) -> tuple[bytes, frozenset[str]]:
    """What a stream holds, and the keys that say nothing more than that.

    A short stream is unpacked, since programs pack these anew; pictures are taken as they are
    packed.
    """
    raw = stream.read_raw_bytes()
    if len(raw) <= _SHORT:
        try:
            return stream.read_bytes(), _PACKING
        except pikepdf.PdfError:  # packed as pictures are
            pass
    return raw, frozenset({"/Length"})


def _hash(*parts: str | bytes | memoryview) -> bytes:
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8, "big"))
        whole.update(content)
    return whole.digest()
