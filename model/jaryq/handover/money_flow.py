"""The page ``money_flow``: sources and uses, and what is owed until the last loan is paid back."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from jaryq.base.home import BILLION
from jaryq.base.text import Lang, Text
from jaryq.case.case import Case
from jaryq.handover.charts import of_strip
from jaryq.handover.said import as_text, payers, told, valued
from jaryq.handover.shapes import Chart, Flow, Front, Series
from jaryq.report.block import Block, Field
from jaryq.report.report import Report
from jaryq.report.shapes import Out, Value, as_number
from jaryq.report.steep import bills_fact, sentence
from jaryq.report.words import joined, sheet

TITLE = Text("Money", "Деньги")
NOTE = Text("Where the money comes from, what it is spent on, and what is owed until the last loan is paid back.",
            "Откуда деньги, на что они идут и сколько нужно выплачивать до погашения последнего займа.")
FIGURES = ("spending", "abroad", "partner", "unused", "barred")
PAID = (("principal", Text("Principal", "Основной долг")), ("interest", Text("Interest", "Проценты")),
        ("fees", Text("Fees", "Комиссии")))
LEFT = Text("Left unused is what ceilings and envelopes allow. Of it so much could at most still pay for something, in "
            "place of other money in works of the plan or for works outside it; the rest of open sources can pay for "
            "nothing more in the planned years, that of closed ones is out of reach. The sheet unused says what holds "
            "each source.",
            "Не использовано: остаток того, что допускают потолки и лимиты. Из него не более чем указано ещё могло бы "
            "платить: вместо других денег в работах плана или за работы вне его; остальному в открытых источниках "
            "платить не за что, в закрытых оно недоступно. Что держит каждый источник, показывает "
            f"{sheet('unused').ru}.")
BN = Text("bn KZT", "млрд тенге")
BOTH: tuple[Lang, ...] = ("en", "ru")


def money_flow(case: Case, report: Report) -> Front:
    """Sources, uses, debt service."""
    figures = tuple(fact for key in FIGURES if (fact := report.fact(key)) is not None)
    strips = [strip for section in report.overview for strip in section.strips
              if strip.chart is not None and strip.rows and strip.rows[0][1][0].sheet == "funding"]
    service = _service(report)
    charts = (*(of_strip(strip, report) for strip in strips), *((service,) if service is not None else ()))
    blocks = tuple(block for block in (_sources(report), _uses(report)) if block.rows)
    sentences = (*payers(case, report), *valued(case, report), *_owed(report), *_bills(report))
    return Front("money_flow", TITLE, NOTE, figures, sentences, charts, blocks, flows=flows(report))


def _bills(report: Report) -> tuple[Text, ...]:
    """Bills of consumers that rise by more than a half in a year, where there are some."""
    table = report.tables.get("tariffs")
    said = bills_fact(table) if table is not None and table.rows else None
    return (sentence(said),) if said is not None and said.value else ()


def flows(report: Report) -> tuple[Flow, ...]:
    """From groups of sources to sectors, from sectors to regions: the sums of the table ``uses``."""
    made: dict[tuple[Text, Text], list[float]] = defaultdict(list)
    for row in report.tables["uses"].rows:
        group, sector, region = (as_text(row.get(heading)) for heading in ("group", "sector", "region"))
        made[group, sector].append(as_number(row.get("total")))
        made[sector, region].append(as_number(row.get("total")))
    return tuple(Flow(start, end, math.fsum(values)) for (start, end), values in made.items())


def _sources(report: Report) -> Block:
    """A row for each group of sources that pays: in all, share, left unused, and what of that could still pay."""
    funding = report.tables["funding"]
    total = funding.total("total")
    groups = [group for group in funding.group_values() if isinstance(group, Text)]
    could: dict[Value, float] = defaultdict(float)
    for row in report.tables["unused"].rows if "unused" in report.tables else ():
        could[row.get("group")] += as_number(row.get("usable"))
    rows = [(group, funding.total("total", group), 100.0 * funding.total("total", group) / total if total else 0.0,
             funding.total("unused", group), could[group]) for group in groups]
    shown = sorted((row for row in rows if row[1] > 0 or row[3] > 0), key=lambda row: -row[1])
    return Block(Text("Sources", "Источники"),
                 (Field(Text("Group", "Группа")), Field(Text("Pays", "Платит"), BILLION, total=True, bar=True),
                  Field(Text("Share", "Доля"), "%"),
                  Field(Text("Left unused", "Не использовано"), BILLION, total=True),
                  Field(Text("of it could still pay", "ещё могло бы платить"), BILLION, total=True)),
                 tuple(shown), (LEFT,) if any(row[3] > 0 for row in shown) else ())


def _uses(report: Report) -> Block:
    """A row for each sector: in all and share."""
    table = report.tables["uses"]
    total = table.total("total")
    sums: dict[Text, list[float]] = defaultdict(list)
    for row in table.rows:
        sums[as_text(row.get("sector"))].append(as_number(row.get("total")))
    rows = [(sector, math.fsum(values), 100.0 * math.fsum(values) / total) for sector, values in sums.items()]
    return Block(Text("Uses by sector", "Использование по отраслям"),
                 (Field(Text("Sector", "Отрасль")), Field(Text("Cost", "Затраты"), BILLION, total=True, bar=True),
                  Field(Text("Share", "Доля"), "%")), tuple(rows))


def _service(report: Report) -> Chart | None:
    """Service by year to the last maturity; None without loans."""
    rows = _years_owed(report.tables["cash"])
    if not rows:
        return None
    years = tuple(int(as_number(row.get("year"))) for row in rows)
    series = tuple(Series(name, tuple(as_number(row.get(heading)) for row in rows)) for heading, name in PAID)
    title = Text("Service of the programme's loans to maturity", "Обслуживание займов программы до погашения")
    most = max(rows, key=lambda row: as_number(row.get("service")))
    peak = told(as_number(most.get("service")))
    alt = Text(f"{title.en}: most in {most.get('year')}, {peak.en} bn KZT.",
               f"{title.ru}: больше всего в {most.get('year')} году, {peak.ru} млрд тенге.")
    return Chart("service", "stacked", title, BN, years, series, alt)


def _years_owed(cash: Out) -> list[Mapping[str, Value]]:
    """Rows of the table ``cash`` up to the last year in which something is owed."""
    owed = [i for i, row in enumerate(cash.rows) if as_number(row.get("service")) > 1e-9]
    return list(cash.rows[:owed[-1] + 1]) if owed else []


def _owed(report: Report) -> list[Text]:
    """The sum of what is owed, its dearest year, its last."""
    rows = _years_owed(report.tables["cash"])
    if not rows:
        return []
    amounts = [as_number(row.get("service")) for row in rows]
    total, most = told(math.fsum(amounts)), told(max(amounts))
    peak, last = rows[amounts.index(max(amounts))].get("year"), rows[-1].get("year")
    back, interest, fees = (math.fsum(as_number(row.get(part)) for row in rows)
                            for part in ("principal", "interest", "fees"))
    parts = [(told(back), Text("principal", "основной долг")), (told(interest), Text("interest", "проценты")),
             *([(told(fees), Text("fees", "комиссии"))] if fees >= 0.05 else [])]
    en, ru = (", ".join(f"{said.say(lang)} {what.say(lang)}" for said, what in parts) for lang in BOTH)
    return [Text(f"Lenders are paid {total.en} bn KZT until {last}: {en}; the dearest year is {peak} with {most.en} "
                 "bn KZT.",
                 f"До {last} года кредиторам выплачивается {total.ru} млрд тенге: {ru}; самый тяжёлый год {peak}: "
                 f"{most.ru} млрд тенге."), *_beyond_drawn(report, back)]


def _beyond_drawn(report: Report, back: float) -> list[Text]:
    """Why more principal is paid back than was drawn: foreign money is dearer in KZT by then, interest was added to the
    debt."""
    table = report.tables.get("debt_service")
    if table is None:
        return []
    drawn, added = (math.fsum(as_number(row.get(heading)) for row in table.rows)
                    for heading in ("k_drawn", "k_capitalised"))
    rate = back - drawn - added
    if back - drawn < 0.005 * max(drawn, 1.0):
        return []
    parts = [Text("foreign money costs more KZT when it is repaid", "к погашению валюта стоит больше тенге")] \
        if rate >= 0.5 else []
    if added >= 0.5:
        parts.append(Text(f"{told(added).en} of interest is added to the debt",
                          f"к долгу добавлено {told(added).ru} процентов"))
    said, of, more = joined(parts, ", "), told(drawn), told(back - drawn)
    if said is None:
        return []
    return [Text(f"The principal is {more.en} bn KZT more than the {of.en} drawn, since {said.en}.",
                 f"Основной долг на {more.ru} млрд тенге больше выбранных {of.ru}: {said.ru}.")]
