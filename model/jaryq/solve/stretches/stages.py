"""Stages one after another on a program with stretches, each on the optimal face of those before. Between stages a
stretch is fixed by its own reduced costs, and groups whose members the face treats differently split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.case.stages import valued
from jaryq.solve.highs import FEASIBILITY, Outcome, Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import FACE, HOLD, Face, solve_surely
from jaryq.solve.stretches.caps import HELD, capped, multipliers_of, with_costs
from jaryq.solve.stretches.partition import Partition, first_partition, freed, quantiles, split, unsplit
from jaryq.solve.stretches.pricing import REGRET
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.restricted import Restricted
from jaryq.solve.stretches.rounds import Told, closed
from jaryq.solve.stretches.types import Mask, Whole

WORD = 48
"""Periods whose marks go into one number."""

MANY = 1000
"""Groups above which, where stretches share trenches, stages without a value choose among the plans of these groups:
under a row that keeps the objective of every stretch they take longer than all that is proved."""


@dataclass(frozen=True, eq=False)
class Reached:
    """The point after all stages as columns of the base (``x``) and km of groups (``km[g, t]`` of ``partition``);
    values of the stages; of each the multipliers of rows and links, the face it was solved on (of the base, and as
    groups), and the basis its rounds ended with (of those that had any); ``caps``: of each those of the rows that keep
    the values of earlier ones (where there are places); seconds inside the solver."""

    x: Array
    km: Array
    partition: Partition
    values: Mapping[str, float]
    duals: Mapping[str, tuple[Array, Array]]
    faces: Mapping[str, Face]
    partitions: Mapping[str, Partition]
    bases: Mapping[str, Any]
    seconds: float
    caps: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def in_stages(base: LinearProgram, register: Stretches, names: Sequence[str], start: Partition | None = None,
              say: Told = lambda _: None) -> Reached:
    """The stages of ``names``. ``start``: groups to begin with. Raises as ``rounds.closed``."""
    return _Going(base, register, first_partition(register) if start is None else freed(register, start),
                  divided=start is not None).through(names, say)


def held_near(base: LinearProgram, register: Stretches, names: Sequence[str], near: Reached,
              say: Told = lambda _: None) -> Reached:
    """The stages of ``names`` on a program that has fewer plans than the one of ``near``. What is best in the stages
    without costs of stretches there is best here, if it is here: the objective is then solved at once on its face, from
    its groups and basis. Else all stages are. Raises as ``rounds.closed``."""
    first = next((k for k, name in enumerate(names) if name in register.costs and name in near.bases), None)
    if first is not None:
        going = _Going(base, register, unsplit(near.partitions[names[first]]), divided=True)
        try:
            if going.taken_over(near, names[:first + 1], say):
                return going.through(names[first + 1:], say)
        except NoPlan:
            say("no plan is as good in the stages before the objective")
    return in_stages(base, register, names, near.partition, say)


class _Going:
    """Stages one after another: the face so far, its groups, and what was reached."""

    def __init__(self, base: LinearProgram, register: Stretches, partition: Partition, *, divided: bool) -> None:
        self.base, self.register, self.partition, self.divided = base, register, partition, divided
        self.face, self.values, self.bases, self.seconds = Face.whole(base), dict[str, float](), dict[str, Any](), 0.0
        self.duals, self.faces = dict[str, tuple[Array, Array]](), dict[str, Face]()
        self.partitions, self.caps = dict[str, Partition](), dict[str, Mapping[str, float]]()
        self.x, self.y = np.zeros(0), np.zeros(0)
        self.made: Restricted | None = None
        self.best: Face | None = None  # Of the groups: what is best in all stages, once stages choose among them alone.

    def through(self, names: Sequence[str], say: Told) -> Reached:
        """The stages of ``names`` from here."""
        for name in names:
            if name in self.register.costs and not self.divided:
                self.partition = split(self.register, self.partition, quantiles(self.register, name))
                self.divided = True
            settled = _settled(self.face.of(self.base), self.register, name, self.x)
            if settled is None and name not in valued(names) and self.best is not None:
                self._among_groups(name, self.best)
            elif settled is None or self.made is None:
                self._solve(name, None, say, proved=True)
            else:
                self.duals[name] = np.zeros(self.base.shape[0]), np.zeros(self.register.column.shape)
                self.partitions[name] = self.partition
                self._reached(name, settled)
        assert self.made is not None
        # As the linear stages have it: the values that the point has.
        self.values = {name: self._value(name) for name in self.values}
        own = self._own_uses(self.made.partition)
        return Reached(self.x, self.made.km(self.y), own, self.values, self.duals, self.faces, self.partitions,
                       self.bases, self.seconds, self.caps)

    def taken_over(self, near: Reached, names: Sequence[str], say: Told) -> bool:
        """The last of ``names`` on the face that ``near`` had it on; whether its point is as good as that in the
        others. Raises NoPlan where the face holds no plan."""
        *earlier, last = names
        for name in earlier:
            self.duals[name], self.faces[name] = near.duals[name], near.faces[name]
            self.partitions[name] = near.partitions[name]
            self.bases |= {name: near.bases[name]} if name in near.bases else {}
            self.values[name] = near.values[name]
            self.caps |= {name: near.caps[name]} if name in near.caps else {}
        self.face = near.faces[last]
        self._solve(last, near.bases[last], say, proved=False)
        self.values |= {name: self.base.value(name, self.x) for name in earlier}
        return all(self.values[name] <= near.values[name] + HOLD * max(1.0, abs(near.values[name])) for name in earlier)

    def _solve(self, name: str, basis: Any, say: Told, *, proved: bool) -> None:
        before = self._before()
        register, partition = with_costs(self.base, self.register, self.partition, before)
        found = closed(capped(self.face.of(self.base), before, self.values, HELD), register, partition, name, basis,
                       say, proved=proved)
        self.bases[name], self.made = found.basis, found.made
        self.seconds += found.seconds
        outcome, self.y = found.outcome, found.outcome.x
        partition, self.x = found.made.partition, self.y[:self.base.shape[1]]
        self.partition = self._own_uses(partition)
        dual = outcome.row_dual / self.base.unit(name)
        self.caps[name] = multipliers_of(self.base, before, dual)
        self.duals[name] = dual[:self.base.shape[0]], found.made.price(dual)
        self.partitions[name] = self.partition
        allowed, full = _face(register, partition, name, found.made, outcome)
        self.partition = split(self.register, self.partition, _marks(allowed, full), None, allowed, full)
        many = register.places is not None and name in register.costs and found.made.partition.count > MANY
        self.best = Face.whole(found.made.program).after(found.made.program, outcome) if many else None
        self._reached(name, outcome)

    def _among_groups(self, name: str, best: Face) -> None:
        """A stage without a value, on the plans of the groups that are best in the stages before it: which of equally
        good plans is shown, not what is proved of it. The groups stay as they are."""
        assert self.made is not None
        program = best.of(self.made.program)
        solver = Solver(program)
        solver.minimise(program.objectives[name][0] * self.base.unit(name))
        outcome = solve_surely(solver, program, proved=False)
        self.seconds += solver.seconds
        self.best, self.y, self.x = best.after(program, outcome), outcome.x, outcome.x[:self.base.shape[1]]
        self.duals[name] = np.zeros(self.base.shape[0]), np.zeros(self.register.column.shape)
        self.partitions[name] = self.partition
        self._reached(name, outcome)

    def _own_uses(self, partition: Partition) -> Partition:
        """Without the means of costs that rows of earlier stages ask for."""
        return replace(partition, uses=partition.uses[:len(self.register.uses)])

    def _before(self) -> list[str]:
        """The stages whose values rows keep: where stretches share trenches, as the faces of these are not told by each
        stretch alone."""
        if self.register.places is None:
            return []
        return [name for name in self.values if name in self.register.costs or self.base.objectives[name][0].any()]

    def _value(self, name: str) -> float:
        """What the point has in a stage."""
        return self.base.value(name, self.x) + _own(self.register, self.made, name, self.y)

    def _reached(self, name: str, outcome: Outcome) -> None:
        """The value of a stage, and the face after it."""
        rows, columns = self.base.shape
        self.values[name] = self._value(name)
        self.faces[name] = self.face
        self.face = self.face.after(self.base, Outcome("optimal", self.x, outcome.row_dual[:rows],
                                                       outcome.col_dual[:columns], 0.0, 0.0, ""))


def _own(register: Stretches, made: Restricted | None, name: str, y: Array) -> float:
    """What the groups cost in a stage beside the columns of their packages."""
    if name not in register.costs or made is None:
        return 0.0
    return float((made.partition.costs[name] * made.km(y)).sum())


def _settled(program: LinearProgram, register: Stretches, name: str, x: Array) -> Outcome | None:
    """The answer of a stage without costs of stretches of which the point at hand reaches what the bounds of columns
    alone allow; else nothing."""
    cost = program.objectives[name][0] * program.unit(name)
    if not x.size or name in register.costs:
        return None
    if cost @ x > cost @ np.where(cost > 0, program.col_lower, program.col_upper) + FEASIBILITY:
        return None
    return Outcome("optimal", x, np.zeros(program.shape[0]), cost, float(cost @ x), np.nan, "")


def _face(register: Stretches, partition: Partition, name: str, made: Restricted,
          outcome: Outcome) -> tuple[Mask, Mask]:
    """allowed[i, t] and full[i] after a stage, by the reduced costs of each stretch (in the stage's unit, as those of
    the columns of the base)."""
    unit = made.base.unit(name)
    dual = outcome.row_dual / unit
    links, rows = made.price(dual), dual[:made.base.shape[0]]
    least = max(FACE, REGRET)
    allowed = np.empty((len(register.km), register.periods), dtype=np.bool_)
    full = np.empty(len(register.km), dtype=np.bool_)
    for here in register.blocks():
        groups = partition.group[here]
        worth = register.values(name, here, links, rows) * unit
        worth[~partition.allowed[groups]] = -np.inf
        most = worth.max(axis=1, initial=-np.inf)
        must = partition.full[groups]
        best = np.where(must, most, np.maximum(most, 0.0))
        allowed[here] = worth >= best[:, None] - least
        full[here] = must | (best > least)
    allowed[register.placed], full[register.placed] = True, False
    return allowed & register.open[register.package], full


def _marks(allowed: Mask, full: Mask) -> Whole:
    """One number for each pattern of marks."""
    bits = np.column_stack([full, allowed])
    label = np.zeros(len(bits), dtype=np.int64)
    for start in range(0, bits.shape[1], WORD):
        word = bits[:, start:start + WORD] @ (1 << np.arange(min(WORD, bits.shape[1] - start), dtype=np.int64))
        own = np.unique(word, return_inverse=True)[1]
        label = np.unique(label * (int(own.max(initial=0)) + 1) + own, return_inverse=True)[1]
    return label
