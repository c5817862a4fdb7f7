"""Factors: every number the linear program needs, computed once from the Case. The algebra then holds no data
preparation."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.since import last_done
from jaryq.case.works import Trench
from jaryq.factors.benefits import Benefits, stated_benefit
from jaryq.factors.bounds import draws_most, lines_most, outlay_most, share_least, share_most
from jaryq.factors.eligibility import by_source, why_closed
from jaryq.factors.limited import before, payers, rooms, signed_fees
from jaryq.factors.loans import (
    Service,
    amount_signed,
    cost_of_draw,
    cost_of_signed,
    drawn_at,
    fees_of_signed,
    fees_saved,
    may_draw,
    new_loan,
    service,
)
from jaryq.factors.prices import Prices
from jaryq.factors.risk import Risk
from jaryq.factors.schedule import Start, crew_shares, most_km, need_of, open_periods, starts
from jaryq.factors.tariffs import bills, repaid_by_consumers


@dataclass(frozen=True)
class Factors:
    """Derived data. Money nominal (bn KZT of the year) unless said otherwise; present values in price-year money.

    starts[f]: allowed starts; outlay[f, t][y], income[f, t][y]: nominal money of the whole facility started in t;
    benefit[f, t]: its present value; km_cost[n, y]: bn KZT per km; km_benefit[n, t]; km_most[n, t]; open[n]: period
    labels; crew_need[w]: crew-years of resource row w by (facility, start) and period; crew_km[w]: per km of a package;
    crew_room[w, t]: its capacity in a period; crew_extra[w, t], crew_lent[w, t], crew_borrowed[w, t]: most that may be
    added, lent, borrowed there (absent: nothing); crew_cost[w, y]: present values of a crew-year added and of one
    borrowed; trench_saving[k, y]: nominal bn KZT per km; envelope[s]: what is left of it after what was spent before,
    bn of the currency; whole[p]: spending before the plan, paid[s, p] of it, nominal; risk: risk and condition over
    time; benefits: by year; avoided[p, t], residual[p, t] (packages: per km): present value of avoided risk, and of
    what a late start is credited, parts of the benefits; pays[p]: sources that may pay for p, closed[p][s]: why another
    may not; years[s]: years of draws; cost[s, y]: present value of what a KZT drawn costs the purse, worth[s, y]: of
    the KZT itself; weight[y]; exchange[s, y]: at the draw; exchange0[s]; most[p, y]: largest possible outlay;
    draw_most[s, p, y]: largest possible draw; service[s, y]: what a KZT drawn leads to; line_most[s, y]: largest draw
    into a fund; share_most[s, p], share_least[s, p]: largest and smallest share of a project where there is one;
    repaid[s, y][u]: what consumers pay in planned year u per KZT drawn in y, bills[u]: their own bill against the year
    before the first planned one; signs[s]: new loans with fees on the signed amount, and the present value of those on
    one unit of the currency; signed_before[s]: present value of the fees of loans signed before; drawn_by[s]: projects
    it may pay for; feeds[s]: facilities whose income goes to the source.
    """

    case: Case
    prices: Prices
    starts: Mapping[str, tuple[Start, ...]]
    outlay: Mapping[tuple[str, str], Mapping[int, float]]
    income: Mapping[tuple[str, str], Mapping[int, float]]
    benefit: Mapping[tuple[str, str], float]
    open: Mapping[str, tuple[str, ...]]
    km_cost: Mapping[tuple[str, int], float]
    km_benefit: Mapping[tuple[str, str], float]
    km_most: Mapping[tuple[str, str], float]
    crew_need: Mapping[str, Mapping[tuple[str, str], Mapping[str, float]]]
    crew_km: Mapping[str, Mapping[str, float]]
    crew_room: Mapping[tuple[str, str], float]
    crew_extra: Mapping[tuple[str, str], float]
    crew_lent: Mapping[tuple[str, str], float]
    crew_borrowed: Mapping[tuple[str, str], float]
    crew_cost: Mapping[tuple[str, int], tuple[float, float]]
    trench_saving: Mapping[tuple[str, int], float]
    envelope: Mapping[str, float]
    whole: Mapping[str, float]
    paid: Mapping[tuple[str, str], float]
    risk: Risk
    benefits: Benefits
    avoided: Mapping[tuple[str, str], float]
    residual: Mapping[tuple[str, str], float]
    pays: Mapping[str, tuple[str, ...]]
    closed: Mapping[str, Mapping[str, str]]
    years: Mapping[str, tuple[int, ...]]
    cost: Mapping[tuple[str, int], float]
    worth: Mapping[tuple[str, int], float]
    weight: Mapping[int, float]
    exchange: Mapping[tuple[str, int], float]
    exchange0: Mapping[str, float]
    most: Mapping[tuple[str, int], float]
    draw_most: Mapping[tuple[str, str, int], float]
    service: Mapping[tuple[str, int], Service]
    line_most: Mapping[tuple[str, int], float]
    share_most: Mapping[tuple[str, str], float]
    share_least: Mapping[tuple[str, str], float]
    repaid: Mapping[tuple[str, int], Mapping[int, float]]
    bills: Mapping[int, float]
    signs: Mapping[str, float]
    signed_before: Mapping[str, float]
    drawn_by: Mapping[str, tuple[str, ...]]
    feeds: Mapping[str, tuple[str, ...]]
    period_year: Mapping[str, int]

    def outlays(self, plan: Plan) -> dict[tuple[str, int], float]:
        """Nominal outlay of each project and year of a plan, bn KZT."""
        terms: dict[tuple[str, int], list[float]] = {}
        for (facility, period), share in plan.start.items():
            for year, amount in self.outlay[facility, period].items():
                terms.setdefault((facility, year), []).append(share * amount)
        for (package, period), km in plan.renew.items():
            year = self.period_year[period]
            terms.setdefault((package, year), []).append(km * self.km_cost[package, year])
        for (key, period), km in plan.joint.items():
            year = self.period_year[period]
            terms.setdefault((self.trench(key), year), []).append(-km * self.trench_saving[key, year])
        return {key: math.fsum(values) for key, values in sorted(terms.items())}

    def trench(self, key: str) -> str:
        """The package that a shared trench makes cheaper."""
        return self.trench_at[key].package

    @cached_property
    def trench_at(self) -> Mapping[str, Trench]:
        """Shared trenches by their keys."""
        return {trench.id: trench for trench in self.case.trenches}

    @cached_property
    def last(self) -> Mapping[tuple[str, str], float]:
        """The last plan as this one can meet it: shares of facilities and km of packages by their periods."""
        return last_done(self.case)

    @cached_property
    def most_of(self) -> Mapping[str, float]:
        """Largest outlay of each project over all years, nominal bn KZT."""
        found: dict[str, float] = {}
        for (key, _), amount in self.most.items():
            found[key] = found.get(key, 0.0) + amount
        return found

    @cached_property
    def shared(self) -> Mapping[tuple[str, int], tuple[tuple[str, str], ...]]:
        """Places (trench, period), sorted, in which km of a package may share a trench, by package and year."""
        found: dict[tuple[str, int], list[tuple[str, str]]] = {}
        for trench in self.case.trenches:
            other = set(self.open[trench.other])
            for t in self.open[trench.package]:
                if t in other:
                    found.setdefault((trench.package, self.period_year[t]), []).append((trench.id, t))
        return {key: tuple(sorted(places)) for key, places in found.items()}

    def incomes(self, plan: Plan) -> dict[tuple[str, int], float]:
        """Nominal income (negative stated spending) of each facility and year of a plan, bn KZT."""
        terms: dict[tuple[str, int], list[float]] = {}
        for (facility, period), share in plan.start.items():
            for year, amount in self.income[facility, period].items():
                terms.setdefault((facility, year), []).append(share * amount)
        return {key: math.fsum(values) for key, values in sorted(terms.items())}

    def debt(self, measure: str, s: str, y: int, years: Iterable[int], *, saved: bool = True) -> float:
        """Service (commitment fees that the draw saves taken off, if ``saved``), subsidy or year-end stock in
        ``years``, nominal, per KZT of loan ``s`` drawn in year ``y``."""
        made = self.service[s, y]
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
        amount = amount_signed(source) if s in self.signed_before else 1.0
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
            if (s, y) in self.service and s in wanted:
                drawn[s, y] = drawn.get((s, y), 0.0) + amount
        for (s, y), amount in plan.line.items():
            if s in wanted:
                drawn[s, y] = drawn.get((s, y), 0.0) + amount
        signed = [s for s in wanted if s in self.signed_before or plan.signed.get(s, 0.0) > 0]
        fees = [max(fees_of_signed(self.case.sources[s], self.prices), default=0) for s in signed]
        last = max([self.case.settings.last_year, *(max(self.service[key].stock) for key in drawn), *fees])
        found = {}
        for u in range(self.case.settings.plan_from, last + 1):
            terms = [self.debt(measure, s, y, (u,)) * amount for (s, y), amount in drawn.items()]
            if measure == "debt_service":
                terms += [self.fees(s, (u,)) for s in self.signed_before if s in wanted]
                terms += [self.fees(s, (u,)) * plan.signed.get(s, 0.0) for s in self.signs if s in wanted]
            found[u] = math.fsum(terms)
        return found

    def interest_earned(self, plan: Plan) -> dict[tuple[str, int], float]:
        """Interest that funds earn, nominal bn KZT by source and year."""
        found = {}
        for (s, y), idle in plan.idle.items():
            source = self.case.sources[s]
            if source.interest > 0 and (s, y + 1) in self.exchange:
                found[s, y + 1] = source.interest * source.keep * idle * self.exchange[s, y + 1]
        return found

    def interest_pv(self, plan: Plan) -> float:
        """Present value of interest that funds earn."""
        return math.fsum(self.weight[y] * amount for (_, y), amount in self.interest_earned(plan).items())

    def lines_pv(self, plan: Plan) -> dict[str, float]:
        """Present value of what money drawn into funds costs the purse: service and fees less the money itself."""
        terms: dict[str, list[float]] = {}
        for (s, y), amount in plan.line.items():
            terms.setdefault(s, []).append((self.cost[s, y] - self.worth[s, y]) * amount)
        return {s: math.fsum(values) for s, values in sorted(terms.items())}

    def fees_pv(self, plan: Plan) -> dict[str, float]:
        """Present value of front-end and commitment fees on the signed amount of each loan, before what draws save; bn
        KZT of the price year."""
        fees = dict(self.signed_before)
        for s, cost in self.signs.items():
            fees[s] = cost * plan.signed.get(s, 0.0)
        return {s: fees[s] for s in sorted(fees)}

    def outlays_pv(self, plan: Plan) -> float:
        """Present value of all outlays of a plan, bn KZT of the price year."""
        return math.fsum(self.weight[year] * amount for (_, year), amount in self.outlays(plan).items())


def derive(case: Case) -> Factors:
    """All factors of a case. Pure; the same case gives the same factors to the last bit."""
    prices = Prices(case)
    settings = case.settings
    possible = {key: starts(case, facility) for key, facility in case.facilities.items()}
    opened = {key: open_periods(case, package) for key, package in case.packages.items()}
    labels = {key: tuple(p.label for p in periods) for key, periods in opened.items()}
    risk = Risk(case, prices, possible, labels)
    benefits = Benefits(case, prices, risk, possible, opened)
    avoided: dict[tuple[str, str], float] = {}
    residual: dict[tuple[str, str], float] = {}
    outlay: dict[tuple[str, str], Mapping[int, float]] = {}
    income: dict[tuple[str, str], Mapping[int, float]] = {}
    benefit: dict[tuple[str, str], float] = {}
    for key, facility in case.facilities.items():
        for start in possible[key]:
            place = (key, start.period.label)
            outlay[place] = {year: amount * prices.cost_of(facility, year) for year, amount in start.outlay.items()}
            income[place] = {year: amount * prices.cost_of(facility, year) for year, amount in start.income.items()}
        for start in possible[key]:
            place = (key, start.period.label)
            if facility.benefit is None:
                benefit[place], avoided[place], residual[place] = _benefit(benefits, key, start.finish.position)
                continue
            benefit[place] = stated_benefit(case, prices, facility, possible[key][0], start)
            if settings.benefit_is_net:
                benefit[place] += math.fsum(prices.weight(y) * amount for y, amount in outlay[place].items())
                benefit[place] -= math.fsum(prices.weight(y) * amount for y, amount in income[place].items())
    km_cost = {(key, year): package.unit_cost * prices.cost_of(package, year) for key, package in case.packages.items()
               for year in settings.years}
    km_benefit: dict[tuple[str, str], float] = {}
    each = [(package, period) for key, package in case.packages.items() for period in opened[key]]
    for package, period in each:
        place = (package.id, period.label)
        km_benefit[place], avoided[place], residual[place] = _benefit(benefits, package.id, period.position)
    mine = by_source(case.rules)
    closed: dict[str, Mapping[str, str]] = {}
    pays: dict[str, tuple[str, ...]] = {}
    for key, project in case.projects.items():
        reasons = {s: why_closed(source, project, mine.get(s, ())) for s, source in case.sources.items()}
        pays[key] = tuple(s for s, reason in reasons.items() if reason is None)
        closed[key] = {s: reason for s, reason in reasons.items() if reason is not None}
    years = {
        s: tuple(y for y in settings.years if source.available_from <= y <= source.available_to and may_draw(source, y))
        for s, source in case.sources.items()
    }
    drawn = {(s, y): drawn_at(source, y, prices) for s, source in case.sources.items() for y in settings.years}
    exchange = {(s, y): prices.exchange_at(case.sources[s].currency, at) for (s, y), at in drawn.items()}
    most = outlay_most(case, outlay, km_cost, opened)
    pairs = [(s, p) for p, sources in pays.items() for s in sources]
    shares = {(s, p): share for s,
              p in pairs if (share := share_most(case, case.sources[s], case.project(p), mine.get(s, ()))) is not None}
    draw_most = draws_most(case, pays, years, exchange, most, income, shares)
    feeds: dict[str, list[str]] = {}
    for key, facility in case.facilities.items():
        if facility.income_to:
            feeds.setdefault(facility.income_to, []).append(key)
    return Factors(
        case=case, prices=prices, starts=possible, outlay=outlay, income=income, benefit=benefit,
        open=labels, km_cost=km_cost, km_benefit=km_benefit,
        km_most={(package.id, period.label): most_km(case, package, period) for package, period in each},
        risk=risk, benefits=benefits, avoided=avoided, residual=residual, **_works(case, prices, possible),
        **before(case, prices),
        pays=pays, closed=closed, years=years,
        cost={(s, y): cost_of_draw(source, y, prices) for s, source in case.sources.items() if source.open
              for y in years[s]},
        service={(s, y): service(source, y, prices) for s, source in case.sources.items() if source.open
                 and source.kind == "loan" for y in years[s]},
        signs={
            s: cost for s, source in case.sources.items()
            if source.open and new_loan(source, settings.plan_from) and (cost := cost_of_signed(source, prices)) > 0
        },
        signed_before=signed_fees(case, prices),
        share_least={(s, p): least for s,
                     p in pairs if (least := share_least(case.sources[s], case.project(p), mine.get(s, ()))) > 0},
        repaid=repaid_by_consumers(case, prices, years), bills=bills(case, prices),
        line_most=lines_most(case, years, exchange),
        share_most=shares,
        worth={key: prices.worth(at) for key, at in drawn.items()},
        weight={y: prices.weight(y) for y in settings.years}, exchange=exchange,
        exchange0={s: prices.exchange(source.currency, settings.price_year) for s, source in case.sources.items()},
        most=most, draw_most=draw_most, drawn_by=payers(draw_most, case),
        feeds={s: tuple(keys) for s, keys in feeds.items()},
        period_year={p.label: p.year for p in case.periods},
    )


def _works(case: Case, prices: Prices, possible: Mapping[str, tuple[Start, ...]]) -> dict[str, Any]:
    """Factors of resources and trenches."""
    need: dict[str, dict[tuple[str, str], dict[str, float]]] = {}
    for crew in case.crews:
        mine = need.setdefault(crew.id, {})
        for key, facility in case.facilities.items():
            if need_of(case, crew, facility, 12.0) <= 0:
                continue
            for start in possible[key]:
                amount = need_of(case, crew, facility, start.works[1] - start.works[0])
                if amount > 0:
                    mine[key, start.period.label] = {t: share * amount for t,
                                                     share in crew_shares(case, crew, start).items()}
    years = case.settings.years
    value = {y: prices.weight(y) * prices.inflation(y) for y in years}
    return {
        "crew_need": need,
        "crew_km": {crew.id: {n: amount for n, package in case.packages.items()
                              if (amount := need_of(case, crew, package)) > 0} for crew in case.crews},
        **rooms(case),
        "crew_cost": {(crew.id, y): (crew.extra_cost * value[y], crew.lend_cost * value[y]) for crew in case.crews
                      for y in years},
        "trench_saving": {(k.id, y): k.saving * prices.cost_of(case.packages[k.package], y) for k in case.trenches
                          for y in years},
    }


def _benefit(benefits: Benefits, key: str, finish: int) -> tuple[float, float, float]:
    """Present value of all benefits that are not stated, of avoided risk and of the residual among them."""
    parts = [math.fsum(part(key, finish).values()) for part in (benefits.savings, benefits.avoided, benefits.residual)]
    return math.fsum(parts), parts[1], parts[2]
