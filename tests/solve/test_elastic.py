"""Conflicts and repairs of small programs against what can be computed beside them: scipy for points, all choices for
whole ones."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from jaryq.solve import irreducible as module
from jaryq.solve.elastic import Elastic, Follows, Give, repair
from jaryq.solve.irreducible import irreducible
from tests.solve.programs import INF, lp

LATER = 1e18
SEEDS = range(12)


def random_elastic(seed, whole=False):
    """Six limits on four columns of 0 to 10, most of them at odds: demands >= and ceilings <=, each with a limit of its
    own that may move by 30 either way."""
    rng = np.random.default_rng(seed)
    rows = []
    for k in range(6):
        at = rng.integers(0, 4, 4).astype(float) * rng.integers(0, 2, 4)
        at[rng.integers(4)] = 1.0
        side = float(rng.integers(1, 16))
        rows.append((at.tolist(), side + 8 * whole, INF) if k % 2 else (at.tolist(), -INF, side))
    program = lp(rows, {"objective": [0] * 4}, high=[1 if whole else 10] * 4, whole=range(4 * whole))
    gives = tuple(Give(f"g{k}", {k: 1.0}, 30.0, 30.0, size=float(rng.integers(5, 15))) for k in range(6))
    return Elastic(program, gives)


def point(program, kept, whole):
    """Whether a point keeps the rows of ``kept``, by scipy or by trying all choices."""
    matrix = program.matrix.toarray()
    if whole:
        points = [np.array(x, dtype=float) for x in product((0, 1), repeat=4)]
        return any(all(program.row_lower[k] - 1e-9 <= matrix[k] @ x <= program.row_upper[k] + 1e-9 for k in kept)
                   for x in points)
    sides = [(sign * matrix[k], sign * side) for k in kept
             for sign, side in ((1, program.row_upper[k]), (-1, program.row_lower[k])) if np.isfinite(side)]
    found = linprog(np.zeros(4), A_ub=[row for row, _ in sides] or None, b_ub=[side for _, side in sides] or None,
                    bounds=[(0, 10)] * 4, method="highs")
    return found.status == 0


@pytest.mark.parametrize("whole", [False, True], ids=["parts", "whole"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_conflict_is_one_and_needs_all_its_limits(seed, whole):
    elastic = random_elastic(seed, whole)
    found = irreducible(elastic, range(6), whole, LATER)
    if point(elastic.wide, range(6), whole):
        assert found is None
        return
    assert found is not None
    assert found.irreducible
    assert found.proof in ("farkas", "branching")
    assert not point(elastic.wide, found.limits, whole)
    for one in found.limits:
        assert point(elastic.wide, [k for k in found.limits if k != one], whole)


def test_some_of_them_have_a_conflict_and_some_need_branching():
    found = [irreducible(random_elastic(seed, True), range(6), True, LATER) for seed in SEEDS]
    assert {one.proof for one in found if one} >= {"farkas"}
    assert irreducible(halves(), range(2), True, LATER).proof == "branching"


def halves():
    """x + y = 1 and x = y: 0.5 each, never whole."""
    program = lp([([1, 1], 1, 1), ([1, -1], 0, 0)], {"objective": [0, 0]}, high=[1, 1], whole=(0, 1))
    return Elastic(program, (Give("sum", {0: 1.0}, 2.0, 2.0), Give("same", {1: 1.0}, 2.0, 2.0)))


def test_what_branching_cannot_prove_is_the_solvers_word(monkeypatch):
    monkeypatch.setattr(module, "LEAVES", 0)
    found = irreducible(halves(), range(2), True, LATER)
    assert (found.limits, found.proof, found.leaves) == ((0, 1), "solver", 0)


def test_without_time_what_was_not_tried_is_told():
    elastic = next(one for one in map(random_elastic, SEEDS) if irreducible(one, range(6), False, LATER))
    found = irreducible(elastic, range(6), False, 0.0)
    assert not found.irreducible
    assert not point(elastic.wide, found.limits, False)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_repair_costs_the_least(seed):
    """The convex cost of its moves is that of a linear program written out here; with the moves there is a point."""
    elastic = random_elastic(seed)
    found = repair(elastic, range(6), False, 10.0)
    matrix = elastic.wide.matrix.toarray()
    sizes = [give.size for give in elastic.gives]
    # Columns: x (4), and of each limit ten stretches up and ten down.
    stretch = [0.1 * size if n < 9 else 30.0 for size in sizes for _ in range(2) for n in range(10)]
    cost = [0.0] * 4 + [(n + 1) / size for size in sizes for _ in range(2) for n in range(10)]
    rows, sides = [], []
    for k in range(6):
        for sign, side in ((1, elastic.wide.row_upper[k]), (-1, elastic.wide.row_lower[k])):
            if np.isfinite(side):
                moved = [(-1.0 if n < 10 else 1.0) if g == k else 0.0 for g in range(6) for n in range(20)]
                rows.append(sign * np.array([*matrix[k], *moved]))
                sides.append(sign * side)
    least = linprog(cost, A_ub=rows, b_ub=sides, bounds=[(0, 10)] * 4 + [(0, most) for most in stretch],
                    method="highs").fun
    assert sum(convex(abs(move) / sizes[g]) for g, move in found.moves.items()) == pytest.approx(least, abs=1e-6)
    for k in range(6):
        body = matrix[k] @ found.x - found.moves.get(k, 0.0)
        assert elastic.wide.row_lower[k] - 1e-6 <= body <= elastic.wide.row_upper[k] + 1e-6


def convex(u):
    return sum((n + 1) * min(max(u - 0.1 * n, 0.0), 0.1 if n < 9 else INF) for n in range(10))


def test_a_bound_that_follows_moves_with_its_limit():
    """x >= 4, x at most half of a limit of 6: the limit to 8 (2 of 6); by whole units of 5, to 11."""
    program = lp([([1], 4, INF)], {"objective": [0]}, high=[100])
    for steps, move in ((False, 2.0), (True, 2.0)):
        elastic = Elastic(program, (Give("g", {}, 30.0, 30.0, 6.0, steps),), (Follows(0, 3.0, {0: 0.5}),))
        assert repair(elastic, [0], False, 10.0).moves == {0: pytest.approx(move)}
    by_three = Elastic(program, (Give("g", {}, 30.0, 30.0, 6.0, True),), (Follows(0, 3.0, {0: 0.4}),))
    assert repair(by_three, [0], False, 10.0).moves == {0: pytest.approx(3.0)}


def test_nothing_repairs_what_may_not_move():
    assert repair(random_elastic(next(seed for seed in SEEDS if not point(random_elastic(seed).wide, range(6), False))),
                  [], False, 10.0) is None
