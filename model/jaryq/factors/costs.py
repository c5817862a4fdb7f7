"""What works cost at the prices of a case, nominal bn KZT of each year (docs/numbers.md: Money)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jaryq.case.case import Case
from jaryq.factors.prices import Prices
from jaryq.factors.schedule import Start

ByYear = Mapping[int, float]


def costs_of_starts(case: Case, prices: Prices,
                    starts: Mapping[str, Iterable[Start]]) -> tuple[dict[tuple[str, str], ByYear], ...]:
    """Outlay and income of each whole start by year; ``starts``: those asked for, by facility."""
    outlay: dict[tuple[str, str], ByYear] = {}
    income: dict[tuple[str, str], ByYear] = {}
    for key, facility in case.facilities.items():
        for start in starts.get(key, ()):
            place = key, start.period.label
            outlay[place] = {year: amount * prices.cost_of(facility, year) for year, amount in start.outlay.items()}
            income[place] = {year: amount * prices.cost_of(facility, year) for year, amount in start.income.items()}
    return outlay, income


def costs_of_km(case: Case, prices: Prices, where: Iterable[tuple[str, int]]) -> dict[tuple[str, int], float]:
    """Cost of a km of a package in a year, for those asked for."""
    return {(n, y): case.packages[n].unit_cost * prices.cost_of(case.packages[n], y) for n, y in where}


def savings_of_trenches(case: Case, prices: Prices, where: Iterable[tuple[str, int]]) -> dict[tuple[str, int], float]:
    """What a km in a shared trench saves in a year, for those asked for."""
    rows = {row.id: row for row in case.trenches}
    return {(k, y): rows[k].saving * prices.cost_of(case.packages[rows[k].package], y) for k, y in where}
