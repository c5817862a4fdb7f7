"""Whole facilities beside stretches, as they are without them: what no whole plan can do, proved by the rows of
packages alone; and the plan of packages by their means, whose starts are tried before a search over groups."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.aggregate import aggregate
from jaryq.solve.fixings import PART, Fixer, whole_conflict
from jaryq.solve.limits import Limits
from jaryq.solve.lp import LinearProgram
from jaryq.solve.near import fixed
from jaryq.solve.proof import Fixing
from jaryq.solve.question import Question
from jaryq.solve.relaxed import relaxation
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.rounds import Told
from jaryq.solve.stretches.stages import Reached, held_near
from jaryq.solve.whole import Whole, choose


@dataclass(frozen=True, eq=False)
class Fixed:
    """The program of packages with what no whole plan can do at nothing, the proofs, and what its stages reach."""

    program: LinearProgram
    found: tuple[Fixing, ...]
    relaxed: Reached
    seconds: float


@dataclass(frozen=True, eq=False)
class ByMeans:
    """The program with the starts of the plan by means, what its stages reach by stretch, how that plan was found."""

    program: LinearProgram
    reached: Reached
    searched: Whole
    seconds: float


def fix_beside(base: LinearProgram, register: Stretches, names: Sequence[str], relaxed: Reached,
               end: float = math.inf, say: Told = lambda _: None) -> Fixed:
    """Fixings of the program of packages: what its rows forbid no choice of stretches allows. Rows that sum over
    stretches prove none. Raises Infeasible (with a proof) if nothing is left."""
    fixer = Fixer(base, end, sorted({row for one in register.uses for row in one.weights}))
    fixer.by_arithmetic()
    if fixer.by_program(relaxed.x):
        fixer.by_arithmetic()
    if np.any(relaxed.x > fixer.upper + PART):
        say("what no whole plan can do is left out")
        try:
            relaxed = held_near(fixer.program, register, names, relaxed, say)
        except Infeasible as error:
            raise whole_conflict(error, fixer) from error
    return Fixed(fixer.program, tuple(fixer.found), relaxed, fixer.seconds)


def chosen_by_means(question: Question, means: LinearProgram, base: LinearProgram, register: Stretches,
                    relaxed: Reached, stages: tuple[Sequence[str], Limits],
                    say: Told = lambda _: None) -> ByMeans | None:
    """The starts of the best plan of ``means``, in which a km is worth the mean of its package, with the stretches
    chosen anew; None where that is not within the gaps of what is best with facilities divisible. ``base``: without
    benefits of packages that have stretches; ``stages``: all of them, and the limits of the search."""
    names, limits = stages
    valued = tuple(name for name in names if name in limits.gaps)
    say("whole facilities, packages by their means")
    seconds = 0.0
    try:
        linear, seconds = relaxation(means, (valued, limits.seed))
        searched = choose(question, aggregate(question, means), means, linear, valued, limits)
        held = fixed(base, np.round(searched.staged.x[base.whole]))
        reached = held_near(held, register, names, relaxed, say)
    except (Infeasible, NoPlan):
        return None
    near = all(reached.values[name] <= relaxed.values[name] + limits.gaps[name].size for name in valued)
    return ByMeans(held, reached, searched, seconds + searched.seconds + reached.seconds) if near else None
