"""Writes the gantt: a row for each project, its phases in colour and in letters by period, with filters."""

from __future__ import annotations

from typing import Any

from jaryq.base.text import Lang, Text
from jaryq.handover.shapes import Front, Lane
from jaryq.report.words import BUYS, OUT_OF_SERVICE, WORKS
from jaryq.workbook.plan_place import ALL, inside
from jaryq.workbook.plan_style import HEAD, LINE, Style, amount, print_setup, row_height

COLUMNS: tuple[tuple[Text, float], ...] = (
    (Text("Project", "Объект"), 30.0), (Text("Region", "Регион"), 16.0), (Text("Sector", "Отрасль"), 18.0),
    (Text("Cost, bn KZT", "Стоимость, млрд тенге"), 10.0), (Text("Who pays", "Кто платит"), 34.0),
    (Text("Why then", "Почему тогда"), 38.0),
)
PHASES: dict[Text, tuple[str, str]] = {
    BUYS: ("#F3D9A4", "#5B4300"), WORKS: ("#2F5D73", "#FFFFFF"), OUT_OF_SERVICE: ("#8E2F28", "#FFFFFF"),
}
"""Fill and ink of a phase; its letter tells it on a grey printer."""
KM = ("#CFE3D4", "#1F2A33")
"""The same of the km of a year, which stand at its beginning."""
INDENT = 1.5
"""Letters of an indent, which keeps a text apart from a figure before it."""
HEAD_ROW = 3
PERIOD = 5.0


def write_gantt(sheet: Any, page: Front, style: Style, lang: Lang, footer: str, back: str) -> None:
    """The whole sheet; as many printed pages as it takes, with its headings on each. ``back``: the sheet with the
    contents."""
    gantt = page.gantt
    assert gantt is not None
    first = len(COLUMNS)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, page.title.say(lang), style(bold=True, font_size=18, font_color=HEAD, valign="vcenter"))
    sheet.write_url(0, first - 1, inside(back), style.link(), ALL.say(lang))
    sheet.write_string(1, 0, page.note.say(lang), style.note())
    for r, sentence in enumerate(page.sentences[:1]):
        sheet.write_string(2 + r, 0, sentence.say(lang), style())
    for c, (title, width) in enumerate(COLUMNS):
        sheet.set_column(c, c, width)
        sheet.write_string(HEAD_ROW, c, title.say(lang), style.head(font_size=9))
    if gantt.periods:
        sheet.set_column(first, first + len(gantt.periods) - 1, PERIOD)
    for p, period in enumerate(gantt.periods):
        sheet.write_string(HEAD_ROW, first + p, period.say(lang).replace(" ", "\n"),
                           style.head(align="center", font_size=8))
    sheet.set_row(HEAD_ROW, 30)
    for i, lane in enumerate(gantt.lanes):
        _lane(sheet, HEAD_ROW + 1 + i, first, lane, len(gantt.periods), style, lang)
    end = HEAD_ROW + max(len(gantt.lanes), 1)
    sheet.autofilter(HEAD_ROW, 0, end, first - 1)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    print_setup(sheet, footer, last_head_row=HEAD_ROW)
    sheet.print_area(0, 0, end, first + max(len(gantt.periods), 1) - 1)


def _lane(sheet: Any, row: int, first: int, lane: Lane, periods: int, style: Style, lang: Lang) -> None:
    look: dict[str, Any] = {"bottom": 4, "bottom_color": LINE, "text_wrap": True}
    texts = [lane.name.say(lang), lane.region.say(lang), lane.sector.say(lang), None, lane.payer.say(lang),
             lane.reason.say(lang)]
    for c, text in enumerate(texts):
        if text is None:
            sheet.write_number(row, c, lane.cost, style(num_format=amount(1), **look))
        else:
            sheet.write_string(row, c, text, style(indent=1, **look))
    sheet.set_row(row, row_height([(text, width - INDENT) for text, (_, width) in zip(texts, COLUMNS, strict=True)
                                   if text]))
    under = {"bottom": 4, "bottom_color": LINE}
    spans = {p: span for span in lane.spans for p in range(span.first, span.last + 1)}
    for p in range(periods):
        span = spans.get(p)
        if span is None:
            sheet.write_blank(row, first + p, None, style(**under))
        elif span.amount is not None:
            band = {"bg_color": KM[0], "font_color": KM[1], **under}
            if p == span.first:
                sheet.write_number(row, first + p, span.amount, style(
                    num_format="#,##0" if span.amount >= 10 else "0.0", font_size=8, align="left", shrink=True, **band))
            else:
                sheet.write_blank(row, first + p, None, style(**band))
        else:
            fill, ink = PHASES[span.phase]
            sheet.write_string(row, first + p, span.phase.say(lang),
                               style(bg_color=fill, font_color=ink, align="center", **under))
