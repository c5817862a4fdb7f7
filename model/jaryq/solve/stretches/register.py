"""The stretches that the packages of a program are split into, as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stretches.places import Places
from jaryq.solve.stretches.types import Mask, Whole

BLOCK = 65_536
"""Stretches that are priced at once: their table of periods fits into the cache of a processor."""


@dataclass(frozen=True, eq=False)
class Property:
    """Something of which rows of a program ask for a sum over stretches: ``table[i, t]``: of a km of stretch i renewed
    in period t; ``weights[row][n]``: what a unit of it, of the stretches of package n, counts in a row of the program.
    """

    table: Array
    weights: Mapping[int, Array]

    def weight(self, dual: Array) -> Array | None:
        """weight[n]: what a unit is worth at the multipliers of the rows; nothing where it is nothing for all."""
        asked = [dual[row] * weight for row, weight in self.weights.items() if dual[row]]
        if not asked:
            return None
        found: Array = np.sum(asked, axis=0)
        return found


@dataclass(frozen=True, eq=False)
class Stretches:
    """N packages, I stretches, T periods.

    ``column[n, t]``: number of the column of the program that holds the km of package n in period t, -1 where it is
    closed; ``package[i]`` (numbers of rows of ``column``) and ``km[i]`` (>= 0) of a stretch; ``costs[stage][i, t]``:
    cost of a km of stretch i in t beside the one of its package's column, minimised (a stage that is not named has
    none); ``uses``: properties of stretches whose sums stand in rows of the program, beside the coefficient of the
    column. Values of closed periods are not looked at. ``elsewhere``: who prices them, where it is not this process
    (``workers``). ``places``: streets in which stretches share trenches; ``column`` then has rows of trenches after
    those of packages, whose columns are the km done together. Raises ValueError where shapes do not fit or a number is
    not finite.
    """

    column: Whole
    package: Whole
    km: Array
    costs: Mapping[str, Array]
    uses: tuple[Property, ...] = ()
    elsewhere: Callable[..., Iterable[tuple[slice, Any]]] | None = None
    places: Places | None = None

    def __post_init__(self) -> None:
        shape = (len(self.km), self.column.shape[1])
        if self.package.shape != self.km.shape or any(values.shape != shape for values in self._tables):
            raise ValueError("arrays of stretches do not fit together")
        if not (np.isfinite(self.km).all() and (self.km >= 0).all()):
            raise ValueError("km of a stretch are negative or no number")
        weights = [weight for one in self.uses for weight in one.weights.values()]
        if any(weight.shape != (len(self.column),) for weight in weights):
            raise ValueError("weights of a property of stretches do not fit their packages")
        if not all(np.isfinite(values).all() for values in (*self._tables, *weights)):
            raise ValueError("a cost or a coefficient of a stretch is not finite")

    @property
    def _tables(self) -> tuple[Array, ...]:
        return (*self.costs.values(), *(one.table for one in self.uses))

    @cached_property
    def open(self) -> Mask:
        """open[n, t]: whether a package may be renewed in a period."""
        return self.column >= 0

    @property
    def periods(self) -> int:
        return int(self.column.shape[1])

    @property
    def trenches(self) -> Whole:
        """Rows of ``column`` that are trenches."""
        return np.zeros(0, dtype=np.int64) if self.places is None else self.places.rows

    @cached_property
    def placed(self) -> Mask:
        """placed[i]: whether a stretch is in a place that shares trenches."""
        return np.zeros(len(self.km), dtype=np.bool_) if self.places is None else self.places.inside(len(self.km))

    def blocks(self) -> list[slice]:
        """The stretches in pieces."""
        return [slice(start, start + BLOCK) for start in range(0, len(self.km), BLOCK)]

    def part(self, here: slice) -> Stretches:
        """Some of them alone; packages and rows keep their numbers."""
        return Stretches(self.column, self.package[here], self.km[here],
                         {stage: table[here] for stage, table in self.costs.items()},
                         tuple(replace(one, table=one.table[here]) for one in self.uses))

    def values(self, stage: str, here: slice | Whole, price: Array, dual: Array) -> Array:
        """What a km of the stretches ``here`` is worth in each period, above its price; minus infinity where closed.

        .. math:: v_{it} = -c_{it} - \\pi_{n(i)t} + \\sum_{k,m} y_k w_{km n(i)} a_{mit}

        ``price[n, t]``: multipliers of the links of the packages, ``dual`` those of the rows of the program.
        """
        package = self.package[here]
        worth = -price[package]
        if stage in self.costs:
            worth -= self.costs[stage][here]
        for one in self.uses:
            if (weight := one.weight(dual)) is not None:
                worth += weight[package][:, None] * one.table[here]
        worth[~self.open[self.package[here]]] = -np.inf
        return worth


def relinked(register: Stretches, base: LinearProgram, other: LinearProgram) -> Stretches:
    """The same stretches in another program: its columns and rows by the names of those of ``base``. Columns that it
    does not have are closed; rows that it does not have ask for nothing."""
    column = np.full(register.column.shape, -1, dtype=np.int64)
    column[register.open] = [other.column_at.get(base.columns[j], -1) for j in register.column[register.open].tolist()]
    uses = tuple(replace(one, weights={other.row_at[base.rows[k]]: weight for k, weight in one.weights.items()
                                       if base.rows[k] in other.row_at}) for one in register.uses)
    return replace(register, column=column, uses=uses)
