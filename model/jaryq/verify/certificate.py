"""The certificate of a plan, checked again from its stored multipliers in exact arithmetic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from jaryq.base.hair import hair
from jaryq.base.home import BILLION
from jaryq.case.case import Case
from jaryq.solve.exact import Arithmetic, Cap, Taken
from jaryq.solve.lp import LinearProgram, label
from jaryq.solve.proof import NOTHING, Proof
from jaryq.solve.solution import MAXIMISED
from jaryq.verify.branching import Proved, verify_fixings, verify_tree
from jaryq.verify.finding import STATED, Finding, measure, restated
from jaryq.verify.stretch_bound import Costs, rows_of_stretches, stages_with_stretches

MOST = 1e-6
"""A value is never further above its bound than this part of its size, whatever its multipliers."""


def verify_certificate(
    program: LinearProgram, stages: Sequence[str], objective: str, claims: Mapping[str, float],
    multipliers: Mapping[str, float], proof: Proof = NOTHING, case: Case | None = None,
) -> tuple[Finding, ...]:
    """For each of ``stages`` (those that the case has: ``stated.values_of``): the stored multipliers, or its tree, give
    the bound that the plan states, and the plan is not better than it.

    ``claims`` holds ``value[stage]`` and ``bound[stage]`` in the stage's own sense, for a stage with a tree also
    ``linear[stage]`` (the bound of the multipliers) and ``leaves[stage]``; ``multipliers`` the keys ``stage|row`` and
    ``stage|earlier stage``. Nothing of the solver is trusted: any multipliers give a valid bound (weak duality), wrong
    ones only a weak one. Of a ``case`` with a register the program is that of the packages without benefits of their
    own, and the multipliers hold those of the links (``stretch_bound``).
    """
    own = {} if case is None or case.stretches is None else stages_with_stretches(case, program, stages, multipliers)
    proved, found = Proved(program, own), []
    told = frozenset() if case is None else rows_of_stretches(case)
    if told and (proof.trees or any(told & fixing.multipliers.keys() for fixing in proof.fixings)):
        # Their multipliers are not those that the rows of targets have in the part of the stretches.
        found.append(Finding("branching", "targets by stretch", 1.0, 0.0, 1.0, 0.0, "number"))
        proof = NOTHING
    found += verify_fixings(proved, proof.fixings)
    program = proved.left
    known = {name: claims.get(f"value[{name}]", math.nan) for name in stages}
    row_at = {label(name): i for i, name in enumerate(program.rows)}
    sign = -1.0 if objective in MAXIMISED else 1.0
    earlier: list[str] = []
    for name in (name for name in stages if name in program.objectives):
        turn = sign if name == "objective" else 1.0
        unit = "number" if name != "objective" else ("years" if objective == "earliest_finish" else BILLION)
        taken = _taken(program, proved.costs, name, earlier, known, multipliers, row_at)
        bound, hairs = (math.nan, 0.0) if taken is None else (turn * float(taken.bound), taken.untaken)
        value = known[name]
        times: list[Mapping[str, float]] = [_of_stage(multipliers, name)]
        if tree := proof.trees.get(name):
            linear = claims.get(f"linear[{name}]", math.nan)
            found.append(restated("certificate", f"linear[{name}]", linear, bound, unit))
            least, hairs, finding = verify_tree(proved, tree, name, {before: known[before] for before in earlier},
                                               claims.get(f"leaves[{name}]", math.nan))
            found.append(finding)
            bound = turn * least
            times = [node.multipliers for node in tree.nodes]
        found.append(restated("certificate", f"bound[{name}]", claims.get(f"bound[{name}]", math.nan), bound, unit))
        # Minimised, a plan's value lies at or above the bound; what rows are broken by, each at its multiplier, puts it
        # below by as much.
        room = max(_worth_of_hairs(program, row_at, known, some) for some in times)
        size = max(1.0, abs(value)) if math.isfinite(value) else 0.0
        said = measure("certified", f"value[{name}]", turn * value, ">=", turn * bound, unit,
                       tolerance=min(STATED * size + room, MOST * size))
        found.append(replace(said, hairs=hairs))
        earlier.append(name)
    return tuple(found)


def _of_stage(multipliers: Mapping[str, float], stage: str) -> dict[str, float]:
    """Multipliers of a stage, by row and earlier stage."""
    return {row: value for key, value in multipliers.items() for mine, _, row in [key.partition("|")] if mine == stage}


def _worth_of_hairs(program: LinearProgram, row_at: Mapping[str, int], values: Mapping[str, float],
                    multipliers: Mapping[str, float]) -> float:
    """What rows and the values of earlier stages may be broken by is worth at their multipliers: a plan that keeps each
    to a hair may be better by as much than any that keeps them to the letter."""
    worth = []
    for name, value in multipliers.items():
        if name in row_at:
            side = (program.row_lower if value > 0 else program.row_upper)[row_at[name]]
            worth.append(abs(value) * hair(float(side)) if math.isfinite(side) else 0.0)
        elif name in values and math.isfinite(values[name]):
            worth.append(abs(value) * hair(values[name]))
    return math.fsum(worth)


def _taken(
    program: LinearProgram, costs: Costs, name: str, earlier: Sequence[str], values: Mapping[str, float],
    multipliers: Mapping[str, float], row_at: Mapping[str, int],
) -> Taken | None:
    """What the multipliers of a stage say; nothing where a value that they speak of is not known."""
    dual = np.zeros(program.shape[0])
    caps = []
    for row, value in _of_stage(multipliers, name).items():
        if row in row_at:
            dual[row_at[row]] = value
        elif row in earlier:
            vector, constant = program.objectives[row]
            caps.append(Cap(vector, constant, values[row], value))
    if any(not math.isfinite(cap.limit) for cap in caps):
        return None
    return Arithmetic(program).taken(*costs[name], dual, caps)
