"""A finished plan by hand, for tests of the report and of the plan workbook: ``full_case``, ``full_plan`` and a made-up
Solution."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors, derive
from jaryq.solve.choice import Choice
from jaryq.solve.solution import Move, Price, Size, Solution, Stage
from tests.cases import edit, full_case, full_plan


def solution(plan: Plan, factors: Factors, **changes: Any) -> Solution:
    """A Solution around a plan; its stages, prices and multipliers are made up."""
    made = Solution(
        plan=plan, objective="purse", value=-14.44, lp_relaxation=-14.0, certified_bound=-14.2,
        outlays_pv=factors.outlays_pv(plan),
        stages=(Stage("priority_1", 0.125, 0.125, 0.125), Stage("priority_2", 0.5, None),
                Stage("objective", -14.44, -14.2, -14.0)),
        prices=(
            Price("ceiling[B,2026]", "ceiling", ("B", "2026"), "source_years!B4", "bn currency", 3.0, 3.0, 0.03,
                  "same_projects",
                  Move({"1": -0.001, "2": 0.0}, 0.06), Move({}, math.nan, feasible=False)),
            Price("target[S1]", "target", ("S1",), "targets!A5", "km", 90.0, 80.0, 0.9, "projects_may_change",
                  Move({"1": -0.01, "2": 0.0}, 0.0), Move({"1": 0.01, "2": 0.0}, 0.0)),
        ),
        size=Size(12, 10, 40), solver_seconds=0.1, multipliers={"objective|ceiling[B,2026]": 1 / 3, "a|b": -1e-17},
        remarks=("cut off by the limit of time",),
        choices=tuple(Choice("facility", key, "out", "in", "never", "multipliers", at_least={"priority_1": 0.5})
                      for key in list(factors.case.facilities)[:1]),
    )
    return replace(made, **changes)


def finished(plan: Plan | None = None, **changes: Any) -> tuple[Case, Factors, Solution]:
    """``full_case`` with its plan, or with another; the loan L is signed in 2026 for 1.5 bn JPY, so that its front-end
    fee falls due."""
    case = full_case(**changes)
    if "L" in case.sources:
        case = edit(case, "sources", "L", signing_year=2026)
    factors = derive(case)
    return case, factors, solution(full_plan(signed={"L": 1.5}) if plan is None else plan, factors)
