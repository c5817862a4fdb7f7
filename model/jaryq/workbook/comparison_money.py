"""Writes the comparison's sheet ``money``: a block of sources for each scenario, each with a live subtotal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaryq.base.text import Lang, Text, word
from jaryq.report.shapes import Out, Value, plus
from jaryq.workbook.comparison_print import printed
from jaryq.workbook.plan_place import FIRST, HEADINGS, Place
from jaryq.workbook.plan_style import LINE, MUTED, TOTAL, Style
from jaryq.workbook.plan_tables import EMPTY, TOTAL_WORD, frozen, write_headings, write_row

MONEY = "#,##0.0"


def signed(form: str, change: float | None) -> str:
    """The format of a difference: with its sign, in no alarming colour (neither sign is bad in itself), nothing as a
    dash.

    What would be shown as +0.0 takes more decimals, and from a millionth of the unit on is said to be about nothing.
    """
    body = form.partition(";")[0]
    size = abs(change or 0.0)
    decimals = body.partition(".")[2].count("0")
    if 0.0 < size < 0.5 * 10.0**-decimals:
        if size < 5e-4:
            return '"≈ 0";"≈ 0";"–"'
        body = "#,##0.000"
    return f'+{body};-{body};"–"'


def write_money(sheet: Any, table: Out, style: Style, lang: Lang, footer: str) -> None:
    """The whole sheet. Differences point to the same source in the first block."""
    formats, widths = write_headings(sheet, table, style, lang)
    place = Place(table)
    blocks = blocks_of(table)
    row, first_block, starts = FIRST, FIRST, list[int]()
    for rows in blocks:
        first = row
        starts.append(row)
        for i, one in enumerate(rows):
            write_row(sheet, place, one, row, style, lang, formats, widths)
            _change(sheet, place, row, first_block + i, one.get("change"), style)
            row += 1
        _subtotal(sheet, place, rows, first, row, style, lang, formats)
        row += 1
    if not blocks:
        sheet.write_string(FIRST, 0, EMPTY.say(lang), style.note())
    else:
        sheet.autofilter(HEADINGS, 0, row - 1, len(table.headings) - 1)
    sheet.freeze_panes(FIRST, frozen(table.headings))
    printed(sheet, footer, widths, row, blocks=starts)


def blocks_of(table: Out) -> list[list[Mapping[str, Value]]]:
    """The rows of each scenario: a block begins where the first source comes again (names of scenarios may repeat)."""
    blocks: list[list[Mapping[str, Value]]] = []
    for row in table.rows:
        if row["source"] == table.rows[0]["source"]:
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _change(sheet: Any, place: Place, row: int, base: int, value: Value, style: Style) -> None:
    """The total of this row less that of the same source in the base; blank in the base itself or where there is
    none."""
    column = place.table.headings.index("change")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        total = place.column("total")
        form = style(num_format=signed(MONEY, value), bottom=4, bottom_color=LINE)
        sheet.write_formula(row, column, f"=ROUND({total}{row + 1}-{total}{base + 1},9)", form, value)
    else:
        sheet.write_blank(row, column, None, style(bottom=4, bottom_color=LINE))


def _subtotal(sheet: Any, place: Place, rows: list[Mapping[str, Value]], first: int, row: int, style: Style, lang: Lang,
              formats: list[str | None]) -> None:
    """The scenario's own total under its block."""
    look = {"bold": True, "bg_color": TOTAL, "top": 1, "top_color": MUTED}
    scenario = rows[0]["scenario"]
    for c, heading in enumerate(place.table.headings):
        letter = place.column(heading)
        values = [one.get(heading) for one in rows]
        if heading in place.table.sums and any(value is not None for value in values):
            total = plus(values)
            form = style(num_format=signed(MONEY, total) if heading == "change" else formats[c] or "General", **look)
            sheet.write_formula(row, c, f"=SUM({letter}{first + 1}:{letter}{row})", form, total)
        elif heading == "scenario" and isinstance(scenario, (str, Text)):
            sheet.write_string(row, c, word(scenario, lang), style(text_wrap=True, **look))
        elif heading == "source":
            sheet.write_string(row, c, TOTAL_WORD.say(lang), style(indent=1, **look))
        else:
            sheet.write_blank(row, c, None, style(**look))
