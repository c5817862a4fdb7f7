"""The ranking by benefit per KZT beside the plan: ``plan.ranking()``, ``explain PLAN ranking``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jaryq.api.accepted import Accepted
from jaryq.api.means import by_means
from jaryq.api.question import question
from jaryq.case.plan import Plan
from jaryq.case.stages import valued
from jaryq.explain.ranking import Ranked, Ranking
from jaryq.factors.gains import gained
from jaryq.factors.linear import total
from jaryq.formulation.express import coefficients
from jaryq.report.amounts import BENEFITS
from jaryq.report.counting import completed_with, km_with
from jaryq.solve.lp import LinearProgram
from jaryq.solve.solution import MAXIMISED, Solution


@dataclass(frozen=True)
class Greedy:
    """``by_rank``, ``plan``: what each stage reaches by the ranking and in the plan, in its own sense; ``ranked`` from
    the top; ``completed``, ``km``: by the last year, as the programme counts them; ``only_plan``, ``only_rank``:
    facilities that only one of the two does."""

    by_rank: Mapping[str, float]
    plan: Mapping[str, float]
    ranked: tuple[Ranked, ...]
    completed: Mapping[str, float]
    km: Mapping[str, float]
    only_plan: tuple[str, ...]
    only_rank: tuple[str, ...]
    divisible: bool = False
    """Whether the lenders' whole decisions are taken in parts (see ``ByRank``)."""


def ranking_of(accepted: Accepted, program: LinearProgram, solution: Solution) -> Greedy:
    """The ranking under the same limits as the plan of ``solution`` (with a register both by the means of packages).
    Raises NoPlan where it leads to none."""
    f, solution = accepted.factors, by_means(accepted, program, solution)
    asked = question(f, program)
    benefits = np.array(coefficients(f, total([gained(f, name) for name in BENEFITS]), program.columns))
    must = [key for key, facility in accepted.case.facilities.items() if facility.must]
    names = valued(program.objectives)
    found = Ranking(program, benefits, np.asarray(asked.outlays), must).run(names)
    sign = -1.0 if accepted.case.settings.objective in MAXIMISED else 1.0
    stages = {name: (sign if name == "objective" else 1.0) * value + 0.0 for name, value in found.staged.values.items()}
    taken = {one.project for one in found.ranked if one.start is not None}
    done, case = _done(solution.plan), accepted.case
    km = {"by_rank": sum(one.km for one in found.ranked), "plan": sum(solution.plan.renew.values())}
    return Greedy(stages, {stage.name: stage.value for stage in solution.stages}, found.ranked,
                  {"by_rank": float(completed_with(case, taken)), "plan": float(completed_with(case, done))},
                  {which: km_with(case, planned) for which, planned in km.items()},
                  tuple(sorted(done - taken)), tuple(sorted(taken - done)), found.divisible)


def _done(plan: Plan) -> set[str]:
    return {p for (p, _), share in plan.start.items() if share > 0.5}
