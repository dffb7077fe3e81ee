"""Headless Chromium, Debian's, for what is tried and measured of the review page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium import webdriver

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1300,1000",
)


@contextmanager
def opened_browser() -> Iterator[webdriver.Chrome]:
    """A browser with a profile of its own; raises FileNotFoundError where Chromium or its driver is
    not installed.
    """
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        raise FileNotFoundError(
            "chromium and chromium-driver are not installed: ./setup.sh test installs them"
        )
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    with TemporaryDirectory(prefix="profile-", ignore_cleanup_errors=True) as profile:
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        try:
            yield browser
        finally:
            browser.quit()


def seconds_to_open(browser: webdriver.Chrome, page: Path) -> float:
    """Seconds from asking for a local page to its being loaded, its script run and its first
    content painted.
    """
    browser.get(page.as_uri())
    spent: float = browser.execute_script(
        "return Math.max(performance.getEntriesByType('navigation')[0].loadEventEnd, "
        "...performance.getEntriesByType('paint').map(e => e.startTime))"
    )
    return spent / 1000
