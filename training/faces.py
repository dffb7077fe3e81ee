"""The typefaces of the lines, from Debian's packages; most have the shapes of Times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

_FOLDERS = (
    "usr/share/fonts/truetype/croscore", "usr/share/fonts/truetype/liberation2",
    "usr/share/fonts/opentype/freefont",
    "usr/share/texmf/fonts/opentype/public/tex-gyre",
    "usr/share/texlive/texmf-dist/fonts/opentype/public/tex-gyre",
    "usr/share/fonts/truetype/dejavu", "usr/share/fonts/truetype/fonts-sil-charis",
    "usr/share/fonts/truetype/charis",
    "usr/share/fonts/opentype/linux-libertine",
)  # fmt: skip


@dataclass(frozen=True)
class Face:
    """A typeface, its share of the lines, and its regular, bold, italic and bold italic files."""

    name: str
    share: float
    files: tuple[str, ...]


def _face(name: str, share: float, stem: str, cuts: tuple[str, ...], ending: str) -> Face:
    return Face(name, share, tuple(f"{stem}{cut}.{ending}" for cut in cuts))


_PLAIN = ("-Regular", "-Bold", "-Italic", "-BoldItalic")
_SMALL = ("-regular", "-bold", "-italic", "-bolditalic")
FACES = (
    _face("Tinos", 0.27, "Tinos", _PLAIN, "ttf"),
    _face("TeX Gyre Termes", 0.22, "texgyretermes", _SMALL, "otf"),
    _face("FreeSerif", 0.16, "FreeSerif", ("", "Bold", "Italic", "BoldItalic"), "otf"),
    _face("Liberation Serif", 0.15, "LiberationSerif", _PLAIN, "ttf"),
    _face("TeX Gyre Schola", 0.04, "texgyreschola", _SMALL, "otf"),
    _face("TeX Gyre Pagella", 0.04, "texgyrepagella", _SMALL, "otf"),
    _face("Charis SIL", 0.04, "CharisSIL", _PLAIN, "ttf"),
    _face("Arimo", 0.05, "Arimo", _PLAIN, "ttf"),
    _face("DejaVu Serif", 0.03, "DejaVuSerif", ("", "-Bold", "-Italic", "-BoldItalic"), "ttf"),
)
HELD_OUT = Face(
    "Linux Libertine",
    1.0,
    ("LinLibertine_R.otf", "LinLibertine_RB.otf", "LinLibertine_RI.otf", "LinLibertine_RI.otf"),
)


def installed_faces(
    roots: tuple[Path, ...], faces: tuple[Face, ...] = FACES
) -> list[tuple[Face, tuple[Path, ...]]]:
    """The typefaces all of whose files are found under one of the roots, with these files."""
    found = []
    for face in faces:
        files = tuple(path for name in face.files for path in _places(roots, name))
        if len(files) == len(face.files):
            found.append((face, files))
    return found


def _places(roots: tuple[Path, ...], name: str) -> Iterator[Path]:
    places = (root / folder / name for root in roots for folder in _FOLDERS)
    yield from [path for path in places if path.is_file()][:1]


@cache
def font(file: Path, pixels: int) -> ImageFont.FreeTypeFont:
    """A font at a size in pixels to the em."""
    return ImageFont.truetype(str(file), pixels, layout_engine=ImageFont.Layout.BASIC)
