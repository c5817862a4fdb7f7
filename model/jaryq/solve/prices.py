"""Prices of limits: the difference of two runs of all linear stages with the limit moved by a stated step, up and down,
and all that follows from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.case.case import Settings
from jaryq.solve.clock import now
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.question import Limit, Moves
from jaryq.solve.ranges import At, Line, range_end
from jaryq.solve.solution import Move, Price
from jaryq.solve.stages import Staged, linear_stages
from jaryq.solve.warm import Warm

NOISE = 1e-8
"""A smaller change of a stage's value (normalised shortfall, bn KZT) is not told from nothing."""


@dataclass(frozen=True, eq=False)
class Regime:
    """A program with its solved stages: with the choices fixed (same_projects), or the relaxation
    (projects_may_change)."""

    name: str
    program: LinearProgram
    staged: Staged


def price(
    settings: Settings, moves: Moves, names: Sequence[str], regimes: Sequence[Regime], sign: float,
    until: float = math.inf,
) -> tuple[tuple[Price, ...], float, int]:
    """Prices of the limits that bind hardest, and the seconds spent in the solver. ``names``: the stages that have a
    value; ``regimes``: the relaxation last; ``sign`` turns the minimised objective into its own sense. ``until`` (of
    clock.now): what has no price by then has none, and the third number says how many limits these are."""
    if now() >= until:
        return (), 0.0, settings.prices
    priced = prepared(moves, names, settings.price_step, regimes)
    shown = binding(priced, names, settings.prices)
    found, seconds = prices(priced, names, shown, sign, until)
    return found, priced.seconds + seconds, len(shown) - len(found) // len(priced.regimes)


@dataclass(frozen=True, eq=False)
class Priced:
    """What prices start from: the steps of limits by their names, what moves with them, and the regimes (the last one
    chooses which limits are shown)."""

    steps: Mapping[str, float]
    moves: Moves
    regimes: Sequence[Regime]
    seconds: float = 0.0


def prepared(moves: Moves, names: Sequence[str], share: float, regimes: Sequence[Regime]) -> Priced:
    """Ready to price: ``share`` of a limit's size is its step. Decisions that a limit of nothing keeps from existing
    are added, at nothing."""
    steps = {limit.name: max(share * (abs(limit.value) or moves.natural(limit)), 1e-6) for limit in moves.limits}
    wider = moves.wider({limit.name: steps[limit.name] for limit in moves.limits
                         if limit.value == 0 and limit.kind not in ("target", "outage")})
    if wider is None:
        return Priced(steps, moves, regimes)
    program, (open_, its_moves) = regimes[-1].program, wider
    again, seconds = [], 0.0
    for regime in regimes:
        own = open_ if regime.program is program else as_chosen(open_, regime.program)
        solver = Solver(own)
        again.append(Regime(regime.name, own, linear_stages(own, names, solver)))
        seconds += solver.seconds
    return Priced(steps, its_moves, again, seconds)


def binding(priced: Priced, names: Sequence[str], count: int) -> list[Limit]:
    """The ``count`` limits that bind hardest (multipliers times size, the highest priority first), the kinds of limits
    taking turns."""
    regime = priced.regimes[-1]
    program, found = regime.program, regime.staged
    rows = [found.duals[name] for name in names]
    columns = [program.objectives[name][0] - program.matrix.T @ found.duals[name] for name in names]
    pushed = np.any([d < -1e-9 for d in columns], axis=0)
    at = priced.moves.among([program.columns[j] for j in np.flatnonzero(pushed)])

    def weight(limit: Limit) -> tuple[float, ...]:
        step = priced.steps[limit.name]
        moved = at(limit, limit.value + step)
        sides = [(i, change) for row, change in moved.sides.items() if (i := program.row_at.get(row)) is not None]
        most = [(j, now - program.col_upper[j]) for name, now in moved.most.items()
                if (j := program.column_at.get(name)) is not None]
        inside = [(i, change * found.x[j]) for (row, column), change in moved.coefficients.items()
                  if (i := program.row_at.get(row)) is not None and (j := program.column_at.get(column)) is not None]
        size = abs(limit.value) or step
        return tuple(
            (sum(abs(y[i] * change) for i, change in (*sides, *inside))
             + sum(abs(min(d[j], 0.0) * change) for j, change in most)) * size / step
            for y, d in zip(rows, columns, strict=True)
        )

    # A limit can bind by its rows, or by bounds that follow from it: what a region lends is a share of crews it need
    # not use itself.
    full = pushed & (found.x >= program.col_upper - 1e-9)
    pressed = {str(index[0]) for family, index in map(program.columns.__getitem__, np.flatnonzero(full))
               if priced.moves.follows(family)}
    tight = [limit for limit in priced.moves.limits
             if pressed & priced.moves.touched(limit)
             or slack_of(program, found.x, limit) <= 1e-6 * max(1.0, limit.value)]
    weighed = [(force, limit) for limit in tight if max(force := weight(limit), default=0.0) > 1e-6]
    # A limit that costs a higher priority comes first; names break ties.
    weighed.sort(key=lambda pair: (tuple(-round(value, 9) for value in pair[0]), pair[1].name))
    turn: dict[str, int] = {}
    queue = []
    for place, (_, limit) in enumerate(weighed):
        turn[limit.kind] = turn.get(limit.kind, 0) + 1
        queue.append((turn[limit.kind], place, limit))
    queue.sort(key=lambda item: item[:2])
    return [limit for _, _, limit in queue[:count]]


