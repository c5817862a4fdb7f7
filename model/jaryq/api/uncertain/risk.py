"""Money against risk: the mean cost over several futures against the mean of the worst of them, by what is decided
before it is known which comes true (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jaryq.api.uncertain.fronts import Frontier, taken_of
from jaryq.api.uncertain.futures import Futures
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.solve.lp import Array
from jaryq.solve.stacked import EXPECTED, TAIL, expected, tail
from jaryq.uncertainty.frontier import Axis, best_of, frontier
from jaryq.uncertainty.pieces import Piece, Work, in_turn

MEAN, RISK = "mean", "risk"
"""Names of the two figures; they stand against each other alone."""


def risk_front(found: Futures, level: float, count: int, say: Callable[[str], None], work: Work = in_turn) -> Frontier:
    """``count`` plans evenly spaced along the CVaR at ``level``, each of the least mean cost; divisible, early
    decisions in common. Raises NoPlan."""
    branches = found.branches
    say("all futures side by side, least mean")
    side = expected(branches, found.early)
    cost, _ = side.program.objectives[EXPECTED]
    (x,), *alone = work([Piece(best_of, (side.program, cost)),
                         *(Piece(best_of, (branch.program, branch.cost)) for branch in branches)])
    each = [branch.value(side.of(b, x)) for b, branch in enumerate(branches)]
    least = min(branch.value(best) for branch, (best,) in zip(branches, alone, strict=True))
    # No point of the front has a larger CVaR than the plan of the least mean, so eta lies below its worst future.
    stacked = tail(branches, found.early, level, (least, max(each)))
    mean = np.zeros(stacked.program.shape[1])
    for b, branch in enumerate(branches):
        np.add.at(mean, stacked.at[b], branch.weight * branch.cost)
    say("the front")
    worst: tuple[Array, float] = stacked.program.objectives[TAIL]
    points = frontier(stacked.program, Axis(mean, sum(b.weight * b.constant for b in branches), 1.0),
                      Axis(*worst, 1.0), count, work)
    part = f"{100 * (1 - level):.3g}"
    axes = (Text("mean cost over the futures", "средняя стоимость по вариантам"),
             Text(f"mean of the worst {part} % (CVaR)", f"среднее худших {part.replace('.', ',')} % (CVaR)"))
    note = Text(f"One figure for each future: the objective, missed targets, unfunded money and passed limits at their "
                f"prices on the sheet settings; decided before {found.known_from} in common. Divisible plans.",
                f"Одна величина на вариант: цель, недовыполнения, нехватка денег и превышенные пределы по ценам листа "
                f"settings; решения до {found.known_from} года общие. Делимые планы.")
    return Frontier((MEAN, RISK), axes, (BILLION, BILLION), points, found.base.case,
                    tuple(taken_of(found.base.case, stacked.early(point.x).items()) for point in points), note)
