"""Writes a partner page: title, figures, small tables beneath each other with live sums, fit to print."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jaryq.base.home import BILLION
from jaryq.base.text import NOT_REVIEWED, UNREVIEWED, Lang, Text, word
from jaryq.base.units import UNITS
from jaryq.handover.shapes import Chart
from jaryq.report.adding_up import adding_up
from jaryq.report.block import Block, Field
from jaryq.report.partner_shape import PartnerPage
from jaryq.report.shapes import Value
from jaryq.sheets.results import CONTENTS
from jaryq.tables.tables import letters
from jaryq.workbook.comparison_print import USUAL, in_excel
from jaryq.workbook.front_canvas import Nowhere
from jaryq.workbook.front_charts import write_chart
from jaryq.workbook.front_grid import digits, free, seen
from jaryq.workbook.noted import NotedSheet
from jaryq.workbook.partner_digits import CURRENCY, decimals_of, forms, sums_of
from jaryq.workbook.partner_print import SMALLEST, Printed, letters_at, printed, starts_in
from jaryq.workbook.plan_place import ALL, inside
from jaryq.workbook.plan_style import (
    BAND,
    HEAD,
    LINE,
    MUTED,
    TOTAL,
    Style,
    footer_of,
    number_format,
    print_setup,
    row_height,
)

FIRST = (5.0, 3.6, 3.2)
"""The first columns share what is left by these parts; the others are as wide as their longest word."""
TRIES = 12
"""Papers are drawn so often at most, to find where headings stand again."""
LEAST, NARROW, NEEDED = 9, 9.5, (26.0, 18.0, 16.0)
"""Columns of a page, letters of a column, and of the first ones at least."""
TOTAL_WORD = Text("Total", "Итого")
BENEATH = Text("Beneath, not printed: by year to the last maturity.", "Ниже, не печатается: по годам до последнего "
               "погашения.")
GOES_ON = Text("{head}, continued", "{head}, продолжение")
HEADS, CHART_ROWS = 3, 12
"""Rows that are repeated on each page, and rows that the chart covers, which is as wide as all columns."""
PIXELS = 96.0 / 72.0
"""Of a point."""


@dataclass(frozen=True)
class Beside:
    """What a page shows beside its tables: a chart of the book, and a sentence."""

    book: Any
    chart: Chart | None
    said: Text | None


def write_partner_page(sheet: Any, page: PartnerPage, style: Style, lang: Lang, footer: str,
                       back: Sequence[str] = (), beside: Beside | None = None) -> None:
    """The whole sheet; ``back``: sheets that lead on from it, the contents by the words for all sheets; ``beside``:
    what the page shows beside its tables. The long tables by year stand beneath what is printed. A table or a list that
    runs over to another paper has its headings there again."""
    nowhere = None if beside is None else replace(beside, book=Nowhere())
    again = frozenset[tuple[int, int]]()
    for _ in range(TRIES):  # headings that are said again move what follows: a paper more is right each time
        fit, inside = _draw(NotedSheet(Nowhere(), {}), page, style, lang, footer, back, nowhere, again)
        wanted = frozenset(inside[row] for row in fit.breaks if row in inside)
        if wanted == again:
            break
        again = wanted
    else:
        again = frozenset()
    _draw(sheet, page, style, lang, footer, back, beside, again)


def _draw(sheet: Any, page: PartnerPage, style: Style, lang: Lang, footer: str, back: Sequence[str],
          beside: Beside | None, again: Collection[tuple[int, int]]) -> tuple[Printed, dict[int, tuple[int, int]]]:
    """Draws it all; how it is printed, and of each row with which a paper may begin inside a block the number of the
    block and of its row, or of its sentence where it has no rows. ``again``: before which of these the headings stand
    again."""
    widths = widths_of(page, lang)
    for c, width in enumerate(widths):
        sheet.set_column(c, c, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, page.title.say(lang), style(bold=True, font_size=18, font_color=HEAD, valign="vcenter"))
    unreviewed = f" {NOT_REVIEWED.say(lang)}" if lang in UNREVIEWED else ""
    sheet.write_string(1, 0, page.note.say(lang) + unreviewed, style.note())
    for c, name in enumerate(back):
        said = ALL.say(lang) if name == CONTENTS.name else f"→ {name}"
        sheet.write_url(2, c, inside(name), style.link(), said)
    row = 3
    for fact in page.facts:
        look: dict[str, Any] = {"bottom": 4, "bottom_color": LINE, "bold": fact.strong}
        sheet.write_string(row, 0, fact.label.say(lang),
                           style(text_wrap=True, indent=1 if fact.label.en.startswith("of which") else 0, **look))
        value = fact.value if isinstance(fact.value, (int, float)) else 0.0
        form = "#,##0" if isinstance(fact.value, int) else number_format(BILLION, [value])
        sheet.write_number(row, 1, value, style(num_format=form, **look))
        unit = fact.beside.say(lang) if fact.beside else ""
        said = "; ".join(part for part in (unit, fact.note.say(lang) if fact.note else "") if part)
        sheet.write_string(row, 2, said, style(font_color=MUTED))
        sheet.set_row(row, row_height([(fact.label.say(lang), widths[0])]))
        row += 1
    row += 1
    if beside is not None:
        row = _beside(sheet, row, page, beside, widths, style, lang)
    alike, within = decimals_of(page.blocks), dict[int, tuple[int, int]]()
    last, shown, starts = row, len(page.blocks) - page.detail, list[int]()
    for at, block in enumerate(page.blocks):
        if at == shown:
            last, row = row - 2, _not_printed(sheet, row, style, lang)
        starts.append(row)
        drawn = _Drawn(sheet, block, widths, style, lang, alike, frozenset(i for of, i in again if of == at))
        row = drawn.draw(row)
        starts += drawn.starts
        within |= {place: (at, i) for place, i in drawn.inside.items()}
    last = last if page.detail else row - 1
    print_setup(sheet, "")
    sheet.set_footer(footer_of(footer, name=page.title.say(lang)))
    sheet.print_area(0, 0, last, len(widths) - 1)
    fit = printed([sheet.heights.get(at, USUAL) for at in range(last + 1)], HEADS,
                  [at for at in (*starts, *within) if at <= last], sum(in_excel(letters) for letters in widths))
    if fit.breaks:  # they count in Excel only where a scale is stated
        sheet.set_print_scale(fit.percent)
        sheet.set_h_pagebreaks(fit.breaks)
    else:
        sheet.fit_to_pages(1, 1)
    return fit, within


def widths_of(page: PartnerPage, lang: Lang) -> list[float]:
    """Letters of each column: all together as wide as a paper holds at the smallest size, where that is enough."""
    count = max([LEAST, *(len(block.fields) for block in page.blocks)])
    others = [max([NARROW, *(longest(word(value, lang)) for block in page.blocks for row in block.rows
                             if c < len(row) and isinstance(value := row[c], (str, Text)))])
              for c in range(len(FIRST), count)]
    room = letters_at(SMALLEST, count) - sum(others)
    return [*(max(least, room * part / sum(FIRST)) for part, least in zip(FIRST, NEEDED, strict=True)), *others]


def longest(text: str) -> float:
    """Letters of a column in which no word of a text is broken, nor anything with spaces that do not break, nor a dash
    parted from what stands before it; with the indent of a text."""
    return 1.0 + max(((len(part) + 1.5) / (1.2 if part.isascii() else 1.08) for part in re.split(r"[ \n](?!-)", text)),
                     default=0.0)


def _beside(sheet: Any, row: int, page: PartnerPage, beside: Beside, widths: list[float], style: Style,
            lang: Lang) -> int:
    """The chart, its figures right of all columns, and what is said of scenarios."""
    if beside.chart is not None:
        wide = sum(in_excel(letters) for letters in widths) * PIXELS
        write_chart(sheet, beside.book, page.sheet, row, 0, len(widths) + 1, beside.chart, int(wide), style, lang,
                    CHART_ROWS)
        row += CHART_ROWS + 1
    if beside.said is not None:
        row = _note(sheet, row, beside.said.say(lang), widths, style) + 1
    return row


def _not_printed(sheet: Any, row: int, style: Style, lang: Lang) -> int:
    sheet.write_string(row, 0, BENEATH.say(lang), style.note())
    return row + 2


def _note(sheet: Any, row: int, text: str, widths: list[float], style: Style) -> int:
    sheet.merge_range(row, 0, row, len(widths) - 1, "", style(text_wrap=True))
    sheet.write_string(row, 0, text, style.note(text_wrap=True))
    sheet.set_row(row, row_height([(text, sum(widths))]))
    return row + 1


class _Drawn:
    """A block on a sheet. ``again``: rows (sentences, of a block without rows) before which its headings stand again;
    ``inside``: rows of the sheet with which a paper may begin, and which of the block each is; ``starts``: others."""

    def __init__(self, sheet: Any, block: Block, widths: list[float], style: Style, lang: Lang,
                 alike: Mapping[Value, int], again: Collection[int]) -> None:
        self.sheet, self.block, self.widths, self.style, self.lang = sheet, block, widths, style, lang
        self.alike, self.again = alike, again
        self.inside, self.starts = dict[int, int](), list[int]()

    def draw(self, row: int) -> int:
        """Band, headings, rows, sums, sentences; the row after them."""
        row = self._band(row, self.block.head)
        listed = not self.block.rows
        if self.block.rows:
            row = self._table(self._heads(row))
        for i, note in enumerate(self.block.notes):
            if listed and i:
                self.inside[row] = i
                row = self._band(row, self._goes_on()) if i in self.again else row
            elif i:
                self.starts.append(row)
            row = _note(self.sheet, row, note.say(self.lang), self.widths, self.style)
        return row + 1

    def _goes_on(self) -> Text:
        return GOES_ON.fill(head=self.block.head)

    def _band(self, row: int, head: Text) -> int:
        for c in range(len(self.widths)):
            self.sheet.write_blank(row, c, None, self.style(bg_color=BAND))
        self.sheet.write_string(row, 0, head.say(self.lang),
                                self.style(bold=True, font_size=12, font_color=HEAD, bg_color=BAND, valign="vcenter"))
        self.sheet.set_row(row, 20)
        return row + 1

    def _heads(self, row: int) -> int:
        heads = [_heading(field, self.lang) for field in self.block.fields]
        for c, head in enumerate(heads):
            self.sheet.write_string(row, c, head, self.style.head(align="left" if _texts(self.block, c) else "center",
                                                                  font_size=9))
        self.sheet.set_row(row, row_height(zip(heads, self.widths, strict=False)) + 4)
        return row + 1

    def _table(self, row: int) -> int:
        """Rows and sums; the row after them."""
        block, first = self.block, row
        formats, sums = forms(block, self.alike), sums_of(block, self.alike)
        shown = adding_up(block, [[digits(form) for form in row] for row in formats])
        free_to_start = starts_in(0, len(block.rows))
        for i, line in enumerate(zip(block.rows, shown, formats, strict=True)):
            if i in free_to_start:
                self.inside[row] = i
                if i in self.again:
                    row = self._heads(self._band(row, self._goes_on()))
            self._row(row, i, *line)
            row += 1
        if any(field.total for field in block.fields):
            _sums(self.sheet, row, first, block, sums, shown, self.style, self.lang)
            row += 1
        return row

    def _row(self, row: int, i: int, line: Sequence[Value], shown: Sequence[Value],
             formats: Sequence[str | None]) -> None:
        texts = [(word(value, self.lang), width) for value, width in zip(line, self.widths, strict=False)
                 if isinstance(value, (str, Text))]
        self.sheet.set_row(row, row_height(texts))
        for c, value in enumerate(line):
            look: dict[str, Any] = {"bottom": 4, "bottom_color": LINE, "bold": i in self.block.strong}
            if isinstance(value, (str, Text)):
                after_number = c > 0 and not _texts(self.block, c - 1)
                self.sheet.write_string(row, c, word(value, self.lang),
                                        self.style(text_wrap=True, indent=int(after_number), **look))
            elif isinstance(value, (int, float)) and math.isfinite(value):
                form = formats[c] or free(value)
                self.sheet.write_number(row, c, shown[c], self.style(num_format=seen(form, value), **look))
            else:
                self.sheet.write_blank(row, c, None, self.style(**look))


def _sums(sheet: Any, row: int, first: int, block: Block, formats: Sequence[str | None],
          shown: Sequence[Sequence[Value]], style: Style, lang: Lang) -> None:
    look = {"bold": True, "bg_color": TOTAL, "top": 1, "top_color": MUTED}
    for c, field in enumerate(block.fields):
        if field.total:
            value = math.fsum(v for line in shown if isinstance(v := line[c], (int, float)))
            sheet.write_formula(row, c, f"=SUM({letters(c + 1)}{first + 1}:{letters(c + 1)}{row})",
                                style(num_format=formats[c] or free(value), **look), value)
        else:
            sheet.write_string(row, c, TOTAL_WORD.say(lang) if c == 0 else "", style(**look))


def _heading(field: Field, lang: Lang) -> str:
    """Heading with the unit beneath it."""
    if isinstance(field.unit, Text):
        return f"{field.head.say(lang)}\n{field.unit.say(lang)}"
    said = {CURRENCY: Text("bn", "млрд"), "number": None}.get(field.unit,
                                                                   UNITS[field.unit].symbol if field.unit else None)
    return f"{field.head.say(lang)}\n{said.say(lang)}" if said else field.head.say(lang)


def _texts(block: Block, column: int) -> bool:
    return any(isinstance(line[column], (str, Text)) for line in block.rows)
