"""The review page served on this machine: to its own page alone, and nothing lost."""

from __future__ import annotations

import http.client
import json
import socket
import struct
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

import pipeline
from audit.review import make_review
from audit.station import served
from audit.station.server import Station, serving
from audit.station.sitting import Sitting, decided_in
from normalize.tables.stage import run_tables
from schemas.errors import InputError
from schemas.settings import Params, Settings
from tests.audit.audit_work import make_work
from tests.audit.browser import opened_browser

HEAD = "table,row_id,column,read,value,verdict,who,when,why\n"
ROW = {
    "table": "tasks",
    "row_id": "1.1.1",
    "column": "task",
    "read": "Mở, rộng",
    "value": "Mở rộng",
    "verdict": "change",
    "who": "A",
    "when": "2026-01-01T00:00:00Z",
    "why": "",
}
ASKED = [("tasks", "1.1.1", "task"), ("tasks", "9.9.9", "lead")]
OTHER = "tasks,9.9.9,lead,a,b,change,A,2026-01-01T00:00:00Z,\n"


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    corrections = tmp_path / "case.corrections.csv"
    corrections.write_text(HEAD + OTHER, encoding="utf-8")
    return Sitting(corrections, tmp_path / "sitting", "0" * 64)


def read(path: Path) -> list[dict[str, str]]:
    return [row.fields for row in decided_in(path)]


def ids(sitting: Sitting) -> list[str]:
    return [row["row_id"] for row in read(sitting.corrections)]


def test_rows_of_others_stay_and_what_is_taken_back_goes(sitting: Sitting) -> None:
    sitting.save([ROW], {"at": "x"}, ASKED)
    assert ids(sitting) == ["9.9.9", "1.1.1"]
    with sitting.corrections.open("a", encoding="utf-8") as file:
        file.write(OTHER.replace("9.9.9", "8.8.8"))  # by hand, while the page is open
    again = Sitting(sitting.corrections, sitting.folder, sitting.source)
    assert again.state() == {"at": "x"}
    again.save([], {}, ASKED)
    assert ids(again) == ["9.9.9", "8.8.8"]


def test_what_stood_before_the_sitting_stands_there_again(sitting: Sitting) -> None:
    before = sitting.corrections.read_text(encoding="utf-8")
    mine = ROW | {"row_id": "9.9.9", "column": "lead"}
    sitting.save([mine], {}, ASKED)
    assert read(sitting.corrections) == [mine]
    sitting.save([], {}, ASKED)
    assert sitting.corrections.read_text(encoding="utf-8") == before


def test_what_a_run_has_applied_stays_though_the_page_asks_no_more(sitting: Sitting) -> None:
    sitting.save([ROW], {}, ASKED)
    later = ROW | {"row_id": "2.2.2"}
    again = Sitting(sitting.corrections, sitting.folder, sitting.source)
    again.save([later], {}, [("tasks", "2.2.2", "task")])
    assert ids(again) == ["9.9.9", "1.1.1", "2.2.2"]
    again.save([], {}, [("tasks", "2.2.2", "task")])
    assert ids(again) == ["9.9.9", "1.1.1"]


def test_a_file_of_decisions_is_made_where_there_is_none(tmp_path: Path) -> None:
    found = Sitting(tmp_path / "raw" / "x.corrections.csv", tmp_path / "sitting", "1" * 64)
    found.save([], {"who": "A"}, ASKED)
    assert not found.corrections.exists()
    found.save([ROW], {"who": "A"}, ASKED)
    assert read(found.corrections) == [ROW]
    assert oct(found.corrections.stat().st_mode)[-3:] == "600"
    with pytest.raises(InputError):
        found.save([{"table": "tasks"}], {}, ASKED)


def test_what_a_spreadsheet_saved_is_kept(sitting: Sitting) -> None:
    """Excel in Vietnam has semicolons between, and UTF-16 where letters are to stay."""
    stood = read(sitting.corrections)
    text = sitting.corrections.read_text(encoding="utf-8").replace(",", ";")
    sitting.corrections.write_bytes(text.encode("utf-16"))
    sitting.save([ROW], {}, ASKED)
    assert read(sitting.corrections) == [*stood, ROW]
    assert sitting.corrections.read_text(encoding="utf-8").startswith("table,row_id,")


def test_sittings_about_other_versions_are_handed_on(sitting: Sitting) -> None:
    sitting.save([], {"who": "A"}, ASKED)
    other = Sitting(sitting.corrections, sitting.folder, "2" * 64)
    assert other.state() is None
    assert other.others() == [{"who": "A", "source": "0" * 64}]


# ---- over HTTP


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    with opened_browser() as found:
        yield found


@pytest.fixture
def station(tmp_path: Path) -> Station:
    work, source = make_work(tmp_path)
    run_tables(work, source, None, Settings())
    page = make_review(work, source, tmp_path / "out" / "case", None) / "review.html"
    corrections = source.with_name("case.corrections.csv")

    def check(table: str, row_id: str, column: str, value: str) -> dict[str, Any]:
        is_known = (table, column) == ("tasks", "task") and row_id.startswith("1.1.")
        assert is_known
        return {"fits": "?" not in value, "reason": "brackets", "value": value}

    return Station(page, Sitting(corrections, work / "sitting", "0" * 64), check)


