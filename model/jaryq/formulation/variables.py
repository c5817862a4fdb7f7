"""The decisions: all >= 0, each with a finite bound derived from the data, each index set sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyomo.environ as pyo

from jaryq.case.case import Target
from jaryq.factors.derive import Factors
from jaryq.formulation.stability import last_plan
from jaryq.sheets.measures import BEYOND, OF_ASSETS, SLOPES, WIDTHS


def add_variables(m: Any, f: Factors) -> None:
    """start[f,t] share; renew[n,t] km; draw[s,p,y] bn KZT; old[s,y], idle[s,y] bn KZT at the price year's rate;
    supplied[s,p] bn KZT; signed[s] bn KZT at the price year's rate; line[s,y] bn KZT drawn into a fund; part[s,p],
    taken[s] 0 or 1 in whole plans; extra[w,t], lent[w,t], borrowed[w,t] crew-years; joint[k,t] km; kept[p,t] share or
    km of the last plan; short[g,k], excess[g,k] stretches of the shortfall of target row g, in its unit; worst[N] the
    largest normalised shortfall of priority N; local[s,p] bn KZT of local costs."""
    case = f.case
    domain = pyo.Binary if case.settings.whole else pyo.NonNegativeReals
    begun = [(key, start.period.label) for key in sorted(f.works.starts) for start in f.works.starts[key]]
    m.start = pyo.Var(begun, domain=domain, bounds=(0, 1))
    renewed = [(key, t) for key in sorted(f.works.open) for t in f.works.open[key]]
    m.renew = pyo.Var(renewed, bounds=lambda _, n, t: (0, f.bounds.km[n, t]))
    m.draw = pyo.Var(sorted(f.bounds.draw), bounds=_within(f, "draw"))
    carried = [(s, y) for s in sorted(case.sources) if case.sources[s].carry_over == "one_year"
               for y in f.bounds.years[s] if old_most(f, s, y) > 0]
    m.old = pyo.Var(carried, bounds=_within(f, "old"))
    funds = [s for s in sorted(case.sources) if case.sources[s].open and case.sources[s].carry_over == "fund"]
    stays = [(s, y) for s in funds for y in case.settings.years if y in case.sources[s].ceilings]
    m.idle = pyo.Var(stays, bounds=_within(f, "idle"))
    tied = sorted({(s, p) for s, p, _ in f.bounds.draw if case.sources[s].tied_share > 0
                   and case.sources[s].tied_over == "product"})
    m.supplied = pyo.Var(tied, bounds=_within(f, "supplied"))
    m.signed = pyo.Var(sorted(s for s in f.money.signs if s in users(f)), bounds=_within(f, "signed"))
    m.line = pyo.Var(sorted(f.bounds.line), bounds=_within(f, "line"))
    chosen = sorted({(s, p) for s, p, _ in f.bounds.draw if case.settings.whole and (s, p) in f.bounds.share_least})
    m.part = pyo.Var(chosen, domain=pyo.Binary, bounds=(0, 1))
    m.taken = pyo.Var(sorted(s for s in users(f) if case.settings.whole and case.sources[s].smallest),
                      domain=pyo.Binary, bounds=(0, 1))
    _add_works(m, f)
    soft = [target for target in case.targets if target.priority != "hard"]
    parts = [(g.id, k) for g in soft if g.sense != "<=" for k in range(len(SLOPES))]
    over = [(g.id, k) for g in soft if g.sense != ">=" for k in range(len(SLOPES))]
    m.short = pyo.Var(parts, bounds=_within(f, "short"))
    m.excess = pyo.Var(over, bounds=_within(f, "excess"))
    m.worst = pyo.Var(sorted(spread_rows(f)), bounds=_within(f, "worst"))
    m.local = pyo.Var(list(local_pairs(f)), bounds=_within(f, "local"))


def _within(f: Factors, family: str) -> Callable[..., tuple[float, float]]:
    return lambda _, *index: (0.0, MOST[family](f, *index))


def _add_works(m: Any, f: Factors) -> None:
    """Crew-years added, lent and borrowed; km in shared trenches; what is kept of the last plan."""
    m.extra = pyo.Var(sorted(f.works.rooms.extra), bounds=_within(f, "extra"))
    m.lent = pyo.Var(sorted(f.works.rooms.lent), bounds=_within(f, "lent"))
    m.borrowed = pyo.Var(sorted(f.works.rooms.borrowed), bounds=_within(f, "borrowed"))
    shared = {(k.id, t): min(k.km, f.bounds.km[k.package, t], f.bounds.km[k.other, t]) for k in f.case.trenches
              for t in f.works.open[k.package] if t in f.works.open[k.other]}
    m.joint = pyo.Var(sorted(shared), bounds=lambda _, k, t: (0, shared[k, t]))
    kept = last_plan(f) if f.case.settings.stability > 0 else {}
    m.kept = pyo.Var(sorted(kept), bounds=lambda _, p, t: (0, kept[p, t]))


def spread_rows(f: Factors) -> dict[str, tuple[str, ...]]:
    """Target rows of each priority that has several: what is missed is spread over them."""
    rows = {n: tuple(g.id for g in f.case.targets if g.priority == n) for n in ("1", "2", "3")}
    return {n: keys for n, keys in rows.items() if len(keys) > 1}


def content_of(f: Factors, partner: str, p: str) -> float:
    """Share of a project's cost that suppliers of a partner country can deliver."""
    kind = f.case.asset_types.get(f.case.project(p).asset_type or "")
    return kind.content.get(partner, 0.0) if kind else 0.0


