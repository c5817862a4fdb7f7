"""Yearly amounts of kinds of assets and sources, how fast they may rise, and how fast they should not fall
(docs/numbers.md: Pace and continuity)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import partial

from jaryq.base.once import once
from jaryq.base.text import Text
from jaryq.case.ramps import Ramped, ramps_of, size_of_fall
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear, total
from jaryq.factors.soft import Rule

WHAT = Text("yearly amount", "объём за год")
FALL = Text("No steep fall: {name}", "Без резкого спада: {name}")


def amount(f: Factors, ramped: Ramped, y: int) -> Linear:
    """Km of a kind renewed, or use of a source (bn of its currency, lines too), in a planned year or in the one before
    them; a year's is asked for by its own row and by that of the year after, each found once."""
    known, key = _amounts(f), (ramped, y)
    if key not in known:
        known[key] = _amount(f, ramped, y)
    return known[key]


@once
def _amounts(f: Factors) -> dict[tuple[Ramped, int], Linear]:
    """Amounts that have been found of these factors."""
    del f
    return {}


def _amount(f: Factors, ramped: Ramped, y: int) -> Linear:
    if y < f.case.settings.plan_from:
        return Linear({}, _before(f, ramped, y), ramped.unit)
    if ramped.of == "kind":
        return Linear({("renew", (n, t)): 1.0 for n in packages_of(f, ramped) for t in f.works.open[n]
                       if f.works.period_year[t] == y}, 0.0, ramped.unit)
    s = ramped.id
    return total((_draws(f, s, f.bounds.drawn_by[s], y), Linear(
        {("line", (s, y)): 1.0 / f.money.exchange[s, y]} if (s, y) in f.bounds.line else {}, 0.0)), ramped.unit)


def last(f: Factors, ramped: Ramped, y: int) -> Linear:
    """The amount of the year that a year is counted from."""
    return amount(f, ramped, ramped.base(y, f.case.settings.plan_from))


def exempt(f: Factors, ramped: Ramped, y: int) -> Linear:
    """What of a year is under contract and comes on top of the ramp: km committed for the year, or use of the source
    for facilities that are committed or started."""
    if ramped.of == "kind":
        km = math.fsum(f.case.packages[n].committed.get(y, 0.0) for n in packages_of(f, ramped))
        return Linear({}, km, ramped.unit)
    held = [p for p in f.bounds.drawn_by[ramped.id] if p in f.case.facilities
            and (f.case.facilities[p].committed or f.case.facilities[p].started is not None)]
    return _draws(f, ramped.id, held, y)


def allowed(f: Factors, ramped: Ramped, y: int) -> Linear:
    """The most of a year with what is exempt in it, where the rise is limited: so much more than the year before, and
    what is always allowed."""
    ramp = ramped.ramp
    rise = last(f, ramped, y).times(1.0 + (ramp.up or 0.0))
    return total((rise, Linear({}, ramped.always(y)), exempt(f, ramped, y)), ramped.unit)


def falls(f: Factors) -> Iterator[Rule]:
    """A row for each year of each ramp that limits the fall: at least so much of the year before."""
    for key, ramped in ramps_of(f.case).items():
        if (down := ramped.ramp.down) is None:
            continue
        named = f.case.asset_types[ramped.id] if ramped.of == "kind" else f.case.sources[ramped.id]
        name = Text(named.name or key, named.name_ru or named.name or key)
        title, size = FALL.fill(name=name), size_of_fall(f.case, ramped)
        for y in ramped.falling:
            yield Rule("ramp_down", (key, y), ramped.ramp.priority, size, y, partial(_fall, ramped, down, y), title,
                       WHAT, ramped.unit, ramped.ramp.down_cell, ramped.of == "source")


def _fall(ramped: Ramped, down: float, y: int, f: Factors) -> tuple[Linear, Linear]:
    """The amount of a year, and the least that it should be."""
    return amount(f, ramped, y), last(f, ramped, y).times(1.0 - down)


def packages_of(f: Factors, ramped: Ramped) -> list[str]:
    """Packages of the kind, the whole country's."""
    return [n for n, package in f.case.packages.items() if package.asset_type == ramped.id]


def _draws(f: Factors, s: str, projects: Iterable[str], y: int) -> Linear:
    of: dict[Decision, float] = {("draw", (s, p, y)): 1.0 / f.money.exchange[s, y] for p in projects
                                 if f.bounds.has_draw(s, p, y)}
    return Linear(of, 0.0, "bn currency")


def _before(f: Factors, ramped: Ramped, y: int) -> float:
    """The same of a year before the planned ones, by ``progress``."""
    if ramped.of == "kind":
        return math.fsum(f.case.packages[n].done.get(y, 0.0) for n in packages_of(f, ramped))
    currency = f.case.sources[ramped.id].currency
    return math.fsum(row.amount / f.prices.exchange(currency, y) for row in f.case.paid
                     if row.source == ramped.id and row.year == y)
