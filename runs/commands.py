"""What each command does, an example and its exit codes, as ``--help`` shows them."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from schemas.project.own_code import INSTALLED

PROGRAM = "programme-tables" if INSTALLED else "python pipeline.py"


@dataclass(frozen=True)
class About:
    """One command: a line for the list of all, what more there is to say, an example, and what its
    exit codes mean.
    """

    line: str
    more: str
    example: str
    codes: tuple[str, ...] = ()


_INPUT = "10-19  the document's file cannot be used"
_TOOLS = "20-24  Tesseract or a model of it is missing, or failed"
_LAYOUT = "30-34  its tables are not those of a programme"
_SETTINGS = "3      params.yaml holds something unknown or impossible"
_PLACE = "6      the destination holds what is not this document's; nothing was touched"
_SYSTEM = "50-53  another run is at work, the disk is full or refuses, too little memory"
_CELL = "61     no such table, row or column is published"
_REVISION = "62     the git revision cannot be brought back"
_DAMAGED = "40-41  rows break the rules of their table, or a file of tables is damaged"
_REFUSED = "42     refused: too many doubts, by the limits of `gate` in params.yaml"
_PROJECT = "8      it is no project's folder"

ABOUT = {
    "run": About(
        "the whole path for one file: tables, review page, searchable PDF",
        "Reads a scan (.pdf) or the dump of an old OCR layer (.txt) and publishes its tables to a "
        "folder, all together or not at all. Pages that were read before are not read again.",
        "run scan.pdf --out out/scan",
        (_SETTINGS, _PLACE, _INPUT, _TOOLS, _LAYOUT, _DAMAGED, _REFUSED, _SYSTEM),
    ),
    "archive": About(
        "the same for every document in a folder",
        "Publishes each document below FOLDER to a folder of its own; what is published as it "
        "would be now is left alone. `archive.csv` says what became of each.",
        "archive scans --out out/archive",
        (_SETTINGS, _PLACE, _INPUT, "60     some documents are not published; the others are"),
    ),
    "add": About(
        "take a document into the project, or a new version of one",
        "Copies a PDF or a text dump into raw/, lists it in params.yaml and starts its file of "
        "corrections; `dvc repro` then makes its tables. With --replace the file takes the place "
        "of a listed document's, whose corrections and tables stay until `dvc repro`.",
        "add ~/scans/programme-v2.pdf --replace programme",
        (_SETTINGS, "5      there is such a document already", _PROJECT, _INPUT, _SYSTEM),
    ),
    "review": About(
        "settle a document's doubts in the browser, straight into its file of decisions",
        "Serves the review page of a listed document to this machine alone, under an address that "
        "only this terminal shows, until Ctrl C. Decisions go to raw/<document>.corrections.csv as "
        "they are made; `dvc repro` then applies them.",
        "review programme",
        (_SETTINGS, _PROJECT, "10     the document has no review page yet", _DAMAGED, _SYSTEM),
    ),
    "remove": About(
        "take a document out of the project",
        "Takes it out of params.yaml, with its files in raw/ and what was made of it below out/. "
        "Where people's decisions would be lost, it refuses unless --with-decisions is given.",
        "remove programme",
        (_SETTINGS, _PLACE, _PROJECT, "9      people's decisions would be lost", _SYSTEM),
    ),
    "status": About(
        "the documents: version, rows, doubts left, published or refused, where",
        "In a project's folder of its listed documents; with FOLDER, or elsewhere, of what is "
        "published below a folder (without FOLDER: below out/).",
        "status",
        (_SETTINGS, _SYSTEM),
    ),
    "diff": About(
        "what differs between two publications, and why",
        "A and B are published folders, or REV:out/x for a folder as it was at a git revision. "
        "Each change is laid to the document, to the reading or to our rules.",
        "diff HEAD~1:out/sample out/sample",
        ("0      the same", "1      different", "2      trouble, such as no such folder"),
    ),
    "explain": About(
        "where a published value comes from",
        "Shows the value, its place on the page, what every witness read there, and what was "
        "changed and why.",
        "explain out/sample tasks 1.1.4 lead",
        (_PLACE, _DAMAGED, _CELL, _SYSTEM),
    ),
    "cache": About(
        "show what is kept of pages that were read, or trim it",
        "What is kept saves reading an unchanged page again; it may always be removed.",
        "cache --trim 200",
        (_SYSTEM,),
    ),
    "learn": About(
        "let the corrections of all documents teach the next reading",
        "Counts the decisions of all listed documents into the table of misreadings, and lists "
        "names of bodies that recur and are in no list.",
        "learn",
        (_SETTINGS, _PROJECT, "18     a row of a corrections file is wrong", _SYSTEM),
    ),
}


def described(name: str) -> dict[str, Any]:
    """The arguments of an ``ArgumentParser`` for a command: its description, example and codes."""
    about = ABOUT[name]
    known = ("0      done", *about.codes, "70     a fault of this program; a report says where")
    codes = known[1:] if about.codes[0].startswith("0 ") else known
    ends = "\n".join(f"  {code}" for code in codes)
    return {
        "prog": f"{PROGRAM} {name}",
        "description": about.more,
        "epilog": f"example:\n  {PROGRAM} {about.example}\n\nexit codes:\n{ends}",
        "formatter_class": Wrapped,
    }


class Wrapped(argparse.RawDescriptionHelpFormatter):
    """Descriptions are wrapped to the terminal; what stands below the options stays as it is."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return super()._fill_text(text, width, indent)
        return argparse.HelpFormatter._fill_text(self, text, width, indent)  # noqa: SLF001
