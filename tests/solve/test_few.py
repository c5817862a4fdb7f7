"""The tree for whole plans of which little is open: its point is the best of all, ties are settled by earlier starts,
and the solver's own search is not asked where it ends."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from jaryq.solve import few, near
from jaryq.solve.few import Few
from jaryq.solve.limits import Limits
from jaryq.solve.solution import Gap
from tests.solve.programs import lp

BOX = Limits.of({}, None, float("inf"), 0)


def choices(rows, worth, names):
    """Whole columns of 0 or 1 with these names; rows as in ``lp``."""
    count = len(worth)
    plain = lp(rows, {"objective": tuple(-w for w in worth)}, high=(1.0,) * count)
    return replace(plain, whole=np.ones(count, dtype=np.bool_), columns=names)


def starts(facilities, periods):
    return tuple(("start", (f"F{i}", f"{2026 + k}")) for i in range(facilities) for k in range(periods))


@pytest.mark.parametrize("seed", range(12))
def test_the_best_of_all_points(seed):
    """Five facilities of three starts each, at most one start each, two budgets: the point is the best of the 1,024,
    and of those as good as it the one with the earliest starts (values are whole numbers of a few sizes, so ties are
    many)."""
    chance = np.random.default_rng(seed)
    worth = chance.integers(1, 4, size=15).astype(float)
    costs = chance.integers(1, 6, size=(2, 15)).astype(float)
    once = [(tuple(float(j // 3 == i) for j in range(15)), -np.inf, 1.0) for i in range(5)]
    budgets = [(tuple(row), -np.inf, 7.0) for row in costs.tolist()]
    program = choices([*once, *budgets], worth.tolist(), starts(5, 3))
    points = []
    for chosen in product(range(4), repeat=5):
        x = np.zeros(15)
        for i, k in enumerate(chosen):
            if k < 3:
                x[3 * i + k] = 1.0
        if np.all(costs @ x <= 7.0):
            points.append((float(worth @ x), -sum(k for k in chosen if k < 3)))
    best, position = max(points)
    found = Few(program, "objective", BOX)
    x = found.best()
    assert not found.cut
    assert (float(worth @ x), -float(np.arange(15) % 3 @ x)) == pytest.approx((best, position))


def test_of_two_starts_that_cost_the_same_the_earlier_one():
    """One facility, three starts, worth 5, 5 and 4: the first."""
    program = choices([((1.0, 1.0, 1.0), -np.inf, 1.0)], [5.0, 5.0, 4.0], starts(1, 3))
    assert Few(program, "objective", BOX).best().tolist() == pytest.approx([1.0, 0.0, 0.0])


def test_nothing_where_no_point_keeps_the_rows():
    """x0 + x1 between 0.4 and 0.6: in part there are points, whole ones there are not."""
    program = choices([((1.0, 1.0), 0.4, 0.6)], [1.0, 1.0], starts(2, 1))
    found = Few(program, "objective", BOX)
    assert found.best() is None
    assert not found.cut


def knapsack():
    """x0 to x3 worth 5, 4, 3, 1 at 4, 3, 2, 1 of 5: best x1 and x2, 7; divisible x2, x1, 0 of x0, 7 too; of 4.5 a part
    is left: 4 and 3 for x0."""
    return choices([((4.0, 3.0, 2.0, 1.0), -np.inf, 4.5)], [5.0, 4.0, 3.0, 1.0], starts(4, 1))


@pytest.mark.parametrize(("name", "most"), [("FEW", 0), ("PROGRAMS", 1)])
def test_a_tree_that_is_not_to_grow_is_cut(monkeypatch, name, most):
    whole_tree = Few(knapsack(), "objective", BOX)
    assert knapsack().value("objective", whole_tree.best()) == pytest.approx(-5.0)
    assert not whole_tree.cut
    assert whole_tree.programs > 1
    monkeypatch.setattr(few, name, most)
    cut = Few(knapsack(), "objective", BOX)
    assert cut.best() is None
    assert cut.cut
    assert cut.programs == 1


def test_no_work_left_no_tree():
    found = Few(knapsack(), "objective", BOX.boxed(0.0))
    assert found.best() is None
    assert found.cut
    assert found.programs == 0


def test_where_the_tree_ends_no_search_is_asked(monkeypatch):
    """The relaxation has x2 and a part of x1. Kept so: x2 alone, 3; with x2 kept: and x3, 4; all open: 5. A large case
    asks on until it is near the relaxation (6.33), and the solver's own search, with its cuts, is never begun."""
    def never(*_, **__):
        raise AssertionError("searched")

    monkeypatch.setattr(near.Arena, "_search", never)
    limits = Limits.of({"objective": Gap(1.0, "outlays")}, None, float("inf"), 0)
    ground = near.Near(knapsack(), ("objective",), limits, np.zeros(4))
    assert ground.relaxed.values["objective"] == pytest.approx(-3.0 - 4.0 * 2.5 / 3.0)
    x = ground.at_once(longer=True)
    assert knapsack().value("objective", x) == pytest.approx(-5.0)
    monkeypatch.setattr(few, "PROGRAMS", 0)
    with pytest.raises(AssertionError, match="searched"):
        near.Near(knapsack(), ("objective",), limits, np.zeros(4)).at_once(longer=True)


