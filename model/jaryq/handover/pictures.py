"""Charts as pictures (PNG, extra ``brief``), from the same declarations as those of the workbook."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from jaryq.base.text import Lang, Text
from jaryq.handover.colours import place_of
from jaryq.handover.shapes import Chart

COLOURS = ("#2F5D73", "#D98E32", "#5C8A72", "#8C6BB1", "#B5483A", "#7D868C", "#C9A227", "#4A90A4")
HATCHES = ("", "//", "..", "\\\\", "xx", "--", "oo", "++")
"""On a grey printer colours are told apart by these."""

BAND = "#7FA6B8"
"""Between the levels of a fan, the nearer to the middle the darker."""
WIDE, HIGH, DOTS = 7.2, 3.3, 160


def picture(chart: Chart, lang: Lang) -> bytes:
    """The bytes of the picture: columns upon or beside each other, lying bars, or lines, with the unit on the axis."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    figure = Figure(figsize=(WIDE, HIGH), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    numbers = [label for label in chart.labels if isinstance(label, (int, float))]
    places = numbers if chart.kind == "curve" else list(range(len(chart.labels)))
    labels = [label.say(lang) if isinstance(label, Text) else str(label) for label in chart.labels]
    below, wide = [0.0] * len(places), 0.7 if chart.kind == "stacked" else 0.8 / max(1, len(chart.series))
    for at, series in enumerate(chart.series):
        i = place_of(series.name, at)
        values = [value or 0.0 for value in series.values]
        look: dict[str, Any] = {"color": COLOURS[i % len(COLOURS)], "label": series.name.say(lang)}
        bars: dict[str, Any] = {**look, "hatch": HATCHES[i % len(HATCHES)], "edgecolor": "white"}
        aside = [place + (at - (len(chart.series) - 1) / 2) * wide for place in places]
        if chart.kind == "fan":
            if at:
                axes.fill_between(places, [v or 0.0 for v in chart.series[at - 1].values], values, linewidth=0,
                                  color=BAND, alpha=1.0 - 0.75 * abs(2 * at - len(chart.series)) / len(chart.series))
            axes.plot(places, values, linewidth=2.5 if at == chart.line else 0.8, **look)
        elif chart.kind in ("line", "curve"):
            axes.plot(places, [float("nan") if v is None else v for v in series.values], marker="o", **look)
        elif chart.kind == "bars":
            axes.barh(aside, values, wide, **bars)
        elif chart.kind == "columns":
            axes.bar(aside, values, wide, **bars)
        else:
            axes.bar(places, values, wide, bottom=below, **bars)
            below = [low + value for low, value in zip(below, values, strict=True)]
    lying = chart.kind == "bars"
    if chart.kind == "curve":
        axes.set_xlabel(chart.along.say(lang) if chart.along else "")
    else:
        (axes.set_yticks if lying else axes.set_xticks)(places, labels)
    (axes.set_xlabel if lying else axes.set_ylabel)(chart.unit.say(lang))
    (axes.xaxis if lying else axes.yaxis).set_major_formatter(FuncFormatter(
        lambda value, _: Text("{v:,g}", "{v:,g}").say(lang, v=float(value))))
    if lying:
        axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    if len(chart.series) > 1:
        figure.legend(loc="outside lower center", frameon=False, fontsize=8, ncols=3)
    raw = BytesIO()
    figure.savefig(raw, format="png", dpi=DOTS, metadata={"Software": None})
    return raw.getvalue()
