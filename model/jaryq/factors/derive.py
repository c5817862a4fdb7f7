"""Factors: every number the linear program needs, computed once from the Case. The algebra then holds no data
preparation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property

from jaryq.base.home import BILLION
from jaryq.case.case import Case, Source
from jaryq.case.plan import Plan
from jaryq.factors.benefits import Risks, risks_of
from jaryq.factors.bounds import Bounds, bounds_of, draw_years
from jaryq.factors.linear import Linear
from jaryq.factors.loans import new_loan
from jaryq.factors.money import OF_PRICES, Alike, Money, money_of
from jaryq.factors.pace import paced
from jaryq.factors.prices import Prices
from jaryq.factors.risk import Risk
from jaryq.factors.spending import ByProject, incomes, present, spending
from jaryq.factors.works import OF_WORKS, Works, works_of


@dataclass(frozen=True, eq=False)
class Factors:
    """The Case and its prices, and what is derived of them: works, money, risk with benefits, and bounds.
    ``rates_later`` and ``later`` derive condition and risk, for all factors that differ by a limit only."""

    case: Case
    prices: Prices
    works: Works
    money: Money
    bounds: Bounds
    rates_later: Callable[[], Risk]
    later: Callable[[], Risks]

    @cached_property
    def signing(self) -> tuple[str, ...]:
        """New loans that may be drawn and whose signed amount is decided: fees are due on it, a pace is a share of it,
        or all of it must be drawn."""
        asked = (s for s, source in self.case.sources.items() if (source.must_draw or paced(source)) and source.open
                 and new_loan(source, self.case.settings.plan_from))
        return tuple(sorted(s for s in {*self.money.signs, *asked} if s in self.bounds.users))

    @cached_property
    def spending(self) -> ByProject:
        """Nominal outlay of projects by year, bn KZT."""
        return spending(self.works, self.money)

    @cached_property
    def earning(self) -> ByProject:
        """Nominal income (negative stated spending) of facilities by year, bn KZT."""
        return incomes(self.money)

    @cached_property
    def fund_years(self) -> tuple[tuple[str, int], ...]:
        """Funds and the planned years in which they have a ceiling, so that something may stay in them."""
        funds = (s for s, source in sorted(self.case.sources.items()) if source.open and source.carry_over == "fund")
        return tuple((s, y) for s in funds for y in self.case.settings.years if y in self.case.sources[s].ceilings)

    @cached_property
    def interest(self) -> ByProject:
        """Nominal interest that a fund earns in a planned year on what was left the year before, whether or not it has
        a ceiling then; bn KZT, by fund and year."""
        kept = {s: source.interest * source.keep for s, source in self.case.sources.items()}
        return {(s, y + 1): Linear({("idle", (s, y)): kept[s] * self.money.exchange[s, y + 1]}, 0.0, BILLION)
                for s, y in self.fund_years if kept[s] > 0 and y < self.case.settings.last_year}

    def outlay(self, p: str, y: int) -> Linear:
        """Nominal outlay of a project in a year, bn KZT."""
        return self.spending.get((p, y), Linear({}, 0.0, BILLION))

    @property
    def rates(self) -> Risk:
        """Condition and failures over time, derived when they are first asked for: without benefits, which take far
        longer and which no rule asks for."""
        return self.rates_later()

    @property
    def risk(self) -> Risks:
        """Risk and benefits, derived when they are first asked for: whether an input is accepted never depends on
        them."""
        return self.later()

    def outlays(self, plan: Plan) -> dict[tuple[str, int], float]:
        """Nominal outlay of each project and year of a plan in which it has some, bn KZT."""
        return {key: linear.on(plan) for key, linear in self.spending.items() if linear.speaks_of(plan)}

    def incomes(self, plan: Plan) -> dict[tuple[str, int], float]:
        """Nominal income of each facility and year of a plan in which it has some, bn KZT."""
        return {key: linear.on(plan) for key, linear in self.earning.items() if linear.speaks_of(plan)}

    @cached_property
    def spent(self) -> Linear:
        """Present value of all outlays, bn KZT of the price year."""
        return present(((y, linear) for (_, y), linear in self.spending.items()), self.money.weight)

    def outlays_pv(self, plan: Plan) -> float:
        """Present value of all outlays of a plan, bn KZT of the price year."""
        return self.spent.on(plan)


OF_RISK = (*OF_WORKS, *OF_PRICES, "quantities", "balances")
"""What condition, risk and benefits of a case follow from (held by a test)."""


def derive(case: Case, like: Factors | None = None) -> Factors:
    """All factors of a case. Pure; the same case gives the same factors to the last bit. ``like``: factors of another
    case, whose works, service of loans and risk are taken over where all that they follow from is equal."""
    same = like if like is not None and _equal(case, like.case, OF_WORKS) else None
    prices = Prices(case)
    works = works_of(case, None if like is None else (like.case, like.works)) if same is None else same.works
    money = money_of(case, prices, works, draw_years(case),
                     None if like is None else Alike(like.case, like.works, like.money))
    if like is not None and _bounds_alike(case, like.case):
        bounds = like.bounds
    else:
        bounds = bounds_of(case, prices, works, money,
                           km=None if same is None else same.bounds.km,
                           outlay=None if same is None or money.outlay is not same.money.outlay else same.bounds.outlay)
    if same is not None and _equal(case, same.case, OF_RISK):
        return Factors(case, prices, works, money, bounds, same.rates_later, same.later)
    rates = cache(lambda: Risk(case, prices, works.starts, works.open, None if like is None else like.rates))
    if like is not None and _equal(case, like.case, (name for name in OF_RISK if name not in PROJECTS)):
        alike = frozenset(_worth_alike(case, works, like))
        return Factors(case, prices, works, money, bounds, rates,
                       cache(lambda: risks_of(case, prices, works, money, rates(), like.risk, alike)))
    return Factors(case, prices, works, money, bounds, rates,
                   cache(lambda: risks_of(case, prices, works, money, rates(), None if like is None else like.risk)))


NOT_OF_BOUNDS = ("scenario", "targets", "tariffs", "lines", "calibration")
"""What the bounds of a case do not follow from, and of a source (both held by a test)."""
RATES = ("rate", "rate_index", "margin", "rate_floor", "premium")


def _bounds_alike(case: Case, other: Case) -> bool:
    """Whether two cases are equal in all that their bounds follow from."""
    apart = (*NOT_OF_BOUNDS, "sources")
    return _equal(case, other, (field.name for field in fields(Case) if field.name not in apart)) and (
        case.sources.keys() == other.sources.keys()
        and all(_equal_but_rates(source, other.sources[s]) for s, source in case.sources.items()))


def _equal_but_rates(source: Source, other: Source) -> bool:
    return source == other or replace(source, **{name: getattr(other, name) for name in RATES}) == other


PROJECTS = ("facilities", "packages")


def _worth_alike(case: Case, works: Works, like: Factors) -> Iterator[str]:
    """Projects whose benefits are those of a case that differs in projects alone: what stands in their rows, in that of
    the facility that they are a variant of, and when they may be done."""
    other = like.case
    for n, package in case.packages.items():
        if other.packages.get(n) == package and like.works.open[n] == works.open[n]:
            yield n
    for f, facility in case.facilities.items():
        rows = {f, facility.asset}
        ends = [(start.period, start.finish) for start in works.starts[f]]
        if (all(other.facilities.get(key) == case.facilities[key] for key in rows)
                and ends == [(start.period, start.finish) for start in like.works.starts[f]]):
            yield f


def _equal(case: Case, other: Case, names: Iterable[str]) -> bool:
    """Whether two cases are equal in the fields named."""
    return all(getattr(case, name) == getattr(other, name) for name in names)