def local_pairs(f: Factors) -> Iterator[tuple[str, str]]:
    """Tied export credits and the projects in which they may pay local costs."""
    pairs = sorted({(s, p) for s, p, _ in f.bounds.draw})
    for s, p in pairs:
        source = f.case.sources[s]
        if (source.tied_share > 0 and source.down_payment is not None
            and source.local_cost * content_of(f, source.partner, p) > 0):
            yield s, p


def signed_most(f: Factors, s: str) -> float:
    """Most that a new loan may be signed for, bn KZT at the price year's rate: its envelope, or all it may pay out."""
    source = f.case.sources[s]
    if source.envelope is not None:
        return source.envelope * f.money.exchange0[s]
    drawn = sum(f.bounds.draw.get((s, p, y), 0.0) * f.money.exchange0[s] / f.money.exchange[s, y]
                for p in f.bounds.drawn_by[s]
                for y in f.bounds.years[s])
    return drawn + sum(f.bounds.line.get((s, y), 0.0) * f.money.exchange0[s] / f.money.exchange[s, y]
                       for y in f.bounds.years[s])


def users(f: Factors) -> frozenset[str]:
    """Sources that may pay for something: for projects, or into a fund."""
    return frozenset({s for s, _, _ in f.bounds.draw} | {s for s, _ in f.bounds.line})


def old_most(f: Factors, s: str, y: int) -> float:
    """Largest old money of a one-year budget, bn KZT at the price year's rate."""
    source = f.case.sources[s]
    if not source.open or y - 1 < f.case.settings.plan_from or y - 1 not in f.bounds.years[s]:
        return 0.0
    return source.keep * (source.ceilings.get(y - 1, 0.0) + income_most(f, s, y - 1)) * f.money.exchange0[s]


def idle_most(f: Factors, s: str, y: int) -> float:
    """Largest money left in a fund, bn KZT at the price year's rate."""
    source = f.case.sources[s]
    years = [u for u in f.case.settings.years if u <= y]
    lines = [sum(f.bounds.line.get((line, u), 0.0) for line, loan in f.case.sources.items()
                 if loan.draws_to == s) / f.money.exchange[s, u] for u in years]
    grown = (1.0 + source.interest) ** len(years)
    return grown * (sum(source.ceilings.get(u, 0.0) + income_most(f, s, u) for u in years)
                    + sum(lines)) * f.money.exchange0[s]


def income_most(f: Factors, s: str, y: int) -> float:
    """Largest income of projects into a source in a year, bn of its currency."""
    total = 0.0
    for key, facility in f.case.facilities.items():
        if facility.income_to == s:
            total += max((f.money.income[key, start.period.label].get(y, 0.0) for start in f.works.starts[key]),
                         default=0.0)
    return total / f.money.exchange[s, y]


