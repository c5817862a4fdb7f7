"""A program in which named limits may give way: what they move is a decision, held at nothing until it is freed.

Of a linear program L <= A x <= U and limits g with moves d_g the rows become L <= A x - sum_g side_g d_g <= U, and a
column whose upper bound follows from limits gets a row x_j - sum_g slope_g d_g <= u_j. Lifting a limit and moving it at
a price are so changes of bounds of columns alone (elastic programming: Chinneck and Dravnieks 1991).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from jaryq.base.errors import NoPlan
from jaryq.solve.at_hand import at_hand, has_point, search
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.near import fixed
from jaryq.solve.stages import linear_stages
from jaryq.solve.ways import exactly

WIDTH, STRETCHES = 0.1, 10
"""Stretches of the convex cost of a move, as of shortfalls: slopes 1, 2, .. 10, the last one open."""

STAGES = ("moved", "largest_move", "moves")

SMALL, BESIDE, NOISE = 1e-7, 0.1, 1e-13
"""A move below this share of a size is none, unless the largest of all is not much more: where all that is missing is a
hair, a hair is what moves. Below the last it is what sums of doubles lose."""


class NotFound(NoPlan):
    """Whether there are moves is not known: none were found within the effort."""


@dataclass(frozen=True)
class Give:
    """A limit that may give way: ``sides`` change of the sides of rows by their number for one unit up; ``size``: what
    a move is measured by; ``up``, ``down``: how far it can move at most; ``steps``: by whole units only."""

    name: str
    sides: Mapping[int, float]
    up: float
    down: float
    size: float = 1.0
    steps: bool = False


@dataclass(frozen=True)
class Follows:
    """An upper bound of a column that follows from limits: ``most`` as they stand, ``slopes`` by the number of the
    limit for one unit up."""

    column: int
    most: float
    slopes: Mapping[int, float]


@dataclass(frozen=True, eq=False)
class Elastic:
    """A program whose columns are as wide as its limits can ever make them, its limits, and the bounds that follow from
    them."""

    wide: LinearProgram
    gives: tuple[Give, ...]
    follows: tuple[Follows, ...] = ()
    room: Mapping[int, float] = field(default_factory=dict)

    @cached_property
    def program(self) -> LinearProgram:
        """The program with two more columns a limit (up, down), all at nothing, and a row for each bound that
        follows."""
        wide, count = self.wide, self.wide.shape[1]
        places = [(i, 2 * g + way, -sign * value) for g, give in enumerate(self.gives)
                  for i, value in give.sides.items() for way, sign in ((0, 1.0), (1, -1.0)) if value]
        right = _sparse(places, (wide.shape[0], 2 * len(self.gives)))
        below = [(k, one.column, 1.0) for k, one in enumerate(self.follows)]
        below += [(k, count + 2 * g + way, -sign * slope) for k, one in enumerate(self.follows)
                  for g, slope in one.slopes.items() for way, sign in ((0, 1.0), (1, -1.0)) if slope]
        matrix = hstack([wide.matrix, right], format="csr")
        if self.follows:
            matrix = vstack([matrix, _sparse(below, (len(self.follows), matrix.shape[1]))], format="csr")
        more = 2 * len(self.gives)
        names = tuple((way, (give.name,)) for give in self.gives for way in ("up", "down"))
        return LinearProgram(
            matrix=csr_array(matrix),
            row_lower=np.concatenate([wide.row_lower, np.full(len(self.follows), -np.inf)]),
            row_upper=np.concatenate([wide.row_upper, [one.most for one in self.follows]]),
            col_lower=np.concatenate([wide.col_lower, np.zeros(more)]),
            col_upper=np.concatenate([wide.col_upper, np.zeros(more)]),
            whole=np.concatenate([wide.whole, [give.steps for give in self.gives for _ in range(2)]]),
            objectives={}, columns=wide.columns + names,
            rows=wide.rows + tuple(("follows", (k,)) for k in range(len(self.follows))), implied=wide.implied,
        )

    def freed(self, lifted: Collection[int]) -> LinearProgram:
        """The program with the limits of these numbers free to move, at no price."""
        upper = self.program.col_upper.copy()
        start = self.wide.shape[1]
        for g in lifted:
            upper[start + 2 * g], upper[start + 2 * g + 1] = self.gives[g].up, self.gives[g].down
        return self.program.with_bounds(col_upper=upper)

    def named_by(self, ray: Array) -> set[int]:
        """Limits that multipliers of the rows lean on: lifted, each would take from them."""
        taken = np.abs(self.program.matrix.T @ ray)[self.wide.shape[1]:]
        size = max(float(np.abs(ray).max(initial=0.0)), 1e-300)
        return {k // 2 for k in np.flatnonzero(taken > 1e-9 * size).tolist()}


@dataclass(frozen=True, eq=False)
class Repair:
    """The cheapest moves by the number of the limit (down negative), the point with them, and whether the whole
    decisions were searched to the end."""

    moves: Mapping[int, float]
    x: Array
    solved: bool


def repair(elastic: Elastic, among: Collection[int], whole: bool, seconds: float,
           starts: Collection[Name] = ()) -> Repair | None:
    """The cheapest moves of the limits ``among`` that leave a point, whole where ``whole``; None: there are none.
    ``starts``: those of a plan, which are tried first. Raises NotFound if none are found within the effort, NoPlan if
    the solver gives up."""
    program = priced(elastic, sorted(among))
    solved = True
    if program.whole.any() and (whole or any(elastic.gives[g].steps for g in among)):
        if not whole:
            steps = program.whole.copy()
            steps[: elastic.wide.shape[1]] = False
            program = replace(program, whole=steps)
        hand = at_hand(program, STAGES[0], seconds, starts)
        if hand is None and not has_point(program):
            return None
        outcome = search(program, STAGES[0], seconds, hand)
        if outcome.stop == "infeasible":
            return None
        solved = outcome.stop == "optimal"
        point = outcome.x if outcome.holds_point else hand
        if point is None:
            raise NotFound("no moves of limits were found within the effort")
        program = fixed(program, np.round(point[program.whole]))
    solver = Solver(program)
    if solver.run().stop == "infeasible":
        return None
    x = linear_stages(program, STAGES, solver).x
    if not (moves := _moves(elastic, among, x)):
        # Nothing has to move for what the solver keeps; what has to is a hair.
        try:
            x = exactly(program, STAGES, x)
        except NoPlan as error:
            raise NotFound("no moves of limits keep all rows to the last digit with these decisions") from error
        moves = _moves(elastic, among, x)
    return Repair(moves, x[: elastic.wide.shape[1]], solved)


def _moves(elastic: Elastic, among: Collection[int], x: Array) -> dict[int, float]:
    """By how much limits move at a point, by their numbers."""
    start = elastic.wide.shape[1]
    moves = {g: float(x[start + 2 * g] - x[start + 2 * g + 1]) for g in among}
    shares = {g: abs(move) / elastic.gives[g].size for g, move in moves.items()}
    small = max(NOISE, min(SMALL, BESIDE * max(shares.values(), default=0.0)))
    return {g: move for g, move in moves.items() if shares[g] > small}


def priced(elastic: Elastic, among: Sequence[int]) -> LinearProgram:
    """The limits ``among`` free, with stretches of each one's move, the largest move, and the stages of a repair."""
    free = elastic.freed(among)
    rows, count = free.shape
    extra = STRETCHES * len(among) + 1
    start = elastic.wide.shape[1]
    places, most = [], np.zeros(extra)
    costs = {name: np.zeros(count + extra) for name in STAGES}
    worst = count + extra - 1
    for k, g in enumerate(among):
        give = elastic.gives[g]
        up, down = start + 2 * g, start + 2 * g + 1
        reach = max(give.up, give.down)
        for n in range(STRETCHES):
            column = STRETCHES * k + n
            most[column] = WIDTH * give.size if n < STRETCHES - 1 else max(reach, WIDTH * give.size)
            places.append((2 * k, count + column, -1.0 / give.size))
            costs["moved"][count + column] = (n + 1) / give.size
        for column in (up, down):
            places += [(2 * k, column, 1.0 / give.size), (2 * k + 1, column, 1.0 / give.size)]
            costs["moves"][column] = 1.0 / give.size
        places.append((2 * k + 1, worst, -1.0))
        most[-1] = max(most[-1], reach / give.size)
    costs["largest_move"][worst] = 1.0
    matrix = vstack([hstack([free.matrix, csr_array((rows, extra))]), _sparse(places, (2 * len(among), count + extra))],
                    format="csr")
    sides = np.tile([0.0, -np.inf], len(among))
    return LinearProgram(
        matrix=csr_array(matrix), row_lower=np.concatenate([free.row_lower, sides]),
        row_upper=np.concatenate([free.row_upper, np.zeros(2 * len(among))]),
        col_lower=np.concatenate([free.col_lower, np.zeros(extra)]),
        col_upper=np.concatenate([free.col_upper, most]),
        whole=np.concatenate([free.whole, np.zeros(extra, dtype=bool)]),
        objectives={name: (cost, 0.0) for name, cost in costs.items()},
        columns=free.columns + tuple(("stretch", (j,)) for j in range(extra)),
        rows=free.rows + tuple(("move", (i,)) for i in range(2 * len(among))), implied=free.implied,
    )


def span(program: LinearProgram, row: int) -> float:
    """How far the body of a row can be from either of its finite sides: what lets it bind nothing."""
    start, end = program.matrix.indptr[row], program.matrix.indptr[row + 1]
    values, columns = program.matrix.data[start:end], program.matrix.indices[start:end]
    ends = values * program.col_lower[columns], values * program.col_upper[columns]
    least, most = float(np.minimum(*ends).sum()), float(np.maximum(*ends).sum())
    gaps = [abs(side - end) for side in (program.row_lower[row], program.row_upper[row]) if math.isfinite(side)
            for end in (least, most)]
    return max(gaps, default=0.0) + 1.0


def _sparse(places: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> csr_array:
    values = [v for _, _, v in places]
    return csr_array((values, ([i for i, _, _ in places], [j for _, j, _ in places])), shape=shape, dtype=np.float64)
