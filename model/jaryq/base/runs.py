"""Texts that a spreadsheet program would run as a formula when it opens a file of text."""

from __future__ import annotations

import re

RUNS = re.compile(r"'*[=+\-@\t\r]")
"""How they begin; apostrophes before count, as one of them is what keeps a text from running."""


def runs(text: str) -> bool:
    """Whether a spreadsheet program would run a text as a formula."""
    return RUNS.match(text) is not None


def still(text: str) -> str:
    """The text with an apostrophe before it where it would run."""
    return f"'{text}" if runs(text) else text
