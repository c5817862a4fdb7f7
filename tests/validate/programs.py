"""Two programs small enough for paper, and a solver that lies."""

from collections.abc import Callable
from dataclasses import dataclass

from jaryq.validate.answer import Answer, Question
from jaryq.validate.highs import Highs
from jaryq.validate.run import Programme, validate
from tests.solve.programs import INF, lp

SIMPLEX, BRANCHING = Highs("simplex", "simplex"), Highs("HiGHS", "branching")
SECONDS = 5.0


def divisible():
    """At least 4 of x0 + x1, at most 3 of x0. First as little of x0 + x1 as possible (4), then 2 x0 + 3 x1: x0 = 3, x1
    = 1, worth 9.

    Multipliers of the second stage alone: 3 for the first row, -1 for the second: 3 x 4 - 1 x 3 = 9.
    """
    rows = [([1, 1], 4, INF), ([1, 0], -INF, 3)]
    return Programme("divisible", lp(rows, {"priority_1": [1, 1], "objective": [2, 3]}, high=[6, 6]), False)


def whole():
    """2 x0 + 2 x1 of at least 7, x0 at most 3, whole: 4 in all, and 9 in money; in parts 3.5, and 2 x 3 + 3 x 0.5 =
    7.5."""
    rows = [([2, 2], 7, INF), ([1, 0], -INF, 3)]
    return Programme("whole", lp(rows, {"priority_1": [1, 1], "objective": [2, 3]}, high=[6, 6], whole=[0, 1]), True)


@dataclass(frozen=True)
class Liar:
    """Solves honestly and then changes its answer at one stage."""

    lie: Callable[[Question, Answer], Answer]
    stage: str = "objective"
    whole: bool = False
    name: str = "liar"

    def solve(self, question):
        honest = Highs(self.name, "branching" if self.whole else "ipm").solve(question)
        told = question.stage == self.stage and not question.under_whole
        return self.lie(question, honest) if told else honest


def remarks(programme, *solvers):
    return [remark for found in validate(programme, solvers, SECONDS) for remark in found.remarks]
