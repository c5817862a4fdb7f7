"""The part of a bound that stretches have, in integers, and the stages in which km of packages with a register earn
what the plan's multipliers say (docs/numbers.md, Stretches)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from weakref import WeakKeyDictionary, ref

import numpy as np
from numpy.typing import NDArray

from jaryq.case.case import Case
from jaryq.case.stretches import Floats, Stretches
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.solution import MAXIMISED
from jaryq.verify.streets import SHUT, Integers, TooLarge, in_places, joined, place_term
from jaryq.verify.stretch_targets import BY_STRETCH, ROWS, Changes
from jaryq.verify.stretch_values import Worths

LINK, TRENCH = "stretch_link", "trench_link"
BITS, LIMBS, AT_ONCE = 40, 26, 512
"""Places of the integers behind the point, bits of their parts, and how many products are added before they are taken
out of 64 bits."""
LARGEST = 1 << 52
NO_BOUND = -1e300
"""Constant of a stage of which nothing is known."""

Costs = Mapping[str, tuple[Array, float]]
"""Objectives by stage: vector and constant, minimised."""
Asked = tuple[str, Mapping[str, Floats]]
"""Of the row of a target: its sense, and what a km of each stretch changes of its measure by package."""


def trenches_of(case: Case) -> dict[str, tuple[str, int]]:
    """Names of the links of trenches that multipliers may have, with the trench and the position of the period."""
    worths = Worths(case)
    return {f"{TRENCH}[{row.id},{case.periods[t].label}]": (row.id, t) for row in in_places(case)
            for t in worths.open(case.packages[row.package]) if t in worths.open(case.packages[row.other])}


def links_of(case: Case) -> dict[str, tuple[str, str]]:
    """Names of the links that multipliers may have, with package and period."""
    if case.stretches is None:
        return {}
    worths = Worths(case)
    return {f"{LINK}[{key},{label}]": (key, label) for key in case.stretches.packages
            for label in (case.periods[t].label for t in worths.open(case.packages[key]))}


def stages_with_stretches(case: Case, program: LinearProgram, stages: Sequence[str],
                          multipliers: Mapping[str, float]) -> Costs:
    """Objectives of ``stages`` whose bound over ``program`` bounds the program with stretches: a km renewed earns its
    multiplier, the constant gives what stretches may gain besides. ``program``: that of the packages, in which km of
    those with a register have no benefit of their own. Stages of a case without a register are as they are; one with
    a value that fits into no integer has no bound."""
    links = links_of(case)
    if not links:
        return {name: program.objectives[name] for name in stages}
    worths = Worths(case)
    asked, trenches = _asked(case), trenches_of(case)
    found = {}
    for name in stages:
        mine = {row: value for key, value in multipliers.items()
                for stage, _, row in [key.partition("|")] if stage == name}
        pi = {links[row]: value for row, value in mine.items() if row in links}
        by_targets = _by_targets([(sense, tables, mine[row]) for row, (sense, tables) in asked.items() if row in mine])
        saved = {trenches[row]: max(-value, 0.0) for row, value in mine.items() if row in trenches}
        found[name] = (_stage(worths, program, name, (pi, saved), by_targets)
                       if _earned(case, name) or pi or saved or by_targets else program.objectives[name])
    return found


def _earned(case: Case, stage: str) -> bool:
    """Whether stretches have a worth of their own in a stage."""
    return stage == "objective" and case.settings.objective in MAXIMISED


def rows_of_stretches(case: Case) -> frozenset[str]:
    """Names of the rows of the program that sum over stretches: no other multipliers of them than those of a stage
    prove anything."""
    return frozenset(_asked(case))


_KNOWN: WeakKeyDictionary[Stretches, tuple[ref[Case], Mapping[str, Asked]]] = WeakKeyDictionary()


def _asked(case: Case) -> Mapping[str, Asked]:
    """The rows of targets of whose measure stretches change something; found once for a case, as each stage asks."""
    stretches = case.stretches
    if stretches is None or not any(target.measure in BY_STRETCH for target in case.targets):
        return {}
    of, found = _KNOWN.get(stretches, (None, {}))
    if of is None or of() is not case:
        changes = Changes(case)
        found = {f"{ROWS[target.sense]}[{target.id}]": (target.sense, tables) for target in case.targets
                 if (tables := changes.of(target))}
        _KNOWN[stretches] = ref(case), found
    return found


def _by_targets(rows: Sequence[tuple[str, Mapping[str, Floats], float]]) -> dict[str, Floats]:
    """What a km of each stretch is worth by multipliers of the rows of targets, by package: upwards by what a double
    cannot hold. A multiplier of the wrong sign is none, as in the program of the packages (which is minimised)."""
    found: dict[str, Floats] = {}
    for sense, tables, multiplier in rows:
        signed = {">=": max(multiplier, 0.0), "<=": min(multiplier, 0.0)}.get(sense, multiplier)
        for key, table in tables.items() if signed else ():
            term = np.nextafter(signed * table, np.inf)
            found[key] = np.nextafter(found[key] + term, np.inf) if key in found else term
    return found


def _stage(worths: Worths, program: LinearProgram, name: str,
           links: tuple[Mapping[tuple[str, str], float], Mapping[tuple[str, int], float]],
           by_targets: Mapping[str, Floats]) -> tuple[Array, float]:
    """A stage at the multipliers of the links of packages, and at what a joint km of trenches saves."""
    case, (pi, saved) = worths.case, links
    stretches, own = case.stretches, _earned(case, name)
    assert stretches is not None
    vector, constant = program.objectives[name]
    vector, less = vector.copy(), Fraction(0)
    places, gains = joined(case), dict[str, tuple[Integers, int]]()
    km = stretches.km.copy()
    for alike in places:
        km[alike.rows] = 0.0
    labels = [period.label for period in case.periods]
    try:
        for key, at in stretches.slices.items():
            worth = worths.of(key, stretches) if own else worths.nothing(key, at.stop - at.start)
            if key in by_targets:
                worth = np.nextafter(worth + by_targets[key], np.inf)
                worth[:, np.isneginf(worths.nothing(key, 1)[0])] = -np.inf
            stored = np.array([pi.get((key, label), 0.0) for label in labels])
            bits = bits_of(worth, stored)
            earned = rounded(stored, bits)
            less += integer_term(km[at], worth, earned, bits)
            gains[key] = gain_of(worth, earned, bits), bits
            for label, amount in zip(labels, earned.tolist(), strict=True):
                less += _charged(program, vector, ("renew", (key, label)), amount)
        for (key, t), amount in saved.items():
            less += _charged(program, vector, ("joint", (key, labels[t])), -amount)
        less += place_term(case, places, gains, saved)
    except TooLarge:
        return vector, NO_BOUND
    exact = Fraction(constant) - less
    near = float(exact)
    return vector, near if Fraction(near) <= exact else math.nextafter(near, -math.inf)


def _charged(program: LinearProgram, vector: Array, name: Name, amount: float) -> Fraction:
    """A multiplier taken from the cost of a column in ``vector``; what a double cannot hold of it, at its worst."""
    j = program.column_at.get(name)
    if j is None or not amount:
        return Fraction(0)
    left = Fraction(float(vector[j])) - Fraction(amount)
    vector[j] = float(left)
    return abs(left - Fraction(float(vector[j]))) * Fraction(
        max(abs(float(program.col_lower[j])), abs(float(program.col_upper[j]))))


def bits_of(worth: Floats, earned: Floats) -> int:
    """``k``: places behind the point with which all values fit. Raises TooLarge where a value is not finite (minus
    infinity: a closed period) or too large for any."""
    values = [*np.abs(worth[np.isfinite(worth)]).max(initial=0.0, keepdims=True), *np.abs(earned)]
    if np.isnan(worth).any() or np.isposinf(worth).any() or not all(math.isfinite(value) for value in values):
        raise TooLarge("a value is not finite")
    largest = float(max(values))
    bits = min(BITS, 52 - math.frexp(largest)[1])
    while bits >= 0 and math.ceil(math.ldexp(largest, bits)) >= LARGEST:
        bits -= 1
    if bits < 0:
        raise TooLarge("a value does not fit into the integers of the bound")
    return bits


def rounded(earned: Floats, bits: int) -> Floats:
    """Multipliers as they stand in a plan, at the nearest multiples of ``2^-bits``."""
    found: Floats = np.ldexp(np.rint(np.ldexp(np.asarray(earned, dtype=np.float64), bits)), -bits)
    return found


def integer_term(km: Floats, worth: Floats, earned: Floats, bits: int = BITS) -> Fraction:
    """An upper bound of ``sum_i L_i max(0, max_t (b_it - pi_t))``, exact in integers: ``worth`` (b, minus infinity
    where closed) rounded up, ``earned`` (pi) as they are, which must be multiples of ``2^-bits``. Raises TooLarge where
    a value does not fit, and ValueError for multipliers that are no such multiples."""
    lengths = np.ceil(np.ldexp(np.asarray(km, dtype=np.float64), BITS))
    if np.any(lengths >= LARGEST) or np.any(lengths < 0):
        raise TooLarge("a value does not fit into the integers of the bound")
    best = np.maximum(gain_of(worth, earned, bits).max(axis=1, initial=0), 0)
    return Fraction(_dot(lengths.astype(np.int64), best), 1 << (BITS + bits))


def gain_of(worth: Floats, earned: Floats, bits: int) -> Integers:
    """What a km earns above the multipliers, in multiples of ``2^-bits``, rounded up; ``SHUT`` where closed."""
    pi = np.ldexp(np.asarray(earned, dtype=np.float64), bits)
    if not np.all(np.isfinite(pi)) or np.any(pi != np.floor(pi)):
        raise ValueError("multipliers are no multiples of 2^-k")
    with np.errstate(invalid="ignore"):
        scaled = np.ceil(np.ldexp(worth, bits))
    finite = np.isfinite(scaled)
    if (np.isnan(worth).any() or np.isposinf(worth).any() or np.any(np.abs(scaled[finite]) >= LARGEST)
            or np.any(np.abs(pi) >= LARGEST)):
        raise TooLarge("a value does not fit into the integers of the bound")
    gain = np.where(finite, scaled, 0.0).astype(np.int64) - pi.astype(np.int64)
    found: Integers = np.where(finite, gain, np.int64(SHUT))
    return found


def _dot(some: NDArray[np.int64], others: NDArray[np.int64]) -> int:
    """Sum of products of integers from 0 to 2^53, exact: in parts, few at a time."""
    mask = (1 << LIMBS) - 1
    total = 0
    for start in range(0, len(some), AT_ONCE):
        a, b = some[start:start + AT_ONCE], others[start:start + AT_ONCE]
        low, high = (a & mask, b & mask), (a >> LIMBS, b >> LIMBS)
        total += int((low[0] * low[1]).sum())
        total += (int((low[0] * high[1]).sum()) + int((high[0] * low[1]).sum())) << LIMBS
        total += int((high[0] * high[1]).sum()) << (2 * LIMBS)
    return total
