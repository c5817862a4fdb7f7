"""Shares that hold of the bills so far against programs written apart (scipy's milp, from docs/numbers.md and not from
our rows): random sources, shares and projects, whole and divisible. Plans are worth the same and every check holds; a
plan of the same case without the rule that is worth more is refused by that check alone."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from jaryq.base.errors import Infeasible
from jaryq.case.case import AssetType, Case, Currency
from jaryq.case.plan import Plan
from jaryq.case.works import Paid
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from tests.cases import facility, keyed, named, package, rule, source
from tests.make import bare_case, solved

SEEDS = range(60)
YEARS = (2026, 2027, 2028)
CONTENT = 0.4
"""Of every project, from Japan."""


@dataclass(frozen=True)
class Payer:
    """``price``: what a KZT drawn costs; ``rates``: KZT per unit of its currency, by planned year."""

    key: str
    price: float
    so_far: bool
    share: float | None
    of_project: dict[str, float]
    down: float | None
    ceilings: tuple[float, ...] | None
    envelope: float | None
    open: tuple[int, int]
    rates: tuple[float, ...]

    def part(self, project: str) -> float:
        """The largest part of a project that it may pay for."""
        most = [1.0, *(one for one in (self.share, self.of_project.get(project)) if one is not None)]
        return min(most) if self.down is None else min(*most, (1.0 - self.down) * CONTENT)


@dataclass(frozen=True)
class Work:
    """``ways``: bills in the planned years of each way to do it (a facility), or of a km of each year (a package, of
    which there are ``km``); ``spent``: before, by payer, of what is started."""

    key: str
    ways: tuple[tuple[float, ...], ...]
    benefit: float
    must: bool = False
    km: float | None = None
    spent: dict[str | None, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Programme:
    whole: bool
    payers: tuple[Payer, ...]
    works: tuple[Work, ...]


@cache
def programme(seed: int) -> Programme:
    """Two or three payers, three or four works; money is short."""
    chance = random.Random(f"bills so far, {seed}")
    keys = ["F", "G", "H", "N"][: chance.choice((3, 4))]
    works = tuple(_work(chance, key) for key in keys)
    cost = sum(max(sum(way) for way in work.ways) * (work.km or 1.0) for work in works)
    payers = tuple(_payer(chance, key, keys, cost) for key in ("B", "S", "T")[: chance.choice((2, 3, 3))])
    return Programme(chance.random() < 0.6, payers, works)


def _work(chance: random.Random, key: str) -> Work:
    if key == "N":
        cost = chance.choice((0.5, 1.0))
        ways = tuple(tuple(cost * (y == at) for y in YEARS) for at in YEARS)
        return Work(key, ways, cost * chance.uniform(0.6, 1.6), km=float(chance.randint(4, 20)))
    kind = chance.choice(("stated", "stated", "phases", "started"))
    if kind == "phases":
        half = chance.randint(2, 20) / 2
        ways: tuple[tuple[float, ...], ...] = ((half, half, 0.0), (0.0, half, half))
    else:
        ways = (tuple(float(chance.randint(0, 20)) for _ in YEARS),)
        ways = ways if sum(ways[0]) else ((4.0, 0.0, 5.0),)
    benefit = round(sum(ways[0]) * chance.uniform(0.4, 1.6), 1)
    if kind != "started":
        return Work(key, ways, benefit, must=chance.random() < 0.4)
    spent = {payer: float(chance.randint(1, 15)) for payer in ("S", None) if chance.random() < 0.7}
    return Work(key, ways, benefit, True, spent=spent or {"S": 3.0})


def _payer(chance: random.Random, key: str, works: list[str], cost: float) -> Payer:
    if key == "B":
        ceilings = tuple(round(cost * chance.uniform(0.1, 0.5), 1) for _ in YEARS)
        return Payer(key, 1.0, False, None, {}, None, ceilings, None, (2026, 2028), (1.0,) * 3)
    of_project = {work: chance.choice((0.2, 0.45, 0.7)) for work in works if chance.random() < 0.25}
    limits = None if chance.random() < 0.4 else tuple(round(cost * chance.choice((0.0, 0.2, 0.4)), 1) for _ in YEARS)
    return Payer(key, 0.0 if key == "S" else chance.choice((0.0, 1.0)), chance.random() < 0.8,
                 chance.choice((None, 0.3, 0.6, 0.8)), of_project, chance.choice((None, None, 0.15)), limits,
                 None if chance.random() < 0.6 else round(cost * chance.uniform(0.2, 0.5), 1),
                 chance.choice(((2026, 2028), (2027, 2028), (2026, 2027), (2026, 2026), (2027, 2027))),
                 chance.choice(((1.0,) * 3, (4.0, 5.0, 4.5))))


# The program, written apart ------------------------------------------------------------------------------------------

class Rows:
    """Columns and rows of a small program."""

    def __init__(self) -> None:
        self.value: list[float] = []
        self.most: list[float] = []
        self.least: list[float] = []
        self.whole: list[bool] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []

    def column(self, value: float, most: float = np.inf, least: float = 0.0, whole: bool = False) -> int:
        self.value.append(value)
        self.most.append(most)
        self.least.append(least)
        self.whole.append(whole)
        return len(self.value) - 1

    def row(self, terms: list[tuple[int, float]], least: float, most: float) -> None:
        found: dict[int, float] = Counter()
        for column, factor in terms:
            found[column] += factor
        self.rows.append((found, least, most))

    def best(self) -> float | None:
        """The most that it is worth, whole choices being exactly that; None where there is nothing."""
        found = self._solved(np.array(self.least), np.array(self.most), np.array(self.whole, dtype=int))
        if found is None:
            return None
        at = np.array(self.whole)
        exact = self._solved(*(np.where(at, found.x.round(), ends) for ends in (self.least, self.most)), 0 * at)
        assert exact is not None
        return -float(exact.fun)

    def _solved(self, least: Any, most: Any, whole: Any) -> Any:
        at = [(i, j, a) for i, (terms, _, _) in enumerate(self.rows) for j, a in terms.items()]
        i, j, a = (np.array(part) for part in zip(*at, strict=True))
        matrix = coo_array((a, (i, j)), shape=(len(self.rows), len(self.value))).tocsr()
        found = milp(-np.array(self.value), bounds=Bounds(least, most), integrality=whole,
                     options={"mip_rel_gap": 0.0},
                     constraints=LinearConstraint(matrix, [r[1] for r in self.rows], [r[2] for r in self.rows]))
        assert found.status in (0, 2), found.message
        return None if found.status == 2 else found


def best_of(p: Programme, rule_holds: bool = True) -> float | None:
    """The best plan's benefits less what its money costs."""
    rows, drawn = Rows(), {}
    done = {w.key: [rows.column(w.benefit, w.km or 1.0, whole=p.whole and w.km is None) for _ in w.ways]
            for w in p.works}
    for w in p.works:
        rows.row([(z, 1.0) for z in done[w.key]], (w.km or 1.0) if w.must else 0.0, w.km or 1.0)
        for at in range(3):
            for s in p.payers:
                drawn[s.key, w.key, at] = rows.column(-s.price, np.inf if s.open[0] <= YEARS[at] <= s.open[1] else 0.0)
            rows.row([(drawn[s.key, w.key, at], 1.0) for s in p.payers] + _bills(w, done, at, at, -1.0), 0.0, 0.0)
    for s in p.payers:
        paid = sum(w.spent.get(s.key, 0.0) for w in p.works)
        use = [[(drawn[s.key, w.key, at], 1.0 / s.rates[at]) for w in p.works] for at in range(3)]
        for at in range(3):
            if s.ceilings is not None:
                rows.row(use[at], -np.inf, s.ceilings[at])
        if s.envelope is not None:
            rows.row([term for year in use for term in year], -np.inf, max(0.0, s.envelope - paid / s.rates[0]))
        for w in p.works:
            for last in (range(3) if s.so_far and rule_holds else (2,)):
                _share(rows, s, w, done, [(drawn[s.key, w.key, at], 1.0) for at in range(last + 1)], last)
    return rows.best()


