"""The fictional programmes in other forms: what is printed is what their truth says."""

import io
import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from tests.sample.form_truth import Tables, form_truth
from tests.sample.form_typeset import typeset_form
from tests.sample.forms import DITTO, NAMES, PROGRAMMES, load
from tests.sample.typeset import Printed


@cache
def printing(name: str) -> Printed:
    return typeset_form(load(name))


@cache
def truth(name: str) -> Tables:
    return form_truth(load(name), printing(name))


@cache
def pages(name: str) -> list[str]:
    """Each page's letters and figures, without spaces and signs, as they were set."""
    with pdfplumber.open(io.BytesIO(printing(name).pdf)) as document:
        texts = [
            " ".join(w["text"] for w in page.extract_words(use_text_flow=True))
            for page in document.pages
        ]
    return [letters(text) for text in texts]


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("path", sorted(PROGRAMMES.glob("*.txt")), ids=lambda path: path.stem)
def test_texts_are_nfc_without_stray_space(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert re.search(r"[^\S\n]{3,}|[^\S\n]$|\u00a0|\r", text, re.MULTILINE) is None


@pytest.mark.parametrize("name", NAMES)
def test_each_is_plentiful_and_its_keys_are_unique(name: str) -> None:
    tables = truth(name)
    assert 3 <= int(tables["document"][0]["pages"]) <= 7
    assert len(tables["tasks"]) >= 25
    assert len(tables["indicators"]) >= 10
    assert len(tables["paragraphs"]) >= 20
    for table, keys in (
        ("tasks", ["task_id"]),
        ("indicators", ["indicator_id"]),
        ("groups", ["appendix", "group_id"]),
    ):
        seen = [tuple(row[key] for key in keys) for row in tables[table]]
        assert len(set(seen)) == len(seen), table


@pytest.mark.parametrize("name", NAMES)
def test_what_the_truth_says_stands_on_its_page(name: str) -> None:
    tables = truth(name)
    columns = (
        ("tasks", "task"),
        ("indicators", "name"),
        ("groups", "title"),
        ("paragraphs", "text"),
        ("growth", "value"),
    )
    for table, column in columns:
        for row in tables[table]:
            place = int(row["page_no"])
            text = "".join(pages(name)[place - 1 : place + 1])
            if not row[column] or table == "paragraphs":
                text = re.sub(r"(?<=\D)\d(?=\D)", "", text)  # marks of footnotes
                assert re.sub(r"\d", "", letters(row[column]))[:40] in re.sub(r"\d", "", text), (
                    table,
                    row,
                )
            elif table == "tasks":  # a word of it may bear a footnote's mark
                assert re.sub(r"\d", "", letters(row[column])) in re.sub(r"\d", "", text), row
            else:
                assert letters(row[column]) in text, (table, row)


@pytest.mark.parametrize("name", NAMES)
def test_a_ditto_mark_is_printed_and_the_value_above_is_published(name: str) -> None:
    programme = load(name)
    for place, part in enumerate(programme.parts, 1):
        rows = [line for line in part.lines() if line.kind != "G"]
        for above, line in pairwise(rows):
            for key in [
                key for key, text in line.fields.items() if text in DITTO and part.kind == "tasks"
            ]:
                tasks = [
                    row
                    for row in truth(name)["tasks"]
                    if row["appendix"] == programme.parts[place - 1].appendix
                ]
                pair = next((a, b) for a, b in pairwise(tasks) if b["task"] == line.fields["task"])
                assert pair[1][key] == pair[0][key] != "", (above, line)
                assert not set(DITTO) & set(pair[1].values())


def test_the_truth_of_rows_whose_numbers_begin_anew() -> None:
    highland = {row["task_id"]: row for row in truth("highland")["tasks"]}
    assert (
        highland["3(b)"]["parent_id"],
        highland["3(b)"]["group_id"],
        highland["3(b)"]["section_id"],
    ) == ("3", "A", "A.I")
    assert (highland["20"]["coordinating"], highland["20"]["number"]) == ("", "20")
    delta = {row["task_id"]: row for row in truth("delta")["tasks"]}
    assert (delta["1.1.3(2)"]["number"], delta["3/B.2"]["number"], delta["3/B.2"]["group_id"]) == (
        "",
        "02",
        "3/B",
    )
    coast = {row["task_id"]: row for row in truth("coast")["tasks"]}
    assert coast["II.4"]["coordinating"].count("; ") == 2
    assert (coast["III.1"]["deadline_kind"], coast["III.1"]["end"]) == ("before", "2026-11-14")
