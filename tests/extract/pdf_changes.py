"""A page that uses much of what PDF has, and copies of it that differ in one place each.

Long: one entry for each place in which a page of a PDF can differ.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.hostile import pdfs

# the keys and places that lead from the page, or from the catalogue, to a value
Path = tuple[str | int, ...]
_CONTENT = b"""
q 40 0 0 40 300 300 cm /P Do Q
q 40 0 0 40 350 300 cm /Metadata Do Q
q 1 0 0 1 0 0 cm /B Do Q
q /Parent gs 1 0 0 rg 300 400 40 40 re f Q
q /Pattern cs /LastModified scn 350 400 40 40 re f Q
q /PieceInfo cs 1 scn 400 400 40 40 re f Q
q 300 450 40 40 re W n /StructParents sh Q
/OC /AA BDC 0 0 1 rg 350 450 40 40 re f EMC
BT /Type 20 Tf 300 520 Td (aba) Tj ET
BT /StructParent 20 Tf 300 560 Td (xyz) Tj ET
"""


def rich_page() -> bytes:
    """A page of text, pictures, forms, patterns, layers and notes, whose resources bear names that
    mean something elsewhere.
    """
    return pdfs.changed(_enrich)


def _enrich(document: pikepdf.Pdf) -> None:
    page, make = document.pages[0].obj, document.make_indirect
    resources = page.get("/Resources") or page.Parent.Resources
    resources.XObject = Dictionary(
        P=_picture(document, bytes(range(0, 256, 16))),
        Metadata=_picture(document, bytes(16), _picture(document, bytes([255, 0] * 8))),
        B=_form(
            document,
            b"q 40 0 0 40 400 300 cm /AA Do Q",
            Dictionary(AA=_picture(document, bytes([0, 255, 90, 30] * 4))),
        ),
    )
    resources.ExtGState = Dictionary(Parent=Dictionary(ca=0.5, BM=Name.Multiply))
    resources.Pattern = Dictionary(LastModified=_pattern(document))
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0.2, 0.9], N=1)
    resources.ColorSpace = Dictionary(
        PieceInfo=Array([Name.Separation, Name.Spot, Name.DeviceRGB, make(function)])
    )
    shading = Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceRGB,
        Coords=[300, 450, 340, 490],
        Function=make(function),
        Extend=[True, True],
    )
    resources.Shading = Dictionary(StructParents=make(shading))
    layer = make(Dictionary(Type=Name.OCG, Name="layer"))
    resources.Properties = Dictionary(AA=layer)
    document.Root.OCProperties = Dictionary(
        OCGs=[layer], D=Dictionary(BaseState=Name.OFF, ON=[layer], OFF=Array([]))
    )
    resources.Font.Type = _drawn_font(document)
    resources.Font.StructParent = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        Encoding=Dictionary(Type=Name.Encoding, Differences=[120, Name.A, Name.B]),
    )
    page.Annots = Array([make(_note(document, page))])
    page.CropBox, page.Rotate, page.UserUnit = Array([0, 0, 590, 840]), 0, 1.5
    page.Parent.Rotate = 90
    old = b"".join(
        part.read_bytes()
        for part in (page.Contents if isinstance(page.Contents, Array) else [page.Contents])
    )
    page.Contents = Array([Stream(document, old), Stream(document, _CONTENT)])


def _picture(document: pikepdf.Pdf, pixels: bytes, mask: Any = None) -> Any:
    picture = Stream(
        document,
        pixels,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=4,
        Height=4,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    if mask is not None:
        picture.SMask = mask
    return picture


def _form(document: pikepdf.Pdf, content: bytes, images: Dictionary) -> Any:
    return Stream(
        document,
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 600, 850],
        Resources=Dictionary(XObject=images),
    )


def _pattern(document: pikepdf.Pdf) -> Any:
    return Stream(
        document,
        b"0 0.6 0 rg 0 0 3 3 re f",
        Type=Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, 6, 6],
        XStep=6,
        YStep=6,
        Resources=Dictionary(),
    )


def _drawn_font(document: pikepdf.Pdf) -> Dictionary:
    glyphs = Dictionary(
        P=Stream(document, b"700 0 d0 0 0 600 600 re f"),
        B=Stream(document, b"700 0 d0 0 0 300 900 re f"),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[0, 0, 1000, 1000],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        FirstChar=97,
        LastChar=98,
        Widths=[700, 700],
        CharProcs=glyphs,
        Encoding=Dictionary(Type=Name.Encoding, Differences=[97, Name.P, Name.B]),
        Resources=Dictionary(),
    )


def _note(document: pikepdf.Pdf, page: Any) -> Dictionary:
    look = Stream(
        document,
        b"1 0 1 rg 0 0 40 40 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 40, 40],
    )
    other = Stream(
        document,
        b"0 1 1 rg 0 0 40 40 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 40, 40],
    )
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Stamp,
        Rect=[400, 450, 440, 490],
        F=4,
        P=page,
        AP=Dictionary(N=Dictionary(P=look, B=other)),
        AS=Name.P,
    )


def changes(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Copies of a one-page PDF, each with one value gone or changed, with what was done to
    which.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        places = [("page", *path) for path in _paths(document.pages[0].obj, set())]
        places += [
            ("root", "/OCProperties", *path) for path in _paths(document.Root.OCProperties, set())
        ]
    for place in places:
        for name, act in (("without", _remove), ("other", _change)):
            with pikepdf.open(io.BytesIO(pdf)) as document:
                start = document.pages[0].obj if place[0] == "page" else document.Root
                if act(document, start, place[1:]):
                    out = io.BytesIO()
                    document.save(out, static_id=True)
                    yield (
                        f"{name} {'/'.join(str(step).removeprefix('/') for step in place)}",
                        out.getvalue(),
                    )


def _paths(value: Any, seen: set[tuple[int, int]], here: Path = ()) -> Iterator[Path]:
    """The way to each value in a graph of objects, by the first that is found."""
    if not isinstance(value, pikepdf.Object) or (value.objgen != (0, 0) and value.objgen in seen):
        return
    seen.add(value.objgen)
    steps: list[str | int] = []
    if isinstance(value, Array):
        steps = list(range(len(value)))
    elif isinstance(value, (Dictionary, Stream)):
        steps = [key for key in value.keys() if key not in ("/Kids", "/Length")]  # noqa: SIM118 (a stream iterates otherwise)
    for step in steps:
        yield (*here, step)
        yield from _paths(value[step], seen, (*here, step))


def _at(start: Any, path: Path) -> Any:
    for step in path:
        start = start[step]
    return start


def _remove(_: pikepdf.Pdf, start: Any, path: Path) -> bool:
    del _at(start, path[:-1])[path[-1]]
    return True


def _change(document: pikepdf.Pdf, start: Any, path: Path) -> bool:
    """Change a value to another of its kind; whether there is one."""
    holder, old = _at(start, path[:-1]), _at(start, path)
    if isinstance(old, Stream):
        content = old.read_bytes()
        old.write(
            bytes(255 - byte for byte in content)
            if "/Width" in old
            else content + b"\n0 1 0 rg 10 10 99 99 re f\n"
        )
        return True
    other = _other(old)
    if other is not None:
        holder[path[-1]] = other
    return other is not None


_OTHERS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (bool, lambda old: not old),
    (int, lambda old: old + 1),
    (float, lambda old: old * 1.3 + 0.1),
    (String, lambda old: String(bytes(old) + b"x")),
    (Array, lambda old: Array(list(old)[::-1]) if len(old) > 1 else None),
)


def _other(old: Any) -> Any:
    if isinstance(old, Name):
        return Name("/Other")
    if not isinstance(old, pikepdf.Object) and not isinstance(old, (bool, int)):
        return float(old) * 1.3 + 0.1  # a decimal
    return next((change(old) for kind, change in _OTHERS if isinstance(old, kind)), None)
