"""The first three rows of an input sheet: title and note, titles of columns with units, headings with their comments;
widths and formats."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from jaryq.base.text import Lang
from jaryq.sheets.describe import rules, title, unit
from jaryq.sheets.groups import Group, group_of
from jaryq.sheets.settings import SETTINGS
from jaryq.sheets.spec import Column, Sheet
from jaryq.tables.tables import Table, letters
from jaryq.tables.values import show
from jaryq.workbook import style
from jaryq.workbook.highlight import Columns
from jaryq.workbook.lists import guard
from jaryq.workbook.plan_style import longest_word, row_height
from jaryq.workbook.shape import HEADING_ROW

REMARK = 100.0
"""Width of the remarks on settings, which hold their defaults and meanings."""
LONG = 40
"""Declared width of columns that hold sentences: they are set smaller, wrapped, and wider than declared."""
WIDE, WIDEST = 56, 30
"""Width of columns of sentences; widest column of other texts unless it is declared wider."""


def write_head(page: Worksheet, sheet: Sheet, columns: Columns, table: Table, lang: Lang) -> list[float]:
    """Rows 1 to 3; the widths of the columns."""
    page["A1"] = style.titled(sheet.title(lang), sheet.note.say(lang))
    page["A1"].alignment = style.LEVEL
    page.row_dimensions[1].height = 28
    page.row_dimensions[HEADING_ROW].height = 18
    widths = [REMARK if sheet is SETTINGS and name == "note" else width(column, name, table, lang)
              for name, column in columns]
    titles = [(under(column, name, lang), wide * 1.1)
              for (name, column), wide in zip(columns, widths, strict=True) if column is not None]
    page.row_dimensions[2].height = row_height(titles, 12.0) + 3
    for place, ((name, column), wide) in enumerate(zip(columns, widths, strict=True), start=1):
        page.column_dimensions[letters(place)].width = wide
        _write_heading(page, place, name, column, sheet, lang)
    _write_groups(page, sheet, [name for name, _ in columns], lang)
    return widths


def _write_groups(page: Worksheet, sheet: Sheet, names: Sequence[str], lang: Lang) -> None:
    """A band in the colour of each group of columns with its title in row 1, and a button that folds what is behind its
    first column."""
    # The button stands above the first column.
    page.sheet_properties.outlinePr.summaryRight = False  # type: ignore[union-attr]
    before: Group | None = None
    for place, name in enumerate(names, start=1):
        group = group_of(sheet, name)
        if group is not None:
            band, (strong, pale) = page.cell(1, place), style.GROUP_FILLS[group.colour]
            style.dress(band, fill=strong)
            style.dress(page.cell(2, place), fill=pale)
            if group is not before:
                alone = place == len(names) or group_of(sheet, names[place]) is not group
                band.value, band.font, band.border = group.text.say(lang), style.GROUP_HEAD, style.EDGE
                band.data_type, band.alignment = "s", style.CENTRE if alone else style.SAID
            elif group.folds:
                page.column_dimensions[letters(place)].outlineLevel = 1
        before = group


def _write_heading(page: Worksheet, place: int, name: str, column: Column | None, sheet: Sheet, lang: Lang) -> None:
    head, above = page.cell(HEADING_ROW, place, name), page.cell(2, place)
    head.data_type = "s"
    style.dress(head, font=style.HEAD, border=style.SIDES,
                fill=style.KEY_FILL if name in sheet.key else style.HEAD_FILL,
                alignment=style.RIGHT if right(column) else style.TOP)
    style.dress(above, fill=style.BAND_FILL, border=style.SIDES)
    if column is None:
        return
    above.value = style.above(title(column, name, lang), unit(column, lang), column.required)
    style.dress(above, alignment=style.UNDER_RIGHT if right(column) else style.UNDER)
    head.comment = remark(column, name, lang, sheet.name)
    if not sheet.free:
        guard(page, head.coordinate, name, column, lang)


def right(column: Column | None) -> bool:
    """Numbers stand at the right."""
    return column is not None and column.kind in ("number", "integer")


def under(column: Column, name: str, lang: Lang) -> str:
    """What stands above a heading as plain text: the title, and on a new line the unit."""
    return "\n".join(part for part in (title(column, name, lang) + (" *" if column.required else ""),
                                       unit(column, lang)) if part)


def remark(column: Column, name: str, lang: Lang, sheet: str) -> Comment:
    """The comment of a heading: title and unit, meaning, and the rules with an example."""
    first = ", ".join(part for part in (title(column, name, lang), unit(column, lang)) if part)
    lines = [first, column.note.say(lang), *rules(column, lang, sheet)]
    height = 18 * sum(1 + len(line) // 44 for line in lines) + 16
    return Comment("\n".join(lines), "Jaryq", width=330, height=height)


def width(column: Column | None, name: str, table: Table, lang: Lang) -> float:
    """As wide as the heading with the arrow of its filter, the words of its title, and what stands in it, within
    bounds."""
    least = len(name) + 4
    if column is None:
        return max(least, 20)
    if column.width >= LONG:
        return max(WIDE, column.width)
    words = longest_word(under(column, name, lang)) if lang != "ja" else 0
    values: Sequence[object] = [] if right(column) else table.values[name] if name in table.columns else []
    longest = max((len(show(value)) for value in values if value is not None), default=0) + 4
    return max(least, words + 2, column.width, min(longest, max(WIDEST, column.width)))
