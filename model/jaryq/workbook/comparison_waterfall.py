"""Writes the comparison's ``waterfall``: the table of steps, a native chart for each scenario, and the live numbers the
charts draw."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from jaryq.base.text import Lang, Text
from jaryq.report.compare.shapes import Bridge
from jaryq.report.compare.story import Comparison
from jaryq.report.words import number
from jaryq.tables.tables import letters
from jaryq.workbook.comparison_money import signed
from jaryq.workbook.comparison_print import in_excel, printed
from jaryq.workbook.plan_place import FIRST, Place
from jaryq.workbook.plan_style import HEAD, LINE, MUTED, TOTAL, Style, amount, places, row_height
from jaryq.workbook.plan_tables import write_table

CHART_ROWS, ACROSS = 12, 2
USUAL = 8.43
"""Letters of a column whose width is not set."""
CHARTS_WIDE = 870.0
"""Points of two charts beside each other."""
RISE, FALL, ENDS = "#B5524A", "#6E9B7B", "#2F5D73"
HIDDEN = {"fill": {"none": True}, "border": {"none": True}}
SERIES: tuple[tuple[str, Text, str], ...] = (
    ("ends", Text("Cost", "Стоимость"), ENDS), ("rise", Text("Dearer", "Дороже"), RISE),
    ("fall", Text("Cheaper", "Дешевле"), FALL),
)
DATA = Text("What the charts draw (live)", "Данные диаграмм (формулы)")
BELOW = Text("below zero", "ниже нуля")
FROM, TO, CLEAR, TOP = Text("From", "От"), Text("To", "До"), Text("Empty", "Пусто"), Text("Top", "Верх")
AXIS = Text("bn KZT", "млрд тенге")
CUT = Text("axis not from 0", "ось не от нуля")
DRAWN = 5
"""Column (from 0) of the first visible part in the numbers of a chart."""
NOTHING = Text("There is nothing to compare: no plan of the base, or no other plan.",
               "Сравнивать нечего: нет базового плана или других планов.")
ADDS = Text(
    "Volume and timing: the scenario's works at the base's prices. Prices: its costs and price indices. Exchange rate: "
    "its rates, for imported parts. "
    "Financing: what the money costs beyond the works it pays for.",
    "Объёмы и сроки: работы сценария в ценах базового. Цены: его стоимости и индексы. Курс: его курсы для импортной "
    "части. "
    "Финансирование: во что обходятся деньги сверх оплаченных ими работ.",
)


@dataclass(frozen=True)
class Bar:
    """A bar of a bridge from one level to another, split at zero so that stacked columns can draw it."""

    label: Text
    begin: float
    end: float
    total: bool = False

    @property
    def clear(self) -> float:
        """The invisible part beneath (or, under zero, above) the bar."""
        low, high = min(self.begin, self.end), max(self.begin, self.end)
        return 0.0 if self.total else max(0.0, low) + min(0.0, high)

    def part(self, name: str, above: bool) -> float:
        """The visible part above or below zero, if the bar is of this kind."""
        kind = "ends" if self.total else "rise" if self.end >= self.begin else "fall"
        if kind != name:
            return 0.0
        low, high = min(self.begin, self.end), max(self.begin, self.end)
        return max(0.0, high) - max(0.0, low) if above else min(0.0, low) - min(0.0, high)


def bars_of(bridge: Bridge) -> list[Bar]:
    """The bars of a bridge: base, steps, scenario."""
    bars = [Bar(Text("Base", "Базовый"), 0.0, bridge.base, total=True)]
    level = bridge.base
    for _, name, change in bridge.steps:
        bars.append(Bar(name, level, level + change))
        level += change
    return [*bars, Bar(Text("Scenario", "Сценарий"), 0.0, bridge.cost, total=True)]


def write_waterfall(sheet: Any, book: Any, made: Comparison, style: Style, lang: Lang, footer: str) -> None:
    """The whole sheet."""
    table = made.waterfall
    widths = write_table(sheet, table, style, lang, footer)
    place = Place(table)
    if not made.bridges:
        sheet.write_string(FIRST, 0, NOTHING.say(lang), style.note())
        printed(sheet, footer, widths, FIRST)
        return
    _formulas(sheet, place, made, style)
    adds = style.note(text_wrap=True)
    sheet.merge_range(place.last + 2, 0, place.last + 2, len(widths) - 1, "", adds)
    sheet.write_string(place.last + 2, 0, ADDS.say(lang), adds)
    sheet.set_row(place.last + 2, row_height([(ADDS.say(lang), sum(widths))]))
    charts, bands = place.last + 4, math.ceil(len(made.bridges) / ACROSS)
    row = charts + CHART_ROWS * bands + 1
    blocks = [*(charts + CHART_ROWS * band for band in range(bands)), row]
    sheet.write_string(row, 0, DATA.say(lang), style(bold=True, font_color=MUTED))
    signs = [True, False] if any(bar.part(name, False) for b in made.bridges for bar in bars_of(b)
                                 for name, _, _ in SERIES) else [True]
    row += 1
    for i, bridge in enumerate(made.bridges):
        if i:
            blocks.append(row)
        _data(sheet, row, FIRST + i, bridge, place, signs, style, lang)
        _chart(sheet, book, row, (charts + CHART_ROWS * (i // ACROSS), i % ACROSS), bridge, signs, lang)
        row += len(bridge.steps) + 4
    short = CHARTS_WIDE - sum(map(in_excel, widths))
    beside = [USUAL] * max(0, math.ceil(short / in_excel(USUAL)))
    printed(sheet, footer, [*widths, *beside], row - 1, blocks=blocks)


def _formulas(sheet: Any, place: Place, made: Comparison, style: Style) -> None:
    """The scenario's cost as the live sum of its row; steps and differences with their signs."""
    table = place.table
    steps = [key for key, _, _ in made.bridges[0].steps]
    look = {"bottom": 4, "bottom_color": LINE}
    sizes = [abs(b.base) for b in made.bridges] + [abs(b.cost) for b in made.bridges]
    form = amount(places(max(sizes)))
    for i, bridge in enumerate(made.bridges):
        r, change = FIRST + i, round(bridge.cost - bridge.base, 9)
        for key, _, value in bridge.steps:
            sheet.write_number(r, table.headings.index(key), value, style(num_format=signed(form, value), **look))
        sheet.write_formula(r, table.headings.index("cost"),
                            f"=SUM({place.column('base')}{r + 1}:{place.column(steps[-1])}{r + 1})",
                            style(num_format=form, bold=True, **look), bridge.cost)
        sheet.write_formula(r, table.headings.index("change"),
                            f"=ROUND({place.column('cost')}{r + 1}-{place.column('base')}{r + 1},9)",
                            style(num_format=signed(form, change), bold=True, **look), change)


