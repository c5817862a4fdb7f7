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
    row_height,
)

COLUMNS, WIDTH = 50, 2.6
"""The page is a grid of so many narrow columns; tables, figures and charts span several of them."""
LETTERS = COLUMNS * (WIDTH + 0.7)
"""Letters across the page: a span has the borders between its columns too."""
FIT = LETTERS - 6.0
"""Letters that two tables beside each other may have."""
NUMBERS, LONGEST = 9.0, 44.0
"""Letters of a column of numbers, and of texts at most."""
BARS = "#9DB8C6"
NOTHING = 5e-4
"""Smaller figures are shown as nothing."""
GAP = 2
"""Empty columns between the page and what its charts draw."""
LABEL: dict[str, Any] = {"bold": True}
NOTE: dict[str, Any] = {"font_color": MUTED, "font_size": 9}
ALL = Text("→ all sheets", "→ все листы")
TOTAL_WORD = Text("Total", "Итого")


def write_front(sheet: Any, book: Any, name: str, page: Front, style: Style, lang: Lang, footer: str,
                back: str = CONTENTS.name) -> None:
    """The whole sheet, which is called ``name``; ``back``: the sheet with the contents."""
    if page.gantt is not None:
        write_gantt(sheet, page, style, lang, footer)
        return
    widths, last = [WIDTH] * COLUMNS, COLUMNS - 1
    sheet.set_column(0, last, WIDTH)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, page.title.say(lang), style(bold=True, font_size=18, font_color=HEAD, valign="vcenter"))
    _across(sheet, 1, last, page.note.say(lang), LETTERS, style.note(text_wrap=True))
    quoted = back.replace("'", "''")
    sheet.write_url(2, 0, f"internal:'{quoted}'!A1", style.link(), ALL.say(lang))
    row = _figures(sheet, 3, page.figures, widths, style, lang) if page.figures else 3
    for sentence in page.sentences:
        _across(sheet, row, last, f"•  {sentence.say(lang)}", LETTERS / 1.1,
                style(text_wrap=True, font_size=11, valign="vcenter"), line=15.0)
        row += 1
    row += 1 if page.sentences else 0
    data = last + 1 + GAP
    if page.tiles is not None:
        row, data = write_tiles(sheet, row, data, page.tiles, style, lang)
    row = _blocks(sheet, row, page.blocks, style, lang)
    shown = [chart for chart in page.charts if not chart.empty]
    across = 2 if len(shown) > 1 else 1
    for i, chart in enumerate(shown):
        at, first = row + (CHART_ROWS + 1) * (i // across), _column_at(widths, i % across, across)
        data = write_chart(sheet, book, name, at, first, data, chart, _pixels(widths) // across - 12, style, lang)
    row += (CHART_ROWS + 1) * math.ceil(len(shown) / across)
    _print(sheet, footer, row, last, page.long)


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
            letters = (last - first + 1) * (WIDTH + 0.7) - 2
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


def _blocks(sheet: Any, row: int, blocks: Sequence[Block], style: Style, lang: Lang) -> int:
    """Tables beneath each other; two that are narrow and have no sentences stand beside each other."""
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        at = spans(block, 0, lang)
        beside = waiting[0] if waiting and not block.notes and not waiting[0].notes and block.rows else None
        place = spans(beside, at[-1][1] + 2, lang) if beside is not None and at else []
        if beside is not None and place and place[-1][1] < COLUMNS and _width(block, lang) + _width(beside, lang) < FIT:
            waiting.pop(0)
            row = max(_block(sheet, row, block, at, at[-1][1], style, lang),
                      _block(sheet, row, beside, place, COLUMNS - 1, style, lang))
        else:
            row = _block(sheet, row, block, spans(block, 0, lang, full=True), COLUMNS - 1, style, lang)
    return row


def _block(sheet: Any, row: int, block: Block, at: list[tuple[int, int]], last: int, style: Style, lang: Lang) -> int:
    """Heading, columns, rows, sums, sentences; the row after them."""
    start = at[0][0] if at else 0
    band = style(bold=True, font_size=11, font_color=HEAD, bg_color=BAND, valign="vcenter")
    sheet.merge_range(row, start, row, last, "", band)
    sheet.write_string(row, start, block.head.say(lang), band)
    sheet.set_row(row, 18)
    row += 1
    if block.rows:
        row = _table(sheet, row, block, at, style, lang)
    for note in block.notes:
        _across(sheet, row, last, note.say(lang), LETTERS, style.note(text_wrap=True))
        row += 1
    return row + 1


def _wanted(block: Block, most: float, lang: Lang) -> list[float]:
    """Letters of each column: by its longest text, up to ``most``; numbers alike."""
    wanted = []
    for c, field in enumerate(block.fields):
        texts = [word(v, lang) for line in block.rows if isinstance(v := line[c], (str, Text))]
        head = max((len(part) for part in heading(field, lang).split()), default=0) + 2.5
        wanted.append(max(head, min(most, max(map(len, texts)) + 3.0) if texts else NUMBERS))
    return wanted


def _width(block: Block, lang: Lang) -> float:
    return sum(_wanted(block, LONGEST, lang))


def spans(block: Block, start: int, lang: Lang, full: bool = False) -> list[tuple[int, int]]:
    """First and last grid column of each column of a table from ``start`` on. ``full``: the page is its own; long texts
    take what is left, or all shrink together where the page is too narrow."""
    wanted = _wanted(block, LONGEST, lang)
    free_letters = LETTERS - sum(wanted)
    if full and wanted and free_letters > 0:
        more = [b - a for a, b in zip(wanted, _wanted(block, 4 * LONGEST, lang), strict=True)]
        part = min(1.0, free_letters / sum(more)) if sum(more) > 0 else 0.0
        wanted = [a + part * m for a, m in zip(wanted, more, strict=True)]
    scale = min(1.0, LETTERS / sum(wanted)) if wanted else 1.0
    ends = [start + round(end * scale / (WIDTH + 0.7)) for end in accumulate(wanted)]
    return [(first, max(first, end - 1)) for first, end in zip([start, *ends], ends, strict=False)]


def _table(sheet: Any, row: int, block: Block, places_: list[tuple[int, int]], style: Style, lang: Lang) -> int:
    letters_ = [(b - a + 1) * (WIDTH + 0.7) for a, b in places_]
    heads = [heading(field, lang) for field in block.fields]
    words = [any(isinstance(line[c], (str, Text)) for line in block.rows) for c in range(len(heads))]
    for c, head in enumerate(heads):
        form = style.head(align="left" if words[c] else "center", font_size=9)
        _merged(sheet, row, *places_[c], form)
        sheet.write_string(row, places_[c][0], head, form)
    sheet.set_row(row, row_height(zip(heads, [w / 1.1 for w in letters_], strict=True)) + 2)
    formats = [_form(block, c) for c in range(len(heads))]
    first = row + 1
    for i, line in enumerate(block.rows):
        sheet.set_row(first + i, row_height([(word(value, lang), width) for value, width
                                             in zip(line, letters_, strict=True) if isinstance(value, (str, Text))]))
        look: dict[str, Any] = {"bottom": 4, "bottom_color": LINE, "bold": i in block.strong}
        for c, value in enumerate(line):
            _cell(sheet, first + i, places_[c], value, formats[c], look, style, lang)
    for c, field in enumerate(block.fields):
        if field.bar and block.rows:
            sheet.conditional_format(first, places_[c][0], first + len(block.rows) - 1, places_[c][1],
                                     {"type": "data_bar", "bar_color": BARS, "min_type": "num", "min_value": 0})
    row = first + len(block.rows)
    if any(field.total for field in block.fields):
        return _sums(sheet, row, first, block, places_, formats, style, lang)
    return row


def _cell(sheet: Any, row: int, place: tuple[int, int], value: Value, form: str | None, look: dict[str, Any],
          style: Style, lang: Lang) -> None:
    if isinstance(value, (str, Text)):
        made = style(text_wrap=True, indent=1, **look)
        _merged(sheet, row, *place, made)
        sheet.write_string(row, place[0], word(value, lang), made)
    elif isinstance(value, (int, float)) and math.isfinite(value):
        made = style(num_format=seen(form or free(value), value), **look)
        _merged(sheet, row, *place, made)
        sheet.write_number(row, place[0], value, made)
    else:
        _merged(sheet, row, *place, style(**look))


def _sums(sheet: Any, row: int, first: int, block: Block, places_: list[tuple[int, int]], formats: list[str | None],
          style: Style, lang: Lang) -> int:
    look = {"bold": True, "bg_color": TOTAL, "top": 1, "top_color": MUTED}
    for c, field in enumerate(block.fields):
        start = places_[c][0]
        if field.total:
            value = math.fsum(v for line in block.rows if isinstance(v := line[c], (int, float)))
            form, at = style(num_format=formats[c] or free(value), **look), letters(start + 1)
            _merged(sheet, row, *places_[c], form)
            sheet.write_formula(row, start, f"=SUM({at}{first + 1}:{at}{row})", form, value)
        else:
            _merged(sheet, row, *places_[c], style(**look))
            sheet.write_string(row, start, TOTAL_WORD.say(lang) if c == 0 else "", style(**look))
    return row + 1


def heading(field: Field, lang: Lang) -> str:
    """Heading with the unit beneath it."""
    if isinstance(field.unit, Text):
        return f"{field.head.say(lang)}\n{field.unit.say(lang)}"
    said = UNITS[field.unit].symbol.say(lang) if field.unit and field.unit not in ("number", "year") else ""
    return f"{field.head.say(lang)}\n{said}" if said else field.head.say(lang)


def plain(decimals: int) -> str:
    """Thousands and decimals, nothing as a dash; below zero is not red: less may be better."""
    body = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{body};-{body};"–"'


def free(value: float) -> str:
    """Format of one figure among others in other units: no digit more than it deserves."""
    size = abs(value)
    return plain(0 if size >= 100 or float(value).is_integer() else 1 if size >= 10 else 2)


def seen(form: str, value: float) -> str:
    """The format, or about nothing where it would show a figure that is not nothing as 0 or -0."""
    decimals = form.partition(";")[0].partition(".")[2].count("0")
    return '"≈ 0";"≈ 0"' if 0.0 < abs(value) < 0.5 * 10.0**-decimals else form


def _form(block: Block, column: int) -> str | None:
    """Number format of a column: by the largest figure of the columns in its unit; None where each row has its own
    unit."""
    unit = block.fields[column].unit
    if unit == "year":
        return "0"
    if not unit:
        return None
    values = [v for c, field in enumerate(block.fields) if field.unit == unit for line in block.rows
              if isinstance(v := line[c], (int, float)) and not isinstance(v, bool)]
    size = max((abs(v) for v in values), default=0.0)
    if all(float(v).is_integer() for v in values) or size >= 1000:
        return plain(0)
    return plain(1 if unit == "%" or size >= 10 else 2)


def _print(sheet: Any, footer: str, row: int, last: int, long: bool) -> None:
    """One A4 landscape page; of a long one as many as it takes, each as wide."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.print_area(0, 0, max(row - 1, 1), last)
    sheet.fit_to_pages(1, 0 if long else 1)
    plain = footer.replace("&", "&&")[:120]
    sheet.set_footer(f"&L&8{plain}&C&8&A&R&8&P / &N")
