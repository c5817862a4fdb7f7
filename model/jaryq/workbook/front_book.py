"""Workbooks of front pages alone: what many futures say of a plan, what a limit or a wish is worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jaryq.base.text import Lang, Text
from jaryq.handover.shapes import Front
from jaryq.workbook.book import write_book
from jaryq.workbook.front_sheet import write_front
from jaryq.workbook.plan_data import NotWritten
from jaryq.workbook.plan_style import TABS, Style

__all__ = ["NotWritten", "write_fronts"]


def write_fronts(path: Path, purpose: str, title: Text, subject: Text, pages: Sequence[Front], lang: Lang) -> Path:
    """Write the pages, marked with their purpose; where the file stands (beside ``path`` if an older one is open in
    another program). Raises NotWritten."""
    return write_book(path, purpose, lambda book: _write(book, purpose, title, subject, pages, lang))


def _write(book: Any, purpose: str, title: Text, subject: Text, pages: Sequence[Front], lang: Lang) -> None:
    style = Style(book)
    footer = f"{title.say(lang)}, {subject.say(lang).lower()}"
    book.set_properties({"title": title.say(lang), "subject": subject.say(lang), "author": "Jaryq",
                         "category": purpose})
    names = _names(pages, lang)
    for page, name in zip(pages, names, strict=True):
        sheet = book.add_worksheet(name)
        sheet.set_tab_color(TABS["front"])
        # The first page names all others: it is the contents.
        write_front(sheet, book, name, page, style, lang, footer, names[0])


def _names(pages: Sequence[Front], lang: Lang) -> list[str]:
    """A name for each sheet: its title as far as a sheet may be called so, numbered where two would be alike."""
    found: list[str] = []
    for page in pages:
        plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in page.title.say(lang)).strip()
        name, number = plain[:31].strip(), 2
        while name.casefold() in {other.casefold() for other in found}:
            name, number = f"{plain[:28].strip()} {number}", number + 1
        found.append(name)
    return found
