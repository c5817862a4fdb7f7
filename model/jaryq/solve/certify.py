"""Certificates of the stages: bounds in exact arithmetic, under the plan's own earlier shortfalls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from jaryq.solve.exact import Cap, exact_bound
from jaryq.solve.highs import FEASIBILITY, Solver
from jaryq.solve.lp import Array, LinearProgram, label
from jaryq.solve.proof import NOTHING, Tree
from jaryq.solve.prove import bound_of
from jaryq.solve.solution import Stage
from jaryq.solve.stages import Staged, solve_surely


def certify(
    program: LinearProgram, names: Sequence[str], final: Staged, relaxed: Staged, *, same: bool = True,
    trees: Mapping[str, Tree] = NOTHING.trees,
) -> tuple[list[Stage], dict[str, float], float]:
    """For each stage the best value of any plan whose earlier shortfalls are at most those reached, from exact
    arithmetic.

    ``same``: the program is the one of ``relaxed`` (no columns are fixed since). A tree's bound counts where it is the
    better one.
    """
    stages: list[Stage] = []
    multipliers: dict[str, float] = {}
    own = Solver(program)
    before: list[tuple[str, Array, float, float]] = []
    count = program.shape[0]
    for position, name in enumerate(names):
        vector, constant = program.objectives[name]
        least = constant + float(vector @ np.where(vector > 0, program.col_lower, program.col_upper))
        if final.values[name] <= least + FEASIBILITY:
            # No shortfall: the bounds of columns alone prove it.
            dual, held = np.zeros(count), np.zeros(len(before))
        elif position == 0 and same:
            dual, held = relaxed.duals[name], np.zeros(0)
        else:
            unit = program.unit(name)
            own.minimise(vector * unit)
            own.forget()
            outcome = solve_surely(own, program)
            dual, held = outcome.row_dual[:count] / unit, outcome.row_dual[count:] / unit
        caps = [Cap(v, c, limit, max(-float(m) * program.unit(earlier), 0.0)) for (earlier, v, c, limit),
                m in zip(before, held, strict=True)]
        bound = float(exact_bound(program, vector, constant, dual, caps))
        stage = Stage(name, final.values[name], bound, relaxed.values[name])
        tree = trees.get(name)
        branched = bound_of(program, name, {earlier: limit for earlier, _, _, limit in before}, tree) if tree else None
        if tree and branched is not None and float(branched) > bound:
            stage = replace(stage, bound=float(branched), linear=bound, leaves=tree.leaves)
        stages.append(stage)
        multipliers |= {f"{name}|{label(program.rows[i])}": float(dual[i]) for i in np.flatnonzero(dual)}
        multipliers |= {f"{name}|{earlier}": cap.multiplier for (earlier, *_), cap in zip(before, caps, strict=True)}
        if np.any(vector):
            value = final.values[name]
            before.append((name, vector, constant, value))
            most = program.unit(name) * (value - constant)
            own.add_cap(vector * program.unit(name), most + 1e-9 * max(1.0, abs(most)))
    return stages, multipliers, own.seconds
