"""What stages reached with stretches, for what asks a linear program: how far a search may end from the best, and the
few groups whose limits are priced."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import Face, Staged
from jaryq.solve.stretches.partition import Partition, regrouped
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.restricted import Restricted, restricted
from jaryq.solve.stretches.stages import Reached
from jaryq.solve.stretches.types import Mask, Whole

FINE = 10_000
"""Columns of few groups up to which every choice of stretches has groups of its own."""


def told_on(made: Restricted, register: Stretches, reached: Reached, names: Sequence[str]) -> Staged:
    """The stages as those of a program of the groups they ended with, or of several of these together: the point and
    the multipliers, that of a group's length being what a km of it earns on average, and the faces."""
    duals, faces = {}, {}
    for name in names:
        rows, links = reached.duals[name]
        allowed, full = _face_on(made, reached.partitions[name])
        worth = np.where(allowed, made.partition.worth(register, name, links, rows), -np.inf)
        earned = worth.max(axis=1, initial=-np.inf)
        earned = np.where(full & np.isfinite(earned), earned, np.maximum(earned, 0.0))
        none = np.zeros(2 * len(made.cell_km))
        duals[name] = np.concatenate([rows, links[register.open], -earned, none])
        faces[name] = _whole_face(made, reached.faces[name], allowed, full)
    return Staged(point_on(made, reached), {name: reached.values[name] for name in names}, duals, faces)


def point_on(made: Restricted, reached: Reached) -> Array:
    """The point as one of groups that are made of those it was reached with."""
    x = np.zeros(made.program.shape[1])
    x[:len(reached.x)] = reached.x
    group = np.zeros(reached.partition.count, dtype=np.int64)
    group[reached.partition.group] = made.partition.group
    there = made.column[group] >= 0
    np.add.at(x, made.column[group][there], reached.km[there])
    cells, km = made.partition.cells, np.where(made.partition.km > 0, made.partition.km, 1.0)
    part = made.km(x) / km[:, None]
    x[made.cell:] = made.cell_km * np.minimum(part[cells.one, cells.period], part[cells.other, cells.period])
    return x


def _face_on(made: Restricted, old: Partition) -> tuple[Mask, Mask]:
    """What groups made of others may do, and whether all of them must: what all of the others may, or must."""
    pair = np.unique(np.column_stack([made.partition.group, old.group]), axis=0)
    allowed = np.ones(made.column.shape, dtype=np.bool_)
    full = np.ones(made.partition.count, dtype=np.bool_)
    np.logical_and.at(allowed, pair[:, 0], old.allowed[pair[:, 1]])
    np.logical_and.at(full, pair[:, 0], old.full[pair[:, 1]])
    return allowed, full


def _whole_face(made: Restricted, face: Face, allowed: Mask, full: Mask) -> Face:
    """A face of the base with that of the groups."""
    columns, rows = ([np.zeros(count, dtype=np.bool_) for _ in range(2)] for count in reversed(made.program.shape))
    for whole, part in zip((*columns, *rows), (*face.columns, *face.rows), strict=True):
        whole[:len(part)] = part
    there = made.column >= 0
    columns[0][made.column[there & ~allowed]] = True
    rows[1][made.row[full]] = True
    return Face((columns[0], columns[1]), (rows[0], rows[1]))


def few_groups(base: LinearProgram, register: Stretches, *plans: Reached) -> Restricted:
    """A program of few groups: of each package what each of the plans leaves, renews at one time, and renews in part
    or at several. Where rows ask for sums over stretches, groups as in a search: those of one choice apart, if they are
    few, so that the program can do all that the plans do."""
    keys = keys_of(register, plans) if register.uses else [kind_of(register, plan) for plan in plans]
    return restricted(base, register, regrouped(register, *keys, asked=asked_by(register, plans)))


def asked_by(register: Stretches, plans: Sequence[Reached], *, all_of_them: bool = False) -> Mask | None:
    """The shared trenches that any of the plans looks at, or all of them; None without places."""
    if register.places is None:
        return None
    found = np.full((len(register.places.edge_km), register.periods), all_of_them)
    for plan in plans:
        if plan.partition.cells.asked.size:
            found |= plan.partition.cells.asked
    return found


def keys_of(register: Stretches, plans: Sequence[Reached], most: int = FINE) -> list[Whole]:
    """What few groups are told apart by: of each plan the stretches of one choice, or, where that would be more than
    ``most`` columns, of each package those that are left, renewed, and renewed in part."""
    fine = [choice_of(register, plan) for plan in plans]
    if regrouped(register, *fine).count * register.periods <= most:
        return fine
    return [kind_of(register, plan) for plan in plans]


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
