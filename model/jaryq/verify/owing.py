"""Who owes loans and what they cost each year; guarantees; what bills take of incomes (docs/numbers.md,
Affordability and debt)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from jaryq.case.areas import Borrower
from jaryq.case.case import Case, Facility, Package, Source
from jaryq.case.rates import Tariff
from jaryq.verify.debt import Debt
from jaryq.verify.funding import At, use_of
from jaryq.verify.loans import is_new, signing_year
from jaryq.verify.prices import Prices
from jaryq.verify.tariffs import Need

TINY = 1e-9


def owner_of(source: Source, project: Facility | Package | None) -> str | None:
    """Who owes what a loan pays for a project (None: lines, signed amounts)."""
    if source.kind != "loan":
        return None
    if source.borrower is not None:
        return source.borrower
    return project.borrower if project is not None and source.who_repays in ("utility", "consumers") else None


@dataclass(frozen=True)
class Owing:
    """``service`` by borrower and year, nominal bn KZT, for every year of the service of all loans; ``guarantees`` on
    31 December of those years, ``new_guarantees`` of the planned ones."""

    case: Case
    service: Mapping[tuple[str, int], float]
    guarantees: Mapping[int, float]
    new_guarantees: Mapping[int, float]
    years: range

    def cash(self, borrower: Borrower, year: int) -> float | None:
        """Stated, or grown from the last year stated; None: not known."""
        if year in borrower.cash or not borrower.cash or borrower.growth is None or year < max(borrower.cash):
            return borrower.cash.get(year)
        last = max(borrower.cash)
        return borrower.cash[last] * (1.0 + borrower.growth) ** (year - last)

    def ratios(self) -> dict[tuple[str, int], float]:
        """Cash over all service, where the programme causes any and cash is known."""
        found = {}
        for (b, y), service in self.service.items():
            cash = self.cash(self.case.borrowers[b], y)
            if service > TINY and cash is not None:
                found[b, y] = cash / (service + self.case.borrowers[b].other.get(y, 0.0))
        return found


def owing_of(debt: Debt) -> Owing:
    """All of it."""
    case, funding = debt.funding.case, debt.funding
    settings = case.settings
    owed: dict[str, dict[str, At]] = defaultdict(lambda: defaultdict(dict))
    for (s, p, y), amount in funding.plan.draw.items():
        if (who := owner_of(case.sources[s], case.projects[p])) is not None:
            mine = owed[who][s]
            mine[s, y] = mine.get((s, y), 0.0) + amount
    for (s, y), amount in funding.line.items():
        if (who := owner_of(case.sources[s], None)) is not None:
            mine = owed[who][s]
            mine[s, y] = mine.get((s, y), 0.0) + amount
    everything = debt.through(debt.all_of(tuple(case.sources)).service)
    years = range(settings.plan_from, max(everything) + 1)
    service = {(b, y): 0.0 for b in case.borrowers for y in years}
    for b in case.borrowers:
        parts: dict[int, list[float]] = defaultdict(list)
        for s, source in case.sources.items():
            signs = source.kind == "loan" and source.borrower == b
            if s not in owed[b] and not signs:
                continue
            series = debt.of(owed[b].get(s, {}), (s,) if signs else ())
            for y in years:
                if source.service_from is None or y > settings.last_year:
                    parts[y] += [series.service.get(y, 0.0), -series.subsidy.get(y, 0.0)]
        service |= {(b, y): fsum(amounts) for y, amounts in parts.items()}
    return Owing(case, service, _guaranteed(debt, years), _newly(debt), years)


def _guaranteed(debt: Debt, years: range) -> dict[int, float]:
    """Part of the balance of each loan on 31 December."""
    used = debt.funding.used
    stocks = [(source.guaranteed, debt.of({at: amount for at, amount in used.items() if at[0] == s}).stock)
              for s, source in debt.funding.case.sources.items() if source.kind == "loan" and source.guaranteed > 0.0]
    return {y: fsum(part * stock.get(y, 0.0) for part, stock in stocks) for y in years}


def new_guarantee(debt: Debt, source: Source) -> float:
    """Guaranteed part of what is signed of a new loan, nominal bn KZT: without a decision of its own all that is
    used."""
    if source.kind != "loan" or not is_new(debt.funding.case, source):
        return 0.0
    used = fsum(use_of(debt.funding, source).values())
    signed = debt.funding.plan.signed.get(source.id, used)
    return source.guaranteed * signed * debt.funding.prices.rate_of(source, signing_year(debt.funding.case, source))


def _newly(debt: Debt) -> dict[int, float]:
    case = debt.funding.case
    amounts = [(signing_year(case, source), new_guarantee(debt, source)) for source in case.sources.values()
               if source.kind == "loan" and source.guaranteed > 0.0]
    return {y: fsum(amount for signed, amount in amounts if signed == y) for y in case.settings.years}


def burden(case: Case, prices: Prices, needs: Need, rows: Iterable[Tariff], year: int) -> float | None:
    """What households of these bills pay, over their incomes; None where a figure is not known."""
    rows = list(rows)
    if any(row.household_share is None for row in rows):
        return None
    pays = fsum((row.household_share or 0.0) * needs[row.region, row.sector, year] for row in rows)
    incomes = []
    for key in sorted({row.region for row in rows}):
        region = case.regions[key]
        if not region.population or not region.income:
            return None
        incomes.append(region.population * region.income * 12.0 * 1e-9 * _grown(case, prices, region.income_index,
                                                                                year))
    return pays / fsum(incomes) if incomes else None


def _grown(case: Case, prices: Prices, index: str | None, year: int) -> float:
    """``I_y/I_b``: ``b`` is the year before the first planned one, or that one where the index does not reach back."""
    name = index if index is not None else ("general" if "general" in case.indices else None)
    first = case.settings.plan_from
    try:
        base = prices.level(name, first - 1)
    except ValueError:
        base = prices.level(name, first)
    return prices.level(name, year) / base


def burdens(case: Case, prices: Prices, needs: Need) -> dict[tuple[str, int], float]:
    """By region and planned year, all its bills together, of regions whose figures are known."""
    found = {}
    for region in sorted({row.region for row in case.tariffs}):
        rows = [row for row in case.tariffs if row.region == region]
        for y in case.settings.years:
            part = burden(case, prices, needs, rows, y)
            if part is not None:
                found[region, y] = part
    return found
