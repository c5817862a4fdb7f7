"""What ifs that every plan answers: a partner's money doubled, one more bn in a year, a start a year later, a missed
target asked alone, the cheapest way to a target and the last of it (docs/numbers.md, What if). All of the linear plan,
facilities divisible."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from jaryq.api.accepted import Accepted
from jaryq.api.again import At, Standing
from jaryq.base.errors import Infeasible, NoPlan
from jaryq.base.home import HOME_CURRENCY
from jaryq.case.case import Target
from jaryq.explain.dials import dial
from jaryq.factors.derive import derive
from jaryq.formulation.assemble import limits
from jaryq.formulation.declare import Limit
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.prices import slack_of, used_of
from jaryq.solve.solution import MAXIMISED, WhatIf
from jaryq.solve.stages import linear_stages

PARTNERS, TARGETS = 3, 2
"""So many partners (by the money offered) and targets are asked about."""

FULL = 1e-6
"""A ceiling is used up if so small a part of it is left."""

NOTHING = 1e-6
"""Smaller changes are none."""

HELD = 1e-9
"""What a target reaches at most is kept to this part of what is asked."""

PLACES = 7
"""Decimals to which values of stages are told apart."""


def what_ifs(accepted: Accepted, program: LinearProgram) -> tuple[WhatIf, ...]:
    """All that can be answered of a plan's inputs; what leaves no plan is left out. Nothing where the linear plan
    itself is not found."""
    standing = Standing(accepted, program, proved=False)
    try:
        standing.warm  # noqa: B018  solved once, here
    except (Infeasible, NoPlan):
        return ()
    known = {limit.name: limit for limit in limits(accepted.factors)}
    return (*_doubled(standing), *_one_more(standing, known), *_later(standing), *_of_targets(standing, known))


def changes_of(standing: Standing, values: Mapping[str, float]) -> dict[str, float]:
    """Changes of stages in their own sense, noise as nothing."""
    sign = -1.0 if standing.accepted.case.settings.objective in MAXIMISED else 1.0
    base = standing.warm.base.values
    found = {name: (sign if name == "objective" else 1.0) * (values[name] - base[name]) for name in standing.names}
    return {name: value if abs(value) > 1e-8 else 0.0 for name, value in found.items()}


def drawn_of(standing: Standing, program: LinearProgram, x: Array) -> dict[str, float]:
    """What each source pays of works in the planned years of a point of a program, nominal."""
    sources, parts = standing.accepted.case.sources, dict[str, list[float]]()
    for (family, index), value in zip(program.columns, x.tolist(), strict=True):
        if value and family == "draw" and sources[str(index[0])].draws_to is None:
            parts.setdefault(str(index[0]), []).append(value)
    return {source: math.fsum(values) for source, values in parts.items()}


def _works(standing: Standing, program: LinearProgram, x: Array, paid_by: Collection[str] = ()) -> dict[str, float]:
    """Km renewed, facilities done, money spent (nominal) and drawn of some sources, of a point of a program."""
    case = standing.accepted.case
    km, facilities = list[float](), list[float]()
    for (family, index), value in zip(program.columns, x.tolist(), strict=True):
        if value and family == "renew":
            km.append(value)
        elif value and family == "start" and case.facilities[str(index[0])].counts:
            facilities.append(value)
    drawn = drawn_of(standing, program, x)
    draws = {"draws": math.fsum(drawn.get(source, 0.0) for source in sorted(paid_by))} if paid_by else {}
    return {"km": math.fsum(km), "facilities": math.fsum(facilities), "spent": math.fsum(drawn.values()), **draws}


def moved_of(standing: Standing, at: At, before: At | None = None, paid_by: Collection[str] = ()) -> dict[str, float]:
    """By how much a point does more than another, or than the plan as it stands; noise as nothing. With ``paid_by``
    also what is drawn more of these sources, and what is drawn less of all others that are."""
    base = standing.warm.base
    was = _works(standing, standing.program, base.x, paid_by) if before is None \
        else _works(standing, before.program, before.x, paid_by)
    now = _works(standing, at.program, at.x, paid_by)
    found = {name: now[name] - was[name] for name in now}
    if paid_by:
        less = less_of(standing, at, before)
        found["replaced"] = math.fsum(by for source, by in less.items() if source not in paid_by)
    return {name: value if abs(value) > 1e-6 else 0.0 for name, value in found.items()}


def less_of(standing: Standing, at: At, before: At | None = None) -> dict[str, float]:
    """By how much less sources pay at a point than at another, or in the plan as it stands; of those that do."""
    program, x = (standing.program, standing.warm.base.x) if before is None else (before.program, before.x)
    was, now = drawn_of(standing, program, x), drawn_of(standing, at.program, at.x)
    return {source: by for source, value in was.items() if (by := value - now.get(source, 0.0)) > 0.0}


def of_partner(standing: Standing, partner: str) -> tuple[str, ...]:
    """The sources of a partner country."""
    return tuple(key for key, source in standing.accepted.case.sources.items() if source.partner == partner)


def _doubled(standing: Standing) -> Iterator[WhatIf]:
    """All money of a partner country twice."""
    f = standing.accepted.factors
    offered: dict[str, float] = {}
    for source in f.case.sources.values():
        if source.open and source.foreign:
            own = source.envelope if source.envelope is not None else math.fsum(source.ceilings.values())
            rate = f.prices.exchange(source.currency, f.case.settings.plan_from)
            offered[source.partner] = offered.get(source.partner, 0.0) + own * rate
    for partner in sorted(offered, key=lambda one: (-offered[one], one))[:PARTNERS]:
        if offered[partner] <= 0.0:
            continue
        moved = dial(limits(f), f, partner)
        try:
            at = standing.reached(moved.factors(f, 2.0 * moved.now))
        except (Infeasible, NoPlan):
            continue
        yield WhatIf("double", partner, "", 2.0, changes_of(standing, at.values),
                     works=moved_of(standing, at, paid_by=of_partner(standing, partner)))


def _one_more(standing: Standing, known: Mapping[str, Limit]) -> Iterator[WhatIf]:
    """One bn KZT more in a year, of the source at home where it brings most; of a year in which no ceiling is used up
    it brings nothing."""
    case = standing.accepted.case
    for year in range(case.settings.plan_from, case.settings.last_year + 1):
        mine, tried = more_in(standing, known, year)
        if tried:
            yield tried[0]
        elif mine and not any(_full(standing, limit) for limit in mine):
            yield WhatIf("more", str(year), "", 1.0, dict.fromkeys(standing.names, 0.0))


def more_in(standing: Standing, known: Mapping[str, Limit], year: int) -> tuple[list[Limit], list[WhatIf]]:
    """The ceilings at home in a year, and what one bn KZT more of each that is used up brings, the best first."""
    sources = standing.accepted.case.sources
    mine = [limit for limit in known.values() if limit.kind == "ceiling" and limit.index[1] == str(year)
            and sources[limit.index[0]].currency == HOME_CURRENCY]
    tried = []
    for limit in (one for one in mine if _full(standing, one)):
        try:
            at = standing.moved(limit, limit.value + 1.0)
        except (Infeasible, NoPlan):
            continue
        tried.append((rank(standing.names, at.values), limit.name, at))
    return mine, [WhatIf("more", str(year), name, 1.0, changes_of(standing, at.values),
                         works=moved_of(standing, at, paid_by=known[name].index[:1]))
                  for _, name, at in sorted(tried, key=lambda one: one[:2])]


def rank(names: Sequence[str], values: Mapping[str, float]) -> tuple[float, ...]:
    """Stage by stage, the first one first; what a solver does not tell apart is equal, so that a later stage decides
    then."""
    return tuple(round(values[name], PLACES) for name in names)


def _full(standing: Standing, limit: Limit) -> bool:
    """Whether a ceiling is used up."""
    return slack_of(standing.program, standing.warm.base.x, limit) <= FULL * max(1.0, limit.value)


def _later(standing: Standing) -> Iterator[WhatIf]:
    """No works begin in the first planned year, but those that had begun or are committed. Nothing where that is the
    only year, or no works could begin in it."""
    case, program = standing.accepted.case, standing.program
    first = case.settings.plan_from
    bound = {key for key, one in case.facilities.items() if one.started is not None or one.committed}
    year_of = standing.accepted.factors.works.period_year
    shut = [j for j, (family, index) in enumerate(program.columns) if family in ("start", "renew")
            and index[0] not in bound and year_of[str(index[1])] == first
            and program.col_lower[j] <= 0.0 < program.col_upper[j]]
    if first == case.settings.last_year or not shut:
        return
    upper = program.col_upper.copy()
    upper[shut] = 0.0
    changed = program.with_bounds(col_upper=upper)
    try:
        # So much is another that going on from the bases of the plan takes longer than from nothing.
        staged = linear_stages(changed, standing.names, Solver(changed))
    except (Infeasible, NoPlan):
        return
    yield WhatIf("later", str(first), "", 1.0, changes_of(standing, staged.values),
                 works=moved_of(standing, At(changed, staged.values, staged.x)))


def _of_targets(standing: Standing, known: Mapping[str, Limit]) -> Iterator[WhatIf]:
    """Of rows of targets that stand for themselves: how much of a missed one could be reached if it alone were asked,
    the least money for one, what the last tenth of what is asked (of what is reached) costs."""
    case, base = standing.accepted.case, standing.warm.base
    every = sorted(case.targets, key=lambda one: len(one.filter))
    rows = [target for target in every if target.id == target.row and target.sense == ">=" and target.value > 0
            and target.priority in ("1", "2", "3") and f"target[{target.id}]" in known]
    reached = {target.id: used_of(standing.program, base.x, known[f"target[{target.id}]"]) for target in rows}
    missed = [one for one in rows if reached[one.id] < one.value * (1.0 - 1e-6)][:TARGETS]
    counted = [one for one in rows if one.measure in ("facilities", "km")]
    for target in [one for one in rows if one in missed or one in counted[:TARGETS]]:
        if (found := _alone(standing.program, target)) is None:
            continue
        most, spending = found
        if target in missed:
            yield WhatIf("alone", target.id, "", most, {})
        if target in counted[:TARGETS]:
            yield WhatIf("cheapest", target.id, "", most, {}, spending)
    for target in counted[:TARGETS]:
        yield from _last(standing, known, target, counted, reached)


def _last(standing: Standing, known: Mapping[str, Limit], target: Target, counted: Sequence[Target],
          reached: Mapping[str, float]) -> Iterator[WhatIf]:
    """A target that asks a tenth less of what it reaches; where that changes nothing, all of its measure so."""
    mine = min(reached[target.id], target.value)
    less = target.value / 10.0
    if mine <= less:
        return
    limit = known[f"target[{target.id}]"]
    try:
        all_of, fewer = (standing.moved(limit, value) for value in (mine, mine - less))
        now, then = changes_of(standing, all_of.values), changes_of(standing, fewer.values)
        changes = {name: then[name] - now[name] for name in then}
        still = mine - less + max(0.0, slack_of(fewer.program, fewer.x, limit))
        yield WhatIf("last", target.id, "", less, changes, still, moved_of(standing, fewer, all_of))
        others = [one for one in counted if one.measure == target.measure]
        if any(abs(value) > NOTHING for value in changes.values()) or len(others) < 2:
            return
        f = standing.accepted.factors
        case = f.case
        for one in others:
            value = min(reached[one.id], one.value)
            case = known[f"target[{one.id}]"].put(case, max(0.0, value - one.value / 10.0))
        at = standing.reached(derive(case, f))
    except (Infeasible, NoPlan):
        return
    yield WhatIf("together", target.id, "", less, changes_of(standing, at.values), works=moved_of(standing, at))


def _alone(program: LinearProgram, target: Target) -> tuple[float, float] | None:
    """The most of a target that any point of the program reaches, whatever else is asked at a priority: its shortfall
    at the least; and the least that is drawn for it, bn KZT. Hard rules hold."""
    short, drawn = ([j for j, (family, index) in enumerate(program.columns) if family == name and fits(index)]
                    for name, fits in (("short", lambda index: index[0] == target.id), ("draw", lambda _: True)))
    if not short:
        return None
    cost, money = np.zeros(program.shape[1]), np.zeros(program.shape[1])
    cost[short], money[drawn] = 1.0, 1.0
    solver = Solver(program)
    solver.minimise(cost)
    outcome = solver.run()
    if not outcome.is_best:
        return None
    least = max(outcome.objective, 0.0)
    solver.add_cap(cost, least + HELD * max(1.0, target.value))
    solver.minimise(money)
    outcome = solver.run()
    if not outcome.is_best:
        return None
    return target.value - least, float(money @ outcome.x)
