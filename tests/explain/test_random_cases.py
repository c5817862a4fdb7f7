"""200 small random cases against enumeration of all whole choices (docs/numbers.md: The other choice, Curves): of each
the class of every choice and what its opposite costs, the bounds of the leaves of the plan's tree, what turns whether a
row is done, and the curve of a ceiling."""

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from jaryq.api.again import Standing
from jaryq.api.curve import curve_of
from jaryq.api.flips import flips
from jaryq.api.question import question
from jaryq.explain.bounds import Bounds, leaves_of
from jaryq.explain.forced import Programs
from jaryq.explain.ground import itself
from jaryq.explain.opposites import Rows, in_or_out, times
from jaryq.explain.other import other_choices
from jaryq.explain.shown import shown
from jaryq.explain.tree import SMALL
from jaryq.formulation.assemble import limits
from jaryq.solve.choice import Choice
from jaryq.solve.run import solve
from jaryq.solve.solution import Gap
from jaryq.verify.other import Shown
from tests.cases import target
from tests.explain.mirror_other import Enumerated, Least, best_whole
from tests.explain.test_flips import Input
from tests.formulation.small import budget, case_of, plain
from tests.make import program_of

NEAR = 1e-6


def few(chance):
    """Two to four facilities of one or two years' windows, a second source at times, budgets that do not suffice, a
    target at times."""
    count = chance.randint(2, 4)
    records = [plain(f"F{i}", cost=float(chance.randint(3, 12)), benefit=float(chance.randint(2, 30)),
                     latest=chance.choice((2026, 2027)))
               for i in range(count)]
    money = [budget(first=float(chance.randint(4, 20)), second=float(chance.randint(0, 12)), third=0.0)]
    if chance.random() < 0.4:
        money.append(budget("C", first=float(chance.randint(2, 8)), second=float(chance.randint(2, 8)), third=0.0,
                            max_share=chance.choice((0.5, 1.0))))
    wishes = (target("some", "facilities", float(chance.randint(1, count)),
                     priority="1"),) if chance.random() < 0.5 else ()
    return case_of(*records, *money, whole=True, targets=wishes)


def branching(chance):
    """Four to five facilities of which money does half: the linear program does parts, so that the plan needs a tree of
    several leaves."""
    records = [plain(f"F{i}", cost=float(chance.randint(4, 11)), benefit=float(chance.randint(8, 30)),
                     latest=chance.choice((2026, 2026, 2027)))
               for i in range(chance.randint(4, 5))]
    return case_of(*records, budget(first=float(chance.randint(9, 20)), second=float(chance.randint(0, 9)), third=0.0),
                   whole=True)


class Planned:
    """A case, its program, its plan at a gap of the objective, and every whole choice beside it."""

    def __init__(self, case, gap):
        self.case = case
        self.factors, self.program = program_of(case)
        self.question = question(self.factors, self.program)
        found = solve(self.question, self.program)
        stages = tuple(replace(s, search=replace(s.search, gap=Gap(gap if s.name == "objective" else 0.0, "outlays")))
                       for s in found.stages)
        self.solution = replace(found, stages=stages)
        self.every = Enumerated(self.program, self.solution)
        self.last = list(self.every.values)[-1]

    def best(self, one):
        """The least of each stage over the choices that hold an opposite."""
        picks = self.every.holding(one)
        return {name: min(self.every.least[pick][name] for pick in picks) for name in self.every.values}


QUICK = 1
"""Seeds that every run of the suite looks at: 20 cases, in which all that is looked at does occur."""


@pytest.mark.parametrize("seed", [*range(QUICK), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                                   for seed in range(QUICK, 10))])
def test_random_cases_agree_with_enumeration(seed, monkeypatch):
    """20 cases each, twelve with few facilities at gaps that let others in, eight that branch; every other one as if it
    were large, so that what turns a choice rests on linear programs alone."""
    chance, seen = random.Random(seed), Counter()
    for number in range(20):
        tree = number % 5 > 2
        plan = Planned((branching if tree else few)(chance), 0.0 if tree else chance.choice((0.0, 0.0, 1.5, 4.0, 10.0)))
        told = other_choices(plan.question, plan.program, plan.solution, every=True).choices
        seen += classes_agree(plan, told)
        if tree:
            seen += leaves_agree(plan)
        large = number % 2 == 1
        monkeypatch.setattr("jaryq.api.flips.SMALL", 0 if large else SMALL)
        seen += flips_agree(plan, told, chance, large=large)
        seen += curves_agree(plan, chance)
    # What is looked at does occur.
    assert seen["open"] > 0
    assert seen["always"] + seen["never"] > 0
    assert seen["leaves"] > 0
    assert seen["better for leaves"] > 0
    assert seen["turned"] > 0
    assert seen["turned, large"] > 0
    assert seen["points"] > 0


def classes_agree(plan, told):
    """Classes are those of all whole choices; every bound lies at or below the best of them, the decisive one of a tree
    is the best; what is said to be found is one of them. Without a payer the same or another plan exists."""
    every, seen = plan.every, Counter()
    for one in told:
        seen[one.verdict] += 1
        if one.kind == "payer":
            assert one.verdict in ("always", "open")
            continue
        is_open = any(every.good(pick) for pick in every.holding(one))
        assert one.verdict == ("open" if is_open else "never" if one.now == "out" else "always"), (one, every.values)
        best = plan.best(one)
        assert one.cannot == (not np.isfinite(best[next(iter(best))]))
        for name, least in one.at_least.items():
            assert least <= best[name] - every.values[name] + NEAR, (one, name, best)
        if one.by == "tree" and not one.cannot:
            decisive = list(one.at_least)[-1]
            assert one.at_least[decisive] == pytest.approx(best[decisive] - every.values[decisive], abs=1e-5)
        if is_open:
            assert all(worse <= every.most[name] - every.values[name] + NEAR for name, worse in one.at_most.items())
    return seen