def _heads(signs: list[bool], lang: Lang) -> list[str]:
    """Headings of the chart's numbers; the parts below zero only where a bar reaches there."""
    named = [text.say(lang) if above else f"{text.say(lang)}, {BELOW.say(lang)}" for above in signs
             for _, text, _ in SERIES]
    return [*(text.say(lang) for text in (FROM, TO, CLEAR, TOP)), *named]


def _data(sheet: Any, row: int, table_row: int, bridge: Bridge, place: Place, signs: list[bool], style: Style,
          lang: Lang) -> None:
    """The numbers of one chart as formulas on the row of the table."""
    small = style(font_color=MUTED, font_size=8, num_format="#,##0.0")
    sheet.write_string(row, 0, bridge.name.say(lang), style(font_color=MUTED, font_size=8, bold=True))
    for c, text in enumerate(_heads(signs, lang)):
        sheet.write_string(row, 1 + c, text,
                           style(font_color=MUTED, font_size=8, align="right", text_wrap=True, bg_color=TOTAL))
    sheet.set_row(row, 24)
    keys = ["base", *(key for key, _, _ in bridge.steps), "cost"]
    for k, (key, bar) in enumerate(zip(keys, bars_of(bridge), strict=True)):
        r = row + 1 + k
        begin, end = (f"{letters(c)}{r + 1}" for c in (2, 3))
        cell = f"{place.column(key)}{table_row + 1}"
        sheet.write_string(r, 0, bar.label.say(lang), style(font_color=MUTED, font_size=8, indent=1))
        sheet.write_formula(r, 1, "=0" if bar.total else f"={letters(3)}{r}", small, bar.begin)
        sheet.write_formula(r, 2, f"={cell}" if bar.total else f"={begin}+{cell}", small, bar.end)
        sheet.write_formula(r, 3, "=0" if bar.total else f"=MAX(0,MIN({begin},{end}))+MIN(0,MAX({begin},{end}))", small,
                            bar.clear)
        sheet.write_formula(r, 4, f"=MAX({begin},{end})", small, max(bar.begin, bar.end))
        c = DRAWN
        for above in signs:
            for name, _, _ in SERIES:
                sheet.write_formula(r, c, _part(name, bar.total, above, begin, end), small, bar.part(name, above))
                c += 1


