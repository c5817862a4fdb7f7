"""Rows that keep the values of earlier stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, vstack

from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stretches.partition import Partition
from jaryq.solve.stretches.register import Property, Stretches

SLACK = 1e-9
"""Share of its size by which a value of an earlier stage may be missed while multipliers are sought."""

HELD = 1e-12
"""The same in the stages themselves: what it buys the objective counts there."""


def capped(base: LinearProgram, before: Sequence[str], values: Mapping[str, float],
           slack: float = SLACK) -> LinearProgram:
    """The program with a row for each earlier stage, after all others."""
    if not before:
        return base
    vectors, most = [], []
    for name in before:
        vector, constant = base.objectives[name]
        vectors.append(vector * base.unit(name))
        limit = base.unit(name) * (values[name] - constant)
        most.append(limit + slack * max(1.0, abs(limit)))
    return replace(base, matrix=csr_array(vstack([base.matrix, csr_array(np.array(vectors))])),
                   row_lower=np.concatenate([base.row_lower, np.full(len(most), -np.inf)]),
                   row_upper=np.concatenate([base.row_upper, most]),
                   rows=base.rows + tuple(("kept", (name,)) for name in before))


def multipliers_of(base: LinearProgram, before: Sequence[str], dual: Array) -> dict[str, float]:
    """Multipliers of the caps, by stage: of its value, not of its row."""
    return {earlier: max(-m * base.unit(earlier), 0.0)
            for earlier, m in zip(before, dual[base.shape[0]:].tolist(), strict=False)}


def with_costs(base: LinearProgram, register: Stretches, partition: Partition,
               before: Sequence[str]) -> tuple[Stretches, Partition]:
    """What the rows of earlier stages ask of stretches: those of a stage in which they have costs sum over them."""
    uses, means = register.uses, partition.uses
    for i, name in enumerate(before):
        if name in register.costs:
            weight = np.full(len(register.column), base.unit(name))
            uses += (Property(register.costs[name], {base.shape[0] + i: weight}),)
            means += (partition.costs[name],)
    return replace(register, uses=uses), replace(partition, uses=means)