def width(total: float, scale: float, k: int) -> float:
    """Length of stretch ``k`` of a shortfall that may reach ``total``, its convex cost stepping at shares of
    ``scale``."""
    return WIDTHS[k] * scale if k < len(WIDTHS) else max(total - sum(WIDTHS) * scale, 0.0)


def short_most(f: Factors, g: str, k: int) -> float:
    """Length of stretch ``k`` of what a target may fall short, in its unit."""
    target = _target(f, g)
    return width(largest(f, target) if target.measure == "foreign_share" else target.value, target.scale, k)


def excess_most(f: Factors, g: str, k: int) -> float:
    """Length of stretch ``k`` of what a target may be exceeded by, in its unit."""
    target = _target(f, g)
    return width(largest(f, target), target.scale, k)


def worst_most(f: Factors, n: str) -> float:
    """Largest normalised shortfall that a row of priority ``n`` may have: a stretch may be longer than what can be
    missed, so at least all of them."""
    missed = []
    for g in (target for target in f.case.targets if target.priority == n):
        total = g.value if g.sense != "<=" and g.measure != "foreign_share" else 0.0
        if g.sense != ">=" or g.measure == "foreign_share":
            total = max(total, largest(f, g))
        missed.append(total / g.scale)
    return max(*missed, sum(WIDTHS))


def _target(f: Factors, g: str) -> Target:
    return next(target for target in f.case.targets if target.id == g)


def largest(f: Factors, target: Target) -> float:
    """A finite number that the measure of a target cannot exceed, in the target's unit."""
    case = f.case
    if target.measure == "km":
        return sum(package.km for package in case.packages.values())
    if target.measure == "facilities":
        return float(len(case.facilities))
    if target.measure == "share_done":
        return 1.0
    if target.measure in OF_ASSETS:
        linear = f.risk.rates.terms(target)
        rises = [(kind, (p, t), factor) for (kind, p, t), factor in linear.of.items() if factor > 0]
        return max(linear.constant + sum(factor * (f.bounds.km[key] if kind == "renew" else 1.0) for kind, key,
                                         factor in rises), 1.0)
    if target.measure in BEYOND:
        return _debt_most(f, target)
    return sum(f.bounds.outlay.values()) + sum(f.bounds.line.values())


def _debt_most(f: Factors, target: Target) -> float:
    """Most that service, subsidy or stock of all loans can come to in the years of a target, bn KZT; at least 1, so
    that a stretch has a length."""
    years = range(target.year_first, target.year + 1)
    drawn = [((s, y), amount) for (s, _, y), amount in f.bounds.draw.items()
             if (s, y) in f.money.service] + list(f.bounds.line.items())
    measure = "debt_stock" if target.measure == "foreign_share" else target.measure
    most = [max(f.debt(measure, *key, years), 0.0) * amount for key, amount in drawn]
    if target.measure == "debt_service":
        most += [f.fees(s, years) * signed_most(f, s) / f.money.exchange0[s] for s in f.money.signs if s in users(f)]
        most += [f.fees(s, years) for s in f.money.signed_before]
    return max(sum(most), 1.0)


MOST: Mapping[str, Callable[..., float]] = {
    "draw": lambda f, s, p, y: f.bounds.draw.get((s, p, y), 0.0),
    "line": lambda f, s, y: f.bounds.line.get((s, y), 0.0),
    "supplied": lambda f, s, p: sum(f.bounds.draw.get((s, p, y), 0.0) for y in f.case.settings.years),
    "old": old_most, "idle": idle_most, "signed": signed_most,
    "extra": lambda f, w, t: f.works.rooms.extra.get((w, t), 0.0),
    "lent": lambda f, w, t: f.works.rooms.lent.get((w, t), 0.0),
    "borrowed": lambda f, w, t: f.works.rooms.borrowed.get((w, t), 0.0),
    "short": short_most, "excess": excess_most, "worst": worst_most,
    "local": lambda f, s, p: sum(f.bounds.draw.get((s, p, y), 0.0) for y in f.bounds.years[s]),
}
"""Largest value of the decisions whose bounds follow from limits, by family: ``MOST[family](f, *index)``; nothing for
what does not exist."""
