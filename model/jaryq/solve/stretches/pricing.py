"""Pricing of all stretches at the multipliers of a partition: the choice of each, and the bound of the program that has
a column for every one of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stretches.partition import Partition
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.together import Mixed, earned, priced_together
from jaryq.solve.stretches.types import Mask, Whole

REGRET = 1e-12
"""A regret above this share of the largest worth parts a stretch from its group."""


@dataclass(frozen=True, eq=False)
class Priced:
    """``best[i]``: what a km of a stretch earns above the prices in its best period; ``choice[i]`` that period (-1:
    none), ``apart[i]`` whether it is not served by the choice that is best for its group's mean, ``margin[i]`` by how
    much its own choice is better than the group's, or where that is its own, than any other; ``total``: sum of km
    times best. Stretches in places are priced with those they share trenches with: ``best`` is what a km of the place
    earns, ``code[i]`` tells choices with others from those alone, ``torn`` are those of places that would do better,
    and ``asked`` the shared trenches and periods that their best choices use."""

    best: Array
    choice: Whole
    apart: Mask
    margin: Array
    total: float
    code: Whole
    torn: Mask
    asked: tuple[Whole, Whole]


@dataclass(frozen=True, eq=False)
class Asked:
    """What the stretches of any part are priced at: the stage, prices by package and period, multipliers of the
    program's rows; of each group its best period (-1: none), the periods it may have, whether all of it must be
    renewed; the least regret that parts a stretch from its group."""

    stage: str
    links: Array
    dual: Array
    choice: Whole
    allowed: Mask
    full: Mask
    regret: float


def price(register: Stretches, partition: Partition, stage: str, links: Array, dual: Array,
          mixed: Mixed | None = None) -> Priced:
    """Every stretch at ``links[n, t]`` and the multipliers of the program's rows, within what its group may do. A
    stretch is priced alone, so that parts that others price (``register.elsewhere``) have the same bits; those of a
    place are priced here, together, against what their groups do (``mixed``)."""
    worth = np.where(partition.allowed, partition.worth(register, stage, links, dual), -np.inf)
    chosen, earned = _chosen(worth, partition.full)
    scale = max(float(np.abs(earned).max(initial=0.0)), float(np.abs(links).max(initial=0.0)))
    asked = Asked(stage, links, dual, chosen, partition.allowed, partition.full, REGRET * scale)
    count = len(register.km)
    best, choice, apart = np.empty(count), np.empty(count, dtype=np.int64), np.empty(count, dtype=np.bool_)
    margin = np.empty(count)
    parts = (((here, of_part(register, here, partition.group[here], asked)) for here in register.blocks())
             if register.elsewhere is None else register.elsewhere(of_part, partition.group, asked))
    for here, found in parts:
        best[here], choice[here], apart[here], margin[here] = found
    code, asked_for = choice, (np.zeros(0, dtype=np.int64),) * 2
    torn = np.zeros(count, dtype=np.bool_)
    if register.places is not None and mixed is not None:
        code = choice.copy()
        asked_for = priced_together(register, partition.group, (stage, links, dual), mixed,
                                    (best, choice, apart, margin, code, torn))
    return Priced(best, choice, apart, margin, float(register.km @ best), code, torn, asked_for)


def of_part(register: Stretches, here: slice, group: Whole, asked: Asked) -> tuple[Array, Whole, Mask, Array]:
    """What ``Priced`` says of the stretches ``here``, which are in the groups ``group``."""
    worth = register.values(asked.stage, here, asked.links, asked.dual)
    worth[~asked.allowed[group]] = -np.inf
    full, theirs = asked.full[group], asked.choice[group]
    choice, best = _chosen(worth, full)
    at = np.where(theirs >= 0, worth[np.arange(len(group)), np.maximum(theirs, 0)], 0.0)
    regret = best - at
    apart = regret > asked.regret
    return best, choice, apart, np.where(apart, regret, best - _second(worth, choice, full))


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


def earned_alike(register: Stretches, stage: str, links: Array, dual: Array) -> float:
    """What all stretches earn above the prices, in floats."""
    found = 0.0
    for here in register.blocks():
        _, best = _chosen(register.values(stage, here, links, dual), np.zeros(len(register.km[here]), dtype=np.bool_))
        found += float(np.where(register.placed[here], 0.0, best) @ register.km[here])
    return found + earned(register, stage, links, dual)


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
