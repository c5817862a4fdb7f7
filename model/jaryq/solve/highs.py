"""HiGHS, driven with arrays: one program passed once, then objectives, bounds and right-hand sides changed in place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from jaryq.base.errors import NoPlan
from jaryq.solve.bases import Numbers, near, split
from jaryq.solve.lp import Array, LinearProgram

Stop = Literal["optimal", "infeasible", "limit", "time", "enough", "other"]

FEASIBILITY = 1e-9
"""Tolerance of linear solves: bn KZT, far below a tenge's worth in a plan."""

@dataclass(frozen=True, eq=False)
class Outcome:
    """Why the solver stopped and what it holds: a point with its objective, the duals of a linear program, a bound of a
    whole one; and the simplex iterations it took."""

    stop: Stop
    x: Array
    row_dual: Array
    col_dual: Array
    objective: float
    bound: float
    said: str
    iterations: int = 0

    @property
    def holds_point(self) -> bool:
        return not np.isnan(self.objective)  # the point of a program without columns has no coordinates

    @property
    def is_best(self) -> bool:
        """Whether the solver gives the best point of a linear program; at times it says "optimal" and holds none within
        its tolerance."""
        return self.stop == "optimal" and self.holds_point


DUAL, PRIMAL = 1, 4
"""Numbers of the dual and the primal simplex among the strategies of HiGHS."""

UNLIMITED = 2**31 - 1
"""Steps, where there is no limit."""

CHOOSES, DEVEX = -1, 1
"""Numbers of the edge weights that the solver chooses itself, and of those that cost nothing to begin with: the
steepest ones of a basis that comes from elsewhere take as long as all else where a few steps are left."""

APART = 1e-5
"""Relative distance between the value the solver tells and that of the point it gives at which the point is another
one."""


class Silent(highspy.Highs):  # type: ignore[misc]
    """HiGHS that says nothing, its banner included: the wrapper turns callbacks on before anyone could turn the output
    off, and that prints it."""

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()


