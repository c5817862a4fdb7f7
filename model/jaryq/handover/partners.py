"""What a partner page shows beside its tables: draws and payments by year as a chart."""

from __future__ import annotations

import math

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.shapes import Chart, Series
from jaryq.report.report import Report
from jaryq.report.shapes import as_number
from jaryq.report.words import UNIT_WORDS, country, number

PAID: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("Principal", "Погашение долга"), ("k_principal",)),
    (Text("Interest and fees", "Проценты и комиссии"), ("k_interest", "k_state", "k_fees")))


def by_year(case: Case, report: Report, partner: str) -> Chart | None:
    """Draws above, payments below the line, bn KZT of each year to the last maturity; None where nothing is lent."""
    table = report.tables.get("debt_service")
    rows = [row for row in (table.rows if table is not None else ())
            if (source := case.sources.get(str(row.get("source")))) is not None and source.partner == partner]
    years = sorted({int(as_number(row.get("year"))) for row in rows})
    if not years:
        return None

    def of(parts: tuple[str, ...], sign: float) -> tuple[float, ...]:
        return tuple(sign * math.fsum(as_number(row.get(part)) for row in rows for part in parts
                                      if as_number(row.get("year")) == year) + 0.0 for year in years)

    drawn = of(("k_drawn",), 1.0)
    paid = [(name, of(parts, -1.0)) for name, parts in PAID]
    name, back = country(partner), number(-math.fsum(v for _, values in paid for v in values))
    got = number(math.fsum(drawn))
    title = Text("Draws (above) and payments (below) by year, bn KZT",
                 "Выборка (вверх) и платежи (вниз) по годам, млрд тенге")
    alt = Text(f"{name.en}: {got.en} bn KZT drawn, {back.en} paid back by {years[-1]}.",
               f"{name.ru}: выборка {got.ru} млрд тенге, платежи {back.ru} к {years[-1]} году.")
    return Chart(f"partner_{partner}", "stacked", title, UNIT_WORDS[BILLION], tuple(years),
                 tuple(Series(*one) for one in ((Text("Drawn", "Выборка"), drawn), *paid)), alt)
