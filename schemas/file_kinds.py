"""What a file that is no PDF seems to be, by how it begins."""

from __future__ import annotations

_BEGINNINGS = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"PK\x03\x04", "a Word or Excel file, or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an older Word or Excel file"),
    (b"{\\rtf", "a text in RTF"),
    (b"<", "a web page"),
)
_SCAN = "scan or download the document again"


def other_kind(head: bytes) -> tuple[str, str]:
    """What to say of a file that begins with these bytes, and what to do about it."""
    kind = next((name for start, name in _BEGINNINGS if head.lstrip().startswith(start)), "")
    if not kind:
        return "the file does not begin as a PDF does", _SCAN
    told = f"the file does not begin as a PDF does, but as {kind} does"
    return told, _SCAN if "web" in kind else "print or export it to a PDF, and run that"
