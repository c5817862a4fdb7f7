"""A workbook of issues of its own, with links to the cells, for files that are better not changed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from jaryq.base.issues import Issue
from jaryq.base.severity import NAMES
from jaryq.base.text import Lang, printable
from jaryq.workbook.annotated.issue_sheet import (
    HEADS,
    MOST,
    NAME,
    OTHERS,
    TAB,
    TITLE,
    WIDTHS,
    counted,
    height_of,
    lines_of,
    location,
)
from jaryq.workbook.annotated.styles import FILLS
from jaryq.workbook.book import Book
from jaryq.workbook.plan_style import PLAIN

MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530 links."""


def write_book(path: Path, source: Path, issues: Sequence[Issue], names: dict[str, str], lang: Lang) -> None:
    """Write the issues of ``source`` with links that lead into it (into the file of the sheet, if it is a folder)."""
    made = BytesIO()
    with Book(made, PLAIN) as book:
        page = book.add_worksheet(NAME)
        page.set_tab_color(f"#{TAB[2:]}")
        page.hide_gridlines(2)
        page.freeze_panes(4, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        text = book.add_format({"text_wrap": True, "valign": "top"})
        link = book.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1})
        of = {severity: book.add_format({"valign": "top", "bg_color": f"#{back[2:]}"})
              for severity, (back, _) in FILLS.items()}
        page.write_string(0, 0, TITLE.say(lang), book.add_format({"bold": True, "font_size": 14}))
        page.write_string(1, 0, f"{source.name}: {counted(issues, lang)}")
        head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True,
                                "valign": "top"})
        for place, (title, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            page.set_column(place, place, width)
            page.write_string(3, place, title.say(lang), head)
        lines = lines_of(issues, names, lang)
        for row, line in enumerate(lines[:MOST], start=4):
            page.set_row(row, height_of(line))
            page.write_string(row, 0, NAMES[line.severity].say(lang), of[line.severity])
            target = _target(path, source, line.sheet, line.cell) if line.sheet and row < MOST_LINKS else ""
            if not target or page.write_url(row, 1, target, link, line.place[:255]) < 0:
                page.write_string(row, 1, line.place, text)
            for place, cell in enumerate(line.texts, start=2):
                page.write_string(row, place, cell[:32_000], text)
        if len(lines) > MOST:
            page.write_string(4 + MOST, 0, OTHERS.say(lang, count=len(lines) - MOST))
    path.write_bytes(made.getvalue())


def _target(path: Path, source: Path, sheet: str, cell: str) -> str:
    """A link from the workbook of issues to a cell of the source, by the way from the one to the other."""
    file = source / f"{sheet}.csv" if source.is_dir() else source
    try:
        way = os.path.relpath(file.resolve(), path.resolve().parent)
    except ValueError:  # another drive
        way = str(file.resolve())
    if "#" in way or printable(way) != way:
        return ""
    return f"external:{way}" if source.is_dir() else f"external:{way}#{location(sheet, cell)}"
