"""What the plan becomes while one limit, source or target moves: ``plan.curve``, and ``explain PLAN LIMIT``."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from jaryq.api.again import At, Standing, changed_in_place
from jaryq.api.curve_end import what_ends
from jaryq.api.question import program_of, question
from jaryq.base.errors import Infeasible, NoPlan
from jaryq.base.text import Text
from jaryq.explain.curves import Curve, trace
from jaryq.explain.dials import Dial, dial
from jaryq.factors.derive import Factors
from jaryq.formulation.assemble import limits
from jaryq.report.limits import names_of
from jaryq.solve.at_once import Reached
from jaryq.solve.beside import Beside
from jaryq.solve.in_place import Elsewhere
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.prices import slack_of
from jaryq.solve.run import solve
from jaryq.solve.solution import MAXIMISED, Solution
from jaryq.solve.solved import Solved

LOW, HIGH = -50.0, 100.0
"""Percent of the number by which it moves down and up."""

MOVED = 1e-6
"""A share, or km, smaller than this is nothing."""

SAME = 1e-7
"""Values nearer than this part of the number are one."""

PAST = 0.01
"""What ends a curve is asked so far beyond its end, by this part of the number."""

MOST_WHOLE = 10

MOST, EFFORT = 600, 3e9
"""Plans asked for in search of breaks, and steps of the simplex times rows of the program: some 60 s of
processor of the shipped case."""

Shares = Mapping[str, float]
"""Of projects the share started, or the km renewed."""


@dataclass(frozen=True)
class Point:
    """The number at a value: what each stage reaches in its own sense, how much of each project is done; ``whole``: of
    a whole plan, which stands for itself (no line joins it with others); ``left``: how far the plan stays from a single
    limit, in its unit, where that was asked."""

    value: float
    stages: Mapping[str, float]
    shares: Shares
    whole: bool = False
    left: float | None = None


@dataclass(frozen=True, eq=False)
class PriceCurve:
    """``points``: at the ends, at every break and at the number as it is, facilities divisible; ``wholes``: whole plans
    that were asked for. ``curve``: whether it reaches both ends, and is told in full; ``ends``: what keeps plans from
    going on below and above, where it ends before."""

    dial: Dial
    points: tuple[Point, ...]
    wholes: tuple[Point, ...]
    curve: Curve
    beside: Beside = field(repr=False)
    ends: tuple[Text | None, Text | None] = (None, None)

    @property
    def frame(self) -> pd.DataFrame:
        """A row for each point: the value and what each stage reaches; whole plans behind."""
        rows = [{"value": point.value, **point.stages, "whole": point.whole} for point in (*self.points, *self.wholes)]
        return pd.DataFrame(rows)

    def moves(self) -> list[tuple[Point, Point, Shares]]:
        """From each point to the next: what is done more of, and less."""
        pairs = zip(self.points, self.points[1:], strict=False)
        return [(one, other, _more(one.shares, other.shares)) for one, other in pairs]


def dial_of(standing: Standing, what: str) -> Dial:
    """The limit, source or target of that name. Raises NoSuchDial, Ambiguous."""
    f = standing.accepted.factors
    return dial(limits(f), f, what, lambda limit: names_of(f.case, limit.kind, limit.index, limit.name))


def curve_of(standing: Standing, what: str | Dial, low: float = LOW, high: float = HIGH, whole: int = 0) -> PriceCurve:
    """The curve of a limit, source or target from ``low`` to ``high`` percent of it. Raises NoSuchDial, Ambiguous,
    Infeasible, ValueError where ends are not in order, the number is nothing, or more than ten whole plans are asked
    for."""
    f = standing.accepted.factors
    found = dial_of(standing, what) if isinstance(what, str) else what
    if not found.now:
        raise ValueError(f"{found.name} is nothing: no part of it can be added or taken")
    if not -100.0 <= low < 0.0 < high < math.inf:
        raise ValueError("from at least -100 to more than 0 percent")
    if not 0 <= whole <= MOST_WHOLE:
        raise ValueError(f"0 to {MOST_WHOLE} whole plans")
    first, last = sorted(found.now * (1.0 + part / 100.0) for part in (low, high))
    known: dict[float, At] = {}
    beside = Beside(standing.warm, found.now)
    rows = len(standing.program.rows)

    def spot_at(value: float) -> OnCurve | None:
        at = _at(standing, found, f, value, beside)
        if at is None:
            return None
        known[value] = at
        return OnCurve(value, at.values, beside.solved_at(value), program_at)

    def program_at(value: float) -> LinearProgram | None:
        return _program(standing, found, f, value)

    curve = trace(spot_at, found.now, first, last, MOST, lambda: beside.spent * rows / EFFORT if EFFORT else 1.0)
    # A break that is the number as it is, but for noise, is told once.
    apart = [where for where, _ in curve.points if abs(where - found.now) > SAME * abs(found.now)]
    values = sorted({*apart, *({found.now} & known.keys())})
    points = [_point(value, known[value].program, known[value].x, known[value].values, f) for value in values]
    wholes = [made for value in _spread(first, last, whole) if (made := _whole(f, found, value)) is not None]
    ends = [None if whole else _ended(standing, found, end.value, away * PAST * abs(found.now))
            for end, whole, away in ((points[0], curve.first, -1.0), (points[-1], curve.last, 1.0))] \
        if points else [None, None]
    return PriceCurve(found, tuple(points), tuple(wholes), curve, beside, (ends[0], ends[1]))


def _ended(standing: Standing, found: Dial, end: float, step: float) -> Text | None:
    """What keeps plans from going on with the number a step beyond the end of a curve."""
    f = standing.accepted.factors
    try:
        beyond = _program(standing, found, f, end + step) or program_of(found.factors(f, end + step))
    except (Infeasible, NoPlan):
        return None
    return what_ends(f, found, beyond)


@dataclass(frozen=True, eq=False)
class OnCurve:
    """What the stages reach with the number at a value; ``solved``: with their multipliers, where these are known;
    ``program_at`` makes the program with the number at another value, nothing where it has other columns."""

    value: float
    values: Mapping[str, float]
    solved: Solved | None
    program_at: Callable[[float], LinearProgram | None]

    def tells(self, other: OnCurve, name: str) -> float | None:
        """What the multipliers of a stage tell of it with the number at another value, where they are known."""
        if self.solved is None or other.solved is None or not self.solved.rows:
            return None
        return self.solved.tells(other.solved.program, name)

    def joins(self, other: OnCurve) -> bool:
        """Whether the stages half-way are on the line between here and there (sides and bounds that turn on the way
        turn to one side: where they do not count half-way, they nowhere do)."""
        middle = self.program_at((self.value + other.value) / 2.0)
        return (middle is not None and self.solved is not None and other.solved is not None
                and self.solved.joins(other.solved, middle))

    def rises(self, other: OnCurve, part: float) -> Mapping[str, float]:
        """What the multipliers tell of each stage at a part of the way to another place."""
        near = self.program_at(self.value + part * (other.value - self.value))
        if near is None or self.solved is None:
            return self.values
        return {name: self.solved.tells(near, name) for name in self.values}


def next_steps(found: Dial) -> list[float]:
    """By how much the number is made looser, in its own unit (all money of a source or partner: bn of its currency):
    one, the power of ten below it, a tenth of that, ten times that."""
    size = 10.0 ** math.floor(math.log10(found.money or abs(found.now)))
    own = len(found.limits) == 1 or found.money
    return sorted({min(1.0, size / 10.0) if own else size / 10.0, size / 10.0, size, 10.0 * size})


def next_units(standing: Standing, price: PriceCurve) -> list[tuple[float, Point]]:
    """The number so much looser than it is (what leaves no plan, or would take it below nothing, is left out)."""
    f, rows, found = standing.accepted.factors, [], price.dial
    a_unit = found.now / found.money if found.money else 1.0
    alone = found.limits[0] if len(found.limits) == 1 else None
    for step in next_steps(found):
        value = found.now + found.loosens * step * a_unit
        at = _at(standing, found, f, value, price.beside) if value >= 0 else None
        if at is not None:
            left = None if alone is None else slack_of(at.program, at.x, alone)
            rows.append((step, replace(_point(value, at.program, at.x, at.values, f), left=left)))
    return rows


def _at(standing: Standing, found: Dial, f: Factors, value: float, beside: Beside) -> At | None:
    def by(program: LinearProgram) -> Reached:
        if not beside.fits(program):
            return standing.warm.reached(program)
        solved = beside.solved(value, program)
        return dict(solved.values), solved.x

    try:
        if len(found.limits) == 1:
            at = standing.moved(found.limits[0], value, by)
        else:
            at = standing.reached(found.factors(f, value), by)
        beside.spent += at.steps
        return at
    except (Infeasible, NoPlan):
        return None


def _program(standing: Standing, found: Dial, f: Factors, value: float) -> LinearProgram | None:
    """The program of the plan with the number at a value, nothing where it has no place for it."""
    try:
        if len(found.limits) == 1:
            moved = standing.moves.at(found.limits[0], value)
            return moved.of(standing.program) if moved.anew is None else None
        return changed_in_place(standing.program, found.factors(f, value))
    except (Infeasible, Elsewhere):
        return None


def _point(value: float, program: LinearProgram, x: Array, values: Mapping[str, float], f: Factors) -> Point:
    sign = -1.0 if f.case.settings.objective in MAXIMISED else 1.0
    stages = {name: sign * v + 0.0 if name == "objective" else v for name, v in values.items()}
    shares: dict[str, float] = {}
    for (family, index), amount in zip(program.columns, x.tolist(), strict=True):
        if family in ("start", "renew") and amount > MOVED:
            shares[index[0]] = shares.get(index[0], 0.0) + amount
    return Point(value, stages, shares)


def _more(one: Shares, other: Shares) -> dict[str, float]:
    moved = {p: other.get(p, 0.0) - one.get(p, 0.0) for p in sorted({*one, *other})}
    return {p: amount for p, amount in moved.items() if abs(amount) > 10 * MOVED}


def _spread(first: float, last: float, count: int) -> list[float]:
    """So many values from one end to the other, evenly; one alone is the last."""
    return [last - (last - first) * i / max(count - 1, 1) for i in reversed(range(count))]


def _whole(f: Factors, found: Dial, value: float) -> Point | None:
    """The whole plan with the number at a value."""
    moved = found.factors(f, value)
    moved = replace(moved, case=replace(moved.case, settings=replace(moved.case.settings, prices=0)))
    try:
        program = program_of(moved)
        solution = solve(question(moved, program), program)
    except (Infeasible, NoPlan):
        return None
    return Point(value, {stage.name: stage.value for stage in solution.stages}, _done(solution), whole=True)


def _done(solution: Solution) -> Shares:
    found: dict[str, float] = {}
    for mapping in (solution.plan.start, solution.plan.renew):
        for (p, _), amount in mapping.items():
            found[p] = math.fsum((found.get(p, 0.0), amount))
    return {p: amount for p, amount in found.items() if amount > MOVED}
