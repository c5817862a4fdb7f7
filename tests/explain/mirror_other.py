"""The other choice by enumeration, from docs/numbers.md alone: every whole choice of a tiny program, each with what the stages can reach at best
while those before stay as good as the shown plan's."""

from itertools import product

import numpy as np
from scipy.optimize import linprog


def values_of(solution):
    """Values of the stages, minimised, and up to what a plan is as good as the shown one."""
    turn = {"objective": -1.0 if solution.objective in ("purse", "most_benefit") else 1.0}
    values = {stage.name: turn.get(stage.name, 1.0) * stage.value for stage in solution.stages}
    most = {stage.name: values[stage.name] + max(stage.search.gap.size, 1e-6 * max(1.0, abs(stage.value))) for stage in solution.stages}
    return values, most


class Enumerated:
    """Of every whole choice (a set of starts) the least value of each stage, infinite where there is none."""

    def __init__(self, program, solution):
        self.program = program
        self.values, self.most = values_of(solution)
        starts = {}
        for j in np.flatnonzero(program.whole):
            starts.setdefault(program.columns[j][1][0], []).append(int(j))
        self.starts = starts
        self.least = {frozenset(pick) - {None}: self._of(set(pick)) for pick in product(*([None, *columns] for columns in starts.values()))}

    def _of(self, chosen):
        """Minima of the stages one after the other, those before kept as good as the shown plan's."""
        p = self.program
        dense = p.matrix.toarray()
        low, high = p.col_lower.copy(), p.col_upper.copy()
        for columns in self.starts.values():
            for j in columns:
                if not low[j] <= (j in chosen) <= high[j]:
                    return dict.fromkeys(self.values, np.inf)
                low[j] = high[j] = float(j in chosen)
        rows, sides = [], []
        for row, lower, upper in zip(dense, p.row_lower, p.row_upper, strict=True):
            if np.isfinite(upper):
                rows.append(row), sides.append(upper)
            if np.isfinite(lower):
                rows.append(-row), sides.append(-lower)
        found = {}
        for name in self.values:
            vector, constant = p.objectives[name]
            answer = linprog(vector, A_ub=np.array(rows), b_ub=np.array(sides), bounds=np.stack([low, high], axis=1))
            found[name] = answer.fun + constant if answer.status == 0 else np.inf
            rows.append(vector), sides.append(self.most[name] - constant)
        return found

    def holding(self, one):
        """The choices that hold the opposite of a choice of the plan; None for those of who pays."""
        at = {str(self.program.columns[j][1][1]): j for j in self.starts[one.project]}
        if one.kind == "start":
            return [pick for pick in self.least if at[one.other] in pick]
        return [pick for pick in self.least if bool(pick & set(at.values())) == (one.other == "in")]

    def good(self, pick):
        """Whether a choice has a plan as good as the shown one."""
        last = list(self.values)[-1]
        return self.least[pick][last] <= self.most[last]
