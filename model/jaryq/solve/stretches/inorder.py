"""Multipliers of a stage that hold without a face, as ``solve.inorder`` has them, for a program with stretches: those
of the stages before it are added as often as is needed, so that no stretch earns more off its face than on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from jaryq.solve.inorder import needed
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import FINER
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.stages import Reached


def in_order(base: LinearProgram, register: Stretches, earlier: Sequence[str], name: str,
             reached: Reached) -> tuple[Array, Array, dict[str, float]]:
    """Multipliers of the rows, of the links, and of the caps of the stages before."""
    dual, links = (part.copy() for part in reached.duals[name])
    open_columns, open_rows = base.col_lower < base.col_upper, base.row_lower < base.row_upper
    caps = dict.fromkeys(earlier, 0.0) | dict(reached.caps.get(name, {}))
    left = _left(base, register, (name, caps), dual, links)
    for before in reversed(earlier):
        theirs, their_links = reached.duals[before]
        own = reached.caps.get(before, {})
        reduced, unit = _left(base, register, (before, own), theirs, their_links), base.unit(before)
        face = reached.faces[before]
        times = max(needed(left, reduced, open_columns & ~(face.columns[0] | face.columns[1]), unit),
                    needed(dual, theirs, open_rows & ~(face.rows[0] | face.rows[1]), unit),
                    _of_stretches(register, name, dual, links, before, reached, unit))
        caps[before] += times
        caps |= {name: caps[name] + times * m for name, m in own.items()}
        dual += times * theirs
        links += times * their_links
        left += times * reduced
    return dual, links, caps


def _left(base: LinearProgram, register: Stretches, stage: tuple[str, Mapping[str, float]], dual: Array,
          links: Array) -> Array:
    """What multipliers, those of caps among them, leave of the costs of the columns of the base."""
    name, caps = stage
    left: Array = base.objectives[name][0] - base.matrix.T @ dual
    for earlier, times in caps.items():
        left += times * base.objectives[earlier][0]
    left[register.column[register.open]] -= links[register.open]
    return left


def _of_stretches(register: Stretches, name: str, dual: Array, links: Array, before: str, reached: Reached,
                  unit: float) -> float:
    """How often the earlier multipliers must be added so that every stretch is best where they leave it free."""
    partition = reached.partitions[before]
    theirs, their_links = reached.duals[before]
    if not theirs.any() and not their_links.any() and before not in register.costs:
        return 0.0
    found = 0.0
    for here in register.blocks():
        groups = partition.group[here]
        # The last place is to do nothing.
        nothing = np.where(partition.full[groups], -np.inf, 0.0)[:, None]
        shut = ~partition.allowed[groups]
        worth = register.values(name, here, links, dual)
        first = register.values(before, here, their_links, theirs)
        worth[shut], first[shut] = -np.inf, -np.inf
        worth, first = np.hstack([worth, nothing]), np.hstack([first, nothing])
        may = np.isfinite(first)
        short = np.where(may, first.max(axis=1, initial=-np.inf)[:, None] - first, 0.0)
        off = may & (short * unit > FINER)
        best = np.where(may & ~off, worth, -np.inf).max(axis=1, initial=-np.inf)
        wrong = off & (worth > best[:, None]) & np.isfinite(best)[:, None] & ~register.placed[here][:, None]
        if wrong.any():
            found = max(found, float(((worth - best[:, None])[wrong] / short[wrong]).max()))
    return found
