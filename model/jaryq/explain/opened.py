"""The program of a case with every limit, date and rule of a user free to give way: what conflicts and repairs are
found in.

Its columns are those of the case with all limits far away, so that what a limit keeps from existing exists; its sides
are those of the case as it stands, and bounds that follow from limits are rows of their own (solve/elastic.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from jaryq.base.errors import Infeasible
from jaryq.base.hair import LEAST
from jaryq.explain.levers import DATES, Lever, levers, reach
from jaryq.explain.rules import Stated, stated
from jaryq.factors.derive import Factors, derive
from jaryq.factors.pace import pace_to, signed_amount
from jaryq.factors.schedule import too_large
from jaryq.formulation.declare import VARIABLES, Name
from jaryq.formulation.moves import Mover
from jaryq.solve.elastic import Elastic, Follows, Give, span
from jaryq.solve.lp import LinearProgram

Build = Callable[[Factors], LinearProgram]

OF_SHORTFALLS = ("short", "excess", "worst")


@dataclass(frozen=True, eq=False)
class Opened:
    """A case whose limits may give way: ``elastic`` has first the levers, then the rules, in their order."""

    factors: Factors
    levers: tuple[Lever, ...]
    rules: tuple[Stated, ...]
    elastic: Elastic

    @property
    def order(self) -> list[int]:
        """All numbers, those to be lifted first at the beginning: terms and dates, works, money, commitments, targets
        (docs/numbers.md: What cannot be done)."""
        ranks = {"crews": 3, "ceiling": 4, "envelope": 5, "group_envelope": 5, "target": 7}
        rank = [ranks.get(lever.kind, 2 if lever.kind in DATES else 1) for lever in self.levers]
        rank += [6 if rule.name.startswith(COMMITMENTS) else 0 for rule in self.rules]
        return sorted(range(len(rank)), key=lambda g: (rank[g], g))


COMMITMENTS = ("start_required", "variant_required", "committed_km", "wish_", "choice_", "scope_km")


def opened(f: Factors, build: Build, natural: Mapping[str, float]) -> Opened:
    """``build``: the program of factors. Raises Infeasible if a row without decisions cannot hold however far its
    limits move."""
    known = levers(f, natural)
    wide = _widened(f, known)
    program = _at_its_tickets(_at_its_sides(build(wide), f, wide, known, build), f, wide, known)
    mine = {f"ticket_least[{lever.key}]" for lever in known if lever.kind == "ticket"}
    rules = tuple(rule for rule in stated(f.case, program.rows) if rule.name not in mine)
    money = 2.0 * sum(f.bounds.outlay.values())
    gives = [_lever(f, program, lever, reach(lever, _in_currency(f, lever, money))) for lever in known]
    gives += [_rule(program, rule) for rule in rules]
    follows = _follows(f, wide, program, known)
    return Opened(f, known, rules, Elastic(program, tuple(gives), tuple(follows)))


def _widened(f: Factors, known: tuple[Lever, ...]) -> Factors:
    """Factors with dates at the last year and limits far away."""
    money = 2.0 * sum(f.bounds.outlay.values())
    case = f.case
    for lever in known:
        if lever.kind in DATES:
            case = lever.put(case, float(case.settings.last_year))
        elif lever.kind == "ticket":
            case = lever.put(case, LEAST)
        elif lever.kind not in ("target", "ramp_least", "ramp_start", "cash"):
            case = lever.put(case, lever.value + reach(lever, _in_currency(f, lever, money))[0])
    return derive(case, f)


def _in_currency(f: Factors, lever: Lever, money: float) -> float:
    """A sum of money in the currency of a lever's source, bn."""
    rates = [rate for (s, _), rate in f.money.exchange.items() if s == lever.key]
    return money / min(rates) if rates else money


