"""What a stage can be at best with an opposite, in exact arithmetic (docs/numbers.md, The other choice).

Of whole columns of which exactly one is 1, and of columns that are nothing, the bound of the multipliers has each
column at the better of its sides; with the opposite it has them where the opposite puts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from jaryq.explain.opposites import Opposite
from jaryq.explain.shown import Shown
from jaryq.solve.exact import Taken
from jaryq.solve.lp import Array


class Bounds:
    """The bounds that the stored multipliers of the stages give."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self._taken = {name: taken(shown, name, held.rows, held.before) for name, held in shown.held.items()}

    def of(self, name: str, opposite: Opposite) -> Fraction | None:
        """No whole plan with the opposite that is as good as the shown one in the stages before has less (minimised);
        None: its columns are proved to be nothing, there is no such plan."""
        return at(self.shown, self._taken[name], opposite)


def taken(shown: Shown, name: str, rows: Array, before: Mapping[str, float], *, nothing: bool = False) -> Taken:
    """The bound of a stage by multipliers, before anything is opposed; ``nothing``: of a cost of zero."""
    vector, constant = shown.program.objectives[name]
    cost, constant = (np.zeros_like(vector), 0.0) if nothing else (vector, constant)
    return shown.exact.taken(cost, constant, rows, shown.caps(before))


def at(shown: Shown, found: Taken, opposite: Opposite) -> Fraction | None:
    """The same bound where the opposite holds."""
    lower, upper = shown.program.col_lower, shown.program.col_upper
    bound = found.bound
    for j in {*opposite.off, *opposite.on}:
        left = found.of(j)
        bound -= left * Fraction(float(lower[j] if left > 0 else upper[j]))
    if not opposite.on:
        return bound
    open_columns = [j for j in opposite.on if upper[j] > 0.0]
    return bound + min(found.of(j) for j in open_columns) if open_columns else None
