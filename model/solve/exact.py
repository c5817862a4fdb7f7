"""Bounds in exact rational arithmetic from a solver's multipliers: valid whatever the solver did.

For any multipliers y, min c x over {L <= A x <= U, l <= x <= u} is at least
sum_i min(y_i L_i, y_i U_i) + sum_j min(d_j l_j, d_j u_j) with d = c - A'y (weak duality; Neumaier and Shcherbina 2004).
A multiplier whose side is infinite is set to 0. Floats are dyadic rationals, so the sums are exact in whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from model.solve.lp import Array, LinearProgram


@dataclass(frozen=True, eq=False)
class Cap:
    """A further row vector x + constant <= limit, with its multiplier (>= 0): an earlier stage's value that a plan keeps."""

    vector: Array
    constant: float
    limit: float
    multiplier: float


def exact_bound(program: LinearProgram, cost: Array, constant: float, row_dual: Array, caps: Sequence[Cap] = ()) -> Fraction:
    """A number no plan can beat: cost x + constant >= bound for every x of the program that keeps the caps, exactly."""
    duals = [_usable(dual, lower, upper) for dual, lower, upper in zip(row_dual.tolist(), program.row_lower.tolist(), program.row_upper.tolist(), strict=True)]
    y, y_shift = _integers(duals)
    held = [max(cap.multiplier, 0.0) for cap in caps]
    m, m_shift = _integers(held)
    matrix = program.by_column
    a, a_shift = _integers(matrix.data.tolist())
    c, c_shift = _integers(cost.tolist())
    extra = [_integers(cap.vector.tolist()) for cap in caps]
    shift = max(y_shift + a_shift, c_shift, *(m_shift + s for _, s in extra)) if extra else max(y_shift + a_shift, c_shift)
    up_c, up_a = shift - c_shift, shift - y_shift - a_shift
    pointers, indices = matrix.indptr.tolist(), matrix.indices.tolist()
    low, high = program.col_lower.tolist(), program.col_upper.tolist()
    total = Fraction(0)
    pieces: dict[int, int] = {}
    for j in range(len(c)):
        d = c[j] << up_c
        used = 0
        for k in range(pointers[j], pointers[j + 1]):
            used += a[k] * y[indices[k]]
        d -= used << up_a
        for (vector, s), multiplier in zip(extra, m, strict=True):
            if vector[j] and multiplier:
                d += (vector[j] * multiplier) << (shift - m_shift - s)
        if d:
            side = low[j] if d > 0 else high[j]
            if side:
                number, scale = side.as_integer_ratio()
                bits = scale.bit_length() - 1
                pieces[bits] = pieces.get(bits, 0) + d * number
    for bits, amount in pieces.items():
        total += Fraction(amount, 1 << (shift + bits))
    for dual, lower, upper in zip(duals, program.row_lower.tolist(), program.row_upper.tolist(), strict=True):
        if dual:
            total += Fraction(dual) * Fraction(lower if dual > 0 else upper)
    for cap, weight in zip(caps, held, strict=True):
        total -= Fraction(weight) * (Fraction(cap.limit) - Fraction(cap.constant))
    return total + Fraction(constant)


def proves_infeasible(program: LinearProgram, ray: Array) -> bool:
    """Whether ``ray`` is an exact Farkas proof: with a zero objective its bound is above zero, so no plan exists."""
    size = float(np.abs(ray).max(initial=0.0))
    if size == 0.0 or not np.isfinite(size):
        return False
    zero = np.zeros(program.shape[1])
    return any(exact_bound(program, zero, 0.0, sign * ray / size) > 0 for sign in (1.0, -1.0))


def residual(program: LinearProgram, x: Array) -> float:
    """Largest violation of a row or a bound, relative to max(1, |limit|)."""
    body = program.matrix @ x
    worst = 0.0
    for value, lower, upper in ((body, program.row_lower, program.row_upper), (x, program.col_lower, program.col_upper)):
        for gap, limit in ((lower - value, lower), (value - upper, upper)):
            known = np.isfinite(limit)
            if known.any():
                worst = max(worst, float(np.max(gap[known] / np.maximum(1.0, np.abs(limit[known])))))
    return max(worst, 0.0)


def _usable(y: float, lower: float, upper: float) -> float:
    if not math.isfinite(y) or (y > 0 and lower == -math.inf) or (y < 0 and upper == math.inf):
        return 0.0
    return y


def _integers(values: Sequence[float]) -> tuple[list[int], int]:
    """Whole numbers n_i and one shift s with value_i = n_i / 2^s exactly."""
    pairs = [value.as_integer_ratio() for value in values]
    shift = max((scale.bit_length() - 1 for _, scale in pairs), default=0)
    return [number << (shift - (scale.bit_length() - 1)) for number, scale in pairs], shift
