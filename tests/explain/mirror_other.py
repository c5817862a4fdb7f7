"""The other choice by enumeration, from docs/numbers.md alone: every whole choice of a tiny program, each with what the
stages can reach at best while those before stay as good as the shown plan's. The solver is asked plainly, with the
arrays of the program."""

from itertools import product

import highspy
import numpy as np

from jaryq.solve.highs import Silent

LOOSE = 1e-9


def values_of(solution):
    """Values of the stages, minimised, and up to what a plan is as good as the shown one."""
    turn = {"objective": -1.0 if solution.objective in ("purse", "most_benefit") else 1.0}
    values = {stage.name: turn.get(stage.name, 1.0) * stage.value for stage in solution.stages}
    most = {stage.name: values[stage.name] + max(stage.search.gap.size, 1e-6 * max(1.0, abs(stage.value)))
            for stage in solution.stages}
    return values, most


class Least:
    """A program in HiGHS with a row for each stage, to be asked again with whole columns between other bounds."""

    def __init__(self, program, names):
        self.program, self.names = program, list(names)
        count = program.shape[1]
        self.columns = np.arange(count, dtype=np.int32)
        self.whole = np.flatnonzero(program.whole).astype(np.int32)
        self.highs = Silent()
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off"),
                              ("primal_feasibility_tolerance", 1e-9),
                              ("dual_feasibility_tolerance", 1e-9)):
            self.highs.setOptionValue(option, value)
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = program.shape
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(count), program.col_lower, program.col_upper
        lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = program.matrix.indptr.astype(
            np.int32), program.matrix.indices.astype(np.int32)
        lp.a_matrix_.value_ = program.matrix.data
        self.highs.passModel(lp)
        for name in self.names:
            vector = program.objectives[name][0]
            where = np.flatnonzero(vector).astype(np.int32)
            self.highs.addRow(-np.inf, np.inf, len(where), where, vector[where])

    def between(self, low, high):
        """Bounds of the whole columns."""
        self.highs.changeColsBounds(len(self.whole), self.whole, low[self.whole], high[self.whole])

    def cap(self, name, most):
        """A stage at most at a value."""
        self.highs.changeRowBounds(self.program.shape[0] + self.names.index(name), -np.inf,
                                   most - self.program.objectives[name][1])

    def least(self, name):
        """The least of a stage; infinite: there is no plan."""
        self.highs.changeColsCost(len(self.columns), self.columns, self.program.objectives[name][0])
        self.highs.run()
        if self.highs.getModelStatus() not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
            return np.inf
        return self.program.objectives[name][0] @ np.array(
            self.highs.getSolution().col_value) + self.program.objectives[name][1]

    def in_order(self):
        """The stages one after the other, each at the best of those before."""
        for name in self.names:
            self.cap(name, np.inf)
        found = {}
        for name in self.names:
            found[name] = self.least(name)
            self.cap(name, found[name] + LOOSE)
        return found


def choices_of(program):
    """Starts of each row, and every whole choice: of each row one start or none."""
    starts = {}
    for j in np.flatnonzero(program.whole):
        starts.setdefault(program.columns[j][1][0], []).append(int(j))
    return starts, [frozenset(pick) - {None} for pick in product(*([None, *columns] for columns in starts.values()))]


def held_at(program, pick):
    """Bounds with which just this choice is done; None where the program's own do not allow it."""
    at = np.zeros(program.shape[1])
    at[list(pick)] = 1.0
    where = program.whole
    if np.any(at[where] < program.col_lower[where]) or np.any(at[where] > program.col_upper[where]):
        return None
    return np.where(where, at, program.col_lower), np.where(where, at, program.col_upper)


def best_whole(program, names):
    """What the best whole choice reaches, stage by stage."""
    ask, found = Least(program, names), []
    for pick in choices_of(program)[1]:
        bounds = held_at(program, pick)
        if bounds is not None:
            ask.between(*bounds)
            found.append(tuple(ask.in_order().values()))
    # Values that only noise tells apart are one.
    return dict(zip(names, min(found, key=lambda values: [round(value, 6) for value in values]), strict=True))


class Enumerated:
    """Of every whole choice (a set of starts) the least value of each stage, infinite where there is none."""

    def __init__(self, program, solution):
        self.program = program
        self.values, self.most = values_of(solution)
        self.starts, picks = choices_of(program)
        ask = Least(program, self.values)
        self.least = {pick: self._of(ask, pick) for pick in picks}

    def _of(self, ask, pick):
        """Minima of the stages one after the other, those before kept as good as the shown plan's."""
        bounds = held_at(self.program, pick)
        if bounds is None:
            return dict.fromkeys(self.values, np.inf)
        ask.between(*bounds)
        for name in self.values:
            ask.cap(name, np.inf)
        found = {}
        for name, most in self.most.items():
            found[name] = ask.least(name)
            ask.cap(name, most)
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
