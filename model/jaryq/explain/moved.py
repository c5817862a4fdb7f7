"""By how much an opposite stays shut out in a program with other numbers: linear programs in the leaves of the plan's
tree, each from the basis of the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from jaryq.explain.forced import Programs
from jaryq.explain.ground import Ground, itself, small
from jaryq.explain.opposites import Rows, in_or_out
from jaryq.explain.shown import Shown
from jaryq.solve.choice import Choice
from jaryq.solve.in_place import between
from jaryq.solve.lp import LinearProgram
from jaryq.solve.proof import NOTHING, Proof

NEAR = 0.01
"""An edge is told to this part of its upper end."""

SIDE = 0.05
"""A secant comes no nearer to the ends of an interval than this part of it."""

Margin = Callable[[float], float]


class Margins:
    """Of a plan's choice whether a row is done. The stages' values and gaps stay those of the plan."""

    def __init__(self, shown: Shown, choice: Choice) -> None:
        self.shown, self.choice = shown, choice
        self._bases: dict[str, Any] = {}

    def of(self, program: LinearProgram, ground: Ground | None = None) -> float:
        """By how much the stage that shuts the opposite out is proved to lie above what plans as good as the shown one
        have (infinite: no plan has the opposite; minus infinite: nothing is proved). ``program``: with other numbers in
        the same columns; ``ground``: its small program, where it is known."""
        # What was proved to be nothing need not be so with other numbers; the tree divides all plans nevertheless.
        plain = Proof((), self.shown.solution.proof.trees) if program.columns == self.shown.program.columns else NOTHING
        moved = replace(self.shown, program=program, solution=replace(self.shown.solution, proof=plain))
        rows = Rows(program)
        opposites = {(one.project, one.other): one for one in in_or_out(moved, rows, ())}
        one = opposites.get((self.choice.project, self.choice.other))
        if one is None:
            return -np.inf
        decisive = list(self.choice.at_least)[-1] if self.choice.at_least else moved.names[-1]
        programs = Programs(moved, ground or self.ground(program), self._bases, rough=True)
        proved = programs.proved(one, near=True, first=decisive)
        if proved is None:
            return -np.inf
        if proved.bound is None:
            return np.inf
        away = float(proved.bound) - moved.most(proved.stage)
        return away if proved.stage == moved.names[-1] or away <= 0.0 else np.inf

    def ground(self, program: LinearProgram) -> Ground:
        """The program on which linear programs are solved."""
        moved = replace(self.shown, program=program)
        return small(moved) or itself(moved)

    def line(self, other: LinearProgram) -> Margin:
        """The margin of programs on the line from the plan's to another, small programs too; where their numbers stand
        at other places nothing is said."""
        here, there = self.ground(self.shown.program), self.ground(other)

        def at(part: float) -> float:
            full, few = between(self.shown.program, other, part), between(here.program, there.program, part)
            if full is None:
                return -np.inf
            return self.of(full, None if few is None else Ground(few, here.column, here.row))

        return at


def edge(margin: Margin, now: float, high: float, tries: int) -> tuple[float, bool]:
    """How far towards ``high`` a margin (``now`` at nothing) was seen to be above zero, and whether at ``high`` itself:
    by secants, the end that stays counting half each time (Illinois), or halves where one end is infinite."""
    if not now > 0.0:
        return 0.0, False
    low, at_low, at_high = 0.0, now, margin(high)
    if at_high > 0.0:
        return high, True
    for _ in range(tries):
        width = high - low
        if width <= NEAR * high:
            break
        part = at_low / (at_low - at_high) if np.isfinite(at_low) and np.isfinite(at_high) else 0.5
        middle = low + width * min(max(part, SIDE), 1.0 - SIDE)
        found = margin(middle)
        if found > 0.0:
            low, at_low, at_high = middle, found, at_high / 2.0
        else:
            high, at_high, at_low = middle, found, at_low / 2.0
    return low, False


def reach(margin: Margin, now: float, high: float, hint: float, tries: int) -> float:
    """How far towards ``high``, looked for first up to ``hint``."""
    least, whole = edge(margin, now, min(hint, high), tries)
    return max(least, edge(margin, now, high, tries)[0]) if whole and hint < high else least
