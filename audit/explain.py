"""Where a published value stands on the page, who read what there, and what changed it.

For example ``explain out/x tasks 1.4.3 lead``.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from audit.display.pictures import cut, has_position, outlined, scan_of, stacked, to_png
from audit.display.terminal import drawing
from audit.history.origin import Asked, find, origin_lines
from audit.history.revisions import NOT_KEPT, history
from audit.published.columns import shown
from audit.published.damage import damage_lines
from audit.published.folder import Cell, load_folder
from audit.review_page.words import load_behind
from runs.boundary import say
from schemas.destination import check_file
from schemas.disk import write_bytes
from schemas.files import read
from schemas.frames import Pages


def run(arguments: argparse.Namespace) -> None:
    """Print what is known of one cell, and show or save the piece of the page."""
    if arguments.png is not None:
        check_file(arguments.png, b"\x89PNG")
    asked = find(load_folder(arguments.folder), arguments.table, arguments.row, arguments.column)
    work = arguments.work or arguments.folder.parent / "work" / arguments.folder.name
    source = arguments.source or Path("raw", f"{arguments.folder.name}.pdf")
    behind = load_behind(
        work, (asked.row.table, asked.row.row_id, asked.source), arguments.folder.name
    )
    say("\n".join([*damage_lines(arguments.folder), *origin_lines(asked, source, behind)]))
    if asked.cell is not None and source.suffix.lower() == ".pdf" and source.exists():
        say("\n" + _picture(asked, asked.cell, source, work, arguments.png))
    say("\n".join(["", "history", *_history(asked, arguments.folder)]))


def _picture(asked: Asked, cell: Cell, source: Path, work: Path, png: Path | None) -> str:
    """The piece of the page drawn in a terminal that can, else saved; what to print."""
    scan = scan_of(source, read(Pages, work / "extract" / "pages.parquet"))
    pieces = [outlined(cut(scan.page(box.page_no), box)) for box in cell.boxes if has_position(box)]
    if not pieces:
        return "no picture: the source is a plain text"
    content = to_png(stacked(pieces))
    if png is None and sys.stdout.isatty() and (drawn := drawing(content, os.environ)) is not None:
        return drawn
    name = (
        "-".join((asked.row.table, asked.row.row_id, asked.source))
        .replace("/", "_")
        .replace("|", "_")
        .replace(" ", "")
    )
    target = png or work / "explain" / f"{name}.png"
    write_bytes(target, content)
    return f"picture     {target}"


def _history(asked: Asked, folder: Path) -> list[str]:
    states, now = (
        history(folder.as_posix(), asked.row, asked.column),
        shown(asked.row.values[asked.column]),
    )
    lines = [
        f"  {state.date} {state.commit[:10]}  {state.value}"
        + (f"  (as {state.row_id})" if state.row_id not in ("", asked.row.row_id) else "")
        for state in states
    ]
    if (
        states
        and states[0].value != NOT_KEPT
        and (states[0].row_id, states[0].value) != (asked.row.row_id, now)
    ):
        lines.insert(0, f"  not committed yet      {now}")
    return lines or ["  git knows of no published version"]
