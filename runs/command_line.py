"""The command line of pipeline.py: its commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

STAGES = ("extract", "rows", "repair", "tables", "publish")
COMMANDS = ("add", "run", "archive", "learn", "cache", "check", *STAGES)
_ABOUT = """The path from a scan to published tables: `add FILE` and then `dvc repro`, or
`run FILE --out DIR`; dvc.yaml runs the stages one by one."""
_Add = Callable[..., argparse.ArgumentParser]


def parse(argv: Sequence[str], project: Path) -> argparse.Namespace:
    """The command and its options; ``project`` is the folder with params.yaml and out/."""
    parser = argparse.ArgumentParser(prog="python pipeline.py", description=_ABOUT)
    _add_params(parser, project / "params.yaml")
    after = argparse.ArgumentParser(add_help=False)
    _add_params(after, argparse.SUPPRESS)  # it may stand after the command too
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add_command = partial(commands.add_parser, parents=[after])
    add = add_command("add", help="copy a PDF or a text dump into raw/ and list it in params.yaml")
    add.add_argument("file", type=Path)
    _add_run(add_command)
    _add_archive(add_command)
    add_command(
        "learn", help="count the corrections of all documents into the table of misreadings"
    )
    _add_cache(add_command, project / "out" / "work")
    add_command(
        "check",
        help="whether raw/ and params.yaml name the same files, and what DVC keeps is whole",
    )
    for stage in STAGES:
        add_command(
            stage, help=f"the stage {stage} of a listed document, as dvc.yaml runs it"
        ).add_argument("document")
    return parser.parse_args(argv)


def _add_params(parser: argparse.ArgumentParser, default: Path | str) -> None:
    parser.add_argument(
        "--params",
        default=default,
        type=Path,
        metavar="FILE",
        help="other settings than those of params.yaml",
    )


def _add_run(add_command: _Add) -> None:
    whole = add_command("run", help="the whole path for one file, without DVC")
    whole.add_argument("file", type=Path)
    whole.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="the folder to publish, such as out/x",
    )
    whole.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="pages read at once, instead of extract.jobs; 1: all on one core",
    )
    whole.add_argument(
        "--wait",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="wait for another run of this document",
    )
    whole.add_argument(
        "--end-with-parent",
        action="store_true",
        help="end when the process that started this one ends",
    )


def _add_archive(add_command: _Add) -> None:
    many = add_command(
        "archive",
        help="the whole path for every document in a folder; what is published as it is is left "
        "alone",
    )
    many.add_argument("folder", type=Path)
    many.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="where each document's folder is published",
    )
    many.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="a Dask scheduler, tcp://host:port, whose workers see the same folders",
    )


def _add_cache(add_command: _Add, work: Path) -> None:
    kept = add_command("cache", help="show what is kept of pages that were read, or trim it")
    kept.add_argument(
        "--trim",
        type=int,
        metavar="MB",
        help="remove what was longest unused until at most this is left; 0: all",
    )
    kept.add_argument(
        "--work",
        type=Path,
        default=work,
        metavar="DIR",
        help="the folder of intermediates, out/work here",
    )
