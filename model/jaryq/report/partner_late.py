"""What if a partner's money comes a year late, from the plan itself: what is then missing and when, which of its works
can wait, and who could pay in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jaryq.base.text import LANGS, Text
from jaryq.case.case import Facility, Source
from jaryq.factors.loans import new_loan
from jaryq.factors.pace import pace_to, paced
from jaryq.report.amounts import Amounts
from jaryq.report.block import Block, Field
from jaryq.report.carry import left_over, years_of
from jaryq.report.fragile import before_deadline
from jaryq.report.lenders import before, cumulative, signed
from jaryq.report.loans import due
from jaryq.report.partner_projects import BN_KZT, PRODUCT
from jaryq.report.partner_shape import clean, few
from jaryq.report.partner_terms import first_principal, pays_for
from jaryq.report.projects import NOTHING
from jaryq.report.shapes import Value
from jaryq.report.timing import chosen
from jaryq.report.words import joined, name_of, number

YEAR = 12.0
"""Months of a year."""
SHOWN, OTHERS = 12, 2
"""Facilities that a sentence names, and other sources."""
HEAD = Text("What if it is a year late", "Что, если деньги придут на год позже")
BY_PACE = Text("signed a year later", "подписание на год позже")
BY_DRAWS = Text("each draw a year later", "каждая выборка на год позже")
CANNOT = Text("By their own dates these cannot end a year later (months of float in brackets): {what}. Other money "
              "pays for them meanwhile, or they are late or left out.",
              "По своим срокам не могут завершиться на год позже (в скобках запас, месяцев): {what}. Пока за них "
              "платят другие, или они опаздывают либо выпадают.")
CAN = Text("By their own dates these could end a year later (months of float in brackets): {what}.",
           "По своим срокам могли бы завершиться на год позже (в скобках запас, месяцев): {what}.")
NETWORKS = Text("Works on networks that it helps to pay for ({n}) have no date of their own; km that are renewed "
                "later count from then on.",
                "У работ на сетях с его участием ({n}) нет своего срока; километры, обновлённые позже, считаются с "
                "того времени.")
WHO = Text("Who could pay instead: sources that may pay for each work of the product and have as much left over at the "
           "end of the plan as is missing at most, each product by itself. In brackets what a tenge drawn in the year "
           "of that costs, in money of today.",
           "Кто мог бы заплатить вместо него: источники, которые могут платить за каждую работу продукта и у которых "
           "к концу плана остаётся столько, сколько не хватает больше всего, для каждого продукта отдельно. В скобках "
           "стоимость тенге, выбранного в тот год, в сегодняшних деньгах.")
INSTEAD = Text("In place of {product} ({price}): {who}.", "Вместо продукта «{product}» ({price}): {who}.")
NOBODY = Text("In place of {product}: nobody.", "Вместо продукта «{product}»: никто.")
HOW = Text("Missing: what the plan draws by the end of a year less what could be drawn by then if all came a year "
           "late; a product with a pace that is not signed yet is then drawn as fast as its pace allows. The plan "
           "itself stays as it is here: what else moves is told by a scenario.",
           "Не хватает: выборка плана к концу года минус то, что можно было бы выбрать к нему с опозданием на год; "
           "продукт с темпом, который ещё не подписан, выбирается тогда так быстро, как позволяет темп. Сам план "
           "здесь не меняется: что ещё сдвинется, показывает сценарий.")
BY_WORKS = Text("What the works allow is not counted: money that comes later pays only for what is still to be done "
                "then, a new loan for what is done once it is effective. Unless they wait too, more can be missing.",
                "Не учтено, что допускают работы: пришедшие позже деньги платят лишь за то, что тогда ещё не сделано, "
                "новый заём за сделанное после вступления в силу. Если работы не ждут, не хватить может и больше.")


class Late(NamedTuple):
    """Use of a source by the end of each planned year as planned and a year late, bn of its currency."""

    planned: Sequence[float]
    late: Sequence[float]

    @property
    def missing(self) -> list[float]:
        return [max(clean(a - b), 0.0) for a, b in zip(self.planned, self.late, strict=True)]


def late(found: Amounts, mine: Sequence[Source]) -> Block:
    """A row for each product that is drawn, then what its works can bear."""
    used = [source for source in mine if source.open and any(found.use(source.id, y) > NOTHING for y in found.years)]
    last = found.years[-1]
    fields = (
        Field(PRODUCT), Field(Text("What is late", "Что запаздывает")),
        Field(Text("Drawn by the end of {year}", "Выборка к концу {year}").fill(year=last), "bn currency"),
        Field(Text("The same, a year late", "То же с опозданием"), "bn currency"),
        Field(Text("Missing then", "Не хватит тогда"), "bn currency"),
        Field(Text("Missing then", "Не хватит тогда"), BN_KZT),
        Field(Text("Most missing at the end of a year", "Больше всего не хватит к концу года"), BN_KZT),
        Field(Text("Year", "Год")), Field(Text("Principal from, then", "Погашение тогда с")),
    )
    rows = tuple(_row(found, source) for source in used)
    notes = (HOW, BY_WORKS, *_waiting(found, used), *_instead(found, used)) if rows else ()
    return Block(HEAD, fields, rows, notes, adds=((2, (3, 4)),))


def a_year_late(found: Amounts, source: Source) -> Late:
    """As planned, and late: a new loan with a pace is signed a year later and then drawn as fast as the plan wants and
    the pace allows; of anything else each draw comes a year later."""
    planned = [cumulative(found, source, y) for y in found.years]
    amount, since = signed(found, source), before(found, source)
    if not _by_pace(found, source) or amount is None:
        return Late(planned, [since, *planned[:-1]])
    return Late(planned, [min(drawn, max(pace_to(source, y - 1) * amount, since))
                          for drawn, y in zip(planned, found.years, strict=True)])


def _by_pace(found: Amounts, source: Source) -> bool:
    return source.kind == "loan" and new_loan(source, found.case.settings.plan_from) and paced(source)


def missing_kzt(found: Amounts, source: Source) -> list[float]:
    """What is missing at the end of each planned year, bn KZT at the rate of the year."""
    rate = found.factors.money.exchange
    return [amount * rate[source.id, y]
            for amount, y in zip(a_year_late(found, source).missing, found.years, strict=True)]


def _row(found: Amounts, source: Source) -> tuple[Value, ...]:
    of, kzt, begins = a_year_late(found, source), missing_kzt(found, source), first_principal(found, source)
    most = max(kzt)
    return (name_of(source), BY_PACE if _by_pace(found, source) else BY_DRAWS, of.planned[-1], of.late[-1],
            of.missing[-1], kzt[-1], most, str(found.years[kzt.index(most)]) if most > NOTHING else None,
            None if begins is None else due(found, begins + 1.0))


def _waiting(found: Amounts, used: Sequence[Source]) -> list[Text]:
    """Facilities that cannot wait, those that could, how many works are on networks."""
    case = found.case
    paid = list(dict.fromkeys(p for source in used for p in pays_for(found, source)))
    months = {key: min(before_deadline(found, facility, start) for start, _ in chosen(found, key))
              for key in paid if isinstance(facility := case.project(key), Facility)}
    said = []
    for text, tight in ((CANNOT, True), (CAN, False)):
        names = [_with(name_of(case.project(key)), number(left)) for key, left in months.items()
                 if (left < YEAR) is tight]
        if (what := joined(few(names, SHOWN))) is not None:
            said.append(text.fill(what=what))
    networks = len(paid) - len(months)
    return [*said, NETWORKS.fill(n=number(networks))] if networks else said


def _instead(found: Amounts, used: Sequence[Source]) -> list[Text]:
    """Who could pay in place of each product of which something is missing."""
    cost, said = found.factors.money.cost, list[Text]()
    for source in used:
        kzt = missing_kzt(found, source)
        if (need := max(kzt)) > NOTHING:
            year = found.years[kzt.index(need)]
            others = joined(few([_with(name_of(one), number(cost[one.id, year], 2))
                                  for one in instead(found, source, need, year)], OTHERS))
            said.append(NOBODY.fill(product=name_of(source)) if others is None else
                        INSTEAD.fill(product=name_of(source), price=number(cost[source.id, year], 2), who=others))
    return [WHO, *said] if said else []


def _with(name: Text, figure: Text) -> Text:
    """A name with a figure in brackets."""
    return Text(*(f"{name.say(lang)} ({figure.say(lang)})" for lang in LANGS))


def instead(found: Amounts, source: Source, need: float, year: int) -> list[Source]:
    """Open sources of others without pace or ticket that may pay for each project that a source pays for, with so much
    (bn KZT) left over after the last year; the cheapest of that year first."""
    bounds, cost, made = found.factors.bounds, found.factors.money.cost, list[Source]()
    rate, last = found.factors.money.exchange, found.years[-1]
    for one in found.case.sources.values():
        if (one.partner != source.partner and one.open and not paced(one) and one.ticket is None
                and (one.id, year) in cost
                and all(bounds.draws.get((one.id, p)) is not None for p in pays_for(found, source))):
            left = left_over(years_of(found, one))
            if left is not None and left * rate[one.id, last] >= need:
                made.append(one)
    return sorted(made, key=lambda one: (cost[one.id, year], one.id))
