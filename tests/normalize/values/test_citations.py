"""Citations of legal and Party documents, and references to appendix 3."""

import csv
import datetime
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.lists.read_list import read_list
from normalize.values.citations import find_citations
from normalize.values.references import refers_to
from tests.places import SHARED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "thực hiện Nghị quyết số 68-NQ/TW, ngày 04/5/2025 của Bộ Chính trị về kinh tế",
            [
                (
                    "Nghị quyết",
                    "68-NQ/TW",
                    "2025-05-04",
                    "Bộ Chính trị",
                    "Nghị quyết số 68-NQ/TW, ngày 04/5/2025 của Bộ Chính trị",
                )
            ],
        ),
        (
            "Chỉ thị số 13-CT/TW ngày 12/1/2017",
            [("Chỉ thị", "13-CT/TW", "2017-01-12", "", "Chỉ thị số 13-CT/TW ngày 12/1/2017")],
        ),
        (
            "theo Nghị định số 30/2020/NĐ-CP.",
            [("Nghị định", "30/2020/NĐ-CP", "", "", "Nghị định số 30/2020/NĐ-CP")],
        ),
        (
            "Luật Bảo vệ bí mật nhà nước số 41/2024/QH15 và",
            [("Luật", "41/2024/QH15", "", "", "Luật Bảo vệ bí mật nhà nước số 41/2024/QH15")],
        ),
        (
            "Quyết định số 123/QĐ-TTg ngày 3 tháng 2 năm 2024 của Thủ tướng Chính phủ",
            [
                (
                    "Quyết định",
                    "123/QĐ-TTg",
                    "2024-02-03",
                    "Thủ tướng Chính phủ",
                    "Quyết định số 123/QĐ-TTg ngày 3 tháng 2 năm 2024 của Thủ tướng Chính phủ",
                )
            ],
        ),
        (
            (
                "Chương trình hành động số 12-CTr/TU ngày 17/3/2025 của Ban Thường vụ Tỉnh ủy, "
                "Kế hoạch 7-KH/TU"
            ),
            [
                (
                    "Chương trình hành động",
                    "12-CTr/TU",
                    "2025-03-17",
                    "Ban Thường vụ Tỉnh ủy",
                    "Chương trình hành động số 12-CTr/TU ngày 17/3/2025 của Ban Thường vụ Tỉnh ủy",
                ),
                ("Kế hoạch", "7-KH/TU", "", "", "Kế hoạch 7-KH/TU"),
            ],
        ),
        (
            "các Nghị quyết số 57-NQ/TW, 59-NQ/TW và 68-NQ/TW của Bộ Chính trị",
            [
                ("Nghị quyết", "57-NQ/TW", "", "Bộ Chính trị", "Nghị quyết số 57-NQ/TW"),
                ("Nghị quyết", "59-NQ/TW", "", "Bộ Chính trị", "59-NQ/TW"),
                ("Nghị quyết", "68-NQ/TW", "", "Bộ Chính trị", "68-NQ/TW của Bộ Chính trị"),
            ],
        ),
        ("Quy định số 11-QĐ/TW", [("Quy định", "11-QĐ/TW", "", "", "Quy định số 11-QĐ/TW")]),
        (
            "Thông tư số 01/2024/TT-BNV của Bộ trưởng Bộ Nội vụ, sửa đổi",
            [
                (
                    "Thông tư",
                    "01/2024/TT-BNV",
                    "",
                    "Bộ trưởng Bộ Nội vụ",
                    "Thông tư số 01/2024/TT-BNV của Bộ trưởng Bộ Nội vụ",
                )
            ],
        ),
        (
            "Nghi quyêt so 68 -NQ/TW, ngay 04/5/2025 cùa Bộ Chính tri",
            [
                (
                    "Nghị quyết",
                    "68-NQ/TW",
                    "2025-05-04",
                    "Bộ Chính trị",
                    "Nghi quyêt so 68 -NQ/TW, ngay 04/5/2025 cùa Bộ Chính tri",
                )
            ],
        ),
        (
            "ngày 31/02/2024, số 50-CT/TW ngày 31/02/2024",
            [("Chỉ thị", "50-CT/TW", "", "", "50-CT/TW")],
        ),
        (
            (
                "Nghị quyết Đại hội lần thứ XVI; tỷ lệ 12/2025; 10.000 dân/năm; 3-3,5 %/năm; Tháng "
                "6/2026 - DN/năm"
            ),
            [],
        ),
    ],
)
def test_citations(text: str, found: list[tuple[str, ...]]) -> None:
    assert [
        (c.document_kind, c.number, c.date, c.issuer, c.printed) for c in find_citations(text)
    ] == found


