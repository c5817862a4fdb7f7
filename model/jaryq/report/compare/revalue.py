"""A scenario's works at the base's prices: the steps of the bridge of cost. Present values, bn KZT of the price
year."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.case.case import AssetType, Case, Facility
from jaryq.case.plan import Plan
from jaryq.factors.dues import UNITS, cost_of_loan
from jaryq.factors.linear import Linear, total
from jaryq.factors.loans import drawn_at
from jaryq.factors.prices import GENERAL, Prices
from jaryq.factors.schedule import starts
from jaryq.factors.spending import Places, at_prices, present

STEPS: tuple[tuple[str, Text], ...] = (
    ("volume", Text("Volume and timing", "Объёмы и сроки")), ("prices", Text("Prices", "Цены")),
    ("exchange", Text("Exchange rate", "Курс")),
    ("discounting", Text("Discounting", "Дисконт")),
    ("exchange_loss", Text("Exchange loss on loans", "Курсовые потери по займам")),
    ("financing", Text("Financing", "Финансирование")),
)


def steps(base: Case, base_plan: Plan, base_funding: float, case: Case, plan: Plan, funding: float) -> dict[str, float]:
    """Changes of the cost of funding from the base to the scenario, one cause after another; they add up exactly.

    Volume and timing: the scenario's works at the base's prices less the base's works. Then the scenario's costs and
    price indices are put in, then its exchange rates, then its discounting; then the exchange loss on its loans;
    financing is the rest of the change of what the money costs above the outlays it pays.
    """
    values = [
        outlays_pv(base, base_plan),
        outlays_pv(_discounted(_exchanged(_priced(case, base), base), base), plan),
        outlays_pv(_discounted(_exchanged(case, base), base), plan),
        outlays_pv(_discounted(case, base), plan),
        outlays_pv(case, plan),
    ]
    made = [after - before for before, after in pairwise(values)]
    loss = exchange_loss(base, case, plan)
    return dict(zip((name for name, _ in STEPS),
                    [*made, loss, (funding - values[-1]) - (base_funding - values[0]) - loss], strict=True))


def exchange_loss(base: Case, case: Case, plan: Plan) -> float:
    """Service and fees of the scenario's loans at its exchange rates, less the same payments at the base's rates;
    present value at its discounting.

    The same payments: what is drawn is the same in the currency of the loan, whatever it brings in KZT.
    """
    here, there = Prices(case), Prices(_exchanged(case, base))
    loans = [source for source in case.sources.values() if source.kind == "loan" and source.currency != HOME_CURRENCY]
    parts: dict[tuple[str, int], list[float]] = {}
    for (s, y), amount in (*(((s, y), amount) for (s, _, y), amount in plan.draw.items()), *plan.line.items()):
        parts.setdefault((s, y), []).append(amount)
    units = {(source.id, y): math.fsum(amounts) / here.exchange_at(source.currency, drawn_at(source, y, here))
             for source in loans for (s, y), amounts in parts.items() if s == source.id}
    costs = [total(cost_of_loan(source, [y for s, y in units if s == source.id], prices) for source in loans)
             for prices in (here, there)]
    return math.fsum(sign * cost.on(plan, {UNITS: units}) for sign, cost in zip((1.0, -1.0), costs, strict=True))


def outlays_pv(case: Case, plan: Plan) -> float:
    """Present value of a plan's outlays at the prices of a case."""
    return math.fsum(outlays_by(case, plan).values())


def outlays_by(case: Case, plan: Plan) -> dict[str, float]:
    """The same by project; what shared trenches spare is taken off their packages. A start of stated spending that is
    nothing at these prices costs nothing."""
    prices, years = Prices(case), {period.label: period.year for period in case.periods}
    trenches = {trench.id: trench.package for trench in case.trenches}
    renewed: dict[str, list[str]] = {}
    for n, t in plan.renew:
        renewed.setdefault(n, []).append(t)
    joint: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for k, t in plan.joint:
        joint.setdefault((trenches[k], years[t]), []).append((k, t))
    begun = {key: starts(case, case.facilities[key]) for key in sorted({key for key, _ in plan.start})}
    by: dict[str, list[tuple[int, Linear]]] = {}
    for (key, y), linear in at_prices(case, prices, begun, Places(renewed, joint, years)).items():
        by.setdefault(key, []).append((y, linear))
    weight = {y: prices.weight(y) for y in case.settings.years}
    return {key: present(linears, weight).on(plan) for key, linears in by.items()}


