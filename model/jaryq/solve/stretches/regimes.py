"""What stages reached with stretches, for what asks a linear program: how far a search may end from the best, prices of
limits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jaryq.solve.lp import LinearProgram
from jaryq.solve.stages import Staged
from jaryq.solve.stretches.partition import regrouped
from jaryq.solve.stretches.register import Stretches, Whole
from jaryq.solve.stretches.restricted import Restricted, restricted
from jaryq.solve.stretches.stages import Reached


def told_on(made: Restricted, register: Stretches, reached: Reached, names: Sequence[str]) -> Staged:
    """The stages as those of a program of the groups they ended with: the point and the multipliers, that of a group's
    length being what a km of it earns on average."""
    duals = {}
    for name in names:
        rows, links = reached.duals[name]
        old = reached.partitions[name]
        parent = np.zeros(made.partition.count, dtype=np.int64)
        parent[made.partition.group] = old.group
        worth = np.where(old.allowed[parent], made.partition.worth(name, links, rows), -np.inf)
        earned = worth.max(axis=1, initial=-np.inf)
        earned = np.where(old.full[parent] & np.isfinite(earned), earned, np.maximum(earned, 0.0))
        duals[name] = np.concatenate([rows, links[register.open], -earned])
    x = np.zeros(made.program.shape[1])
    x[:len(reached.x)] = reached.x
    there = made.column >= 0
    x[made.column[there]] = reached.km[there]
    return Staged(x, {name: reached.values[name] for name in names}, duals)


def few_groups(base: LinearProgram, register: Stretches, *plans: Reached) -> Restricted:
    """A program of few groups that can do all that the plans do: of each package what each of them leaves, renews at
    one time, and renews in part or at several."""
    return restricted(base, register, regrouped(register, *(kind_of(register, plan) for plan in plans)))


def kind_of(register: Stretches, reached: Reached) -> Whole:
    """A key for each stretch: -1 where its group is left, 0 where it is renewed in one period, 1 in several or in
    part."""
    choice = choice_of(register, reached)
    found: Whole = np.where(choice < 0, -1, np.where(choice < register.periods, 0, 1))
    return found


def choice_of(register: Stretches, reached: Reached) -> Whole:
    """A key for each stretch: the only period in which its group is renewed, none (-1); groups that are renewed in
    several, or in part, have keys of their own."""
    used = reached.km > 1e-9
    left = reached.partition.km - reached.km.sum(axis=1) > 1e-9 * np.maximum(1.0, reached.partition.km)
    several = used.sum(axis=1) + left > 1
    key = np.where(used.any(axis=1), used.argmax(axis=1) if register.periods else 0, -1)
    key[several] = register.periods + np.arange(int(several.sum()))
    found: Whole = key[reached.partition.group]
    return found
