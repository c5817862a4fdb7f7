"""Native charts of the front pages, and the cells that they draw."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from jaryq.base.text import Lang, Text, word
from jaryq.handover.colours import place_of
from jaryq.handover.shapes import Chart, Series
from jaryq.workbook.plan_style import HEAD, LINE, MUTED, PALETTE, Style

CHART_ROWS, LEAST_ROWS = 17, 11
"""Rows of usual height that a chart covers, and one of bars that lie at least."""
FEW = 3.0
"""Up to this largest value the axis has decimals."""
LYING = 0.95
"""Rows that a bar asks for which lies."""
DRAWN = Text("What the chart draws", "Данные диаграммы")
TYPES: dict[str, dict[str, str]] = {
    "stacked": {"type": "column", "subtype": "stacked"}, "columns": {"type": "column"}, "bars": {"type": "bar"},
    "line": {"type": "line"}, "fan": {"type": "area", "subtype": "stacked"},
    "curve": {"type": "scatter", "subtype": "straight_with_markers"},
}
HATCHED = ("none", "light_upward_diagonal", "percent_20", "light_horizontal", "dotted_grid", "light_vertical",
           "light_downward_diagonal", "percent_10")
"""Patterns tell columns apart on a grey printer; the first is plain."""


FAN = ("#D5E3EA", "#A9C6D4", "#7FA6B8")
"""Bands of a fan, the nearer to the middle the darker."""


def _cells(name: str, first: int, last: int, data: int, s: int) -> dict[str, Any]:
    """Where a series stands on the sheet."""
    return {"name": [name, 1, data + 1 + s], "categories": [name, first, data, last, data],
            "values": [name, first, data + 1 + s, last, data + 1 + s]}


def _bands(chart: Chart) -> list[Series]:
    """The distances between neighbouring levels of a fan, which stand upon the lowest."""
    return [Series(Text(f"{below.name.en} – {above.name.en}", f"{below.name.ru} – {above.name.ru}"),
                   tuple((b or 0.0) - (a or 0.0) for a, b in zip(below.values, above.values, strict=True)))
            for below, above in pairwise(chart.series)]


def _fan(book: Any, made: Any, chart: Chart, cells: Callable[[int], dict[str, Any]]) -> None:
    """The bands above the lowest level, which is not seen, and one level as a line."""
    count = len(chart.series)
    made.add_series(cells(0) | {"fill": {"none": True}, "border": {"none": True}})
    for s in range(count, 2 * count - 1):
        near = min(s - count, 2 * count - 2 - s)
        made.add_series(cells(s) | {"fill": {"color": FAN[min(near, len(FAN) - 1)]}, "border": {"none": True}})
    middle = book.add_chart({"type": "line"})
    middle.add_series(cells(chart.line) | {"line": {"color": HEAD, "width": 2.5}, "marker": {"type": "none"}})
    made.combine(middle)


def round_ends(values: Sequence[float]) -> tuple[float, float]:
    """Round numbers around the values: multiples of half the power of ten in their range."""
    low, high = min(values), max(values)
    step = 10.0 ** math.floor(math.log10(high - low)) / 2.0 if high > low else 1.0
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def chart_rows(chart: Chart) -> int:
    """Rows of usual height that a chart covers: a name has room beside each bar that lies."""
    return max(LEAST_ROWS, math.ceil(6 + LYING * len(chart.labels))) if chart.kind == "bars" else CHART_ROWS


def write_chart(sheet: Any, book: Any, name: str, row: int, column: int, data: int, chart: Chart, width: int,
                style: Style, lang: Lang, rows: float = 0) -> int:
    """The chart at a cell, what it draws at column ``data`` from the first row down; the next free data column.
    ``rows`` that it covers, 0: as it asks for."""
    muted = style(font_color=MUTED, font_size=8)
    sheet.write_string(0, data, f"{DRAWN.say(lang)}: {chart.title.say(lang)}", muted)
    for i, label in enumerate(chart.labels):
        if isinstance(label, (int, float)):
            shape = "0" if isinstance(label, int) else "#,##0.###"
            sheet.write_number(2 + i, data, label, style(font_color=MUTED, font_size=8, num_format=shape))
        else:
            sheet.write_string(2 + i, data, word(label, lang), muted)
    drawn = (*chart.series, *_bands(chart)) if chart.kind == "fan" else chart.series
    for s, series in enumerate(drawn):
        sheet.write_string(1, data + 1 + s, series.name.say(lang), muted)
        for i, value in enumerate(series.values):
            if value is not None:
                sheet.write_number(2 + i, data + 1 + s, value,
                                   style(font_color=MUTED, font_size=8, num_format="#,##0.0"))
    sheet.insert_chart(row, column, _made(book, name, data, chart, width, rows or chart_rows(chart), lang),
                       {"object_position": 1, "description": chart.alt.say(lang), "x_offset": 4})
    return data + len(drawn) + 2


def _made(book: Any, name: str, data: int, chart: Chart, width: int, rows: float, lang: Lang) -> Any:
    made = book.add_chart(TYPES[chart.kind])
    first, last = 2, 1 + len(chart.labels)
    if chart.kind == "fan":
        _fan(book, made, chart, lambda s: _cells(name, first, last, data, s))
    for s in range(len(chart.series)) if chart.kind != "fan" else ():
        colour = PALETTE[place_of(chart.series[s].name, s) % len(PALETTE)]
        series = _cells(name, first, last, data, s)
        if chart.kind in ("line", "curve"):
            series |= {"line": {"color": colour, "width": 2.25}, "marker": {"type": "automatic", "size": 5}}
        elif s % len(HATCHED):
            series["pattern"] = {"pattern": HATCHED[s % len(HATCHED)], "fg_color": "#FFFFFF", "bg_color": colour}
            series |= {"border": {"color": colour}, "gap": 60}
        else:
            series |= {"fill": {"color": colour}, "border": {"color": colour}, "gap": 60}
        made.add_series(series)
    made.set_title({"name": chart.title.say(lang), "name_font": {"size": 11, "color": HEAD}, "overlay": False})
    made.set_legend({"none": True} if len(chart.series) == 1 else {
        "position": "bottom", "font": {"size": 9}, **({"delete_series": [0]} if chart.kind == "fan" else {})})
    largest = max((abs(v) for one in chart.series for v in one.values if v is not None), default=0.0)
    plain, values = {"num_font": {"size": 9}}, {
        "num_format": "#,##0" if largest > FEW else "0.0",
        "major_gridlines": {"visible": True, "line": {"color": LINE}}, "line": {"none": True},
        "num_font": {"size": 9}, "name": chart.unit.say(lang), "name_font": {"size": 9, "bold": False},
    }
    if chart.kind == "bars":  # their categories stand on the y axis, the first one above
        made.set_x_axis(values)
        # Names stand left of all bars, those below nothing too, and none is left out.
        made.set_y_axis(plain | {"reverse": True, "major_gridlines": {"visible": False}, "line": {"none": True},
                                 "label_position": "low", "interval_unit": 1,
                                 "crossing": "max"})  # with the first above, figures stand by their unit below
    elif chart.kind == "curve":
        low, high = round_ends([label for label in chart.labels if isinstance(label, (int, float))])
        made.set_x_axis(plain | {"num_format": "#,##0.###", "min": low, "max": high, "crossing": low,
                                 "name": chart.along.say(lang) if chart.along else "",
                                 "name_font": {"size": 9, "bold": False}, "label_position": "low"})
        made.set_y_axis(values)
    else:
        below = any(v < 0 for one in chart.series for v in one.values if v is not None)
        made.set_x_axis(plain | {"num_format": "0", **({"label_position": "low"} if below else {})})
        made.set_y_axis(values)
    made.set_chartarea({"border": {"none": True}})
    made.set_size({"width": width, "height": int(rows * 20) - 8})
    return made
