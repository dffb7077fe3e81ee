"""The command line of pipeline.py: its commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from runs.commands import ABOUT, PROGRAM, Wrapped, described
from schemas.project.own_code import own_version

STAGES = ("extract", "rows", "repair", "tables", "publish")
HIDDEN = ("check", *STAGES)  # what dvc.yaml calls
_MOST = 10_000_000
COMMANDS = (*ABOUT, *HIDDEN)
_ABOUT = (
    "From a scanned Vietnamese government programme to tables in which every cell can be traced to "
    "its place on the page. `COMMAND --help` has each command's options, an example and its exit "
    "codes."
)


def parse(argv: Sequence[str], project: Path) -> argparse.Namespace:
    """The command and its options; ``project`` is the folder with params.yaml and out/."""
    parser = argparse.ArgumentParser(prog=PROGRAM, description=_ABOUT, formatter_class=Wrapped)
    version = f"programme-tables {own_version()}"
    parser.add_argument("--version", action="version", version=version)
    _add_params(parser, project / "params.yaml")
    after = argparse.ArgumentParser(add_help=False)
    _add_params(after, argparse.SUPPRESS)  # it may stand after the command too
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, about in ABOUT.items():
        command = commands.add_parser(name, parents=[after], help=about.line, **described(name))
        _OPTIONS[name](command)
    _add_hidden(commands, after)
    return parser.parse_args(argv)


def _add_hidden(commands: Any, after: argparse.ArgumentParser) -> None:
    """The commands of dvc.yaml, which stand in no list: without ``help`` argparse shows none.

    ``commands`` is what ``add_subparsers`` returns, a class for which argparse has no public name.
    """
    commands.add_parser("check", parents=[after], description="what DVC needs is there and whole")
    for stage in STAGES:
        said = f"the stage {stage} of a listed document, as dvc.yaml runs it"
        command = commands.add_parser(stage, parents=[after], description=said)
        command.add_argument("document")


def _add_params(parser: argparse.ArgumentParser, default: Path | str) -> None:
    parser.add_argument(
        "--params",
        default=default,
        type=Path,
        metavar="FILE",
        help="other settings than those of params.yaml",
    )


def _seconds(text: str) -> float:
    return _in_range(float(text))


def _megabytes(text: str) -> int:
    return int(_in_range(int(text)))


def _in_range(number: float) -> float:
    """A number as it is; argparse tells the error."""
    if not 0 <= number <= _MOST:  # not a number is in no range
        raise argparse.ArgumentTypeError(f"{number} is outside 0 to {_MOST}")
    return number


def _run(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="a .pdf, or a .txt of an old OCR layer")
    said = "the folder to publish; without it out/ and the document's name"
    command.add_argument("--out", type=Path, metavar="DIR", help=said)
    said = "pages read at once, instead of extract.jobs; 1: all on one core"
    command.add_argument("--jobs", type=int, metavar="N", help=said)
    said = "wait for another run of this document"
    command.add_argument("--wait", type=_seconds, default=0.0, metavar="SECONDS", help=said)
    command.add_argument("--end-with-parent", action="store_true", help=argparse.SUPPRESS)


def _archive(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="where the documents are, at any depth")
    said = "where each document's folder is published"
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help=said)
    said = "a Dask scheduler, tcp://host:port, whose workers see the same folders"
    command.add_argument("--scheduler", default="", metavar="ADDRESS", help=said)


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="a .pdf, or a .txt of an old OCR layer")
    said = "the listed document that the file is a new version of"
    command.add_argument("--replace", metavar="DOCUMENT", help=said)


def _review(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", help="its name in params.yaml")


def _remove(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", help="its name in params.yaml")
    said = "remove people's decisions about it too"
    command.add_argument("--with-decisions", action="store_true", help=said)


def _status(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", nargs="?", type=Path, help="whose publications are listed")
    command.add_argument("--json", action="store_true", help="the same as JSON")


def _diff(command: argparse.ArgumentParser) -> None:
    command.add_argument("a", metavar="A", help="a published folder such as out/x, or REV:out/x")
    command.add_argument("b", metavar="B", help="the one to compare with it")
    said = "write the difference as one HTML file, with pieces of the pages"
    command.add_argument("--html", type=Path, metavar="FILE", help=said)
    for side in ("a", "b"):
        said = f"the scan of {side.upper()}; without it the one in raw/ with the published hash"
        command.add_argument(f"--scan-{side}", type=Path, metavar="FILE", help=said)
    command.add_argument("--json", type=Path, metavar="FILE", help="write it as JSON")
    said = "print nothing, only set the exit code"
    command.add_argument("--quiet", action="store_true", help=said)


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="the published folder, such as out/x")
    command.add_argument("table", help="such as tasks")
    command.add_argument("row", help="the row's key, such as 1.4.3")
    command.add_argument("column", help="such as lead")
    said = "the scan; without it raw/x.pdf"
    command.add_argument("--source", type=Path, metavar="FILE", help=said)
    said = "the intermediates; without it out/work/x"
    command.add_argument("--work", type=Path, metavar="DIR", help=said)
    said = "where the piece of the page is saved; without it out/work/x/explain/"
    command.add_argument("--png", type=Path, metavar="FILE", help=said)


def _cache(command: argparse.ArgumentParser) -> None:
    said = "remove what was longest unused until at most this is left; 0: all"
    command.add_argument("--trim", type=_megabytes, metavar="MB", help=said)
    said = "the folder of intermediates beside which pages are kept, such as out/work"
    command.add_argument("--work", type=Path, metavar="DIR", help=said)


_OPTIONS: Mapping[str, Callable[[argparse.ArgumentParser], object]] = {
    "run": _run,
    "archive": _archive,
    "add": _add,
    "review": _review,
    "remove": _remove,
    "status": _status,
    "diff": _diff,
    "explain": _explain,
    "cache": _cache,
    "learn": lambda _: None,
}
