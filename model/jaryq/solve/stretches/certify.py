"""Certificates of a program with stretches: each stage under the plan's own values of those before, its groups split
until they tell nothing more, and the bound of the full program in exact arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from scipy.sparse import csr_array, vstack

from jaryq.base.flat import rounded
from jaryq.solve.exact import Arithmetic, Cap, Taken, in_digits, not_above
from jaryq.solve.highs import FEASIBILITY
from jaryq.solve.lp import Array, LinearProgram, Name, label
from jaryq.solve.solution import Stage
from jaryq.solve.stages import HOLD
from jaryq.solve.stretches.caps import capped, multipliers_of
from jaryq.solve.stretches.exact import bits_for, earned, rounded_price
from jaryq.solve.stretches.inorder import in_order
from jaryq.solve.stretches.partition import Partition, freed
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.restricted import links_of
from jaryq.solve.stretches.rounds import Told, closed
from jaryq.solve.stretches.stages import Reached


@dataclass(frozen=True, eq=False)
class Certified:
    """The stages with their bounds, their multipliers by name (``stage|row``, ``stage|link``, ``stage|earlier``), the
    seconds inside the solver."""

    stages: tuple[Stage, ...]
    multipliers: Mapping[str, float]
    seconds: float


def certify(base: LinearProgram, register: Stretches, names: Sequence[str], values: Mapping[str, float],
            relaxed: Reached, start: Partition, say: Told = lambda _: None) -> Certified:
    """The best that any plan reaches in each stage whose earlier values are at most ``values``. While these are those
    of the linear stages ``relaxed``, their own multipliers say so, if they come to the value reached there; else the
    stage is solved with rows for the earlier ones. Multipliers and values are those that the plan keeps (15 digits),
    and a bound is stated as no more than they give."""
    exact = ExactBound(base, register)
    stages, multipliers, seconds = [], dict[str, float](), 0.0
    before: list[str] = []
    kept = True
    partition = freed(register, start)
    for name in names:
        vector, constant = base.objectives[name]
        dual, links, caps = np.zeros(base.shape[0]), np.zeros(register.column.shape), dict.fromkeys(before, 0.0)
        least = constant + float(vector @ np.where(vector > 0, base.col_lower, base.col_upper))
        if name in register.costs or values[name] > least + FEASIBILITY:
            own = in_order(base, register, before, name, relaxed) if kept else None
            if own is not None and exact.floating(name, *own, values) >= relaxed.values[name] - HOLD * max(
                    1.0, abs(relaxed.values[name])):
                dual, links, caps = own
            else:
                dual, links, caps, spent = _solved(base, register, before, values, name, partition, say)
                seconds += spent
        dual, links, caps = in_digits(dual), in_digits(links), rounded(caps)
        bound = exact.of_kept(name, dual, links, caps, rounded(values))
        stages.append(Stage(name, values[name], not_above(bound), relaxed.values[name]))
        mine = {label(base.rows[i]): float(dual[i]) for i in np.flatnonzero(dual)}
        theirs = {label(link): price for link, price in zip(exact.links, links[register.open].tolist(), strict=True)
                  if price}
        multipliers |= {f"{name}|{key}": value for key, value in (mine | theirs | caps).items()}
        if np.any(vector) or name in register.costs:
            before.append(name)
            kept = kept and abs(values[name] - relaxed.values[name]) <= FEASIBILITY * max(1.0, abs(values[name]))
    return Certified(tuple(stages), multipliers, seconds)


def _solved(base: LinearProgram, register: Stretches, before: Sequence[str], values: Mapping[str, float], name: str,
            partition: Partition, say: Told) -> tuple[Array, Array, dict[str, float], float]:
    """Multipliers of a stage solved with a row for each earlier one, and the seconds it took."""
    found = closed(capped(base, before, values), register, partition, name, say=say)
    both = found.outcome.row_dual / base.unit(name)
    return both[:base.shape[0]], found.made.price(both), multipliers_of(base, before, both), found.seconds


class ExactBound:
    """Bounds of the full program in exact arithmetic: a link is a row of the base whose sides are 0, to which the
    stretches are added in whole numbers."""

    def __init__(self, base: LinearProgram, register: Stretches) -> None:
        self.base, self.register = base, register
        columns = register.column[register.open]
        own = csr_array((np.ones(len(columns)), (np.arange(len(columns)), columns)),
                        shape=(len(columns), base.shape[1]))
        none = np.zeros(len(columns))
        self.links: tuple[Name, ...] = links_of(base, register)
        self.arithmetic = Arithmetic(replace(
            base, matrix=csr_array(vstack([base.matrix, own])), row_lower=np.concatenate([base.row_lower, none]),
            row_upper=np.concatenate([base.row_upper, none]), rows=base.rows + self.links),
            firm=len(columns))

    def floating(self, stage: str, dual: Array, links: Array, caps: Mapping[str, float],
                 values: Mapping[str, float]) -> float:
        """The bound that multipliers give to the letter once they are rounded."""
        return float(self._kept(stage, dual, links, caps, values).exact)

    def of_kept(self, stage: str, dual: Array, links: Array, caps: Mapping[str, float],
                values: Mapping[str, float]) -> Fraction:
        """That which no plan beats; links are rounded as a plan's are when its bound is worked out."""
        return self._kept(stage, dual, links, caps, values).bound

    def _kept(self, stage: str, dual: Array, links: Array, caps: Mapping[str, float],
              values: Mapping[str, float]) -> Taken:
        links = rounded_price(links, bits_for(self.register, stage, links, dual))
        return self._taken(stage, dual, links, {name: (values[name], m) for name, m in caps.items()})

    def bound(self, stage: str, dual: Array, links: Array, caps: Mapping[str, tuple[float, float]]) -> Fraction:
        """A number that no plan of the full program beats in a stage. ``links[n, t]``: multiples of 2^-bits;
        ``caps``: limit and multiplier of earlier stages. Raises ValueError where an earlier stage with a multiplier has
        costs of stretches (no stage before the objective has)."""
        return self._taken(stage, dual, links, caps).bound

    def _taken(self, stage: str, dual: Array, links: Array, caps: Mapping[str, tuple[float, float]]) -> Taken:
        """What multipliers say of the base with its links, less what stretches earn besides."""
        if any(m > 0 and earlier in self.register.costs for earlier, (_, m) in caps.items()):
            raise ValueError("a limit on a stage with costs of stretches has no bound in whole numbers")
        side = np.where(dual > 0, self.base.row_lower, self.base.row_upper)
        dual = np.where(np.isfinite(side), dual, 0.0)
        held = [Cap(*self.base.objectives[earlier], limit, m) for earlier, (limit, m) in caps.items()]
        own = self.arithmetic.taken(*self.base.objectives[stage],
                                    np.concatenate([dual, links[self.register.open]]), held)
        return replace(own, exact=own.exact - earned(self.register, stage, links, dual))
