"""The value of a plan year by year: benefits, the purse and society; the sums over all years are the plan's totals."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from model.report.amounts import Amounts
from model.report.avoided import bursts_by_year, last_year, risk_by_year
from model.report.charges import premiums_of
from model.report.debt import Book, total


def benefits_by_year(found: Amounts) -> dict[int, float]:
    """Present value of benefits by the year they fall in. A stated benefit has no years: it is counted in the year after the works."""
    sums: dict[int, list[float]] = defaultdict(list)
    case, factors = found.case, found.factors
    positions = {period.label: period.position for period in case.periods}
    for (key, label), share in found.plan.start.items():
        facility = case.facilities[key]
        finish = next(start for start in factors.starts[key] if start.period.label == label).finish
        if facility.benefit is not None:
            sums[finish.year + 1].append(share * factors.benefit[key, label])
            continue
        last = last_year(found, facility)
        for year, value in _stream(found, finish.position, last).items():
            sums[year].append(share * facility.savings * value)
        for year, value in risk_by_year(found, facility, finish.position, last).items():
            sums[year].append(share * value)
    for (key, label), km in found.plan.renew.items():
        package = case.packages[key]
        last = last_year(found, package)
        for year, value in _stream(found, positions[label], last).items():
            sums[year].append(km * package.savings * value)
        for year, value in bursts_by_year(found, package, positions[label], last).items():
            sums[year].append(km * value)
    return {year: math.fsum(values) for year, values in sorted(sums.items())}


def _stream(found: Amounts, finished: int, last: int) -> dict[int, float]:
    """Present value by year of 1 a year (price-year money) from the period after position ``finished`` to the end of ``last``."""
    settings, prices = found.case.settings, found.factors.prices
    k = settings.periods_per_year
    sums: dict[int, list[float]] = defaultdict(list)
    for period in found.case.periods[finished + 1:]:
        if period.year <= last:
            sums[period.year].append(prices.discount(settings.plan_from - settings.first_year + (period.position + prices.timing) / k) / k)
    for year in range(settings.last_year + 1, last + 1):
        sums[year].append(prices.discount(year - settings.first_year + prices.timing))
    return {year: math.fsum(values) for year, values in sums.items()}


def flow_of(found: Amounts, made: Mapping[str, Book], year: int) -> float:
    """Net nominal flow of the purse: income, interest of funds and lines, less draws of home money that is not borrowed, all service, and premiums."""
    sources = found.case.sources
    own = [-v for (s, y), v in found.draw.items() if y == year and sources[s].kind != "loan" and not (sources[s].kind == "grant" and sources[s].foreign)]
    lines = [v for (_, y), v in found.plan.line.items() if y == year]
    return math.fsum([*_income(found, year), *lines, *own, -total(made.values(), "service", year), -premiums_of(found, year)])


def society_flow(found: Amounts, made: Mapping[str, Book], year: int) -> float:
    """Net nominal flow of the country: income, interest of funds, money from abroad, less all spending, premiums, and the service of money from abroad."""
    sources = found.case.sources
    abroad = [v for (s, y), v in (*found.draw.items(), *found.plan.line.items()) if y == year and sources[s].foreign and sources[s].kind in ("loan", "grant")]
    foreign = [book for book in made.values() if book.source.foreign]
    return math.fsum([*_income(found, year), *abroad, -found.spend(year), -total(foreign, "service", year), -premiums_of(found, year)])


def _income(found: Amounts, year: int) -> list[float]:
    """Income of projects and interest of funds."""
    earned = found.factors.interest_earned(found.plan)
    return [v for (_, y), v in (*found.income.items(), *earned.items()) if y == year]
