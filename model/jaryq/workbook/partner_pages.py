"""Writes a partner page: title, figures, small tables beneath each other with live sums, fit to print."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
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
from jaryq.workbook.partner_print import Printed, printed, starts_in
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

WIDTHS = (36.0, 24.0, 20.0)
"""Of the first columns; the others are as the last."""
OTHERS, LEAST = 11.0, 9
TOTAL_WORD = Text("Total", "Итого")
BENEATH = Text("Beneath, not printed: by year to the last maturity.", "Ниже, не печатается: по годам до последнего "
               "погашения.")
GOES_ON = Text("{head}, continued", "{head}, продолжение")
PAPERS = 3
"""A page is printed on so many papers at most, as large as it goes."""
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
    what the page shows beside its tables. The long tables by year stand beneath what is printed. A list that runs over
    to another paper has its heading there again."""
    nowhere = None if beside is None else replace(beside, book=Nowhere())
    fit, lists = _draw(NotedSheet(Nowhere(), {}), page, style, lang, footer, back, nowhere)
    cut = {of: found for of, first, notes in lists
           if (found := [note for at in fit.breaks if 0 < (note := at - first) < notes])}
    parted = replace(page, blocks=tuple(part for of, block in enumerate(page.blocks)
                                        for part in _parted(block, cut.get(of, []))))
    if cut:  # headings that are said again move what follows; where no paper begins with them, each list stays whole
        fit, lists = _draw(NotedSheet(Nowhere(), {}), parted, style, lang, footer, back, nowhere, whole=True)
        heads = {block.head for block in page.blocks}
        again = {first - 1 for of, first, _ in lists if parted.blocks[of].head not in heads}
        parted = parted if again <= set(fit.breaks) else page
    _draw(sheet, parted, style, lang, footer, back, beside, whole=bool(cut))


def _parted(block: Block, cuts: Sequence[int]) -> tuple[Block, ...]:
    """A list in parts from some of its sentences on; all but the first say that it goes on."""
    if not cuts:
        return (block,)
    goes_on = GOES_ON.fill(head=block.head)
    return (replace(block, notes=block.notes[:cuts[0]]),
            *(Block(goes_on, (), (), block.notes[a:b]) for a, b in pairwise([*cuts, len(block.notes)])))


def _draw(sheet: Any, page: PartnerPage, style: Style, lang: Lang, footer: str, back: Sequence[str],
          beside: Beside | None, *, whole: bool = False) -> tuple[Printed, list[tuple[int, int, int]]]:
    """Draws it all; how it is printed, and of each list (a block of sentences alone) its number, first row and count.
    ``whole``: no list is broken."""
    count = max([LEAST, *(len(block.fields) for block in page.blocks)])
    widths = [*WIDTHS, *[OTHERS] * (count - len(WIDTHS))]
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
    alike, lists = decimals_of(page.blocks), list[tuple[int, int, int]]()
    last, shown, starts = row, len(page.blocks) - page.detail, list[int]()
    for at, block in enumerate(page.blocks):
        if at == shown:
            last, row = row - 2, _not_printed(sheet, row, style, lang)
        starts += [row, *starts_in(row + 2, len(block.rows))]
        row = _block(sheet, row, block, widths, style, lang, alike)
        first = row - 1 - len(block.notes)
        if not block.rows:
            lists.append((at, first, len(block.notes)))
        if block.rows or not whole:
            starts += range(first + 1, row - 1)  # with any note but the first
    last = last if page.detail else row - 1
    print_setup(sheet, "")
    sheet.set_footer(footer_of(footer, name=page.title.say(lang)))
    sheet.print_area(0, 0, last, len(widths) - 1)
    fit = printed([sheet.heights.get(at, USUAL) for at in range(last + 1)], HEADS,
                  [at for at in starts if at <= last], sum(in_excel(letters) for letters in widths), PAPERS)
    if fit.breaks:  # they count in Excel only where a scale is stated
        sheet.set_print_scale(fit.percent)
        sheet.set_h_pagebreaks(fit.breaks)
    else:
        sheet.fit_to_pages(1, 1)
    return fit, lists


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


def _block(sheet: Any, row: int, block: Block, widths: list[float], style: Style, lang: Lang,
           alike: Mapping[Value, int]) -> int:
    """Band, headings, rows, sums, sentences; the row after them."""
    for c in range(len(widths)):
        sheet.write_blank(row, c, None, style(bg_color=BAND))
    sheet.write_string(row, 0, block.head.say(lang),
                       style(bold=True, font_size=12, font_color=HEAD, bg_color=BAND, valign="vcenter"))
    sheet.set_row(row, 20)
    row += 1
    if block.rows:
        row = _table(sheet, row, block, widths, style, lang, alike)
    for note in block.notes:
        row = _note(sheet, row, note.say(lang), widths, style)
    return row + 1


def _table(sheet: Any, row: int, block: Block, widths: list[float], style: Style, lang: Lang,
           alike: Mapping[Value, int]) -> int:
    heads = [_heading(field, lang) for field in block.fields]
    for c, head in enumerate(heads):
        sheet.write_string(row, c, head, style.head(align="left" if _texts(block, c) else "center", font_size=9))
    sheet.set_row(row, row_height(zip(heads, widths, strict=False)) + 4)
    formats, sums = forms(block, alike), sums_of(block, alike)
    shown = adding_up(block, [[digits(form) for form in row] for row in formats])
    first = row + 1
    after_number = [c > 0 and not _texts(block, c - 1) for c in range(len(heads))]
    for i, line in enumerate(block.rows):
        texts = [(word(value, lang), width) for value, width in zip(line, widths, strict=False)
                 if isinstance(value, (str, Text))]
        sheet.set_row(first + i, row_height(texts))
        for c, value in enumerate(line):
            look: dict[str, Any] = {"bottom": 4, "bottom_color": LINE, "bold": i in block.strong}
            if isinstance(value, (str, Text)):
                sheet.write_string(first + i, c, word(value, lang),
                                   style(text_wrap=True, indent=int(after_number[c]), **look))
            elif isinstance(value, (int, float)) and math.isfinite(value):
                form = formats[i][c] or free(value)
                sheet.write_number(first + i, c, shown[i][c], style(num_format=seen(form, value), **look))
            else:
                sheet.write_blank(first + i, c, None, style(**look))
    row = first + len(block.rows)
    if any(field.total for field in block.fields):
        _sums(sheet, row, first, block, sums, shown, style, lang)
        row += 1
    return row


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
