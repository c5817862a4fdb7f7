"""Targets: measures, shortfalls, their cost by priority and in the objective (docs/numbers.md, Targets)."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from model.data.case import Case, Facility, Package, Source, Target
from model.data.plan import Plan
from model.verify.debt import Debt, Series
from model.verify.finding import Ledger
from model.verify.funding import At, Funding, sector_of
from model.verify.schedule import Schedule

UNITS_OF = {"km": "km", "facilities": "facilities", "share_done": "share", "spend": "bn KZT", "draw": "bn KZT", "debt_service": "bn KZT",
            "subsidy": "bn KZT", "debt_stock": "bn KZT", "borrowing": "bn KZT", "foreign_share": "bn KZT"}
"""Of the row that is checked: a share of debt is checked as an amount."""
OF_SOURCES = ("source", "partner", "currency", "group", "payer")
"""Columns of selectors that speak of the source, not of the project."""

STEPS = ((0.05, 1.0), (0.15, 2.0), (0.30, 4.0), (float("inf"), 8.0))
"""Widths and slopes of the convex cost of a normalised shortfall."""


@dataclass(frozen=True)
class Missed:
    """What one row reached, and by how much it is missed (recomputed), in the target's unit: of foreign_share, which reaches a fraction, bn KZT.

    ``per_unit``: by how much ``reached`` moves with 1 bn KZT of debt, where it is a share of debt.
    """

    reached: float
    short: float
    excess: float
    per_unit: float = 0.0


@dataclass(frozen=True)
class Row:
    """``left sense right``, as it is checked, and the measure as it is shown."""

    reached: float
    left: float
    right: float
    per_unit: float = 0.0


def fits(pattern: str, value: str | None) -> bool:
    """Whether a selector's value fits; ``*`` stands for any run of characters. What is not stated fits no selector."""
    return value is not None and re.fullmatch(".*".join(re.escape(part) for part in pattern.split("*")), value, re.DOTALL) is not None


def normal(short: float, scale: float) -> float:
    """``u``; without a scale (a share of debt over projects that cost nothing) nothing may be missed."""
    return short / scale if scale > 0.0 else (math.inf if short > 0.0 else 0.0)


def convex(u: float) -> float:
    """Cost of a normalised shortfall: slopes 1, 2, 4, 8 on widths 0.05, 0.15, 0.30 and the rest."""
    cost, left = 0.0, u
    for width, slope in STEPS:
        step = min(left, width)
        cost += slope * step
        left -= step
    return cost


def _columns(case: Case) -> dict[str, dict[str | None, set[str]]]:
    """Keys of projects by column of selectors and value."""
    columns: dict[str, dict[str | None, set[str]]] = {name: defaultdict(set) for name in ("project", "kind", "sector", "type", "region", "zone")}
    for key, project in case.projects.items():
        values = {"project": key, "kind": project.kind, "sector": sector_of(case, project), "type": project.asset_type,
                  "region": project.region, "zone": project.zone}
        for column, value in values.items():
            columns[column][value].add(key)
    return columns


