"""Writes ``regions.xlsx``: contents with the figures of the page ``places``, then a page for each region, each one A4
landscape page in print."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.handover.regions import Region, regions
from jaryq.report.report import Report
from jaryq.report.shapes import Value
from jaryq.report.words import scenario_of
from jaryq.workbook.book import write_book
from jaryq.workbook.front_grid import plain
from jaryq.workbook.front_sheet import write_front
from jaryq.workbook.plan_style import HEAD, LINE, MUTED, TABS, TOTAL, Style, print_setup, row_height

PURPOSE = "regions"
"""What the file is marked as."""

CONTENTS = Text("Contents", "Содержание")
FOOTER = Text("{case}, scenario {scenario}", "{case}, сценарий {scenario}")
TITLE = Text("{case}: region by region", "{case}: по регионам")
COLUMNS: tuple[tuple[str, Text, float, str], ...] = (
    ("facilities", Text("Facilities that count", "Засчитываемых объектов"), 13.0, plain(0)),
    ("finished", Text("Facilities finished", "Объектов завершено"), 13.0, plain(0)),
    ("renewed", Text("Networks renewed, km", "Обновлено сетей, км"), 13.0, plain(0)),
    ("total", Text("Cost, bn KZT", "Затраты, млрд тенге"), 13.0, plain(1)),
    ("per_head", Text("Cost per head, thousand KZT", "Затраты на человека, тыс. тенге"), 14.0, plain(0)),
    ("wear_now", Text("Wear of networks now, %", "Износ сетей сейчас, %"), 13.0, plain(1)),
    ("wear_plan", Text("Wear at the end, %", "Износ в конце, %"), 13.0, plain(1)),
)
SUMMED = ("facilities", "finished", "renewed", "total")
NAME = 34.0
FIRST = 4
"""The first row of the list."""
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST = 31
"""Letters of a sheet's name, as Excel allows."""
TAKEN = ("history",)
"""Names that Excel keeps for itself."""


def write_regions(path: Path, case: Case, report: Report, lang: Lang = "en") -> Path:
    """Write ``regions.xlsx`` beside its place and move it there when it is complete; where it stands. Raises
    NotWritten."""
    return write_book(path, PURPOSE, lambda book: _write(book, case, report, lang))


def _write(book: Any, case: Case, report: Report, lang: Lang) -> None:
    style, made = Style(book), regions(case, report)
    footer = FOOTER.fill(case=case.settings.title, scenario=scenario_of(case)).say(lang)
    title = TITLE.fill(case=case.settings.title).say(lang)
    book.set_properties({"title": title, "subject": report.subtitle.say(lang), "author": "Jaryq", "category": PURPOSE})
    contents, *names = names_of([CONTENTS.say(lang), *(region.name.say(lang) for region in made)])
    first = book.add_worksheet(contents)
    first.set_tab_color(TABS["report"])
    _contents(first, title, report.subtitle.say(lang), made, names, style, lang, footer)
    for name, region in zip(names, made, strict=True):
        sheet = book.add_worksheet(name)
        sheet.set_tab_color(TABS["front"])
        write_front(sheet, book, name, region.page, style, lang, footer, contents)
    first.activate()


def names_of(wanted: Iterable[str]) -> list[str]:
    """Names of sheets that Excel takes, each once whatever the letter case: without the letters it forbids, no longer
    than it allows, a number behind what was there already."""
    made: list[str] = []
    taken = set(TAKEN)
    for name in wanted:
        bare = " ".join(name.translate(FORBIDDEN).split()).strip("'") or "–"
        said, number = bare[:LONGEST].strip(" '"), 2
        while said.casefold() in taken:
            ending = f" {number}"
            said, number = bare[:LONGEST - len(ending)].rstrip(" '") + ending, number + 1
        taken.add(said.casefold())
        made.append(said)
    return made


def _contents(sheet: Any, title: str, subtitle: str, made: Sequence[Region], names: Sequence[str], style: Style,
              lang: Lang, footer: str) -> None:
    """A row for each region with a link to its page."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, style(bold=True, font_size=18, font_color=HEAD, valign="vcenter"))
    sheet.write_string(1, 0, subtitle, style.note())
    shown = [column for column in COLUMNS if any(region.row.get(column[0]) is not None for region in made)]
    heads = [(Text("Region", "Регион").say(lang), NAME), *((text.say(lang), width) for _, text, width, _ in shown)]
    for c, (head, width) in enumerate(heads):
        sheet.set_column(c, c, width)
        sheet.write_string(FIRST - 1, c, head, style.head(align="center" if c else "left"))
    sheet.set_row(FIRST - 1, row_height(heads) + 4)
    line = {"bottom": 4, "bottom_color": LINE}
    for r, (name, region) in enumerate(zip(names, made, strict=True), FIRST):
        quoted = name.replace("'", "''")
        sheet.write_url(r, 0, f"internal:'{quoted}'!A1", style(font_color="#1F5FA8", underline=1, **line),
                        region.name.say(lang)[:255])
        for c, (heading, _, _, form) in enumerate(shown, 1):
            _figure(sheet, r, c, region.row.get(heading), style(num_format=form, **line))
    end = FIRST + len(made)
    look = {"bold": True, "bg_color": TOTAL, "top": 1, "top_color": MUTED}
    sheet.write_string(end, 0, Text("Total", "Итого").say(lang), style(**look))
    for c, (heading, _, _, form) in enumerate(shown, 1):
        if heading in SUMMED:
            letter = chr(ord("A") + c)
            value = math.fsum(v for region in made if isinstance(v := region.row.get(heading), (int, float)))
            sheet.write_formula(end, c, f"=SUM({letter}{FIRST + 1}:{letter}{end})", style(num_format=form, **look),
                                value)
        else:
            sheet.write_blank(end, c, None, style(**look))
    print_setup(sheet, footer, last_head_row=FIRST - 1)


def _figure(sheet: Any, row: int, column: int, value: Value, form: Any) -> None:
    if isinstance(value, (int, float)) and math.isfinite(value):
        sheet.write_number(row, column, value, form)
    else:
        sheet.write_blank(row, column, None, form)