class Solver:
    """A HiGHS instance holding one program. ``seconds`` is the time spent inside HiGHS, ``steps`` those of the simplex
    in all."""

    def __init__(self, program: LinearProgram, *, seed: int = 0, presolve: bool = True, whole: bool = False) -> None:
        self.program = program
        self.seconds = 0.0
        self.steps = 0
        self.enough = False
        self.started = False
        self.offset = 0.0
        self.highs = Silent()
        for option, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", seed), ("presolve", "on" if presolve else "off"),
            ("primal_feasibility_tolerance", FEASIBILITY), ("dual_feasibility_tolerance", FEASIBILITY),
        ):
            self.highs.setOptionValue(option, value)
        self._pass(program, whole)
        self.cost = np.zeros(program.shape[1])
        self._columns_at = program.col_lower.copy(), program.col_upper.copy()
        self._rows_at = program.row_lower.copy(), program.row_upper.copy()

    def option(self, name: str, value: Any) -> None:
        self.highs.setOptionValue(name, value)

    def tolerances(self, size: float) -> None:
        """By how much rows, bounds and reduced costs of a linear program may be missed."""
        for name in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            self.option(name, size)

    def _pass(self, program: LinearProgram, whole: bool) -> None:
        matrix, kinds = program.matrix, program.whole if whole else np.zeros(program.shape[1])
        if self.highs.passModel(
            program.shape[1], program.shape[0], matrix.nnz, int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMinimize), 0.0, np.zeros(program.shape[1]), program.col_lower, program.col_upper,
            program.row_lower, program.row_upper, matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32),
            matrix.data, kinds.astype(np.int32),
        ) == highspy.HighsStatus.kError:
            raise NoPlan("the solver did not accept the program")

    def minimise(self, cost: Array, offset: float = 0.0) -> None:
        where = np.flatnonzero(cost != self.cost).astype(np.int32)
        if len(where):
            self.highs.changeColsCost(len(where), where, cost[where])
        self.cost = cost
        self.offset = offset
        self.highs.changeObjectiveOffset(offset)

    def column_bounds(self, lower: Array, upper: Array) -> None:
        """Bounds of all columns; only those that change are passed on (of 30,000 columns each passing takes 5 ms)."""
        where = _changed(self._columns_at, (lower, upper))
        if len(where):
            self.highs.changeColsBounds(len(where), where, lower[where], upper[where])
        self._columns_at = lower.copy(), upper.copy()

    def row_bounds(self, lower: Array, upper: Array) -> None:
        """Limits of all rows of the program; only those that change are passed on."""
        where = _changed(self._rows_at, (lower, upper))
        if len(where):
            self.highs.changeRowsBounds(len(where), where, lower[where], upper[where])
        self._rows_at = lower.copy(), upper.copy()

    def bounds_of(self, program: LinearProgram) -> None:
        """The bounds of another program of the same shape."""
        self.column_bounds(program.col_lower, program.col_upper)
        self.row_bounds(program.row_lower, program.row_upper)

    def coefficients(self, changes: Iterable[tuple[tuple[int, int], float]]) -> None:
        """Coefficients by row and column."""
        for (i, j), value in changes:
            self.highs.changeCoeff(i, j, value)

    def add_cap(self, vector: Array, most: float) -> None:
        """A further row: vector x <= most."""
        where = np.flatnonzero(vector).astype(np.int32)
        self.highs.addRow(-highspy.kHighsInf, most, len(where), where, vector[where])

    def add_sum(self, columns: Sequence[int]) -> None:
        """A further row without limits: the sum of the columns."""
        where = np.array(columns, dtype=np.int32)
        self.highs.addRow(-highspy.kHighsInf, highspy.kHighsInf, len(where), where, np.ones(len(where)))

    def between(self, row: int, least: float, most: float) -> None:
        self.highs.changeRowBounds(row, least, most)

    def column(self, j: int, lower: float, upper: float) -> None:
        self._columns_at[0][j], self._columns_at[1][j] = lower, upper
        self.highs.changeColBounds(j, lower, upper)

    def ray(self) -> Array | None:
        """Multipliers of the rows that the solver holds as a proof of infeasibility, if it has one."""
        status, exists, values = self.highs.getDualRay()
        return np.array(values, dtype=float) if status != highspy.HighsStatus.kError and exists else None

    def held(self) -> tuple[Array, Array]:
        """The point and the multipliers of the rows that the solver has come to, whether or not they are within its
        tolerances; nothing everywhere where it has none."""
        found, (rows, columns) = self.highs.getSolution(), self.program.shape
        return (np.array(found.col_value, dtype=float) if found.value_valid else np.zeros(columns),
                np.array(found.row_dual, dtype=float) if found.dual_valid else np.zeros(rows))

    @property
    def broken(self) -> int:
        """Columns and rows that are not between their bounds where the solver has stopped."""
        return int(self.highs.getInfo().num_primal_infeasibilities)

    def basis(self) -> Any:
        return self.highs.getBasis()

    def start_from(self, basis: Any) -> None:
        self.highs.setBasis(basis)

    def start_near(self, columns: Numbers, rows: Numbers) -> None:
        """A basis by the numbers of its states. It may have too many or too few basic ones: the solver mends it."""
        self.highs.setBasis(near(columns, rows))

    def furthest(self, basis: Any, rows: csr_array, most: Array, way: tuple[Numbers, Array]) -> Outcome:
        """Go on from a basis by the primal simplex with further ``rows`` of at most ``most`` and one column more, from
        0 to 1, as large as can be: ``way`` are the rows it stands in, the further ones too, and its coefficients. Both
        are taken away again; the column is the last one of the point."""
        columns, count = self.highs.getNumCol(), self.highs.getNumRow()
        if basis is not None:
            self.highs.setBasis(basis)
        if len(most):
            self.highs.addRows(len(most), np.full(len(most), -highspy.kHighsInf), most, int(rows.nnz),
                               rows.indptr[:-1].astype(np.int32), rows.indices.astype(np.int32), rows.data)
        where, values = way
        self.highs.addCol(-1.0, 0.0, 1.0, len(where), where.astype(np.int32), values)
        self.option("simplex_strategy", PRIMAL)
        outcome = self.run()
        self.option("simplex_strategy", DUAL)
        self.highs.deleteCols(1, np.array([columns], dtype=np.int32))
        if len(most):
            self.highs.deleteRows(len(most), np.arange(count, count + len(most), dtype=np.int32))
        return outcome

    def start_split(self, basis: Any, at: tuple[Numbers, Numbers], columns: Sequence[int], rows: Sequence[int]) -> None:
        """The basis of a program that has fewer columns and rows, which stand ``at`` these places here: of the others
        the ``columns`` and ``rows`` named are basic, other columns stand at their lower bound, other rows at their
        upper side."""
        self.highs.setBasis(split(self.program.shape, basis, at, columns, rows))

    def forget(self) -> None:
        """Solve from scratch next time, with presolve and by the dual simplex."""
        self.highs.clearSolver()

    def start_at(self, x: Array) -> None:
        """A point to begin with."""
        point = highspy.HighsSolution()
        point.col_value = x.tolist()
        self.highs.setSolution(point)
        self.started = True

    def until(self, enough: Callable[[int, float, float], bool]) -> None:
        """Stop a whole search once ``enough(nodes, best, distance)``: value of its best point, and its distance from
        the bound; infinite before there is a point."""
        def look(event: Any) -> None:
            seen = event.data_out
            if enough(seen.mip_node_count, seen.mip_primal_bound, seen.mip_primal_bound - seen.mip_dual_bound):
                self.enough = True
                event.interrupt()

        self.highs.cbMipInterrupt.subscribe(look)

    def run(self) -> Outcome:
        """Solve. A Ctrl-C is passed on once HiGHS has stopped."""
        begun = time.perf_counter()
        self.highs.HandleKeyboardInterrupt = True
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kNotset:
            # Who used HiGHS in this process before has set up its threads, for another number of them, and it refuses
            # to begin: set up anew.
            highspy.Highs.resetGlobalScheduler(True)
            self.highs.run()
            status = self.highs.getModelStatus()
        self.seconds += time.perf_counter() - begun
        said = self.highs.modelStatusToString(status)
        info = self.highs.getInfo()
        self.steps += max(0, info.simplex_iteration_count)
        known = highspy.HighsModelStatus
        stop: Stop = "other"
        if status in (known.kOptimal, known.kModelEmpty):
            stop = "optimal"
        elif status in (known.kInfeasible, known.kUnboundedOrInfeasible):
            stop = "infeasible"
        elif status == known.kTimeLimit:
            stop = "time"
        elif self.enough and status == known.kInterrupt:
            stop = "enough"
        elif status in (known.kSolutionLimit, known.kIterationLimit, known.kObjectiveBound, known.kObjectiveTarget):
            stop = "limit"
        elif status == known.kInterrupt:
            raise KeyboardInterrupt
        none = np.zeros(0)
        if status == known.kModelEmpty:
            # Nothing to decide: the point without coordinates is the best one (HiGHS calls rows that it cannot keep
            # infeasible itself).
            columns, rows = np.zeros(self.highs.getNumCol()), np.zeros(self.highs.getNumRow())
            return Outcome(stop, columns, rows, columns, 0.0, 0.0, said)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Outcome(stop, none, none, none, np.nan, np.nan, said, info.simplex_iteration_count)
        found = self.highs.getSolution()
        x = np.array(found.col_value, dtype=float)  # told the kind it need not look for one
        if self.started and abs(float(self.cost @ x) + self.offset
                                - info.objective_function_value) > APART * max(1.0, abs(info.objective_function_value)):
            # Where presolve leaves nothing of a whole program, HiGHS 1.16 tells the value of the best point and gives
            # back the point it began with.
            self.started = False
            self.forget()
            return self.run()
        return Outcome(
            stop, x, np.array(found.row_dual, dtype=float), np.array(found.col_dual, dtype=float),
            info.objective_function_value, info.mip_dual_bound, said, info.simplex_iteration_count,
        )


def _changed(old: tuple[Array, Array], new: tuple[Array, Array]) -> npt.NDArray[np.int32]:
    return np.flatnonzero((old[0] != new[0]) | (old[1] != new[1])).astype(np.int32)


def versions() -> dict[str, str]:
    return {"highs": Silent().version()}