def volume_of(base: Case, base_plan: Plan, case: Case, plan: Plan) -> tuple[float, float]:
    """The step "volume and timing" in its two parts: what is done more or less, at what each unit costs in the base
    (where the base does not do it: in the scenario); and the same works in other years."""
    before = outlays_by(base, base_plan)
    after = outlays_by(_discounted(_exchanged(_priced(case, base), base), base), plan)
    done, now = quantities_of(base_plan), quantities_of(plan)
    more = []
    for key in {*before, *after}:
        here, there = now.get(key, 0.0), done.get(key, 0.0)
        each = before.get(key, 0.0) / there if there else after.get(key, 0.0) / here if here else 0.0
        more.append((here - there) * each)
    volume = math.fsum(more)
    return volume, math.fsum([*after.values(), *(-v for v in before.values()), -volume])


def quantities_of(plan: Plan) -> dict[str, float]:
    """Of each project the share that is started, or the km that are renewed."""
    found: dict[str, list[float]] = {}
    for (key, _), amount in (*plan.start.items(), *plan.renew.items()):
        found.setdefault(key, []).append(amount)
    return {key: math.fsum(amounts) for key, amounts in found.items()}


def _priced(case: Case, base: Case) -> Case:
    """The scenario with the base's costs and price indices; what only the scenario has keeps its own."""
    facilities = {key: _cost(facility, base.facilities.get(key)) for key, facility in case.facilities.items()}
    packages = {key: replace(p, unit_cost=base.packages[key].unit_cost) if key in base.packages else p
                for key, p in case.packages.items()}
    kinds = {key: _kind(kind, base.asset_types.get(key)) for key, kind in case.asset_types.items()}
    # Which foreign index a currency follows is a matter of prices; its rates are the next step.
    currencies = {key: replace(c, foreign_prices=base.currencies[key].foreign_prices) if key in base.currencies else c
                  for key, c in case.currencies.items()}
    # A general level of the scenario alone would inflate prices that are constant in the base.
    indices = {**{key: index for key, index in case.indices.items() if key != GENERAL}, **base.indices}
    settings = replace(case.settings, price_year=base.settings.price_year)
    return replace(case, facilities=facilities, packages=packages, asset_types=kinds, indices=indices,
                   currencies=currencies, settings=settings)


def _cost(facility: Facility, base: Facility | None) -> Facility:
    """At the base's overnight cost; stated spending keeps the scenario's years, scaled to it, because when is timing
    and not price."""
    if base is None or base.overnight == facility.overnight:
        return facility
    if facility.spend is None:
        return replace(facility, cost=base.overnight)
    if facility.overnight == 0.0:
        return facility
    scale = base.overnight / facility.overnight
    return replace(facility, spend={year: amount * scale for year, amount in facility.spend.items()})


def _kind(kind: AssetType, base: AssetType | None) -> AssetType:
    if base is None:
        return kind
    return replace(kind, cost_class=base.cost_class, import_share=base.import_share,
                   import_currency=base.import_currency)


def _exchanged(case: Case, base: Case) -> Case:
    """The scenario at the base's exchange rates."""
    rated = dict(case.currencies)
    for key in rated.keys() & base.currencies.keys():
        rated[key] = replace(rated[key], rates=base.currencies[key].rates, year_ends=base.currencies[key].year_ends)
    return replace(case, currencies={**base.currencies, **rated})


def _discounted(case: Case, base: Case) -> Case:
    """The scenario at the base's discounting."""
    there = base.settings
    return replace(case, settings=replace(
        case.settings, discount_rate=there.discount_rate, discount_basis=there.discount_basis,
        discount_timing=there.discount_timing,
        first_year=there.first_year,
    ))
