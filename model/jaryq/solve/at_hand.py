"""Whole points of a program whose search may take too long: by a dive, with the starts of a plan first; then by a
search that goes on from there and ends by work."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from jaryq.solve.clock import now
from jaryq.solve.dive import Diver, Point, groups
from jaryq.solve.highs import Outcome, Solver
from jaryq.solve.limits import OVERRUN, SECOND, Limits, Spent
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stopped import stopped

FENCE = 20.0
"""Times the seconds of an effort, on the clock, after which a search is cut off."""

STEP = ("up", "down")
"""Families of columns that move by whole steps: more than needed of one is no less a point."""


def search(program: LinearProgram, stage: str | None, seconds: float, start: Array | None = None) -> Outcome:
    """The best whole point by a stage (none: any point) that is found in the work of so many seconds, alike on every
    machine; ``start``: a point that is known. Raises NoPlan if the solver gives up."""
    solver, spent = Solver(program, whole=True), Spent()

    def enough(nodes: int, _best: float, _distance: float) -> bool:
        spent.look(program, nodes)
        return spent.work >= seconds * SECOND

    solver.until(enough)
    solver.option("time_limit", FENCE * max(seconds, 0.1))
    solver.option("mip_rel_gap", 0.0)
    solver.option("mip_abs_gap", 1e-6)
    if stage is not None:
        solver.minimise(program.objectives[stage][0])
    if start is not None:
        solver.start_at(start)
    outcome = solver.run()
    if outcome.stop == "other":
        raise stopped(outcome)
    return outcome


def has_point(program: LinearProgram) -> bool:
    """Whether the linear program has a point, or the solver does not tell: without one there is no whole one."""
    return Solver(program).run().stop != "infeasible"


def at_hand(program: LinearProgram, stage: str, seconds: float, starts: Collection[Name] = ()) -> Array | None:
    """The cheaper one of two whole points: with just the ``starts`` of a plan, and by a dive from the linear program;
    None where neither is one."""
    at = {key: columns for key, columns in groups(program).items() if key[0] not in STEP}
    limits = Limits({}, None, seconds * SECOND, now() + OVERRUN * FENCE * seconds, 0)
    diver = Diver(program, program.objectives[stage][0], at, limits)
    chosen = np.array([float(name in starts) for name in program.columns])
    kept = [key for key in at if key[0] == "start"] if starts else []
    found = [point for keys in ([kept, []] if kept else [[]])
             if (point := diver.dive(keys, chosen, by_share=False)) is not None]
    whole = [x for point in found if (x := _stepped(diver, point)) is not None]
    return min(whole, key=lambda x: float(program.objectives[stage][0] @ x), default=None)


def _stepped(diver: Diver, point: Point) -> Array | None:
    """The point with steps taken whole, all else that is whole as it is."""
    program, lower, upper = diver.program, diver.program.col_lower.copy(), diver.program.col_upper.copy()
    steps = np.array([family in STEP for family, _ in program.columns]) & program.whole
    others = program.whole & ~steps
    lower[others] = upper[others] = np.round(point.x[others])
    lower[steps] = upper[steps] = np.ceil(point.x[steps] - 1e-6)
    diver.solver.column_bounds(lower, upper)
    outcome = diver.solver.run()
    return outcome.x if outcome.is_best else None
