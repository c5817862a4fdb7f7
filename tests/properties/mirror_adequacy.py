"""Balances, ties, outages, bills, borrowers and guarantees for random small cases; by a chance of its own, so that the
cases without them stay as they were."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from jaryq.case.areas import Balance, Borrower, Tie
from jaryq.case.case import Case, Region
from jaryq.case.works import Outage, months_between
from jaryq.solve.solution import Solution
from tests.cases import keyed, named, quantity, target

UNIT = "Gcal/h"


def with_adequacy(seed: int, case: Case) -> Case:
    """Two of five have balances, two of five borrowers, bills of households or guarantees."""
    chance = random.Random(f"adequacy of {seed}")
    if chance.random() < 0.4:
        case = _with_balances(chance, case)
    return _with_debt(chance, case) if chance.random() < 0.4 else case


def _some(chance: random.Random, low: float, high: float) -> float:
    return round(chance.uniform(low, high), 1)


def _with_balances(chance: random.Random, case: Case) -> Case:
    def of(project: Any, size: float) -> Any:
        more = {key: _some(chance, -0.2, 1.0) * size for key in ("firm", "tie") if chance.random() < 0.7}
        return replace(project, quantities={**project.quantities,
                                            **{key: amount for key, amount in more.items() if amount}})

    facilities = {key: replace(of(one, 20.0), outage=Outage(chance.choice((0.0, 2.0, 6.0)), _some(chance, 1, 15), UNIT)
                               if one.outage.capacity is None else one.outage)
                  for key, one in case.facilities.items()}
    last = case.settings.last_year
    years = range(case.settings.plan_from, last + 1 + chance.choice((0, 1, 1, 2)))
    # Where nothing later is stated a price that goes on has the next year for it, as the Case is built.
    ends = (last - 1, last, last + 2) if len(years) > len(case.settings.years) else (last - 1, last)
    months = chance.choice((months_between(11, 2), months_between(11, 2), months_between(1, 3)))
    ways = chance.choice(("price", "priority", "mixed", "told"))
    areas = []
    for i, region in enumerate(("R1", "R2")):
        weighed = {"price": {"price": 0.05}, "priority": {"priority": chance.choice(("1", "2", "3"))}, "told": {},
                   "mixed": {"price": 0.05} if i else {"priority": "2"}}[ways]
        areas.append(Balance(
            area=region, unit=UNIT, origin="test", quantity="firm", regions=frozenset({region}), months=months,
            reserve=chance.choice((0.0, 0.1)),
            peak={y: _some(chance, 30, 60) for y in years}, available={y: _some(chance, 20, 60) for y in years},
            priced_to=chance.choice(ends), **weighed))
    ties = (Tie(**named("T"), a="R1", b="R2", unit=UNIT, quantity=chance.choice((None, "tie")),
                capacity={y: _some(chance, 0, 20) for y in years}),)
    goal = target("DF", "deficit", 5.0, chance.choice((last, years[-1])), sense="<=",
                  priority=chance.choice(("1", "3", "price")), price=0.01, unit=UNIT,
                  filter=chance.choice(({}, {"area": "R1"})))
    return replace(
        case, facilities=facilities, packages={key: of(one, 0.5) for key, one in case.packages.items()},
        balances=tuple(areas),
        ties=ties if chance.random() < 0.7 else (), targets=(*case.targets,
        *((goal,) if chance.random() < 0.4 else ())),
        quantities={**case.quantities, **keyed(quantity("firm", unit=UNIT, value=chance.choice((None, 1e8))),
                                               quantity("tie", unit=UNIT))})


def _with_debt(chance: random.Random, case: Case) -> Case:
    region = Region(**{**vars(case.regions.get("R1", Region(**named("R1")))), "population": 20_000.0,
                       "income": 100_000.0})
    years = range(case.settings.plan_from, case.settings.last_year + 5)
    owners = keyed(*(Borrower(**named(key), level=level, cover=chance.choice((1.0, 1.3)),
                              priority=chance.choice((None, "1", "2", "3")),
                              growth=chance.choice((None, 0.05)),
                              cash={y: _some(chance, -0.3, 0.4)
                                    for y in (*years[:3], *(years[3:] if chance.random() < 0.5 else ()))},
                              other={2028: 0.3} if chance.random() < 0.5 else {})
                              for key, level in (("U", "company"), ("W", "local"))))

    if any(one.kind == "loan" and (one.effective_months or one.pace) for one in case.sources.values()):
        # Whether a year in which no draw that pace allows can cause service has a row is not yet said by both sides
        # alike.
        owners = {key: replace(one, priority=None) for key, one in owners.items()}

    def owed(projects: Any) -> dict[str, Any]:
        return {key: replace(one, borrower=chance.choice((None, "U", "U", "W"))) for key, one in projects.items()}

    sources = {key: replace(one, borrower=chance.choice((None, None, "W")), guaranteed=chance.choice((0.0, 0.0, 0.8)))
               if one.kind == "loan" else one
               for key, one in case.sources.items()}
    tariffs = tuple(replace(t, invested=chance.choice((0.0, 0.2)), household_share=0.7,
                            rises=dict.fromkeys(case.settings.years, t.rise)) for t in case.tariffs)
    rows = [target("GU", "guarantees", 2.0, 2028, sense="<=", unit="bn KZT"),
            target("NG", "new_guarantees", 2.0, 2028, year_first=2026, sense="<=", unit="bn KZT"),
            target("LO", "debt_stock", 2.0, 2028, sense="<=", unit="bn KZT", filter={"level": "local"}),
            target("SV", "debt_service", 0.5, 2028, year_first=2027, sense="<=", unit="bn KZT",
                   filter={"borrower": "U"})]
    if tariffs:
        rows.append(target("BU", "burden", 0.25, 2028, sense="<=", unit="%"))
    goals = [replace(row, priority=chance.choice(("1", "2", "3", "price")), price=0.2)
             for row in chance.sample(rows, chance.randint(0, 2))]
    return replace(case, borrowers=owners, facilities=owed(case.facilities), packages=owed(case.packages),
                   sources=sources, tariffs=tariffs,
                   regions={**case.regions, "R1": region}, targets=(*case.targets, *goals))


FEATURES = {
    "a deficit of a balance at a price", "a deficit of a balance of a priority", "a deficit that is told", "a flow",
    "works that add at a peak",
    "a later year of a balance", "service that is covered", "guarantees", "households",
}
"""What of these has to be used by plans."""


def used_of_adequacy(case: Case, solution: Solution) -> set[str]:
    """The features that a plan uses."""
    plan, found = solution.plan, set()
    for (b, y), amount in plan.deficit.items():
        if amount > 1e-6:
            balance = case.balance_at[b]
            found.add("a deficit of a balance at a price" if balance.price else "a deficit of a balance of a priority"
                      if balance.priority else "a deficit that is told")
            if y > case.settings.last_year:
                found.add("a later year of a balance")
    if any(amount > 1e-6 for amount in plan.flow.values()):
        found.add("a flow")
    done = {p for (p, _), amount in (*plan.start.items(), *plan.renew.items()) if amount > 1e-6}
    if case.balances and any(case.project(p).quantities.get("firm") for p in done):
        found.add("works that add at a peak")
    if any(key.startswith("dscr[") and amount > 1e-6 for key, amount in plan.short.items()):
        found.add("cover that falls short")
    drawn = {(s, p) for (s, p, _), amount in plan.draw.items() if amount > 1e-6}
    if case.borrowers and any(case.sources[s].kind == "loan" and (case.sources[s].borrower or case.project(p).borrower)
                              for s, p in drawn):
        found.add("service that is covered")
    if any(case.sources[s].guaranteed > 0 for s, _ in drawn):
        found.add("guarantees")
    return found | ({"households"} if any(t.household_share for t in case.tariffs) else set())
