"""The summary sheet: what is built, what it costs, who pays, what is missed, how good the plan is, and what it rests
on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.home import BILLION, FIRST_PARTNER
from jaryq.base.text import Text
from jaryq.report.adequacy import at_the_end
from jaryq.report.after_plan import after_plan_facts
from jaryq.report.amounts import Amounts
from jaryq.report.borrowers import bearing
from jaryq.report.charges import premiums, savings
from jaryq.report.counting import others, what_they_are
from jaryq.report.figures import completed, sectors
from jaryq.report.fragile import fragile_facts
from jaryq.report.objective import society
from jaryq.report.outlook import outlook
from jaryq.report.quality import EQUIVALENTS, distance, rests_on
from jaryq.report.quantities import changed
from jaryq.report.ramps import exempt_facts
from jaryq.report.shapes import Fact, Out, Ref, Section, Strip, plus
from jaryq.report.states import States
from jaryq.report.steep import falls_fact
from jaryq.report.targets import missed_rows
from jaryq.report.timing import status_of
from jaryq.report.words import IN_PART, NO, NOT_IN, SECTORS, country, number
from jaryq.solve.solution import Solution
from jaryq.verify.finding import Finding

SHOWN = 8


def keyed(found: Amounts, solution: Solution, findings: Sequence[Finding],
          tables: Mapping[str, Out]) -> tuple[Section, ...]:
    """Those sections alone from which the pages of decision, money and trust take figures or charts."""
    return (built(found, tables), cost(found, tables), payers(found, tables), missing(found, tables),
            distance(found, solution, findings, society(found)), rests_on(found, solution))


def overview(found: Amounts, made: States, solution: Solution, findings: Sequence[Finding],
             tables: Mapping[str, Out]) -> tuple[Section, ...]:
    """The sections in the order in which a meeting asks; that on condition only where something is known of it."""
    condition = (outlook(made),) if made.anything else ()
    quantities = (changed(found),) if found.case.quantities else ()
    peak = (at_the_end(found),) if found.case.balances else ()
    borne = bearing(found, tables)
    return (built(found, tables), *quantities, *peak, cost(found, tables), payers(found, tables),
            *((borne,) if borne else ()), missing(found, tables), *condition,
            distance(found, solution, findings, society(found)), rests_on(found, solution))


def built(found: Amounts, tables: Mapping[str, Out]) -> Section:
    """Facilities and km, by sector and year. A facility with variants is one facility."""
    case = found.case
    assets = case.assets
    before = sum(1 for facility in case.facilities.values() if facility.done is not None and facility.counts)
    planned = math.fsum(share for key, share in found.ended.items() if case.facilities[key].counts)
    beside = math.fsum(share for key, share in found.ended.items() if not case.facilities[key].counts)
    networks = tables["networks"]
    scope, done, renewed = networks.total("scope"), networks.total("done"), networks.total("renewed")
    whole = case.settings.whole
    unit = "facilities"
    words = Text("Facilities completed by the end", "Объектов завершено к концу") if whole else \
        Text("Facility equivalents completed by the end", "Эквивалентов объектов завершено к концу")
    facts = [
        Fact(words, completed(found), unit if whole else "", _of_counting(found), strong=True,
             said=None if whole else EQUIVALENTS, key="facilities"),
        Fact(Text("of which done before", "из них выполнено ранее"), before, unit),
        Fact(Text("of which by this plan", "из них по этому плану"), planned, unit if whole else "",
             _whole_or_not(found), said=None if whole else EQUIVALENTS),
    ]
    if beside > 0:
        are = what_they_are(case, [key for key, share in found.ended.items()
                                   if share > 0 and not case.facilities[key].counts])
        facts.append(Fact(Text("Besides, done but not counted", "Кроме того, выполнено, но не считается"), beside, unit,
                          Text(*(f"{said[0].upper()}{said[1:]}." for said in (are.en, are.ru)))))
    facts += [
        Fact(Text("Networks renewed by the end", "Сетей обновлено к концу"), done + renewed, "km", _of(scope, "km"),
             strong=True, key="km"),
        Fact(Text("of which done before", "из них выполнено ранее"), done, "km"),
        Fact(Text("of which by this plan", "из них по этому плану"), renewed, "km"),
    ]
    facts += falls_fact(found)
    facts += fragile_facts(found, tables["fragile"]) if "fragile" in tables else []
    strips = (km_strip(found),) if case.packages else ()
    out = [variants for variants in assets.values() if status_of(found, variants) is NOT_IN]
    unfit = len(out)
    lost = sum(any(case.facilities[v].counts for v in variants) for variants in out)
    lead = Text("Every facility in scope is in the plan.", "Все объекты программы вошли в план.")
    if unfit:
        lead = Text(f"{unfit} rows of facilities are not in the plan, {lost} of which count towards the programme; the "
                    "sheet facilities says why for each.",
                    f"Строк объектов вне плана: {unfit}, из них засчитываются в программу: {lost}; причина по каждой "
                    "на листе facilities.")
    return Section(Text("What is built", "Что строится"), lead, tuple(facts), strips)


def _whole_or_not(found: Amounts) -> Text:
    """That facilities are whole, or how many are done in part."""
    if found.case.settings.whole:
        return Text("Facilities are whole: each is done or not.",
                    "Объекты целые: каждый выполняется полностью или никак.")
    partial = sum(1 for variants in found.case.assets.values() if status_of(found, variants) is IN_PART)
    return Text(f"Facilities are divisible: these are facility equivalents, not facilities; {partial} are done in "
                "part.",
                f"Объекты делимы: это эквиваленты, а не объекты; частично выполняется: {partial}.")


def _of(scope: float, unit: str) -> Text:
    """``of 86,000 km in scope``."""
    said, word = number(scope), {"km": Text("km", "км"), "facilities": Text("facilities", "объектов")}[unit]
    return Text(f"of {said.en} {word.en} in scope", f"из {said.ru} {word.ru} в программе")


def _of_counting(found: Amounts) -> Text:
    """``of 129 that count; 119 more do not, all of them illustrative``: rows that count towards no number of
    facilities are none that the plan lacks."""
    case, rest = found.case, others(found.case)
    counts = len(case.assets) - len(rest)
    if not rest:
        return _of(counts, "facilities")
    said, more, are = number(counts), number(len(rest)), what_they_are(case, rest)
    return Text(f"of {said.en} that count; {more.en} more do not, {are.en}",
                f"из {said.ru} засчитываемых; ещё {more.ru} не засчитываются, {are.ru}")


def km_strip(found: Amounts) -> Strip:
    """Km renewed by sector and year; the sums are those under the table of regions."""
    rows = tuple(
        (Text(SECTORS[s].en.capitalize(), SECTORS[s].ru.capitalize()),
         tuple(Ref("networks_by_region", f"km_{y}", SECTORS[s]) for y in found.years))
        for s in sectors(found.case)
    )
    return Strip(Text("Networks renewed by sector and year", "Обновление сетей по отраслям и годам"), "km", found.years,
                 rows,
                 Text("All sectors", "Все отрасли"), chart=Text("Networks renewed, km", "Обновлено сетей, км"))


def cost(found: Amounts, tables: Mapping[str, Out]) -> Section:
    """Spending by year, nominal, in price-year money and as present value."""
    price_year = found.case.settings.price_year
    real = tables["facilities"].total("real") + tables["networks"].total("real")
    facts = [
        Fact(Text("Spending, nominal", "Затраты, номинально"), math.fsum(found.outlay.values()), BILLION,
             Text("In money of the years of payment.", "В деньгах годов платежа."), strong=True, key="spending"),
        Fact(Text(f"Spending in money of {price_year}", f"Затраты в деньгах {price_year} года"), real, BILLION),
        Fact(Text("Spending, present value", "Затраты, приведённая стоимость"), math.fsum(found.cost_pv.values()),
             BILLION),
        Fact(Text("Benefits, present value", "Выгоды, приведённая стоимость"), math.fsum(found.benefit.values()),
             BILLION,
             Text("Savings, quantities with a value and avoided risk to the last year of benefits.",
                  "Экономия, величины с ценой и предотвращённый риск до последнего года выгод.") if found.worth else
             Text("Savings and avoided risk to the last year of benefits.",
                  "Экономия и предотвращённый риск до последнего года выгод.")),
    ]
    if found.worth:
        facts.append(Fact(Text("of which quantities with a value", "из них величины с ценой"),
                          math.fsum(found.worth.values()), BILLION,
                          Text("See the sheet quantities.", "См. лист quantities.")))
    if found.avoided:
        facts.append(Fact(Text("of which avoided risk", "из них предотвращённый риск"),
                          math.fsum(found.avoided.values()), BILLION,
                          Text("Failures and bursts times their cost: estimates of the condition model.",
                               "Отказы и прорывы на их цену: оценка модели состояния.")))
    if found.residual:
        facts.append(Fact(Text("of which residual of late starts", "из них остаток поздних начал"),
                          math.fsum(found.residual.values()), BILLION,
                          Text("Benefit given up at the beginning, credited after the common end.",
                               "Упущенное вначале засчитано после общего конца.")))
    facts += after_plan_facts(found)
    if saved := savings(found):
        facts.append(Fact(Text("Saved by shared trenches, nominal", "Сбережено в общих траншеях, номинально"),
                          math.fsum(saved.values()), BILLION,
                          Text("Already taken off the spending.", "Уже вычтено из затрат.")))
    if paid := premiums(found):
        facts.append(Fact(Text("Premiums of crews, nominal", "Наценки за бригады, номинально"),
                          math.fsum(paid.values()), BILLION,
                          Text("Overtime, contractors, crews from other regions: paid beside the spending above.",
                               "Сверхурочные, подряд, чужие бригады: сверх затрат выше.")))
    if found.income:
        facts.append(Fact(Text("Income, nominal", "Доходы, номинально"), math.fsum(found.income.values()), BILLION))
    rows = (
        (Text("Facilities", "Объекты"), tuple(Ref("facilities", f"cost_{y}") for y in found.years)),
        (Text("Networks", "Сети"), tuple(Ref("networks_by_region", f"cost_{y}") for y in found.years)),
    )
    strip = Strip(Text("Spending by year, nominal", "Затраты по годам, номинально"), BILLION, found.years, rows,
                  Text("All spending", "Все затраты"))
    first = found.case.settings.first_year
    lead = Text(f"Present values are at 1 January {first}, in money of {price_year}.",
                f"Приведённая стоимость на 1 января {first} года, в деньгах {price_year} года.")
    return Section(Text("What it costs", "Сколько стоит"), lead, tuple(facts), (strip,))


def payers(found: Amounts, tables: Mapping[str, Out]) -> Section:
    """Money by group of sources and year; what is not used."""
    funding = tables["funding"]
    groups = [group for group in funding.group_values() if isinstance(group, Text)]
    used = sorted((g for g in groups if funding.total("total", g) > 0), key=lambda g: -funding.total("total", g))
    rows = tuple((g, tuple(Ref("funding", f"use_{y}", g) for y in found.years)) for g in used)
    strip = Strip(Text("Money used by group and year, nominal", "Использование денег по группам и годам, номинально"),
                  BILLION, found.years, rows,
                  Text("All sources", "Все источники"),
                  chart=Text("Spending by source, bn KZT", "Затраты по источникам, млрд тенге"))
    total = funding.total("total")
    abroad = math.fsum(v for (s, _), v in found.draw.items() if found.case.sources[s].foreign)
    partner = math.fsum(v for (s, _), v in found.draw.items() if found.case.sources[s].partner == FIRST_PARTNER)
    closed = plus(row.get("unused") for row, s in zip(funding.rows, funding.rows, strict=True)
                  if not found.case.sources[str(s["source"])].open)
    facts = [Fact(Text("Money from abroad", "Деньги из-за рубежа"), abroad, BILLION, _share(abroad, total),
                  key="abroad")]
    if any(source.partner == FIRST_PARTNER for source in found.case.sources.values()):
        name = country(FIRST_PARTNER)
        facts.append(Fact(Text(f"of which {name.en}", f"из них {name.ru}"), partner, BILLION, _share(partner, total),
                          key="partner"))
    facts.append(Fact(Text("Not used by open sources", "Не использовано в открытых источниках"),
                      funding.total("unused") - closed, BILLION,
                      Text("Lapsed, or left over after the last year.",
                           "Не перенесено или осталось после последнего года."),
                      key="unused"))
    facts.append(Fact(Text("of which can pay for nothing more", "из них больше ни за что не могут заплатить"),
                      tables["unused"].total("barred"), BILLION,
                      Text("All it may pay for is paid, or its years, pace or share let nothing more be drawn.",
                           "Всё, за что они могут платить, оплачено, либо больше не дают выбрать годы, темп или доля."),
                      key="barred"))
    facts.append(Fact(Text("Out of reach in closed sources", "Недоступно в закрытых источниках"), closed, BILLION,
                      Text("The sheet funding says why each is closed.", "Причины закрытия на листе funding.")))
    lead = Text("Every project is paid in full in every year; the sums equal the spending above.",
                "Каждый проект оплачен полностью в каждом году; суммы равны затратам выше.")
    return Section(Text("Who pays", "Кто платит"), lead, tuple(facts), (strip,))


def _share(part: float, whole: float) -> Text | None:
    if whole <= 0:
        return None
    said = number(100 * part / whole, 1)
    return Text(f"{said.en} % of spending", f"{said.ru} % затрат")


def _of_aims(count: int) -> Text:
    return Text(f"of {count}; each year and region of an aim counts",
                f"из {count}; каждый год и регион цели считается")


def missing(found: Amounts, tables: Mapping[str, Out]) -> Section:
    """Targets met and missed; the worst by their share of the scale."""
    rows = tables["targets"].rows
    unmet = [row for row in rows if row["met"] is NO]
    lead = (Text("All targets are met.", "Все цели выполнены.") if not unmet else
            Text("The largest misses, as shares of what was asked; the sheet limits says what each limit costs.",
                 "Крупнейшие недовыполнения в долях от требуемого; цена ограничений на листе limits."))
    if not rows:
        lead = Text("No targets are set.", "Цели не заданы.")
    facts = [
        Fact(Text("Targets met", "Целей выполнено"), len(rows) - len(unmet), "",
             _of_aims(len(rows)), strong=True, key="targets"),
    ]
    short = missed_rows(found)
    for row in short[:SHOWN]:
        said, asked, unit = number(100 * row.share, 1), number(row.value, 1 if row.value < 100 else 0), row.unit
        facts.append(Fact(Text(f"{row.name.en}: missed by", f"{row.name.ru}: не хватает"), row.short,
                          row.word if row.word in ("km", "facilities", "%", BILLION) else "",
                          Text(f"{said.en} % of {asked.en} {unit.en}, {row.year}",
                               f"{said.ru} % от {asked.ru} {unit.ru}, {row.year}"), said=unit))
    if len(short) > SHOWN:
        facts.append(Fact(Text("Further rows missed", "Ещё не выполнено строк"), len(short) - SHOWN, "",
                          Text("See the sheet targets.", "См. лист targets.")))
    facts.extend(exempt_facts(found))
    return Section(Text("What is missed", "Чего не хватает"), lead, tuple(facts))