def used_of(program: LinearProgram, x: Array, limit: Limit) -> float:
    """What a point uses of a limit, or reaches of a target, in the limit's unit."""
    if limit.kind == "target":
        sides = {"short": 1.0, "excess": -1.0}
        per_unit = next(iter(limit.moves.values()))
        missed = sum(sides[name] * float(x[j]) for j, (name, index) in enumerate(program.columns) if name in sides
                     and index[0] == limit.index[0])
        return limit.value - missed / per_unit
    return limit.value - limit.loosens * slack_of(program, x, limit)


def slack_of(program: LinearProgram, x: Array, limit: Limit) -> float:
    """How far a point is from a limit, in the limit's unit; the tightest of its rows counts (a target that is missed
    has none)."""
    gaps = []
    for name, per_unit in limit.moves.items():
        i = program.row_at.get(name)
        if i is not None and per_unit:
            start, end = program.matrix.indptr[i], program.matrix.indptr[i + 1]
            body = float(program.matrix.data[start:end] @ x[program.matrix.indices[start:end]])
            sides = [abs(side - body) for side in (program.row_lower[i], program.row_upper[i]) if np.isfinite(side)]
            gaps.append(float(min(sides)) / abs(per_unit))
    return min(gaps, default=float("inf"))


def prices(priced: Priced, names: Sequence[str], shown: Sequence[Limit], sign: float,
           until: float = math.inf) -> tuple[tuple[Price, ...], float]:
    """A price per regime and limit of ``shown`` (those of the first regime first), and the seconds spent in the solver;
    limits not begun by ``until`` are left out. ``sign`` turns the minimised objective into its own sense."""
    nears = [Warm(regime.program, names, regime.staged, proved=False) for regime in priced.regimes]
    found: list[list[Price]] = [[] for _ in nears]
    for limit in shown:
        if now() >= until:
            break
        for regime, near, of_regime in zip(priced.regimes, nears, found, strict=True):
            up, down = (_move(near, priced, limit, way, sign) for way in (1.0, -1.0))
            looser, tighter = (up, down) if limit.loosens > 0 else (down, up)
            of_regime.append(Price(
                limit=limit.name, kind=limit.kind, index=limit.index, origin=limit.origin, unit=limit.unit,
                value=limit.value,
                used=used_of(regime.program, regime.staged.x, limit), step=priced.steps[limit.name],
                regime="same_projects" if regime.name == "same_projects" else "projects_may_change", loosen=looser,
                tighten=tighter, loosens=limit.loosens,
            ))
    return tuple(one for of_regime in found for one in of_regime), sum(near.seconds for near in nears)


def _moved(priced: Priced, limit: Limit, value: float) -> Callable[[LinearProgram], LinearProgram]:
    """How a regime's program looks with the limit at another value."""
    moved = priced.moves.at(limit, value)
    if moved.anew is None:
        return moved.of
    anew = moved.anew
    open_ = priced.regimes[-1].program
    return lambda program: anew() if program is open_ else as_chosen(anew(), program)


def as_chosen(program: LinearProgram, chosen: LinearProgram) -> LinearProgram:
    """A program with the whole-valued decisions that ``chosen`` fixes fixed the same way; those it does not know stay
    at nothing.

    Raises Infeasible if one that is chosen is not there.
    """
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    known = {chosen.columns[j]: float(chosen.col_lower[j]) for j in np.flatnonzero(chosen.whole)}
    if any(value > 0 and name not in program.column_at for name, value in known.items()):
        raise Infeasible("what is chosen does not exist with the limit so moved")
    for j in np.flatnonzero(program.whole):
        lower[j] = upper[j] = known.get(program.columns[j], 0.0)
    return replace(program, col_lower=lower, col_upper=upper)


def _move(near: Warm, priced: Priced, limit: Limit, way: float, sign: float) -> Move:
    """What the limit up (1) or down (-1) by its step changes; impossible below nothing, and where no plan is left."""
    impossible = Move({}, math.nan, feasible=False)
    value = limit.value + way * priced.steps[limit.name]
    if value < 0:
        return impossible

    def moved(place: float) -> LinearProgram:
        return _moved(priced, limit, place)(near.program)

    try:
        program = moved(value)
        values, _, face = near.faced(program)
    except (Infeasible, NoPlan):
        return impossible
    change = {name: values[name] - near.base.values[name] for name in near.names}
    shortfalls = {name.removeprefix("priority_"): _clean(value)
                  for name, value in change.items() if name.startswith("priority_")}
    return Move(shortfalls, _clean(sign * change["objective"]),
                until=range_end(Line(near, priced.moves, moved, limit, value,
                                  At(program, values, face, near.basis, near.one_by_one))))


def _clean(value: float) -> float:
    """A difference of two optimal values, without the solver's noise."""
    return value if abs(value) > NOISE else 0.0
