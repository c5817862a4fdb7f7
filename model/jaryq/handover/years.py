"""The page ``years``: km, facilities and money by year, beside what is asked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.charts import by_labels
from jaryq.handover.said import as_text, capital
from jaryq.handover.said_aims import counted, of_asked
from jaryq.handover.shapes import Chart, Front, Series
from jaryq.report.adding_up import APART, apportioned
from jaryq.report.block import Block, Field
from jaryq.report.by_year import (
    ALL,
    FACILITIES_ASKED,
    FINISHED,
    IN_SERVICE,
    KM_ASKED,
    OUT,
    RENEWED,
    RENEWED_SINCE,
    SPENDING_ASKED,
    SPENT,
    SPENT_FACILITIES,
    SPENT_NETWORKS,
)
from jaryq.report.report import Report
from jaryq.report.shapes import Out, Value, as_number
from jaryq.report.steep import sentence
from jaryq.report.words import UNIT_WORDS, number

TITLE = Text("Year by year", "По годам")
NOTE = Text("Kilometres, facilities and money in each year, beside what is asked of it.",
            "Километры, объекты и деньги в каждом году рядом с тем, что требуется.")
TOTALS = (FINISHED, IN_SERVICE, FACILITIES_ASKED, OUT, RENEWED, RENEWED_SINCE, KM_ASKED, SPENT_FACILITIES,
          SPENT_NETWORKS, SPENT, SPENDING_ASKED)
"""Rows of the whole programme that the page shows, in their order."""
STRONG = (IN_SERVICE, RENEWED_SINCE, SPENT)
PAYERS = Text("Who pays", "Кто платит")

Row = Mapping[str, Value]


def years(case: Case, report: Report) -> Front | None:
    """Charts of km, facilities and payers, and the rows of ``by_year`` for the whole programme."""
    table, over = report.tables["by_year"], case.settings.years
    charts = (by_sector(table, RENEWED, "km", over), by_sector(table, FINISHED, "facilities", over),
              by_payer(report, over))
    return Front("years", TITLE, NOTE, sentences=(*busiest(case, report), *_falls(report), *asked(report)),
                 charts=tuple(chart for chart in charts if chart is not None and not chart.empty),
                 blocks=(totals(table, over),))


def _falls(report: Report) -> tuple[Text, ...]:
    """Kinds of network whose km fall by more than a quarter in a year, where there are some."""
    fact = report.fact("falls")
    return () if fact is None else (sentence(fact),)


def whole(table: Out, what: Text) -> Row | None:
    """The row of a measure for all sectors; None where there is none."""
    return next((row for row in table.rows if row.get("what") == what and row.get("sector") == ALL), None)


def by_sector(table: Out, what: Text, key: str, over: Sequence[int]) -> Chart | None:
    """Stacked columns by year, a series for each sector; None without any."""
    rows = [row for row in table.rows if row.get("what") == what and row.get("sector") != ALL]
    summed = whole(table, what)
    if not rows or summed is None:
        return None
    series = tuple(Series(capital(as_text(row["sector"])), tuple(as_number(row[f"y_{y}"]) for y in over))
                   for row in rows)
    unit = as_text(summed["unit"])
    return Chart(f"years_{key}", "stacked", what, unit, tuple(over), series,
                 by_labels(what, unit, [(str(y), as_number(summed[f"y_{y}"])) for y in over]))


def by_payer(report: Report, over: Sequence[int]) -> Chart:
    """Stacked columns by year, a series for each group of sources that pays anything."""
    funding = report.tables["funding"]
    groups = [group for group in funding.group_values()
              if isinstance(group, Text) and funding.total("total", group) > 0]
    groups.sort(key=lambda group: -funding.total("total", group))
    series = tuple(Series(group, tuple(funding.total(f"use_{y}", group) for y in over)) for group in groups)
    return Chart("years_money", "stacked", PAYERS, UNIT_WORDS[BILLION], tuple(over), series,
                 by_labels(PAYERS, UNIT_WORDS[BILLION], [(str(y), funding.total(f"use_{y}")) for y in over]))


def totals(table: Out, over: Sequence[int]) -> Block:
    """What is done in each year and stands at its end, beside what is asked."""
    fields = (Field(Text("Whole programme", "Вся программа")), Field(Text("Unit", "Единица")),
              Field(Text("Before", "Ранее")), *(Field(Text(str(y), str(y))) for y in over),
              Field(Text("Planned years", "Планируемые годы")))
    rows = [row for what in TOTALS if (row := whole(table, what)) is not None]
    made = tuple((as_text(row["what"]), as_text(row["unit"]), row.get("before"), *(row.get(f"y_{y}") for y in over),
                  row.get("total")) for row in rows)
    said = [row["what"] for row in rows]
    under = ((said.index(SPENT), (said.index(SPENT_FACILITIES), said.index(SPENT_NETWORKS))),) \
        if {SPENT, SPENT_FACILITIES, SPENT_NETWORKS} <= set(said) else ()
    strong = frozenset(i for i, row in enumerate(rows) if row["what"] in STRONG)
    notes = (Text("Money of the years of payment. Facilities out of service are counted once a year.",
                  "Деньги годов платежа. Выведенный для работ объект считается в году один раз."),)
    return Block(Text("In figures", "В цифрах"), fields, made, notes, strong,
                 adds=((3 + len(over), tuple(range(3, 3 + len(over)))),), under=under)


def busiest(case: Case, report: Report) -> list[Text]:
    """The year with the most finished, the most renewed, the most spent of those that are planned: ``Of 2026–2030 most
    facilities are finished in 2030 (71 of 127)``; what was finished before is no part of it."""
    table, over = report.tables["by_year"], case.settings.years
    parts = []
    for what, en, ru in (
        (FINISHED, "most facilities are finished in {year} ({most} of {all})",
         "больше всего объектов завершается в {year} году ({most} из {all})"),
        (RENEWED, "most km are renewed in {year} ({most} of {all})",
         "больше всего км обновляется в {year} году ({most} из {all})"),
        (SPENT, "most is spent in {year} ({most} of {all} bn KZT)",
         "больше всего тратится в {year} году ({most} из {all} млрд тенге)"),
    ):
        row = whole(table, what)
        if row is None or as_number(row["total"]) <= 0:
            continue
        amounts = [as_number(row[f"y_{y}"]) for y in over]
        total, at = as_number(row["total"]), amounts.index(max(amounts))
        summed = math.isclose(math.fsum(amounts), total, rel_tol=APART)
        most = apportioned(amounts, round(total))[at] if summed else amounts[at]  # as the table has it
        parts.append(Text(en, ru).fill(year=str(over[at]), most=number(most), all=number(total)))
    if not parts or len(over) == 1:
        return []
    first, last = over[0], over[-1]
    return [Text(f"Of {first}–{last} " + "; ".join(p.en for p in parts) + ".",
                 f"За {first}–{last} годы " + "; ".join(p.ru for p in parts) + ".")]


def asked(report: Report) -> list[Text]:
    """What targets on km and facilities of the whole programme ask of each year, and what is reached."""
    said = [(str(row.get("year")), of_asked(row)) for row in counted(report)]
    return [Text(f"By {year}: " + "; ".join(t.en for y, t in said if y == year) + ".",
                 f"К концу {year} года: " + "; ".join(t.ru for y, t in said if y == year) + ".")
            for year in sorted({y for y, _ in said})]
