"""What consumers pay back through the tariff (docs/numbers.md: Tariffs)."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.case.case import Case, Source
from jaryq.factors.prices import Prices
from jaryq.factors.service import service


def bills(case: Case, prices: Prices) -> dict[int, float]:
    """Consumers' own bill by planned year, per unit of the year before the first planned one: it follows general
    prices."""
    before = case.settings.plan_from - 1
    known = prices.general is None or before >= min(prices.general.levels)
    base = prices.level(before if known else case.settings.plan_from)
    return {year: prices.level(year) / base for year in case.settings.years}


def repaid_by_consumers(
    case: Case, prices: Prices, years: Mapping[str, tuple[int, ...]]
) -> dict[tuple[str, int], Mapping[int, float]]:
    """Nominal KZT that consumers pay in each planned year per KZT drawn: own money, and loans that consumers repay."""
    found: dict[tuple[str, int], Mapping[int, float]] = {}
    if not case.tariffs:
        return found
    for s, source in case.sources.items():
        if source.open and (source.kind == "own" or (source.kind == "loan" and source.who_repays == "consumers")):
            for drawn in years[s]:
                found[s, drawn] = (_base(case, drawn) if case.settings.tariff_mode == "rab"
                                   else _passed(case, source, drawn, prices))
    return found


def _passed(case: Case, source: Source, drawn: int, prices: Prices) -> dict[int, float]:
    """Own money when it is spent; of a loan the borrower's service and fees."""
    if source.kind == "own":
        return {drawn: 1.0}
    made = service(source, drawn, prices)
    total = {y: made.principal.get(y, 0.0) + made.interest.get(y, 0.0) + made.fees.get(y, 0.0)
             for y in case.settings.years}
    return {y: amount for y, amount in total.items() if amount}


def _base(case: Case, drawn: int) -> dict[int, float]:
    """Return and depreciation of one KZT that entered the asset base at the end of its year."""
    settings = case.settings
    return {
        y: settings.rab_return * (1.0 - (y - 1 - drawn) / settings.rab_life) + 1.0 / settings.rab_life
        for y in settings.years
        if 0 < y - drawn <= settings.rab_life
    }
