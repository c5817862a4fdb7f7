"""The stretches that the packages of a program are split into, as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from jaryq.solve.lp import Array, LinearProgram

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

BLOCK = 65_536
"""Stretches that are priced at once: their table of periods fits into the cache of a processor."""


@dataclass(frozen=True, eq=False)
class Stretches:
    """N packages, I stretches, T periods.

    ``column[n, t]``: number of the column of the program that holds the km of package n in period t, -1 where it is
    closed; ``package[i]`` (numbers of rows of ``column``) and ``km[i]`` (>= 0) of a stretch; ``costs[stage][i, t]``:
    cost of a km of stretch i in t beside the one of its package's column, minimised (a stage that is not named has
    none); ``uses[row][i, t]``: its coefficient in a row of the program, beside that of the column. Values of closed
    periods are not looked at. ``elsewhere``: who prices them, where it is not this process (``workers``). Raises
    ValueError where shapes do not fit or a number is not finite.
    """

    column: Whole
    package: Whole
    km: Array
    costs: Mapping[str, Array]
    uses: Mapping[int, Array] = field(default_factory=dict)
    elsewhere: Callable[..., Iterable[tuple[slice, Any]]] | None = None

    def __post_init__(self) -> None:
        shape = (len(self.km), self.column.shape[1])
        if self.package.shape != self.km.shape or any(values.shape != shape for values in self._tables):
            raise ValueError("arrays of stretches do not fit together")
        if not (np.isfinite(self.km).all() and (self.km >= 0).all()):
            raise ValueError("km of a stretch are negative or no number")
        if not all(np.isfinite(values).all() for values in self._tables):
            raise ValueError("a cost or a coefficient of a stretch is not finite")

    @property
    def _tables(self) -> tuple[Array, ...]:
        return (*self.costs.values(), *self.uses.values())

    @cached_property
    def open(self) -> Mask:
        """open[n, t]: whether a package may be renewed in a period."""
        return self.column >= 0

    @property
    def periods(self) -> int:
        return int(self.column.shape[1])

    def blocks(self) -> list[slice]:
        """The stretches in pieces."""
        return [slice(start, start + BLOCK) for start in range(0, len(self.km), BLOCK)]

    def part(self, here: slice) -> Stretches:
        """Some of them alone; packages and rows keep their numbers."""
        return Stretches(self.column, self.package[here], self.km[here],
                         {stage: table[here] for stage, table in self.costs.items()},
                         {row: table[here] for row, table in self.uses.items()})

    def values(self, stage: str, here: slice, price: Array, dual: Array) -> Array:
        """What a km of the stretches ``here`` is worth in each period, above its price; minus infinity where closed.

        .. math:: v_{it} = -c_{it} - \\pi_{n(i)t} + \\sum_k y_k a_{ikt}

        ``price[n, t]``: multipliers of the links of the packages, ``dual`` those of the rows of the program.
        """
        worth = -price[self.package[here]]
        if stage in self.costs:
            worth -= self.costs[stage][here]
        for row, table in self.uses.items():
            if dual[row]:
                worth += dual[row] * table[here]
        worth[~self.open[self.package[here]]] = -np.inf
        return worth


def relinked(register: Stretches, base: LinearProgram, other: LinearProgram) -> Stretches:
    """The same stretches in another program: its columns and rows by the names of those of ``base``. Columns that it
    does not have are closed; rows that it does not have ask for nothing."""
    column = np.full(register.column.shape, -1, dtype=np.int64)
    column[register.open] = [other.column_at.get(base.columns[j], -1) for j in register.column[register.open].tolist()]
    uses = {other.row_at[base.rows[k]]: table for k, table in register.uses.items() if base.rows[k] in other.row_at}
    return replace(register, column=column, uses=uses)