class Measures:
    """The measures over what a target's filter selects."""

    def __init__(self, case: Case, schedule: Schedule, funding: Funding, debt: Debt) -> None:
        self.case, self.debt = case, debt
        self.used = funding.used
        self.series: dict[tuple[frozenset[str], tuple[str, ...]], Series] = {}
        self.columns = _columns(case)
        self.finished = {key: schedule.finished_by_year(key) for key in case.facilities}
        self.km = {key: schedule.km_by_year(key) for key in case.packages}
        self.outlay: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for (p, y), amount in funding.outlay.items():
            self.outlay[p].append((y, amount))
        self.draws: dict[str, list[tuple[str, int, float]]] = defaultdict(list)
        for (s, p, y), amount in funding.plan.draw.items():
            self.draws[p].append((s, y, amount))

    def row(self, target: Target) -> Row:
        """The row of a target: its measure against its value; of foreign_share the foreign debt against that share of all debt."""
        if target.measure != "foreign_share":
            reached = self.of(target)
            return Row(reached, reached, target.value)
        loans = self._loans(target.filter)
        abroad = frozenset(s for s in loans if self.case.sources[s].currency != "KZT")
        foreign = self._series(target.filter, abroad).stock.get(target.year, 0.0)
        debt = self._series(target.filter, self._loans({})).stock.get(target.year, 0.0)
        if debt <= 0.0:
            return Row(0.0, foreign, target.value * debt)
        return Row(foreign / debt, foreign, target.value * debt, 1.0 / debt)

    def of(self, target: Target) -> float:
        """The measure of a target: cumulative to 31 December of its year, or the sum over its years."""
        if target.measure in ("debt_service", "subsidy", "debt_stock"):
            return self._debt(target)
        projects = self._selected(target.filter)
        facilities = [self.case.facilities[key] for key in projects if key in self.case.facilities]
        packages = [self.case.packages[key] for key in projects if key in self.case.packages]
        if target.measure == "km":
            return fsum(self._renewed(package, target.year) for package in packages)
        if target.measure == "facilities":
            return fsum(self._done(facility, target.year) for facility in facilities)
        if target.measure == "share_done":
            whole = fsum([f.overnight for f in facilities] + [n.unit_cost * n.km for n in packages])
            done = fsum([f.overnight * self._done(f, target.year) for f in facilities]
                        + [n.unit_cost * self._renewed(n, target.year) for n in packages])
            return done / whole if whole > 0.0 else 0.0
        years = range(target.year_first or target.year, target.year + 1)
        if target.measure == "spend":
            return fsum(amount for key in projects for y, amount in self.outlay.get(key, ()) if y in years)
        if target.measure == "borrowing":
            return fsum(amount for (_, y), amount in self._amounts(projects, self._loans(target.filter)).items() if y in years)
        sources = self._sources(target.filter)
        return fsum(amount for key in projects for s, y, amount in self.draws.get(key, ()) if s in sources and y in years)

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
        key = (loans, tuple(projects))
        if key not in self.series:
            fees_of = tuple(sorted(loans)) if self._all(projects) else ()
            self.series[key] = self.debt.of(self._amounts(projects, loans), fees_of)
        return self.series[key]

    def _amounts(self, projects: Sequence[str], loans: frozenset[str]) -> At:
        """Draws of loans on projects by (source, year); lines belong to no project, so they count only where all projects are meant."""
        if self._all(projects):
            return {at: amount for at, amount in self.used.items() if at[0] in loans}
        amounts: dict[tuple[str, int], list[float]] = defaultdict(list)
        for key in projects:
            for s, y, amount in self.draws.get(key, ()):
                if s in loans:
                    amounts[s, y].append(amount)
        return {at: fsum(parts) for at, parts in sorted(amounts.items())}

    def _all(self, projects: Sequence[str]) -> bool:
        """Whether a target that selects these speaks of all projects."""
        return len(projects) == len(self.case.facilities) + len(self.case.packages)

    def _sources(self, wanted: Mapping[str, str]) -> set[str]:
        return {s for s, source in self.case.sources.items() if self._pays(wanted, source)}

    def _loans(self, wanted: Mapping[str, str]) -> frozenset[str]:
        return frozenset(s for s in self._sources(wanted) if self.case.sources[s].kind == "loan")

    def _done(self, facility: Facility, year: int) -> float:
        if facility.done is not None:
            return 1.0 if facility.done <= year else 0.0
        return fsum(share for y, share in self.finished[facility.id].items() if y <= year)

    def _renewed(self, package: Package, year: int) -> float:
        return fsum(km for by in (package.done, self.km[package.id]) for y, km in by.items() if y <= year)

    def _selected(self, wanted: Mapping[str, str]) -> list[str]:
        """Keys of the projects that every condition fits; those on the source are for money of sources alone."""
        found = set(self.case.facilities) | set(self.case.packages)
        for column, pattern in wanted.items():
            if column not in OF_SOURCES:
                found &= {key for value, keys in self.columns[column].items() if fits(pattern, value) for key in keys}
        return sorted(found)

    @staticmethod
    def _pays(wanted: Mapping[str, str], source: Source) -> bool:
        found = {"source": source.id, "partner": source.partner, "currency": source.currency, "group": source.group, "payer": source.who_repays}
        return all(fits(pattern, found[column]) for column, pattern in wanted.items() if column in found)


def check_targets(case: Case, plan: Plan, measures: Measures, ledger: Ledger) -> dict[str, Missed]:
    """target_hard, target_short, target_exact; and what each row reached and missed.

    A hard row has no shortfall, so any that is stated for it is too much; likewise an excess stated for a row without one.
    """
    results = {}
    for target in case.targets:
        unit, row = UNITS_OF[target.measure], measures.row(target)
        below, above = max(0.0, row.right - row.left), max(0.0, row.left - row.right)
        short = above if target.sense == "<=" else below
        excess = above if target.sense == "=" else 0.0
        results[target.id] = Missed(row.reached, short, excess, row.per_unit)
        terms = abs(row.left) + abs(row.right)
        hard = target.priority == "hard"
        if hard:
            ledger.note("target_hard", f"target[{target.id}]", row.left, target.sense, row.right, unit, terms)
        for name, true, stated in (("short", short, plan.short.get(target.id, 0.0)), ("excess", excess, plan.excess.get(target.id, 0.0))):
            if not hard:
                ledger.note("target_short", f"{name}[{target.id}]", stated, ">=", true, unit, terms)
            ledger.note("target_exact", f"{name}[{target.id}]", stated, "<=", true if not hard else 0.0, unit, terms)
    return results


def shortfall_costs(case: Case, results: Mapping[str, Missed]) -> dict[str, float]:
    """Normalised shortfall cost of each priority: the sum of the convex cost over its rows."""
    costs: dict[str, list[float]] = {"1": [], "2": [], "3": []}
    for target in case.targets:
        if target.priority in costs:
            missed = results[target.id]
            costs[target.priority] += [convex(normal(missed.short, target.scale)), convex(normal(missed.excess, target.scale))]
    return {priority: fsum(terms) for priority, terms in costs.items()}


def priced(case: Case, results: Mapping[str, Missed]) -> float:
    """What missed targets cost in the objective: those that have a price in place of a priority (conventions.md 10)."""
    rows = [(target, results[target.id]) for target in case.targets if target.priority == "price"]
    return fsum(target.price * (missed.short + missed.excess) for target, missed in rows)
