"""PDF files that are not what they should be."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import pikepdf
import typst

from tests.hostile.room import TEXT
from tests.sample.pdf import PageImage, ScannedPage, assemble, stream, write_pdf
from tests.sample.scanner import jpeg
from tests.sample.typeset import FACES, face_folder

_PAGES_OF_ONE = "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
_BLANK = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"


@cache
def plain() -> bytes:
    """A page of vector text, which no engine has to read."""
    source = (
        f'#set page(paper: "a4")\n#set text(font: "{FACES["tinos"].family}", size: 14pt)\n{TEXT}'
    ).encode()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[face_folder(FACES["tinos"])])
    return typst.compile(source, font_paths=fonts, format="pdf", timestamp=0, pdf_tags=False)


def scan(
    grey: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None = None, dpi: int = 100
) -> bytes:
    """A scanned page: an image alone, blank by default."""
    picture = np.full((1169, 827), 255, np.uint8) if grey is None else grey
    return write_pdf(
        [
            ScannedPage(
                PageImage(picture.shape[1], picture.shape[0], dpi, jpeg(picture, 80), "DCTDecode")
            )
        ]
    )


@cache
def lines_of_ink() -> bytes:
    """A scanned page with marks that an engine has to look at."""
    picture = np.full((1169, 827), 255, np.uint8)
    picture[200:1000:40, 100:700] = 0
    for x in range(100, 700, 9):
        picture[190:1000:40, x : x + 4] = 0
        picture[195:1005:40, x : x + 3] = 0
    return scan(picture)


def changed(
    change: Callable[[pikepdf.Pdf], object], pdf: bytes | None = None, **saving: Any
) -> bytes:
    """A PDF after ``change``, the plain page by default."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf if pdf is not None else plain())) as document:
        change(document)
        document.save(out, **saving)
    return out.getvalue()


def encrypted(user: str, owner: str) -> bytes:
    """The plain page under passwords."""
    return changed(lambda _: None, encryption=pikepdf.Encryption(user=user, owner=owner))


def locked(handler: str) -> bytes:
    """A page under a lock that a program of this name opens."""
    head, trailer, rest = bare(_PAGES_OF_ONE, _BLANK).rpartition(b"trailer\n<<")
    lock = f" /Encrypt << /Filter {handler} /V 4 /R 4 /Length 128 >>".encode()
    return head + trailer + lock + rest


def miscounted(held: int, counted: int) -> bytes:
    """A page tree that says another number of blank pages than it holds."""
    kids = "".join(f"{3 + n} 0 R " for n in range(held))
    return bare(f"<< /Type /Pages /Count {counted} /Kids [{kids}] >>", *[_BLANK] * held)


def of_size(width: float, height: float) -> bytes:
    """The plain page with another paper."""
    return changed(
        lambda document: document.pages[0].__setattr__("mediabox", [0, 0, width, height])
    )


def bare(*objects: str | bytes) -> bytes:
    """A file of these objects after the catalogue, whose page tree is the second."""
    bodies = [body.encode() if isinstance(body, str) else body for body in objects]
    return assemble([b"<< /Type /Catalog /Pages 2 0 R >>", *bodies])


def one_page(
    content: bytes, extra: Sequence[str | bytes] = (), resources: str = "<< >>", entries: str = ""
) -> bytes:
    """A page with this content stream (object 4), further objects from 5 on, and further
    entries.
    """
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} /Contents 4 "
        f"0 R {entries} >>"
    )
    return bare("<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, content, *extra)


def picture(width: int, height: int, data: bytes, more: str = "/Filter /FlateDecode") -> bytes:
    """A page that shows one image of these pixels."""
    head = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
        f"/BitsPerComponent 8 {more}"
    )
    return one_page(
        stream("", b"q 595 0 0 842 0 0 cm /Im0 Do Q"),
        [stream(head, data)],
        "<< /XObject << /Im0 5 0 R >> >>",
    )


def calls_itself() -> bytes:
    """A form that draws itself."""
    head = (
        "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /Fm0 5 0 R "
        ">> >>"
    )
    return one_page(
        stream("", b"/Fm0 Do"),
        [stream(head, b"/Fm0 Do /Fm0 Do")],
        "<< /XObject << /Fm0 5 0 R >> >>",
    )


def deep_tree(depth: int) -> bytes:
    """A page at the end of a long line of page trees."""
    trees = [
        f"<< /Type /Pages /Count 1 /Parent {number - 1} 0 R /Kids [{number + 1} 0 R] >>"
        for number in range(2, depth + 2)
    ]
    return bare(*trees, f"<< /Type /Page /Parent {depth + 1} 0 R /MediaBox [0 0 595 842] >>")


def bomb(megabytes: int, text: str = "") -> bytes:
    """A content stream that is small in the file and huge in memory, behind a text."""
    packer = zlib.compressobj(9)
    begun = packer.compress(f"BT /F1 12 Tf 50 50 Td ({text}) Tj ET ".encode() if text else b"")
    packed = (
        b"".join([packer.compress(b"q Q " * 250_000) for _ in range(megabytes)]) + packer.flush()
    )
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return one_page(
        stream("/Filter /FlateDecode", begun + packed), resources=f"<< /Font << /F1 {font} >> >>"
    )


def with_script(document: pikepdf.Pdf) -> None:
    """Have the document run a script and open a program when it is opened."""
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS="app.launchURL('http://localhost/'); while (true) {}"
    )
    document.pages[0].AA = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="/bin/sh")
    )


def with_form(document: pikepdf.Pdf) -> None:
    """Give the page a form's field."""
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T="name",
        V="value",
        Rect=[9, 9, 99, 99],
    )
    document.pages[0].Annots = document.make_indirect(
        pikepdf.Array([document.make_indirect(field)])
    )
    document.Root.AcroForm = pikepdf.Dictionary(
        Fields=document.pages[0].Annots, XFA="<xdp/>", NeedAppearances=True
    )


def table_moved() -> bytes:
    """The plain page with a cross-reference table whose places are all wrong."""
    whole = changed(lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    head, table, rest = whole.partition(b"xref\n")
    return head + table + re.sub(rb"^\d{10} (?=\d{5} n)", b"0000000007 ", rest, flags=re.MULTILINE)


def without_table() -> bytes:
    """The plain page cut off before its cross-reference table."""
    whole = changed(lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return (
        whole[: whole.rindex(b"xref\n0")]
        + whole[whole.index(b"trailer") : whole.rindex(b"startxref")]
    )
