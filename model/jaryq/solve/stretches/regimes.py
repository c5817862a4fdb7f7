"""What stages reached with stretches, as stages of one program of groups: for what asks a linear program (how far a
search may end from the best, prices of limits). Its groups are parts of those of every stage, numbered alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import Face, Staged, at_its_best, linear_stages, solve_surely
from jaryq.solve.stretches.partition import Partition
from jaryq.solve.stretches.register import Mask, Stretches, Whole
from jaryq.solve.stretches.restricted import Restricted
from jaryq.solve.stretches.stages import Reached


def point_on(made: Restricted, reached: Reached) -> Array:
    """The point reached: a part of a group does its part of what the group does."""
    part, old = made.partition, reached.partition
    parent = _parents(part, old)
    share = part.km / np.where(old.km > 0, old.km, 1.0)[parent]
    y = np.zeros(made.program.shape[1])
    y[:len(reached.x)] = reached.x
    there = made.column >= 0
    y[made.column[there]] = (reached.km[parent] * share[:, None])[there]
    return y


def told_on(made: Restricted, register: Stretches, reached: Reached, names: Sequence[str]) -> Staged:
    """The stages without solving them: the point and the multipliers, those of a group's length being what a km of it
    earns on average."""
    duals = {}
    for name in names:
        rows, links = reached.duals[name]
        allowed, full = _face(made.partition, reached.partitions[name])
        worth = made.partition.worth(name, links, rows)
        worth[~allowed] = -np.inf
        earned = worth.max(axis=1, initial=-np.inf)
        earned = np.where(full & np.isfinite(earned), earned, np.maximum(earned, 0.0))
        duals[name] = np.concatenate([rows, links[register.open], -earned])
    return Staged(point_on(made, reached), {name: reached.values[name] for name in names}, duals)


def solved_on(program: LinearProgram, reached: Reached, names: Sequence[str], solver: Solver) -> Staged:
    """The stages solved, each from the basis that its rounds ended with. ``solver`` holds the program."""
    values, duals, faces, bases = dict[str, float](), dict[str, Array](), dict[str, Face](), dict[str, Any]()
    face, x = Face.whole(program), np.zeros(0)
    for name in names:
        confined, scale = face.of(program), program.unit(name)
        outcome = at_its_best(confined, program.objectives[name][0] * scale, x)
        if outcome is None or not bases:
            if name not in reached.bases:
                return linear_stages(program, names, solver)
            solver.bounds_of(confined)
            solver.minimise(program.objectives[name][0] * scale)
            known = reached.bases[name]
            solver.start_split(known, [], np.ones(program.shape[0] - len(known.row_status), dtype=np.bool_))
            outcome = solve_surely(solver, program)
            bases[name] = solver.basis()
        else:
            bases[name] = bases[next(reversed(bases))]
        x, values[name] = outcome.x, program.value(name, outcome.x)
        duals[name], faces[name] = outcome.row_dual / scale, face
        face = face.after(program, outcome)
    solver.bounds_of(program)
    return Staged(x, values, duals, faces, bases)


def _parents(partition: Partition, old: Partition) -> Whole:
    """The group of ``old`` that each group lies in."""
    found = np.zeros(partition.count, dtype=np.int64)
    found[partition.group] = old.group
    return found


def _face(partition: Partition, old: Partition) -> tuple[Mask, Mask]:
    parent = _parents(partition, old)
    return old.allowed[parent], old.full[parent]
