"""Charts of what the report has in strips by year."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.handover.shapes import Chart, Series
from jaryq.report.report import Report
from jaryq.report.shapes import Strip
from jaryq.report.words import number


def of_strip(strip: Strip, report: Report) -> Chart:
    """Stacked columns by year, a series for each row of the strip; the alternative text says the sum of each year."""
    series = tuple(Series(label, tuple(report.value(ref) for ref in refs)) for label, refs in strip.rows)
    return Chart(key=strip.rows[0][1][0].sheet, kind="stacked", title=strip.chart or strip.head,
                 unit=UNITS[strip.unit].symbol, labels=strip.years, series=series, alt=by_year(strip, series))


def by_year(strip: Strip, series: tuple[Series, ...]) -> Text:
    """``Networks renewed, km: 2026 9,100, 2027 12,000.``"""
    sums = [sum(one.values[i] or 0.0 for one in series) for i in range(len(strip.years))]
    title = strip.chart or strip.head
    return Text(f"{title.en}: " + ", ".join(f"{y} {v:,.0f}" for y, v in zip(strip.years, sums, strict=True)) + ".",
                f"{title.ru}: " + ", ".join(f"{y} {v:,.0f}".replace(",", "\u00a0")
                                            for y, v in zip(strip.years, sums, strict=True)) + ".")


def by_labels(title: Text, unit: Text, values: Sequence[tuple[str, float]]) -> Text:
    """The same for any labels: ``Facilities finished, facilities: 2026 12, 2027 6.``"""
    return Text(f"{title.en}, {unit.en}: " + ", ".join(f"{label} {number(v).en}" for label, v in values) + ".",
                f"{title.ru}, {unit.ru}: " + ", ".join(f"{label} {number(v).ru}" for label, v in values) + ".")
