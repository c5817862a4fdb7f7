"""Bounds in exact rational arithmetic from a solver's multipliers: valid whatever the solver did.

For any multipliers y, min c x over {L <= A x <= U, l <= x <= u} is at least
sum_i min(y_i L_i, y_i U_i) + sum_j min(d_j l_j, d_j u_j) with d = c - A'y (weak duality; Neumaier and Shcherbina 2004).
A multiplier whose side is infinite counts as 0. Floats are dyadic rationals, so the sums are exact in whole numbers.

A plan may break each row by a hair (docs/verify.md, Within what). Where all of them, each at its multiplier, are worth
more than THIN of the bound, they are taken off: no multipliers, however large, claim more than that part too much.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from jaryq.base.flat import DIGITS, fifteen
from jaryq.base.hair import LEAST, ROW
from jaryq.solve.dyadic import whole_numbers
from jaryq.solve.lp import Array, LinearProgram

THIN = 1e-4
"""Part of max(1, |bound|) that hairs may be worth. Of honest plans they are worth 1e-8 to 5e-5; a contradiction thinner
than a hair has multipliers by which they are worth as much as what it claims, and more."""

LARGEST = 1e100
"""A larger multiplier is none: what rows may be broken by would be worth more than doubles hold."""


@dataclass(frozen=True, eq=False)
class Cap:
    """A further row vector x + constant <= limit, with its multiplier (>= 0): an earlier stage's value that a plan
    keeps."""

    vector: Array
    constant: float
    limit: float
    multiplier: float


@dataclass(frozen=True, eq=False)
class Taken:
    """What multipliers say of the program to the letter, ``exact``, and what a plan may break it by, ``hairs``; what
    they leave of the costs: ``left[j]`` / 2^``shift`` for column j (absent: 0)."""

    exact: Fraction
    hairs: float
    left: Mapping[int, int]
    shift: int

    @property
    def thin(self) -> bool:
        """Whether hairs are worth much."""
        return self.hairs > THIN * max(1.0, abs(float(self.exact)))

    @property
    def bound(self) -> Fraction:
        """A number that no plan can beat, but by THIN of it."""
        return self.exact - Fraction(self.hairs) if self.thin else self.exact

    @property
    def untaken(self) -> float:
        """What hairs are worth that is not taken off: by so much a plan may be better than the bound."""
        return 0.0 if self.thin else self.hairs

    @property
    def room(self) -> Fraction:
        """By how much the bound of a cost of zero must be above zero to prove that there is no plan."""
        return Fraction(self.untaken)

    def of(self, j: int) -> Fraction:
        return Fraction(self.left.get(j, 0), 1 << self.shift)


class Arithmetic:
    """A program's coefficients as whole numbers: with them the bounds of many multipliers are cheap. Only rows with a
    multiplier count. ``firm``: so many of the last rows only tie columns together and are broken by nothing."""

    def __init__(self, program: LinearProgram, firm: int = 0) -> None:
        self.program = program
        self._broken = np.arange(program.shape[0]) < program.shape[0] - firm
        matrix = program.matrix
        self._values, self._shift = program.in_whole_numbers
        self._starts, self._columns = matrix.indptr.tolist(), matrix.indices.tolist()
        self._lower, self._upper = program.row_lower.tolist(), program.row_upper.tolist()
        self._whole = program.whole.tolist()

    def bound(
        self, cost: Array, constant: float, row_dual: Array, caps: Sequence[Cap] = (), col_lower: Array | None = None,
        col_upper: Array | None = None,
    ) -> Fraction:
        """A number no plan can beat, but by THIN of it: cost x + constant >= bound for every x that keeps the rows of
        the program and the caps, each to a hair.

        ``col_lower``, ``col_upper``: other bounds of the columns, all finite (those of the program if not given).
        """
        return self.taken(cost, constant, row_dual, caps, col_lower, col_upper).bound

    def taken(
        self, cost: Array, constant: float, row_dual: Array, caps: Sequence[Cap] = (), col_lower: Array | None = None,
        col_upper: Array | None = None,
    ) -> Taken:
        """The same with what it is made of."""
        usable = {int(i): dual for i in np.flatnonzero(row_dual)
                  if (dual := _usable(float(row_dual[i]), self._lower[i], self._upper[i]))}
        y, y_shift = whole_numbers(list(usable.values()))
        held = [cap.multiplier if 0 < cap.multiplier <= LARGEST else 0.0 for cap in caps]
        m, m_shift = whole_numbers(held)
        where = np.flatnonzero(cost)
        c, c_shift = whole_numbers(cost[where].tolist())
        places = [np.flatnonzero(cap.vector) if weight else np.zeros(0, dtype=np.int64)
                  for cap, weight in zip(caps, m, strict=True)]
        extra = [whole_numbers(cap.vector[place].tolist()) for cap, place in zip(caps, places, strict=True)]
        shift = max([y_shift + self._shift, c_shift, *(m_shift + s for _, s in extra)])
        reduced = {j: value << (shift - c_shift) for j, value in zip(where.tolist(), c, strict=True)}
        up = shift - y_shift - self._shift
        starts, columns, values = self._starts, self._columns, self._values
        for i, weight in zip(usable, y, strict=True):
            raised = weight << up
            for k in range(starts[i], starts[i + 1]):
                j = columns[k]
                reduced[j] = reduced.get(j, 0) - values[k] * raised
        for (vector, s), place, weight in zip(extra, places, m, strict=True):
            for j, value in zip(place.tolist(), vector, strict=True):
                reduced[j] = reduced.get(j, 0) + ((value * weight) << (shift - m_shift - s))
        lower = self.program.col_lower if col_lower is None else col_lower
        upper = self.program.col_upper if col_upper is None else col_upper
        # Lists: a single number of an array costs several of a list.
        low, high = lower.tolist(), upper.tolist()
        total = _at_their_sides(reduced, low, high, shift)
        for i, multiplier in usable.items():
            total += Fraction(multiplier) * Fraction(self._lower[i] if multiplier > 0 else self._upper[i])
        for cap, share in zip(caps, held, strict=True):
            total -= Fraction(share) * (Fraction(cap.limit) - Fraction(cap.constant))
        rows = self.rooms(lower, upper)
        hairs = [abs(multiplier) * float(rows[i]) for i, multiplier in usable.items()]
        hairs += [share * room_of(cap) for cap, share in zip(caps, held, strict=True)]
        sides = sum(abs(d) for j, d in reduced.items() if not self._whole[j] and (d < 0 or low[j]))
        hairs.append(LEAST * float(Fraction(sides, 1 << shift)))
        return Taken(total + Fraction(constant), math.fsum(hairs), reduced, shift)

    def rooms(self, lower: Array, upper: Array) -> Array:
        """What a plan may break each row by: ROW of the largest sum of absolute terms that the columns allow, and
        LEAST."""
        found: Array = LEAST + ROW * (self._sizes @ np.maximum(np.abs(lower), np.abs(upper)))
        return found * self._broken

    @cached_property
    def _sizes(self) -> csr_array:
        return abs(self.program.matrix)

    def empty(self, ray: Array, caps: Sequence[Cap] = (), col_lower: Array | None = None,
              col_upper: Array | None = None) -> bool:
        """Whether the multipliers are an exact Farkas proof: with a zero objective their bound is above zero by more
        than what a plan may break rows by, so no plan exists."""
        nothing = np.zeros(self.program.shape[1])
        found = self.taken(nothing, 0.0, ray, caps, col_lower, col_upper)
        return found.bound > found.room


def room_of(cap: Cap) -> float:
    """What a plan may break the value of an earlier stage by."""
    return LEAST + ROW * (abs(cap.limit) + abs(cap.constant))


def loosened(program: LinearProgram) -> LinearProgram:
    """The program with all that a plan may break it by: its best multipliers are those that bound plans best."""
    rooms = Arithmetic(program).rooms(program.col_lower, program.col_upper)
    parts = np.where(program.whole, 0.0, LEAST)
    return program.with_bounds(
        row_lower=program.row_lower - rooms, row_upper=program.row_upper + rooms,
        col_lower=program.col_lower - np.where(program.col_lower != 0.0, parts, 0.0),
        col_upper=program.col_upper + parts)


def _at_their_sides(reduced: Mapping[int, int], lower: Sequence[float], upper: Sequence[float],
                    shift: int) -> Fraction:
    """The sum of min(d l, d u) over the columns, d = reduced / 2^shift."""
    pieces: dict[int, int] = {}
    for j, d in reduced.items():
        if d:
            side = lower[j] if d > 0 else upper[j]
            if side:
                number, scale = side.as_integer_ratio()
                bits = scale.bit_length() - 1
                pieces[bits] = pieces.get(bits, 0) + d * number
    return sum((Fraction(amount, 1 << (shift + bits)) for bits, amount in pieces.items()), Fraction(0))


def in_digits(numbers: Array) -> Array:
    """Multipliers as a plan keeps them."""
    found = numbers.copy()
    some = np.nonzero(found)
    found[some] = [fifteen(value) for value in found[some].tolist()]
    return found


def not_above(bound: Fraction) -> float:
    """The largest number with the digits of a spreadsheet that is no more than a bound: what a plan may state."""
    floor = Context(prec=DIGITS, rounding=ROUND_FLOOR)
    digits = floor.divide(Decimal(bound.numerator), Decimal(bound.denominator))
    while Fraction(float(digits)) > bound:
        digits = digits.next_minus(floor)
    return float(digits)


def exact_bound(program: LinearProgram, cost: Array, constant: float, row_dual: Array,
                caps: Sequence[Cap] = ()) -> Fraction:
    """``Arithmetic.bound`` of a program that is asked once."""
    return Arithmetic(program).bound(cost, constant, row_dual, caps)


def proves_infeasible(program: LinearProgram, ray: Array) -> bool:
    """Whether ``ray`` is an exact Farkas proof (``Arithmetic.empty``), in one sign or the other."""
    size = float(np.abs(ray).max(initial=0.0))
    if size == 0.0 or not np.isfinite(size):
        return False
    exact = Arithmetic(program)
    return any(exact.empty(sign * ray / size) for sign in (1.0, -1.0))


def residual(program: LinearProgram, x: Array) -> float:
    """Largest violation of a row or a bound, relative to max(1, |limit|)."""
    body = program.matrix @ x
    worst = 0.0
    for value, lower, upper in ((body, program.row_lower, program.row_upper),
                                (x, program.col_lower, program.col_upper)):
        for gap, limit in ((lower - value, lower), (value - upper, upper)):
            known = np.isfinite(limit)
            if known.any():
                worst = max(worst, float(np.max(gap[known] / np.maximum(1.0, np.abs(limit[known])))))
    return max(worst, 0.0)


def _usable(y: float, lower: float, upper: float) -> float:
    if not abs(y) <= LARGEST or (y > 0 and lower == -math.inf) or (y < 0 and upper == math.inf):
        return 0.0
    return y
