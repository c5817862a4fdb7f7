"""Money on the page of a region: spending by year, who pays for what, what consumers repay."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.said import as_text
from jaryq.report.block import Block, Field
from jaryq.report.report import Report
from jaryq.report.shapes import Value, as_number

Row = Mapping[str, Value]


def by_year(case: Case, row: Row) -> Block:
    """Spending in each year."""
    over = case.settings.years
    fields = (Field(Text("Spending", "Затраты")), *(Field(Text(str(year), str(year)), BILLION) for year in over),
              Field(Text("In all", "Всего"), BILLION))
    made = (Text("In money of the years of payment", "В деньгах годов платежа"),
            *(row.get(f"cost_{year}") for year in over), row.get("total"))
    return Block(Text("Year by year", "По годам"), fields, (made,),
                 adds=((1 + len(over), tuple(range(1, 1 + len(over)))),))


def by_payer(report: Report, name: Text) -> Block:
    """What each group of sources pays in the region, by sector, the largest payer first."""
    rows = [row for row in report.tables["uses"].rows if row.get("region") == name]
    sectors = list(dict.fromkeys(as_text(row.get("sector")) for row in report.tables["uses"].rows))
    sectors = [sector for sector in sectors if any(as_text(row.get("sector")) == sector for row in rows)]
    paid: dict[Text, dict[Text, float]] = {}
    for row in rows:
        paid.setdefault(as_text(row.get("group")), {})[as_text(row.get("sector"))] = as_number(row.get("total"))
    whole = math.fsum(as_number(row.get("total")) for row in rows)
    made = sorted(((group, *(mine.get(sector) for sector in sectors), total := math.fsum(mine.values()),
                    100.0 * total / whole if whole > 0 else 0.0) for group, mine in paid.items()),
                  key=lambda line: -as_number(line[-2]))
    fields = (Field(Text("Who pays", "Кто платит")), *(Field(sector, BILLION, total=True) for sector in sectors),
              Field(Text("In all", "Всего"), BILLION, total=True, bar=True), Field(Text("Share", "Доля"), "%"))
    return Block(Text("Who pays for what", "Кто за что платит"), fields, tuple(made),
                 adds=((1 + len(sectors), tuple(range(1, 1 + len(sectors)))),))


def by_utility(case: Case, report: Report, name: Text) -> Block:
    """Of each utility with a tariff the bill before, what consumers repay in the last year, and by how much the bill
    rises in each year."""
    over = case.settings.years
    table = report.tables.get("tariffs")
    sectors: dict[Text, dict[Value, Row]] = {}
    for row in table.rows if table is not None else ():
        if row.get("region") == name:
            sectors.setdefault(as_text(row.get("sector")), {})[row.get("year")] = row
    last = case.settings.last_year
    fields = (
        Field(Text("Utility", "Коммунальная услуга")), Field(Text("Revenue before", "Выручка ранее"), BILLION),
        Field(Text(f"Bill of {last}", f"Счёт {last} года"), BILLION),
        Field(Text("of which repaid for the programme", "из них возврат по программе"), BILLION),
        *(Field(Text(f"Rise in {year}", f"Рост в {year} году"), "%") for year in over),
        Field(Text(f"Largest allowed in {last}", f"Наибольший в {last} году"), "%"),
    )
    made = tuple((sector, mine[last].get("base"), mine[last].get("need"), mine[last].get("repaid"),
                  *(mine[year].get("rise") if year in mine else None for year in over), mine[last].get("largest"))
                 for sector, mine in sectors.items() if last in mine)
    return Block(Text("What consumers pay", "Что платят потребители"), fields, made)