def test_places() -> None:
    text = "theo Kết luận số 14-KL/TW và Quy chế số 1-QC/TU"
    assert [text[c.start : c.end] for c in find_citations(text)] == [
        "Kết luận số 14-KL/TW",
        "Quy chế số 1-QC/TU",
    ]


@given(
    st.integers(1, 999),
    st.sampled_from(["NQ", "CT", "KL", "QĐ", "CTr"]),
    st.sampled_from(["TW", "TU"]),
    st.dates(),
)
def test_every_party_number_is_found_with_its_date(
    number: int, kind: str, level: str, day: datetime.date
) -> None:
    text = f"văn bản số {number}-{kind}/{level}, ngày {day.day}/{day.month}/{day.year} của Tỉnh ủy"
    found = find_citations(unicodedata.normalize("NFD", text))
    expected = day.isoformat() if 1945 <= day.year <= 2075 else ""
    assert [(c.number, c.date) for c in found] == [(f"{number}-{kind}/{level}", expected)]


def test_the_kinds_prove_themselves() -> None:
    rows = read_list("document_kinds.csv")
    assert len({(row["kind"], row["code"]) for row in rows}) == len(rows)
    assert all(
        value == unicodedata.normalize("NFC", value) != "" for row in rows for value in row.values()
    )


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("Việc phân công nêu ở điểm 1.10 Phụ lục 3.", "1.10"),
        ("tại điêm 2.1, Phu lục III", "2.1"),
        ("tại Phụ lục 3, điểm 1.2", "1.2"),
        ("(đỉểm 12 Phụ 1ục số 3)", "12"),
        ("tại các điểm 1.1, 1.2 Phụ lục 3", "1.1; 1.2"),
        ("nêu tại điểm IV.12, Phụ lục 3", "IV.12"),
        ("các điểm B.1, B.II.2 và 4.1 Phụ lục III", "B.1; B.II.2; 4.1"),
        ("nêu tại điểm Đ.7 và D.4 Phụ lục 3", "Đ.7; D.4"),
        ("theo mục đ.1, phụ lục III", "Đ.1"),
        ("nhóm II Phụ lục 3", ""),
        ("điểm 1.1 Phụ lục 31", ""),
        ("điểm 1.1 Phụ lục 2", ""),
        ("Phụ lục 3", ""),
        ("trong 1.10 năm", ""),
    ],
)
def test_references(text: str, point: str) -> None:
    assert refers_to(text) == point


TEXTS = {"paragraphs": "text", "tasks": "task", "indicators": "name", "groups": "title"}


@pytest.mark.parametrize("folder", ["truth", "truth-v2"])
def test_the_benchmarks_own_citations_and_references(folder: str) -> None:
    place = SHARED / "benchmark" / folder
    if not place.is_dir():
        pytest.skip("the shared benchmark is not here")

    def rows(table: str) -> list[dict[str, str]]:
        with (place / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    found = Counter(
        (table, c.number, c.date)
        for table, column in TEXTS.items()
        for row in rows(table)
        for c in find_citations(row[column])
    )
    assert found == Counter((row["table"], row["number"], row["date"]) for row in rows("citations"))
    assert [refers_to(row["text"]) for row in rows("paragraphs")] == [
        row["refers_to"] for row in rows("paragraphs")
    ]
