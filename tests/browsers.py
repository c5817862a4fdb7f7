"""A browser for tests that look at something in one: one playwright at a time, which a file of tests starts and ends.

While playwright runs, its loop is the running loop of this thread: a second one finds it and refuses, and so does
whatever starts a loop of its own. Tests of other files must therefore not come while it runs.
"""

import os
import shutil

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "C:/Program Files/Google/Chrome/Application/chrome.exe")


def lacking(what):
    """Without a browser these tests are left out; where everything is checked they fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI=true, and {what}")
    pytest.skip(what)


@pytest.fixture(scope="module")
def browser():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("playwright is not installed")
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        lacking("no Chromium or Chrome is installed")
    with sync_playwright() as playing:
        made = playing.chromium.launch(executable_path=path, args=["--no-sandbox"] if hasattr(os, "geteuid")
                                       and os.geteuid() == 0 else [])
        yield made
        made.close()
