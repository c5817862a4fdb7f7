"""Stages one after another on a program with stretches, each on the optimal face of those before. Between stages a
stretch is fixed by its own reduced costs, and groups whose members the face treats differently split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jaryq.solve.highs import FEASIBILITY, Outcome
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import FACE, Face
from jaryq.solve.stretches.partition import Partition, first_partition, freed, quantiles, split
from jaryq.solve.stretches.pricing import REGRET
from jaryq.solve.stretches.register import Mask, Stretches, Whole
from jaryq.solve.stretches.restricted import Restricted
from jaryq.solve.stretches.rounds import Round, Told, closed

WORD = 48
"""Periods whose marks go into one number."""


@dataclass(frozen=True, eq=False)
class Reached:
    """The point after all stages as columns of the base (``x``) and km of groups (``km[g, t]`` of ``partition``);
    values of the stages; of each the multipliers of rows and links, the face it was solved on (of the base, and as
    groups), and how its rounds ended (of those that had any)."""

    x: Array
    km: Array
    partition: Partition
    values: Mapping[str, float]
    duals: Mapping[str, tuple[Array, Array]]
    faces: Mapping[str, Face]
    partitions: Mapping[str, Partition]
    rounds: Mapping[str, Round]

    @property
    def seconds(self) -> float:
        return sum(found.seconds for found in self.rounds.values())


def in_stages(base: LinearProgram, register: Stretches, names: Sequence[str], start: Partition | None = None,
              say: Told = lambda _: None) -> Reached:
    """The stages of ``names``. ``start``: groups to begin with. Raises as ``rounds.closed``."""
    partition = first_partition(register) if start is None else freed(register, start)
    divided = start is not None
    face, values, rounds = Face.whole(base), dict[str, float](), dict[str, Round]()
    duals, faces, partitions = dict[str, tuple[Array, Array]](), dict[str, Face](), dict[str, Partition]()
    x, made = np.zeros(0), None
    for name in names:
        if name in register.costs and not divided:
            partition, divided = split(register, partition, quantiles(register, name)), True
        confined, faces[name] = face.of(base), face
        settled = _settled(confined, register, name, x)
        if settled is None or made is None:
            found = closed(confined, register, partition, name, say=say)
            rounds[name], made, outcome = found, found.made, found.outcome
            partition, x = made.partition, outcome.x[:base.shape[1]]
            y, dual = outcome.x, outcome.row_dual / base.unit(name)
            duals[name], partitions[name] = (dual[:base.shape[0]], made.price(dual)), partition
            allowed, full = _face(register, partition, name, made, outcome)
            partition = split(register, partition, _marks(allowed, full), None, allowed, full)
        else:
            outcome = settled
            duals[name] = np.zeros(base.shape[0]), np.zeros(register.column.shape)
            partitions[name] = partition
        values[name] = base.value(name, x) + _own(register, made, name, y)
        face = face.after(base, Outcome("optimal", x, outcome.row_dual[:base.shape[0]],
                                        outcome.col_dual[:base.shape[1]], 0.0, 0.0, ""))
    assert made is not None
    return Reached(x, made.km(y), made.partition, values, duals, faces, partitions, rounds)


def _own(register: Stretches, made: Restricted, name: str, y: Array) -> float:
    """What the groups cost in a stage beside the columns of their packages."""
    if name not in register.costs:
        return 0.0
    return float((made.partition.costs[name] * made.km(y)).sum())


def _settled(program: LinearProgram, register: Stretches, name: str, x: Array) -> Outcome | None:
    """The answer of a stage without costs of stretches of which the point at hand reaches what the bounds of columns
    alone allow; else nothing."""
    cost = program.objectives[name][0] * program.unit(name)
    if not x.size or name in register.costs:
        return None
    if cost @ x > cost @ np.where(cost > 0, program.col_lower, program.col_upper) + FEASIBILITY:
        return None
    return Outcome("optimal", x, np.zeros(program.shape[0]), cost, float(cost @ x), np.nan, "")


def _face(register: Stretches, partition: Partition, name: str, made: Restricted,
          outcome: Outcome) -> tuple[Mask, Mask]:
    """allowed[i, t] and full[i] after a stage, by the reduced costs of each stretch (in the stage's unit, as those of
    the columns of the base)."""
    unit = made.base.unit(name)
    dual = outcome.row_dual / unit
    links, rows = made.price(dual), dual[:made.base.shape[0]]
    least = max(FACE, REGRET)
    allowed = np.empty((len(register.km), register.periods), dtype=np.bool_)
    full = np.empty(len(register.km), dtype=np.bool_)
    for here in register.blocks():
        groups = partition.group[here]
        worth = register.values(name, here, links, rows) * unit
        worth[~partition.allowed[groups]] = -np.inf
        most = worth.max(axis=1, initial=-np.inf)
        must = partition.full[groups]
        best = np.where(must, most, np.maximum(most, 0.0))
        allowed[here] = worth >= best[:, None] - least
        full[here] = must | (best > least)
    return allowed & register.open[register.package], full


def _marks(allowed: Mask, full: Mask) -> Whole:
    """One number for each pattern of marks."""
    bits = np.column_stack([full, allowed])
    label = np.zeros(len(bits), dtype=np.int64)
    for start in range(0, bits.shape[1], WORD):
        word = bits[:, start:start + WORD] @ (1 << np.arange(min(WORD, bits.shape[1] - start), dtype=np.int64))
        own = np.unique(word, return_inverse=True)[1]
        label = np.unique(label * (int(own.max(initial=0)) + 1) + own, return_inverse=True)[1]
    return label
