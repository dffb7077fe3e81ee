"""The periods that label columns of figures."""

from __future__ import annotations

import pytest

from normalize.values.period_labels import is_baseline, names_values, read_label


@pytest.mark.parametrize(
    ("label", "start", "end", "until"),
    [
        ("Giá trị năm 2024", "2024-01-01", "2024-12-31", False),
        ("ƯTH 2025", "2025-01-01", "2025-12-31", False),
        ("KH 2026-2030 (%)", "2026-01-01", "2030-12-31", False),
        ("Ước TH 6 tháng đầu năm 2026", "2026-01-01", "2026-06-30", False),
        ("Phấn đấu đến hết năm 2028", "2028-01-01", "2028-12-31", True),
        ("Thực hiện (2024)", "2024-01-01", "2024-12-31", False),
        ("Năm 2024 Thực hiện", "2024-01-01", "2024-12-31", False),
        ("Tầm nhìn 2045", "2045-01-01", "2045-12-31", False),
    ],
)
def test_what_leads_a_time_says_what_its_figures_are(
    label: str, start: str, end: str, until: bool
) -> None:
    found = read_label(label)
    assert found is not None
    dates = (found.period.start.isoformat(), found.period.end.isoformat())
    assert (*dates, found.until) == (start, end, until)


@pytest.mark.parametrize(
    "label", ["So với năm 2025", "2025 so với KH", "KH 2030/TH 2025", "Số dự án năm 2026", ""]
)
def test_a_comparison_or_a_count_names_no_period(label: str) -> None:
    assert read_label(label) is None


def test_a_baseline_is_called_so() -> None:
    called = (
        "TH 2024",
        "ƯTH năm 2025",
        "Hiện trạng",
        "Ước thực hiện 2025",
        "Thực hiện 2020 - 2025",
    )
    assert all(map(is_baseline, called))
    assert not any(map(is_baseline, ("KH 2026", "Thu ngân sách", "Năm 2027", "Thị trường 2026")))


def test_a_label_without_its_years_is_told_from_a_comparison() -> None:
    assert all(map(names_values, ("kh", "uoc th nam", "nam", "muc tieu den nam", "binh quan")))
    assert not any(map(names_values, ("", "so sanh kh", "so voi nam", "chi tieu chu yeu")))
