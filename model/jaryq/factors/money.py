"""Factors of money: what works cost, what money costs, and what a loan leads to (docs/numbers.md: Money and time,
Loans)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from jaryq.case.case import Case
from jaryq.factors.costs import ByYear, costs_of_km, costs_of_starts, savings_of_trenches
from jaryq.factors.dues import cost_of_draw, cost_of_signed, fees_of_signed, fees_saved
from jaryq.factors.loans import amount_signed, drawn_at, new_loan
from jaryq.factors.prices import Prices
from jaryq.factors.service import Service, service
from jaryq.factors.tariffs import bills, repaid_by_consumers
from jaryq.factors.works import Works


@dataclass(frozen=True)
class Dues:
    """What money costs and leads to, of ``Money``."""

    cost: Mapping[tuple[str, int], float]
    service: Mapping[tuple[str, int], Service]
    saved: Mapping[tuple[str, int], ByYear]
    fees: Mapping[str, ByYear]
    repaid: Mapping[tuple[str, int], ByYear]
    bills: ByYear
    signs: Mapping[str, float]
    signed_before: Mapping[str, float]


@dataclass(frozen=True)
class Money:
    """Nominal (bn KZT of the year) unless said otherwise; present values in price-year money.

    outlay[f, t][y], income[f, t][y]: money of the whole facility started in t; km_cost[n, y]: bn KZT per km;
    trench_saving[k, y]: bn KZT per km;
    spent_before[p]: what was spent on a started facility before the plan, paid_before[s, p] of it;
    cost[s, y]: present value of what a KZT drawn costs the purse, worth[s, y]: of the KZT itself; weight[y];
    exchange[s, y]: at the draw; exchange0[s]: in the price year; service[s, y]: what a KZT drawn leads to;
    saved[s, y][u]: commitment fees that it saves, fees[s][u]: fees per unit of the currency signed and never drawn;
    repaid[s, y][u]: what consumers pay in planned year u per KZT drawn in y, bills[u]: their own bill against the year
    before the first planned one; signs[s]: new loans with fees on the signed amount, and the present value of those on
    one unit of the currency; signed_before[s]: present value of the fees of loans signed before; feeds[s]: facilities
    whose income goes to the source. ``later`` derives what money costs when it is first asked for: whether an input is
    accepted never depends on it.
    """

    outlay: Mapping[tuple[str, str], ByYear]
    income: Mapping[tuple[str, str], ByYear]
    km_cost: Mapping[tuple[str, int], float]
    trench_saving: Mapping[tuple[str, int], float]
    spent_before: Mapping[str, float]
    paid_before: Mapping[tuple[str, str], float]
    worth: Mapping[tuple[str, int], float]
    weight: Mapping[int, float]
    exchange: Mapping[tuple[str, int], float]
    exchange0: Mapping[str, float]
    feeds: Mapping[str, tuple[str, ...]]
    later: Callable[[], Dues]

    @property
    def cost(self) -> Mapping[tuple[str, int], float]:
        return self.later().cost

    @property
    def service(self) -> Mapping[tuple[str, int], Service]:
        return self.later().service

    @property
    def saved(self) -> Mapping[tuple[str, int], ByYear]:
        return self.later().saved

    @property
    def fees(self) -> Mapping[str, ByYear]:
        return self.later().fees

    @property
    def repaid(self) -> Mapping[tuple[str, int], ByYear]:
        return self.later().repaid

    @property
    def bills(self) -> ByYear:
        return self.later().bills

    @property
    def signs(self) -> Mapping[str, float]:
        return self.later().signs

    @property
    def signed_before(self) -> Mapping[str, float]:
        return self.later().signed_before


@dataclass(frozen=True)
class Alike:
    """Another case with its works and money."""

    case: Case
    works: Works
    money: Money


OF_PRICES = ("settings", "asset_types", "currencies", "indices", "references")
"""What prices follow from, and the service of a loan besides the loan (held by a test)."""


def money_of(case: Case, prices: Prices, works: Works, years: Mapping[str, tuple[int, ...]],
             like: Alike | None = None) -> Money:
    """Factors of the money of a case; ``years``: of draws, by source; ``like``: another case, of which is taken over
    what loans of equal terms lead to, and what equal works cost, where prices are equal."""
    planned, sources = case.settings.years, case.sources
    drawn = {(s, y): drawn_at(source, y, prices) for s, source in sources.items() for y in planned}
    if like is not None and any(getattr(case, name) != getattr(like.case, name) for name in OF_PRICES):
        like = None
    same = like is not None and like.works is works
    outlay, income = (like.money.outlay, like.money.income) if like and same else costs_of_starts(case, prices,
                                                                                                 works.starts)
    spent, paid = before(case)
    return Money(
        outlay=outlay, income=income, spent_before=spent, paid_before=paid,
        km_cost=costs_of_km(case, prices, product(case.packages, planned)),
        trench_saving=savings_of_trenches(case, prices, product(works.trenches, planned)),
        worth={key: prices.worth(at) for key, at in drawn.items()},
        weight={y: prices.weight(y) for y in planned},
        exchange={(s, y): prices.exchange_at(sources[s].currency, at) for (s, y), at in drawn.items()},
        exchange0={s: prices.exchange(source.currency, case.settings.price_year) for s, source in sources.items()},
        feeds=_feeds(case), later=cache(lambda: dues_of(case, prices, years, like)),
    )


def dues_of(case: Case, prices: Prices, years: Mapping[str, tuple[int, ...]], like: Alike | None) -> Dues:
    """What money of a case costs; ``like``: a case with equal prices."""
    opened = {s: source for s, source in case.sources.items() if source.open}
    loans = {s: source for s, source in opened.items() if source.kind == "loan"}
    known = {} if like is None else served_alike(case, like)
    services = {(s, y): known.get((s, y)) or service(source, y, prices) for s, source in loans.items()
                for y in years[s]}
    return Dues(
        cost={(s, y): cost_of_draw(source, y, prices, services.get((s, y))) for s, source in opened.items()
              for y in years[s]},
        service=services,
        saved={(s, y): fees_saved(source, y, prices) for s, source in loans.items() for y in years[s]},
        fees={s: fees_of_signed(source, prices) for s, source in loans.items()},
        repaid=repaid_by_consumers(case, prices, years), bills=bills(case, prices),
        signs={s: cost for s, source in loans.items() if new_loan(source, case.settings.plan_from)
               and (cost := cost_of_signed(source, prices)) > 0},
        signed_before=signed_fees(case, prices),
    )


def signed_anew(money: Money, case: Case, prices: Prices) -> Money:
    """Money of a case that differs in what was signed before alone."""
    return replace(money, later=cache(lambda: replace(money.later(), signed_before=signed_fees(case, prices))))


def served_alike(case: Case, like: Alike) -> Mapping[tuple[str, int], Service]:
    """Of a case with equal prices the service of loans, by loan and year of draw, that is that of ``case`` too."""
    same = {s for s, source in case.sources.items() if like.case.sources.get(s) == source}
    return {(s, y): found for (s, y), found in like.money.service.items() if s in same}


def before(case: Case) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """What was spent on each started facility before the planned years, and what each source paid of it."""
    spent: dict[str, float] = {}
    paid: dict[tuple[str, str], float] = {}
    for row in case.paid:
        if row.project in case.facilities and case.facilities[row.project].started is not None:
            spent[row.project] = spent.get(row.project, 0.0) + row.amount
            if row.source:
                paid[row.source, row.project] = paid.get((row.source, row.project), 0.0) + row.amount
    return spent, paid


def signed_fees(case: Case, prices: Prices) -> dict[str, float]:
    """Present value of the fees of loans signed before the first planned year."""
    return {
        s: cost_of_signed(source, prices) * amount_signed(source) for s, source in case.sources.items()
        if source.open and source.kind == "loan" and not new_loan(source, case.settings.plan_from)
        and source.commitment_fee > 0
    }


def _feeds(case: Case) -> dict[str, tuple[str, ...]]:
    """Facilities whose income goes to each source."""
    found: dict[str, list[str]] = {}
    for key, facility in case.facilities.items():
        if facility.income_to:
            found.setdefault(facility.income_to, []).append(key)
    return {s: tuple(keys) for s, keys in found.items()}
