"""The benchmark's own arithmetic."""

from __future__ import annotations

import csv

from tests.benchmark.__main__ import BARS, SMALL, UNTUNED, form_names, missed_bars, to_figures


def test_what_was_never_counted_is_none() -> None:
    counts = {"rows": 4, "text": 2, "coded": 2, "text_wrong": 1, "words": 10, "chars": 50}
    figures = to_figures({"all": counts, "citations": {"missing": 1, "extra": 0}})
    assert {
        name: figures[name]
        for name in ("missing", "text_wrong%", "coded_silent%", "WER%", "citations")
    } == {
        "missing": 0,
        "text_wrong%": 50,
        "coded_silent%": 0,
        "WER%": 0,
        "citations": 1,
    }


def test_a_missed_bar_is_named() -> None:
    assert missed_bars(
        {"part-office -> part-v2-office": {"changes_missed": 1, "undecided": 1}}
    ) == ["part-office -> part-v2-office: changes_missed is 1.000, at most 0 is allowed"]


def test_each_programme_in_another_form_has_bars_but_the_untuned_one() -> None:
    with BARS.open(encoding="utf-8", newline="") as file:
        bars = {(row["scan"], row["figure"]) for row in csv.DictReader(file)}
    wanted = ("missing", "extra", "coded_silent%", "text_silent%", "coded_wrong%", "text_review%")
    assert {(name, figure) for name in form_names([]) for figure in wanted} <= bars
    assert not {scan for scan, _ in bars} & set(UNTUNED)
    assert form_names(["delta-office", "sample"]) == ["delta-office"]


def test_scans_with_a_hardship_lose_no_row_and_publish_nothing_wrong_in_silence() -> None:
    with BARS.open(encoding="utf-8", newline="") as file:
        bars = {(row["scan"], row["figure"]): float(row["at_most"]) for row in csv.DictReader(file)}
    for figure in ("missing", "extra", "text_silent%", "coded_silent%", "citations"):
        assert {scan: bars[scan, figure] for scan in SMALL} == dict.fromkeys(SMALL, 0.0), figure
