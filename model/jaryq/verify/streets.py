"""What stretches that share trenches in a place can earn at most, in integers (docs/numbers.md, Stretches: Street).

Numbers ``v_i >= 0`` are looked for of which each set of stretches that trenches join has at least what it earns
together: no plan earns more than their sum, whichever they are. They are tried, and raised where a set is short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from jaryq.case.case import Case
from jaryq.case.stretches import NO_STREET, Floats, Stretches
from jaryq.case.works import Trench

Integers = NDArray[np.int64]

MONEY = 40
"""Places of money behind the point."""
SHUT = -(1 << 58)
"""What is earned in a period that is closed."""


class TooLarge(Exception):
    """A value that does not fit into the integers of the bound."""


def in_places(case: Case) -> tuple[Trench, ...]:
    """Rows of shared trenches of which both packages have stretches with a street: there what they share is in one
    place."""
    stretches = case.stretches
    if stretches is None:
        return ()
    lies = {key for key, at in stretches.slices.items() if (stretches.street[at] != NO_STREET).any()}
    return tuple(row for row in case.trenches if row.package in lies and row.other in lies)


@dataclass(frozen=True, eq=False)
class Alike:
    """Places in which stretches of the same packages are joined: ``rows[h, m]``, in the order of ``packages``."""

    packages: tuple[str, ...]
    rows: Integers


def joined(case: Case) -> tuple[Alike, ...]:
    """Stretches of all places that trenches join, those of the same packages together."""
    stretches, trenches = case.stretches, in_places(case)
    if stretches is None or not trenches:
        return ()
    there: dict[int, dict[str, int]] = defaultdict(dict)
    for key in sorted({key for row in trenches for key in (row.package, row.other)}):
        at = stretches.slices[key]
        for row, place in enumerate(stretches.places[at].tolist(), at.start):
            if place != NO_STREET:
                there[place][key] = row
    found: dict[tuple[str, ...], list[list[int]]] = defaultdict(list)
    known: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for mine in there.values():
        keys = tuple(mine)
        if keys not in known:
            known[keys] = list(_parts(keys, trenches))
        for part in known[keys]:
            found[part].append([mine[key] for key in part])
    return tuple(Alike(keys, np.array(rows, dtype=np.int64)) for keys, rows in found.items())


def _parts(keys: Sequence[str], trenches: Sequence[Trench]) -> Iterator[tuple[str, ...]]:
    """Packages of a place that trenches join, in parts that none joins."""
    left = list(keys)
    while left:
        part, size = {left[0]}, 0
        while len(part) > size:
            size = len(part)
            part |= {key for row in trenches if part & {row.package, row.other}
                     for key in (row.package, row.other) if key in left}
        if len(part) > 1:
            yield tuple(sorted(part))
        left = [key for key in left if key not in part]


def lengths(stretches: Stretches, alike: Alike, row: Trench) -> Floats:
    """Km of a trench in each of some places: the shorter of its two stretches."""
    one, other = (stretches.km[alike.rows[:, alike.packages.index(key)]] for key in (row.package, row.other))
    return np.minimum(one, other)


def place_term(case: Case, places: Sequence[Alike], gains: Mapping[str, tuple[Integers, int]],
               saved: Mapping[tuple[str, int], float]) -> Fraction:
    """At least what the stretches of all places earn together. ``gains``: of each package what a km of its stretches
    earns by period (``SHUT`` where closed), in multiples of 2^-k, and k; ``saved``: what a joint km of a trench saves
    in a period (position), >= 0. Raises TooLarge where a value does not fit."""
    stretches = case.stretches
    assert stretches is not None
    total = Fraction(0)
    for alike in places:
        worth = []
        for m, key in enumerate(alike.packages):
            gain, bits = gains[key]
            own = gain[alike.rows[:, m] - stretches.slices[key].start]
            km = stretches.km[alike.rows[:, m]][:, None]
            worth.append((np.where(own > SHUT, np.nextafter(np.ldexp(own.astype(np.float64), -bits) * km, np.inf), 0.0),
                          own <= SHUT))
        shares: dict[tuple[int, ...], list[Floats]] = {}
        for row in in_places(case):
            if {row.package, row.other} <= set(alike.packages):
                each = np.array([saved.get((row.id, t), 0.0) for t in range(worth[0][0].shape[1])])
                pair = tuple(sorted(alike.packages.index(key) for key in (row.package, row.other)))
                shares.setdefault(pair, []).append(np.nextafter(lengths(stretches, alike, row)[:, None] * each, np.inf)
                                                   * (each > 0))
        values = [table for table, _ in worth] + [table for tables in shares.values() for table in tables]
        largest = 1.0 + 8.0 * max(float(np.abs(table).max(initial=0.0)) for table in values)
        bits = min(MONEY, 49 - int(np.ceil(np.log2(largest))))
        if bits < 0 or not np.isfinite(largest):
            raise TooLarge("money of a place does not fit into the integers of the bound")
        whole = [np.where(shut, SHUT // 8, np.ceil(np.ldexp(table, bits)).astype(np.int64)) for table, shut in worth]
        parts = {pair: np.sum([np.ceil(np.ldexp(table, bits)).astype(np.int64) for table in tables], axis=0)
                 for pair, tables in shares.items()}
        total += Fraction(int(_most(whole, parts).sum()), 1 << bits)
    return total


def _most(worth: Sequence[Integers], shares: Mapping[tuple[int, ...], Integers]) -> Integers:
    """The sum of numbers that cover what each set of the stretches of a place earns, for each place."""
    count = len(worth)
    sets = [one for size in range(1, count + 1) for one in combinations(range(count), size)]
    earned = {one: np.sum([*(worth[m] for m in one), *(amount for pair, amount in shares.items()
                                                       if set(pair) <= set(one))], axis=0).max(axis=1, initial=0)
              for one in sets}
    cover = [earned[m,].copy() for m in range(count)]
    more = {one: np.maximum(earned[one] - sum(cover[m] for m in one), 0) for one in sets if len(one) > 1}
    if count == 2:
        cover[0] += more[0, 1]
    elif count == 3:
        pairs = [more[1, 2], more[0, 2], more[0, 1]]
        most = np.maximum(np.max([*pairs, more[0, 1, 2]], axis=0), (sum(pairs) + 1) // 2)
        room = [most - pair for pair in pairs]
        whole = np.maximum(sum(room), 1)
        for m in range(count):
            cover[m] += np.minimum((room[m] * (most / whole)).astype(np.int64), room[m])
    # Whatever was tried: a set that is short is given what it wants.
    for one in sets:
        cover[one[0]] += np.maximum(earned[one] - sum(cover[m] for m in one), 0)
    found: Integers = np.sum(cover, axis=0)
    return found
