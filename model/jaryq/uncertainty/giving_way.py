"""Early decisions on money in a future that does not allow them: a ceiling is lower there, a lender's smallest ticket
is not reached at another exchange rate. What was started stays started; the money that does not come is missing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.dive import PART
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stages import Mask
from jaryq.uncertainty.solved import solved

ROUNDS = 4
"""Times that whole decisions which cannot be kept in full are given up."""

WHOLE = 10.0
"""What a whole decision weighs against 1 bn KZT that is not drawn."""


def as_far_as_allowed(free: LinearProgram, held: LinearProgram, gives: Callable[[Name], bool],
                      seconds: float) -> Iterator[LinearProgram]:
    """``held`` with the decisions of which ``gives`` holds at the most, together, that the program allows up to what
    they were held at; none if it allows none. First with all else divisible, which is quick; then, for who finds no
    whole plan there, with all else whole as well, of a search of so many ``seconds``. ``free``: the program with
    nothing held."""
    at = [j for j, name in enumerate(held.columns) if held.col_lower[j] == held.col_upper[j] > free.col_lower[j]
          and gives(name)]
    weights = np.zeros(held.shape[1])
    weights[at] = np.where(held.whole[at], -WHOLE, -1.0)
    lower = held.col_lower.copy()
    lower[at] = free.col_lower[at]
    asked = held.with_bounds(col_lower=lower)
    for point in (_divisible, _whole):
        if (x := point(asked, weights, at, seconds)) is not None:
            yield held.with_bounds(**_at(lower, held.col_upper, x, at, held.whole))


def _divisible(asked: LinearProgram, weights: Array, at: Sequence[int], _: float) -> Array | None:
    """The least by weights with the columns ``at`` whole, where they are, and all else divisible."""
    upper = asked.col_upper.copy()
    for _round in range(ROUNDS):
        solver = Solver(asked.with_bounds(col_upper=upper))
        solver.minimise(weights)
        outcome = solver.run()
        if not outcome.is_best:
            return None
        parts = [j for j in at if asked.whole[j] and abs(outcome.x[j] - round(outcome.x[j])) > PART]
        if not parts:
            return outcome.x
        upper[parts] = np.maximum(np.floor(outcome.x[parts]), asked.col_lower[parts])
    return None


def _whole(asked: LinearProgram, weights: Array, _: Sequence[int], seconds: float) -> Array | None:
    """The least by weights that was found with whole plans."""
    try:
        found = solved(asked, weights, 0.0, seconds)
    except (Infeasible, NoPlan):
        return None
    return found.x if math.isfinite(found.cost.high) else None


def _at(lower: Array, upper: Array, x: Array, at: Sequence[int], whole: Mask) -> dict[str, Array]:
    """Bounds of all columns with those of ``at`` held where the point has them."""
    least, most = lower.copy(), upper.copy()
    kept = np.where(whole[at], np.round(x[at]), np.clip(x[at], lower[at], upper[at]))
    least[at] = most[at] = kept
    return {"col_lower": least, "col_upper": most}