def _bills(w: Work, done: dict[str, list[int]], first: int, last: int, factor: float) -> list[tuple[int, float]]:
    return [(z, factor * sum(way[first: last + 1])) for z, way in zip(done[w.key], w.ways, strict=True)]


def _share(rows: Rows, s: Payer, w: Work, done: dict[str, list[int]], paid: list[tuple[int, float]],
           last: int) -> None:
    part = s.part(w.key)
    if part >= 1.0:
        return
    if w.spent:
        due = sum(w.ways[0][: last + 1])
        rows.row(paid, -np.inf, max(0.0, part * (sum(w.spent.values()) + due) - w.spent.get(s.key, 0.0)))
    else:
        rows.row(paid + _bills(w, done, 0, last, -part), -np.inf, 0.0)


# The same as a case --------------------------------------------------------------------------------------------------

def case_of(p: Programme) -> Case:
    """No discounting, constant prices: a project's worth is the same in whatever year, to 2030."""
    facilities, paid = [], []
    for w in p.works:
        if w.km is not None:
            continue
        paid += [Paid(w.key, payer, 2025, amount) for payer, amount in w.spent.items()]
        more: dict[str, Any] = {"started": 12.0, "must": True} if w.spent else {"must": w.must}
        more |= ({"cost": sum(w.ways[0]), "works_months": 24.0} if len(w.ways) == 2 else
                 {"spend": dict(zip(YEARS, w.ways[0], strict=True))})
        facilities.append(facility(w.key, benefit=w.benefit, life=50.0, **more))
    packages = [package(w.key, km=w.km, unit_cost=max(w.ways[0]), savings=w.benefit / 4.0, life=50.0)
                for w in p.works if w.km is not None]
    return bare_case(
        whole=p.whole, facilities=keyed(*facilities), packages=keyed(*packages), paid=tuple(paid), tie_break=False,
        sources=keyed(*(_source(s) for s in p.payers)),
        rules=tuple(each for s in p.payers for each in (
            *(rule(s.key, project=key, max_share=most) for key, most in s.of_project.items()), rule(s.key))),
        asset_types=keyed(*(AssetType(**named(key), sector="heat", life=20.0, content={"JP": CONTENT})
                            for key in ("plant", "pipe"))),
        currencies=keyed(Currency(**named("JPY"), rates={2025: 4.0, 2026: 4.0, 2027: 5.0, 2028: 4.5})))


