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

ROOM = 31
"""Letters that the name of a sheet may have."""

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
    """A name for each sheet: its title, as many of its parts and words as a sheet's name has room for, numbered where
    two would be alike."""
    found: list[str] = []
    for page in pages:
        title = page.title.say(lang)
        name, number = _plain(shortened(title, ROOM)), 2
        while name.casefold() in {other.casefold() for other in found}:
            name, number = f"{_plain(shortened(title, ROOM - 3))} {number}", number + 1
        found.append(name)
    return found


def _plain(text: str) -> str:
    """Without signs that the name of a sheet may not hold."""
    return " ".join("".join(" " if sign in "[]:*?/\\'" else sign for sign in text).split())


def shortened(text: str, room: int) -> str:
    """A text cut where a part of it ends (at a comma, colon or semicolon), else where a word does."""
    if len(text) <= room:
        return text
    head = text[:room + 1]
    at = max(head.rfind(sign) for sign in ",:;")
    if at < 1:
        at = head.rfind(" ") if " " in head else room
    return head[:at].rstrip(" ,:;-–(")
