"""Files of decisions as Excel, LibreOffice, Google Sheets and browsers leave them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from schemas.decisions.files import read_rows, take_in
from schemas.decisions.times import iso_time
from schemas.documents import CORRECTION_COLUMNS, check_raw, corrections_of
from schemas.errors import CorrectionsError, InputError, UnlistedFile
from schemas.settings import Params, Settings

HEADER = ",".join(CORRECTION_COLUMNS)
LINE = "tasks,1.1.1,lead,Sở Y tê,Sở Y tế; Sở Nội vụ,change,An,2026-01-05,thấy rõ"
FIELDS = dict(zip(CORRECTION_COLUMNS, LINE.split(","), strict=True))
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows(text: str) -> bytes:
    """A text in the Vietnamese code page of Windows, where tones are letters of their own."""
    found = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in TONES)
        found.append(unicodedata.normalize("NFC", apart.replace(tone, "")) + tone)
    return "".join(found).encode("cp1258")


def quoted(text: str) -> str:
    lines = (",".join(f'"{field}"' for field in line.split(",")) for line in text.splitlines())
    return "\r\n".join(lines)


PLAIN = f"{HEADER}\n{LINE}\n"
TABS = PLAIN.replace(",", "\t")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAIN.encode(), id="as the review page writes it"),
        pytest.param(PLAIN.encode("utf-8-sig"), id="Excel, CSV UTF-8: a mark before it"),
        pytest.param(PLAIN.replace("\n", "\r\n").encode(), id="Google Sheets: CRLF"),
        pytest.param(quoted(PLAIN).encode(), id="LibreOffice: every field quoted"),
        pytest.param(TABS.encode("utf-16"), id="Excel, Unicode Text: UTF-16, tabs"),
        pytest.param(TABS.encode("utf-16-le"), id="UTF-16 without its mark"),
        pytest.param(TABS.encode(), id="LibreOffice: tabs"),
        pytest.param(
            quoted(PLAIN).replace('","', '";"').encode(),
            id="Excel in Vietnam: semicolons",
        ),
        pytest.param(f"sep=,\r\n{PLAIN}".encode(), id="a line that says the sign"),
        pytest.param(windows(PLAIN), id="Excel, CSV: the code page of Windows"),
        pytest.param(PLAIN.encode() + b",,,,,,,,\n\n,,,,,,,,\n", id="empty rows at the end"),
        pytest.param(
            f"{HEADER},,\n{LINE},,\n".encode(), id="empty columns at the end"
        ),
        pytest.param(
            (
                "note,verdict,value,read,column,row_id,table,Why,When,Who\n"
                "x,change,Sở Y tế; Sở Nội vụ,Sở Y tê,lead,1.1.1,tasks,thấy rõ,2026-01-05,An\n"
            ).encode(),
            id="columns in another order, and one more",
        ),
        pytest.param(unicodedata.normalize("NFD", PLAIN).encode(), id="macOS: marks apart"),
    ],
)  # fmt: skip
def test_a_spreadsheets_file_is_read_as_it_was_meant(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.corrections.csv"
    path.write_bytes(content)
    rows = read_rows(path)
    assert [
        {name: unicodedata.normalize("NFC", text) for name, text in row.fields.items()}
        for row in rows
    ] == [FIELDS]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PLAIN.replace("verdict", "verdikt").encode(), "line 1: .*missing: verdict"),
        (PLAIN.replace(",change", ",change,x,y,z").encode(), "line 2: the row has not as many"),
        (f"{HEADER}\ntasks,1.1.1\n".encode(), "line 2: the row has not as many"),
        (PLAIN.replace("An", '"An').encode(), "line 2: this row, or one below it, is not CSV"),
        (PLAIN.encode("cp1252", errors="replace"), "line 2: letters were lost"),
        (PLAIN.encode() + b"tasks,\xe0\xff\n", "line 3: the file is not CSV in UTF-8"),
        (PLAIN.encode("utf-16")[:-1], "line .*: the file is not CSV in UTF-8"),
    ],
)
def test_what_cannot_be_understood_is_told_by_its_line(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "x.corrections.csv"
    path.write_bytes(content)
    with pytest.raises(CorrectionsError, match=f"^x.corrections.csv, {said}"):
        read_rows(path)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-01-05", "2026-01-05"),
        ("2026-01-05T07:30:00Z", "2026-01-05T07:30:00Z"),
        ("2026-01-05T14:30:00+07:00", "2026-01-05T07:30:00Z"),
        ("2026-01-05 9:30", "2026-01-05T09:30:00"),
        ("5/1/2026 2:30 PM", "2026-01-05T14:30:00"),
        ("05/01/2026 14:30", "2026-01-05T14:30:00"),
        ("05/01/2026 2:30 CH", "2026-01-05T14:30:00"),
        ("1/25/2026", "2026-01-25"),
        ("05-01-26", "2026-01-05"),
        ("5-Jan-26", "2026-01-05"),
        ("Jan 5, 2026", "2026-01-05"),
        ("46027.5", "2026-01-05T12:00:00"),
        ("31/02/2026", ""),
        ("hôm qua", ""),
        ("", ""),
    ],
)
def test_times_as_spreadsheets_write_them(text: str, iso: str) -> None:
    assert iso_time(text) == iso


def put(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def line(value: str, when: str, row: str = "1.1.1") -> str:
    return f"tasks,{row},lead,a,{value},change,An,{when},"


NAMES = [
    "x.corrections (1).csv",
    "x.corrections(1).csv",
    "x.corrections - Copy.csv",
    "x.corrections copy.csv",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_browsers_second_download_is_read_with_the_first(tmp_path: Path, name: str) -> None:
    """Rows come in the order in which they were made, and one without a time stays in its place."""
    put(tmp_path, name, line("b", "2026-01-05T10:00"), line("c", ""))
    path = put(
        tmp_path, "x.corrections.csv", line("d", "2026-01-05T11:00"), line("a", "2026-01-04")
    )
    put(tmp_path, "xy.corrections.csv", line("e", "2026-01-05"))
    assert [row.fields["value"] for row in read_rows(path)] == ["a", "b", "c", "d"]
    path.unlink()
    assert corrections_of(tmp_path / "x.pdf") == path
    assert [row.fields["value"] for row in read_rows(path)] == ["b", "c"]


def test_a_download_is_put_into_the_file_of_its_document(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    target = put(raw, "x.corrections.csv", line("a", "2026-01-04"))
    copy = put(raw, "x.corrections (1).csv", line("a", "2026-01-04"), line("b", "2026-01-05"))
    loose = put(tmp_path, "x.corrections.csv", line("c", "5/1/2026 13:00"))
    assert take_in(copy, raw) == target
    assert not copy.exists()
    assert take_in(loose, raw) == target
    assert [(row.fields["value"], row.fields["when"]) for row in read_rows(target)] == [
        ("a", "2026-01-04"), ("b", "2026-01-05"), ("c", "2026-01-05T13:00:00"),
    ]  # fmt: skip
    with pytest.raises(InputError, match="no listed document has these decisions"):
        take_in(put(tmp_path, "z.corrections.csv"), raw)


def test_a_copy_in_raw_is_told_with_the_command_that_takes_it_in(tmp_path: Path) -> None:
    for name in ("x.pdf", "x.corrections.csv", "x.corrections (1).csv", "confusions_learned.csv"):
        (tmp_path / name).touch()
    with pytest.raises(UnlistedFile, match=r"add 'raw/x.corrections \(1\).csv'"):
        check_raw(tmp_path, Params({"x": "x.pdf"}, Settings(), {}))
