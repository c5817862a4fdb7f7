"""The value of a plan year by year: benefits, the purse and society; the sums over all years are the plan's totals."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from jaryq.factors.dues import cost_by_year, signed_by_year
from jaryq.factors.gains import gained
from jaryq.factors.stretch_years import above_by_year
from jaryq.report.amounts import Amounts
from jaryq.report.charges import premiums_of
from jaryq.report.debt import Book, signed_of, total


def benefits_by_year(found: Amounts) -> dict[int, float]:
    """Present value of benefits by the year they fall in. A stated benefit has no years: it is counted in the year
    after the works, and so is what stretches bring above the mean of their packages where these are not known."""
    sums: dict[int, list[float]] = defaultdict(list)
    case, factors = found.case, found.factors
    positions = {period.label: period.position for period in case.periods}

    def add(key: str, finish: int, amount: float) -> None:
        for year, value in factors.risk.benefits.by_year(key, finish).items():
            sums[year].append(amount * value)

    for (key, label), share in found.plan.start.items():
        facility = case.facilities[key]
        begun = factors.works.start_at[key, label]
        finish = begun.finish
        if begun.late:
            continue
        if facility.benefit is not None:
            sums[finish.year + 1].append(share * factors.risk.benefit[key, label])
            continue
        add(key, finish.position, share)
    for (key, label), km in found.plan.renew.items():
        add(key, positions[label], km)
    if case.stretches is not None and found.stretches is not None:
        for year, value in above_by_year(factors, case.stretches, found.stretches).items():
            sums[year].append(value)
    else:
        for (_, label), amount in found.plan.above.items():
            sums[case.periods[positions[label]].year + 1].append(amount)
    return {year: math.fsum(values) for year, values in sorted(sums.items())}


def flow_of(found: Amounts, made: Mapping[str, Book], year: int) -> float:
    """Net nominal flow of the purse: income, interest of funds and lines, less draws of home money that is not
    borrowed, all service, and premiums."""
    sources = found.case.sources
    own = [-v for (s, y), v in found.draw.items() if y == year and sources[s].kind != "loan"
           and not (sources[s].kind == "grant" and sources[s].foreign)]
    lines = [v for (_, y), v in found.plan.line.items() if y == year]
    return math.fsum([*_income(found, year), *lines, *own, -total(made.values(), "service", year),
                      -premiums_of(found, year)])


def purse_by_year(found: Amounts) -> dict[int, float]:
    """Present value of the purse by year, benefits apart: money at home when it is drawn, every payment on loans at its
    date."""
    worth, lines = found.factors.money.worth, found.plan.line.items()
    paid = _costs(found, [*found.draw.items(), *lines], set(found.case.sources))
    return _sums([*_beside(found), *paid, *((y, worth[s, y] * v) for (s, y), v in lines)])


def society_by_year(found: Amounts) -> dict[int, float]:
    """The same of the whole country: all spending when its money is drawn, money from abroad when it comes, every
    payment on it."""
    worth, sources = found.factors.money.worth, found.case.sources
    abroad = {s for s, source in sources.items() if source.foreign and source.kind in ("loan", "grant")}
    lines = [(key, v) for key, v in found.plan.line.items() if key[0] in abroad]
    paid = _costs(found, [*((key, v) for key, v in found.draw.items() if key[0] in abroad), *lines], abroad)
    spent = [(y, -worth[s, y] * v) for (s, y), v in found.draw.items() if s not in abroad]
    return _sums([*_beside(found), *paid, *spent, *((y, worth[s, y] * v) for (s, y), v in lines)])


def _costs(found: Amounts, drawn: Iterable[tuple[tuple[str, int], float]], of: set[str]) -> list[tuple[int, float]]:
    """Present value by year of what draws cost, and of the fees on the signed amounts of the loans ``of``; costs are
    negative."""
    prices, sources, service = found.factors.prices, found.case.sources, found.factors.money.service
    terms = [(u, -part * v) for (s, y), v in drawn
             for u, part in cost_by_year(sources[s], y, prices, service.get((s, y))).items()]
    for s in sorted(of & (set(found.factors.money.signs) | set(found.factors.money.signed_before))):
        terms += [(u, -part * signed_of(found, sources[s])) for u, part in signed_by_year(sources[s], prices).items()]
    return terms


def _beside(found: Amounts) -> list[tuple[int, float]]:
    """Present value of income, interest of funds, premiums and deficits with a price by year (a row of a balance that
    speaks for later years stands in its own)."""
    weight, lacking = found.factors.money.weight, gained(found.factors, "deficits")
    beside = [(y, weight[y] * (math.fsum(_income(found, y)) - premiums_of(found, y))) for y in found.years]
    return beside + [(index[1], amount) for (_, index), amount in lacking.terms(found.plan)]


def _sums(terms: Iterable[tuple[int, float]]) -> dict[int, float]:
    sums: dict[int, list[float]] = defaultdict(list)
    for year, value in terms:
        sums[year].append(value)
    return {year: math.fsum(values) for year, values in sorted(sums.items())}


def _income(found: Amounts, year: int) -> list[float]:
    """Income of projects and interest of funds."""
    interest = [earned.on(found.plan) for (_, y), earned in found.factors.interest.items() if y == year]
    return [*(v for (_, y), v in found.income.items() if y == year), *interest]
