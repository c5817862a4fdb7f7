"""Writes one output table: title, units, headings, rows, live totals, widths, filter, frozen panes, print set-up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from jaryq.base.text import Lang, Text, word
from jaryq.report.shapes import Out, Value
from jaryq.report.words import BUYS, CLOSED, DATA, NO, NOT_IN, OUT_OF_SERVICE, WORKS, ZONES
from jaryq.sheets.spec import Column
from jaryq.workbook.plan_place import FIRST, HEADINGS, TITLE, UNITS, Place
from jaryq.workbook.plan_style import (
    BAD,
    ESTIMATE,
    GOOD,
    HEAD,
    HEAD_INK,
    INK,
    LINE,
    MUTED,
    NONE,
    TOTAL,
    Style,
    amount,
    free_format,
    longest_word,
    number_format,
    places,
    print_setup,
    row_height,
    shown_length,
)

TOTAL_WORD, OF_WHICH, BACK, EMPTY = (Text("Total", "Итого"), Text("of which", "в том числе"),
                                     Text("← contents", "← содержание"), Text("No rows.", "Строк нет."))

CHECKED = {"claimed": "#,##0.000000", "recomputed": "#,##0.000000", "residual": "0.0E+00", "tolerance": "0.0E+00"}
"""Formats of the sheet of checks, where every figure has another unit."""


EXACT = ("loans", "tariffs", "burden")
"""Sheets whose percents are rates, or small shares with a limit, read to the hundredth."""

NARROW = 4
"""Columns of text of at most so many letters hold marks and stay as narrow as declared."""

MARKS: Mapping[Text, tuple[str, str]] = {
    BUYS: ("#DCE6EA", INK), WORKS: (HEAD, HEAD_INK), OUT_OF_SERVICE: ("#D98E32", INK),
    ZONES["red"]: ("#F3D3CF", BAD), ZONES["yellow"]: ("#FBEFC4", INK), ZONES["green"]: ("#D9EBDD", GOOD),
}
"""Words that are seen by their colour: ground and ink."""


def write_table(sheet: Any, table: Out, style: Style, lang: Lang, footer: str) -> list[float]:
    """The whole sheet of one output table; the widths of its columns in letters."""
    formats, widths = write_headings(sheet, table, style, lang)
    place = Place(table)
    for r, row in enumerate(table.rows):
        write_row(sheet, place, row, FIRST + r, style, lang, formats, widths)
    if table.rows:
        _totals(sheet, place, style, lang, formats, widths)
        sheet.autofilter(HEADINGS, 0, place.last, len(table.headings) - 1)
    else:
        sheet.write_string(FIRST, 0, EMPTY.say(lang), style.note())
    for i, remark in enumerate(table.remarks):
        _remark(sheet, max(place.end, FIRST) + 2 + i, remark.say(lang), widths, style)
    sheet.freeze_panes(FIRST, frozen(table.headings))
    print_setup(sheet, footer, letters=sum(widths))
    return widths


def _remark(sheet: Any, row: int, text: str, widths: list[float], style: Style) -> None:
    """A sentence beneath the table, wrapped in its width: a long line would make the printed page wider, and its
    letters smaller."""
    form = style.note(text_wrap=True)
    last, room = 0, widths[0]
    while last + 1 < len(widths) and room < len(text):
        last += 1
        room += widths[last]
    if last:
        sheet.merge_range(row, 0, row, last, "", form)
    sheet.write_string(row, 0, text, form)
    sheet.set_row(row, row_height([(text, room)]))


def write_headings(sheet: Any, table: Out, style: Style, lang: Lang) -> tuple[list[str | None], list[float]]:
    """Title, units and headings of a table; the number formats and widths of its columns."""
    columns = [column_of(table, heading) for heading in table.headings]
    write_head(sheet, style, table.declared.text.say(lang), table.declared.note.say(lang), lang)
    for c, (heading, column) in enumerate(zip(table.headings, columns, strict=True)):
        if c and column.unit and column.unit != "number":  # above the first column stands the way back
            unit = column.unit_of
            sheet.write_string(UNITS, c, unit.symbol.say(lang) if unit else "", style.unit())
        narrow = column.kind == "text" and column.width <= NARROW
        sheet.write_string(HEADINGS, c, heading_text(column, heading, lang),
                           style.head(align="center",
                               **({"font_size": 8} if narrow else {})) if column.kind != "text" or narrow
                           else style.head(align="left", indent=1 if c else 0))
    _bands(sheet, table, style, lang)
    formats = [_format(table, heading, column) for heading, column in zip(table.headings, columns, strict=True)]
    widths = [width(table, heading, column, form, lang)
              for heading, column, form in zip(table.headings, columns, formats, strict=True)]
    widths[0] = max(widths[0], len(BACK.say(lang)) + 1.0)
    for c, letters in enumerate(widths):
        sheet.set_column(c, c, letters)
    units = [(unit.symbol.say(lang), letters) for column, letters in zip(columns, widths, strict=True)
             if (unit := column.unit_of) and column.unit != "number"]
    sheet.set_row(UNITS, max(24.0, row_height(units, line=11.0)))
    return formats, widths


def _bands(sheet: Any, table: Out, style: Style, lang: Lang) -> None:
    """Words above headings, one over all neighbours that share it."""
    at = [table.bands.get(heading) for heading in table.headings]
    look = style(bold=True, font_color=HEAD, align="center", valign="bottom", bottom=1, bottom_color=HEAD)
    c = 0
    while c < len(at):
        last = c
        while last + 1 < len(at) and at[last + 1] == at[c]:
            last += 1
        said = at[c]
        if said is not None and last > c:
            sheet.merge_range(UNITS, c, UNITS, last, said.say(lang), look)
        elif said is not None:
            sheet.write_string(UNITS, c, said.say(lang), look)
        c = last + 1


def write_head(sheet: Any, style: Style, title: str, note: str, lang: Lang, height: float = 46) -> None:
    """Title and note in row 1, the way back to the contents in row 2; ``height`` of the headings."""
    sheet.set_row(TITLE, 22)
    if note:
        sheet.write_rich_string(TITLE, 0, style.title(), title, style.note(font_size=10, valign="vcenter"),
                                f"   {note}", style(valign="vcenter"))
    else:
        sheet.write_string(TITLE, 0, title, style.title())
    sheet.write_url(UNITS, 0, "internal:'contents'!A1", style.link(), BACK.say(lang))
    sheet.set_row(UNITS, 24)
    sheet.set_row(HEADINGS, height)


def column_of(table: Out, heading: str) -> Column:
    column = table.declared.column(heading)
    assert column is not None  # Out has checked its headings
    return column


def heading_text(column: Column, heading: str, lang: Lang) -> str:
    """``Cost in 2027`` for a member of a family."""
    title = column.text.say(lang)
    return f"{title} {heading[len(column.name):]}" if column.family else title


def cell_format(column: Column, value: float) -> str:
    """Format of a single number; money that is nothing is a dash, a figure that is nothing is 0."""
    return NONE if value == 0.0 and column.unit == "bn currency" else free_format(value)


def row_format(values: Sequence[Value]) -> str:
    """Format of the figures of a row that are of one unit: whole numbers as they are, else the fewer decimals the
    larger they are."""
    numbers = [v for v in values if isinstance(v, (int, float)) and math.isfinite(v)]
    if all(abs(v - round(v)) < 1e-9 * max(1.0, abs(v)) for v in numbers):
        return amount(0)
    size = max((abs(v) for v in numbers), default=0.0)
    return amount(0 if size >= 1000 else places(size))


def frozen(headings: tuple[str, ...]) -> int:
    """Columns that stay while scrolling: up to the name, else the first."""
    return headings.index("name") + 1 if "name" in headings[:3] else 1


def _format(table: Out, heading: str, column: Column) -> str | None:
    """Number format of a column; a family and its total share one. None: chosen cell by cell."""
    if column.kind == "text":
        return None
    if column.unit in ("", "number", "bn currency", "capacity of the row"):
        return CHECKED.get(heading, "General") if table.sheet == "checks" else None
    if column.unit == "%" and table.sheet in EXACT:
        return amount(2)
    values = [row.get(h) for h in table.headings if column_of(table, h).unit == column.unit and _kin(table, heading, h)
              for row in table.rows]
    return number_format(column.unit, values)


def _kin(table: Out, heading: str, other: str) -> bool:
    """Whether two columns show the same kind of figure, so that their decimals should agree."""
    families = {**table.row_sums}
    mine = families.get(heading, column_of(table, heading).name)
    return mine == families.get(other, column_of(table, other).name)


def write_row(
    sheet: Any, place: Place, row: Mapping[str, Value], r: int, style: Style, lang: Lang, formats: list[str | None],
    widths: list[float],
) -> None:
    """One row of a table, high enough for its texts."""
    table = place.table
    texts = [(word(value, lang), letters) for h, letters in zip(table.headings, widths, strict=True)
             if isinstance(value := row.get(h), (str, Text))]
    sheet.set_row(r, row_height(texts))
    plain: Mapping[str, Any] = {"bottom": 4, "bottom_color": LINE}
    if row.get("status") in (NOT_IN, CLOSED):
        plain = {**plain, "font_color": MUTED}
    blank, texts = style(**plain), [style(text_wrap=True, indent=indent, **plain) for indent in (0, 1)]
    numbers: dict[str, Any] = {}
    shared = row_format([row.get(h) for h in table.alike]) if table.alike else ""
    for c, heading in enumerate(table.headings):
        value = row.get(heading)
        look = plain
        if heading in ("name", "data_status"):
            look = {**look, **_tint(row.get("data_status"))}
        if value is NO:
            look = {**look, "font_color": BAD, "bold": True}
        if isinstance(value, Text) and value in MARKS:
            fill, ink = MARKS[value]
            sheet.write_string(r, c, word(value, lang),
                               style(bg_color=fill, font_color=ink, align="center", bottom=4, bottom_color=LINE))
        elif isinstance(value, (str, Text)):
            form = texts[c > 0] if look is plain else style(text_wrap=True, indent=1 if c else 0, **look)
            sheet.write_string(r, c, word(value, lang), form)
        elif isinstance(value, bool) or value is None or not math.isfinite(value):
            sheet.write_blank(r, c, None, blank if look is plain else style(**look))
        else:
            wanted = (shared if heading in table.alike
                      else formats[c] or cell_format(column_of(table, heading), value))
            if look is not plain:
                form = style(num_format=wanted, **look)
            elif (form := numbers.get(wanted)) is None:
                form = numbers[wanted] = style(num_format=wanted, **look)
            formula = place.formula(heading, r, row) if heading in place.counted else None
            if formula:
                sheet.write_formula(r, c, formula, form, value)
            else:
                sheet.write_number(r, c, value, form)


def _tint(status: Value) -> dict[str, Any]:
    """Estimates on a light ground, illustrative rows in italics too."""
    if status == DATA["estimate"]:
        return {"bg_color": ESTIMATE}
    return {"bg_color": ESTIMATE, "italic": True} if status == DATA["illustrative"] else {}


def _totals(sheet: Any, place: Place, style: Style, lang: Lang, formats: list[str | None], widths: list[float]) -> None:
    """A total row, and a subtotal row for each group, as live formulas with their values."""
    table = place.table
    if not table.sums:
        return
    look = {"bold": True, "bg_color": TOTAL, "top": 1, "top_color": MUTED}
    for c, heading in enumerate(table.headings):
        if heading in table.sums and table.stated(heading):
            sheet.write_formula(place.total_row, c, f"=SUM({place.span(heading)})",
                                style(num_format=formats[c] or "General", **look), table.total(heading))
        else:
            sheet.write_string(place.total_row, c, TOTAL_WORD.say(lang) if c == 0 else "", style(**look))
    at = table.headings.index(table.groups) if table.groups else 0
    for group in place.groups:
        r = place.group_row(group)
        if isinstance(group, Text):
            sheet.set_row(r, row_height([(word(group, lang), widths[at])]))
        criterion = f"${place.column(table.groups)}{r + 1}"
        for c, heading in enumerate(table.headings):
            plain = style(bg_color=TOTAL)
            if (heading in table.sums or heading in table.levels) and table.stated(heading, group):
                formula = f"=SUMIF({place.span(table.groups, fixed=True)},{criterion},{place.span(heading)})"
                sheet.write_formula(r, c, formula, style(num_format=formats[c] or "General", bg_color=TOTAL),
                                    table.total(heading, group))
            elif c == at:
                _group_cell(sheet, r, c, group, style(bg_color=TOTAL, text_wrap=True, align="left"), lang)
            else:
                sheet.write_string(r, c, OF_WHICH.say(lang) if c == 0 else "", plain)


def _group_cell(sheet: Any, r: int, c: int, group: Value, form: Any, lang: Lang) -> None:
    if isinstance(group, (str, Text)):
        sheet.write_string(r, c, word(group, lang), form)
    else:
        sheet.write_number(r, c, group, form)


def width(table: Out, heading: str, column: Column, form: str | None, lang: Lang) -> float:
    """Wide enough for every number and every unbroken word; texts up to the declared width, then they wrap."""
    if column.kind == "text" and column.width <= NARROW:
        return float(column.width)
    title = longest_word(heading_text(column, heading, lang)) + 2
    values = [row.get(heading) for row in table.rows]
    if heading in table.sums:
        values.append(table.total(heading))
    numbers = [shown_length(v, form or cell_format(column, v))
               for v in values if isinstance(v, (int, float)) and not isinstance(v, bool) and math.isfinite(v)]
    texts = [word(v, lang) for v in values if isinstance(v, (str, Text))]
    if column.kind == "text":
        longest = max((len(text) for text in texts), default=0) + 3
        unbroken = max((longest_word(text) for text in texts), default=0) + 3
        return float(max(title, min(longest, column.width), min(unbroken, 40), 7))
    return float(max(title, max(numbers, default=0) + 2.5, max((longest_word(t) for t in texts), default=0) + 2, 8))
