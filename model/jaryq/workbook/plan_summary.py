"""Writes the contents and the summary: sections with key figures, small tables by year with live references, native
charts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from jaryq.base.text import Lang, Text, word
from jaryq.base.units import UNITS
from jaryq.handover.colours import place_of
from jaryq.report.report import Report
from jaryq.report.shapes import Fact, Section, Strip
from jaryq.workbook.plan_place import Place
from jaryq.workbook.plan_style import (
    BAND,
    HEAD,
    LINE,
    MUTED,
    PALETTE,
    TOTAL,
    Style,
    amount,
    free_format,
    number_format,
    print_setup,
    row_height,
)

LABEL_WIDTH, CELL_WIDTH, LEAST_COLUMNS = 48, 12, 7
NOTE_COLUMN = 3
CHART_ROWS = 11
BREAK = "What is missed"
"""Section that begins the second page in print."""
SUM_WORD = Text("All years", "Все годы")


def write_summary(sheet: Any, book: Any, report: Report, style: Style, lang: Lang, footer: str) -> None:
    """The summary sheet, laid out for reading."""
    places = {name: Place(table) for name, table in report.tables.items()}
    years = max((len(strip.years) for section in report.overview for strip in section.strips), default=0)
    last = max(LEAST_COLUMNS, years + 2) - 1
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, last, CELL_WIDTH)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, word(report.title, lang),
                       style(bold=True, font_size=18, font_color=HEAD, valign="vcenter"))
    sheet.write_string(1, 0, word(report.subtitle, lang), style.note())
    row = 3
    for section in report.overview:
        if section.head.en == BREAK:
            sheet.set_h_pagebreaks([row])
        row = _section(sheet, row, last, section, style, lang)
        for strip in section.strips:
            row = _strip(sheet, book, row, last, strip, report, places, style, lang)
        row += 1
    sheet.freeze_panes(2, 0)
    print_setup(sheet, footer, last_head_row=None, portrait=True)
    # A stated scale instead of "fit to width": Excel heeds page breaks only then. A4 is 534 points wide between these
    # margins, a quarter kept for wider fonts: other programs and machines have others, and would cut the last columns.
    sheet.set_print_scale(max(10, min(100, int(76 * 534 / ((LABEL_WIDTH + last * CELL_WIDTH) * 5.25
                                                           + (last + 1) * 3.75)))))


def _section(sheet: Any, row: int, last: int, section: Section, style: Style, lang: Lang) -> int:
    """Heading, sentence and key figures; the row after them."""
    sheet.set_row(row, 20)
    for c in range(last + 1):
        sheet.write_blank(row, c, None, style(bg_color=BAND))
    sheet.write_string(row, 0, section.head.say(lang),
                       style(bold=True, font_size=12, font_color=HEAD, bg_color=BAND, valign="vcenter"))
    _merged(sheet, row + 1, 0, last, section.lead.say(lang), LABEL_WIDTH + last * CELL_WIDTH,
            style(text_wrap=True, italic=True))
    row += 2
    for fact in section.facts:
        _fact(sheet, row, last, fact, style, lang)
        row += 1
    return row + 1


def _merged(sheet: Any, row: int, first: int, last: int, text: str, letters: float, form: Any) -> None:
    """Text over several columns; the height is set, because merged cells do not grow by themselves."""
    sheet.merge_range(row, first, row, last, "", form)
    sheet.write_string(row, first, text, form)
    sheet.set_row(row, row_height([(text, letters)]))


def _fact(sheet: Any, row: int, last: int, fact: Fact, style: Style, lang: Lang) -> None:
    look: dict[str, Any] = {"bottom": 4, "bottom_color": LINE, "bold": fact.strong, "valign": "vcenter"}
    label = fact.label.say(lang)
    sheet.write_string(row, 0, label,
                       style(text_wrap=True, indent=1 if fact.label.en.startswith("of which") else 0, **look))
    value = fact.value
    if isinstance(value, (str, Text)):
        sheet.write_string(row, 1, word(value, lang), style(**look))
    elif value is None or not math.isfinite(value):
        sheet.write_blank(row, 1, None, style(**look))
    else:
        plain = "#,##0" if float(value).is_integer() or abs(value) >= 1000 else amount(1 if abs(value) >= 1 else 4)
        form = number_format(fact.unit, [value]) if fact.unit else plain
        sheet.write_number(row, 1, value, style(num_format=_fine(fact, value) or form, **look))
    sheet.write_string(row, 2, fact.beside.say(lang) if fact.beside else "",
                       style(font_color=MUTED, bottom=4, bottom_color=LINE, valign="vcenter", indent=1))
    note = style(text_wrap=True, font_color=MUTED, bottom=4, bottom_color=LINE, valign="vcenter")
    _merged(sheet, row, NOTE_COLUMN, last, fact.note.say(lang) if fact.note else "",
            (last - NOTE_COLUMN + 1) * CELL_WIDTH, note)
    if len(label) > LABEL_WIDTH:
        sheet.set_row(row, max(row_height([(label, LABEL_WIDTH)]),
                               row_height([(fact.note.say(lang) if fact.note else "", (last - 2) * CELL_WIDTH)])))


def _fine(fact: Fact, value: float) -> str | None:
    """More decimals where a figure is small: a gap of 0.004 % must not look like none, nor 1.5625 % like 1.6 % beside
    its limit."""
    if fact.unit == "%" and 0 < abs(value) < 0.1:
        return "0.0000"
    if fact.unit == "%" and abs(value) < 10 and value:
        return "0.00"
    if fact.unit == "number":
        return free_format(value)
    return "#,##0.00" if fact.unit == "years" else None


def _strip(
    sheet: Any, book: Any, row: int, last: int, strip: Strip, report: Report, places: Mapping[str, Place], style: Style,
    lang: Lang,
) -> int:
    """A small table by year, its sums, and its chart; the row after them."""
    count = len(strip.years)
    unit = UNITS[strip.unit].symbol.say(lang)
    sheet.write_string(row, 0, f"{strip.head.say(lang)}, {unit}", style.head(align="left"))
    for i, year in enumerate(strip.years):
        sheet.write_number(row, 1 + i, year, style.head(align="right", num_format="0"))
    sheet.write_string(row, 1 + count, SUM_WORD.say(lang), style.head(align="right"))
    sheet.set_row(row, 30)
    values = [[report.value(ref) for ref in refs] for _, refs in strip.rows]
    form = number_format(strip.unit, [v for line in values for v in line])
    first = row + 1
    for r, ((label, refs), line) in enumerate(zip(strip.rows, values, strict=True)):
        sheet.write_string(first + r, 0, label.say(lang), style(bottom=4, bottom_color=LINE, valign="vcenter"))
        for i, (ref, value) in enumerate(zip(refs, line, strict=True)):
            target = places[ref.sheet].reference(ref)
            cell = style(num_format=form, bottom=4, bottom_color=LINE, valign="vcenter")
            if target is None:
                sheet.write_number(first + r, 1 + i, value, cell)
            else:
                sheet.write_formula(first + r, 1 + i, f"={target}", cell, value)
        _across(sheet, first + r, count, math.fsum(line),
                style(num_format=form, bottom=4, bottom_color=LINE, valign="vcenter", bold=True))
    end = first + len(strip.rows)
    total = style(num_format=form, bold=True, bg_color=TOTAL, top=1, top_color=MUTED)
    sheet.write_string(end, 0, strip.total.say(lang), total)
    for i in range(count):
        _down(sheet, end, 1 + i, first, [line[i] for line in values], total)
    _across(sheet, end, count, math.fsum(v for line in values for v in line), total)
    if strip.chart is None or not strip.rows:
        return end + 2
    _chart(sheet, book, strip, first, end, row, word(strip.chart, lang), last)
    return end + 2 + CHART_ROWS + 1


def _down(sheet: Any, row: int, column: int, first: int, values: list[float], form: Any) -> None:
    """Sum of the cells above."""
    letter = chr(ord("A") + column) if column < 26 else None
    if letter is None or row == first:
        sheet.write_number(row, column, math.fsum(values), form)
    else:
        sheet.write_formula(row, column, f"=SUM({letter}{first + 1}:{letter}{row})", form, math.fsum(values))


def _across(sheet: Any, row: int, count: int, value: float, form: Any) -> None:
    """Sum of the years."""
    if count < 1 or count > 24:
        sheet.write_number(row, 1 + count, value, form)
    else:
        sheet.write_formula(row, 1 + count, f"=SUM(B{row + 1}:{chr(ord('A') + count)}{row + 1})", form, value)


def _chart(sheet: Any, book: Any, strip: Strip, first: int, end: int, head: int, title: str, last: int) -> None:
    """Stacked columns by year, a series for each row of the strip."""
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    count = len(strip.years)
    for i, (r, (label, _)) in enumerate(zip(range(first, end), strip.rows, strict=True)):
        chart.add_series({
            "name": ["summary", r, 0], "categories": ["summary", head, 1, head, count],
            "values": ["summary", r, 1, r, count],
            "fill": {"color": PALETTE[place_of(label, i) % len(PALETTE)]}, "gap": 60,
        })
    chart.set_title({"name": title, "name_font": {"size": 11, "color": HEAD}, "overlay": False})
    chart.set_legend({"position": "right", "font": {"size": 9}})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": LINE}},
                      "line": {"none": True}, "num_font": {"size": 9}})
    chart.set_x_axis({"num_format": "0", "num_font": {"size": 9}})
    chart.set_chartarea({"border": {"none": True}})
    pixels = int(LABEL_WIDTH * 7 + 5 + last * (CELL_WIDTH * 7 + 5))
    chart.set_size({"width": pixels, "height": CHART_ROWS * 20 - 10})
    sheet.insert_chart(end + 2, 0, chart, {"object_position": 1})
