"""Writes the gantt: a row for each project, its phases in colour and in letters by period, with filters. Printed are
facilities and the kinds of networks; their packages follow beneath on the sheet."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby
from typing import Any

from jaryq.base.text import Lang, Text
from jaryq.handover.html.words import PHASES as LETTERS
from jaryq.handover.shapes import Front, Gantt, Lane
from jaryq.report.words import BUYS, OUT_OF_SERVICE, WORKS, number
from jaryq.workbook.plan_place import ALL, inside
from jaryq.workbook.plan_style import BAND, HEAD, LINE, Numbers, Style, amount, footer_of, print_front, row_height

COLUMNS: tuple[tuple[Text, float], ...] = (
    (Text("Project", "Объект"), 28.0), (Text("Region", "Регион"), 18.5), (Text("Sector", "Отрасль"), 14.5),
    (Text("Cost, bn KZT", "Стоимость, млрд тенге"), 9.0), (Text("Who pays", "Кто платит"), 40.0),
    (Text("Why then", "Почему тогда"), 40.0),
)
PHASES: dict[Text, tuple[str, str]] = {
    BUYS: ("#F3D9A4", "#5B4300"), WORKS: ("#2F5D73", "#FFFFFF"), OUT_OF_SERVICE: ("#8E2F28", "#FFFFFF"),
}
"""Fill and ink of a phase; its letter tells it on a grey printer."""
KM = ("#CFE3D4", "#1F2A33")
"""The same of the km of a year, which stand at its beginning."""
INDENT = 1.5
"""Letters of an indent, which keeps a text apart from a figure before it."""
SIZE = 9
MORE = 10 / SIZE
"""So many letters of this size stand where the width of a column says one."""
YEARS_ROW, HEAD_ROW, FIRST = 4, 5, 6
YEAR, LEAST = 8.0, 2.0
"""Width of a year and of a period at least, in letters."""
OFTEN = 3
"""What as many reasons add after a semicolon is said once, above the headings."""
MARKS = "¹²³⁴⁵⁶⁷⁸⁹"
LINE_HEIGHT = 11.6
PAGE, ACROSS, HEADINGS = 516.0, 784.0, 57.0
"""Points of the printed area of a landscape page: its height and its width; of the headings on each."""
SHRUNK = 0.93
"""It is printed so much smaller, where that saves a page (LibreOffice, whose columns are wider, does so anyway)."""
BELOW = Text("Printed are facilities and kinds of networks; below this line, on the screen, networks of each region.",
             "Печатаются объекты и виды сетей; ниже этой строки, на экране, сети каждого региона.")

LOCKED = Text("To filter: click “→ all sheets” first, then come back to this tab. To sort, click there first too, come "
              "back, then: Review, Unprotect Sheet (no password).",
              "Фильтр: сначала щёлкните «→ все листы», затем вернитесь на этот лист. Сортировка: так же, затем "
              "«Рецензирование», «Снять защиту листа» (без пароля).")
"""Several sheets are selected when the file opens: Excel filters in none of them, and sorts no locked cells."""


def write_gantt(sheet: Any, page: Front, style: Style, lang: Lang, footer: str, back: str,
                numbers: Numbers | None = None) -> None:
    """The whole sheet; as many printed pages as it takes, with its headings on each. ``back``: the sheet with the
    contents."""
    gantt = page.gantt
    assert gantt is not None
    first, periods = len(COLUMNS), len(gantt.periods)
    marks = said_once(gantt.lanes, lang)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, page.title.say(lang), style(bold=True, font_size=18, font_color=HEAD, valign="vcenter"))
    sheet.write_url(0, first - 1, inside(back), style.link(), ALL.say(lang))
    sheet.merge_range(0, 2, 0, first - 2, "", style.note(text_wrap=True))
    sheet.write_string(0, 2, LOCKED.say(lang), style.note(text_wrap=True, valign="vcenter"))
    sheet.write_string(1, 0, page.note.say(lang), style.note())
    sheet.write_string(2, 0, " ".join(sentence.say(lang) for sentence in page.sentences), style())
    legend = [f"{short.say(lang)} {meaning.say(lang)}" for short, meaning in LETTERS]
    sheet.write_string(3, 0, "   ".join([*legend, *(f"{mark} {said}" for said, mark in marks.items())]),
                       style(font_size=SIZE))
    _headings(sheet, gantt, style, lang)
    printed = _printed(gantt)
    for i, lane in enumerate(printed):
        _lane(sheet, FIRST + i, lane, periods, marks, style, lang)
    row = FIRST + len(printed)
    end = max(row - 1, FIRST)
    if len(printed) < len(gantt.lanes) + len(gantt.kinds):
        for c in range(first + periods):
            sheet.write_blank(row, c, None, style(bg_color=BAND))
        sheet.write_string(row, 0, BELOW.say(lang), style(bg_color=BAND, font_color=HEAD))
        for i, lane in enumerate(_packages(gantt), row + 1):
            _lane(sheet, i, lane, periods, marks, style, lang)
        row += 1 + len(_packages(gantt))
    sheet.autofilter(HEAD_ROW, 0, max(row - 1, FIRST), first - 1)
    sheet.freeze_panes(FIRST, 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{row + 1}"})
    print_front(sheet, end, first + max(periods, 1) - 1, paper_of(gantt, lang))
    sheet.repeat_rows(3, HEAD_ROW)
    sheet.set_footer(footer_of(footer, numbers, long=True))
    if numbers is not None:
        sheet.set_start_page(numbers.first)


def paper_of(gantt: Gantt, lang: Lang) -> int:
    """Pages that it takes, as wide as they are, by the heights of its rows."""
    width = math.fsum(width for _, width in COLUMNS) + len(gantt.periods) * _width(gantt)
    scale = min(1.0, ACROSS / (5.25 * width + 3.75 * (len(COLUMNS) + len(gantt.periods))))
    marks = said_once(gantt.lanes, lang)
    rows = math.fsum(_height(lane, marks, lang) for lane in _printed(gantt)) + 28 + 30
    return max(1, math.ceil(SHRUNK * rows * scale / (PAGE - HEADINGS * scale)))


def numbered(pages: Mapping[str, Front], lang: Lang) -> dict[str, Numbers]:
    """Numbers of the printed pages of front pages that stand one behind the other, by their names."""
    counts = [1 if page.gantt is None else paper_of(page.gantt, lang) for page in pages.values()]
    firsts = [1, *accumulate(counts, initial=1)][1:]
    return {name: Numbers(first, sum(counts)) for name, first in zip(pages, firsts, strict=False)}


def said_once(lanes: Sequence[Lane], lang: Lang) -> dict[str, str]:
    """What many reasons add after a semicolon, with its mark."""
    counts = Counter(tail for lane in lanes for tail in _parts(lane, lang)[1:])
    often = [tail for tail, count in counts.most_common() if count >= OFTEN]
    return dict(zip(often, MARKS, strict=False))


def _parts(lane: Lane, lang: Lang) -> list[str]:
    return lane.reason.say(lang).split("; ")


def _reason(lane: Lane, marks: dict[str, str], lang: Lang) -> str:
    """Why it is when it is, with marks in place of what stands above the headings."""
    head, *tails = _parts(lane, lang)
    more = "".join(f"; {tail}" for tail in tails if tail not in marks)
    return head + more + "".join(f" {marks[tail]}" for tail in tails if tail in marks)


def _packages(gantt: Gantt) -> list[Lane]:
    return [lane for lane in gantt.lanes if any(span.amount is not None for span in lane.spans)]


def _printed(gantt: Gantt) -> list[Lane]:
    """All lanes; where packages are told by kinds, these in their place."""
    if not gantt.kinds:
        return list(gantt.lanes)
    below = {lane.key for lane in _packages(gantt)}
    return [*(lane for lane in gantt.lanes if lane.key not in below), *gantt.kinds]


def _years(gantt: Gantt, lang: Lang) -> list[tuple[str, int]]:
    """Years (or what else a period is called) with the number of their periods."""
    said = [period.say(lang) for period in gantt.periods]
    named = [found[0] if (found := re.search(r"\d{4}", text)) else text for text in said]
    return [(year, len(list(mine))) for year, mine in groupby(named)]


def _width(gantt: Gantt) -> float:
    most = max((count for _, count in _years(gantt, "en")), default=1)
    return max(YEAR / most, LEAST)


def _headings(sheet: Any, gantt: Gantt, style: Style, lang: Lang) -> None:
    """Columns; years above the numbers of their periods."""
    for c, (title, width) in enumerate(COLUMNS):
        sheet.set_column(c, c, width)
        sheet.write_blank(YEARS_ROW, c, None, style(bg_color=HEAD))
        sheet.write_string(HEAD_ROW, c, title.say(lang), style.head(font_size=SIZE))
    sheet.set_row(HEAD_ROW, 27)
    at = len(COLUMNS)
    if gantt.periods:
        sheet.set_column(at, at + len(gantt.periods) - 1, _width(gantt))
    for year, count in _years(gantt, lang):
        form = style.head(align="center", font_size=SIZE)
        if count > 1:
            sheet.merge_range(YEARS_ROW, at, YEARS_ROW, at + count - 1, year, form)
        else:
            sheet.write_string(YEARS_ROW, at, year, form)
        for part in range(count):
            sheet.write_string(HEAD_ROW, at + part, str(part + 1) if count > 1 else "",
                               style.head(align="center", font_size=8))
        at += count


def _texts(lane: Lane, marks: dict[str, str], lang: Lang) -> list[str | None]:
    region, name = lane.region.say(lang), lane.name.say(lang)
    return [name.removeprefix(f"{region}: "), region, lane.sector.say(lang), None, lane.payer.say(lang),
            _reason(lane, marks, lang)]


def _height(lane: Lane, marks: dict[str, str], lang: Lang) -> float:
    texts = _texts(lane, marks, lang)
    return row_height([(text, (width - INDENT) * MORE) for text, (_, width) in zip(texts, COLUMNS, strict=True)
                       if text], LINE_HEIGHT)


def _lane(sheet: Any, row: int, lane: Lane, periods: int, marks: dict[str, str], style: Style, lang: Lang) -> None:
    first = len(COLUMNS)
    look: dict[str, Any] = {"bottom": 4, "bottom_color": LINE, "text_wrap": True, "font_size": SIZE}
    for c, text in enumerate(_texts(lane, marks, lang)):
        if text is None:
            sheet.write_number(row, c, lane.cost, style(num_format=amount(1), **look))
        else:
            sheet.write_string(row, c, text, style(indent=1, **look))
    sheet.set_row(row, _height(lane, marks, lang))
    under = {"bottom": 4, "bottom_color": LINE}
    spans = {p: span for span in lane.spans for p in range(span.first, span.last + 1)}
    for p in range(periods):
        span = spans.get(p)
        if span is None:
            sheet.write_blank(row, first + p, None, style(**under))
        elif span.amount is not None:
            band = {"bg_color": KM[0], "font_color": KM[1], **under}
            if p == span.first:
                # A text runs on over the blank cells of its year, where a number would be cut to ###.
                said = number(span.amount, 0 if span.amount >= 10 else 1).say(lang)
                sheet.write_string(row, first + p, said, style(
                    font_size=8, align="left", shrink=span.last - span.first < len(said) // 3, **band))
            else:
                sheet.write_blank(row, first + p, None, style(**band))
        else:
            fill, ink = PHASES[span.phase]
            sheet.write_string(row, first + p, span.phase.say(lang),
                               style(bg_color=fill, font_color=ink, align="center", font_size=SIZE, **under))
