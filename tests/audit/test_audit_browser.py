"""The review page in a real browser: settled by keyboard alone, read by assistive technology, and
silent on the network.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

import pipeline
from audit.published.folder import load_folder
from audit.review import make_review
from normalize.tables.stage import run_tables
from schemas.files import read
from schemas.published import TABLES
from schemas.row_tables import Tasks
from schemas.settings import GateSettings, Settings
from tests.audit.audit_work import make_work
from tests.audit.browser import opened_browser
from tests.conftest import publish_variant
from tests.sample.variant import Variant


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    with opened_browser() as found:
        yield found


@pytest.fixture
def page(browser: webdriver.Chrome, tmp_path: Path) -> tuple[webdriver.Chrome, Path, Path]:
    work, source = make_work(tmp_path)
    run_tables(work, source, None, Settings())
    review = make_review(work, source, tmp_path / "out" / "case", None)
    browser.get((review / "review.html").as_uri())
    return browser, work, source


def press(browser: webdriver.Chrome, *keys: str) -> None:
    for key in keys:
        browser.switch_to.active_element.send_keys(key)


def heading(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.ID, "doubt-title").text


def test_three_cells_settled_by_keyboard_are_published(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    """On the sample itself: read by the real engines, settled in the page, downloaded, and run
    through the stages again.
    """
    folder = tmp_path / "document"
    out = publish_variant(folder, Variant(small=True), "poor")
    source, work = folder / "poor.pdf", folder / "published" / "work" / "poor"
    browser.get((out / "review" / "review.html").as_uri())
    doubts = browser.execute_script("return data.doubts")
    words = ("task", "text", "name", "title")
    first, second = [number for number, doubt in enumerate(doubts) if doubt["column"] in words][:2]
    closed = next(
        number
        for number, doubt in enumerate(doubts)
        if doubt["column"] in ("deadline", "target", "value")
    )
    browser.find_element(By.TAG_NAME, "body").send_keys("j" * closed)
    settle(browser, doubts[closed], "")
    go_to(browser, doubts[first])
    settle(browser, doubts[first], "Mở rộng bến cảng số 1.")
    go_to(browser, doubts[second])
    settle(browser, doubts[second], "Mở rộng bến cảng số 2.")
    assert browser.find_element(By.ID, "progress").text == f"3 trên {len(doubts)} đã quyết định"
    press(browser, "w", "Trần Thị B", Keys.ESCAPE)
    shutil.copyfile(
        download(browser, tmp_path / "downloads"), source.with_name("poor.corrections.csv")
    )

    settings = Settings(gate=GateSettings(max_missing_rows=100))
    pipeline.tables(work, source, settings)
    pipeline.publish(work, source, out, settings)
    repairs = read(TABLES["repairs"], out / "repairs.parquet")
    published = load_folder(out)
    for doubt in (doubts[closed], doubts[first], doubts[second]):
        row, key = (
            published.row(doubt["table"], doubt["row"]),
            (doubt["table"], doubt["row"], doubt["column"]),
        )
        assert row is not None
        assert doubt["column"] not in row.doubted
        if doubt is not doubts[closed]:
            number = 1 if doubt is doubts[first] else 2
            assert row.values[doubt["column"]] == f"Mở rộng bến cảng số {number}."
        assert (published.cells[key].confidence, published.cells[key].doubtful) == (1.0, ())
    named = repairs[repairs["rule"] == "correction"]
    assert sorted(named["row_id"]) == sorted(doubts[n]["row"] for n in (first, second))
    assert all(evidence.startswith("Trần Thị B; 20") for evidence in named["evidence"])
    browser.get((out / "review" / "review.html").as_uri())
    assert len(browser.execute_script("return data.doubts")) == len(doubts) - 3
    assert "correction_unused" not in (out / "metrics.json").read_text(encoding="utf-8")


def go_to(browser: webdriver.Chrome, doubt: dict[str, Any]) -> None:
    """Press j until the page shows a doubt."""
    for _ in range(len(browser.find_elements(By.CSS_SELECTOR, "#list li"))):
        if browser.execute_script(
            "return [data.doubts[current].row, data.doubts[current].column]"
        ) == [doubt["row"], doubt["column"]]:
            return
        press(browser, "j")


def settle(browser: webdriver.Chrome, doubt: dict[str, Any], value: str) -> None:
    """Accept the doubt that is shown, or give it another value."""
    assert doubt["row"].split("|")[0] in heading(browser)
    press(browser, *(["a"] if not value else ["e", Keys.CONTROL + "a", value, Keys.ENTER]))


def download(browser: webdriver.Chrome, folder: Path) -> Path:
    folder.mkdir()
    browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
    )
    press(browser, "d")
    WebDriverWait(browser, 20).until(lambda _: list(folder.glob("*.corrections.csv")))
    return next(folder.glob("*.corrections.csv"))


def test_decisions_of_an_earlier_sitting_go_on(
    page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path
) -> None:
    browser = page[0]
    press(
        browser,
        "a",
        "e",
        Keys.CONTROL + "a",
        'Mở "cảng", số 1.',
        Keys.ENTER,
        "w",
        "Trần Thị B",
        Keys.ESCAPE,
    )
    first = download(browser, tmp_path / "first")
    browser.refresh()
    other = "tasks,9.9.9,lead,a,b,change,A,2026-01-01T00:00:00Z,\n"
    first.write_text(first.read_text(encoding="utf-8") + other, encoding="utf-8")
    browser.find_element(By.ID, "file").send_keys(str(first))
    WebDriverWait(browser, 5).until(
        lambda b: b.find_element(By.ID, "progress").text == "2 trên 6 đã quyết định"
    )
    browser.find_element(By.ID, "doubt-title").send_keys("a", "w")
    press(browser, "Lê Văn C", Keys.ESCAPE)
    second = read_decisions(download(browser, tmp_path / "second"))
    assert second[:1] == [("9.9.9", "b", "A")]
    assert sorted(second[1:3]) == sorted(
        (row, value, who) for row, value, who in read_decisions(first) if row != "9.9.9"
    )
    assert second[3][2] == "Lê Văn C"


def read_decisions(path: Path) -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["row_id"], row["value"], row["who"]) for row in csv.DictReader(file)]


def test_keys_lead_through_the_doubts(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    first = heading(browser)
    press(browser, "j")
    assert heading(browser) != first
    press(browser, "k")
    assert heading(browser) == first
    press(browser, "a", "k", "u")
    assert heading(browser) == first
    assert browser.find_element(By.ID, "progress").text.startswith("0 ")
    press(browser, "d")
    WebDriverWait(browser, 5).until(
        lambda b: b.find_element(By.ID, "status").text == "Chưa có quyết định nào"
    )
    browser.find_element(By.ID, "keys").click()
    press(browser, "j")
    assert heading(browser) == first


def test_the_doubtful_word_and_the_place_are_shown(
    page: tuple[webdriver.Chrome, Path, Path],
) -> None:
    browser = page[0]
    marks = [mark.text for mark in browser.find_elements(By.CSS_SELECTOR, "#doubt > p.text mark")]
    assert len(marks) == 2  # in the value and in what was read
    assert marks[0].split("\n")[0] != marks[1].split("\n")[0]
    picture = browser.find_element(By.CSS_SELECTOR, ".piece img")
    assert browser.execute_script("return arguments[0].naturalWidth", picture) > 100
    assert "trang" in (picture.get_attribute("alt") or "")
    outline = browser.find_element(By.CSS_SELECTOR, ".piece rect").rect
    assert outline["width"] < picture.rect["width"]


def test_english_labels(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    Select(browser.find_element(By.ID, "language")).select_by_value("en")
    assert browser.find_element(By.ID, "download").text == "Download decisions"
    assert heading(browser).startswith("1 of 6: Tasks 1.1.")
    assert browser.execute_script("return document.documentElement.lang") == "en"


def test_tables_are_searched_without_marks_and_sorted(
    page: tuple[webdriver.Chrome, Path, Path],
) -> None:
    browser = page[0]
    browser.find_element(By.CSS_SELECTOR, "[data-view=tables]").click()
    browser.find_element(By.ID, "search").send_keys("ngap man")
    assert browser.find_element(By.ID, "found").text == "2 hàng"
    browser.find_element(By.ID, "search").clear()
    browser.find_element(By.ID, "search").send_keys(Keys.SPACE)
    for _ in range(2):
        browser.find_element(By.CSS_SELECTOR, "#rows th button").click()
    assert (
        browser.find_element(By.CSS_SELECTOR, "#rows th").get_attribute("aria-sort") == "descending"
    )
    first = browser.find_element(By.CSS_SELECTOR, "#rows tbody td").text
    assert first == "1.1.6"
    browser.find_element(By.CSS_SELECTOR, "#rows td.doubted button").click()
    assert "1.1.6" in heading(browser)


def test_pages_with_marks_and_the_plot(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    browser.find_element(By.CSS_SELECTOR, "[data-view=pages]").click()
    assert len(browser.find_elements(By.CSS_SELECTOR, "figure img[loading=lazy]")) == 2
    marks = browser.find_elements(By.CSS_SELECTOR, ".mark")
    assert len(marks) == 6
    browser.find_element(By.CSS_SELECTOR, "[data-view=reliability]").click()
    assert len(browser.find_elements(By.CSS_SELECTOR, "svg.plot rect")) == 20


def test_everything_has_a_name_and_a_place(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    for view in ("review", "pages", "tables", "reliability"):
        browser.find_element(By.CSS_SELECTOR, f"[data-view={view}]").click()
        for control in browser.find_elements(
            By.CSS_SELECTOR, "button, input, select, textarea, img, [role=region]"
        ):
            # a thumbnail's caption says it all
            if control.is_displayed() and not (control.tag_name == "img" and view == "pages"):
                assert control.accessible_name, control.get_attribute("outerHTML")
    roles = {
        element.aria_role
        for element in browser.find_elements(By.CSS_SELECTOR, "header, main, nav, [role=status]")
    }
    assert {"banner", "main", "navigation", "status"} <= roles
    browser.refresh()
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    style = browser.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert browser.switch_to.active_element.text == "Đến nội dung chính"
    assert style == "solid"


def test_nothing_is_asked_of_a_network(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    assert [
        entry
        for entry in browser.execute_script(
            "return performance.getEntriesByType('resource').map(e => e.name)"
        )
        if not entry.startswith("data:")
    ] == []
    assert (
        browser.execute_script(
            "return fetch('https://example.org').then(() => 'open', () => 'closed')"
        )
        == "closed"
    )


def test_a_document_without_doubts(browser: webdriver.Chrome, tmp_path: Path) -> None:
    work, source = make_work(tmp_path, pages=1, rows_a_page=1)
    corrections = source.with_name("case.corrections.csv")
    row = {
        "table": "tasks",
        "row_id": "1.1.1",
        "column": "task",
        "verdict": "accept",
        "who": "A",
        "when": "2026-01-01",
        "why": "",
    }
    run_tables(work, source, None, Settings())
    value = read(Tasks, work / "tables" / "tasks.parquet")["task"].iloc[0]
    columns = ["table", "row_id", "column", "read", "value", "verdict", "who", "when", "why"]
    pd.DataFrame([row | {"read": value, "value": value}], columns=columns).to_csv(
        corrections, index=False
    )
    run_tables(work, source, corrections, Settings())
    browser.get(
        (make_review(work, source, tmp_path / "out" / "case", None) / "review.html").as_uri()
    )
    assert heading(browser) == "Không có ô nào cần rà soát"
    press(browser, "j", "a", "d")
    assert browser.find_element(By.ID, "progress").text == "0 trên 0 đã quyết định"
