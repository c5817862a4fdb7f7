"""Stages of a divisible program by way of the smaller one in which projects that are alike share their payments: values
of the smaller one are bounds, and a point of the full one that reaches them is best there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.aggregate import Aggregate, added_up, aggregate
from jaryq.solve.alike import Mask, classes_of, left_out, payments
from jaryq.solve.at_once import Reached, States, at_once_from_nothing, basis_of_all, from_nothing
from jaryq.solve.from_base import all_by_names
from jaryq.solve.highs import DEVEX, Solver
from jaryq.solve.lp import LinearProgram
from jaryq.solve.question import Question
from jaryq.solve.reduced import reduced
from jaryq.solve.stages import holds, linear_stages

SMALLER = 0.6
"""The smaller program is worth its making up to this part of the columns (shipped case: 0.62, so it is not)."""

NEAR = 2500
"""So many steps are tried from where all stages of the base ended: 0.1 to 0.2 s in place of 0.5 where they lead there
(shipped case without limits of bills: a dollar at 200 %, Japan without money)."""


class InClasses:
    """A program, and others that differ from it: each is solved by itself, so that what comes out hangs on nothing that
    was asked before. ``steps``: of the simplex in all."""

    def __init__(self, question: Question, program: LinearProgram, names: Sequence[str]) -> None:
        self.question, self.names, self.program = question, names, program
        self.steps = 0
        self._classes = classes_of(question, program, left_out(question, program))
        self.base = added_up(question, program, left_out(question, program), self._classes)
        self.helps = not self.base.apart and self.base.program.shape[1] <= SMALLER * program.shape[1]
        """Whether the smaller program says the same and is small."""

    @cached_property
    def _start(self) -> States | None:
        """Where the run of all stages of the base ends; nothing where it has no plan."""
        small = self.base.program
        try:
            staged = linear_stages(small, self.names, Solver(small), proved=False)
        except (Infeasible, NoPlan):
            return None
        return None if staged.fell_back else basis_of_all(small, self.names, staged.bases[self.names[-1]])

    def reached(self, program: LinearProgram, names: Sequence[str]) -> Reached | None:
        """Values of the stages of a program and a point that reaches them; nothing where projects that are alike do not
        settle it (and nothing is said of why)."""
        small = self._small(program)
        if small.apart:
            return None
        found = self._stages(small.program, names, near=program.columns == self.program.columns)
        return None if found is None else self._in_full(small, program, names, found)

    def _small(self, program: LinearProgram) -> Aggregate:
        """The smaller program: by the classes of the base where they still hold, as they nearly always do, else by its
        own. Other decisions of the same projects need not make these differ: all begin so much later."""
        if {self.question.project_of(name) for name in program.columns} - {None} <= self._classes.keys():
            small = added_up(self.question, program, left_out(self.question, program), self._classes)
            if not small.apart:
                return small
        return aggregate(self.question, program)

    def _stages(self, small: LinearProgram, names: Sequence[str], *, near: bool) -> Reached | None:
        """All at once: from the base, if it is ``near`` and the answer no further, or from nothing where other
        decisions exist (a delay is further than any basis leads). Else, and where the stages outweigh each other too
        little, each from nothing."""
        solver = Solver(small)
        if near and self._start is not None:
            found = all_by_names(self.base.program, self._start, small, names, solver, NEAR)
        else:
            found = None if near else at_once_from_nothing(small, names, solver)
        self.steps += solver.steps
        if found is not None:
            return found
        # Another one, which holds nothing of where that one went. Presolve takes a tenth of a second for each stage and
        # saves less; steepest edges take 1.2 s in place of 0.5 where costs or a rate of exchange are far (shipped
        # case).
        solver = Solver(small, presolve=False)
        solver.option("simplex_dual_edge_weight_strategy", DEVEX)
        found = from_nothing(small, names, solver)
        self.steps += solver.steps
        return found

    def _in_full(self, small: Aggregate, program: LinearProgram, names: Sequence[str],
                 found: Reached) -> Reached | None:
        """A point of the full program whose decisions are those of the smaller one, payments being left to it, or, if
        that does not reach the same, also the decisions on single projects (of two that are alike one may begin in
        place of the other); nothing where that does not either."""
        values, x = found
        at = np.clip(x[small.column], program.col_lower, program.col_upper)
        held = ~payments(self.question.columns, program) & (small.column >= 0)
        last = names[-1]
        for kept in (held, held & ~self._of_one(program)):
            # What is held decides most of the rest: a fifth of the columns is left, and presolve finds little more.
            left = reduced(program.with_bounds(col_lower=np.where(kept, at, program.col_lower),
                                               col_upper=np.where(kept, at, program.col_upper)))
            solver = Solver(left.program, presolve=False)
            solver.minimise(left.program.objectives[last][0] * program.unit(last))
            outcome = solver.run()
            self.steps += solver.steps
            if outcome.is_best and holds(program, values, whole := left.of(outcome.x)):
                return {name: program.value(name, whole) for name in names}, whole
        return None

    def _of_one(self, program: LinearProgram) -> Mask:
        """Columns that speak of one project."""
        return np.array([self.question.project_of(name) is not None for name in program.columns], dtype=bool)
