"""Bounds of the other choice from the leaves of the plan's own tree, against enumeration."""

import random

import numpy as np
import pytest

from jaryq.api.question import question
from jaryq.explain.bounds import Bounds, leaves_of
from jaryq.explain.forced import Programs
from jaryq.explain.ground import itself
from jaryq.explain.opposites import Rows, in_or_out, times
from jaryq.explain.shown import shown
from jaryq.solve.choice import Choice
from jaryq.solve.run import solve
from jaryq.verify.other import Shown
from tests.explain.mirror_other import Enumerated
from tests.formulation.small import budget, case_of, plain
from tests.make import program_of


def random_case(chance):
    """Four to five facilities of which money does half: the linear program does parts, so that the plan needs a tree."""
    count = chance.randint(4, 5)
    records = [plain(f"F{i}", cost=float(chance.randint(4, 11)), benefit=float(chance.randint(8, 30)), latest=chance.choice((2026, 2026, 2027)))
               for i in range(count)]
    return case_of(*records, budget(first=float(chance.randint(9, 20)), second=float(chance.randint(0, 9)), third=0.0), whole=True)


@pytest.mark.parametrize("seed", range(4))
def test_leaves_bound_every_plan_with_the_opposite(seed):
    """Of 10 cases each: no choice that holds the opposite is better than the bound of the leaves, nor than that of linear programs in them; what is
    called shut is; verify comes to the same bound by itself. Trees of several leaves occur."""
    chance, leaves, better, asked = random.Random(seed), 0, 0, 0
    for _ in range(10):
        factors, program = program_of(random_case(chance))
        q = question(factors, program)
        found = solve(q, program)
        plan = shown(q, program, found)
        bounds, root, programs = Bounds(plan), Bounds(plan, leaves=False), Programs(plan, itself(plan))
        mirror = Shown(plan.program, found.plan, plan.values, found.gaps, found.multipliers, found.proof)
        every, rows, last = Enumerated(program, found), Rows(plan.program), plan.names[-1]
        leaves += len(leaves_of(plan, last))
        for one in (*in_or_out(plan, rows, ()), *times(plan, rows, ())):
            asked += 1
            told = Choice(one.kind, one.project, one.now, one.other, "undecided", "nothing")
            best = min(every.least[pick][last] for pick in every.holding(told))
            bound = bounds.of(last, one)
            assert bound is None or float(bound) <= best + 1e-6
            if bound is None:
                assert not np.isfinite(best)
                continue
            assert float(mirror.bound(last, *mirror.sides(told))) == pytest.approx(float(bound), abs=1e-9)
            before = root.of(last, one)
            assert before is not None
            assert before <= bound
            better += bound > before + 1
            proved = programs.proved(one, near=True)
            assert proved is not None
            if proved.bound is None:
                assert not np.isfinite(best)
            else:
                assert float(proved.bound) <= min(every.least[pick][proved.stage] for pick in every.holding(told)) + 1e-6
                assert proved.stage != last or proved.bound >= bound - 1e-6 or best > plan.most(last)
    assert leaves >= 10
    assert better > 0
