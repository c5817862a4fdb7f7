"""By how much a row that is done may cost more and still surely be done: the works of the plan, money anew, against
what plans without it are proved to reach at best."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from jaryq.base.errors import Infeasible
from jaryq.explain.moved import edge, reach
from jaryq.explain.shown import Shown
from jaryq.solve.choice import Choice
from jaryq.solve.highs import Solver
from jaryq.solve.in_place import between
from jaryq.solve.lp import LinearProgram
from jaryq.solve.near import fixed

DEARER = 8.0
"""The largest multiple of a cost that is added."""

BACK = 0.01
"""What the line between two programs tells too much is given back so much at first, as part of it."""

NOISE = 1e-8
"""A margin up to this part of what it is a margin to is none."""

Costing = Callable[[float], LinearProgram]
"""The program with the cost of the row at so many times what it is. Raises Infeasible."""


class Money:
    """The works of a plan in programs with other numbers, money anew, one after another: each begins where the one
    before ended (measured on the shipped case: 20 to 500 steps in place of 18,000)."""

    def __init__(self, shown: Shown, choice: Choice, basis: Any = None) -> None:
        """``basis``: of the program with the choices of the plan fixed and the stages before the last kept, if any."""
        self.shown, self.decisive = shown, list(choice.at_least)[-1]
        self.bound = shown.values[self.decisive] + choice.at_least[self.decisive]
        self.before = shown.before(self.decisive)
        self.basis, self.shape = basis if self.decisive == shown.names[-1] else None, shown.program.shape
        self.taken = dict(zip(shown.program.columns, shown.chosen.tolist(), strict=True))

    def margin(self, moved: LinearProgram) -> float:
        """By how much the plan's works stay better in the decisive stage than what no plan without the row is; minus
        infinite where they are not, or nothing is known. A choice that other numbers bring along (a lender whose least
        amount the row now reaches) is not taken."""
        names = [name for name, whole in zip(moved.columns, moved.whole.tolist(), strict=True) if whole]
        try:
            program = fixed(moved, np.array([self.taken.get(name, 0.0) for name in names]))
        except ValueError:
            return -np.inf
        solver, unit = Solver(program), program.unit(self.decisive)
        for name in self.before:
            scale, (vector, constant) = program.unit(name), program.objectives[name]
            solver.add_cap(vector * scale, scale * (self.shown.most(name) - constant))
        solver.minimise(program.objectives[self.decisive][0] * unit)
        if self.basis is not None and self.shape == program.shape:
            solver.start_from(self.basis)
        outcome = solver.run()
        # Where nothing is whole the best plan meets the bound once the row is worth nothing, and stays there.
        if not outcome.is_best:
            return -np.inf
        self.basis, self.shape = solver.basis(), program.shape
        away = self.bound - outcome.objective / unit - program.objectives[self.decisive][1]
        return away if abs(away) > NOISE * max(1.0, abs(self.bound)) else -np.inf


def dearer(money: Money, here: LinearProgram, costing: Costing, hint: float, tries: int, *, line: bool) -> float:
    """By which part the row may cost more. ``here``: the program as it is; ``hint``: where the edge may be; ``line``:
    programs between two may be drawn on the line between them, until one is told, which has a program of its own."""
    def built(part: float) -> float:
        try:
            return money.margin(costing(1.0 + part) if part else here)
        except Infeasible:
            return -np.inf

    now = built(0.0)
    if not line:
        return reach(built, now, DEARER, hint, tries)
    least = 0.0
    for high in sorted({min(hint, DEARER), DEARER}) if now > 0.0 else ():
        try:
            last = costing(1.0 + high)
        except Infeasible:
            return max(least, edge(built, now, high, tries)[0])
        if (at_last := money.margin(last)) > 0.0:
            least = high
            continue
        return max(least, _drawn(money, (here, last), built, (now, high, at_last), tries))
    return least


def _drawn(money: Money, ends: tuple[LinearProgram, LinearProgram], built: Callable[[float], float],
           known: tuple[float, float, float], tries: int) -> float:
    """The edge between two programs on the line between them, if the program of its own says so too."""
    now, high, at_last = known

    def drawn(part: float) -> float:
        if part == high:
            return at_last
        program = between(*ends, part / high)
        return -np.inf if program is None else money.margin(program)

    least = edge(drawn, now, high, tries)[0]
    for told in (least, (1.0 - BACK) * least):
        if told > 0.0 and built(told) > 0.0:
            return told
    return edge(built, now, high, tries)[0]
