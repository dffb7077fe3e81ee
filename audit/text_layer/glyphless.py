"""A font without ink for the invisible text layer of a scan.

Every letter of Unicode's first plane is one glyph without area, half an em wide. The letters' codes
are their Unicode numbers, and a ToUnicode map says so; hence any reader can search and copy
Vietnamese.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

import pikepdf
from pikepdf import Dictionary, Name

UNITS = 1000  # of an em
WIDTH, ASCENT, DESCENT = 500, 800, -200
_NAME = "GlyphLessText"
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%b
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def add_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Put the font into a PDF; its object for a page's resources."""
    file = pdf.make_stream(font_file(), Length1=len(font_file()))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + _NAME),
        Flags=5,
        FontBBox=[0, DESCENT, WIDTH, ASCENT],
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=file,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + _NAME),
        DW=WIDTH,
        CIDSystemInfo=Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        CIDToGIDMap=pdf.make_stream(b"\0\1" * 65536),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/" + _NAME),
        Encoding=Name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(descendant)],
        ToUnicode=pdf.make_stream(to_unicode()),
    )
    return pdf.make_indirect(font)


def encode(text: str) -> str:
    """A text as hexadecimal codes of the font.

    Letters beyond Unicode's first plane become question marks.
    """
    return "".join(f"{ord(letter):04X}" if ord(letter) <= 0xFFFF else "003F" for letter in text)


def to_unicode() -> bytes:
    """The map from the font's codes to letters, each code being its letter's number.

    It is written in ranges that share their first byte, as the format asks.
    """
    ranges = [
        f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>"
        for high in range(256)
        if not 0xD8 <= high <= 0xDF
    ]
    blocks = [ranges[i : i + 100] for i in range(0, len(ranges), 100)]
    text = "\n".join(
        f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks
    )
    return _TO_UNICODE % text.encode("ascii")


def font_file() -> bytes:
    """A TrueType file with two glyphs: an empty one, and one that spans its box but covers nothing.

    The second is there because PDFium drops upright text without a box.
    """
    bounds = struct.pack(">4h", 0, DESCENT, WIDTH, ASCENT)
    head = (
        struct.pack(">4I2H2q", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, UNITS, 0, 0)
        + bounds
        + struct.pack(">2H3h", 0, 8, 2, 0, 0)
    )
    hhea = struct.pack(">I3hH3h", 0x00010000, ASCENT, DESCENT, 0, WIDTH, 0, 0, WIDTH) + struct.pack(
        ">8hH", 1, *[0] * 7, 2
    )
    maxp = struct.pack(">I14H", 0x00010000, 2, 2, 1, 0, 0, 2, *[0] * 8)
    hmtx = struct.pack(">HhHh", WIDTH, 0, WIDTH, 0)
    cmap = struct.pack(">4HI", 0, 1, 3, 1, 12) + struct.pack(
        ">12H", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0
    )
    post = struct.pack(">2I2h5I", 0x00030000, 0, 0, 0, 1, 0, 0, 0, 0)
    # corner to corner
    stroke = (
        struct.pack(">h", 1)
        + bounds
        + struct.pack(">2H2B4h", 1, 0, 1, 1, 0, WIDTH, DESCENT, ASCENT - DESCENT)
    )
    outlines = {"glyf": stroke, "loca": struct.pack(">3H", 0, 0, len(stroke) // 2)}
    return _assembled(
        {
            "cmap": cmap,
            "head": head,
            "hhea": hhea,
            "hmtx": hmtx,
            "maxp": maxp,
            "post": post,
            **outlines,
        }
    )


def _assembled(tables: Mapping[str, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(
        ">I4H", 0x00010000, count, power * 16, power.bit_length() - 1, count * 16 - power * 16
    )
    offset, directory, body = len(header) + 16 * count, b"", b""
    for name, content in sorted(tables.items()):
        padded = content + b"\0" * (-len(content) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(
            ">4s3I", name.encode("ascii"), checksum, offset + len(body), len(content)
        )
        body += padded
    return header + directory + body
