"""Two costs against each other by the epsilon-constraint method (Haimes, Lasdon and Wismer 1971), and plans that are
almost as good as the best and differ most (modelling to generate alternatives: Brill, Chang and Hopkins 1982)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stacked import with_rows
from jaryq.solve.stopped import stopped
from jaryq.uncertainty.pieces import Answer, Piece, Work, in_turn
from jaryq.uncertainty.side_by_side import LARGE, bounded

SLACK = 1e-9
"""By which a cost that is held may pass what was reached, in parts of its size."""


@dataclass(frozen=True, eq=False)
class Axis:
    """A figure as a cost to be minimised; ``sign``: -1 where the figure is its negative."""

    cost: Array
    constant: float
    sign: float

    def at(self, x: Array) -> float:
        """The figure in its own sense."""
        return self.sign * (float(self.cost @ x) + self.constant) + 0.0


@dataclass(frozen=True, eq=False)
class Point:
    """The two figures of a plan, and the plan."""

    one: float
    other: float
    x: Array


@dataclass(frozen=True)
class Near:
    """What a group gets in the best plan found, at least and at most in plans that are almost as good."""

    best: float
    low: float
    high: float


def frontier(program: LinearProgram, one: Axis, other: Axis, count: int, work: Work = in_turn) -> tuple[Point, ...]:
    """Plans from the best of ``other`` to the best of ``one``: at the ends each is best given that the other is,
    between them ``other`` is held at even steps and ``one`` is best. One point where both are best at once. Raises
    NoPlan, ValueError for fewer than two points."""
    if count < 2:
        raise ValueError(f"{count} points are no front")
    (first,), (last,) = work([Piece(best_point, (program, one, other, None)),
                              Piece(best_point, (program, other, one, None))])
    least, most = (float(other.cost @ last), float(other.cost @ first))
    if most - least <= 1e-7 * max(1.0, abs(most)):
        return (_point(one, other, first),)
    inner = work([Piece(best_point, (program, one, other, least + (most - least) * k / (count - 1)))
                  for k in range(1, count - 1)])
    return tuple(_point(one, other, x) for x in (last, *(x for x, in inner), first))


def near_best(program: LinearProgram, cost: Array, constant: float, share: float, scale: Array,
              groups: Sequence[Array]) -> tuple[tuple[Near, ...], tuple[Array, ...]]:
    """The least and the most of each group among plans whose cost is at most the best plus ``share`` of the best's
    ``scale`` (its spending); and all plans found. Raises NoPlan."""
    del constant
    solver = Solver(program)
    best = _solved(solver, cost)
    solver.add_cap(cost, float(cost @ best) + share * abs(float(scale @ best)) + SLACK)
    found, points = [], [best]
    for group in groups:
        ends = [_solved(solver, sign * group) for sign in (1.0, -1.0)]
        points += ends
        found.append(Near(float(group @ best), float(group @ ends[0]), float(group @ ends[1])))
    return tuple(found), tuple(points)


def with_least(program: LinearProgram, parts: Sequence[Array], constants: Sequence[float]) -> LinearProgram:
    """The program with one more column, at the end, that is no more than any of the parts: made large, it is the least
    of them."""
    count = program.shape[1]
    most = max((float(np.abs(part) @ program.col_upper[: len(part)]) + abs(constant)
                for part, constant in zip(parts, constants, strict=True)), default=0.0)
    rows = [np.concatenate([part, np.zeros(count - len(part)), [-1.0]]) for part in parts]
    wide = replace(program, columns=(*program.columns, ("least", ())),
                   col_lower=np.append(program.col_lower, 0.0), col_upper=np.append(program.col_upper, most),
                   whole=np.append(program.whole, False),
                   objectives={name: (np.append(vector, 0.0), constant)
                               for name, (vector, constant) in program.objectives.items()})
    return with_rows(wide, program.matrix, rows, [-constant for constant in constants],
                     [("least_of", (k,)) for k in range(len(parts))])


def best_of(program: LinearProgram, cost: Array) -> Answer:
    """A point of the least cost, divisible. Raises NoPlan."""
    return (_solved(Solver(program), cost),)


def best_point(program: LinearProgram, one: Axis, other: Axis, most: float | None) -> Answer:
    """The best of ``one`` with ``other`` at most at a value, and of these the best of ``other``. Futures side by side
    with a row over all columns (a mean of the worst) are solved as ``solved`` does: the simplex method does not end."""
    solver = Solver(program)
    if program.shape[1] > LARGE:
        for option, value in bounded().items():
            solver.option(option, value)
    if most is not None:
        solver.add_cap(other.cost, most)
    x = _solved(solver, one.cost)
    reached = float(one.cost @ x)
    solver.add_cap(one.cost, reached + SLACK * max(1.0, abs(reached)))
    return (_solved(solver, other.cost),)


def _solved(solver: Solver, cost: Array) -> Array:
    largest = float(np.abs(cost).max(initial=0.0))
    solver.minimise(cost * (100.0 / largest if largest > 0 else 1.0))
    outcome = solver.run()
    if not outcome.is_best:
        raise stopped(outcome)
    return outcome.x


def _point(one: Axis, other: Axis, x: Array) -> Point:
    return Point(one.at(x), other.at(x), x)
