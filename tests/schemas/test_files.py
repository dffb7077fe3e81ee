"""Tables on disk: write then read is the identity, files are whole and their owner's only."""

from __future__ import annotations

import errno
import math
import os
import stat
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from schemas.errors import DamagedTable
from schemas.files import read, short_number, write
from schemas.published import TABLES
from tests.normalize.tables.tables import small_tables


class Anything(pa.DataFrameModel):
    """One column of each kind."""

    text: str
    day: str = pa.Field(metadata={"kind": "date"})
    count: int
    share: float = pa.Field(nullable=True)
    sure: bool

    class Config:
        strict = True
        coerce = True
        ordered = True


ROWS = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=["Cs"]))
        | st.sampled_from(["1.10", "NA", "null", "nan", "=1+1", 'a"b', "a,b", "\n", "\r\n"]),
        st.dates().map(str) | st.just(""),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_infinity=False) | st.sampled_from([90.0, 3.5, 1e22, -0.0]),
        st.booleans(),
    ),
    max_size=6,
)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_write_then_read_is_the_identity(
    tmp_path: Path, suffix: str, rows: list[tuple[Any, ...]]
) -> None:
    path = tmp_path / f"table.{suffix}"
    frame = Anything.validate(pd.DataFrame(rows, columns=["text", "day", "count", "share", "sure"]))
    write(Anything, frame, path)
    pd.testing.assert_frame_equal(read(Anything, path), frame)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_published_tables_come_back_as_they_were(tmp_path: Path, suffix: str) -> None:
    for name, frame in small_tables().items():
        path = tmp_path / f"{name}.{suffix}"
        write(TABLES[name], frame, path)
        pd.testing.assert_frame_equal(read(TABLES[name], path), TABLES[name].validate(frame))


def test_csv_bytes_are_those_of_the_contract(tmp_path: Path) -> None:
    write(TABLES["indicators"], small_tables()["indicators"], tmp_path / "indicators.csv")
    assert (tmp_path / "indicators.csv").read_bytes().decode() == (
        "indicator_id,group_id,name,unit,target,comparator,target_min,target_max,lead,lead_ids,"
        "number,appendix,page_no,confidence,review\n"
        "5,I,Kết nạp đảng viên,%,>90,>,90,,Sở Tài chính,so-tai-chinh,5,1,2,1,\n"
        '14.2,I,Kết nạp đảng viên,%,"3-3,5",range,3,3.5,Sở Tài chính,so-tai-chinh,14,1,2,1,\n'
    )


def test_parquet_is_typed_with_nulls_for_what_is_missing(tmp_path: Path) -> None:
    write(TABLES["tasks"], small_tables()["tasks"], tmp_path / "tasks.parquet")
    table = parquet.read_table(tmp_path / "tasks.parquet")
    assert [
        str(table.schema.field(name).type) for name in ("task_id", "start", "page_no", "confidence")
    ] == [
        "string",
        "date32[day]",
        "int64",
        "double",
    ]
    assert [str(value) for value in table.column("start").to_pylist()] == [
        "2026-06-01",
        "None",
        "None",
    ]
    assert table.column("parent_id").to_pylist() == [None, None, "1.1.11"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(90.0, "90"), (3.5, "3.5"), (0.1, "0.1"), (20000.0, "20000"), (-2.0, "-2"), (math.nan, "")],
)
def test_numbers_are_written_the_short_way(value: float, shown: str) -> None:
    assert short_number(value) == shown


def test_files_and_folders_are_their_owners_only(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "bodies.csv"
    write(TABLES["bodies"], small_tables()["bodies"], path)
    assert [
        stat.S_IMODE(place.stat().st_mode) for place in (path, path.parent, path.parent.parent)
    ] == [0o600, 0o700, 0o700]


def test_a_full_disk_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bodies.csv"
    write(TABLES["bodies"], small_tables()["bodies"], path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(TABLES["bodies"], small_tables()["bodies"].iloc[:1], path)
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [
        ("bodies.csv", before)
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bodies.csv", b""),
        ("bodies.csv", b"body_id,name\n"),
        ("bodies.csv", b"body_id,name,kind,is_generic,uses\na,A,k,maybe,1\n"),
        ("bodies.csv", b"body_id,name,kind,is_generic,uses\na,A,k,true\n"),
        ("bodies.csv", b"body_id,name,kind,is_generic,uses\na,\xff,k,true,1\n"),
        ("bodies.parquet", b"PAR1 and then nothing"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DamagedTable, match=name):
        read(TABLES["bodies"], tmp_path / name)


def test_a_missing_file_names_what_makes_it(tmp_path: Path) -> None:
    with pytest.raises(DamagedTable, match="dvc repro"):
        read(TABLES["bodies"], tmp_path / "bodies.csv")


def test_every_damaged_byte_of_a_checked_table_is_noticed_or_says_nothing(tmp_path: Path) -> None:
    path, bodies = tmp_path / "bodies.parquet", small_tables()["bodies"]
    write(TABLES["bodies"], bodies, path)
    whole = path.read_bytes()
    noticed = 0
    for place in range(4, len(whole) - 8, 23):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
        try:
            found = read(TABLES["bodies"], path)
        except DamagedTable:
            noticed += 1
        else:
            pd.testing.assert_frame_equal(
                found, read(TABLES["bodies"], _as_written(tmp_path, bodies))
            )
    assert noticed


def _as_written(folder: Path, bodies: pd.DataFrame) -> Path:
    write(TABLES["bodies"], bodies, folder / "other.parquet")
    return folder / "other.parquet"


@pytest.mark.parametrize("keep_mark", [True, False])
def test_a_table_that_another_program_wrote_is_checked(tmp_path: Path, *, keep_mark: bool) -> None:
    path = tmp_path / "bodies.parquet"
    write(TABLES["bodies"], small_tables()["bodies"], path)
    table = parquet.read_table(path)
    twice = table.take([0, 0])
    other = {b"checked by": b"schemas.part_tables.Bodies of another version"} if keep_mark else None
    parquet.write_table(twice.replace_schema_metadata(other), path)
    with pytest.raises(DamagedTable, match="bodies"):
        read(TABLES["bodies"], path)