def _at_its_sides(program: LinearProgram, f: Factors, wide: Factors, known: tuple[Lever, ...],
                  build: Build) -> LinearProgram:
    """The wide program with the sides that the case has: those of its own program, for rows that it does not have less
    what its limits were moved by; and with its objectives, for what a limit is lifted to costs nothing (fees on what is
    signed)."""
    try:
        stands = build(f)
        program = _at_its_costs(program, stands)
        own = _sides(stands)
    except Infeasible:
        own = {}  # A row without decisions: only what was moved is known.
    moved: dict[Name, float] = {}
    for lever in known:
        for limit in lever.limits:
            change = limit.stands(wide) - limit.stands(f)
            for row, per_unit in limit.moves.items():
                moved[row] = moved.get(row, 0.0) - per_unit * change
    lengths = {lever.key: lever.value for lever in known if lever.kind == "km_per_year"}
    lower, upper = program.row_lower.copy(), program.row_upper.copy()
    for i, name in enumerate(program.rows):
        if name in own:
            lower[i], upper[i] = own[name]
        elif name in moved:
            lower[i] += moved[name]
            upper[i] += moved[name]
        elif name[0] == "yearly_km" and name[1][0] in lengths:
            upper[i] = lengths[str(name[1][0])]
    return program.with_bounds(row_lower=lower, row_upper=upper)


def _at_its_tickets(program: LinearProgram, f: Factors, wide: Factors, known: tuple[Lever, ...]) -> LinearProgram:
    """The wide program, in which lenders ask for next to nothing, with what they ask for where they take part."""
    asked = {lever.key for lever in known if lever.kind == "ticket"}
    changes = {(name, ("payee", name[1])): _ticket(name, wide) - _ticket(name, f) for name in program.rows
               if name[0] in TICKETS and name[1][0] in asked}
    return program.inside(changes)


TICKETS = ("ticket_least", "agreed_least")


def _ticket(row: Name, f: Factors) -> float:
    """What a lender asks for in a row of its tickets, bn KZT at the price year's rate."""
    s = str(row[1][0])
    least = f.bounds.payees.least[s] if row[0] == "ticket_least" else f.case.sources[s].ticket or 0.0
    return least * f.money.exchange0[s]


def _at_its_costs(wide: LinearProgram, own: LinearProgram) -> LinearProgram:
    """The wide program with the objectives of the case's own, what only the wide one has at its costs there."""
    place = {name: j for j, name in enumerate(wide.columns)}
    at = np.array([place.get(name, -1) for name in own.columns], dtype=np.int64)
    objectives = {}
    for name, (vector, constant) in own.objectives.items():
        costs = wide.objectives[name][0].copy() if name in wide.objectives else np.zeros(wide.shape[1])
        costs[at[at >= 0]] = vector[at >= 0]
        objectives[name] = (costs, constant)
    return replace(wide, objectives=objectives)


def _sides(program: LinearProgram) -> Mapping[Name, tuple[float, float]]:
    return {name: (low, high) for name, low, high in
            zip(program.rows, program.row_lower.tolist(), program.row_upper.tolist(), strict=True)}


def _lever(f: Factors, program: LinearProgram, lever: Lever, far: tuple[float, float]) -> Give:
    sides: dict[int, float] = {}
    for limit in lever.limits:
        for row, per_unit in limit.moves.items():
            if (i := program.row_at.get(row)) is not None:
                sides[i] = sides.get(i, 0.0) + per_unit
    if lever.kind == "envelope":
        sides |= _of_signed(f, program, lever)
    if lever.kind == "ticket":
        sides |= {i: _ticket(name, f) / lever.value for i, name in enumerate(program.rows)
                  if name[0] in TICKETS and name[1][0] == lever.key}
    if lever.kind == "km_per_year":
        sides |= {i: 1.0 for i, (family, index) in enumerate(program.rows)
                  if family == "yearly_km" and index[0] == lever.key}
    return Give(lever.name, sides, far[0], far[1], lever.size, lever.steps)


def _of_signed(f: Factors, program: LinearProgram, lever: Lever) -> dict[int, float]:
    """What an envelope that counts as signed makes of what must be drawn, and of the pace of it."""
    source, e0 = f.case.sources[lever.key], f.money.exchange0[lever.key]
    signed = signed_amount(f.case, source), signed_amount(f.case, replace(source, envelope=2.0 * lever.value))
    if signed[0] is None or signed[1] is None or lever.value <= 0:
        return {}
    slope = e0 * (signed[1] - signed[0]) / lever.value
    found = {}
    for name, i in program.row_at.items():
        if name[0] in ("must_draw", "draw_pace") and name[1][0] == lever.key:
            found[i] = slope * (pace_to(source, int(name[1][1])) if name[0] == "draw_pace" else 1.0)
    return found


