"""Intervals of what deciding before knowing costs and is worth, where the searches for whole plans are left open: the
truth, by enumeration, lies in each."""

import itertools
import math

import numpy as np
import pytest

from jaryq.base.text import Text
from jaryq.handover.uncertain.two_stage import AGAINST_FOUND, VSS, deciding
from jaryq.solve.stacked import Branch
from jaryq.uncertainty.mean_future import mean_program
from jaryq.uncertainty.solved import Interval
from jaryq.uncertainty.two_stage import Decided, TwoStage, tail_mean, two_stage
from tests.sampled import exhaustive_beside
from tests.solve.programs import INF, lp

WEIGHTS = (0.5, 0.3, 0.2)
CHOICES = list(itertools.product((0, 1), repeat=4))
LEVELS = (None, 0.6)


def works(seed):
    """Four works that may be done early and four late (some of them another way of an early one), whole, within money
    of the early year, of the late year and of both; what early ones earn, what late ones earn and cost and the money of
    the late year differ in three futures."""
    rng = np.random.default_rng(seed)
    early, late = rng.uniform(3, 12, 4).round(2), rng.uniform(3, 12, 4).round(2)
    ways = [i for i in range(4) if rng.random() < 0.4]
    first, both = rng.uniform(10, 25), rng.uniform(20, 40)
    found = []
    for _ in WEIGHTS:
        earns, later, dear, second = early * rng.uniform(0.5, 2.2, 4), late * rng.uniform(0.3, 3.0,
            4), late * rng.choice([1, 1, 1.2, 0.9], 4), rng.uniform(8, 25)
        found.append(([*(early - earns), *(dear - later)],
                      [([*early, 0, 0, 0, 0], -INF, first), ([0, 0, 0, 0, *dear], -INF, second),
                       ([*early, *dear], -INF, both),
                       *(([float(k in (i, i + 4)) for k in range(8)], -INF, 1) for i in ways)]))
    return found


def branches_of(found):
    programs = [lp(rows, {"cost": cost}, high=[1] * 8, whole=list(range(8))) for cost, rows in found]
    return [Branch(name, one, one.objectives["cost"][0], 0.0, weight)
            for name, one, weight in zip("abc", programs, WEIGHTS, strict=True)]


def is_early(name):
    return name[1][0] < 4


def least(cost, rows, chosen):
    """The least cost with the early works ``chosen``, over all late ones; none: without end."""
    points = np.array([(*chosen, *late) for late in CHOICES], dtype=float)
    kept = np.all([points @ np.array(row) <= side + 1e-9 for row, _, side in rows], axis=0)
    return float((points[kept] @ np.array(cost)).min()) if kept.any() else math.inf


def measure(costs, level):
    return math.fsum(w * c for w, c in zip(WEIGHTS, costs, strict=True)) if level is None else tail_mean(list(costs),
        list(WEIGHTS), level)


def truth(found, level, of_mean):
    """RP, EVPI and what deciding together saves against early works ``of_mean``."""
    table = {chosen: [least(*one, chosen) for one in found] for chosen in CHOICES}
    table = {chosen: costs for chosen, costs in table.items() if all(map(math.isfinite, costs))}
    together = min(measure(costs, level) for costs in table.values())
    known = measure([min(costs[b] for costs in table.values()) for b in range(3)], level)
    return together, together - known, measure(table[of_mean], level) - together


def holds(one, value):
    return one.low - 1e-5 <= value <= one.high + 1e-5


@exhaustive_beside("test_an_open_interval_is_told_by_both_ends")
def test_the_truth_lies_in_every_interval():
    """Thirty cases, by the mean and by the worst 40 %, without any search: what was found is above the best in some, so
    that an interval that took what was found for what is best would not hold it; and with a search that ends each is
    one figure."""
    missed = open_ = 0
    for seed, level in itertools.product(range(15), LEVELS):
        found = works(seed)
        branches = branches_of(found)
        for seconds in (0.0, 10.0):
            made = two_stage(branches, is_early, seconds, level, mean_program(branches))
            chosen = tuple(round(made.mean.early[name]) for name in branches[0].program.columns if is_early(name))
            together, knowing, saved = truth(found, level, chosen)
            assert (seed, holds(made.decided, together), holds(made.of_information, knowing),
                    holds(made.of_solution, saved)) == (seed, True, True, True)
            if made.mean_stands:
                mean = [np.average([one[0] for one in found], axis=0, weights=WEIGHTS),
                        [(np.average([one[1][k][0] for one in found], axis=0, weights=WEIGHTS), -INF,
                          np.average([one[1][k][2] for one in found], weights=WEIGHTS))
                         for k in range(len(found[0][1]))]]
                assert least(*mean, chosen) == pytest.approx(min(least(*mean, other) for other in CHOICES), abs=1e-5)
            if seconds:
                assert max(one.width for one in (made.decided, made.of_information, made.of_solution)) < 1e-4
            else:
                missed += made.decided.high > together + 0.01
                open_ += made.decided.width > 0.01
    assert (missed >= 3, open_ >= 10) == (True, True)


def told(seconds, seed):
    branches = branches_of(works(seed))
    made = two_stage(branches, is_early, seconds, None, mean_program(branches))
    return made, deciding(made, [Text(name, name) for name in "abc"], 2027, (), None, {})


def test_an_open_interval_is_told_by_both_ends():
    """No end of it is called certain alone; the VSS is called so only where the decisions for the mean are proved to be
    its best."""
    made, page = next((made, page) for made, page in (told(0.0, seed) for seed in range(15)) if made.decided.width > 0.1
                      and not made.mean_stands)
    assert " to " in page.figures[0].value.en
    assert page.figures[0].note == Text("it lies between these two for certain", "достоверно лежит между этими двумя")
    assert page.figures[2].label == AGAINST_FOUND
    assert any("whether these are the best for the mean is not proved" in one.en for one in page.sentences)
    made, page = told(10.0, 0)
    assert made.mean_stands
    assert isinstance(page.figures[0].value, float)
    assert page.figures[2].label == VSS


def test_costs_without_an_upper_end():
    """Where no plan was found in the time the interval has one end, and that is told."""
    assert (Interval(1.0, math.inf) - Interval(0.0, 0.5)).high == math.inf
    made, _ = told(10.0, 0)
    none = Decided("together", made.together.early, Interval(-1.0, math.inf), (None, None, None), unpaid=({}, {}, {}),
                   passed=({}, {}, {}))
    page = deciding(TwoStage(made.branches, made.known, none, None), [Text(name, name) for name in "abc"], 2027, (),
                    None, {})
    assert page.figures[0].value == Text("at least -1", "не менее -1")
    assert page.figures[1].value.en.startswith("at least ")
