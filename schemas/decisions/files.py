"""The files of people's decisions, as spreadsheets and browsers leave them: their rows by column.

``raw/x.corrections.csv`` may come back from Excel, LibreOffice or Google Sheets with other signs
between its fields, in another encoding, with columns moved or added, and a browser puts a second
download beside the first: ``x.corrections (1).csv``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.decisions.texts import decode
from schemas.decisions.times import iso_time
from schemas.disk import write_bytes
from schemas.documents import CORRECTION_COLUMNS, copies_of, original_of
from schemas.errors import CorrectionsError, InputError

_NEEDED = ("table", "row_id", "column", "read", "value", "verdict")
_SIGNS = ",;\t|"


@dataclass(frozen=True)
class Row:
    """One row of a file of decisions: its fields by column, and the file and line it stands on.

    ``time`` is its ``when`` as ISO text, empty where that is no time.
    """

    fields: dict[str, str]
    place: str
    time: str


def read_rows(path: Path, further: Iterable[Path] = ()) -> list[Row]:
    """The rows of a file of decisions, of the copies beside it and of ``further`` such files, in
    the order in which they were made as far as they tell it.

    Raises CorrectionsError where a file, or a row of it, cannot be understood.
    """
    others = list(dict.fromkeys([*copies_of(path), *further]))
    files = others if others and not path.exists() else [path, *others]
    latest, keyed = "", []
    for place, row in enumerate(row for file in files for row in rows_in(file)):
        # a row without a time, or with a day alone, keeps its place behind the row above it
        is_as_above = not row.time or latest.startswith(row.time)
        latest = latest if is_as_above else row.time
        keyed.append((latest, place, row))
    return [row for *_, row in sorted(keyed, key=lambda entry: entry[:2])]


def take_in(file: Path, raw: Path) -> Path:
    """Put a download's decisions, and those of the copies beside it, into the file of its document
    in ``raw``; that file.

    Copies that stand in ``raw`` are removed. Raises CorrectionsError; InputError where ``raw``
    has no such file.
    """
    target = raw / (original_of(file.name) or file.name)
    if not target.exists():
        raise InputError(
            "no listed document has these decisions", file.name, "add its document first"
        )
    copies = copies_of(target)
    rows = read_rows(target, [] if file in (target, *copies) else [file])
    unique = {tuple(row.fields.items()): row for row in rows}
    write_bytes(target, rows_to_csv(unique.values()).encode())
    for copy in copies:
        copy.unlink()
    return target


def is_decisions(name: str) -> bool:
    """Whether a file's name is that of people's decisions, or of a browser's copy of them."""
    return name.casefold().endswith(".corrections.csv") or original_of(name) != ""


def rows_to_csv(rows: Iterable[Row]) -> str:
    """Rows as the text of a file of decisions, in the columns of the contract."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(CORRECTION_COLUMNS)
    writer.writerows([row.fields[name] for name in CORRECTION_COLUMNS] for row in rows)
    return buffer.getvalue()


def rows_in(path: Path) -> Iterator[Row]:
    """The rows of one file of decisions as they stand in it; raises CorrectionsError."""
    if not path.is_file():
        raise CorrectionsError(
            "this is not a file",
            path.name,
            "put the decisions, or their header alone, in its place",
        )
    text = decode(path.read_bytes(), path.name)
    sign, skipped = _sign(text)
    rows = _numbered_rows(text, sign, path.name, skipped)
    line, header = next(rows, (1, list(CORRECTION_COLUMNS)))
    places = _columns(header, f"{path.name}, line {line}")
    for line, row in rows:
        where = f"{path.name}, line {line}"
        if not any(field.strip() for field in row):
            continue  # a spreadsheet's empty row
        fields = _fields(row, places, len(header), where)
        time = iso_time(fields["when"])
        yield Row({**fields, "when": time or fields["when"]}, where, time)


def _sign(text: str) -> tuple[str, int]:
    """The sign between the fields, and how many lines before the header say which it is."""
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r'"?sep=(.)"?\r?', first, re.IGNORECASE)
    if told is not None:
        return told[1], 1
    head = next((line for line in [first, *rest.splitlines()] if line.strip()), "")
    return max(_SIGNS, key=head.count), 0


def _numbered_rows(
    text: str, sign: str, name: str, skipped: int
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text that are not blank, each with the line on which it begins.

    Raises CorrectionsError.
    """
    # what was read in a long paragraph passes csv's own limit of 128 KiB
    csv.field_size_limit(2**31 - 1)
    lines = io.StringIO(text, newline="")
    for _ in range(skipped):
        lines.readline()
    reader, line = csv.reader(lines, delimiter=sign, strict=True), 1 + skipped
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        remedy = "mend its quotation marks, and save the file as CSV"
        raise CorrectionsError(
            "this row, or one below it, is not CSV", f"{name}, line {line}", remedy
        ) from error


def _columns(header: Sequence[str], where: str) -> dict[str, int]:
    """Where each column stands; further columns are left alone.

    Raises CorrectionsError where one is missing that a decision needs.
    """
    names = [name.strip().casefold().replace(" ", "_") for name in header]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise CorrectionsError(
            f"the columns must be {', '.join(CORRECTION_COLUMNS)}; missing: {', '.join(missing)}",
            where,
            "mend the header",
        )
    return {name: names.index(name) for name in CORRECTION_COLUMNS if name in names}


def _fields(row: Sequence[str], places: dict[str, int], width: int, where: str) -> dict[str, str]:
    """A row's fields by column; those that a spreadsheet left out at its end are empty.

    Raises CorrectionsError for a row with other fields than its header.
    """
    needed = 1 + max(place for name, place in places.items() if name in _NEEDED)
    if any(field.strip() for field in row[width:]) or len(row) < needed:
        raise CorrectionsError(
            "the row has not as many fields as the header", where, "mend its commas and quotes"
        )
    return {
        name: row[places[name]] if name in places and places[name] < len(row) else ""
        for name in CORRECTION_COLUMNS
    }
