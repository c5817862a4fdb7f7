"""Whole facilities beside stretches: groups are frozen while facilities are searched, split anew with the starts held,
and facilities searched again with both partitions, until the starts repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jaryq.solve.aggregate import aggregate
from jaryq.solve.highs import Solver
from jaryq.solve.limits import Limits
from jaryq.solve.lp import LinearProgram
from jaryq.solve.near import fixed
from jaryq.solve.question import Question
from jaryq.solve.stages import linear_stages
from jaryq.solve.stretches.asked import of_groups
from jaryq.solve.stretches.partition import Partition, regrouped
from jaryq.solve.stretches.register import Stretches, Whole
from jaryq.solve.stretches.restricted import Restricted, restricted
from jaryq.solve.stretches.rounds import Told
from jaryq.solve.stretches.stages import Reached, in_stages
from jaryq.solve.whole import Whole as Searched
from jaryq.solve.whole import choose

SEARCHES = 3
"""At most so many searches; what is said of it if the last one still moved a start."""


SINGLE = 20_000
"""Stretches times periods up to which every stretch is a group of its own in the search, which then is one of the full
program."""


@dataclass(frozen=True, eq=False)
class Chosen:
    """The program with the choices fixed, what its stages reach, how the last search that counts ended; the program of
    the groups it went over, with its choices fixed."""

    program: LinearProgram
    reached: Reached
    searched: Searched
    frozen: Restricted
    seconds: float
    remarks: tuple[str, ...]


def choose_with_stretches(question: Question, base: LinearProgram, register: Stretches, relaxed: Reached,
                          names: Sequence[str], limits: Limits, say: Told = lambda _: None) -> Chosen:
    """Choose whole facilities. Raises Infeasible, NoPlan as ``whole.choose``."""
    small = len(register.km) * register.periods <= SINGLE
    keys = [np.arange(len(register.km)) if small else choice_of(register, relaxed)]
    best: Chosen | None = None
    seconds, remarks = 0.0, tuple[str, ...]()
    seen: set[bytes] = set()
    valued = [name for name in names if name in limits.gaps]
    for number in range(SEARCHES):
        partition = regrouped(register, *keys)
        frozen = restricted(base, register, partition)
        say(f"whole facilities, {partition.count} groups")
        asked = of_groups(question, frozen, register)
        solver = Solver(frozen.program, seed=limits.seed)
        linear = linear_stages(frozen.program, valued, solver)
        searched = choose(asked, aggregate(asked, frozen.program), frozen.program, linear, names, limits)
        seconds += solver.seconds + searched.seconds
        starts = np.round(searched.staged.x[:base.shape[1]][base.whole])
        held = fixed(base, starts)
        reached = in_stages(held, register, names, partition, say)
        seconds += reached.seconds
        if best is None or _better(reached, best.reached, valued):
            best = Chosen(held, reached, searched, frozen, 0.0, ())
        if small or starts.tobytes() in seen:
            break
        seen.add(starts.tobytes())
        keys.append(choice_of(register, reached))
        if number + 1 == SEARCHES:
            remarks = ("the search for whole facilities ended while stretches still moved their starts",)
    assert best is not None
    return Chosen(best.program, best.reached, best.searched, best.frozen, seconds,
                  (*best.searched.remarks, *remarks))


def choice_of(register: Stretches, reached: Reached) -> Whole:
    """A key for each stretch: the only period in which its group is renewed, none (-1); groups that are renewed in
    several, or in part, have keys of their own."""
    used = reached.km > 1e-9
    left = reached.partition.km - reached.km.sum(axis=1) > 1e-9 * np.maximum(1.0, reached.partition.km)
    several = used.sum(axis=1) + left > 1
    key = np.where(used.any(axis=1), used.argmax(axis=1) if register.periods else 0, -1)
    key[several] = register.periods + np.arange(int(several.sum()))
    found: Whole = key[reached.partition.group]
    return found


def frozen_groups(base: LinearProgram, register: Stretches, *reached: Reached) -> tuple[Partition, Restricted]:
    """A few groups that can do all that the plans do."""
    partition = regrouped(register, *(choice_of(register, one) for one in reached))
    return partition, restricted(base, register, partition)


def _better(one: Reached, other: Reached, names: Sequence[str]) -> bool:
    """Whether the first stage in which two differ is less in the first."""
    for name in names:
        size = 1e-9 * max(1.0, abs(other.values[name]))
        if abs(one.values[name] - other.values[name]) > size:
            return one.values[name] < other.values[name]
    return False
