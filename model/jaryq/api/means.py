"""What is told of a case with a register by the means of its packages: explanations, curves, the ranking and wishes
speak of the program of packages, and of the plan that is best by it."""

from __future__ import annotations

from jaryq.api.accepted import Accepted
from jaryq.api.question import program_of, question
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.solve.lp import LinearProgram
from jaryq.solve.run import solve
from jaryq.solve.solution import Solution

SAID = Text("The case has a register of stretches. What follows speaks of packages by the means of their stretches, "
            "and of the plan that is best by these; the plan itself chooses the stretches.",
            "У расчёта есть реестр участков. Дальше речь о пакетах по средним их участков и о плане, лучшем по этим "
            "средним; сам план выбирает участки.")


def told_of(case: Case) -> tuple[Text, ...]:
    """What is said before anything that speaks of packages by their means; nothing without a register."""
    return () if case.stretches is None else (SAID,)


def without_register(accepted: Accepted) -> Solution:
    """The best plan of an input by the means of packages. Raises Infeasible, NoPlan."""
    program = program_of(accepted.factors)
    return solve(question(accepted.factors, program), program)


def by_means(accepted: Accepted, program: LinearProgram, solution: Solution) -> Solution:
    """The plan that is best by the means of packages, where the case has a register; else the plan as it is. Raises
    Infeasible, NoPlan."""
    if accepted.case.stretches is None:
        return solution
    return solve(question(accepted.factors, program), program)
