"""Writes a PDF of page images, each with an optional invisible text layer; the same input gives the
same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# A font without outlines: two-byte codes are Unicode, every glyph is half an em wide.
FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Layer /Encoding /Identity-H /DescendantFonts [4 0 "
    "R] /ToUnicode 5 0 R >>"
)
SYSTEM = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
GLYPHS = (
    f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Layer /CIDSystemInfo {SYSTEM} "
    "/FontDescriptor 6 0 R /DW 500 /CIDToGIDMap /Identity >>"
)
METRICS = (
    "<< /Type /FontDescriptor /FontName /Layer /Flags 4 /FontBBox [0 -200 500 800] "
    "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 >>"
)
TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass(frozen=True)
class PageImage:
    """One page's compressed image: pixels, dots per inch, stream, PDF filter, and 3 colours where
    it is not grey.
    """

    width: int
    height: int
    dpi: int
    data: bytes
    filter: str
    colours: int = 1


@dataclass(frozen=True)
class Word:
    """A word and its box in PDF points from the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True)
class ScannedPage:
    """A page image and the words of its text layer, in reading order (none: no layer)."""

    image: PageImage
    words: tuple[Word, ...] = ()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.image.width * 72 / self.image.dpi, self.image.height * 72 / self.image.dpi


def stream(head: str, data: bytes) -> bytes:
    """Return a stream object's body."""
    return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def image_object(image: PageImage) -> bytes:
    """Return the image XObject of a page."""
    bits = 8 if image.filter in {"DCTDecode", "JPXDecode"} else 1
    group4 = f" /DecodeParms << /K -1 /Columns {image.width} /Rows {image.height} >>"
    parameters = group4 if image.filter == "CCITTFaxDecode" else ""
    space = "DeviceRGB" if image.colours == 3 else "DeviceGray"
    head = (
        f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /ColorSpace "
        f"/{space} "
    )
    return stream(f"{head}/BitsPerComponent {bits} /Filter /{image.filter}{parameters}", image.data)


def word_operators(word: Word, page_height: float) -> str:
    """Return the operators that lay one invisible word over its box, squeezed to the box's
    width.
    """
    size = max(word.bottom - word.top, 1.0)
    natural = 0.5 * size * len(word.text)
    baseline = page_height - word.bottom + 0.2 * size
    codes = f"{word.text} ".encode("utf-16-be").hex()  # the space keeps close words apart
    return (
        f"/F1 {size:.2f} Tf {100 * (word.x1 - word.x0) / natural:.2f} Tz 1 0 0 1 {word.x0:.2f} "
        f"{baseline:.2f} Tm <{codes}> Tj"
    )


def page_content(page: ScannedPage) -> bytes:
    """Return the content stream: the image over the whole page, then the words in rendering mode 3
    (invisible).
    """
    width, height = page.size
    drawn = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im0 Do Q\n"
    if page.words:
        drawn += "BT 3 Tr\n" + "\n".join(word_operators(w, height) for w in page.words) + "\nET\n"
    return drawn.encode("ascii")


def write_pdf(pages: Sequence[ScannedPage]) -> bytes:
    """Return a PDF file of the scanned pages."""
    first = 7
    kids = " ".join(f"{first + 3 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
    ]
    objects += [FONT.encode(), GLYPHS.encode(), stream("", TO_UNICODE), METRICS.encode()]
    for i, page in enumerate(pages):
        width, height = page.size
        number = first + 3 * i
        resources = f"<< /XObject << /Im0 {number + 2} 0 R >> /Font << /F1 3 0 R >> >>"
        box = f"/MediaBox [0 0 {width:.3f} {height:.3f}]"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {box} /Resources {resources} /Contents "
            f"{number + 1} 0 R >>".encode()
        )
        objects += [stream("", page_content(page)), image_object(page.image)]
    return assemble(objects)


def assemble(objects: Sequence[bytes]) -> bytes:
    """Return the file: header, numbered objects, cross-reference table, trailer."""
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(out)
