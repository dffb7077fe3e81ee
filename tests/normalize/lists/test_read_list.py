"""The lists: each has a reader that knows its columns, and stands in the file as it is used."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest

from normalize.lists.read_list import COLUMNS, FOLDER, read_list, read_rows
from schemas.errors import SettingsError


def test_every_list_of_the_folder_is_known() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.csv")) == sorted(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_list_stands_in_nfc_with_single_spaces_and_no_row_twice(name: str) -> None:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)][1:]
    assert rows == [tuple(row.values()) for row in read_list(name)]
    values = [value for row in rows for value in row]
    assert all(unicodedata.is_normalized("NFC", value) for value in values)
    assert all(value == " ".join(value.split()) for value in values)
    assert len(set(rows)) == len(rows)


def test_a_decomposed_value_is_read_composed(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("unit,is_percentage\nNghi\u0300n,false\n", encoding="utf-8")
    assert read_rows(path, COLUMNS["units.csv"]) == ({"unit": "Nghìn", "is_percentage": "false"},)


@pytest.mark.parametrize("first", ["is_percentage,unit", "unit", "unit,is_percentage,note", ""])
def test_other_columns_are_refused_with_what_to_do(tmp_path: Path, first: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(f"{first}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"units\.csv: the columns must be unit, is_percentage"):
        read_rows(path, COLUMNS["units.csv"])