@pytest.mark.parametrize(("second", "asked"), [(-3.0, 2), (-4.0, 3)])
def test_a_wider_ground_is_asked_while_they_bring_something(monkeypatch, second, asked):
    """Nothing is near the relaxation (-6.33, with a gap of 1): -3 with what it decides, then -3 or -4 with more left
    open. Where more room brought nothing the widest ground is left; a tree that was cut is begun on none behind it."""
    points, grounds, trees = {-3.0: [0, 0, 1, 0], -4.0: [0, 0, 1, 1]}, [], []

    def nearest(_arena, _name, _target, _start):
        grounds.append(1)
        return np.array(points[second if len(grounds) == 2 else -3.0], dtype=float)

    class Cut(few.Few):
        def best(self):
            trees.append(1)
            return super().best()

    monkeypatch.setattr(few, "PROGRAMS", 0)
    monkeypatch.setattr(near, "Few", Cut)
    monkeypatch.setattr(near.Arena, "nearest", nearest)
    limits = Limits.of({"objective": Gap(1.0, "outlays")}, None, float("inf"), 0)
    near.Near(knapsack(), ("objective",), limits, np.zeros(4)).at_once(longer=True)
    assert len(grounds) == asked
    assert len(trees) == 1


@pytest.mark.parametrize(("programs", "best", "bound", "target", "gap", "cut"), [
    (160, None, -6.0, -9.0, 1.0, True), (160, -4.0, -6.0, -9.0, 1.0, True),
    (160, -4.0, -6.0, -4.0, 1.0, False), (160, -4.0, -6.0, -4.1, 1.0, True),
    (160, -4.0, -5.0, -9.0, 1.0, False), (160, -4.0, -5.1, -9.0, 1.0, True),
    (159, -4.0, -5.1, -9.0, 1.0, False), (100, -4.0, -6.2, -9.0, 1.0, True), (99, -4.0, -6.2, -9.0, 1.0, False),
    (100, -4.0, -6.17, -9.0, 1.0, False), (100, -4.0, -6.2, -4.0, 1.0, False), (100, None, -6.0, -9.0, 1.0, True),
    (99, None, -6.0, -9.0, 1.0, False),
])
def test_when_a_tree_is_left_and_whether_its_point_will_do(programs, best, bound, target, gap, cut):
    """The root at -6.3. After 160 linear programs a point will do that reaches the target, or is within the gap of the
    bound of all that is open. After 100 there must be one, and the bound must have come a twentieth of the way to
    it, which at -4 is 2.3 off: to -6.185."""
    limits = Limits.of({"objective": Gap(gap, "outlays")}, None, float("inf"), 0)
    tree = Few(knapsack(), "objective", limits, target)
    unit = knapsack().unit("objective")
    tree.programs, tree._root, tree._bound = programs, -6.3 * unit, bound * unit
    tree._best = None if best is None else few._Best(best * unit, 0.0, np.zeros(4))
    assert tree.cut == cut


@pytest.mark.parametrize(("programs", "found", "target", "left"), [
    (99, 40, -4.0, False), (100, 40, -4.0, True), (100, 50, -4.0, True), (100, 51, -4.0, False), (102, 51, -4.0, True),
    (102, 51, -4.1, False), (150, 75, -4.0, True), (150, 76, -4.0, False),
])
def test_a_point_that_is_good_enough_is_looked_at_twice_as_long_as_it_took(programs, found, target, left):
    """The best at -4, found at the linear program of that number: good enough where the target is -4, not at -4.1 with
    the bound at -5.1 and a gap of 1. It is left once as many more have brought nothing, and a hundred in all."""
    tree = Few(knapsack(), "objective", Limits.of({"objective": Gap(1.0, "outlays")}, None, float("inf"), 0), target)
    unit = knapsack().unit("objective")
    tree.programs, tree._found, tree._root, tree._bound = programs, found, -6.3 * unit, -5.1 * unit
    tree._best = few._Best(-4.0 * unit, 0.0, np.zeros(4))
    assert tree._left == left
    assert not tree.cut


def test_the_bound_of_a_tree_that_was_left_is_no_better_than_the_best_of_all(monkeypatch):
    """Wherever it is left: -5 is the best."""
    unit = knapsack().unit("objective")
    for programs in range(1, 12):
        monkeypatch.setattr(few, "PROGRAMS", programs)
        tree = Few(knapsack(), "objective", BOX)
        x = tree.best()
        assert tree._bound <= (-5.0 + 1e-6) * unit
        assert x is None or knapsack().value("objective", x) >= -5.0 - 1e-6


@pytest.mark.parametrize(("gap", "close"), [(1.0, False), (2.0, True)])
def test_a_search_begins_with_the_point_of_a_cut_tree_where_it_is_close(monkeypatch, gap, close):
    """The first ground holds x2 alone open beside it: its best is -3 (x2 done, a part of x1 left out), 3.33 from the
    relaxation. Where the stated gap is wide that is close, and the search begins there."""
    begun = []
    monkeypatch.setattr(few.Few, "cut", property(lambda _: True))
    monkeypatch.setattr(near.Arena, "nearest", lambda _arena, _name, _target, start: begun.append(start))
    limits = Limits.of({"objective": Gap(gap * 2.0, "outlays")}, None, float("inf"), 0)
    near.Near(knapsack(), ("objective",), limits, np.zeros(4)).at_once(longer=True)
    assert (begun[0] is not None) == close
