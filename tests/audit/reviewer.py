"""A reviewer who knows the truth and settles a review page by keyboard alone, for tests and
figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.benchmark.sample_score import KEYS, read_rows

Key = tuple[str, str, str]  # table, row_id, column
_MOST = 2000  # questions: a page that never ends is a fault
_ASKED = """
const spot = lead();
return asked.length && !question().every(isSettled) ? {
  spot: {word: spot.word, choices: spot.choices.map((choice) => choice[0])},
  members: question().map((s) => s.number), cell: spot.cell,
  words: spot.of.words.map((word) => word[1]), value: spot.of.value, sheds: spot.of.sheds,
  key: [spot.of.table, spot.of.row, spot.of.column],
} : null;"""
_CELLS = """return cells.map((cell) => ({key: [cell.table, cell.row, cell.column],
  value: cell.value, now: composed(cell), spots: cell.spots.map((spot) => spot.number)}));"""


@dataclass
class Sitting:
    """What a reviewer did: questions answered, keys pressed for them, and places typed anew."""

    browser: webdriver.Chrome
    truth: Mapping[Key, str]
    questions: int = 0
    keys: int = 0
    wrong: set[int] = field(default_factory=set)  # numbers of spots that say the wrong thing
    typed: set[int] = field(default_factory=set)  # those of them for which nothing right is offered

    def press(self, *keys: str) -> None:
        """Press keys where the focus is; each is counted."""
        for key in keys:
            self.keys += 1
            self.browser.switch_to.active_element.send_keys(key)

    def settle_all(self) -> None:
        """Answer every question that is open."""
        for _ in range(_MOST):
            asked = self.browser.execute_script(_ASKED)
            if asked is None:
                break
            self._answer(asked)
            self.questions += 1

    def _answer(self, asked: Mapping[str, Any]) -> None:
        wanted = wanted_text(asked, self.truth.get(tuple(asked["key"])))
        choices = asked["spot"]["choices"]
        if wanted == choices[0]:
            self.press(Keys.ENTER)
            return
        self.wrong.update(asked["members"])
        if wanted in choices:
            self.press(str(choices.index(wanted) + 1))
        else:
            self.typed.update(asked["members"])
            self.press(Keys.SPACE, Keys.CONTROL + "a", *(wanted or Keys.DELETE), Keys.ENTER)

    def cells(self) -> list[dict[str, Any]]:
        """Each cell that was in review, as published and as it is decided now."""
        return list(self.browser.execute_script(_CELLS))

    def download(self, folder: Path, who: str) -> Path:
        """Give a name and download the decisions, by keyboard."""
        folder.mkdir(parents=True, exist_ok=True)
        self.browser.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
        )
        self.browser.switch_to.active_element.send_keys(Keys.CONTROL + "s")  # asks for the name
        self.browser.switch_to.active_element.send_keys(who)
        self.browser.switch_to.active_element.send_keys(Keys.CONTROL + "s")
        WebDriverWait(self.browser, 20).until(lambda _: _whole_files(folder))
        return _whole_files(folder)[0]

    def left(self) -> str:
        """What the page says is left."""
        return self.browser.find_element(By.ID, "progress").text


def true_cells(truth: Path) -> dict[Key, str]:
    """The right value of every cell of the tables that have a truth."""
    return {
        (table, "|".join(row[part] for part in key), column): text
        for table, key in KEYS.items()
        for row in read_rows(truth, table)
        for column, text in row.items()
    }


def _whole_files(folder: Path) -> list[Path]:
    """The files of decisions in a folder that the browser has written."""
    return [path for path in folder.glob("*.corrections.csv") if path.stat().st_size]


def wanted_text(asked: Mapping[str, Any], truth: str | None) -> str:
    """What the word or cell that is asked about should say; what is published where no truth is
    known.
    """
    choices: Sequence[str] = asked["spot"]["choices"]
    if truth is None or asked["value"] == truth:
        return choices[0]
    if asked["spot"]["word"] < 0:
        return truth
    words, place = list(asked["words"]), int(asked["spot"]["word"])
    whole = (text for text in choices if _composed(words, place, text, asked["sheds"]) == truth)
    exact = next(whole, None)
    if exact is not None:
        return exact
    fitting = (text for text in choices if _fits(words, place, text, truth.split()))
    found = next(fitting, None)
    return word_in(words, place, truth.split()) if found is None else found


def _composed(words: Sequence[str], place: int, text: str, sheds: Sequence[str]) -> str:
    """The cell's value with ``text`` at a place, without its list marks."""
    whole = " ".join(" ".join([*words[:place], text, *words[place + 1 :]]).split())
    return whole.lstrip(sheds[0]).rstrip(sheds[1]) if any(sheds) else whole


def _fits(words: Sequence[str], place: int, text: str, truth: Sequence[str]) -> bool:
    """Whether nothing differs from the truth at a place if it says ``text``."""
    before = " ".join(words[:place]).split()
    start, end = len(before), len(before) + len(text.split())
    printed = [*before, *text.split(), *" ".join(words[place + 1 :]).split()]
    return all(
        code.tag == "equal"
        or code.src_start > end
        or code.src_end < start
        or (code.src_start < code.src_end and (code.src_start >= end or code.src_end <= start))
        for code in Levenshtein.opcodes(printed, list(truth))
    )


def word_in(words: Sequence[str], place: int, truth: Sequence[str]) -> str:
    """The true words that stand where ``words[place]`` stands, ``""`` where none do.

    >>> word_in(["kế", "hoach", "nam"], 1, ["kế", "hoạch", "năm"])
    'hoạch'
    """
    before = " ".join(words[:place]).split()
    own = words[place].split()
    printed = [*before, *own, *" ".join(words[place + 1 :]).split()]
    codes = list(Levenshtein.opcodes(printed, list(truth)))
    start, end = (_moved(at, codes) for at in (len(before), len(before) + len(own)))
    return " ".join(truth[start:end])


def _moved(at: int, codes: Sequence[Any]) -> int:
    """Where a position among the printed words is among the true ones."""
    for code in codes:
        if code.src_start <= at < code.src_end or (at == code.src_end == code.src_start):
            return int(min(code.dest_start + at - code.src_start, code.dest_end))
    last = max((code.dest_end for code in codes), default=0)
    return int(last)
