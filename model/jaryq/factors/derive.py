"""Factors: every number the linear program needs, computed once from the Case. The algebra then holds no data
preparation."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.factors.benefits import Risks, risks_of
from jaryq.factors.bounds import Bounds, bounds_of, draw_years
from jaryq.factors.loans import amount_signed, fees_of_signed, fees_saved
from jaryq.factors.money import Money, money_of
from jaryq.factors.prices import Prices
from jaryq.factors.works import OF_WORKS, Works, works_of


@dataclass(frozen=True, eq=False)
class Factors:
    """The Case and its prices, and what is derived of them: works, money, risk with benefits, and bounds."""

    case: Case
    prices: Prices
    works: Works
    money: Money
    bounds: Bounds

    @cached_property
    def risk(self) -> Risks:
        """Risk and benefits, derived when they are first asked for: whether an input is accepted never depends on
        them."""
        return risks_of(self.case, self.prices, self.works, self.money)

    def outlays(self, plan: Plan) -> dict[tuple[str, int], float]:
        """Nominal outlay of each project and year of a plan, bn KZT."""
        terms: dict[tuple[str, int], list[float]] = {}
        for (facility, period), share in plan.start.items():
            for year, amount in self.money.outlay[facility, period].items():
                terms.setdefault((facility, year), []).append(share * amount)
        for (package, period), km in plan.renew.items():
            year = self.works.period_year[period]
            terms.setdefault((package, year), []).append(km * self.money.km_cost[package, year])
        for (key, period), km in plan.joint.items():
            year = self.works.period_year[period]
            terms.setdefault((self.works.trenches[key].package, year),
                             []).append(-km * self.money.trench_saving[key, year])
        return {key: math.fsum(values) for key, values in sorted(terms.items())}

    def incomes(self, plan: Plan) -> dict[tuple[str, int], float]:
        """Nominal income (negative stated spending) of each facility and year of a plan, bn KZT."""
        terms: dict[tuple[str, int], list[float]] = {}
        for (facility, period), share in plan.start.items():
            for year, amount in self.money.income[facility, period].items():
                terms.setdefault((facility, year), []).append(share * amount)
        return {key: math.fsum(values) for key, values in sorted(terms.items())}

    def debt(self, measure: str, s: str, y: int, years: Iterable[int], *, saved: bool = True) -> float:
        """Service (commitment fees that the draw saves taken off, if ``saved``), subsidy or year-end stock in
        ``years``, nominal, per KZT of loan ``s`` drawn in year ``y``."""
        made = self.money.service[s, y]
        if measure == "debt_stock":
            return math.fsum(made.stock.get(u, 0.0) for u in years)
        if measure == "subsidy":
            return math.fsum(made.subsidy.get(u, 0.0) for u in years)
        total, less = made.total(), fees_saved(self.case.sources[s], y, self.prices) if saved else {}
        return math.fsum(total.get(u, 0.0) - less.get(u, 0.0) for u in years)

    def fees(self, s: str, years: Iterable[int]) -> float:
        """Fees in ``years`` on the signed amount: per unit of the currency of a new loan, in all of one signed before;
        nominal KZT."""
        source = self.case.sources[s]
        by_year = fees_of_signed(source, self.prices)
        amount = amount_signed(source) if s in self.money.signed_before else 1.0
        return amount * math.fsum(by_year.get(u, 0.0) for u in years)

    def from_draw(self, s: str, y: int, u: int) -> float:
        """Service and fees in year ``u``, nominal KZT, per KZT of loan ``s`` drawn in year ``y``; commitment fees that
        the draw saves are taken off."""
        return self.debt("debt_service", s, y, (u,))

    def flows(self, plan: Plan, measure: str, sources: Iterable[str] | None = None) -> dict[int, float]:
        """Service (with fees on signed amounts), subsidy or year-end stock of a plan's loans by year, over all planned
        years and on to the last maturity or fee, nominal bn KZT."""
        wanted = set(self.case.sources) if sources is None else set(sources)
        drawn: dict[tuple[str, int], float] = {}
        for (s, _, y), amount in plan.draw.items():
            if (s, y) in self.money.service and s in wanted:
                drawn[s, y] = drawn.get((s, y), 0.0) + amount
        for (s, y), amount in plan.line.items():
            if s in wanted:
                drawn[s, y] = drawn.get((s, y), 0.0) + amount
        signed = [s for s in wanted if s in self.money.signed_before or plan.signed.get(s, 0.0) > 0]
        fees = [max(fees_of_signed(self.case.sources[s], self.prices), default=0) for s in signed]
        last = max([self.case.settings.last_year, *(max(self.money.service[key].stock) for key in drawn), *fees])
        found = {}
        for u in range(self.case.settings.plan_from, last + 1):
            terms = [self.debt(measure, s, y, (u,)) * amount for (s, y), amount in drawn.items()]
            if measure == "debt_service":
                terms += [self.fees(s, (u,)) for s in self.money.signed_before if s in wanted]
                terms += [self.fees(s, (u,)) * plan.signed.get(s, 0.0) for s in self.money.signs if s in wanted]
            found[u] = math.fsum(terms)
        return found

    def interest_earned(self, plan: Plan) -> dict[tuple[str, int], float]:
        """Interest that funds earn, nominal bn KZT by source and year."""
        found = {}
        for (s, y), idle in plan.idle.items():
            source = self.case.sources[s]
            if source.interest > 0 and (s, y + 1) in self.money.exchange:
                found[s, y + 1] = source.interest * source.keep * idle * self.money.exchange[s, y + 1]
        return found

    def interest_pv(self, plan: Plan) -> float:
        """Present value of interest that funds earn."""
        return math.fsum(self.money.weight[y] * amount for (_, y), amount in self.interest_earned(plan).items())

    def lines_pv(self, plan: Plan) -> dict[str, float]:
        """Present value of what money drawn into funds costs the purse: service and fees less the money itself."""
        terms: dict[str, list[float]] = {}
        for (s, y), amount in plan.line.items():
            terms.setdefault(s, []).append((self.money.cost[s, y] - self.money.worth[s, y]) * amount)
        return {s: math.fsum(values) for s, values in sorted(terms.items())}

    def fees_pv(self, plan: Plan) -> dict[str, float]:
        """Present value of front-end and commitment fees on the signed amount of each loan, before what draws save; bn
        KZT of the price year."""
        fees = dict(self.money.signed_before)
        for s, cost in self.money.signs.items():
            fees[s] = cost * plan.signed.get(s, 0.0)
        return {s: fees[s] for s in sorted(fees)}

    def outlays_pv(self, plan: Plan) -> float:
        """Present value of all outlays of a plan, bn KZT of the price year."""
        return math.fsum(self.money.weight[year] * amount for (_, year), amount in self.outlays(plan).items())


def derive(case: Case, like: Factors | None = None) -> Factors:
    """All factors of a case. Pure; the same case gives the same factors to the last bit. ``like``: factors of another
    case, whose works are taken over where all that they follow from is equal."""
    same = like is not None and all(getattr(case, name) == getattr(like.case, name) for name in OF_WORKS)
    prices, works = Prices(case), like.works if same and like is not None else works_of(case)
    money = money_of(case, prices, works, draw_years(case))
    return Factors(case, prices, works, money, bounds_of(case, prices, works, money))
