"""Streets whose stretches share trenches: groups and cells agree with the program that has a column for every stretch
and every shared trench of a place."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog
from streets import full_streets, random_streets
from test_stretch_groups import agree
from test_stretch_runs import asked, best_of_all, bounds_hold

from jaryq.solve.highs import Solver
from jaryq.solve.stages import linear_stages
from jaryq.solve.stretches import stages, whole
from jaryq.solve.stretches.exact import earned, rounded_price
from jaryq.solve.stretches.fill_together import filled
from jaryq.solve.stretches.places import EDGES, answers, laid
from jaryq.solve.stretches.pricing import earned_alike
from jaryq.solve.stretches.run import solve_with_stretches
from jaryq.solve.stretches.stages import in_stages

SEEDS = [*range(8), *(pytest.param(seed, marks=pytest.mark.exhaustive) for seed in range(8, 200))]


@pytest.mark.parametrize("seed", SEEDS)
def test_cells_agree_with_the_full_program(seed):
    base, register = random_streets(seed, stretches=30 + seed % 60, attributes=seed % 4 >= 2)
    agree(base, register, full_streets(base, register))


def shared_of(register, km):
    """What every pair of packages may share in each period with ``km[i, t]`` renewed, by hand: the same part of
    both."""
    places = register.places
    _, _, ones, others, pairs = places.edge
    found = np.zeros((len(places.trenches), register.periods))
    for i, j, length, q in zip(ones, others, places.edge_km, pairs, strict=True):
        found[q] += length * np.minimum(km[i] / register.km[i], km[j] / register.km[j])
    return found


@pytest.mark.parametrize("seed", [*range(8), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(8, 60))])
def test_stages_are_proved_and_told_by_stretch(seed):
    """Shortfall, objective and earliest as in the full program; the bound in exact arithmetic closes; with the
    stretches filled all km and all that is shared is there."""
    base, register = random_streets(seed, stretches=30 + seed % 30, stages=3, attributes=seed % 4 >= 2)
    full = full_streets(base, register)
    expected = linear_stages(full, tuple(full.objectives), Solver(full)).values
    for stage in solve_with_stretches(asked(base, False), base, register).solution.stages:
        size = max(1.0, abs(expected[stage.name]))
        assert stage.value == pytest.approx(expected[stage.name], abs=1e-7 * size)
        assert stage.bound == pytest.approx(stage.value, abs=1e-6 * size)
    reached = in_stages(base, register, tuple(base.objectives))
    assert reached.values["earliest"] == pytest.approx(expected["earliest"], rel=1e-4, abs=1e-4)
    told = filled(register, reached.partition, reached.km, reached.x, "objective")
    km = np.zeros((len(register.km), register.periods))
    km[told.row, told.period] = told.km
    assert np.all(km.sum(axis=1) <= register.km + 1e-6)
    places = register.places
    together = shared_of(register, km) if places is not None else np.zeros((0, register.periods))
    for n, t in zip(*np.nonzero(register.column >= 0), strict=True):
        amount = reached.x[register.column[n, t]]
        if places is not None and n in places.rows:
            q = next(q for q, rows in enumerate(places.trenches) if n in rows)
            assert amount <= together[q, t] + 1e-5
        else:
            assert km[register.package == n, t].sum() == pytest.approx(amount, abs=1e-5)


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(6, 40))])
def test_with_many_groups_what_has_no_value_is_chosen_among_them(seed, monkeypatch):
    """What has a value is as in the full program; what has none cannot be better than there, and is no worse than at
    the point where the objective was reached."""
    monkeypatch.setattr(stages, "MANY", 0)
    base, register = random_streets(seed, stretches=30 + seed % 30, stages=3, attributes=seed % 4 >= 2)
    full = full_streets(base, register)
    expected = linear_stages(full, tuple(full.objectives), Solver(full)).values
    *proved, last = base.objectives
    before, reached = (in_stages(base, register, names) for names in (tuple(proved), (*proved, last)))
    for name in proved:
        assert reached.values[name] == pytest.approx(expected[name], abs=1e-6 * max(1.0, abs(expected[name])))
        assert base.value(name, reached.x) == pytest.approx(base.value(name, before.x), rel=1e-6, abs=1e-6)
    assert last == "earliest"
    size = max(1.0, abs(expected[last]))
    assert expected[last] - 1e-4 * size <= reached.values[last] <= base.value(last, before.x) + 1e-6 * size
    told = filled(register, reached.partition, reached.km, reached.x, "objective")
    km = np.zeros((len(register.km), register.periods))
    km[told.row, told.period] = told.km
    assert np.all(km.sum(axis=1) <= register.km + 1e-6)


@pytest.mark.parametrize("single", [True, False])
@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(4, 16))])
def test_whole_facilities_beside_streets(seed, single, monkeypatch):
    """Against all choices of the facilities, each by the full program: with every stretch a group of its own within the
    gap told; over few groups between value and certified bound."""
    if not single:
        monkeypatch.setattr(whole, "SINGLE", 0)
    base, register = random_streets(seed, stretches=24, stages=3, whole=3, attributes=seed % 3 == 1)
    expected = best_of_all(base, register, full_streets)
    found = {stage.name: stage for stage in solve_with_stretches(asked(base, True), base, register).solution.stages}
    size = max(1.0, abs(expected["objective"]))
    bounds_hold(found, expected)
    if single:
        assert found["priority_1"].value <= expected["priority_1"] + 2e-6 * max(1.0, expected["priority_1"])
        assert found["objective"].value <= expected["objective"] + found["objective"].search.gap.size + 1e-6 * size


def of_hand(worth, saves):
    """One place: what it earns, the periods, who is joined."""
    found = answers(np.array([worth], dtype=float), np.array([saves], dtype=float))
    return found.value[0], found.period[0].tolist(), found.joined[0].tolist()


NONE = [-np.inf, -np.inf]


def test_a_street_of_two_by_hand():
    """Heat worth 2 and 1, water 0 and 0.9 in two periods. 0.5 saved together: 2.9 apart. 1 saved in the first: 3
    together there. Nothing is renewed for less than nothing."""
    heat, water = [2.0, 1.0], [0.0, 0.9]
    assert of_hand([heat, water, NONE], [[0.5, 0.5], [0, 0], [0, 0]]) == (pytest.approx(2.9), [0, 1, -1], [0, 0, 0])
    assert of_hand([heat, water, NONE], [[1.0, 1.0], [0, 0], [0, 0]]) == (pytest.approx(3.0), [0, 0, -1], [1, 1, 0])
    assert of_hand([[-1.0, -2.0], [-1.0, -1.0], NONE], [[1.5, 1.5], [0, 0], [0, 0]]) == (0.0, [-1, -1, -1], [0, 0, 0])


def test_a_street_of_three_by_hand():
    """Sewer besides, worth 0.5 and 0.3, 0.6 saved with water, 0.5 between heat and water: heat alone first, water and
    sewer together in the second: 3.8. All three together where both save 1: 2 + 0 + 0.5 + 2 = 4.5. In halves: each two
    save 1, each two in a period of their own, nothing else is worth anything: 1.5 in halves, 1 else."""
    heat, water, sewer = [2.0, 1.0], [0.0, 0.9], [0.5, 0.3]
    assert of_hand([heat, water, sewer], [[0.5, 0.5], [0, 0], [0.6, 0.6]]) == (pytest.approx(3.8), [0, 1, 1], [0, 4, 4])
    assert of_hand([heat, water, sewer], [[1.0, 1.0], [0, 0], [1.0, 1.0]]) == (pytest.approx(4.5), [0, 0, 0], [7, 7, 7])
    none = [0.0, 0.0, 0.0]
    assert of_hand([none, none, none], [[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]])[0] == pytest.approx(1.5)


def best_by_program(worth, saves):
    """The same place as a linear program: parts of each in each period, and what each two share at most these."""
    periods = worth.shape[1]
    there = [(m, t) for m in range(3) for t in range(periods) if np.isfinite(worth[m, t])]
    pairs = [(e, t) for e, t in product(range(3), range(periods)) if all((m, t) in there for m in EDGES[e])]
    rows, sides = [], []
    for m in range(3):
        rows.append([1.0 if one[0] == m else 0.0 for one in there] + [0.0] * len(pairs))
        sides.append(1.0)
    for k, (e, t) in enumerate(pairs):
        for m in EDGES[e]:
            row = [0.0] * (len(there) + len(pairs))
            row[there.index((m, t))], row[len(there) + k] = -1.0, 1.0
            rows.append(row)
            sides.append(0.0)
    return -linprog([-worth[m, t] for m, t in there] + [-saves[e, t] for e, t in pairs], A_ub=rows,
                    b_ub=sides).fun if there else 0.0


@pytest.mark.parametrize("seed", range(30))
def test_what_a_place_earns_is_the_best_of_its_program(seed):
    chance = np.random.default_rng(seed)
    worth, saves = chance.uniform(-1, 1, (3, 4)), chance.uniform(0, 1.5, (3, 4)) * (chance.random((3, 1)) < 0.8)
    worth[chance.random((3, 4)) < 0.2] = -np.inf
    if seed % 3 == 0:
        worth[2], saves[1:] = -np.inf, 0.0
    assert answers(worth[None], saves[None]).value[0] == pytest.approx(best_by_program(worth, saves), abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_whole_numbers_are_never_less_than_in_fractions(seed):
    """Of the very floats, the closed form in fractions; at most what rounding costs above."""
    base, register = random_streets(seed + 4, attributes=True)
    places = register.places
    chance = np.random.default_rng(seed)
    links = rounded_price(chance.normal(0, 2, register.column.shape))
    links[places.rows] = -np.abs(links[places.rows])
    dual = chance.normal(0, 1, base.shape[0])

    def worth(i, t):
        n = register.package[i]
        if register.column[n, t] < 0:
            return None
        return Fraction(register.km[i]) * (-Fraction(links[n, t]) - Fraction(register.costs["objective"][i, t]) + sum(
            Fraction(dual[k]) * Fraction(weight[n]) * Fraction(one.table[i, t]) for one in register.uses
            for k, weight in one.weights.items()))

    def best(members, edges):
        totals = []
        for t in range(register.periods):
            mine = [worth(i, t) for i in members]
            if None not in mine:
                totals.append(sum(mine) + sum(Fraction(places.km[h, e]) * sum(Fraction(max(-links[k, t], 0.0))
                    for k in places.trenches[places.pair[h, e]]) for h, e in edges))
        return max(totals, default=None)

    exact = sum(max(best([i], []) or Fraction(0), Fraction(0)) for i in np.flatnonzero(~register.placed))
    for h in range(len(places)):
        members = [i for i in places.member[h] if i >= 0]
        alone = {i: max(best([i], []) or Fraction(0), Fraction(0)) for i in members}
        gains, pairs = [Fraction(0)], []
        for e, (a, b) in enumerate(EDGES):
            if max(a, b) < len(members):
                found = best([members[a], members[b]], [(h, e)] if places.pair[h, e] >= 0 else [])
                pairs.append(Fraction(0) if found is None else max(found - alone[members[a]] - alone[members[b]],
                    Fraction(0)))
        if len(members) == 3 and (found := best(members, [(h, e) for e in range(3)
                                                          if places.pair[h, e] >= 0])) is not None:
            gains.append(found - sum(alone.values()))
        exact += sum(alone.values()) + max(*gains, *pairs, sum(pairs) / 2, Fraction(0))
    found = earned(register, "objective", links, dual)
    assert exact <= found <= exact + Fraction(1, 10**8)
    assert earned_alike(register, "objective", links, dual) == pytest.approx(float(exact), rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_earns_exactly_nothing(seed):
    """Without prices and in a stage that stretches cost nothing a place earns nothing: no last bit for each of its
    members, which would add up over a city."""
    _, register = random_streets(seed, stretches=60)
    assert len(register.places) > 0
    assert earned(register, "none", np.zeros(register.column.shape), np.zeros(1)) == 0


def test_places_are_the_stretches_that_trenches_join():
    """Street 0: packages 0, 1 and 2 (trenches 0-1 and 1-2, rows 3 and 4); street 1: 0 and 2, which share nothing;
    street 2: 0 and 1 of 2 and 3 km share 2. Four of a street joined in a row are refused."""
    place, package, km = np.array([0, 1, 2, 0, 2, 0, 1]), np.array([0, 0, 0, 1, 1, 2, 2]), np.array([1.0, 1.0, 2.0, 4.0,
        3.0, 0.5, 1.0])
    found = laid(place, package, km, [(0, 1, 3), (2, 1, 4)])
    assert {tuple(sorted(i for i in row if i >= 0)) for row in found.member.tolist()} == {(0, 3, 5), (2, 4)}
    _, _, ones, others, pairs = found.edge
    assert {(frozenset((i, j)), length, found.trenches[q])
            for i, j, length, q in zip(ones.tolist(), others.tolist(), found.edge_km.tolist(), pairs.tolist(),
                                       strict=True)} == {
        (frozenset((0, 3)), 1.0, (3,)), (frozenset((3, 5)), 0.5, (4,)), (frozenset((2, 4)), 2.0, (3,))}
    assert found.rows.tolist() == [3, 4]
    assert laid(place, package, km, []) is None
    with pytest.raises(ValueError, match="three"):
        laid(np.zeros(4, dtype=int), np.arange(4), np.ones(4), [(0, 1, 4), (1, 2, 5), (2, 3, 6)])
