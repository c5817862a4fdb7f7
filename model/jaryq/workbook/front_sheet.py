"""Writes a front page: title, figures in a row, sentences, charts beside each other, small tables; one printed page.

What the charts draw stands in live cells to the right of the printed area.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from typing import Any

from jaryq.base.text import Lang, Text, unbroken, word
from jaryq.base.units import UNITS
from jaryq.handover.shapes import Chart, Front
from jaryq.report.adding_up import adding_up
from jaryq.report.shapes import Fact, Value
from jaryq.sheets.results import CONTENTS
from jaryq.tables.tables import letters
from jaryq.workbook.front_canvas import USUAL, Canvas, Nowhere
from jaryq.workbook.front_charts import chart_rows, write_chart
from jaryq.workbook.front_gantt import write_gantt
from jaryq.workbook.front_grid import (
    STEP,
    WIDTH,
    Grid,
    Placed,
    digits,
    form_of,
    forms,
    free,
    heading,
    packed,
    seen,
)
from jaryq.workbook.front_tiles import columns_of, write_tiles
from jaryq.workbook.plan_place import ALL, inside
from jaryq.workbook.plan_style import (
    BAND,
    HEAD,
    LINE,
    MUTED,
    TOTAL,
    Numbers,
    Style,
    footer_of,
    print_front,
    row_height,
)

BARS = "#9DB8C6"
NOTHING = 5e-4
"""Smaller figures are shown as nothing."""
GAP = 2
"""Empty columns between the page and what its charts draw."""
BESIDE, LOWEST = 16, 11.6
"""Columns that a chart beside the map needs at least, and rows."""
APART = 8.25
"""Points of the rows between tables."""
LABEL: dict[str, Any] = {"bold": True}
NOTE: dict[str, Any] = {"font_color": MUTED, "font_size": 9}
AFTER_ALL = 6
"""Grid column of the links behind that to all sheets."""
SHEET = re.compile(r"sheet (\w+)")
LINK: dict[str, Any] = {"font_color": "#1F5FA8", "underline": 1}
TOTAL_WORD = Text("Total", "Итого")
PAGE = Grid()
GRIDS = (PAGE, *(Grid(columns) for columns in (54, 58, 62, 66, 70, 76, 84, 92)))
BOLD = 1.25
"""Width of a letter of a table's head against the usual."""
LANDSCAPE = 1.25
"""Width of what is printed over its height, about: LibreOffice sets narrow columns a fifth wider than Excel; so both
print letters as large as can be (in Excel the height, in LibreOffice the width decides)."""



def write_front(sheet: Any, book: Any, name: str, page: Front, style: Style, lang: Lang, footer: str,
                back: str = CONTENTS.name, grid: Grid = PAGE, others: Collection[str] = (),
                numbers: Numbers | None = None) -> None:
    """The whole sheet, which is called ``name``; ``back``: the sheet with the contents (itself: no link); ``grid``: the
    narrowest that it has; what is higher than a landscape page stands on a wider one, so that it fills the page in
    print. ``others``: sheets of the book; cells that name one lead to it. ``numbers``: of its printed pages."""
    if page.gantt is not None:
        write_gantt(sheet, page, style, lang, footer, back, numbers)
        return
    last_row = 0
    for wider in (*(one for one in GRIDS if one.columns > grid.columns), None):
        nowhere = Canvas(Nowhere(), style, lang, grid)
        last_row = _draw(nowhere, Nowhere(), name, page, back)
        if page.long or wider is None or grid.points / nowhere.high(last_row) >= LANDSCAPE:
            break
        grid = wider
    on = Canvas(sheet, style, lang, grid, frozenset(others))
    _draw(on, book, name, page, back)
    print_front(sheet, max(last_row - 1, 1), grid.columns - 1, 0 if page.long else 1)
    sheet.set_footer(footer_of(footer, numbers))


