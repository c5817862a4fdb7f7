"""The shown plan as its program sees it: values of the stages, how near plans as good as it come, multipliers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jaryq.solve.exact import Arithmetic, Cap
from jaryq.solve.leaves import guide_of
from jaryq.solve.lp import Array, LinearProgram, label
from jaryq.solve.question import Question
from jaryq.solve.solution import MAXIMISED, MET, Solution
from jaryq.solve.tree import Guide


@dataclass(frozen=True, eq=False)
class Held:
    """Multipliers of a stage: of the rows, and of the stages before it."""

    rows: Array
    before: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Shown:
    """``program``: with the columns that are proved to be nothing at nothing. ``values`` (minimised) and ``gaps`` by
    stage, in their order; ``chosen``: 1 for the whole columns that the plan takes, of divisible facilities the share
    of each start."""

    question: Question
    program: LinearProgram
    solution: Solution
    values: Mapping[str, float]
    gaps: Mapping[str, float]
    chosen: Array

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.values)

    def most(self, name: str) -> float:
        """The value up to which a plan is as good as the shown one in a stage."""
        return self.values[name] + self.gaps[name]

    def before(self, name: str) -> tuple[str, ...]:
        """The stages before a stage that have something to decide."""
        return tuple(other for other in self.names[: self.names.index(name)]
                     if np.any(self.program.objectives[other][0]))

    def caps(self, times: Mapping[str, float]) -> list[Cap]:
        """Earlier stages at what plans as good as the shown one keep, each with its multiplier."""
        return [Cap(*self.program.objectives[name], self.most(name), m) for name, m in times.items()]

    @cached_property
    def exact(self) -> Arithmetic:
        return Arithmetic(self.program)

    @cached_property
    def guides(self) -> Mapping[str, Guide | None]:
        """The splits of the tree of each stage that has one."""
        return {name: guide_of(self.program, tree) for name, tree in self.solution.proof.trees.items()}

    @cached_property
    def held(self) -> Mapping[str, Held]:
        """Multipliers of each stage, as the plan stores them."""
        row_at = {label(name): i for i, name in enumerate(self.program.rows)}
        rows = {name: np.zeros(self.program.shape[0]) for name in self.names}
        before: dict[str, dict[str, float]] = {name: {} for name in self.names}
        for key, value in self.solution.multipliers.items():
            stage, _, row = key.partition("|")
            if stage not in rows:
                continue
            if row in row_at:
                rows[stage][row_at[row]] = value
            elif row in self.values:
                before[stage][row] = value
        return {name: Held(rows[name], before[name]) for name in self.names}


def shown(question: Question, program: LinearProgram, solution: Solution) -> Shown:
    """The plan of a solution in its program."""
    sign = -1.0 if solution.objective in MAXIMISED else 1.0
    values = {stage.name: (sign if stage.name == "objective" else 1.0) * stage.value for stage in solution.stages}
    gaps = {stage.name: max(0.0 if stage.search is None else stage.search.gap.size, MET * max(1.0, abs(stage.value)))
            for stage in solution.stages}
    upper = program.col_upper.copy()
    column_at = {label(name): j for j, name in enumerate(program.columns)}
    upper[[column_at[fixing.column] for fixing in solution.proof.fixings]] = 0.0
    chosen = np.zeros(program.shape[1])
    divisible = not program.whole.any()
    for j, (family, _) in enumerate(program.columns):
        meaning = question.meanings[j] if program.whole[j] or (divisible and family == "start") else None
        if meaning is not None:
            taken = solution.plan.of(meaning.field).get(meaning.key, 0.0)
            chosen[j] = taken if divisible else round(taken)
    return Shown(question, program.with_bounds(col_upper=upper), solution, values, gaps, chosen)
