"""What works change besides money, by quantity: the table ``quantities``, its claims, and its section of the
summary."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from jaryq.base.text import Text
from jaryq.case.amounts import amount_sourced, risk_sourced, risk_valued
from jaryq.case.case import Quantity
from jaryq.case.sureness import SOURCED
from jaryq.factors.gains import gained, quantity_worth
from jaryq.factors.quantities import Place, by_place, places, years_of
from jaryq.factors.unit_values import status_in
from jaryq.report.amounts import Amounts, beside_means
from jaryq.report.projects import ordered
from jaryq.report.shapes import Fact, Out, Section, Value
from jaryq.report.words import DATA, UNIT_WORDS, name_of, number, region_of, sector_of

NOTHING = 1e-9
REMARK = Text(
    "A level stands on 31 December, a flow over the year, what comes once to the end of the year; what was done before "
    "counts. The year after the last one is the first with all works in service. Present values are of planned works, "
    "without what late starts are credited.",
    "Уровень на 31 декабря, поток за год, разовое нарастающим итогом на конец года; выполненное ранее учтено. Год "
    "после последнего: первый, когда все работы завершены. Приведённая стоимость: по планируемым работам, без зачёта "
    "поздних начал.",
)


RESTS_ON = (
    (Text("Benefits at a sourced value", "Выгоды по цене из источника"),
     Text("Of all benefits but the residual: quantities of which a unit, and avoided risk of which a failure, has a "
          "reported or derived value.",
          "Из всех выгод без остатка: величины, цена единицы которых опубликована или рассчитана, и предотвращённый "
          "риск, где такова стоимость отказа.")),
    (Text("of which amounts rest on published figures too", "из них и объём по опубликованным данным"),
     Text("Every figure that the amount follows from is reported or derived as well: how much works change, how often "
          "failures come.",
          "Опубликованы или рассчитаны и все величины, из которых следует объём: сколько меняют работы, как часты "
          "отказы.")),
)
"""Names and notes of both parts of the benefits."""


def amounts_of(found: Amounts) -> dict[Place, dict[int, float]]:
    """Quantities of a plan by region, sector and year, in their units; of packages with a register by stretch."""
    more, mine = beside_means(found).amounts, places(found.factors)
    return {place: {y: math.fsum([linear.on(found.plan), *(more[at] for project in mine[place]
                                                            if (at := (place[0], project.id, y)) in more)])
                    for y, linear in by_year.items()} for place, by_year in by_place(found.factors).items()}


def in_all(found: Amounts, quantity: str, parts: Mapping[Place, Mapping[int, float]]) -> dict[int, float]:
    """A quantity of a plan by year."""
    mine = [by_year for place, by_year in parts.items() if place[0] == quantity]
    return {y: math.fsum(by_year[y] for by_year in mine) for y in years_of(found.factors, quantity)}


def in_the_end(found: Amounts, quantity: str) -> float:
    """A quantity of a plan when all its works are in service."""
    by_year = in_all(found, quantity, amounts_of(found))
    return by_year[max(by_year)]


def worth_of(found: Amounts, quantity: str) -> dict[str, float]:
    """Present value of a quantity by project, bn KZT of the price year."""
    return quantity_worth(found.factors, quantity).by(0, found.plan)


def sourced(found: Amounts, *, amounts_too: bool = False) -> float:
    """Part of the benefits (late starts' credit apart) whose value is reported or derived: of a unit of a quantity, of
    a failure avoided; ``amounts_too``: and whose amounts follow from such figures alone. 0 where there are none."""
    whole = math.fsum(found.benefit.values()) - math.fsum(found.residual.values())
    case, of_risk = found.case, risk_sourced if amounts_too else risk_valued
    firm = [value for q in case.quantities.values() for p, value in worth_of(found, q.id).items()
            if status_in(q, case.project(p).region) in SOURCED and (not amounts_too or amount_sourced(case, q, p))]
    firm += [value for p, value in found.avoided.items() if of_risk(case, p)]
    return math.fsum(firm) / whole if whole > 0 else 0.0


def benefits(found: Amounts) -> dict[str, float]:
    """Present values of benefits by their kind, which add up to all of them."""
    stated = {key for key, facility in found.case.facilities.items() if facility.benefit is not None}
    saved = gained(found.factors, "savings").by(0, found.plan)
    return {
        "savings": math.fsum(v for p, v in saved.items() if p not in stated),
        "quantities": math.fsum(found.worth.values()),
        "stated": math.fsum(v for p, v in saved.items() if p in stated),
        "risk_avoided": math.fsum(found.avoided.values()), "residual": math.fsum(found.residual.values()),
    }


def claims_on_quantities(found: Amounts) -> dict[str, float]:
    """Numbers on quantities, in their units and in bn KZT of the price year, and on the benefits beside them."""
    kinds = benefits(found)
    numbers = {"savings_pv": kinds["savings"], "stated_pv": kinds["stated"]}
    if not found.case.quantities:
        return numbers
    parts = amounts_of(found)
    for q in found.case.quantities:
        numbers |= {f"quantity[{q},{y}]": amount for y, amount in in_all(found, q, parts).items()}
        numbers[f"quantity_pv[{q}]"] = math.fsum(worth_of(found, q).values())
    for (q, region, sector), by_year in parts.items():
        numbers |= {f"quantity[{q},{region or '-'},{sector or '-'},{y}]": amount for y, amount in by_year.items()}
    return numbers | {"benefits_sourced": sourced(found), "benefits_published": sourced(found, amounts_too=True)}


def quantities_table(found: Amounts) -> Out:
    """One row for each quantity, region and sector that is not nothing throughout, in the order of the input."""
    parts = amounts_of(found)
    worth = {q: worth_of(found, q) for q in found.case.quantities}
    rows = [row for q in ordered(found, "quantities", found.case.quantities) for place in _in_order(found, q, parts)
            if (row := _row(found, place, parts[place], worth[q])) is not None]
    flows = any(q.kind == "flow" for q in found.case.quantities.values())
    years = (*found.years, *((found.years[-1] + 1,) if flows else ()))
    columns = tuple(f"y_{y}" for y in years)
    return Out("quantities", ("quantity", "region", "sector", "unit", *columns, "pv", "status"), tuple(rows),
               sums=("pv",), groups="quantity", levels=columns, alike=columns, remarks=(REMARK,))


def _in_order(found: Amounts, quantity: str, parts: Iterable[Place]) -> list[Place]:
    """Places of a quantity, regions in the order of the input."""
    mine = [place for place in parts if place[0] == quantity]
    regions = {region: i for i, region in enumerate(ordered(found, "regions", found.case.regions))}
    return sorted(mine, key=lambda place: (regions.get(place[1] or "", len(regions)), place[1] or "", place[2] or ""))


def _row(found: Amounts, place: Place, by_year: Mapping[int, float],
         worth: Mapping[str, float]) -> dict[str, Value] | None:
    """``worth``: of the quantity, by project."""
    q, region, sector = found.case.quantities[place[0]], place[1], place[2]
    pv = [worth[p.id] for p in places(found.factors)[place] if p.id in worth]
    if not pv and all(abs(amount) <= NOTHING for amount in by_year.values()):
        return None
    status = status_in(q, region)
    return {
        "quantity": name_of(q), "region": region_of(found.case, region), "sector": sector_of(sector),
        "unit": UNIT_WORDS[q.unit], **{f"y_{y}": amount for y, amount in by_year.items()},
        "pv": None if status is None else math.fsum(pv), "status": None if status is None else DATA[status],
    }


def changed(found: Amounts) -> Section:
    """Each quantity at the end, what it is worth, how much of the benefits rests on sourced values."""
    parts = amounts_of(found)
    facts = [_fact(found, q, in_all(found, q.id, parts))
             for key in ordered(found, "quantities", found.case.quantities) for q in (found.case.quantities[key],)]
    facts += [Fact(name, 100.0 * sourced(found, amounts_too=too), "%", note)
              for too, (name, note) in zip((False, True), RESTS_ON, strict=True)]
    if (share := savings_share(found)) is not None:
        facts.append(Fact(Text("Savings a year as a share of the cost", "Экономия в год в доле стоимости"),
                          100.0 * share, "%",
                          Text("A check only: nothing follows from it.", "Только для проверки: ни на что не влияет.")))
    last = found.years[-1]
    lead = Text(f"Levels on 31 December {last}, flows of {last + 1} (the first year with all works in service), what "
                f"comes once to the end of {last}.",
                f"Уровни на 31 декабря {last} года, потоки за {last + 1} год (первый, когда завершены все работы), "
                f"разовое к концу {last} года.")
    return Section(Text("What works change", "Что меняют работы"), lead, tuple(facts))


def _fact(found: Amounts, q: Quantity, by_year: Mapping[int, float]) -> Fact:
    value = by_year[max(by_year)]
    if not q.valued:
        note = Text("Not valued in money.", "Не оценивается деньгами.")
    else:
        said = number(math.fsum(worth_of(found, q.id).values()), 1)
        note = Text(f"worth {said.en} bn KZT, present value", f"{said.ru} млрд тенге, приведённая стоимость")
    return Fact(name_of(q), value, "", note, said=UNIT_WORDS[q.unit])


def savings_share(found: Amounts) -> float | None:
    """Savings a year of what the plan does over its cost, both in money of the price year; None without savings."""
    case = found.case
    done = {**found.ended, **found.renewed}
    saved = math.fsum(case.project(p).savings * amount for p, amount in done.items())
    cost = math.fsum(found.real(p) for p in done)
    return saved / cost if saved > 0 and cost > 0 else None
