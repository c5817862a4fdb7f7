"""Flip points: by how much one number has to move for a plan's choice to become the other one (docs/numbers.md, The
other choice)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jaryq.case.case import Case
from jaryq.explain.shown import Shown
from jaryq.formulation.declare import Limit
from jaryq.solve.choice import Choice
from jaryq.solve.question import Moves

NEAR = 0.01
"""Brackets are halved until they are as narrow as this part of their upper end."""

HALVINGS = 12


@dataclass(frozen=True)
class Between:
    """So far the choice surely stays (``least``); from ``most`` on it was seen to be the other one (None: nowhere that
    was looked at)."""

    least: float
    most: float | None


@dataclass(frozen=True)
class Flip:
    """A number and the change that turns a choice, in its own ``unit``: looser for a limit, less (or more: ``more``)
    for a cost. ``size``: what the change is a part of. ``proved``: no plan with the opposite is as good (or better)
    before it moves by ``proved.least``; ``tried``: whole plans solved again, None where that was not asked."""

    limit: Limit | None
    more: bool
    unit: str
    now: float
    size: float
    proved: Between
    tried: Between | None = None

    @property
    def share(self) -> float:
        return self.proved.least / self.size


def bracket(stays: Callable[[float], bool], low: float, high: float, size: float = 1.0,
            halvings: int = HALVINGS) -> tuple[float, float]:
    """Where ``stays`` ends between ``low``, where it holds, and ``high``, where it does not, to ``NEAR`` (of ``size``
    at least a ten-thousandth)."""
    for _ in range(halvings):
        if high - low <= max(NEAR * high, 1e-4 * size):
            break
        middle = (low + high) / 2
        low, high = (middle, high) if stays(middle) else (low, middle)
    return low, high


def costing(case: Case, facility: str, factor: float) -> Case:
    """The case in which all spending of a row of facilities is multiplied."""
    one = case.facilities[facility]
    spend = None if one.spend is None else {year: factor * amount for year, amount in one.spend.items()}
    return replace(case, facilities={**case.facilities, facility: replace(one, cost=factor * one.cost, spend=spend)})


def spending_of(case: Case, facility: str) -> float:
    """What a row of facilities costs, bn KZT of the price year, without what it brings in."""
    one = case.facilities[facility]
    return one.cost if one.spend is None else sum(max(amount, 0.0) for amount in one.spend.values())


def nearest(shown: Shown, choice: Choice, limits: Sequence[Limit], moves: Moves, sizes: Mapping[str, float],
            ) -> Sequence[tuple[Limit, float]]:
    """Limits by which part of its size each has to be looser, at the least, for the opposite of a choice that is shut
    out to be let in, as the stored multipliers of the stage that shuts it out tell; the least part first. Those that
    cannot do it by the multipliers are left out."""
    if not choice.at_least:
        return []
    stage = list(choice.at_least)[-1]
    held, program = shown.held[stage], shown.program
    left = program.objectives[stage][0] - program.matrix.T @ held.rows
    for earlier, m in held.before.items():
        left = left + m * program.objectives[earlier][0]
    away = choice.at_least[stage] - shown.gaps[stage]
    speaking = {name for name, y in zip(program.rows, held.rows.tolist(), strict=True) if y}
    found: list[tuple[Limit, float]] = []
    for limit in limits:
        if not speaking & limit.moves.keys():
            continue
        step = 0.01 * sizes[limit.name]
        moved = moves.at(limit, limit.value + limit.loosens * step)
        falls = -sum(held.rows[i] * change for row, change in moved.sides.items()
                     if (i := program.row_at.get(row)) is not None)
        falls -= sum(min(left[j], 0.0) * (most - program.col_upper[j]) for name, most in moved.most.items()
                     if (j := program.column_at.get(name)) is not None and np.isfinite(program.col_upper[j]))
        if falls > 1e-12 and away > 0.0:
            found.append((limit, float(away / (100.0 * falls))))
    return sorted(found, key=lambda pair: (pair[1], pair[0].name))
