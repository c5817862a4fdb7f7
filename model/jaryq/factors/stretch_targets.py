"""What stretches change of the measures of targets beside what as many km of their package on average do
(docs/numbers.md: Stretches).

A measure speaks of packages by their means. Wear and bursts have a highest value, so that the mean of stretches is not
that of the package: with nothing renewed they differ by ``still``; and a stretch renewed changes what it is itself, its
``table`` beside the coefficient of its package. Rows that ask for the same of other packages share a table.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jaryq.base.once import once, once_for
from jaryq.case.case import Package, Target
from jaryq.case.scope import derives, projects_of
from jaryq.case.stretches import Stretches
from jaryq.case.works import Bursts
from jaryq.factors.changes import share_in
from jaryq.factors.derive import Factors
from jaryq.factors.health import length
from jaryq.factors.risk import Risk
from jaryq.factors.stretches import OF_BURSTS, replaced_in

Array = npt.NDArray[np.float64]
Key = tuple[str, str, int, int]
"""Measure, quantity, first and last year."""

BY_STRETCH = ("wear", "failures", "not_supplied", "quantity")
"""Measures in which stretches of a package may differ."""


@dataclass(frozen=True, eq=False)
class Asked:
    """Something that targets ask of stretches: ``table[i, t]``, of a km of stretch i renewed in the period at position
    t, beside that of a km of its package; ``still[n]``: of all stretches of a package with nothing renewed, beside
    that of the package; ``weights[g][n]``: what a unit of it counts in target g, of the stretches of package n."""

    table: Array
    still: Array
    weights: Mapping[str, Array]


def _rates(f: Factors) -> Risk:
    return f.rates


@once
def asked_of_stretches(f: Factors) -> tuple[Asked, ...]:
    """All that the targets of a case ask of its stretches; what is nothing for all of them is left out."""
    register = f.case.stretches
    if register is None:
        return ()
    weights: dict[Key, dict[str, Array]] = defaultdict(dict)
    for target in f.case.targets:
        if target.measure in BY_STRETCH:
            weights[_key(f, target)][target.id] = _weights(f, register, target)
    found = []
    for key, of_targets in weights.items():
        wanted = np.any([weight != 0.0 for weight in of_targets.values()], axis=0)
        # Tables do not follow from limits, which are moved by the hundred.
        known, place = _known(f), (id(register), key, wanted.tobytes())
        if place not in known:
            known[place] = (register, *_tables(f, register, key, wanted))
        _, table, still = known[place]
        if table.any() or still.any():
            found.append(Asked(table, still, of_targets))
    return tuple(found)


@once_for(_rates)
def _known(f: Factors) -> dict[tuple[int, Key, bytes], tuple[Stretches, Array, Array]]:
    """Tables that have been derived of these works, conditions and benefits, with the register they are of."""
    del f
    return {}


@once
def still_of_targets(f: Factors) -> Mapping[str, float]:
    """By how much the measure of a target differs from that of the means of packages with nothing renewed, in the
    measure's unit; targets of which stretches may change something, all of them."""
    found: dict[str, float] = defaultdict(float)
    for one in asked_of_stretches(f):
        for g, weight in one.weights.items():
            if weight.any():
                found[g] += float(weight @ one.still)
    return found


def most_apart(f: Factors, g: str, sign: float) -> float:
    """At least what stretches can add to the measure of a target (``sign`` 1) or take off it (-1) beside the means of
    their packages."""
    register = f.case.stretches
    found = 0.0
    for one in asked_of_stretches(f):
        if register is not None and (weight := one.weights.get(g)) is not None:
            least, most = one.table.min(axis=1, initial=0.0), one.table.max(axis=1, initial=0.0)
            each = sign * weight[register.package]
            found += float(register.km @ np.maximum(each * least, each * most))
    return found


def _key(f: Factors, target: Target) -> Key:
    last = target.year
    if target.measure == "wear":
        return target.measure, "", last, last
    if target.measure == "quantity":
        flow = f.case.quantities[target.quantity or ""].kind == "flow"
        return target.measure, target.quantity or "", target.year_first if flow else last, last
    return target.measure, "", max(target.year_first, f.case.settings.plan_from), last


def _weights(f: Factors, register: Stretches, target: Target) -> Array:
    """What a unit counts, by package: of packages in scope."""
    place = {key: i for i, key in enumerate(register.packages)}
    packages = [one for one in projects_of(f.case, target) if isinstance(one, Package)]
    found = np.zeros(len(register.packages))
    whole = math.fsum(length(one) for one in packages if one.wear is not None)
    for one in packages:
        if one.id not in place:
            continue
        if target.measure == "wear":
            found[place[one.id]] = 1.0 / whole if one.wear is not None and whole > 0 else 0.0
        elif target.measure == "not_supplied":
            found[place[one.id]] = (one.bursts.lost or 0.0) if one.bursts is not None else 0.0
        else:
            found[place[one.id]] = 1.0
    return found


