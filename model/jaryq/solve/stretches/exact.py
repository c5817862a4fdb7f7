"""What stretches add to a bound, in whole numbers: no floating sum and no fraction for each of them.

Prices are multiples of 2^-bits, what a km is worth is rounded up to the next one and lengths up to 2^-40 km: every
rounding makes the bound weaker, never wrong. Products are summed in parts of 26 bits, few enough at a time that no sum
reaches 2^63.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from jaryq.solve.lp import Array
from jaryq.solve.stretches.places import EDGES
from jaryq.solve.stretches.register import Property, Stretches
from jaryq.solve.stretches.types import Whole

BITS = 40
"""Of money and of lengths behind the point."""

LARGEST = 1 << 52
"""Whole numbers stay below this."""

CLOSED = int(np.iinfo(np.int64).min // 8)
"""Worth in a period in which nothing is renewed."""

PART = 26
AT_ONCE = 1 << 11
"""So many products of two parts are summed at a time: 2 x 26 + 11 = 63 bits, less one as parts are below 2^26."""


def bits_for(register: Stretches, stage: str, price: Array, dual: Array) -> int:
    """How many bits behind the point fit: ``BITS``, or fewer where a worth would reach ``LARGEST``."""
    return min(BITS, 51 - int(np.ceil(np.log2(_largest(register, stage, price, dual)))))


def _largest(register: Stretches, stage: str, price: Array, dual: Array) -> float:
    """More than a km of any stretch is worth."""
    tables = [float(np.abs(price).max(initial=0.0))]
    if stage in register.costs:
        tables.append(float(np.abs(register.costs[stage]).max(initial=0.0)))
    tables += [float(np.abs(weight).max(initial=0.0)) * float(np.abs(one.table).max(initial=0.0))
               for one in register.uses if (weight := one.weight(dual)) is not None]
    return 2.0 * sum(tables) + 1.0


def rounded_price(price: Array, bits: int = BITS) -> Array:
    """The nearest multiples of 2^-bits: they are multipliers as good as any others."""
    return np.ldexp(np.round(np.ldexp(price, bits)), -bits)


def earned(register: Stretches, stage: str, price: Array, dual: Array) -> Fraction:
    """At least the sum over the stretches of km times the best worth above ``price[n, t]`` (multiples of 2^-bits,
    ``bits_for``), over places what they earn together. Raises OverflowError where numbers do not fit, ValueError where
    a price is no such multiple."""
    bits = bits_for(register, stage, price, dual)
    scaled = np.ldexp(price, bits)
    if not np.array_equal(scaled, np.round(scaled)):
        raise ValueError("a price is no multiple of the last bit")
    steps = scaled.astype(np.int64)
    total = 0
    for here in register.blocks():
        best = np.maximum(_worth(register, stage, here, steps, dual, bits).max(axis=1, initial=0), 0)
        best[register.placed[here]] = 0
        total += _dot(best, _up(register.km[here], BITS))
    return Fraction(total, 1 << (bits + BITS)) + _together(register, stage, (price, steps), dual, bits)


def _worth(register: Stretches, stage: str, here: slice | Whole, steps: Whole, dual: Array, bits: int) -> Whole:
    """What a km of some stretches is worth above the prices at least, in multiples of 2^-bits."""
    package = register.package[here]
    worth: Whole = -steps[package]
    if stage in register.costs:
        worth += _up(-register.costs[stage][here], bits)
    for one in register.uses:
        if (sums := _weight(one, dual)) is not None:
            weight, off = (part[package][:, None] for part in sums)
            table = one.table[here]
            # Products and their sum are rounded to nearest: the next numbers are not below them.
            least = np.nextafter(weight * table, np.inf) + np.nextafter(off * np.abs(table), np.inf)
            worth += _up(np.nextafter(least, np.inf), bits)
    worth[~register.open[package]] = CLOSED
    return worth


def _together(register: Stretches, stage: str, prices: tuple[Array, Whole], dual: Array, bits: int) -> Fraction:
    """What places earn at most: money of each member and trench is rounded up, then all is in whole numbers."""
    places = register.places
    if places is None:
        return Fraction(0)
    price, steps = prices
    size = 8.0 * _largest(register, stage, price, dual) * float(np.ceil(register.km.max(initial=1.0)))
    money = min(BITS, 51 - int(np.ceil(np.log2(size))))
    saved = np.array([np.maximum(-steps[list(rows)], 0).sum(axis=0) for rows in places.trenches])
    total = 0
    for here in places.blocks():
        member, pair = places.member[here], places.pair[here]
        index = np.maximum(member, 0)
        worth = _worth(register, stage, index.ravel(), steps, dual, bits).reshape(*index.shape, -1)
        shut = (worth <= CLOSED) | (member < 0)[:, :, None]
        worth = _money(np.where(shut, 0, worth), register.km[index], money - bits)
        worth[shut] = CLOSED
        saves = _money(np.where(pair[:, :, None] >= 0, saved[np.maximum(pair, 0)], 0), places.km[here], money - bits)
        alone = np.maximum(worth.max(axis=2, initial=CLOSED), 0)
        gains = [(worth[:, i] + worth[:, j] + saves[:, e]).max(axis=1, initial=CLOSED) - alone[:, i] - alone[:, j]
                 for e, (i, j) in enumerate(EDGES)]
        gains.append((worth.sum(axis=1) + saves.sum(axis=1)).max(axis=1, initial=CLOSED) - alone.sum(axis=1))
        halves = (sum(np.maximum(gain, 0) for gain in gains[:3]) + 1) // 2
        total += int((alone.sum(axis=1) + np.max([np.maximum(gain, 0) for gain in (*gains, halves)], axis=0)).sum())
    return Fraction(total, 1 << money)


def _money(worth: Whole, km: Array, bits: int) -> Whole:
    """The next whole numbers above products with km; nothing stays nothing, which is no product that was rounded."""
    money = worth * km[:, :, None]
    return _up(np.where(money == 0.0, 0.0, np.nextafter(money, np.inf)), bits)


def _weight(one: Property, dual: Array) -> tuple[Array, Array] | None:
    """What a unit of a property is worth by package, and how far from it the sum of the very floats may be."""
    found = one.weight(dual)
    if found is None:
        return None
    terms = [np.abs(dual[row] * weight) for row, weight in one.weights.items() if dual[row]]
    return found, 2.0 * len(terms) * np.finfo(float).eps * np.sum(terms, axis=0) + np.finfo(float).tiny


def _up(values: Array, bits: int) -> Whole:
    """The next whole number of 2^-bits; a power of two times a float is exact."""
    scaled = np.ceil(np.ldexp(values, bits))
    if not (np.abs(scaled) < LARGEST).all():
        raise OverflowError("a worth or a length does not fit into 52 bits")
    return scaled.astype(np.int64)


def _dot(one: Whole, other: Whole) -> int:
    """The sum of products of whole numbers in [0, 2^53), exactly."""
    if one.size and (int(one.max()) >> 53 or int(other.max()) >> 53 or int(one.min()) < 0 or int(other.min()) < 0):
        raise OverflowError("a number is not within 53 bits")
    low = (1 << PART) - 1
    total = 0
    for shift, left, right in ((0, one & low, other & low), (PART, one >> PART, other & low),
                               (PART, one & low, other >> PART), (2 * PART, one >> PART, other >> PART)):
        for start in range(0, len(one), AT_ONCE // 4):
            total += int((left[start:start + AT_ONCE // 4] * right[start:start + AT_ONCE // 4]).sum()) << shift
    return total
