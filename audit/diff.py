"""All differences between two extractions, and whether document, reading or rules changed.

``diff A B``: A and B are published folders, or ``REV:out/x`` for a folder as it was at a git
revision.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from audit.comparison.changes import Change
from audit.comparison.compare import compare
from audit.comparison.page import in_order, to_html
from audit.comparison.scans import Asked, pictures, scan_beside
from audit.comparison.show import to_json, to_text
from audit.history.revisions import opened
from audit.published.damage import damage_lines
from audit.published.folder import Published
from runs.boundary import say
from schemas.destination import check_file
from schemas.disk import write_bytes


def run(arguments: argparse.Namespace) -> int:
    """Compare and show; 1 where there is a difference, else 0."""
    for path, begins in ((arguments.html, b"<!doctype html"), (arguments.json, b'{\n "a": {')):
        if path is not None:
            check_file(path, begins)
    with opened(arguments.a) as a, opened(arguments.b) as b:
        changes = compare(a, b)
        _write(arguments, a, b, changes)
    return 1 if changes else 0


def _write(
    arguments: argparse.Namespace, a: Published, b: Published, changes: Sequence[Change]
) -> None:
    if arguments.html is not None:
        sides = (Asked(arguments.a, arguments.scan_a), Asked(arguments.b, arguments.scan_b))
        scans = (scan_beside(sides[0], a), scan_beside(sides[1], b))
        page = to_html(a, b, changes, pictures(in_order(changes), scans))
        write_bytes(arguments.html, page.encode())
    if arguments.json is not None:
        write_bytes(arguments.json, to_json(a, b, changes).encode())
    if not arguments.quiet:
        for side in (arguments.a, arguments.b):
            for line in damage_lines(Path(side)):
                say(line)
        say(to_text(a, b, changes, coloured=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
