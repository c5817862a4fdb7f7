"""Whole facilities beside stretches: groups are frozen while facilities are searched, split anew with the starts held,
and facilities searched again with both partitions, until the starts repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.aggregate import aggregate
from jaryq.solve.limits import Limits, Spent
from jaryq.solve.lp import LinearProgram
from jaryq.solve.near import fixed
from jaryq.solve.question import Question
from jaryq.solve.stages import Staged
from jaryq.solve.stretches.asked import of_groups
from jaryq.solve.stretches.by_means import chosen_by_means
from jaryq.solve.stretches.partition import regrouped
from jaryq.solve.stretches.regimes import asked_by, keys_of, point_on
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.restricted import Restricted, restricted
from jaryq.solve.stretches.rounds import Told
from jaryq.solve.stretches.stages import Reached, held_near
from jaryq.solve.whole import Whole as Searched
from jaryq.solve.whole import choose

SEARCHES = 3
"""At most so many searches; it is said if the last one still moved a start."""

ROOT = 4000.0
"""Work of a round of cuts over groups of stretches, by coefficients: all groups of a package stand in one row. Measured
on a program of 314,000 coefficients, where it took a second."""

GROUPS = 100_000
"""Columns of groups up to which a search has groups of every choice: with coarser ones what the relaxation reaches is
out of its reach."""

SINGLE = 20_000
"""Stretches times periods up to which every stretch is a group of its own in the search, which then is one of the full
program."""


@dataclass(frozen=True, eq=False)
class Chosen:
    """The program with the choices fixed, what its stages reach, how the search ended that found them over which
    groups (None: over packages by their means), and whether it went over every stretch (its own bound is one of the
    full program)."""

    program: LinearProgram
    reached: Reached
    searched: Searched
    frozen: Restricted | None
    single: bool
    seconds: float
    remarks: tuple[str, ...]


def choose_with_stretches(question: Question, base: LinearProgram, register: Stretches, relaxed: Reached,
                          names: Sequence[str], limits: Limits, say: Told = lambda _: None,
                          means: LinearProgram | None = None) -> Chosen:
    """Choose whole facilities: those of the best plan by ``means``, if its gaps are met with them, else by searches
    over groups. Raises Infeasible, NoPlan as ``whole.choose``."""
    small = len(register.km) * register.periods <= SINGLE
    if means is not None and not small:
        by = replace(limits, spent=Spent())
        found = chosen_by_means(question, means.with_bounds(col_upper=base.col_upper), base, register, relaxed,
                                (names, by), say)
        if found is not None:
            return Chosen(found.program, found.reached, found.searched, None, False, found.seconds,
                          found.searched.remarks)
    limits = replace(limits, spent=Spent(root=ROOT))
    valued = [name for name in names if name in limits.gaps]
    plans, seen = [relaxed], set[bytes]()
    best: Chosen | None = None
    seconds, last, ended = 0.0, 0.0, False
    for _ in range(SEARCHES):
        begun = limits.spent.work
        # Where there is a plan the search ends by its work, whether it finds one or not.
        own = limits if best is None else limits.boxed(last)
        keys = [np.arange(len(register.km))] if small else keys_of(register, plans, GROUPS)
        frozen = restricted(base, register, regrouped(register, *keys,
                                                      asked=asked_by(register, plans, all_of_them=small)))
        say(f"whole facilities, {frozen.partition.count} groups")
        asked = of_groups(question, frozen, register)
        try:
            searched = choose(asked, aggregate(asked, frozen.program), frozen.program,
                              Staged(point_on(frozen, relaxed), {}, {}), valued, own)
        except (Infeasible, NoPlan):
            if best is None:
                raise
            break
        starts = np.round(searched.staged.x[:base.shape[1]][base.whole])
        if ended := starts.tobytes() in seen:
            break
        seen.add(starts.tobytes())
        held = fixed(base, starts)
        try:
            reached = held_near(held, register, names, relaxed, say)
        except (Infeasible, NoPlan) as error:
            if best is None:
                # What contradicts starts that were chosen is no contradiction of the case.
                raise NoPlan(str(error)) from error
            break
        seconds += searched.seconds + reached.seconds
        plans.append(reached)
        if best is None or _better(reached, best.reached, valued):
            best = Chosen(held, reached, searched, frozen, small, 0.0, ())
        # One more search takes as much as the last.
        last = limits.spent.work - begun
        if ended := small or limits.left < last:
            break
    assert best is not None
    moved = () if ended else ("the search for whole facilities ended while stretches still moved their starts",)
    return replace(best, seconds=seconds, remarks=(*best.searched.remarks, *moved))


def _better(one: Reached, other: Reached, names: Sequence[str]) -> bool:
    """Whether the first stage in which two differ is less in the first."""
    for name in names:
        size = 1e-9 * max(1.0, abs(other.values[name]))
        if abs(one.values[name] - other.values[name]) > size:
            return one.values[name] < other.values[name]
    return False