def _source(s: Payer) -> Any:
    kind = {"kind": "grant", "partner": "JP"} if not s.price else {"partner": "JP" if s.down is not None else "KZ"}
    return source(s.key, **kind, currency="KZT" if s.rates[0] == 1.0 else "JPY", max_share=s.share,
                  share_holds="so_far" if s.so_far else "in_all", down_payment=s.down, available_from=s.open[0],
                  available_to=s.open[1],
                  ceilings={} if s.ceilings is None else dict(zip(YEARS, s.ceilings, strict=True)),
                  envelope=s.envelope)


def planned(case: Case) -> tuple[float, Plan] | None:
    """What the plan of a case is worth, and the plan; None where there is none."""
    try:
        found = solved(case)
    except Infeasible:
        return None
    return next(stage.value for stage in found.stages if stage.name == "objective"), found.plan


def broken(case: Case, plan: Plan) -> set[str]:
    return {one.check for one in failed(recompute(case, plan)[1])}


def in_all(case: Case) -> Case:
    """The case without the rule."""
    return replace(case, sources={key: replace(one, share_holds="in_all") for key, one in case.sources.items()})


@pytest.mark.parametrize("seed", SEEDS)
def test_plans_are_worth_what_a_program_written_apart_says(seed: int) -> None:
    p = programme(seed)
    case, best, free = case_of(p), best_of(p), best_of(p, rule_holds=False)
    found, loose = planned(case), planned(in_all(case))
    assert [plan and plan[0] for plan in (found, loose)] == [
        value if value is None else pytest.approx(value, abs=1e-6) for value in (best, free)]
    assert found is None or broken(case, found[1]) == set()
    if loose is not None and free is not None:
        assert broken(in_all(case), loose[1]) == set()
        assert broken(case, loose[1]) == {"share_so_far"} if best is None or free > best + 1e-6 else (
            broken(case, loose[1]) <= {"share_so_far"})


def test_the_rule_mattered() -> None:
    """It makes plans dearer, whole and divisible, also of programmes with started works and with km."""
    found = Counter()
    for p in map(programme, SEEDS):
        best, free = best_of(p), best_of(p, rule_holds=False)
        if best is not None and free is not None and free > best + 1e-6:
            found.update(("whole" if p.whole else "divisible", *({"started"} if any(w.spent for w in p.works) else ()),
                          *({"km"} if any(w.km for w in p.works) else ())))
    assert {name for name in ("whole", "divisible", "started", "km") if found[name] < 5} == set()
