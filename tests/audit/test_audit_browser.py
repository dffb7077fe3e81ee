"""The review page in a real browser: settled by keyboard alone, read by assistive technology, and
silent on the network.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pandas as pd
import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

import pipeline
from audit.published.folder import load_folder
from audit.review import make_review
from audit.review_page.questions import form_of
from normalize.tables.stage import run_tables
from schemas.files import read, write
from schemas.published import TABLES
from schemas.row_frames import Repaired
from schemas.row_tables import Tasks
from schemas.settings import GateSettings, Settings
from schemas.table_kinds import ROW_TABLES
from tests.audit.audit_work import make_work
from tests.audit.browser import opened_browser
from tests.audit.reviewer import Sitting, true_cells
from tests.conftest import publish_variant
from tests.normalize.tables.test_typed import ERRORS
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
    browser.execute_script("localStorage.clear()")  # of the test before
    browser.refresh()
    return browser, work, source


def press(browser: webdriver.Chrome, *keys: str) -> None:
    for key in keys:
        browser.switch_to.active_element.send_keys(key)


def heading(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.ID, "doubt-title").text


def left(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.ID, "progress").text


def said(browser: webdriver.Chrome, text: str) -> None:
    WebDriverWait(browser, 5).until(lambda b: text in b.find_element(By.ID, "status").text)


def decisions(browser: webdriver.Chrome, folder: Path, who: str = "") -> list[dict[str, str]]:
    """The rows of the file that is downloaded."""
    path = Sitting(browser, {}).download(folder, who)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_who_knows_the_truth_settles_a_scan_by_keyboard(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    """On the sample itself: read by the real engines, settled in the page, downloaded, and run
    through the stages again.
    """
    folder = tmp_path / "document"
    out = publish_variant(folder, Variant(small=True), "copied")
    source, work = folder / "copied.pdf", folder / "published" / "work" / "copied"
    truth = true_cells(folder / "truth")
    browser.get((out / "review" / "review.html").as_uri())
    sitting = Sitting(browser, truth)
    sitting.settle_all()
    cells = sitting.cells()
    assert left(browser).startswith("Còn lại: 0 / ")
    assert len(cells) > 10
    assert sitting.keys <= 1.3 * sitting.questions + 5 * len(sitting.typed)
    shutil.copy(sitting.download(tmp_path / "downloads", "Trần Thị B"), folder)

    settings = Settings(gate=GateSettings(max_missing_rows=100, max_restored_share=1.0))
    pipeline.tables(work, source, settings)
    pipeline.publish(work, source, out, settings)
    published = load_folder(out)
    repairs = read(TABLES["repairs"], out / "repairs.parquet")
    changed = [cell for cell in cells if cell["now"] != cell["value"]]
    assert changed
    for table, row_id, column, now in [(*cell["key"], cell["now"]) for cell in cells]:
        row = published.row(table, row_id)
        assert row is not None
        assert row.values[column] == now
        assert column not in published.doubted(row)
    named = repairs[repairs["rule"] == "correction"]
    assert {tuple(cell["key"]) for cell in changed} <= set(
        named[["table", "row_id", "column"]].itertuples(index=False, name=None)
    )
    assert all(evidence.startswith("Trần Thị B; 20") for evidence in named["evidence"])
    assert "correction_unused" not in (out / "metrics.json").read_text(encoding="utf-8")
    browser.get((out / "review" / "review.html").as_uri())
    assert heading(browser) == "Không có ô nào cần rà soát"


def test_the_same_doubt_in_two_places_is_settled_once_or_apart(
    page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path
) -> None:
    browser = page[0]
    assert left(browser) == "Còn lại: 3 / 3"
    assert len(browser.find_elements(By.CSS_SELECTOR, "#pictures .paper img")) == 2
    press(browser, "2")
    said(browser, "×2")
    assert left(browser) == "Còn lại: 2 / 3"
    press(browser, Keys.F8, Keys.TAB, Keys.SPACE, Keys.ESCAPE)
    assert left(browser) == "Còn lại: 3 / 4"
    press(browser, Keys.ENTER, "khác", Keys.ENTER, Keys.ENTER)
    assert left(browser) == "Còn lại: 0 / 4"
    rows = decisions(browser, tmp_path / "found", "Trần Thị B")
    verdicts = [row["verdict"] for row in rows]
    assert (len(rows), verdicts.count("change"), verdicts.count("accept")) == (6, 3, 3)
    assert {row["value"] == row["read"] for row in rows if row["verdict"] == "change"} == {
        True,
        False,
    }
    typed = [row["value"] for row in rows if " khác " in row["value"]]
    assert len(typed) == 1


def test_a_word_is_typed_and_the_cell_put_together_again(
    page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path
) -> None:
    browser = page[0]
    before = browser.execute_script("return lead().of.value")
    word = browser.execute_script("return lead().choices[0][0]")
    press(browser, Keys.SPACE, Keys.END, ' 2", mới', Keys.ENTER)
    rows = decisions(browser, tmp_path / "found", "Lê C")
    assert len(rows) == 2
    assert before.replace(f" {word} ", f' {word} 2", mới ') in [row["value"] for row in rows]


def test_a_word_beside_the_doubtful_one_is_put_right_too(
    page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path
) -> None:
    browser = page[0]
    before, row = browser.execute_script("return [lead().of.value, lead().of.row]")
    press(browser, Keys.F6, Keys.ARROW_RIGHT, Keys.ARROW_LEFT, "khác", Keys.ENTER, Keys.ENTER)
    assert left(browser) == "Còn lại: 2 / 3"
    words = before.split()
    rows = {found["row_id"]: found for found in decisions(browser, tmp_path / "found", "Lê C")}
    assert rows[row]["value"].split() == [*words[:3], "khác", *words[4:]]
    browser.refresh()
    assert browser.execute_script("return Object.keys(state.decisions).length") == 3


def test_the_whole_cell_is_written_and_a_step_taken_back(
    page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path
) -> None:
    browser = page[0]
    press(browser, Keys.F2, Keys.CONTROL + "a", "Mở rộng  bến cảng.", Keys.ENTER)
    found = "return cells.filter((cell) => composed(cell) === 'Mở rộng bến cảng.').length"
    assert browser.execute_script(found) == 1
    assert left(browser) == "Còn lại: 3 / 3"  # the other place of the question is open
    press(browser, Keys.BACKSPACE)
    assert browser.execute_script(found) == 0
    press(browser, Keys.ENTER, Keys.ENTER, Keys.BACKSPACE, Keys.CONTROL + "z")
    assert left(browser) == "Còn lại: 3 / 3"
    press(browser, Keys.BACKSPACE)
    said(browser, "Không có bước nào")


def test_keys_lead_through_the_questions(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    first = heading(browser)
    press(browser, Keys.ARROW_RIGHT)
    assert heading(browser) != first
    press(browser, Keys.ARROW_LEFT)
    assert heading(browser) == first
    press(browser, Keys.ARROW_DOWN, Keys.ENTER, Keys.ARROW_LEFT)
    assert browser.find_element(By.ID, "decided").text.startswith("đã quyết định: ")
    assert browser.execute_script("return decisionOf(lead()).value === lead().choices[1][0]")
    press(browser, Keys.F4)
    assert browser.find_element(By.CSS_SELECTOR, "#sheet-paper img").is_displayed()
    before = browser.execute_script("return [view.zoom, view.x]")
    press(browser, "+", Keys.ARROW_LEFT)
    after = browser.execute_script("return [view.zoom, view.x]")
    assert after[0] > before[0]
    assert after[1] != before[1]
    press(browser, Keys.ESCAPE)
    assert browser.switch_to.active_element.get_attribute("id") == "answer"


def test_questions_are_filtered_and_ordered(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    press(browser, Keys.F9)
    Select(browser.find_element(By.ID, "by-page")).select_by_value("2")
    pages = "return asked.map((question) => question.map((spot) => spot.page))"
    assert all(2 in found for found in browser.execute_script(pages))
    Select(browser.find_element(By.ID, "by-page")).select_by_value("")
    Select(browser.find_element(By.ID, "order")).select_by_value("page")
    places = browser.execute_script("return asked.map(place)")
    assert places == sorted(places)
    assert len(places) == 3


# ---- an interrupted sitting


def test_a_closed_browser_loses_nothing(
    page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path
) -> None:
    browser = page[0]
    browser.find_element(By.ID, "who").send_keys("Trần Thị B")
    browser.find_element(By.ID, "answer").send_keys("2", Keys.ENTER)
    here = heading(browser)
    address = browser.current_url
    browser.get("about:blank")
    browser.get(address)
    assert left(browser) == "Còn lại: 1 / 3"
    assert heading(browser) == here
    assert browser.find_element(By.ID, "who").get_attribute("value") == "Trần Thị B"
    press(browser, Keys.BACKSPACE, Keys.BACKSPACE)
    assert left(browser) == "Còn lại: 3 / 3"


def test_a_run_in_between_keeps_what_it_did_not_see(
    page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path
) -> None:
    """What is in the file is applied, what is not stays decided in the page."""
    browser, work, source = page
    press(browser, "2")
    rows = decisions(browser, tmp_path / "found", "Trần Thị B")
    assert len(rows) == 2
    press(browser, Keys.ESCAPE, Keys.ENTER)
    corrections = source.with_name("case.corrections.csv")
    shutil.copyfile(tmp_path / "found" / "case.corrections.csv", corrections)
    run_tables(work, source, corrections, Settings())
    make_review(work, source, tmp_path / "out" / "case", None)
    browser.refresh()
    assert left(browser) == "Còn lại: 1 / 2"
    assert not browser.find_element(By.ID, "lost").is_displayed()
    again = decisions(browser, tmp_path / "again")
    assert len(again) == 4
    assert all(row in again for row in rows)


def test_a_second_version_takes_over_what_reads_the_same_and_shows_the_rest(
    page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path
) -> None:
    browser, work, source = page
    press(browser, Keys.ENTER, "2")
    taken = "return Object.keys(state.decisions).length"
    assert browser.execute_script(taken) == 4
    source.write_bytes(source.read_bytes() + b"\n% another version")
    repaired = read(Repaired, work / "repair" / "repaired.parquet")
    changed = browser.execute_script("return asked[1][0].of.row")
    here = (repaired["row_id"] == changed) & (repaired["column"] == "task")
    repaired.loc[here & (repaired["word_no"] == 1), ["text", "value"]] = "Khác"
    write(Repaired, repaired, work / "repair" / "repaired.parquet")
    run_tables(work, source, None, Settings())
    make_review(work, source, tmp_path / "out" / "case", None)
    browser.refresh()
    assert browser.execute_script(taken) == 3
    lost = browser.find_element(By.ID, "lost")
    assert lost.is_displayed()
    lost.find_element(By.TAG_NAME, "summary").click()
    assert "chỗ này nay đọc khác" in lost.text
    assert changed in lost.text
    browser.refresh()
    assert browser.find_element(By.ID, "lost").is_displayed()


def test_decisions_that_no_longer_apply_are_shown(
    page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path
) -> None:
    browser, work, source = page
    corrections = source.with_name("case.corrections.csv")
    corrections.write_text(
        "table,row_id,column,read,value,verdict,who,when,why\n"
        "tasks,9.9.9,lead,a,b,change,A,2026-01-01T00:00:00Z,\n",
        encoding="utf-8",
    )
    run_tables(work, source, corrections, Settings())
    make_review(work, source, tmp_path / "out" / "case", None)
    browser.refresh()
    lost = browser.find_element(By.ID, "lost")
    lost.find_element(By.TAG_NAME, "summary").click()
    assert "tasks 9.9.9 lead" in lost.text
    press(browser, Keys.ESCAPE, Keys.ENTER)
    assert decisions(browser, tmp_path / "found", "B")[0]["row_id"] == "9.9.9"


def test_a_downloaded_file_goes_on(
    page: tuple[webdriver.Chrome, Path, Path], tmp_path: Path
) -> None:
    browser = page[0]
    press(browser, "2", 'Mở "cảng",', Keys.ENTER)
    rows = decisions(browser, tmp_path / "first", "Trần Thị B")
    path = tmp_path / "first" / "case.corrections.csv"
    other = "tasks,9.9.9,lead,a,b,change,A,2026-01-01T00:00:00Z,\n"
    path.write_text(path.read_text(encoding="utf-8") + other, encoding="utf-8")
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    browser.find_element(By.ID, "file").send_keys(str(path))
    WebDriverWait(browser, 5).until(lambda b: left(b) == "Còn lại: 1 / 3")
    browser.find_element(By.ID, "answer").send_keys(Keys.ENTER)
    again = decisions(browser, tmp_path / "again", "Lê Văn C")
    assert again[0]["row_id"] == "9.9.9"
    assert all(row in again for row in rows)
    assert [row["who"] for row in again].count("Lê Văn C") == 2


# ---- what is typed into a page from disk, and what the stage says of it

# reasons that lists and forms alone do not tell: what a text means, a document's other rows
UNSEEN = {"deadline_vague", "body_misspelt", "control_character", "derived", "not_decided"}
FORM = """const [table, column, form, value] = arguments;
const of = {table, row: "1.1.1", value: "x", read: "x", appendix: "3", unit: "%", also: []};
return checkedHere({form, word: -1, of}, value).level;"""


def level(browser: webdriver.Chrome, table: str, column: str, value: str) -> str:
    return str(browser.execute_script(FORM, table, column, form_of(table, column), value))


def test_the_page_from_disk_doubts_what_the_stage_refuses(
    page: tuple[webdriver.Chrome, Path, Path],
) -> None:
    """On the table of typing errors; and it has nothing against what the stage takes."""
    browser = page[0]
    asked = {"lead", "coordinating", "deadline", "funding", "unit", "target", "value", "period"}
    asked |= {"group_id", "section_id", "task_id", "task", "name", "text", "note"}
    errors = [
        (table, column, value)
        for table, column, value, reason, _ in ERRORS
        if column in asked and table in ROW_TABLES and reason not in UNSEEN
    ]
    browser.execute_script("data.date = '2025-11-20'")
    missed = [error for error in errors if level(browser, *error) == "fine"]
    assert len(errors) > 30
    assert [error for error in missed if error[2] != "1.2.1"] == []  # a row that this one lacks
    assert level(browser, "tasks", "task_id", "1.1.2") == "wrong"
    right = [
        ("tasks", "lead", "Sở Tài chính; Sở Y tế"),
        ("tasks", "lead", "sở y tế"),
        ("tasks", "deadline", "Quý II/2026"),
        ("tasks", "deadline", "Trước ngày 30/6/2026"),
        ("tasks", "deadline", "Thực hiện thường xuyên"),
        ("tasks", "deadline", "Giai đoạn 2026 - 2030"),
        ("tasks", "funding", "Ngân sách nhà nước"),
        ("indicators", "target", "≥ 45,5"),
        ("indicators", "target", "10 - 12%"),
        ("indicators", "unit", "Triệu đồng"),
        ("growth", "value", "-3,5"),
        ("tasks", "group_id", "1.1"),
    ]
    assert [entry for entry in right if level(browser, *entry) != "fine"] == []


# ---- what is shown, and to whom


def test_the_doubtful_word_and_the_place_are_shown(
    page: tuple[webdriver.Chrome, Path, Path],
) -> None:
    browser = page[0]
    picture = browser.find_element(By.CSS_SELECTOR, "#pictures img")
    natural = browser.execute_script("return arguments[0].naturalWidth", picture)
    assert natural > 500
    assert "trang" in (picture.get_attribute("alt") or "")
    outline = browser.find_element(By.CSS_SELECTOR, "#pictures .outline").rect
    assert 5 < outline["width"] < picture.rect["width"] / 3
    assert browser.find_element(By.CSS_SELECTOR, "#sentence mark.current").is_displayed()
    chosen = browser.find_elements(By.CSS_SELECTOR, "#choices [role=option]")
    assert [option.get_attribute("aria-selected") for option in chosen] == [
        "true",
        "false",
        "false",
    ]


def test_a_link_of_the_workbook_opens_the_row(
    page: tuple[webdriver.Chrome, Path, Path],
) -> None:
    browser = page[0]
    table, row = browser.execute_script("const d = data.doubts.at(-1); return [d.table, d.row]")
    browser.execute_script("location.hash = arguments[0]", f"#{table}:{quote(row, safe='')}")
    asked = "return asked[current].some((spot) => spot.of.row === arguments[0])"
    WebDriverWait(browser, 5).until(lambda b: b.execute_script(asked, row))
    assert heading(browser).startswith("3/3")
    browser.execute_script("location.hash = '#document:case'")  # a row without doubts
    WebDriverWait(browser, 5).until(lambda b: b.find_element(By.ID, "view-tables").is_displayed())
    assert browser.find_element(By.ID, "table").get_attribute("value") == "document"
    assert browser.find_element(By.ID, "search").get_attribute("value") == "case"


def test_english_labels(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    Select(browser.find_element(By.ID, "language")).select_by_value("en")
    assert browser.find_element(By.ID, "download").text == "Download decisions"
    assert heading(browser).startswith("1/3 · Tasks 1.1.")
    assert browser.execute_script("return document.documentElement.lang") == "en"
    browser.refresh()
    assert browser.find_element(By.ID, "download").text == "Download decisions"


@pytest.mark.parametrize("size", [(1366, 640), (1920, 940), (3840, 2000)])
def test_no_button_is_below_the_fold(
    page: tuple[webdriver.Chrome, Path, Path], size: tuple[int, int]
) -> None:
    browser = page[0]
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False},
    )
    try:
        for act in ([], [Keys.F2], [Keys.ESCAPE, Keys.F4]):
            press(browser, *act)
            below = browser.execute_script(
                """return [...document.querySelectorAll("button, #answer, #choices li")]
                .filter((e) => e.offsetParent && !e.closest("#list"))
                .map((e) => [e.id, e.getBoundingClientRect()])
                .filter(([, r]) => r.bottom > innerHeight + 1 || r.right > innerWidth + 1)
                .map(([id]) => id)"""
            )
            assert below == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


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
    assert (
        browser.execute_script("return question().map((spot) => spot.of.row)").count("1.1.6") == 1
    )


def test_pages_with_marks_and_the_plot(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    browser.find_element(By.CSS_SELECTOR, "[data-view=pages]").click()
    images = browser.find_elements(By.CSS_SELECTOR, "figure img[loading=lazy]")
    assert [bool(image.get_attribute("src")) for image in images] == [True, True]
    marks = browser.find_elements(By.CSS_SELECTOR, ".mark")
    assert len(marks) == 6
    browser.find_element(By.CSS_SELECTOR, "[data-view=reliability]").click()
    assert len(browser.find_elements(By.CSS_SELECTOR, "svg.plot rect")) == 20


def test_everything_has_a_name_and_a_place(page: tuple[webdriver.Chrome, Path, Path]) -> None:
    browser = page[0]
    for view in ("review", "pages", "tables", "reliability"):
        browser.execute_script(
            "document.querySelectorAll('details').forEach((d) => { d.open = true; })"
        )
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
    assert browser.switch_to.active_element.get_attribute("id") == "answer"
    while browser.switch_to.active_element.get_attribute("class") != "skip":
        ActionChains(browser).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
    style = browser.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert browser.switch_to.active_element.text == "Đến nội dung chính"
    assert style == "solid"
    assert browser.find_element(By.ID, "answer").aria_role == "combobox"
    assert browser.find_element(By.ID, "choices").aria_role == "listbox"


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
    press(browser, Keys.TAB)
    browser.find_element(By.ID, "download").click()
    said(browser, "Chưa có quyết định nào")
    assert left(browser) == "Còn lại: 0 / 0"
