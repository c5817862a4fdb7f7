"""The measures of targets over what their filters select (docs/numbers.md, Targets)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

from jaryq.base.home import HOME_CURRENCY
from jaryq.case.case import Case, Facility, Package, Source, Target
from jaryq.verify.debt import Debt, Series
from jaryq.verify.funding import At, Funding, sector_of
from jaryq.verify.indicators import Indicators
from jaryq.verify.loans import signing_year
from jaryq.verify.owing import burden, new_guarantee, owner_of
from jaryq.verify.prices import Prices
from jaryq.verify.quantities import Quantities
from jaryq.verify.schedule import Schedule
from jaryq.verify.tariffs import Need
from jaryq.verify.unit_values import SECTORS_OF

OF_OWNERS = ("borrower", "level")
"""Columns of selectors that speak of who owes a loan on a project."""

OF_SOURCES = ("source", "partner", "currency", "group", "payer", *OF_OWNERS)
"""Columns of selectors that speak of the source, not of the project."""


@dataclass(frozen=True)
class Row:
    """``left sense right``, as it is checked, and the measure as it is shown."""

    reached: float
    left: float
    right: float
    per_unit: float = 0.0


@lru_cache(maxsize=100_000)
def fits(pattern: str, value: str | None) -> bool:
    """Whether a selector's value fits, or one of several with ``|`` between; ``*`` stands for any run of characters.
    What is not stated fits no selector."""
    def one(text: str) -> bool:
        return re.fullmatch(".*".join(re.escape(part) for part in text.split("*")), value or "", re.DOTALL) is not None
    return value is not None and (one(pattern) or any(one(part.strip()) for part in pattern.split("|") if part.strip()))


def columns_of(case: Case) -> dict[str, dict[str | None, set[str]]]:
    """Keys of projects by column of selectors and value."""
    columns: dict[str, dict[str | None, set[str]]] = {
        name: defaultdict(set) for name in ("project", "kind", "sector", "type", "region", "zone")}
    for key, project in case.projects.items():
        values = {"project": key, "kind": project.kind, "sector": sector_of(case, project), "type": project.asset_type,
                  "region": project.region, "zone": project.zone}
        for column, value in values.items():
            columns[column][value].add(key)
    return columns


def selected(columns: Mapping[str, Mapping[str | None, set[str]]], wanted: Mapping[str, str]) -> list[str]:
    """Keys of the projects that every condition fits; those on the source are for money of sources alone."""
    found = {key for keys in columns["project"].values() for key in keys}
    for column, pattern in wanted.items():
        if column not in OF_SOURCES:
            found &= {key for value, keys in columns[column].items() if fits(pattern, value) for key in keys}
    return sorted(found)


class Measures:
    """The measures over what a target's filter selects."""

    def __init__(self, case: Case, schedule: Schedule, funding: Funding, debt: Debt, indicators: Indicators,
                 quantities: Quantities, needs: Need) -> None:
        self.case, self.debt, self.indicators, self.quantities = case, debt, indicators, quantities
        self.needs, self.funding = needs, funding
        self.prices = Prices(case)
        self.assets = schedule.assets
        self.series: dict[tuple[object, ...], Series] = {}
        self.columns = columns_of(case)
        self.finished = {key: schedule.finished_by_year(key) for key in case.facilities}
        self.km = {key: schedule.km_by_year(key) for key in case.packages}
        self.outlay: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for (p, y), amount in funding.outlay.items():
            self.outlay[p].append((y, amount))
        self.draws: dict[str, list[tuple[str, int, float]]] = defaultdict(list)
        for (s, p, y), amount in funding.plan.draw.items():
            self.draws[p].append((s, y, amount))

    def row(self, target: Target) -> Row:
        """The row of a target: its measure against its value; of foreign_share the foreign debt against that share of
        all debt."""
        if target.measure != "foreign_share":
            reached = self.of(target)
            return Row(reached, reached, target.value)
        loans = self._loans(target.filter)
        abroad = frozenset(s for s in loans if self.case.sources[s].currency != HOME_CURRENCY)
        foreign = self._series(target.filter, abroad).stock.get(target.year, 0.0)
        debt = self._series(target.filter, self._loans({})).stock.get(target.year, 0.0)
        if debt <= 0.0:
            return Row(0.0, foreign, target.value * debt)
        return Row(foreign / debt, foreign, target.value * debt, 1.0 / debt)

    def of(self, target: Target) -> float:
        """The measure of a target: cumulative to 31 December of its year, or the sum over its years."""
        if target.measure in ("debt_service", "subsidy", "debt_stock"):
            return self._debt(target)
        if target.measure == "quantity":
            return self._quantity(target)
        if target.measure in ("deficit", "burden", "guarantees", "new_guarantees"):
            return self._rooms(target)
        projects = self._selected(target.filter)
        assets = [key for key in projects if key in self.assets]
        packages = [self.case.packages[key] for key in projects if key in self.case.packages]
        if target.measure in ("km", "facilities", "share_done"):
            return self._progress(target, packages)
        if target.measure == "wear":
            return self.indicators.wear(packages, target.year) or 0.0
        if target.measure == "red_zone":
            return fsum(self.indicators.zones["red"][key, target.year] for key in assets)
        if target.measure in ("failures", "not_supplied", "losses"):
            return self._supply(target, [*assets, *(package.id for package in packages)])
        years = range(target.year_first or target.year, target.year + 1)
        if target.measure == "spend":
            return fsum(amount for key in projects for y, amount in self.outlay.get(key, ()) if y in years)
        if target.measure == "spend_real":
            base = self.prices.general(self.case.settings.price_year)
            return fsum(amount * base / self.prices.general(y) for key in projects
                        for y, amount in self.outlay.get(key, ()) if y in years)
        if target.measure == "borrowing":
            amounts = self._amounts(projects, self._loans(target.filter), target.filter)
            return fsum(amount for (_, y), amount in amounts.items() if y in years)
        if target.measure != "draw":
            raise KeyError(target.measure)
        sources = self._sources(target.filter)
        return fsum(amount for key in projects for s, y, amount in self.draws.get(key, ()) if s in sources
                    and y in years and self._owed(target.filter, s, key))

    def _progress(self, target: Target, packages: Sequence[Package]) -> float:
        """Kilometres, facilities that count, or the share of overnight cost, done to the year's end; a variant is done
        for its asset."""
        year = target.year
        if target.measure == "km":
            return fsum(self._renewed(package, year) for package in packages)
        members = self._members(target.filter)
        if target.measure == "facilities":
            return fsum(self._done(key, year) for _, key in members if self.case.facilities[key].counts)
        cost = {own: self.case.facilities[own].overnight for own, _ in members}
        whole = fsum([*cost.values(), *(n.unit_cost * n.km for n in packages)])
        done = fsum([*(cost[own] * self._done(key, year) for own, key in members),
                     *(n.unit_cost * self._renewed(n, year) for n in packages)])
        return done / whole if whole > 0.0 else 0.0

    def _supply(self, target: Target, keys: Sequence[str]) -> float:
        """Failures, what is not supplied or what is lost in the years of a target; the last two of the sectors that
        have its unit."""
        amounts = {"failures": self.indicators.failures, "not_supplied": self.indicators.unsupplied,
                   "losses": self.indicators.losses}[target.measure]
        if target.measure != "failures":
            keys = [key for key in keys if sector_of(self.case, self.case.project(key))
                    in SECTORS_OF.get(target.unit, ())]
        years = range(target.year_first or target.year, target.year + 1)
        return fsum(amounts.get((key, year), 0.0) for key in keys for year in years)

    def _quantity(self, target: Target) -> float:
        """Level and once at the end of the target's year, flow of its years together; ``project`` is a row or its
        asset."""
        key, pattern = target.quantity or "", target.filter.get("project", "*")
        projects = [self.case.project(one) for one in self._selected({**target.filter, "project": "*"})]
        meant = [project for project in projects if fits(pattern, project.id)
                 or (isinstance(project, Facility) and fits(pattern, project.asset))]
        flow = self.case.quantities[key].kind == "flow"
        years = range((target.year_first or target.year) if flow else target.year, target.year + 1)
        return fsum(self.quantities.amount(key, project, year) for project in meant for year in years)

    def _rooms(self, target: Target) -> float:
        """Deficits of the balances meant, what bills take of incomes, guarantees."""
        if target.measure == "deficit":
            return fsum(self.funding.plan.deficit.get((b.id, target.year), 0.0) for b in self.case.balances
                        if b.unit == target.unit and fits(target.filter.get("area", "*"), b.area))
        if target.measure == "burden":
            rows = [row for row in self.case.tariffs if fits(target.filter.get("region", "*"), row.region)
                    and fits(target.filter.get("sector", "*"), row.sector)]
            return burden(self.case, self.funding.prices, self.needs, rows, target.year) or 0.0
        loans = self._loans(target.filter)
        if target.measure == "guarantees":
            return fsum(self.case.sources[s].guaranteed
                        * self._series(target.filter, frozenset({s})).stock.get(target.year, 0.0) for s in loans)
        years = range(target.year_first or target.year, target.year + 1)
        return fsum(new_guarantee(self.debt, self.case.sources[s]) for s in loans
                    if signing_year(self.case, self.case.sources[s]) in years and self._owed(target.filter, s))

    def _debt(self, target: Target) -> float:
        """Service or subsidy of the years of a target, or the stock at the end of its year."""
        series = self._series(target.filter, self._loans(target.filter))
        if target.measure == "debt_stock":
            return series.stock.get(target.year, 0.0)
        by = series.service if target.measure == "debt_service" else series.subsidy
        return fsum(amount for y, amount in by.items() if (target.year_first or target.year) <= y <= target.year)

    def _series(self, wanted: Mapping[str, str], loans: frozenset[str]) -> Series:
        """Of draws of these loans on the projects meant; fees on signed amounts belong to no project, like lines."""
        projects = self._selected(wanted)
        key = (loans, tuple(projects), *(wanted.get(column) for column in OF_OWNERS))
        if key not in self.series:
            fees_of = tuple(s for s in sorted(loans) if self._owed(wanted, s)) if self._all(projects) else ()
            self.series[key] = self.debt.of(self._amounts(projects, loans, wanted), fees_of)
        return self.series[key]

    def _owed(self, wanted: Mapping[str, str], s: str, project: str | None = None) -> bool:
        """Whether who owes what a source pays for a project (None: lines, signed amounts) is whom the filter means."""
        asked = {column: pattern for column, pattern in wanted.items() if column in OF_OWNERS}
        if not asked:
            return True
        who = owner_of(self.case.sources[s], None if project is None else self.case.projects[project])
        said = {"borrower": who, "level": None if who is None else self.case.borrowers[who].level}
        return all(fits(pattern, said[column]) for column, pattern in asked.items())

    def _amounts(self, projects: Sequence[str], loans: frozenset[str], wanted: Mapping[str, str]) -> At:
        """Draws of loans on projects by (source, year); lines belong to no project, so they count only where all
        projects are meant."""
        amounts: dict[tuple[str, int], list[float]] = defaultdict(list)
        if self._all(projects):
            for (s, y), amount in self.funding.line.items():
                if s in loans and self._owed(wanted, s):
                    amounts[s, y].append(amount)
        for key in projects:
            for s, y, amount in self.draws.get(key, ()):
                if s in loans and self._owed(wanted, s, key):
                    amounts[s, y].append(amount)
        return {at: fsum(parts) for at, parts in sorted(amounts.items())}

    def _all(self, projects: Sequence[str]) -> bool:
        """Whether a target that selects these speaks of all projects."""
        return len(projects) == len(self.case.facilities) + len(self.case.packages)

    def _sources(self, wanted: Mapping[str, str]) -> set[str]:
        return {s for s, source in self.case.sources.items() if self._pays(wanted, source)}

    def _loans(self, wanted: Mapping[str, str]) -> frozenset[str]:
        return frozenset(s for s in self._sources(wanted) if self.case.sources[s].kind == "loan")

    def _done(self, key: str, year: int) -> float:
        done = self.case.facilities[key].done
        if done is not None:
            return 1.0 if done <= year else 0.0
        return fsum(share for y, share in self.finished[key].items() if y <= year)

    def _renewed(self, package: Package, year: int) -> float:
        return fsum(km for by in (package.done, self.km[package.id]) for y, km in by.items() if y <= year)

    def _selected(self, wanted: Mapping[str, str]) -> list[str]:
        return selected(self.columns, wanted)

    def _members(self, wanted: Mapping[str, str]) -> list[tuple[str, str]]:
        """(asset, row) of each facility that is meant: the other columns are those of the asset's own facility,
        ``project`` its key or that of the row."""
        pattern = wanted.get("project", "*")
        assets = [key for key in self._selected({**wanted, "project": "*"}) if key in self.assets]
        return [(own, key) for own in assets for key in self.assets[own] if fits(pattern, own) or fits(pattern, key)]

    @staticmethod
    def _pays(wanted: Mapping[str, str], source: Source) -> bool:
        found = {"source": source.id, "partner": source.partner, "currency": source.currency, "group": source.group,
                 "payer": source.who_repays}
        return all(fits(pattern, found[column]) for column, pattern in wanted.items() if column in found)
