"""Writes a front page: title, figures in a row, sentences, charts beside each other, small tables; one printed page.

What the charts draw stands in live cells to the right of the printed area.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from jaryq.base.text import Lang, Text
from jaryq.base.units import UNITS
from jaryq.handover.shapes import Front
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Fact, Value
from jaryq.sheets.results import CONTENTS
from jaryq.tables.tables import letters
from jaryq.workbook.front_charts import CHART_ROWS, write_chart
from jaryq.workbook.front_gantt import write_gantt
from jaryq.workbook.front_tiles import write_tiles
from jaryq.workbook.plan_place import word
from jaryq.workbook.plan_style import (
    BAND,
    HEAD,
    LINE,
    MUTED,
    TOTAL,
    Style,
    amount,
    free_format,
    number_format,
    places,
    row_height,
)

FIRST_WIDTH, WIDTH, LEAST = 32.0, 10.5, 12
"""Letters of the first column and of the others; so many columns at least."""
BARS = "#9DB8C6"
NOTHING = 5e-4
"""Smaller figures are shown as nothing."""
GAP = 2
"""Empty columns between the page and what its charts draw."""
LABEL: dict[str, Any] = {"bold": True}
NOTE: dict[str, Any] = {"font_color": MUTED, "font_size": 9}
ALL = Text("→ all sheets", "→ все листы")
TOTAL_WORD = Text("Total", "Итого")


def write_front(sheet: Any, book: Any, name: str, page: Front, style: Style, lang: Lang, footer: str) -> None:
    """The whole sheet, which is called ``name``."""
    if page.gantt is not None:
        write_gantt(sheet, page, style, lang, footer)
        return
    widths = _widths(page, lang)
    last = len(widths) - 1
    for c, width in enumerate(widths):
        sheet.set_column(c, c, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, page.title.say(lang), style(bold=True, font_size=18, font_color=HEAD, valign="vcenter"))
    _across(sheet, 1, last, page.note.say(lang), sum(widths), style.note(text_wrap=True))
    sheet.write_url(2, 0, f"internal:'{CONTENTS.name}'!A1", style.link(), ALL.say(lang))
    row = _figures(sheet, 3, page.figures, widths, style, lang) if page.figures else 3
    for sentence in page.sentences:
        _across(sheet, row, last, f"•  {sentence.say(lang)}", sum(widths) / 1.1,
                style(text_wrap=True, font_size=11, valign="vcenter"), line=15.0)
        row += 1
    row += 1 if page.sentences else 0
    data = last + 1 + GAP
    if page.tiles is not None:
        row, data = write_tiles(sheet, row, data, page.tiles, widths, style, lang)
    for block in page.blocks:
        row = _block(sheet, row, block, widths, style, lang)
    shown = [chart for chart in page.charts if not chart.empty]
    across = 2 if len(shown) > 1 else 1
    for i, chart in enumerate(shown):
        at, first = row + (CHART_ROWS + 1) * (i // across), _column_at(widths, i % across, across)
        data = write_chart(sheet, book, name, at, first, data, chart, _pixels(widths) // across - 12, style, lang)
    row += (CHART_ROWS + 1) * math.ceil(len(shown) / across)
    _print(sheet, footer, row, last)


def _widths(page: Front, lang: Lang) -> list[float]:
    """Widths of the columns: wide enough for the texts of the tables, as far as these are short."""
    count = max([LEAST, *(len(block.fields) for block in page.blocks)])
    widths = [FIRST_WIDTH, *[WIDTH] * (count - 1)]
    for block in page.blocks:
        for c in range(1, len(block.fields)):
            texts = [word(v, lang) for line in block.rows if isinstance(v := line[c], (str, Text))]
            if texts:
                widths[c] = max(widths[c], min(30.0, max(map(len, texts)) + 2.0))
    return widths


def _pixels(widths: Sequence[float]) -> int:
    return int(sum(width * 7 + 5 for width in widths))


def _column_at(widths: Sequence[float], part: int, of: int) -> int:
    """The column nearest to where the part begins, if the page is cut into ``of`` equal parts."""
    ends = [0.0, *accumulate(widths)]
    return min(range(len(widths)), key=lambda c: abs(ends[c] - part * ends[-1] / of))


def _across(sheet: Any, row: int, last: int, text: str, letters: float, form: Any, line: float = 13.0) -> None:
    """Text over the width of the page; the height is set, because merged cells do not grow by themselves."""
    sheet.merge_range(row, 0, row, last, "", form)
    sheet.write_string(row, 0, text, form)
    sheet.set_row(row, row_height([(text, letters)], line) + 1.5)


def _figures(sheet: Any, row: int, figures: Sequence[Fact], widths: list[float], style: Style, lang: Lang) -> int:
    """Figures beside each other: value, unit, label, note; the row after them."""
    count = min(len(figures), 6)
    cuts = [_column_at(widths, part, count) for part in range(count)] + [len(widths)]
    for start in range(0, len(figures), count):
        heights = [26.0, 13.0, 13.0]
        for i, fact in enumerate(figures[start:start + count]):
            first, last = cuts[i], cuts[i + 1] - 1
            unit = UNITS[fact.unit].symbol.say(lang) if fact.unit else fact.said.say(lang) if fact.said else ""
            note = fact.note.say(lang) if fact.note else ""
            label = f"{fact.label.say(lang)}, {unit}" if unit else fact.label.say(lang)
            letters = sum(widths[first:last + 1]) - 2
            heights[1] = max(heights[1], row_height([(label, letters)]))
            heights[2] = max(heights[2], row_height([(note, letters * 1.1)], 12.0))
            big = {"bold": True, "font_size": 18, "font_color": HEAD, "bg_color": BAND, "align": "left", "indent": 1}
            _merged(sheet, row, first, last, style(**big))
            value = fact.value
            if isinstance(value, (str, Text)):
                sheet.write_string(row, first, word(value, lang), style(**big))
            elif value is not None and math.isfinite(value):
                sheet.write_number(row, first, value, style(num_format=figure_format(fact, value), **big))
            for r, (text, look) in enumerate(((label, LABEL), (note, NOTE)), 1):
                form = style(text_wrap=True, bg_color=BAND, indent=1, **look)
                _merged(sheet, row + r, first, last, form)
                sheet.write_string(row + r, first, text, form)
        for r, height in enumerate(heights):
            sheet.set_row(row + r, height)
        row += 4
    return row


def _merged(sheet: Any, row: int, first: int, last: int, form: Any) -> None:
    if last > first:
        sheet.merge_range(row, first, row, last, "", form)


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


def _block(sheet: Any, row: int, block: Block, widths: list[float], style: Style, lang: Lang) -> int:
    """Heading, columns, rows, sums, sentences; the row after them."""
    last = len(widths) - 1
    for c in range(last + 1):
        sheet.write_blank(row, c, None, style(bg_color=BAND))
    sheet.write_string(row, 0, block.head.say(lang),
                       style(bold=True, font_size=11, font_color=HEAD, bg_color=BAND, valign="vcenter"))
    sheet.set_row(row, 18)
    row += 1
    if block.rows:
        row = _table(sheet, row, block, widths, style, lang)
    for note in block.notes:
        _across(sheet, row, last, note.say(lang), sum(widths), style.note(text_wrap=True))
        row += 1
    return row + 1


def _table(sheet: Any, row: int, block: Block, widths: list[float], style: Style, lang: Lang) -> int:
    heads = [heading(field, lang) for field in block.fields]
    words = [any(isinstance(line[c], (str, Text)) for line in block.rows) for c in range(len(heads))]
    for c, head in enumerate(heads):
        sheet.write_string(row, c, head, style.head(align="left" if words[c] else "center", font_size=9))
    sheet.set_row(row, row_height(zip(heads, [w / 1.1 for w in widths], strict=False)) + 2)
    formats = [_form(block, c) for c in range(len(heads))]
    first = row + 1
    for i, line in enumerate(block.rows):
        texts = [(word(value, lang), width) for value, width in zip(line, widths, strict=False)
                 if isinstance(value, (str, Text))]
        sheet.set_row(first + i, row_height(texts))
        look: dict[str, Any] = {"bottom": 4, "bottom_color": LINE, "bold": i in block.strong}
        for c, value in enumerate(line):
            _cell(sheet, first + i, c, value, formats[c], look, style, lang)
    for c, field in enumerate(block.fields):
        if field.bar and block.rows:
            sheet.conditional_format(first, c, first + len(block.rows) - 1, c,
                                     {"type": "data_bar", "bar_color": BARS, "bar_solid": True, "min_type": "num",
                                      "min_value": 0})
    row = first + len(block.rows)
    return _sums(sheet, row, first, block, formats, style, lang) if any(f.total for f in block.fields) else row


def _cell(sheet: Any, row: int, column: int, value: Value, form: str, look: dict[str, Any], style: Style,
          lang: Lang) -> None:
    if isinstance(value, (str, Text)):
        sheet.write_string(row, column, word(value, lang), style(text_wrap=True, **look))
    elif isinstance(value, (int, float)) and math.isfinite(value):
        sheet.write_number(row, column, value, style(num_format=form, **look))
    else:
        sheet.write_blank(row, column, None, style(**look))


def _sums(sheet: Any, row: int, first: int, block: Block, formats: list[str], style: Style, lang: Lang) -> int:
    look = {"bold": True, "bg_color": TOTAL, "top": 1, "top_color": MUTED}
    for c, field in enumerate(block.fields):
        if field.total:
            at = letters(c + 1)
            sheet.write_formula(row, c, f"=SUM({at}{first + 1}:{at}{row})", style(num_format=formats[c], **look),
                                math.fsum(v for line in block.rows if isinstance(v := line[c], (int, float))))
        else:
            sheet.write_string(row, c, TOTAL_WORD.say(lang) if c == 0 else "", style(**look))
    return row + 1


def heading(field: Field, lang: Lang) -> str:
    """Heading with the unit beneath it."""
    if isinstance(field.unit, Text):
        return f"{field.head.say(lang)}\n{field.unit.say(lang)}"
    said = UNITS[field.unit].symbol.say(lang) if field.unit and field.unit != "number" else ""
    return f"{field.head.say(lang)}\n{said}" if said else field.head.say(lang)


def _form(block: Block, column: int) -> str:
    """Number format of a column: by the largest figure of the columns in its unit."""
    unit = block.fields[column].unit
    values = [v for c, field in enumerate(block.fields) if field.unit == unit for line in block.rows
              if isinstance(v := line[c], (int, float))]
    size = max((abs(v) for v in values), default=0.0)
    if unit == "years":
        return "0"
    if all(float(v).is_integer() for v in values) or size >= 1000:
        return amount(0)
    if isinstance(unit, Text) or not unit:
        return amount(min(places(size), 2)) if values else free_format(0.0)
    return number_format(unit, values) if unit in ("%", "share") else amount(0 if size >= 300 else places(size))


def _print(sheet: Any, footer: str, row: int, last: int) -> None:
    """One A4 landscape page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.print_area(0, 0, max(row - 1, 1), last)
    sheet.fit_to_pages(1, 1)
    plain = footer.replace("&", "&&")[:120]
    sheet.set_footer(f"&L&8{plain}&C&8&A&R&8&P / &N")
