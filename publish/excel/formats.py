"""How the cells of the workbook look: a format for each kind of value, plain and in review."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

DOUBT_COLOUR = "#FFE3B3"  # behind cells in review
_LEFT = {"align": "left", "indent": 1}  # apart from the number in the column before
_RIGHT = {"align": "right", "indent": 1}
_KINDS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@", "text_wrap": True, **_LEFT},
    # cut at the height that the other columns need; not wrapped, it would run on over the next ones
    "long": {"num_format": "@", "text_wrap": True, **_LEFT},
    "key": {"num_format": "@"},
    "date": {"num_format": "dd/mm/yyyy", **_LEFT},
    "integer": {"num_format": "0", **_RIGHT},
    "number": {"num_format": "#,##0.######", **_RIGHT},
    "whole": {"num_format": "#,##0", **_RIGHT},  # without fraction: no lone point behind it
    "share": {"num_format": "0.000", **_RIGHT},
    "boolean": _LEFT,
}
_HEAD = {
    "bold": True,
    "num_format": "@",
    "text_wrap": True,
    "valign": "vcenter",
    "bg_color": "#1F3864",
    "font_color": "#FFFFFF",
    "border": 1,
    "border_color": "#8EA9DB",
}


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Format] = {}
        self.head = book.add_format(_HEAD)
        self.plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.bold = book.add_format({"bold": True, "valign": "top", "num_format": "@"})
        self.doubt = book.add_format({"bg_color": DOUBT_COLOUR, "text_wrap": True, "border": 1})

    def of(self, kind: str, *, doubted: bool = False, linked: bool = False) -> Format:
        """The format of a kind of value; ``linked`` as links look."""
        key = (kind, doubted, linked)
        if key not in self._made:
            looks: dict[str, Any] = {"valign": "top", **_KINDS[kind]}
            looks |= {"border": 1, "border_color": "#D0D0D0"}
            looks |= {"bg_color": DOUBT_COLOUR} if doubted else {}
            looks |= {"font_color": "#0563C1", "underline": 1} if linked else {}
            self._made[key] = self._book.add_format(looks)
        return self._made[key]
