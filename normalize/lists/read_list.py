"""The lists of this folder."""

import csv
import functools
from pathlib import Path

from normalize.text.clean import clean

FOLDER = Path(__file__).parent


@functools.lru_cache(maxsize=8)
def load_forms(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of this package's tables of forms, in NFC."""
    lines = FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines()
    return tuple({key: clean(value) for key, value in row.items()} for row in csv.DictReader(lines))
