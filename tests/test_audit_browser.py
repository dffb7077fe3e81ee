"""The review page in a real browser: settled by keyboard alone, read by assistive technology, quick to open, and silent on the network."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from audit.review import make_review
from normalize.stage import run_tables
from schemas.files import read
from schemas.published import Repairs, Tasks
from schemas.settings import Settings
from tests.audit_work import make_work

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1300,1000",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    if CHROMIUM is None or DRIVER is None:
        pytest.fail("chromium and chromium-driver are not installed: ./setup.sh test installs them")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    yield driver
    driver.quit()


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


def doubted(work: Path) -> dict[str, str]:
    tasks = read(Tasks, work / "tables" / "tasks.parquet")
    return dict(zip(tasks["task_id"], tasks["review"], strict=True))


def test_three_cells_settled_by_keyboard_are_published(page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path) -> None:
    browser, work, source = page
    assert set(doubted(work).values()) == {"task"}
    settled = []
    for value in ("", "Mở rộng bến cảng số 1.", "Mở rộng bến cảng số 2."):
        settled.append(heading(browser).split("Nhiệm vụ ")[1].split(" ")[0])
        press(browser, *(["a"] if not value else ["e", Keys.CONTROL + "a", value, Keys.ENTER]))
    assert browser.find_element(By.ID, "progress").text == "3 trên 6 đã quyết định"
    press(browser, "w", "Trần Thị B", Keys.ESCAPE)
    corrections = download(browser, tmp_path / "downloads")
    shutil.copyfile(corrections, source.with_name("case.corrections.csv"))

    run_tables(work, source, source.with_name("case.corrections.csv"), Settings())
    tasks = read(Tasks, work / "tables" / "tasks.parquet").set_index("task_id")
    assert [tasks.loc[row, "review"] for row in settled] == ["", "", ""]
    assert [tasks.loc[row, "task"] for row in settled[1:]] == ["Mở rộng bến cảng số 1.", "Mở rộng bến cảng số 2."]
    assert sum(review == "task" for review in tasks["review"]) == 3
    decided = read(Repairs, work / "tables" / "repairs.parquet")
    named = decided[decided["rule"] == "correction"]
    assert named["row_id"].tolist() == sorted(settled[1:])
    assert all("Trần Thị B" in evidence for evidence in named["evidence"])


def download(browser: webdriver.Chrome, folder: Path) -> Path:
    folder.mkdir()
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    press(browser, "d")
    target = folder / "case.corrections.csv"
    deadline = time.monotonic() + 20
    while not target.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return target


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
    WebDriverWait(browser, 5).until(lambda b: b.find_element(By.ID, "status").text == "Chưa có quyết định nào")
    browser.find_element(By.ID, "keys").click()
    press(browser, "j")
    assert heading(browser) == first


def test_the_doubtful_word_and_the_place_are_shown(page: tuple[webdriver.Chrome, Path, Path]) -> None:
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
    assert browser.find_element(By.ID, "download").text == "Download the decisions"
    assert heading(browser).startswith("1 of 6: Tasks 1.1.")
    assert browser.execute_script("return document.documentElement.lang") == "en"


def test_tables_are_searched_without_marks_and_sorted(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    browser.find_element(By.CSS_SELECTOR, "[data-view=tables]").click()
    browser.find_element(By.ID, "search").send_keys("ngap man")
    assert browser.find_element(By.ID, "found").text == "2 hàng"
    browser.find_element(By.ID, "search").clear()
    browser.find_element(By.ID, "search").send_keys(Keys.SPACE)
    for _ in range(2):
        browser.find_element(By.CSS_SELECTOR, "#rows th button").click()
    assert browser.find_element(By.CSS_SELECTOR, "#rows th").get_attribute("aria-sort") == "descending"
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
        for control in browser.find_elements(By.CSS_SELECTOR, "button, input, select, textarea, img, [role=region]"):
            if control.is_displayed() and not (control.tag_name == "img" and view == "pages"):  # a thumbnail's caption says it all
                assert control.accessible_name, control.get_attribute("outerHTML")
    roles = {element.aria_role for element in browser.find_elements(By.CSS_SELECTOR, "header, main, nav, [role=status]")}
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
        for entry in browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
        if not entry.startswith("data:")
    ] == []
    assert browser.execute_script("return fetch('https://example.org').then(() => 'open', () => 'closed')") == "closed"


def test_forty_pages_open_at_once(browser: webdriver.Chrome, tmp_path: Path) -> None:
    work, source = make_work(tmp_path, pages=40, rows_a_page=8)
    run_tables(work, source, None, Settings())
    html = make_review(work, source, tmp_path / "out" / "case", None) / "review.html"
    assert html.stat().st_size < 15_000_000
    browser.get(html.as_uri())
    spent = browser.execute_script("const t = performance.getEntriesByType('navigation')[0]; return t.loadEventEnd - t.startTime")
    assert heading(browser).startswith("1 trên 320")
    assert spent < 2000


def test_a_document_without_doubts(browser: webdriver.Chrome, tmp_path: Path) -> None:
    work, source = make_work(tmp_path, pages=1, rows_a_page=1)
    corrections = source.with_name("case.corrections.csv")
    row = {"table": "tasks", "row_id": "1.1.1", "column": "task", "verdict": "accept", "who": "A", "when": "2026-01-01", "why": ""}
    run_tables(work, source, None, Settings())
    value = read(Tasks, work / "tables" / "tasks.parquet")["task"].iloc[0]
    columns = ["table", "row_id", "column", "read", "value", "verdict", "who", "when", "why"]
    pd.DataFrame([row | {"read": value, "value": value}], columns=columns).to_csv(corrections, index=False)
    run_tables(work, source, corrections, Settings())
    browser.get((make_review(work, source, tmp_path / "out" / "case", None) / "review.html").as_uri())
    assert heading(browser) == "Không có ô nào cần rà soát"
    press(browser, "j", "a", "d")
    assert browser.find_element(By.ID, "progress").text == "0 trên 0 đã quyết định"