def _tables(f: Factors, register: Stretches, key: Key, wanted: npt.NDArray[np.bool_]) -> tuple[Array, Array]:
    """Table and still of what is asked, of the packages that it is wanted of."""
    table, still = np.zeros((len(register), len(f.case.periods))), np.zeros(len(register.packages))
    for i in np.flatnonzero(wanted).tolist():
        name = register.packages[i]
        here, package = register.slices[name], f.case.packages[name]
        positions = [f.works.position[t] for t in f.works.open[name]]
        own, waits = of_package(f, register, key, package, positions)
        table[here, positions] = own
        still[i] = float(register.km[here] @ waits)
    return table, still


def of_package(f: Factors, register: Stretches, key: Key, package: Package,
                positions: Sequence[int]) -> tuple[Array, Array]:
    """Of a km of each stretch of a package: what renewing it changes by position, and what it is while it waits; both
    beside the package on average."""
    measure, quantity, first, last = key
    here = register.slices[package.id]
    own, waits = np.zeros((here.stop - here.start, len(positions))), np.zeros(here.stop - here.start)
    if measure == "wear":
        if package.wear is not None:
            years = last + 1 - f.case.settings.plan_from
            worn = np.append(register.wear[here], package.wear)
            waits = _beside(np.minimum(1.0, worn + years / package.life))
            own = -waits[:, None] * np.array([float(f.case.periods[p].year <= last) for p in positions])
    elif measure == "quantity":
        q = f.case.quantities[quantity]
        if quantity in register.quantities:
            change = register.quantities[quantity][here] - package.quantities.get(quantity, 0.0)
            own += change[:, None] * np.array([counted_in(f, quantity, p, first, last) for p in positions])
        if q.derived in OF_BURSTS and derives(q, package) and package.bursts is not None:
            size = 1.0 if q.derived == "bursts" else package.bursts.lost or 0.0
            own += size * avoided_beside(f, package, package.bursts, register.rate[here], positions, (first, last))
    elif package.bursts is not None:
        own, waits = _bursts(f, package.bursts, register.rate[here], positions, (first, last))
    return own, waits


def _beside(values: Array) -> Array:
    """All but the last row, less the last: that of the package on average."""
    found: Array = values[:-1] - values[-1]
    return found


def _old(b: Bursts, rate: Array, t: float) -> Array:
    """Bursts of a km that waits, a year, by its rate."""
    found: Array = b.calibration * np.minimum(b.most, rate * math.pow(1.0 + b.growth, t))
    return found


def _bursts(f: Factors, b: Bursts, rate: Array, positions: Sequence[int],
            years: tuple[int, int]) -> tuple[Array, Array]:
    """Bursts of the years, of what waits in their periods: from the period after it a stretch renewed has those of the
    package."""
    rates, k = np.append(rate, b.rate), f.case.settings.periods_per_year
    own, waits = np.zeros((len(rate), len(positions))), np.zeros(len(rate))
    for year in range(years[0], years[1] + 1):
        for position, t in f.rates.middles(year):
            more = _beside(_old(b, rates, t)) / k
            waits += more
            own[:, [j for j, p in enumerate(positions) if p < position]] -= more[:, None]
    return own, waits


def avoided_beside(f: Factors, package: Package, b: Bursts, rate: Array, positions: Sequence[int],
             years: tuple[int, int]) -> Array:
    """Bursts that renewing avoids in the years, the one after ``last_year`` too, while a stretch would not have been
    replaced."""
    settings = f.case.settings
    rates = np.append(rate, b.rate)
    until = np.full(len(rates), f.risk.benefits.windows[package.id].last)
    if f.rates.money(package.id) is not None:
        until = np.minimum(until, replaced_in(f, b, rates) - 1)
    found = np.zeros((len(rates), len(positions)))
    for year in range(max(years[0], settings.plan_from), years[1] + 1):
        here = (year <= until).astype(float)
        for position, t, share in _points(f, year):
            for j, p in enumerate(positions):
                if p < position:
                    new = b.calibration * min(b.most, b.after * math.pow(1.0 + b.growth, t - f.rates.end(p)))
                    found[:, j] += share * here * (_old(b, rates, t) - new)
    return _beside(found)


def _points(f: Factors, year: int) -> Iterator[tuple[int, float, float]]:
    """Position, time and share of the year of its periods; of the year after the planned ones its middle."""
    settings = f.case.settings
    if year > settings.last_year:
        yield len(f.case.periods), year - settings.plan_from + 0.5, 1.0
    else:
        for position, t in f.rates.middles(year):
            yield position, t, 1.0 / settings.periods_per_year


def counted_in(f: Factors, quantity: str, finish: int, first: int, last: int) -> float:
    """How often a unit a km counts in the years: a flow from the period after the finish, a level or once at the
    end."""
    q, settings = f.case.quantities[quantity], f.case.settings
    k = settings.periods_per_year
    if q.kind != "flow":
        return float(finish < (last + 1 - settings.plan_from) * k)
    found = 0.0
    for year in range(first, last + 1):
        begin = (year - settings.plan_from) * k
        found += (1.0 if year > settings.last_year else
                  math.fsum(share_in(f.case, q, u) for u in range(begin, begin + k) if u > finish))
    return found
