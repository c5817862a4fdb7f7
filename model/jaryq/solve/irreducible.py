"""An irreducible conflict of limits: a deletion filter over limits, not over rows of the matrix (Chinneck 2008), with
an exact proof of what is left."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from jaryq.solve.at_hand import search
from jaryq.solve.clock import now
from jaryq.solve.elastic import Elastic
from jaryq.solve.exact import Arithmetic
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram

Proof = Literal["farkas", "branching", "solver"]
"""By exact multipliers; by exact multipliers in every leaf of a branching; by the solver's word alone."""

SMALL = 6000
"""Up to so many columns whole points are looked for though multipliers alone prove the conflict."""

LEAVES = 300
"""An exact branching has so many leaves at most."""


@dataclass(frozen=True, eq=False)
class Conflict:
    """Numbers of the limits that no point keeps together; how that is proved, in so many ``leaves``; whether each was
    tried, and whether that was asked of points in ``parts`` only."""

    limits: tuple[int, ...]
    proof: Proof
    irreducible: bool
    leaves: int = 0
    parts: bool = False


def irreducible(elastic: Elastic, order: Sequence[int], whole: bool, end: float) -> Conflict | None:
    """The limits of an irreducible conflict; None if no conflict is found. ``order``: all limits, those to be lifted
    first at the beginning; ``end`` (of clock.now): what is not tried by then stays in the conflict."""
    there = Tried(elastic, whole, end)
    everything = set(order)
    ray = there.ray(())
    parts = whole and ray is not None and elastic.program.shape[1] > SMALL
    if parts:
        there = Tried(elastic, False, end)
    kept = [g for g in order if ray is None or g in elastic.named_by(ray)]
    if not there.impossible(everything - set(kept)):
        kept = list(order)
        if not there.impossible(()):
            return None
    tried = True
    for g in tuple(kept):
        if g not in kept:
            continue
        if now() > end:
            tried = False
            break
        rest = [other for other in kept if other != g]
        found = there.impossible(everything - set(rest))
        if found:
            named = there.named
            kept = [other for other in rest if named is None or other in named]
            if named is not None and not there.impossible(everything - set(kept)):
                kept = rest
        elif found is None:
            tried = False
    proof, leaves = _proved(elastic.freed(everything - set(kept)), whole, end)
    return Conflict(tuple(kept), proof, tried, leaves, parts)


class Tried:
    """Whether there is a point with limits lifted, asked of one warm solver, and of a whole search where that has
    one."""

    def __init__(self, elastic: Elastic, whole: bool, end: float) -> None:
        self.elastic, self.end = elastic, end
        self.whole = whole and bool(elastic.program.whole.any())
        self.solver = Solver(elastic.program, presolve=False)
        self.solver.option("simplex_strategy", 1)
        self.named: set[int] | None = None

    def ray(self, lifted: Collection[int]) -> Array | None:
        """Multipliers by which the linear program has no point."""
        self.solver.bounds_of(self.elastic.freed(lifted))
        if self.solver.run().stop != "infeasible":
            return None
        ray = self.solver.ray()
        return ray if ray is not None and np.abs(ray).max(initial=0.0) > 0 else None

    def impossible(self, lifted: Collection[int]) -> bool | None:
        """Whether there is no point; None where the time ends before that is known. ``named``: the limits that
        multipliers lean on, if there are any."""
        ray = self.ray(lifted)
        self.named = None if ray is None else self.elastic.named_by(ray)
        if ray is not None:
            return True
        if not self.whole:
            return False
        outcome = search(self.elastic.freed(lifted), None, min(20.0, self.end - now()))
        return True if outcome.stop == "infeasible" else False if outcome.holds_point else None


def _proved(program: LinearProgram, whole: bool, end: float) -> tuple[Proof, int]:
    """How it is proved that a program has no point, and the leaves it took."""
    solver = Solver(program, presolve=False)
    solver.option("simplex_strategy", 1)
    exact = Arithmetic(program)
    waiting = [(program.col_lower, program.col_upper)]
    leaves = 0
    while waiting:
        lower, upper = waiting.pop()
        solver.column_bounds(lower, upper)
        outcome = solver.run()
        if outcome.stop == "infeasible":
            ray = solver.ray()
            if ray is None or not _empty(exact, ray, lower, upper):
                return "solver", 0
            leaves += 1
            continue
        if not whole or not outcome.holds_point or leaves + len(waiting) >= LEAVES or now() > end:
            return "solver", 0
        parts = np.where(program.whole, np.abs(outcome.x - np.round(outcome.x)), 0.0)
        j = int(np.argmax(parts))
        if parts[j] < 1e-7:
            return "solver", 0
        for side in (np.floor(outcome.x[j]), np.ceil(outcome.x[j])):
            below, above = lower.copy(), upper.copy()
            if side < outcome.x[j]:
                above[j] = side
            else:
                below[j] = side
            waiting.append((below, above))
    return ("farkas" if leaves == 1 else "branching"), leaves


def _empty(exact: Arithmetic, ray: Array, lower: Array, upper: Array) -> bool:
    size = float(np.abs(ray).max(initial=0.0))
    return size > 0 and any(exact.empty(sign * ray / size, (), lower, upper) for sign in (1.0, -1.0))
