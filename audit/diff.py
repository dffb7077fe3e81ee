"""All differences between two extractions, and whether document, reading or rules changed.

``python -m audit.diff A B``: A and B are published folders, or ``REV:out/x`` for a folder as it was
at a git revision. Exit code: 0 same, 1 different, 2 trouble.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from audit.comparison.changes import Change
from audit.comparison.compare import compare
from audit.comparison.show import to_html, to_json, to_text
from audit.history.revisions import opened
from audit.published.folder import Published
from runs.boundary import REPORTS, guarded, keep_terminal, say
from runs.signals import end_with_reader
from schemas.destination import check_file
from schemas.disk import write_bytes


def main(argv: Sequence[str]) -> int:
    """Compare, show, and say by the exit code whether there is a difference."""
    os.umask(0o077)  # the documents' handling notice forbids passing them on
    return guarded(partial(_compare, argv), "audit.diff", [REPORTS], trouble=2)


def _compare(argv: Sequence[str]) -> int:
    arguments = _parse(argv)
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
        write_bytes(arguments.html, to_html(a, b, changes).encode())
    if arguments.json is not None:
        write_bytes(arguments.json, to_json(a, b, changes).encode())
    if not arguments.quiet:
        say(to_text(a, b, changes, coloured=sys.stdout.isatty() and "NO_COLOR" not in os.environ))


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m audit.diff", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("a", metavar="A", help="a published folder such as out/x, or REV:out/x")
    parser.add_argument("b", metavar="B", help="the one to compare with it")
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write the difference as one HTML file"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write it as JSON")
    parser.add_argument(
        "--quiet", action="store_true", help="print nothing, only set the exit code"
    )
    return parser.parse_args(argv)


if __name__ == "__main__":
    keep_terminal()
    end_with_reader()
    sys.exit(main(sys.argv[1:]))