def _rule(program: LinearProgram, rule: Stated) -> Give:
    """Its rows may be missed, each as far as it could ever be: by one share of what each can be missed by."""
    sides: dict[int, float] = {}
    up = down = 0.0
    for name in rule.rows:
        i = program.row_at[name]
        below, above = np.isfinite(program.row_lower[i]), np.isfinite(program.row_upper[i])
        far = span(program, i)
        if below and above and rule.missed == "either":
            up = down = 1.0
            sides[i] = far
        elif below and rule.missed != "over":
            sides[i], up = -far, 1.0
        else:
            sides[i], up = far, 1.0
    return Give(rule.name, sides, up, down)


def _follows(f: Factors, wide: Factors, program: LinearProgram, known: tuple[Lever, ...]) -> list[Follows]:
    """Bounds of columns that follow from limits and dates."""
    mover = Mover(f, program.columns, wide)
    slopes: dict[int, dict[int, float]] = {}
    for g, lever in enumerate(known):
        for limit in lever.limits if _bounds(f, lever) else ():
            for name, most in mover.at(limit, limit.value + lever.size).most.items():
                if VARIABLES[name[0]].bound == "limits" and name[0] not in OF_SHORTFALLS:
                    mine = slopes.setdefault(program.column_at[name], {})
                    mine[g] = mine.get(g, 0.0) + (most - mover.now(name)) / lever.size
    found = [Follows(j, mover.now(program.columns[j]), mine) for j, mine in slopes.items()]
    found += [Follows(j, mover.now(name), {}) for j, name in enumerate(program.columns)
              if j not in slopes and VARIABLES[name[0]].bound == "limits"
              and name[0] not in OF_SHORTFALLS and mover.now(name) < program.col_upper[j]]
    return [*found, *_of_starts(f, wide, program, known), *_of_km(f, program, known)]


def _bounds(f: Factors, lever: Lever) -> bool:
    """Whether bounds that rows do not imply follow from a lever."""
    if lever.kind in ("ceiling", "envelope"):
        return lever.key in f.signing
    crew = f.case.crew_at[lever.key] if lever.kind == "crews" else None
    return lever.kind in ("tie", "available") or (crew is not None and crew.extra_share + crew.lend_share > 0)


def _of_starts(f: Factors, wide: Factors, program: LinearProgram, known: tuple[Lever, ...]) -> Iterator[Follows]:
    """Starts that dates and outages allow."""
    dates = {lever.key: g for g, lever in enumerate(known) if lever.kind == "latest"}
    outages = {lever.key: g for g, lever in enumerate(known) if lever.kind == "outage"}
    for j, (family, index) in enumerate(program.columns):
        if family != "start":
            continue
        facility, start = f.case.facilities[index[0]], wide.works.start_at[index[0], index[1]]
        late = start.finish.year - facility.latest
        if facility.id in dates and late > 0:
            yield Follows(j, 0.0, {dates[facility.id]: 1.0 / late})
        g = outages.get(f"{facility.region}@{facility.outage.unit}")
        if g is not None and start.outage and too_large(f.case, facility):
            yield Follows(j, 0.0, {g: 1.0 / ((facility.outage.capacity or 0.0) - known[g].value)})


def _of_km(f: Factors, program: LinearProgram, known: tuple[Lever, ...]) -> Iterator[Follows]:
    """Km of packages that dates and km a year allow."""
    dates = {lever.key: g for g, lever in enumerate(known) if lever.kind == "latest_km"}
    lengths = {lever.key: g for g, lever in enumerate(known) if lever.kind == "km_per_year"}
    for j, (family, index) in enumerate(program.columns):
        if family != "renew":
            continue
        package, t = f.case.packages[index[0]], str(index[1])
        late = f.works.period_year[t] - package.latest
        if package.id in dates and late > 0:
            yield Follows(j, 0.0, {dates[package.id]: float(program.col_upper[j]) / late})
        if (g := lengths.get(package.id)) is not None:
            now = f.bounds.km.get((package.id, t), known[g].value)
            yield Follows(j, now, {g: now / max(known[g].value, 1e-9)})
