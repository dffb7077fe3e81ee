"""The one reader of the lists in this folder."""

import csv
import functools
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from schemas.documents import LEARNED_COLUMNS
from schemas.errors import SettingsError

FOLDER = Path(__file__).parent
COLUMNS: Mapping[str, tuple[str, ...]] = {  # of each list, in order
    "bodies.csv": ("body_id", "name", "kind", "is_generic"),
    "body_aliases.csv": ("alias", "body_id", "valid_from", "valid_to", "note"),
    "body_heads.csv": ("head", "not_before", "small"),
    "confusion_kinds.csv": ("kind", "cost", "meaning"),
    "confusions.csv": LEARNED_COLUMNS,
    "deadline_forms.csv": ("part", "form", "kind"),
    "document_kinds.csv": ("kind", "code"),
    "doubt_weights.csv": ("evidence", "scan", "dump", "meaning"),
    "dump_cues.csv": ("kind", "phrase"),
    "funding_forms.csv": ("code", "form"),
    "headers.csv": ("table", "column", "label"),
    "headers_in_rulings.csv": ("table", "column", "label"),
    "period_words.csv": ("words", "role"),
    "phrases.csv": ("phrase",),
    "syllables.csv": ("kind", "spelling"),
    "units.csv": ("unit", "is_percentage"),
}


@functools.cache
def read_list(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a list of this folder, such as ``units.csv``, in NFC."""
    return read_rows(FOLDER / name, COLUMNS[name])


def read_rows(path: Path, columns: tuple[str, ...]) -> tuple[Mapping[str, str], ...]:
    """The rows of a CSV file with exactly these columns, in NFC; raises SettingsError for other
    columns.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != columns:
            raise SettingsError(
                f"the columns must be {', '.join(columns)}", path.name, "mend the list's first line"
            )
        return tuple(
            {column: unicodedata.normalize("NFC", row[column] or "") for column in columns}
            for row in reader
        )