def leaves_agree(plan):
    """No choice that holds the opposite is better than the bound of the leaves, nor than that of linear programs in
    them; what they shut out is shut out; verify comes to the same bound by itself."""
    at = shown(plan.question, plan.program, plan.solution)
    bounds, root, programs = Bounds(at), Bounds(at, leaves=False), Programs(at, itself(at))
    mirror = Shown(at.program, plan.solution.plan, at.values, plan.solution.gaps, plan.solution.multipliers,
                   plan.solution.proof)
    rows, last, seen = Rows(at.program), plan.last, Counter(leaves=max(len(leaves_of(at, plan.last)) - 1, 0))
    for one in (*in_or_out(at, rows, ()), *times(at, rows, ())):
        told = Choice(one.kind, one.project, one.now, one.other, "undecided", "nothing")
        best, bound = plan.best(told), bounds.of(last, one)
        assert bound is None or float(bound) <= best[last] + NEAR
        if bound is None:
            assert not np.isfinite(best[last])
            continue
        assert float(mirror.bound(last, *mirror.sides(told))) == pytest.approx(float(bound), abs=1e-9)
        before = root.of(last, one)
        assert before is not None
        assert before <= bound
        seen["better for leaves"] += bound > before + 1
        proved = programs.proved(one, near=True)
        assert proved is not None
        if proved.bound is None:
            assert not np.isfinite(best[last])
        else:
            assert float(proved.bound) <= best[proved.stage] + NEAR
            assert proved.stage != last or proved.bound >= bound - NEAR or best[last] > at.most(last)
    return seen


def flips_agree(plan, told, chance, *, large):
    """Of a row left out: below what is proved no choice with it is as good as the plan is, neither at a lower cost nor
    with any single limit (of a large case: the one that is told) looser by less of its size; where it is said to be
    enough there is one, and on small cases it is said. Of a row done: just below what is proved the plan still has
    it."""
    seen = Counter()
    mine = [one for one in told if one.kind == "facility" and one.verdict in ("never", "always")]
    one = chance.choice(mine) if mine else None
    for flip in () if one is None else flips(Input(plan.factors), plan.program, plan.solution, one):
        cost, proved = plan.case.facilities[one.project].cost, flip.proved
        seen["turned, large" if large else "turned"] += proved.least > 0.0
        if flip.more:
            assert not proved.least or stays_done(plan, with_cost(plan.case, one.project, cost + 0.99 * proved.least),
                                                  one)
            continue
        assert not large or proved.most is None
        if flip.limit is None:
            assert not proved.least or not lets_in(with_cost(plan.case, one.project, cost - 0.999 * proved.least), plan,
                                                   one)
            assert proved.most is None or lets_in(with_cost(plan.case, one.project, cost - proved.most), plan, one)
            continue
        first = flip.limit
        assert large or lets_in(first.put(plan.case, first.value + first.loosens * proved.most), plan, one)
        for limit in [first] if large else limits(plan.factors):
            size = abs(limit.value) or flip.size
            moved = limit.value + limit.loosens * 0.98 * flip.share * size
            assert moved < 0 or not limit.value or not lets_in(limit.put(plan.case, moved), plan, one), (limit, flip)
    return seen


def with_cost(case, key, cost):
    return replace(case, facilities={**case.facilities, key: replace(case.facilities[key], cost=cost)})


def lets_in(case, plan, one):
    """Whether some whole choice that holds the opposite is as good as the plan is now, in the program of another
    case."""
    every = Enumerated(program_of(case)[1], plan.solution)
    return any(every.good(pick) for pick in every.holding(one))


def stays_done(plan, case, one):
    """Whether the best whole choice of another case does a row: no choice without it is as good."""
    program, names = program_of(case)[1], list(plan.every.values)
    starts = [j for j, (family, index) in enumerate(program.columns) if family == "start" and index[0] == one.project]
    upper = program.col_upper.copy()
    upper[starts] = 0.0
    with_row, without = best_whole(program, names), best_whole(program.with_bounds(col_upper=upper), names)
    return [round(with_row[name], 6) for name in names] < [round(without[name], 6) for name in names]


def curves_agree(plan, chance):
    """Between two neighbouring points the stages of the divisible programme lie on the line; a whole plan reaches what
    the best whole choice does."""
    curve = curve_of(Standing(Input(plan.factors), plan.program), "ceiling[B,2026]", -60.0, 80.0, whole=1)
    ceiling = next(limit for limit in limits(plan.factors) if limit.name == "ceiling[B,2026]")
    names, seen = list(plan.every.values), Counter()
    assert curve.curve.whole
    for one, other in zip(curve.points, curve.points[1:], strict=False):
        part = chance.uniform(0.05, 0.95)
        value = one.value + part * (other.value - one.value)
        found = Least(program_of(ceiling.put(plan.case, value))[1], names).in_order()
        for name in names:
            turn = -1.0 if name == "objective" else 1.0
            line = one.stages[name] + part * (other.stages[name] - one.stages[name])
            assert turn * line == pytest.approx(found[name], abs=1e-4), (name, value,
                [point.value for point in curve.points])
        seen["points"] += 1
    for point in curve.wholes:
        found = best_whole(program_of(ceiling.put(plan.case, point.value))[1], names)
        assert {name: -value if name == "objective" else value
                for name, value in point.stages.items()} == pytest.approx(found, abs=1e-5)
        seen["whole"] += 1
    return seen
