"""Deadlines: every form of the contract, what is refused, and misread words decoded without a digit
invented.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.values.closed_forms import even_dashes
from normalize.values.deadlines import (
    Deadline,
    Milestone,
    printed_forms,
    read_deadline,
    read_deadline_of_year,
    repair_deadline,
    year_of,
)
from tests.places import PROJECT, SHARED


def during(label: str, start: str, end: str) -> Milestone:
    return Milestone(label, "during", start, end, "")


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("Thực hiện thường xuyên", "ongoing", "", ""),
        ("Thường xuyên, liên tục", "ongoing", "", ""),
        ("Năm 2026", "during", "2026-01-01", "2026-12-31"),
        ("Năm 2025 - 2030", "during", "2025-01-01", "2030-12-31"),
        ("Năm 2025–2030", "during", "2025-01-01", "2030-12-31"),
        ("Giai đoạn 2026 -2030", "during", "2026-01-01", "2030-12-31"),
        ("Nhiệm kỳ 2025 - 2030", "during", "2025-01-01", "2030-12-31"),
        ("2026", "during", "2026-01-01", "2026-12-31"),
        ("Tháng 6/2026", "during", "2026-06-01", "2026-06-30"),
        ("Tháng 02 / 2028", "during", "2028-02-01", "2028-02-29"),
        ("Tháng 6 năm 2026", "during", "2026-06-01", "2026-06-30"),
        ("Tháng 6 - 9/2026", "during", "2026-06-01", "2026-09-30"),
        ("Quý III/2026", "during", "2026-07-01", "2026-09-30"),
        ("Quý I năm 2027", "during", "2027-01-01", "2027-03-31"),
        ("Quý I - II/2027", "during", "2027-01-01", "2027-06-30"),
        ("6 tháng đầu năm 2026", "during", "2026-01-01", "2026-06-30"),
        ("6 tháng cuối năm 2026", "during", "2026-07-01", "2026-12-31"),
        ("ngày 30/6/2026", "during", "2026-06-30", "2026-06-30"),
        ("Trong năm 2026", "during", "2026-01-01", "2026-12-31"),
        ("Hoàn thành trong quý IV/2026", "during", "2026-10-01", "2026-12-31"),
        ("Từ năm 2026 đến năm 2030", "during", "2026-01-01", "2030-12-31"),
        ("Từ tháng 6/2026 đến hết tháng 12/2027", "during", "2026-06-01", "2027-12-31"),
        ("Từ tháng 4 đến tháng 9/2028", "during", "2028-04-01", "2028-09-30"),
        ("Từ quý II - III/2028", "during", "2028-04-01", "2028-09-30"),
        ("Từ tháng 4-2028", "from", "2028-04-01", ""),
        ("06 tháng đầu năm 2028", "during", "2028-01-01", "2028-06-30"),
        ("Khảo sát năm 2027, ban hành quý II/2028", "staged", "2027-01-01", "2028-06-30"),
        ("Hoàn thành năm 2028", "during", "2028-01-01", "2028-12-31"),
        ("Xong quý III/2028", "during", "2028-07-01", "2028-09-30"),
        ("31-8-2028", "during", "2028-08-31", "2028-08-31"),
        ("Trước ngày 31-8-2028", "before", "", "2028-08-30"),
        ("Trước 20/11 hằng năm", "recurring", "", ""),
        ("Tháng 2 và tháng 11/2028", "staged", "2028-02-01", "2028-11-30"),
        ("Quý I, quý III năm 2028", "staged", "2028-01-01", "2028-09-30"),
        ("Trong tháng 3; tháng 6/2028", "staged", "2028-03-01", "2028-06-30"),
        ("Tháng 3, 4, 5/2028", "during", "2028-03-01", "2028-05-31"),
        ("Quý II và quý III/2028", "during", "2028-04-01", "2028-09-30"),
        ("Quý I, III/2028 và năm 2029", "staged", "2028-01-01", "2029-12-31"),
        ("Trước năm 2030", "before", "", "2029-12-31"),
        ("Trước ngày 01/3/2028", "before", "", "2028-02-29"),
        ("Xong trước tháng 12/2026", "before", "", "2026-11-30"),
        ("Đến hết năm 2027", "before", "", "2027-12-31"),
        ("Chậm nhất quý II/2026", "before", "", "2026-06-30"),
        ("Năm 2028 trở đi", "from", "2028-01-01", ""),
        ("Từ năm 2026", "from", "2026-01-01", ""),
        ("Từ quý II/2026 trở đi", "from", "2026-04-01", ""),
        ("Năm 2026 và các năm tiếp theo", "from", "2026-01-01", ""),
        ("Năm 2026 và thực hiện thường xuyên", "ongoing", "2026-01-01", ""),
        ("Thực hiện thường xuyên từ năm 2026", "ongoing", "2026-01-01", ""),
        ("Tháng 10/2025 và hằng năm", "recurring", "2025-10-01", ""),
        ("Quý I hằng năm", "recurring", "", ""),
        ("Hàng quý", "recurring", "", ""),
        ("Định kỳ 6 tháng", "recurring", "", ""),
        ("Hằng năm, từ năm 2026", "recurring", "2026-01-01", ""),
        ("Theo chủ trương của Trung ương", "conditional", "", ""),
        ("Theo tiến độ của Trung ương", "conditional", "", ""),
        ("Sau khi có quy định, kế hoạch của Trung ương", "conditional", "", ""),
        ("Sau Đại hội XIV của Đảng", "conditional", "", ""),
        ("Ngay đầu nhiệm kỳ 2025 - 2030", "term_start", "2025-01-01", ""),
        ("Ngay từ đầu nhiệm kỳ", "term_start", "", ""),
        ("Năm 2027 và 2030", "staged", "2027-01-01", "2030-12-31"),
        ("Năm 2026, 2027 và 2030", "staged", "2026-01-01", "2030-12-31"),
        ("Tháng 6/2026 và tháng 12/2026", "staged", "2026-06-01", "2026-12-31"),
        ("20/11 hằng năm", "recurring", "", ""),
        ("Quý I và quý III/2027, hằng năm", "recurring", "2027-01-01", ""),
        ("Tháng 4 và9/2027", "staged", "2027-04-01", "2027-09-30"),
        ("Tháng 2, 8/2027 và thường xuyên", "ongoing", "2027-02-01", ""),
    ],
)
def test_forms(text: str, kind: str, start: str, end: str) -> None:
    found = read_deadline(text)
    assert (found.kind, found.start, found.end, found.sure) == (kind, start, end, True)


@pytest.mark.parametrize(
    "text",
    [
        "Khi đủ điều kiện",
        "Theo lộ trình được cấp có thẩm quyền phê duyệt",
        "Sau khi hoàn thành dự án",
    ],
)
def test_a_condition_that_is_not_listed_is_in_doubt(text: str) -> None:
    assert (read_deadline(text).kind, read_deadline(text).sure) == ("conditional", False)


def test_a_month_and_a_quarter_in_one_list_are_no_time() -> None:
    assert read_deadline("Tháng 3, IV/2028") == Deadline("", "", "", (), False)


@pytest.mark.parametrize("text", ["Tháng 4, 4/2028", "Năm 2027; xong quý I, I/2028"])
def test_a_month_or_a_quarter_named_twice_is_misread(text: str) -> None:
    assert not read_deadline(text).sure


def test_stages_of_work() -> None:
    assert read_deadline("Khởi công tháng 6/2026; đưa vào sử dụng năm 2029") == Deadline(
        "staged",
        "2026-06-01",
        "2029-12-31",
        (
            during("Khởi công", "2026-06-01", "2026-06-30"),
            during("đưa vào sử dụng", "2029-01-01", "2029-12-31"),
        ),
        True,
    )
    assert read_deadline("Quý I/2026: xây dựng kế hoạch; năm 2027: tổng kết").milestones == (
        during("xây dựng kế hoạch", "2026-01-01", "2026-03-31"),
        during("tổng kết", "2027-01-01", "2027-12-31"),
    )


def test_a_stage_of_several_dates_is_a_stage_at_each() -> None:
    assert read_deadline("Tập huấn quý I, quý III/2027; kiểm tra tháng 11/2028") == Deadline(
        "staged",
        "2027-01-01",
        "2028-11-30",
        (
            during("Tập huấn", "2027-01-01", "2027-03-31"),
            during("Tập huấn", "2027-07-01", "2027-09-30"),
            during("kiểm tra", "2028-11-01", "2028-11-30"),
        ),
        True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "20/13 hằng năm",
        "32/10 hằng năm",
        "Trước 31/6 hằng năm",
        "Ngày 30/02 hằng năm",
        "Trong ngày 0/5 hằng năm",
    ],
)
def test_a_day_that_no_year_has_does_not_recur(text: str) -> None:
    assert not read_deadline(text).sure


@pytest.mark.parametrize("dates", ["quý II, tháng 9/2027", "quý III, quý I/2027"])
def test_a_stage_whose_first_date_is_not_understood_is_not_read_by_its_last(dates: str) -> None:
    assert not read_deadline(f"Tập huấn {dates}; kiểm tra năm 2028").sure


def test_years_are_stages() -> None:
    assert read_deadline("Năm 2027 và 2030").milestones == (
        during("", "2027-01-01", "2027-12-31"), during("", "2030-01-01", "2030-12-31"),
    )  # fmt: skip


def test_repeats() -> None:
    assert read_deadline("Quý I hằng năm").milestones == (
        Milestone("Quý I", "recurring", "", "", "yearly"),
    )
    assert read_deadline("Hằng năm").milestones == (Milestone("", "recurring", "", "", "yearly"),)
    assert read_deadline("Hằng quý").milestones == (
        Milestone("", "recurring", "", "", "quarterly"),
    )
    assert read_deadline("Quý II, IV hằng năm").milestones == (
        Milestone("Quý II", "recurring", "", "", "yearly"),
        Milestone("Quý IV", "recurring", "", "", "yearly"),
    )
    assert read_deadline("Tháng 10/2025 và hằng năm").milestones == (
        during("", "2025-10-01", "2025-10-31"), Milestone("", "recurring", "", "", "yearly"),
    )  # fmt: skip
    assert read_deadline("Năm 2026 và thực hiện thường xuyên").milestones == (
        during("", "2026-01-01", "2026-12-31"),
        Milestone("thực hiện thường xuyên", "ongoing", "", "", ""),
    )


def test_the_samples_deadlines_have_the_milestones_of_its_truth() -> None:
    truth = PROJECT / "tests" / "sample" / "truth"
    wanted = pd.read_csv(truth / "milestones.csv", dtype=str, keep_default_na=False)
    tasks = pd.read_csv(truth / "tasks.csv", dtype=str, keep_default_na=False)
    found = [
        (task, str(n), *(astuple(milestone)))
        for task, text in zip(tasks["task_id"], tasks["deadline"], strict=True)
        for n, milestone in enumerate(read_deadline(text).milestones, 1)
    ]
    assert found == list(wanted.itertuples(index=False, name=None))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "Tháng 13/2026",
            "Năm 2205",
            "Năm 2030 - 2026",
            "ngày 31/2/2026",
            "Sớm nhất có thể",
            "6 tháng",
            "Quý V/2026",
        ),
        *(
            "Năm 2030, 2027",
            "Khởi công tháng 6/2029; đưa vào sử dụng năm 2026",
            "Xong trước năm 2029; bàn giao từ năm 2027",
        ),
    ],
)
def test_unknown_forms_have_no_kind(text: str) -> None:
    assert read_deadline(text) == Deadline("", "", "", (), False)


@pytest.mark.parametrize(
    "text",
    [
        "Đến năm 2030",
        "Năm 2028, 2027 và 2030",
        "Khởi công tháng 6/2026",
        "Hằng năm, giai đoạn 2026 - 2030",
    ],
)
def test_readings_in_doubt(text: str) -> None:
    found = read_deadline(text)
    assert (found.kind != "", found.sure) == (True, False)


def test_the_forms_prove_themselves() -> None:
    for form in printed_forms():
        assert form == " ".join(unicodedata.normalize("NFC", form).split())
        filled = fill(form, iter([1, 2, 7, 11]), iter([2026, 2027, 2028, 2029, 2030]))
        assert read_deadline(filled).kind, (form, filled)


@pytest.mark.parametrize(
    ("printed", "kind", "start", "end"),
    [
        ("Quý I, II/2026", "during", "2026-01-01", "2026-06-30"),
        ("Quý IV - 2027", "during", "2027-10-01", "2027-12-31"),
        ("Tháng 4-2027", "during", "2027-04-01", "2027-04-30"),
        ("11/2026", "during", "2026-11-01", "2026-11-30"),
        ("30/4/2027", "during", "2027-04-30", "2027-04-30"),
        ("Quý I, III hằng năm", "recurring", "", ""),
        ("Tháng 3, tháng 9 hằng năm", "recurring", "", ""),
        ("Nhiệm vụ thường xuyên", "ongoing", "", ""),
        ("Từ quý II/2027", "from", "2027-04-01", ""),
    ],
)
@pytest.mark.parametrize("engines", [("tesseract", "layer"), ("tesseract", "tesseract")])
def test_what_is_printed_is_published_whatever_form_it_fits(
    printed: str, kind: str, start: str, end: str, engines: tuple[str, ...]
) -> None:
    assert repair_deadline([printed, printed], engines) == (printed, True, "")
    meant = read_deadline(printed)
    assert (meant.kind, meant.start, meant.end, meant.sure) == (kind, start, end, True)


def test_a_sign_that_no_listed_form_has_is_kept_or_in_doubt() -> None:
    value, sure, reason = repair_deadline(["Quy I. II/2026"])
    assert (sure, bool(reason)) == (False, True), value
    assert repair_deadline(["Qúy II, IV hăng năm", "Quý II, IV hằng năm"])[:2] == (
        "Quý II, IV hằng năm",
        True,
    )


ROMAN = ("I", "II", "III", "IV")


def fill(form: str, small: Iterator[int], years: Iterator[int]) -> str:
    """A form with years where a year stands and small numbers elsewhere."""

    def number(match: re.Match[str]) -> str:
        before, after = form[: match.start()].casefold(), form[match.end() :]
        listed = re.match(r" h[ằà]ng|/#| năm #", after) and re.search(
            r"(?:quý|tháng) #(?: - |, | và )$", before
        )
        if re.search(r"quý $", before) or (listed and "quý" in before):
            return ROMAN[next(small) % 4]
        short = re.search(r"(?:tháng|ngày|định kỳ|ngày #/) ?$", before) or re.match(
            r" (?:tháng|năm một)|/lần|/#", after
        )
        return str(
            next(small)
            if short or listed or (after.startswith(" năm #") and "tháng" in before)
            else next(years)
        )

    return re.sub("#", number, form)


@pytest.mark.parametrize(
    ("readings", "value", "sure"),
    [
        (["Thục hiện thường xuyên"], "Thực hiện thường xuyên", True),
        (["“Thực hiện thuờng xuyen :"], "Thực hiện thường xuyên", True),
        (["THựC hiện thưòng xuyên", "Thực hiện thường xuyên"], "Thực hiện thường xuyên", True),
        (["Năm 2025 -2030"], "Năm 2025 - 2030", True),
        (["Năm 2025-2030"], "Năm 2025-2030", True),
        (["Giai đoạn 2026 – 2030"], "Giai đoạn 2026 - 2030", True),
        (["Nắm 2O26"], "Năm 2026", False),
        (["Nắm 2O26", "Năm 2026"], "Năm 2026", True),
        (["Tháng 6/2026", "Tháng 8/2026"], "Tháng 6/2026", False),
        (["Tháng 6/2026", "Tháng 8/2026", "Tháng 8/2026"], "Tháng 8/2026", False),
        (["Tháng 16/2026"], "Tháng 16/2026", False),
        (
            ["Tháng 10/2025 và hàng năm", "Tháng 10/2025 và hằng năm"],
            "Tháng 10/2025 và hàng năm",
            False,
        ),
        (
            ["Tháng 10/2025 và hãng năm", "Tháng 10/2025 và hằng năm"],
            "Tháng 10/2025 và hằng năm",
            True,
        ),
        (["Theo chủ trương cùa Trung ưong"], "Theo chủ trương của Trung ương", True),
        (["Quý l hằng năm"], "Quý I hằng năm", True),
        (["tháng 6/2026", "tháng 6/2026"], "tháng 6/2026", True),
        (["Tháng 6/2026", "Tháng"], "Tháng 6/2026", True),
        (["Sớm nhất có thể", "Sớm nhất có thể"], "Sớm nhất có thể", False),
        (["", ""], "", True),
        ([], "", True),
    ],
)
def test_repair(readings: list[str], value: str, sure: bool) -> None:
    assert repair_deadline(readings)[:2] == (value, sure)


def test_an_unread_cell_beside_a_read_one_is_taken_from_the_other() -> None:
    assert repair_deadline(["", "Năm 2026"])[:2] == ("Năm 2026", True)


NUMBERS = st.tuples(st.integers(1, 12), st.integers(2024, 2035))
FORMS = st.sampled_from([form for form in printed_forms() if form.count("#") <= 3])
MARKS = st.sampled_from(["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"])


@st.composite
def printed_deadlines(draw: st.DrawFn) -> str:
    year = draw(st.integers(2024, 2030))
    small = sorted(draw(st.sets(st.integers(1, 12), min_size=4, max_size=4)))
    return fill(draw(FORMS), iter(small), iter(range(year, year + 6)))


@st.composite
def misread(draw: st.DrawFn, text: str) -> str:
    """A text with marks lost or swapped, cases changed and a letter taken for another; digits and
    Roman numerals stay.
    """
    parts = list(unicodedata.normalize("NFD", text))
    for place, part in enumerate(parts):
        if part in "IV":
            continue
        if unicodedata.combining(part) and draw(st.integers(0, 4)) == 0:
            parts[place] = draw(MARKS)
        elif part.isalpha() and draw(st.integers(0, 15)) == 0:
            parts[place] = part.swapcase()
    plain = unicodedata.normalize("NFC", "".join(parts))
    letters = [
        place for place, letter in enumerate(plain) if letter.isalpha() and letter not in "IV"
    ]
    wrong: bool = draw(st.booleans())
    if letters and wrong:
        place = draw(st.sampled_from(letters))
        plain = plain[:place] + draw(st.sampled_from(["", *"aceinotmrhu"])) + plain[place + 1 :]
    return plain


@settings(deadline=None, max_examples=300)
@given(st.data(), printed_deadlines())
def test_misread_words_are_right_or_flagged(data: st.DataObject, text: str) -> None:
    value, sure, _ = repair_deadline([data.draw(misread(text))])
    # The first letter's case, and hằng or hàng, which are both in use, are the reading's.
    assert (
        value.casefold().replace("hàng", "hằng")
        == even_dashes(text).casefold().replace("hàng", "hằng")
        or not sure
    )


@settings(deadline=None, max_examples=200)
@given(st.data(), printed_deadlines())
def test_no_digit_is_invented(data: st.DataObject, text: str) -> None:
    reading = data.draw(misread(text))
    assert re.findall(r"\d+", repair_deadline([reading])[0]) == re.findall(r"\d+", reading)


@settings(deadline=None, max_examples=200)
@given(st.data(), printed_deadlines())
def test_a_digit_read_differently_is_flagged(data: st.DataObject, text: str) -> None:
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    other = (
        text[:place]
        + str((int(text[place]) + data.draw(st.integers(1, 9))) % 10)
        + text[place + 1 :]
    )
    assert repair_deadline([other, text])[1] is False


@settings(deadline=None, max_examples=200)
@given(st.data(), printed_deadlines())
def test_repair_is_idempotent_and_nfc(data: st.DataObject, text: str) -> None:
    value = repair_deadline([data.draw(misread(text))])[0]
    assert repair_deadline([value])[0] == value
    assert repair_deadline([unicodedata.normalize("NFD", value)])[0] == value
    assert unicodedata.is_normalized("NFC", value)


@pytest.mark.parametrize("folder", ["truth", "truth-v2"])
def test_the_benchmarks_own_deadlines(folder: str) -> None:
    if not (SHARED / "benchmark" / folder).is_dir():
        pytest.skip("the shared benchmark is not here")
    with (SHARED / "benchmark" / folder / "tasks.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["deadline"]]
    for row in rows:
        found = read_deadline(row["deadline"])
        assert (found.kind, found.start, found.end, found.sure) == (
            row["deadline_kind"],
            row["start"],
            row["end"],
            True,
        )
        assert repair_deadline([row["deadline"]]) == (row["deadline"], True, "")


@pytest.mark.parametrize(
    ("readings", "value", "sure"),
    [
        (["Quý II, 2027", "Quý II, 2027"], "Quý II, 2027", True),
        (["Quý III/2026", "Quý HI/2026"], "Quý III/2026", True),
        (["Quý II/2026", "Quý HI/2026"], "Quý II/2026", False),
        (["Quý 1/2028", "Quý 1/2028"], "Quý I/2028", False),
        (["Quý IIII/2026", "Quý IIII/2026"], "Quý III/2026", False),
        (["Quý IIV/2026", "Quý IIV/2026"], "Quý IV/2026", False),
        (["Quý 1 - 2/2026", "Quý 1 - 2/2026"], "Quý 1 - 2/2026", True),
        (["Trước quý I1/2027", "Trước quý HI⁄2027"], "Trước quý II/2027", False),
        (
            ["Quý I1/2026; bàn giao quý IV/2027", "Quý I1/2026; bàn giao quý IV/2027"],
            "Quý II/2026; bàn giao quý IV/2027",
            False,
        ),
    ],
)
def test_a_quarter_is_sure_where_its_strokes_are(
    readings: list[str], value: str, sure: bool
) -> None:
    assert repair_deadline(readings)[:2] == (value, sure)


@pytest.mark.parametrize(
    ("text", "kind", "start", "end", "sure"),
    [
        ("Đầu quý II/2027", "during", "2027-04-01", "2027-06-30", False),
        ("Nửa cuối năm 2028", "during", "2028-07-01", "2028-12-31", True),
        ("2027 ÷ 2029", "during", "2027-01-01", "2029-12-31", True),
        (
            "Giai đoạn 2027 - 2029, định hướng đến năm 2035",
            "during",
            "2027-01-01",
            "2029-12-31",
            False,
        ),
        ("Trình trong tháng 9/2027", "during", "2027-09-01", "2027-09-30", True),
        ("Phê duyệt trước 15/5/2027", "before", "", "2027-05-14", True),
        ("Từ nay đến hết năm 2028", "before", "", "2028-12-31", True),
        ("Hết quý III/2028", "before", "", "2028-09-30", True),
        ("Quý I+II/2028", "during", "2028-01-01", "2028-06-30", True),
        ("Thường xuyên, hàng năm", "ongoing", "", "", False),
        ("Suốt nhiệm kỳ", "ongoing", "", "", False),
        ("Triển khai hằng quý", "recurring", "", "", True),
        ("Khi có chủ trương, hướng dẫn của cấp có thẩm quyền", "conditional", "", "", True),
        ("Sau khi đề án được phê duyệt", "conditional", "", "", True),
    ],
)
def test_other_words_for_the_same_and_vague_ones(
    text: str, kind: str, start: str, end: str, sure: bool
) -> None:
    found = read_deadline(text)
    assert (found.kind, found.start, found.end, found.sure) == (kind, start, end, sure)


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("Hằng quý, hằng năm", [("", "quarterly"), ("", "yearly")]),
        ("Định kỳ 6 tháng, năm", [("6 tháng", ""), ("năm", "")]),
        ("Hằng năm (trước ngày 20/11)", [("Trước ngày 20/11", "yearly")]),
        ("Mỗi tháng một lần", [("", "monthly")]),
    ],
)
def test_repeats_in_other_words(text: str, repeats: list[tuple[str, str]]) -> None:
    found = read_deadline(text)
    assert (found.kind, found.sure) == ("recurring", True)
    assert [(one.label, one.recurrence) for one in found.milestones] == repeats


@pytest.mark.parametrize(
    "text",
    [
        "Quý II/2026 - Quý I/2027",
        "Trình trong tháng 9/2027",
        "Giai đoạn 2027 - 2029 và định hướng 2035",
    ],
)
def test_what_two_engines_read_alike_and_the_grammar_knows_stays_as_printed(text: str) -> None:
    assert repair_deadline([text, text], ["vie", "line"])[0] == text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Quý III", "2027-07-01", "2027-09-30"),
        ("Tháng 5", "2027-05-01", "2027-05-31"),
        ("Trước 20/10", "", "2027-10-19"),
        ("6 tháng đầu năm", "2027-01-01", "2027-06-30"),
        ("Quý I/2028", "2028-01-01", "2028-03-31"),
        ("Xong sớm", "", ""),
    ],
)
def test_a_deadline_without_a_year_is_in_the_year_of_the_plan(
    text: str, start: str, end: str
) -> None:
    found = read_deadline_of_year(text, "2027")
    assert (found.start, found.end, found.sure) == (start, end, "2028" in text)
    assert read_deadline_of_year("Quý III", "").kind == ""


@pytest.mark.parametrize("text", ["", " ", "-", "..."])
def test_an_empty_cell_is_no_time_in_the_year_of_the_plan(text: str) -> None:
    assert read_deadline_of_year(text, "2027") == read_deadline("")


def test_the_year_of_a_plan_closes_its_title() -> None:
    assert year_of("KẾ HOẠCH Trồng rừng năm 2027") == "2027"
    assert year_of("KẾ HOẠCH Trồng rừng năm 2027 và định hướng đến năm 2031") == "2027"
    assert year_of("KẾ HOẠCH Trồng rừng đến năm 2027") == ""
    assert year_of("KẾ HOẠCH năm 2027 thực hiện Nghị quyết số 5-NQ/TU") == ""
