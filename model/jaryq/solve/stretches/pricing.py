"""Pricing of all stretches at the multipliers of a partition: the choice of each, and the bound of the program that has
a column for every one of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stretches.partition import Partition
from jaryq.solve.stretches.register import Mask, Stretches, Whole

REGRET = 1e-12
"""A regret above this share of the largest worth parts a stretch from its group."""


@dataclass(frozen=True, eq=False)
class Priced:
    """``best[i]``: what a km of a stretch earns above the prices in its best period; ``choice[i]`` that period (-1:
    none), ``apart[i]`` whether it is not served by the choice that is best for its group's mean, ``margin[i]`` by how
    much its own choice is better than the group's, or where that is its own, than any other; ``total``: sum of km
    times best."""

    best: Array
    choice: Whole
    apart: Mask
    margin: Array
    total: float


def price(register: Stretches, partition: Partition, stage: str, links: Array, dual: Array) -> Priced:
    """Every stretch at ``links[n, t]`` and the multipliers of the program's rows, within what its group may do."""
    mean = -links[partition.package]
    if stage in partition.costs:
        mean -= partition.costs[stage]
    for row, table in partition.uses.items():
        if dual[row]:
            mean += dual[row] * table
    group_choice, group_best = _chosen(np.where(partition.allowed, mean, -np.inf), partition.full)
    scale = max(float(np.abs(group_best).max(initial=0.0)), float(np.abs(links).max(initial=0.0)))
    count = len(register.km)
    best, choice, apart = np.empty(count), np.empty(count, dtype=np.int64), np.empty(count, dtype=np.bool_)
    margin = np.empty(count)
    for here in register.blocks():
        groups = partition.group[here]
        worth = register.values(stage, here, links, dual)
        worth[~partition.allowed[groups]] = -np.inf
        choice[here], best[here] = _chosen(worth, partition.full[groups])
        theirs = group_choice[groups]
        at = np.where(theirs >= 0, worth[np.arange(len(groups)), np.maximum(theirs, 0)], 0.0)
        regret = best[here] - at
        apart[here] = regret > REGRET * scale
        margin[here] = np.where(apart[here], regret, best[here] - _second(worth, choice[here], partition.full[groups]))
    return Priced(best, choice, apart, margin, float(register.km @ best))


def _second(worth: Array, choice: Whole, full: Mask) -> Array:
    """What the best other choice earns."""
    rows = np.flatnonzero(choice >= 0)
    worth[rows, choice[rows]] = -np.inf
    other: Array = worth.max(axis=1, initial=-np.inf)
    found: Array = np.where(full | (choice < 0), other, np.maximum(other, 0.0))
    return found


def _chosen(worth: Array, full: Mask) -> tuple[Whole, Array]:
    """The best period and what it earns; none (-1, 0) where nothing earns and nothing must be."""
    if not worth.shape[1]:
        return np.full(len(worth), -1, dtype=np.int64), np.zeros(len(worth))
    choice = worth.argmax(axis=1)
    best = worth[np.arange(len(worth)), choice]
    # A stretch without any period does nothing, whatever it must.
    nothing = ((best <= 0.0) & ~full) | np.isneginf(best)
    return np.where(nothing, -1, choice), np.where(nothing, 0.0, best)


def bound(base: LinearProgram, register: Stretches, stage: str, links: Array, dual: Array, priced: Priced) -> float:
    """The bound of the full program: rows and columns of the base at their better sides, less what the stretches earn
    (in floats; ``exact`` has it without rounding).

    .. math:: \\sum_i \\min(y_i L_i, y_i U_i) + \\sum_j \\min(d_j l_j, d_j u_j) - \\sum_i km_i u_i
    """
    vector, constant = base.objectives[stage]
    side = np.where(dual > 0, base.row_lower, base.row_upper)
    # A multiplier of a side that does not exist counts as 0.
    dual = np.where(np.isfinite(side), dual, 0.0)
    left = vector - base.matrix.T @ dual
    left[register.column[register.open]] -= links[register.open]
    columns = left * np.where(left > 0, base.col_lower, base.col_upper)
    rows = dual[dual != 0] @ side[dual != 0]
    return constant + float(rows) + float(columns.sum()) - priced.total
