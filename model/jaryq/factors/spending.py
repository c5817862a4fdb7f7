"""What projects spend and bring in, by project and year, in terms of the decisions (docs/numbers.md: Money)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jaryq.base.home import BILLION
from jaryq.case.case import Case
from jaryq.factors.costs import ByYear, costs_of_km, costs_of_starts, savings_of_trenches
from jaryq.factors.linear import Decision, Linear, total
from jaryq.factors.money import Money
from jaryq.factors.prices import Prices
from jaryq.factors.schedule import Start
from jaryq.factors.works import Works

ByProject = Mapping[tuple[str, int], Linear]
UNIT = BILLION


@dataclass(frozen=True)
class Outlays:
    """What works cost, nominal bn KZT: ``starts``: of each whole start by year; ``km``: of a km of a package in a year;
    ``saved``: what a km in a shared trench saves in it."""

    starts: Mapping[tuple[str, str], ByYear]
    km: Mapping[tuple[str, int], float]
    saved: Mapping[tuple[str, int], float]


@dataclass(frozen=True)
class Places:
    """Where km may be decided: labels of periods by package; (trench, period) by package and year; year of each
    period."""

    renew: Mapping[str, Iterable[str]]
    joint: Mapping[tuple[str, int], Iterable[tuple[str, str]]]
    year: Mapping[str, int]


def outlays(cost: Outlays, places: Places) -> ByProject:
    """Nominal outlay of each project in each year, bn KZT: starts at their cost, km at theirs less what shared trenches
    save."""
    found = _of_starts(cost.starts)
    for n, labels in places.renew.items():
        for t in labels:
            y = places.year[t]
            found.setdefault((n, y), {})["renew", (n, t)] = cost.km[n, y]
    for (n, y), shared in places.joint.items():
        for k, t in shared:
            found[n, y]["joint", (k, t)] = -cost.saved[k, y]
    return {key: Linear(of, 0.0, UNIT) for key, of in sorted(found.items())}


def spending(works: Works, money: Money) -> ByProject:
    """The same of all decisions that the factors of a case leave open."""
    return outlays(Outlays(money.outlay, money.km_cost, money.trench_saving),
                   Places(works.open, works.shared, works.period_year))


def at_prices(case: Case, prices: Prices, starts: Mapping[str, Iterable[Start]], places: Places) -> ByProject:
    """The same at prices that may be those of another case, of the decisions that are asked for alone: a case that is
    mixed of two need not be complete enough for all factors."""
    cost, _ = costs_of_starts(case, prices, starts)
    km = costs_of_km(case, prices, ((n, places.year[t]) for n, labels in places.renew.items() for t in labels))
    shared = ((k, places.year[t]) for joint in places.joint.values() for k, t in joint)
    return outlays(Outlays(cost, km, savings_of_trenches(case, prices, shared)), places)


def present(spent: Iterable[tuple[int, Linear]], weight: Mapping[int, float]) -> Linear:
    """Present value of amounts of years, bn KZT of the price year."""
    return total((linear.times(weight[y]) for y, linear in spent), UNIT)


def incomes(money: Money) -> ByProject:
    """Nominal income (negative stated spending) of each facility in each year, bn KZT."""
    return {key: Linear(of, 0.0, UNIT) for key, of in sorted(_of_starts(money.income).items())}


def _of_starts(amounts: Mapping[tuple[str, str], ByYear]) -> dict[tuple[str, int], dict[Decision, float]]:
    found: dict[tuple[str, int], dict[Decision, float]] = {}
    for place, by_year in amounts.items():
        for y, amount in by_year.items():
            found.setdefault((place[0], y), {})["start", place] = amount
    return found
