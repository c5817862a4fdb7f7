"""Early decisions on money in a future that does not allow them: a ceiling is lower there, a lender's smallest ticket
is not reached at another exchange rate. What was started stays started; the money that does not come is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from jaryq.solve.dive import PART
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stages import Mask

ROUNDS = 4
"""Times that whole decisions which cannot be kept in full are given up."""

WHOLE = 10.0
"""What a whole decision weighs against 1 bn KZT that is not drawn."""


def as_far_as_allowed(free: LinearProgram, held: LinearProgram, gives: Callable[[Name], bool]) -> LinearProgram | None:
    """``held`` with the decisions of which ``gives`` holds at the most, together, that the program allows up to what
    they were held at; None if it allows none. ``free``: the program with nothing held."""
    at = [j for j, name in enumerate(held.columns) if held.col_lower[j] == held.col_upper[j] > free.col_lower[j]
          and gives(name)]
    weights = np.zeros(held.shape[1])
    weights[at] = np.where(held.whole[at], -WHOLE, -1.0)
    lower, upper = held.col_lower.copy(), held.col_upper.copy()
    lower[at] = free.col_lower[at]
    for _ in range(ROUNDS):
        solver = Solver(held.with_bounds(col_lower=lower, col_upper=upper))
        solver.minimise(weights)
        outcome = solver.run()
        if not outcome.is_best:
            return None
        parts = [j for j in at if held.whole[j] and abs(outcome.x[j] - round(outcome.x[j])) > PART]
        if not parts:
            return held.with_bounds(**_at(lower, upper, outcome.x, at, held.whole))
        upper[parts] = np.maximum(np.floor(outcome.x[parts]), lower[parts])
    return None


def _at(lower: Array, upper: Array, x: Array, at: Sequence[int], whole: Mask) -> dict[str, Array]:
    """Bounds of all columns with those of ``at`` held where the point has them."""
    least, most = lower.copy(), upper.copy()
    kept = np.where(whole[at], np.round(x[at]), np.clip(x[at], lower[at], upper[at]))
    least[at] = most[at] = kept
    return {"col_lower": least, "col_upper": most}
