"""One stage of a program with stretches: groups split until the bound of the full program meets the value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from jaryq.solve.highs import Outcome, Solver
from jaryq.solve.lp import LinearProgram
from jaryq.solve.stages import solve_surely
from jaryq.solve.stretches.cells import more_asked
from jaryq.solve.stretches.partition import Partition, split
from jaryq.solve.stretches.pricing import Priced, bound, price
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.restricted import Restricted, born, restricted
from jaryq.solve.stretches.together import mixed
from jaryq.solve.stretches.types import Whole

CLOSED = 1e-9
"""Share of the value at which the bound has met it."""

ROUNDS = 60
"""Rounds at most: a group halves in each, so that more than these are never needed."""

NEAR = 1e-5
"""A gap below which costs are no longer perturbed: a basis this near is lost by it (measured: a tenth of the steps)."""

Told = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Round:
    """The last round of a stage: its program with the point and the multipliers (in the stage's own unit times
    ``unit``), the prices of all stretches, the value and the best bound of the full program."""

    made: Restricted
    outcome: Outcome
    priced: Priced
    value: float
    bound: float
    rounds: int
    seconds: float
    basis: Any

    @property
    def gap(self) -> float:
        """Distance of value and bound, as a share of the value (at least 1)."""
        return (self.value - self.bound) / max(1.0, abs(self.value))


def closed(base: LinearProgram, register: Stretches, partition: Partition, stage: str, basis: Any = None,
           say: Told = lambda _: None, *, proved: bool = True) -> Round:
    """Solve a stage: the value is that of a plan of the full program, the bound is one of it. ``basis``: of the
    partition that this one was split from. Raises as ``stages.solve_surely``."""
    best, seconds = -np.inf, 0.0
    gap, cells = np.inf, len(partition.cells)
    unit = base.unit(stage)
    for number in range(1, ROUNDS + 1):
        made = restricted(base, register, partition, named=False)
        solver = Solver(made.program)
        solver.minimise(made.program.objectives[stage][0] * unit)
        if basis is not None:
            if gap < NEAR:
                solver.option("dual_simplex_cost_perturbation_multiplier", 0.0)
            solver.start_split(basis, made.after(basis, cells), *born(made, cells))
        outcome = solve_surely(solver, made.program, proved=proved)
        basis, cells = solver.basis(), len(partition.cells)
        seconds += solver.seconds
        dual = outcome.row_dual / unit
        links = made.price(dual)
        priced = price(register, partition, stage, links, dual[:base.shape[0]], mixed(register, made, outcome.x))
        best = max(best, bound(base, register, stage, links, dual[:base.shape[0]], priced))
        found = Round(made, outcome, priced, made.program.value(stage, outcome.x), best, number, seconds, basis)
        say(f"{stage} {number}: {partition.count} groups, {outcome.iterations} iterations, {seconds:.2f} s, "
            f"gap {found.gap:.1e}")
        if found.gap <= CLOSED or not (priced.apart.any() or priced.torn.any()):
            break
        stuck = found.gap >= gap
        gap = found.gap
        if register.places is not None:
            known = partition.cells
            partition = replace(partition, cells=more_asked(register, partition.group, known, *priced.asked))
            stuck |= not priced.apart.any() and np.array_equal(partition.cells.asked, known.asked)
        partition = split(register, partition, *_parts(partition, priced, stuck=stuck))
        # Of a million stretches a program takes some hundred megabytes: one goes before the next is made.
        if number < ROUNDS:
            del solver, made, outcome, priced, found
    return found


def _parts(partition: Partition, priced: Priced, *, stuck: bool) -> tuple[Whole, Whole]:
    """A key for each stretch by which its group splits, and the choice of the new group: apart by choice, and once more
    by how clear the choice is, as the prices to come lie somewhere between. ``stuck``: the last split brought nothing,
    so stretches of places part one by one."""
    # To do nothing is a choice like the others (-1): it parts too from those that stay, which have 0.
    key = np.where(priced.apart, priced.code + 2, 0)
    if stuck and priced.torn.any():
        key = np.where(priced.torn, int(key.max(initial=0)) + 1 + np.arange(len(key)), key)
    span = int(key.max(initial=0)) + 1
    torn = np.bincount(partition.group, priced.apart, minlength=partition.count) > 0
    label = partition.group * span + key
    count = np.bincount(label, minlength=1)
    mean = np.bincount(label, np.where(np.isfinite(priced.margin), priced.margin, 0.0)) / np.maximum(count, 1)
    return key + span * (torn[partition.group] & (priced.margin > mean[label])), priced.choice
