"""Writes the comparison's ``overview``: figures of all scenarios, live differences from the base beside them, native
charts beneath."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from jaryq.base.text import Lang, Text, word
from jaryq.base.units import UNITS as KNOWN
from jaryq.handover.colours import place_of
from jaryq.report.compare.overview import apart
from jaryq.report.compare.shapes import NO_PLAN, Block, Line
from jaryq.report.compare.story import Comparison
from jaryq.sheets.results_compare import OVERVIEW_COMPARED
from jaryq.tables.tables import letters
from jaryq.workbook.comparison_money import signed
from jaryq.workbook.comparison_print import columns_printed, in_excel, printed
from jaryq.workbook.comparison_waterfall import USUAL
from jaryq.workbook.plan_place import FIRST, HEADINGS, UNITS
from jaryq.workbook.plan_style import (
    BAD,
    BAND,
    HEAD,
    LINE,
    MUTED,
    PALETTE,
    Style,
    longest_word,
    number_format,
    row_height,
)
from jaryq.workbook.plan_tables import row_format, write_head

LABEL, UNIT = (column.width for column in OVERVIEW_COMPARED.columns)
BIG, SMALL = 1.3, 0.85
"""Letters of width that one of the title takes, and one of the note behind it: neither is cut off on paper."""
LEFT = 2
"""Columns before the first scenario."""
MOST_BESIDE = 6
"""Of so many scenarios one heading stands over all differences; of more, which print on pages of their own, over
each."""
GAP, CHART_ROWS, MOST_PIXELS = 2, 17, 1500
DIFFERS = Text("What differs", "Что отличается")
ALIKE = Text("The same in all scenarios", "Одинаково во всех сценариях")
DIFFERENCE = Text("Difference from: {base}", "Отличие от: {base}")
CHARTS = {
    "group": Text("Who pays, nominal, bn KZT", "Кто платит, номинально, млрд тенге"),
    "facilities": Text("Facilities completed", "Завершено объектов"),
    "sector": Text("Networks renewed, km", "Обновлено сетей, км"),
}
PLACES = {"group": (0, 0.0, 1.0), "facilities": (1, 0.0, 0.5), "sector": (1, 0.5, 0.5)}
"""Row of charts, beginning and part of the width that each takes."""


@dataclass(frozen=True)
class Grid:
    """Where columns stand: scenarios, then a gap, then the differences of all but the first."""

    count: int

    def value(self, i: int) -> int:
        return LEFT + i

    def difference(self, i: int) -> int:
        return LEFT + self.count + i

    @property
    def last(self) -> int:
        """Last column in use."""
        return self.difference(self.count - 1) if self.count > 1 else self.value(0)


def write_overview(sheet: Any, book: Any, made: Comparison, style: Style, lang: Lang, footer: str) -> None:
    """The whole sheet."""
    grid = Grid(len(made.names))
    names = [name.say(lang) for name in made.names]
    cell = float(max(12, min(22, max(longest_word(name) for name in names) + 2)))
    head, note = f"{made.title.say(lang)}: {OVERVIEW_COMPARED.text.say(lang).lower()}", made.subtitle.say(lang)
    write_head(sheet, style, head, note, lang)
    _columns(sheet, made, names, grid, cell, style, lang)
    row, blocks = FIRST, list[int]()
    rows: dict[str, list[tuple[int, Text]]] = {}
    for title, found in _sections(made):
        if title is not None:
            blocks.append(row)
            sheet.write_string(row, 0, title.say(lang), style(bold=True, font_size=12, font_color=HEAD,
                                                              valign="vcenter"))
            sheet.set_row(row, 20)
            row += 1
        for block in found:
            if title is None or block is not found[0]:
                blocks.append(row)
            _band(sheet, row, block, grid, style, lang)
            row += 1
            for line in block.lines:
                rows.setdefault(line.part, []).append((row, line.label))
                _line(sheet, row, line, grid, style, lang)
                row += 1
    drawn = {part for part in CHARTS if grid.count == 1 or any(
        line.differs for block in made.overview for line in block.lines if line.part == part)}
    widths = [LABEL, UNIT, *[cell] * grid.count, *([GAP, *[cell] * (grid.count - 1)] if grid.count > 1 else [])]
    parts = [[grid.value(i) for i in range(grid.count)], [grid.difference(i) for i in range(1, grid.count)]]
    pages = columns_printed(widths, LEFT, parts[:grid.count])
    pixels = int(min(MOST_PIXELS, sum(map(in_excel, [*widths[:LEFT], *widths[pages[0][0]:pages[0][1]]])) / 0.75))
    bands = _charts(sheet, book, row + 1, {part: rows.get(part, []) for part in CHARTS if part in drawn}, grid, pixels,
                    lang)
    sheet.freeze_panes(FIRST, LEFT)
    sheet.hide_gridlines(2)
    short = BIG * len(head) + SMALL * len(note) - sum(widths)
    beside = [USUAL] * (max(0, math.ceil(short / USUAL)) if len(pages) == 1 else 0)
    printed(sheet, footer, [*widths, *beside], row + CHART_ROWS * bands, LEFT, parts[:grid.count],
          [*blocks, *(row + 1 + CHART_ROWS * band for band in range(bands))])


def _sections(made: Comparison) -> list[tuple[Text | None, tuple[Block, ...]]]:
    """What differs first, then what is the same; a single scenario is not divided."""
    if len(made.names) == 1:
        return [(None, made.overview)]
    return [(title, blocks) for title, blocks in zip((DIFFERS, ALIKE), apart(made.overview), strict=True) if blocks]


def _band(sheet: Any, row: int, block: Block, grid: Grid, style: Style, lang: Lang) -> None:
    for c in range(grid.last + 1):
        sheet.write_blank(row, c, None, style(bg_color=BAND))
    sheet.write_string(row, 0, block.head.say(lang),
                       style(bold=True, font_color=HEAD, bg_color=BAND, valign="vcenter"))
    sheet.set_row(row, 16)


def _columns(sheet: Any, made: Comparison, names: list[str], grid: Grid, cell: float, style: Style, lang: Lang) -> None:
    """Widths and headings: names of the scenarios, their keys above them."""
    sheet.set_column(0, 0, LABEL)
    sheet.set_column(1, 1, UNIT)
    sheet.set_column(LEFT, grid.last, cell)
    for c, column in enumerate(OVERVIEW_COMPARED.columns):
        sheet.write_string(HEADINGS, c, column.text.say(lang), style.head(align="left"))
    for i, (name, key) in enumerate(zip(names, made.ids, strict=True)):
        sheet.write_string(UNITS, grid.value(i), key, style.unit())
        sheet.write_string(HEADINGS, grid.value(i), name, style.head(align="center"))
    heights: list[tuple[str, float]] = []
    if grid.count > 1:
        sheet.set_column(grid.value(grid.count - 1) + 1, grid.value(grid.count - 1) + 1, GAP)
        for i in range(1, grid.count):
            sheet.write_string(HEADINGS, grid.difference(i), names[i], style.head(align="center"))
        look = style(font_color=HEAD, bold=True, align="center", valign="vcenter", bottom=1, bottom_color=HEAD,
                     text_wrap=True)
        said = DIFFERENCE.say(lang, base=made.names[0])
        over = grid.count - 1 if grid.count <= MOST_BESIDE else 1
        for first in range(grid.difference(1), grid.last + 1, over):
            if over > 1:
                sheet.merge_range(UNITS, first, UNITS, grid.last, "", look)
            sheet.write_string(UNITS, first, said, look)
        heights.append((said, cell * over))
    keys = [(key, cell * 1.15) for key in made.ids] + heights
    sheet.set_row(UNITS, max(24.0, row_height(keys, line=12.0)))
    sheet.set_row(HEADINGS, max(30.0, row_height((name, cell / 1.15) for name in names)))


def _line(sheet: Any, row: int, line: Line, grid: Grid, style: Style, lang: Lang) -> None:
    """Label, unit, a value for each scenario, and the differences."""
    look: dict[str, Any] = {"bottom": 4, "bottom_color": LINE, "bold": line.strong, "valign": "vcenter"}
    label = line.label.say(lang)
    sheet.write_string(row, 0, label,
                       style(text_wrap=True, indent=1 if line.part in ("sector", "group") else 0, **look))
    sheet.write_string(row, 1, _unit(line, lang),
                       style(font_color=MUTED, bottom=4, bottom_color=LINE, valign="vcenter"))
    sheet.set_row(row, max(13.5, row_height([(label, LABEL - 1)])))
    form = _format(line)
    for i, value in enumerate(line.values):
        c = grid.value(i)
        if isinstance(value, (str, Text)):
            sheet.write_string(row, c, word(value, lang), style(align="right", text_wrap=True, **look,
                                                                **({"font_color": BAD} if value is NO_PLAN else {})))
        elif value is None or isinstance(value, bool) or not math.isfinite(value):
            sheet.write_blank(row, c, None, style(**look))
        elif line.adds:
            letter = letters(c + 1)
            sheet.write_formula(row, c, f"=SUM({letter}{row + 2}:{letter}{row + 1 + line.adds})",
                                style(num_format=form, **look), value)
        else:
            sheet.write_number(row, c, value, style(num_format=form, **look))
    first = f"${letters(grid.value(0) + 1)}{row + 1}"
    for i in range(1, grid.count):
        change = line.difference(i)
        shown = style(num_format=signed(form, change), **look)
        # How many cells or projects a scenario changes is itself a difference.
        if change is None or line.part in ("changed", "count"):
            sheet.write_blank(row, grid.difference(i), None, shown)
        else:
            sheet.write_formula(row, grid.difference(i), f"=ROUND({letters(grid.value(i) + 1)}{row + 1}-{first},9)",
                                shown, change)


def _unit(line: Line, lang: Lang) -> str:
    return KNOWN[line.unit].symbol.say(lang) if line.unit else line.said.say(lang) if line.said else ""


def _format(line: Line) -> str:
    """Whole numbers without decimals, small distances with three; nothing as a dash."""
    if line.part == "gap":
        return '0.000;-0.000;"0"'
    if line.said:
        return row_format(line.values).replace("[Red]", "")
    if not line.unit:
        return '#,##0;-#,##0;"0"'
    if line.unit == "km":
        return '#,##0;-#,##0;"–"'
    return number_format(line.unit, line.values).replace("[Red]", "")



def _charts(sheet: Any, book: Any, row: int, rows: dict[str, list[tuple[int, Text]]], grid: Grid, pixels: int,
            lang: Lang) -> int:
    """Money by group, facilities, km by sector (rows and their names): one column for each scenario; how many rows of
    charts there are."""
    places = PLACES if grid.count <= MOST_BESIDE else {part: (i, 0.0, 1.0) for i, part in enumerate(CHARTS)}
    bands = sorted({places[part][0] for part, drawn in rows.items() if drawn})
    for part, drawn in rows.items():
        if not drawn:
            continue
        place, left, size = bands.index(places[part][0]), *places[part][1:]
        chart = book.add_chart({"type": "column", "subtype": "stacked"})
        for i, (r, label) in enumerate(drawn):
            chart.add_series({
                "name": ["overview", r, 0],
                "categories": ["overview", HEADINGS, grid.value(0), HEADINGS, grid.value(grid.count - 1)],
                "values": ["overview", r, grid.value(0), r, grid.value(grid.count - 1)],
                "fill": {"color": PALETTE[place_of(label, i) % len(PALETTE)]}, "gap": 70,
                "data_labels": {"value": True, "position": "inside_end", "font": {"color": "#FFFFFF", "size": 9}}
                if part == "facilities" else {},
            })
        chart.set_title({"name": CHARTS[part].say(lang), "name_font": {"size": 11, "color": HEAD}, "overlay": False})
        chart.set_legend({"none": True} if len(drawn) == 1 else {"position": "bottom", "font": {"size": 8}})
        chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": LINE}},
                          "line": {"none": True},
                          "num_font": {"size": 8}, "min": 0})
        chart.set_x_axis({"num_font": {"size": 8}})
        chart.set_chartarea({"border": {"none": True}})
        chart.set_size({"width": int(size * pixels) - 8, "height": 20 * CHART_ROWS - 10})
        sheet.insert_chart(row + CHART_ROWS * place, 0, chart, {"x_offset": int(left * pixels), "object_position": 3})
    return len(bands)