def label(bar: Bar, decimals: int, lang: Lang) -> str:
    """What stands over a bar: the level of a total, the signed change of a step."""
    if bar.total:
        return number(bar.end, decimals).say(lang)
    change = bar.end - bar.begin
    if change == 0.0:
        return "–"
    return ("≈ 0" if abs(change) < 0.5 * 10.0**-decimals else ("-" if change < 0 else "+")
            + number(abs(change), decimals).say(lang))


def _part(name: str, total: bool, above: bool, begin: str, end: str) -> str:
    """Formula of the visible part of a bar: as ``Bar.part``."""
    if total != (name == "ends"):
        return "=0"
    if total:
        return f"=MAX(0,{end})" if above else f"=MIN(0,{end})"
    first, last = (begin, end) if name == "rise" else (end, begin)
    if above:
        return f"=MAX(0,MAX(0,{last})-MAX(0,{first}))"
    return f"=MIN(0,MIN(0,{first})-MIN(0,{last}))"


def _chart(sheet: Any, book: Any, row: int, at: tuple[int, int], bridge: Bridge, signs: list[bool], lang: Lang) -> None:
    """Stacked columns on an invisible part; the axis is cut where the steps would be too small to see."""
    bars = bars_of(bridge)
    decimals = places(max(abs(bridge.base), abs(bridge.cost)))
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    first, last = row + 1, row + len(bars)
    common = {"categories": ["waterfall", first, 0, last, 0], "gap": 40}
    chart.add_series({**common, "values": ["waterfall", first, 3, last, 3], **HIDDEN})
    column = DRAWN
    for _ in signs:
        for _, _, colour in SERIES:
            chart.add_series({**common, "name": ["waterfall", row, column],
                              "values": ["waterfall", first, column, last, column], "fill": {"color": colour}})
            column += 1
    # Labels hang on an invisible line over the bars: inside a thin bar they could not be read.
    tops = book.add_chart({"type": "line"})
    tops.add_series({
        "categories": common["categories"], "values": ["waterfall", first, 4, last, 4], "line": {"none": True},
        "marker": {"type": "none"},
        "data_labels": {"value": True, "position": "above", "font": {"size": 8},
                        # As texts: LibreOffice shows no labels that refer to cells.
                        "custom": [{"value": label(bar, decimals, lang), "font": {"size": 8}} for bar in bars]},
    })
    chart.combine(tops)
    low = axis_from(bars)
    chart.set_title({"name": bridge.name.say(lang), "name_font": {"size": 10, "color": HEAD}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": LINE}},
                      "line": {"none": True}, "num_font": {"size": 8},
                      "name": AXIS.say(lang) + (f"; {CUT.say(lang)}" if low else ""),
                      "name_font": {"size": 8, "bold": False, "color": MUTED},
                      **({"min": low} if low else {})})
    chart.set_x_axis({"num_font": {"size": 8}, "label_position": "low"})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 560, "height": CHART_ROWS * 20 - 8})
    sheet.insert_chart(at[0], 0, chart, {"x_offset": 570 * at[1], "object_position": 3})


def axis_from(bars: list[Bar]) -> float:
    """Where the axis begins: at 0, unless all levels lie so close together that the steps could not be seen."""
    levels = [level for bar in bars for level in (bar.end, *(() if bar.total else (bar.begin,)))]
    low, high = min(levels), max(levels)
    if low <= 0 or high - low > 0.35 * high or high == low:
        return 0.0
    step = 10.0 ** float(math.floor(math.log10(high - low)))
    return float(max(0.0, step * math.floor((low - (high - low)) / step)))
