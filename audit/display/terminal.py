"""Pictures drawn in the terminal, where its environment says that it can show them."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator, Mapping
from itertools import groupby

from PIL import Image

_SIXEL_TERMINALS = ("foot", "mlterm", "contour")
_ITERM_TERMINALS = ("iTerm.app", "WezTerm", "vscode")
_CHUNK = 4096  # bytes that the Kitty protocol takes at once


def drawing(png: bytes, environment: Mapping[str, str]) -> str | None:
    """What to print so that the terminal shows a PNG; None for a terminal not known to show
    pictures.
    """
    terminal = environment.get("TERM", "")
    if "kitty" in terminal or "ghostty" in terminal or "KITTY_WINDOW_ID" in environment:
        return to_kitty(png)
    if environment.get("TERM_PROGRAM", "") in _ITERM_TERMINALS:
        return f"\x1b]1337;File=inline=1;size={len(png)}:{b64encode(png).decode('ascii')}\a"
    if terminal.startswith(_SIXEL_TERMINALS):
        return to_sixel(Image.open(io.BytesIO(png)))
    return None


def to_kitty(png: bytes) -> str:
    """A PNG in the Kitty terminal's graphics protocol."""
    text = b64encode(png).decode("ascii")
    chunks = [text[i : i + _CHUNK] for i in range(0, len(text), _CHUNK)]
    heads = ["a=T,f=100,", *[""] * (len(chunks) - 1)]
    more = [*[1] * (len(chunks) - 1), 0]
    return "".join(
        f"\x1b_G{head}m={m};{chunk}\x1b\\"
        for head, m, chunk in zip(heads, more, chunks, strict=True)
    )


def to_sixel(picture: Image.Image) -> str:
    """A picture as sixels: 16 colours, bands of six rows."""
    small = picture.convert("RGB").quantize(16)
    palette = small.getpalette() or []
    colours = [
        f"#{i};2;" + ";".join(str(round(part * 100 / 255)) for part in palette[3 * i : 3 * i + 3])
        for i in range(len(palette) // 3)
    ]
    bands = "-".join("$".join(_band(small, top)) for top in range(0, small.height, 6))
    return f"\x1bPq{''.join(colours)}{bands}\x1b\\"


def _band(picture: Image.Image, top: int) -> Iterator[str]:
    """Six rows of pixels as Sixel text, one colour after another.

    For each column there is a letter whose bits say which of the six rows have the colour; runs of
    one letter are shortened.
    """
    pixels = picture.crop((0, top, picture.width, min(top + 6, picture.height)))
    rows = [list(pixels.crop((0, y, pixels.width, y + 1)).tobytes()) for y in range(pixels.height)]
    for colour in sorted(set().union(*map(set, rows))):
        columns = (
            chr(63 + sum((row[x] == colour) << y for y, row in enumerate(rows)))
            for x in range(pixels.width)
        )
        yield f"#{colour}" + "".join(
            f"!{n}{letter}" if (n := len(list(run))) > 3 else letter * n
            for letter, run in groupby(columns)
        )
