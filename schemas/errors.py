"""What can go wrong, as a small tree of errors.

Every error says what, where and what to do, and has an exit code of its own.

Long: one class of a few lines for each error; whoever looks an exit code up finds all in one list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


class PipelineError(Exception):
    """Something that a person can act on.

    ``str()`` gives the whole message, which holds none of the document's text.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, where: str = "", what_to_do: str = "") -> None:
        # all three are args, so that the error passes from a worker process to its parent
        super().__init__(what, where, what_to_do)
        self.what, self.where, self.what_to_do = what, where, what_to_do

    def __str__(self) -> str:
        place = f"{_printable(self.where)}: " if self.where else ""
        what_to_do = _printable(self.what_to_do)
        end = "" if what_to_do.endswith("?") else "."
        then = f" {what_to_do[0].upper()}{what_to_do[1:]}{end}" if what_to_do else ""
        return f"{place}{_printable(self.what)}.{then}"


def _printable(text: str) -> str:
    """A text, such as a file's name, with line ends and control characters replaced for the
    terminal.
    """
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


class SettingsError(PipelineError):
    """params.yaml, or a list of normalize/lists/, holds something unknown or impossible."""

    exit_code = 3


class UnlistedFile(PipelineError):
    """A file stands in raw/ that params.yaml does not list, or the other way round."""

    exit_code = 4


class DuplicateDocument(PipelineError):
    """Two documents would have one name."""

    exit_code = 5


class BadDestination(PipelineError):
    """What is at the place to publish to was not made by a run for this document; it stays."""

    exit_code = 6


class DamagedLock(PipelineError):
    """A file in which DVC keeps what it did was left damaged."""

    exit_code = 7


class NoProject(PipelineError):
    """A command that works on a project's documents was called outside of any project."""

    exit_code = 8


class DecisionsLost(PipelineError):
    """What was asked would remove people's decisions about a document."""

    exit_code = 9


class InputError(PipelineError):
    """The document's file cannot be used."""

    exit_code = 10


class NotAPdf(InputError):
    """The file is neither a PDF nor a plain text."""

    exit_code = 11


class EncryptedPdf(InputError):
    """The PDF asks for a password."""

    exit_code = 12


class DamagedPdf(InputError):
    """The PDF cannot be read to its end."""

    exit_code = 13


class NoPages(InputError):
    """The document has no pages."""

    exit_code = 14


class PageTooLarge(InputError):
    """A page is of an absurd size, or its image is a decompression bomb."""

    exit_code = 15


class BlankDocument(InputError):
    """No page holds a word."""

    exit_code = 16


class NotAProgramme(InputError):
    """There are words, but no part of an action programme."""

    exit_code = 17


class CorrectionsError(InputError):
    """A row of the corrections file cannot be applied."""

    exit_code = 18


class BrokenPage(InputError):
    """A library fails on a page in a way that nobody foresaw."""

    exit_code = 19


class ToolError(PipelineError):
    """A program that the pipeline runs failed."""

    exit_code = 20


class ToolMissing(ToolError):
    """A program is not installed."""

    exit_code = 21


class ModelMissing(ToolError):
    """A program has no model for Vietnamese."""

    exit_code = 22


class ToolDied(ToolError):
    """A program ended with an error or was killed."""

    exit_code = 23


class ToolHung(ToolError):
    """A program took longer than the limit in params.yaml."""

    exit_code = 24


class LayoutError(PipelineError):
    """The document's tables are not those of an action programme."""

    exit_code = 30


class MissingAppendix(LayoutError):
    """One of the three appendices was not found."""

    exit_code = 31


class TwoTablesOfOneKind(LayoutError):
    """Two different tables have the headers of one appendix."""

    exit_code = 32


class UnknownColumn(LayoutError):
    """A table has a column that no header pattern knows, or lacks one that it must have."""

    exit_code = 33


class TwoPagesOnASheet(LayoutError):
    """A sheet shows two pages side by side."""

    exit_code = 34


class MixedCells(LayoutError):
    """A text dump goes line by line through its tables, through several cells on each line."""

    exit_code = 35


class UnknownNumbering(LayoutError):
    """The rows of a text dump's table are numbered in a way that cannot be read from a text."""

    exit_code = 36


@dataclass(frozen=True)
class Breach:
    """One broken rule of a table: the row by its key, never by its text."""

    table: str
    row_id: str
    column: str
    rule: str

    def __str__(self) -> str:
        return (
            f"{self.table}, row {self.row_id or '-'}, {self.column or 'whole table'}: {self.rule}"
        )


class TableError(PipelineError):
    """Rows break the rules of their table's model."""

    exit_code = 40

    def __init__(self, breaches: Sequence[Breach], where: str = "") -> None:
        shown = [str(breach) for breach in breaches[:20]]
        more = [f"and {len(breaches) - 20} more"] if len(breaches) > 20 else []
        super().__init__(
            f"{len(breaches)} broken {'rule' if len(breaches) == 1 else 'rules'}\n  "
            + "\n  ".join([*shown, *more]),
            where,
            "nothing was published; look at these cells, and correct them in raw/*.corrections.csv",
        )
        self.args = (tuple(breaches), where)
        self.breaches = tuple(breaches)

    def __str__(self) -> str:
        place = f"{_printable(self.where)}: " if self.where else ""
        return f"{place}{self.what}\n{self.what_to_do}"


class DamagedTable(PipelineError):
    """A table's file on disk is missing, damaged, or not what its model says."""

    exit_code = 41


class PublishRefused(PipelineError):
    """The tables are well formed, but over a limit of ``gate`` in params.yaml."""

    exit_code = 42


class Busy(PipelineError):
    """Another run holds the document's lock."""

    exit_code = 50


class DiskFull(PipelineError):
    """The disk is full."""

    exit_code = 51


class FileTrouble(PipelineError):
    """The operating system refused to read or write a file."""

    exit_code = 52


class NoMemory(PipelineError):
    """The machine has too little memory."""

    exit_code = 53


class ArchiveIncomplete(PipelineError):
    """Some documents of an archive could not be published; the others are."""

    exit_code = 60


class NoSuchCell(InputError):
    """The table, row or column asked for is not published."""

    exit_code = 61


class NoSuchRevision(InputError):
    """A git revision, or the folder at it, cannot be brought back."""

    exit_code = 62


class Unforeseen(PipelineError):
    """An error of the program itself, or of a library, that nobody foresaw; a report holds its
    trace.
    """

    exit_code = 70
