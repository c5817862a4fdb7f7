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
from jaryq.factors.dues import cost_of_draw, cost_of_signed
from jaryq.factors.loans import amount_signed, drawn_at, new_loan
from jaryq.factors.prices import GENERAL, Prices
from jaryq.factors.schedule import starts

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
    drawn: dict[tuple[str, int], list[float]] = {}
    for (s, _, y), amount in plan.draw.items():
        drawn.setdefault((s, y), []).append(amount)
    for (s, y), amount in plan.line.items():
        drawn.setdefault((s, y), []).append(amount)
    terms = []
    for (s, y), amounts in drawn.items():
        source = case.sources[s]
        if source.kind == "loan" and source.currency != HOME_CURRENCY:
            rate = {prices: prices.exchange_at(source.currency, drawn_at(source, y, prices))
                    for prices in (here, there)}
            units = math.fsum(amounts) / rate[here]
            terms += [units * rate[prices] * cost_of_draw(source, y, prices) * sign for prices,
                      sign in ((here, 1.0), (there, -1.0))]
    for s, source in case.sources.items():
        if source.open and source.kind == "loan" and source.currency != HOME_CURRENCY and (source.commitment_fee
                                                                                   or source.front_end):
            signed = plan.signed.get(s, 0.0) if new_loan(source, case.settings.plan_from) else amount_signed(source)
            terms.append(signed * (cost_of_signed(source, here) - cost_of_signed(source, there)))
    return math.fsum(terms)


def outlays_pv(case: Case, plan: Plan) -> float:
    """Present value of a plan's outlays at the prices of a case. As ``Factors.outlays_pv``, but of what the plan needs
    alone: a case mixed of two need not be complete enough for all factors."""
    return math.fsum(outlays_by(case, plan).values())


def outlays_by(case: Case, plan: Plan) -> dict[str, float]:
    """The same by project; what shared trenches spare is taken off their packages."""
    prices = Prices(case)
    years = {period.label: period.year for period in case.periods}
    begins = {(key, start.period.label): start for key in {key for key, _ in plan.start}
              for start in starts(case, case.facilities[key])}
    terms: dict[str, list[float]] = {}
    for (key, label), share in plan.start.items():
        facility = case.facilities[key]
        # None: stated spending that is nothing at these prices.
        start = begins.get((key, label))
        if start is not None:
            terms.setdefault(key, []).extend(share * amount * prices.cost_of(facility, year) * prices.weight(year)
                                             for year, amount in start.outlay.items())
    for (key, label), km in plan.renew.items():
        package, year = case.packages[key], years[label]
        terms.setdefault(key, []).append(km * package.unit_cost * prices.cost_of(package, year) * prices.weight(year))
    trenches = {trench.id: trench for trench in case.trenches}
    for (key, label), km in plan.joint.items():
        trench = trenches[key]
        package, year = case.packages[trench.package], years[label]
        terms.setdefault(trench.package, []).append(
            -km * trench.saving * prices.cost_of(package, year) * prices.weight(year))
    return {key: math.fsum(parts) for key, parts in terms.items()}


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
    packages = {key: replace(p, unit_cost=base.packages[key].unit_cost) if key in base.packages else p for key,
                p in case.packages.items()}
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