def ask(address: str, path: str = "", body: Any = None, **headers: str) -> tuple[int, str]:
    """What the server answers, its status and text, to a body as JSON (bytes as they are)."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    content = body if body is None or isinstance(body, bytes) else json.dumps(body)
    kind = {} if body is None else {"Content-Type": "application/json"}
    connection.request(
        "GET" if body is None else "POST", parts.path + path, content, {**kind, **headers}
    )
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_only_the_pages_own_requests_are_answered(station: Station) -> None:
    empty: dict[str, Any] = {"rows": [], "sitting": {}, "asked": []}
    with serving(station) as address:
        assert address.startswith("http://127.0.0.1:")
        assert ask(address)[0] == 200
        assert ask(address.replace(station.token, "x" * len(station.token)))[0] == 404
        assert ask(address.removesuffix("/"))[0] == 404
        assert ask(address, Host="example.org")[0] == 404
        assert ask(address, "decisions", empty, Origin="http://example.org")[0] == 404
        assert ask(address, "decisions", empty, **{"Content-Type": "text/plain"})[0] == 400
        assert ask(address, "decisions", {"rows": [{}], "sitting": {}, "asked": []})[0] == 400
        assert ask(address, "decisions", [])[0] == 400
        assert ask(address, "../decisions", empty)[0] == 404
        assert ask(address, "decisions", empty) == (200, "{}")


def begin(address: str, asked: bytes) -> None:
    """Ask for something, and close the connection at once, as a browser does that is closed."""
    host, _, port = urlsplit(address).netloc.partition(":")
    with socket.create_connection((host, int(port))) as connection:
        at_once = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        connection.sendall(asked)


def test_whoever_goes_leaves_no_trace_on_the_terminal(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(station) as address:
        page = f"GET {urlsplit(address).path} HTTP/1.0\r\nHost: {urlsplit(address).netloc}\r\n\r\n"
        for asked in (page.encode(), page.encode()[:20], b"GET / HTTP/9.9\r\n\r\n"):
            begin(address, asked)
        assert ask(address)[0] == 200
    assert capsys.readouterr() == ("", "")


def test_what_cannot_be_done_is_answered_in_words(
    station: Station, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty: dict[str, Any] = {"rows": [], "sitting": {}, "asked": []}
    with serving(station) as address:
        assert ask(address, "decisions", b"[" * 100_000) == (400, "the request is none")
        monkeypatch.setattr(station.sitting, "folder", station.page / "below-a-file")
        code, said = ask(address, "decisions", empty)
        assert (code, said.endswith("Look at the file and its permissions.")) == (500, True)
        station.page.unlink()
        code, said = ask(address)
        assert (code, "a run is making it anew" in said) == (503, True)
    assert capsys.readouterr() == ("", "")


def test_decisions_of_a_served_page_are_in_their_file_at_once(
    station: Station, browser: webdriver.Chrome
) -> None:
    corrections = station.sitting.corrections
    with serving(station) as address:
        browser.get(address)
        browser.find_element(By.ID, "who").send_keys("Trần Thị B")
        browser.find_element(By.ID, "answer").send_keys("2")
        WebDriverWait(browser, 10).until(lambda _: len(read(corrections)) == 2)
        assert {row["who"] for row in read(corrections)} == {"Trần Thị B"}
        browser.switch_to.active_element.send_keys(Keys.F2)
        browser.switch_to.active_element.send_keys(" gì?", Keys.ENTER)
        WebDriverWait(browser, 10).until(
            lambda b: b.find_element(By.ID, "verdict").text.startswith("Dấu ngoặc")
        )
        assert len(read(corrections)) == 2
        browser.switch_to.active_element.send_keys(Keys.CONTROL, Keys.ENTER)
        WebDriverWait(browser, 10).until(lambda _: len(read(corrections)) == 3)
        assert [row["verdict"] for row in read(corrections)].count("as_is") == 1
        browser.get("about:blank")
    with serving(station) as address:  # another port, of which the browser keeps nothing
        browser.get(address)
        assert browser.execute_script("return Object.keys(state.decisions).length") == 3
        browser.find_element(By.ID, "answer").send_keys(Keys.BACKSPACE)
        WebDriverWait(browser, 10).until(lambda _: len(read(corrections)) == 2)


def test_the_command_serves_until_it_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, source = make_work(tmp_path)
    run_tables(work, source, None, Settings())
    make_review(work, source, tmp_path / "out" / "case", None)
    params = Params({"case": source.name}, Settings(), {})
    told, answers = list[str](), list[tuple[int, str]]()

    class Stopped:
        def wait(self) -> None:
            """A person's work, then Ctrl C."""
            address = told[0].splitlines()[0]
            asked = {"table": "tasks", "row": "1.1.1", "column": "deadline"}
            for value in ("Tháng 13/2026", "Tháng 7/2026"):
                answers.append(ask(address, "check", asked | {"value": value}))
            ask(address, "decisions", {"rows": [ROW], "sitting": {"who": "A"}, "asked": []})
            raise KeyboardInterrupt

    monkeypatch.setattr(served, "Event", Stopped)
    monkeypatch.setattr(pipeline, "PROJECT", tmp_path)
    monkeypatch.setattr(pipeline, "say", told.append)
    said = pipeline._review(Namespace(document="case"), params)
    assert "raw/case.corrections.csv" in said
    wrong, right = [json.loads(text) for _, text in answers]
    assert (wrong["fits"], wrong["reason"]) == (False, "no_such_time")
    assert (right["fits"], right["means"]["end"]) == (True, "2026-07-31")
    assert read(source.with_name("case.corrections.csv")) == [ROW]


def test_a_document_without_a_page_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "PROJECT", tmp_path)
    with pytest.raises(InputError, match="no review page yet"):
        pipeline._review(Namespace(document="case"), Params({"case": "case.pdf"}, Settings(), {}))
