"""Stretches that share trenches in a street: hand cases from the case to the verified plan, and against the program in
which every stretch is a package of its own with trenches of its own."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from cases import bursts, edit, target, tiny_case
from test_stretch_benefits import register

from jaryq.api.findings import all_claims, verify
from jaryq.api.question import program_of
from jaryq.api.stretches import priced_by_links, solve_register
from jaryq.api.verified import settled
from jaryq.case.works import Trench
from jaryq.factors.derive import derive
from jaryq.solve.highs import Solver
from jaryq.verify.finding import failed

KEYS = ("N1", "N2", "N3")


def streets_of(rates, streets, km=None):
    """``rates``, ``streets`` (None: in none): by package, of each of its stretches; of 1 km where no ``km`` are
    given."""
    flat = [rate for part in rates for rate in part]
    found = register(flat, [1.0] * len(flat))
    names = sorted({one for part in streets for one in part if one})
    codes = [names.index(one) if one else -1 for part in streets for one in part]
    return replace(found, packages=KEYS[:len(rates)], package=np.repeat(np.arange(len(rates)),
        [len(part) for part in rates]).astype(np.int32), street=np.array(codes, np.int32), streets=tuple(names),
                   segment=np.array([b"%d" % i for part in rates for i in range(len(part))]),
                   km=np.array([each for part in km for each in part]) if km else found.km)


def case_of(rates, streets, trenches, money, km=None, **more):
    """Packages of which a km costs 0.1 bn, stretches that burst so often a year (1 bn each, not at all once renewed);
    evaluated to 2029, no discount, no prices; money by year. Renewed in 2026 a burst a year is worth 3, in 2027 2 and
    what a late year is credited (1), in 2028 likewise: all years are worth the same."""
    case = tiny_case(discount_rate=0.0, indices={}, facilities={}, prices=0, explain="off",
                     targets=(target("T", "km", 0.0),), evaluation_last_year=2029, objective="purse", **more)
    found = streets_of(rates, streets, km)
    packages = {}
    for i, key in enumerate(found.packages):
        here = found.package == i
        length = float(found.km[here].sum())
        mean = float((found.km[here] * found.rate[here]).sum() / length)
        packages[key] = replace(edit(case, "packages", "N1", km=length, km_total=length, unit_cost=0.1,
                                     km_per_year=40.0, savings=0.0, done={},
                                     bursts=bursts(rate=mean, after=0.0, consequence=1.0)).packages["N1"], id=key)
    sources = {"B": replace(case.sources["B"], ceilings=dict(zip((2026, 2027, 2028), money, strict=True)),
                            envelope=sum(money))}
    return replace(case, sources=sources, crews=(), packages=packages, stretches=found,
                   trenches=tuple(Trench(*row, "trenches!A5") for row in trenches))


def planned(case):
    """The plan, what it states, and that all of it holds."""
    f = derive(case)
    program = program_of(f)
    solution = settled(solve_register(f, program, case.stretches), f, program)
    numbers = all_claims(case, f, solution)
    assert failed(verify(f, solution, numbers, program)) == ()
    return f, program, solution, numbers


def done(case, solution):
    return {(*case.stretches.key(int(i)), case.periods[t].label): pytest.approx(km, abs=1e-6)
            for i, t, km in zip(solution.renewed.row, solution.renewed.period, solution.renewed.km, strict=True)}


def test_a_street_of_two_is_renewed_together():
    """Of N1 a km in street A is worth 6, in B 3; of N2 in B 5, in A 3. Together 0.05 of 0.1 are saved, and 0.15 bn can
    be spent in 2026. Both in A cost 0.15 and bring 9. The best of each package, 6 and 5, lie in two streets and cost
    0.2; 6 and a half of 5 are 8.5; both in B 8. So A: 9 - 0.15. (By the km of packages 6 + 5 with the saving:
    10.85.)"""
    case = case_of([[2.0, 1.0], [5 / 3, 1.0]], [["A", "B"], ["B", "A"]], [("N1", "N2", 2.0, 0.05)], (0.15, 0.0, 0.0))
    _, _, solution, numbers = planned(case)
    assert done(case, solution) == {("N1", "0", "2026"): 1.0, ("N2", "1", "2026"): 1.0}
    assert solution.value == pytest.approx(8.85, abs=1e-6)
    assert solution.certified_bound == pytest.approx(8.85, abs=1e-6)
    assert dict(solution.plan.joint) == {("N1+N2", "2026"): pytest.approx(1.0)}
    assert numbers["spending[B,2026]"] == pytest.approx(0.15, abs=1e-6) if "spending[B,2026]" in numbers else True


def test_a_street_of_three_is_one_item():
    """Heat, water and sewer in A are worth 6, 3 and 3, another sewer in no street 4. Heat with water saves 0.04, water
    with sewer 0.05; 0.21 bn can be spent: all three of A cost 0.3 - 0.09 and bring 12. Heat and the other sewer bring
    10 for 0.2; heat and water for 0.16 and half of the other sewer 11. (By the km of packages 6 + 3 + 4 for 0.21.)"""
    case = case_of([[2.0], [1.0], [1.0, 4 / 3]], [["A"], ["A"], ["A", None]],
                   [("N1", "N2", 1.0, 0.04), ("N2", "N3", 1.0, 0.05)], (0.21, 0.0, 0.0))
    _, _, solution, _ = planned(case)
    assert done(case, solution) == {("N1", "0", "2026"): 1.0, ("N2", "0", "2026"): 1.0, ("N3", "0", "2026"): 1.0}
    assert solution.value == pytest.approx(11.79, abs=1e-6)
    assert dict(solution.plan.joint) == {("N1+N2", "2026"): pytest.approx(1.0), ("N2+N3", "2026"): pytest.approx(1.0)}


def test_of_stretches_of_two_lengths_the_shorter_is_shared():
    """2 km of N1 and 1 km of N2 in one street, worth 6 and 3 a km, 0.05 saved a km: both for 0.25 bring 15; 1 km is
    shared. With 0.2 bn: of N1 alone 12 (0.2). With the share s of N1 and all of N2: 0.2 s + 0.1 - 0.05 s = 0.2 gives s
    = 2/3: 8 + 3 = 11; so N1 alone."""
    streets = [[["A"], ["A"]], [("N1", "N2", 5.0, 0.05)]]
    case = case_of([[2.0], [1.0]], streets[0], streets[1], (0.25, 0.0, 0.0), km=[[2.0], [1.0]])
    _, _, solution, _ = planned(case)
    assert solution.value == pytest.approx(15 - 0.25, abs=1e-6)
    assert dict(solution.plan.joint) == {("N1+N2", "2026"): pytest.approx(1.0)}
    case = case_of([[2.0], [1.0]], streets[0], streets[1], (0.2, 0.0, 0.0), km=[[2.0], [1.0]])
    _, _, solution, _ = planned(case)
    assert solution.value == pytest.approx(12 - 0.2, abs=1e-6)


def test_without_a_common_place_nothing_is_shared():
    """Both packages have streets, none in common: 6 + 3 for 0.2, of which 0.15 can be spent: 6 + 1.5."""
    case = case_of([[2.0], [1.0]], [["A"], ["B"]], [("N1", "N2", 1.0, 0.05)], (0.15, 0.0, 0.0))
    _, _, solution, _ = planned(case)
    assert solution.value == pytest.approx(7.5 - 0.15, abs=1e-6)
    assert dict(solution.plan.joint) == {}


@pytest.mark.parametrize("seed", range(8))
def test_streets_are_worth_what_packages_with_trenches_of_their_own_are(seed):
    """Two or three packages of stretches, in streets of which each has a length of its own. The same as packages of one
    stretch each, with a trench for each two that lie together (whose algebra knows no stretches)."""
    chance = Random(seed)
    count = 2 + seed % 2
    names = [f"S{i}" for i in range(5)]
    length = {name: round(chance.uniform(0.3, 2.0), 2) for name in names}
    streets = [chance.sample(names, 4) for _ in range(count)]
    rates = [[round(chance.uniform(0.2, 2.0), 2) for _ in part] for part in streets]
    of = [("N1", "N2", round(chance.uniform(0.01, 0.06), 3))] + ([("N2", "N3", round(chance.uniform(0.01, 0.05), 3))]
        if count == 3 else [])
    money = tuple(round(chance.uniform(0.05, 0.3), 2) for _ in range(3))
    case = case_of(rates, streets, [(one, other, 99.0, saving) for one, other, saving in of], money,
                   km=[[length[name] for name in part] for part in streets])
    f, program, solution, _ = planned(case)
    apart = {f"{key}{name}": replace(case.packages[key], id=f"{key}{name}", km=length[name], km_total=length[name],
                                     bursts=bursts(rate=rate, after=0.0, consequence=1.0))
             for key, part, own in zip(KEYS[:count], streets, rates, strict=True)
             for name, rate in zip(part, own, strict=True)}
    trenches = tuple(Trench(one + name, other + name, length[name], saving, "trenches!A5") for one, other, saving in of
                     for name in names if {one + name, other + name} <= apart.keys())
    assert trenches
    full = program_of(derive(replace(case, packages=apart, trenches=trenches, stretches=None)))
    solver = Solver(full)
    solver.minimise(full.objectives["objective"][0])
    best = -full.value("objective", solver.run().x)
    assert solution.value == pytest.approx(best, abs=1e-6 * abs(best))
    assert solution.certified_bound == pytest.approx(best, abs=1e-6 * abs(best))
    tables = priced_by_links(f, program, solution)
    solver = Solver(tables)
    solver.minimise(tables.objectives["objective"][0])
    assert -tables.value("objective", solver.run().x) == pytest.approx(best, abs=1e-6 * abs(best))


FORGED = {
    "more is shared than lies together": lambda s, n: (replace(s, plan=replace(s.plan, joint={("N1+N2", "2026"): 1.2})),
                                                       n),
    "shared in another year": lambda s, n: (replace(s, plan=replace(s.plan, joint={("N1+N2", "2027"): 1.0})), n),
    "the wrong stretch of a street": lambda s, n: (replace(s,
                                                           renewed=replace(s.renewed, row=np.array([0, 2], np.int32))),
                                                           n),
    "a multiplier of another size": lambda s, n: (replace(s,
                                                          multipliers={**s.multipliers,
                                                          "objective|trench_link[N1+N2,2026]": -9.0}), n),
    "no multiplier": lambda s, n: (replace(s, multipliers={k: v for k, v in s.multipliers.items()
                                                           if "trench_link" not in k}), n),
    "a multiplier of a trench that there is not": lambda s, n: (replace(s,
    multipliers={**s.multipliers, "objective|trench_link[N2+N1,2026]": -1.0}), n),
    "a better bound": lambda s, n: (s, {**n, "bound[objective]": n["bound[objective]"] - 1e-3}),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_street_does_not_hold(what):
    """The street of two of above, whose plan holds: each of these does not."""
    case = case_of([[2.0, 1.0], [5 / 3, 1.0]], [["A", "B"], ["B", "A"]], [("N1", "N2", 2.0, 0.05)], (0.15, 0.0, 0.0))
    f, program, solution, numbers = planned(case)
    assert any("trench_link" in key and value < 0 for key, value in solution.multipliers.items())
    forged, stated = FORGED[what](solution, numbers)
    assert failed(verify(f, forged, stated, program)), what