def _draw(on: Canvas, book: Any, name: str, page: Front, back: str) -> int:
    """All that stands on the page; the row after it."""
    sheet, style, lang, grid = on.sheet, on.style, on.lang, on.grid
    last = grid.columns - 1
    sheet.set_column(0, last, WIDTH)
    sheet.hide_gridlines(2)
    on.tall(0, 28)
    sheet.write_string(0, 0, page.title.say(lang), style(bold=True, font_size=18, font_color=HEAD, valign="vcenter"))
    _across(on, 1, 0, last, page.note.say(lang), style.note(text_wrap=True))
    if back != name:
        sheet.write_url(2, 0, inside(back), style.link(), ALL.say(lang))
    column = AFTER_ALL
    for label, there in page.links:
        if there in on.others:
            sheet.write_url(2, column, inside(there), style.link(), label.say(lang))
            column += math.ceil((len(label.say(lang)) + 2) / STEP)
    row = _figures(on, 3, page.figures) if page.figures else 3
    for sentence in page.sentences:
        form = style(text_wrap=True, font_size=11, valign="vcenter")
        _across(on, row, 0, last, f"•  {sentence.say(lang)}", form, 15.0, 1.1)
        row += 1
    if page.sentences:
        row = _apart(on, row)
    data = last + 1 + GAP
    charts = [chart for chart in page.charts if not chart.empty]
    if page.tiles is not None:
        start, beside = row, columns_of(page.tiles) + 1
        row, data = write_tiles(on, row, data, page.tiles)
        if charts and grid.columns - beside >= BESIDE:
            width = grid.pixels * (grid.columns - beside) // grid.columns - 12
            within = on.rows_within(start, row - 1)
            high = max(within, LOWEST)
            on.tall(row - 1, APART + USUAL * (high - within))
            data = write_chart(sheet, book, name, start, beside, data, charts.pop(0), width, style, lang, high)
        on.tall(row - 1, APART)
    for tables in packed(page.blocks, grid, lang):
        row = max(_block(on, row, placed) for placed in tables)
        on.tall(row - 1, APART)
    return _charts(on, book, name, row, data, charts)


def _apart(on: Canvas, row: int) -> int:
    """A low row between what stands above and beneath; the row after it."""
    on.tall(row, APART)
    return row + 1


def _charts(on: Canvas, book: Any, name: str, row: int, data: int, charts: Sequence[Chart]) -> int:
    """Charts beside each other, up to three in a row (of four two), what they draw from column ``data`` on; the next
    free row."""
    across = min(len(charts), 2 if len(charts) == 4 else 3)
    for start in range(0, len(charts), max(across, 1)):
        beside = charts[start:start + across]
        for part, chart in enumerate(beside):
            width = on.grid.pixels // across - 12
            data = write_chart(on.sheet, book, name, row, on.grid.cut(part, across), data, chart, width, on.style,
                               on.lang)
        row += max(chart_rows(chart) for chart in beside) + 1
    return row


def _across(on: Canvas, row: int, first: int, last: int, text: str, form: Any, line: float = 13.0,
            size: float = 1.0) -> None:
    """Text over some columns; the height is set, because merged cells do not grow by themselves. ``size``: of its
    letters against the usual."""
    on.merged(row, first, last, form)
    on.sheet.write_string(row, first, unbroken(text), form)
    on.tall(row, row_height([(text, (last - first + 1) * STEP / size)], line) + 1.5)


def _figures(on: Canvas, row: int, figures: Sequence[Fact]) -> int:
    """Figures beside each other: value, unit, label, note; the row after them."""
    style, lang = on.style, on.lang
    count = min(len(figures), 6)
    cuts = [on.grid.cut(part, count) for part in range(count + 1)]
    for start in range(0, len(figures), count):
        on.tall(row, 26.0)
        for i, fact in enumerate(figures[start:start + count]):
            first, last = cuts[i], cuts[i + 1] - 1
            unit = UNITS[fact.unit].symbol.say(lang) if fact.unit else fact.said.say(lang) if fact.said else ""
            note = fact.note.say(lang) if fact.note else ""
            label = f"{fact.label.say(lang)}, {unit}" if unit else fact.label.say(lang)
            room = (last - first + 1) * STEP - 2
            on.tall(row + 1, row_height([(label, room)]))
            on.tall(row + 2, row_height([(note, room * 1.1)], 12.0))
            big = {"bold": True, "font_size": 18, "font_color": HEAD, "bg_color": BAND, "align": "left", "indent": 1,
                   "valign": "vcenter"}
            on.merged(row, first, last, style(**big))
            value = fact.value
            if isinstance(value, (str, Text)):
                on.sheet.write_string(row, first, word(value, lang), style(**big))
            elif value is not None and math.isfinite(value):
                on.sheet.write_number(row, first, value, style(num_format=figure_format(fact, value), **big))
            for r, (text, look) in enumerate(((label, LABEL), (note, NOTE)), 1):
                form = style(text_wrap=True, bg_color=BAND, indent=1, **look)
                on.merged(row + r, first, last, form)
                on.sheet.write_string(row + r, first, text, form)
        row += 4
    return row


def figure_format(fact: Fact, value: float) -> str:
    """No digit more than the figure deserves: whole numbers from a hundred on, else one or two places; a share of a
    percent keeps what distinguishes it from none."""
    size = abs(value)
    if size < NOTHING:
        return "0"
    if fact.unit == "%" and size < 0.1:
        return "0.000"
    if size >= 100 or float(value).is_integer():
        return "#,##0"
    return "#,##0.0" if size >= 10 or fact.unit == "%" else "#,##0.00"


