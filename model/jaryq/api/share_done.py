"""How much of a row of facilities the plan with other numbers does, solved anew."""

from __future__ import annotations

import math
from dataclasses import replace

from jaryq.api.question import program_of, question
from jaryq.base.errors import Infeasible, NoPlan
from jaryq.factors.derive import Factors
from jaryq.solve.run import solve


def share_done(f: Factors, project: str) -> float:
    """How much of a row the plan with other numbers does; nothing where there is none."""
    plain = replace(f, case=replace(f.case, settings=replace(f.case.settings, prices=0)))
    try:
        program = program_of(plain)
        solution = solve(question(plain, program), program)
    except (Infeasible, NoPlan):
        return 0.0
    return math.fsum(share for (p, _), share in solution.plan.start.items() if p == project)
