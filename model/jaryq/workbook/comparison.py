"""``comparison.xlsx``: all scenarios side by side, in one file that appears whole or not at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jaryq.base.home import BILLION
from jaryq.base.text import Lang, Text, word
from jaryq.handover.compared import compared
from jaryq.handover.shapes import Front
from jaryq.report.compare import Comparison, comparison
from jaryq.report.compare.moves import AS_BASE
from jaryq.report.compare.shapes import NO_PLAN
from jaryq.report.compare.ties import STANDINGS
from jaryq.report.result import Result
from jaryq.report.shapes import Out
from jaryq.report.words import NOT_IN, UNIT_WORDS
from jaryq.sheets.results import CONTENTS
from jaryq.sheets.results_compare import OVERVIEW_COMPARED
from jaryq.workbook.book import write_book
from jaryq.workbook.comparison_money import write_money
from jaryq.workbook.comparison_overview import write_overview
from jaryq.workbook.comparison_print import printed
from jaryq.workbook.comparison_waterfall import write_waterfall
from jaryq.workbook.front_sheet import write_front
from jaryq.workbook.plan_data import NotWritten
from jaryq.workbook.plan_place import FIRST, HEADINGS, TITLE, UNITS, Place
from jaryq.workbook.plan_style import (
    HEAD,
    LINE,
    MUTED,
    TABS,
    Style,
    free_format,
    number_format,
    print_setup,
    row_height,
)
from jaryq.workbook.plan_tables import width, write_table

__all__ = ["NotWritten", "write_comparison"]

OPENING = Text("Every scenario in sentences, its figures, and what its net value is made of.",
               "Каждый сценарий словами, его показатели и из чего складывается чистая выгода.")
PURPOSE = "comparison"
"""What the file is marked as."""

FORMATS: Mapping[object, str] = {UNIT_WORDS[unit]: unit for unit in ("km", "facilities", "%", BILLION)}
"""Unit by its word in the table of targets."""



def write_comparison(path: Path, results: Sequence[Result] | Comparison, lang: Lang = "en") -> Path:
    """Write ``comparison.xlsx`` beside its place and move it there when it is complete; where it stands
    (``comparison.2.xlsx`` if an older one is open in another program). The first result is the base. Raises
    NotWritten."""
    made = results if isinstance(results, Comparison) else comparison(results)
    return write_book(path, PURPOSE, lambda book: _write(book, made, lang))


def _write(book: Any, made: Comparison, lang: Lang) -> None:
    failures = {} if made.failures is None else {"failures": made.failures}
    page = compared(made)
    opening = page.title.say(lang)
    tables = {"projects": made.projects, "moves": made.listed, "money": made.money, "targets": made.targets,
              "waterfall": made.waterfall, "inputs": made.inputs, **failures}
    style = Style(book)
    footer = f"{made.title.say(lang)}, {OVERVIEW_COMPARED.text.say(lang).lower()}"
    book.set_properties({"title": made.title.say(lang), "subject": OVERVIEW_COMPARED.text.say(lang), "author": "Jaryq",
                         "category": "comparison",
                         "comments": made.subtitle.say(lang)})
    sheets = {name: book.add_worksheet(name) for name in (opening, CONTENTS.name, OVERVIEW_COMPARED.name, *tables)}
    for name, sheet in sheets.items():
        sheet.set_tab_color(TABS["front" if name == opening else "report"])
    write_front(sheets[opening], book, opening, page, style, lang, footer)
    _contents(sheets[CONTENTS.name], made, page, tables, style, lang, footer)
    write_overview(sheets[OVERVIEW_COMPARED.name], book, made, style, lang, footer)
    for name, table in tables.items():
        if name == "money":
            write_money(sheets[name], table, style, lang, footer)
        elif name == "waterfall":
            write_waterfall(sheets[name], book, made, style, lang, footer)
        else:
            widths = write_table(sheets[name], table, style, lang, footer)
            {"projects": _projects, "targets": _targets}.get(name, _nothing)(sheets[name], made, style, lang)
            printed(sheets[name], footer, widths, Place(table).end + 1, 2, _parts(table))
    sheets[opening].activate()


def _nothing(*_: Any) -> None:
    """Most tables have nothing beside their cells."""


def _parts(table: Out) -> list[list[int]]:
    """First columns of the scenarios of a table that has some for each; those before them go with the first."""
    of = [heading.rpartition("_")[2] for heading in table.headings]
    firsts = [c for c, scenario in enumerate(of) if scenario.isdecimal() and scenario not in of[:c]]
    return [[2, *firsts[1:]]] if firsts else []


def _contents(sheet: Any, made: Comparison, page: Front, tables: dict[str, Out], style: Style, lang: Lang,
              footer: str) -> None:
    """Links to all sheets."""
    sheet.set_row(TITLE, 22)
    sheet.write_string(TITLE, 0, f"{made.title.say(lang)}: {CONTENTS.text.say(lang).lower()}", style.title())
    sheet.set_row(HEADINGS, 20)
    sheet.write_string(UNITS, 0, made.subtitle.say(lang), style.note())
    for c, column in enumerate(CONTENTS.columns):
        sheet.write_string(HEADINGS, c, column.text.say(lang), style.head())
        sheet.set_column(c, c, column.width)
    listed = [(page.title.say(lang), OPENING.say(lang))]
    listed += [(declared.name, f"{declared.text.say(lang)}. {declared.note.say(lang)}")
               for declared in (OVERVIEW_COMPARED, *(table.declared for table in tables.values()))]
    for r, (name, said) in enumerate(listed):
        sheet.write_url(FIRST + r, 0, f"internal:'{name}'!A1", style.link(), name)
        sheet.write_string(FIRST + r, 1, said, style(text_wrap=True))
        sheet.set_row(FIRST + r, row_height([(said, CONTENTS.columns[1].width)]))
    sheet.freeze_panes(FIRST, 0)
    print_setup(sheet, footer)


def _projects(sheet: Any, made: Comparison, style: Style, lang: Lang) -> None:
    """Counts of moves above the columns of scenarios; ties and what is as in the base are pale, so that the eye finds
    what moves."""
    table = made.projects
    first = len(table.headings) - len(made.moves)
    said = [move.say(lang) for move in made.moves]
    widths = [width(table, h, column, None, lang) for h in table.headings[first:]
              if (column := table.declared.column(h)) is not None]
    for i, text in enumerate(said):
        sheet.write_string(UNITS, first + i, text,
                           style(font_color=HEAD, font_size=8, text_wrap=True, valign="bottom", indent=1))
    # Letters of 8 points are narrower than those the width is stated in.
    sheet.set_row(UNITS, max(24.0, row_height([(text, 1.15 * letters)
                                               for text, letters in zip(said, widths, strict=True)], line=11.0)))
    ties = {(row["place"], row["project"]) for row in made.listed.rows if row["standing"] is STANDINGS["tie"]}
    pale = style(text_wrap=True, indent=1, bottom=4, bottom_color=LINE, font_color=MUTED)
    for r, row in enumerate(table.rows):
        for c, heading in enumerate(table.headings[first:], first):
            value = row.get(heading)
            if isinstance(value, Text) and (value in (AS_BASE, NOT_IN) or (c - first, row["project"]) in ties):
                sheet.write_string(FIRST + r, c, word(value, lang), pale)


def _targets(sheet: Any, made: Comparison, style: Style, lang: Lang) -> None:
    """Names of the scenarios above their columns; amounts with the decimals of their unit."""
    table = made.targets
    look = style(bold=True, font_color=HEAD, align="center", valign="vcenter", text_wrap=True, bottom=1,
                 bottom_color=HEAD)
    places = {i: [c for c, h in enumerate(table.headings) if h.rpartition("_")[2] == str(i)]
              for i in range(len(made.names))}
    heights = []
    for i, name in enumerate(made.names):
        text = (name.say(lang) if any(f"met_{i}" in row for row in table.rows)
                else f"{name.say(lang)}: {NO_PLAN.say(lang)}")
        sheet.merge_range(UNITS, places[i][0], UNITS, places[i][-1], "", look)
        sheet.write_string(UNITS, places[i][0], text, look)
        widths = [width(table, table.headings[c], column, None, lang)
                  for c in places[i] if (column := table.declared.column(table.headings[c])) is not None]
        heights.append((text, sum(widths)))
    sheet.set_row(UNITS, max(24.0, row_height(heights)))
    for r, row in enumerate(table.rows):
        for c, heading in enumerate(table.headings):
            value = row.get(heading)
            if isinstance(value, float) and math.isfinite(value):
                unit = FORMATS.get(row["unit"], "")
                form = number_format(unit, [value]) if unit else free_format(value)
                sheet.write_number(FIRST + r, c, value, style(num_format=form, bottom=4, bottom_color=LINE))