def _block(on: Canvas, row: int, placed: Placed) -> int:
    """Heading, columns, rows, sums, sentences; the row after them."""
    block, first, last = placed.block, placed.first, placed.last
    band = on.style(bold=True, font_size=11, font_color=HEAD, bg_color=BAND, valign="vcenter", text_wrap=True)
    head = block.head.say(on.lang)
    on.merged(row, first, last, band)
    on.sheet.write_string(row, first, head, band)
    on.tall(row, max(18.0, row_height([(head, (last - first + 1) * STEP / BOLD)])))
    row += 1
    if block.rows:
        row = _table(on, row, placed)
    for note in block.notes:
        _across(on, row, first, last, note.say(on.lang), on.style.note(text_wrap=True))
        row += 1
    return row + 1


def _table(on: Canvas, row: int, placed: Placed) -> int:
    block, lang = placed.block, on.lang
    rooms = [(b - a + 1) * STEP for a, b in placed.places]
    heads = [heading(field, lang) for field in block.fields]
    words = [any(isinstance(line[c], (str, Text)) for line in block.rows) for c in range(len(heads))]
    for c, head in enumerate(heads):
        form = on.style.head(align="left" if words[c] else "center", font_size=9)
        on.merged(row, *placed.places[c], form)
        on.sheet.write_string(row, placed.places[c][0], head, form)
    on.tall(row, row_height(zip(heads, [room / 1.1 for room in rooms], strict=True)) + 2)
    formats, each = [form_of(block, c) for c in range(len(heads))], forms(block)
    rounded = adding_up(block, [[digits(form) for form in row] for row in each])
    first = row + 1
    for i, line in enumerate(block.rows):
        on.tall(first + i, row_height([(word(value, lang), room) for value, room in zip(line, rooms, strict=True)
                                       if isinstance(value, (str, Text))]))
        look: dict[str, Any] = {"bottom": 4, "bottom_color": LINE, "bold": i in block.strong, "valign": "vcenter"}
        years = "0" if UNITS["year"].symbol in line else None  # a year is no amount: 2027, never 2,027
        for c, value in enumerate(line):
            _cell(on, first + i, placed.places[c], (value, rounded[i][c]), each[i][c] or years, look)
    for c, column in enumerate(block.fields):
        if column.bar and block.rows:
            on.sheet.conditional_format(first, placed.places[c][0], first + len(block.rows) - 1, placed.places[c][1],
                                        {"type": "data_bar", "bar_color": BARS, "min_type": "num", "min_value": 0})
    row = first + len(block.rows)
    if any(column.total for column in block.fields):
        return _sums(on, row, first, placed, formats, rounded)
    return row


def _cell(on: Canvas, row: int, place: tuple[int, int], values: tuple[Value, Value], form: str | None,
          look: dict[str, Any]) -> None:
    """``values``: as it is, which its format is by, and as rounded with others, which is written."""
    value, shown = values
    if isinstance(value, (str, Text)):
        there = SHEET.match(value.en if isinstance(value, Text) else value)
        leads = there is not None and there[1] in on.others
        made = on.style(text_wrap=True, indent=1, **(LINK if leads else {}), **look)
        on.merged(row, *place, made)
        if there is not None and leads:
            on.sheet.write_url(row, place[0], inside(there[1]), made, word(value, on.lang))
        else:
            on.sheet.write_string(row, place[0], unbroken(word(value, on.lang)), made)
    elif isinstance(value, (int, float)) and math.isfinite(value):
        made = on.style(num_format=seen(form or free(value), value), **look)
        on.merged(row, *place, made)
        on.sheet.write_number(row, place[0], shown, made)
    else:
        on.merged(row, *place, on.style(**look))


def _sums(on: Canvas, row: int, first: int, placed: Placed, formats: list[str | None],
          rounded: Sequence[Sequence[Value]]) -> int:
    look = {"bold": True, "bg_color": TOTAL, "top": 1, "top_color": MUTED, "valign": "vcenter"}
    for c, column in enumerate(placed.block.fields):
        start = placed.places[c][0]
        if column.total:
            value = math.fsum(v for line in rounded if isinstance(v := line[c], (int, float)))
            form, at = on.style(num_format=formats[c] or free(value), **look), letters(start + 1)
            on.merged(row, *placed.places[c], form)
            on.sheet.write_formula(row, start, f"=SUM({at}{first + 1}:{at}{row})", form, value)
        else:
            on.merged(row, *placed.places[c], on.style(**look))
            on.sheet.write_string(row, start, TOTAL_WORD.say(on.lang) if c == 0 else "", on.style(**look))
    return row + 1
