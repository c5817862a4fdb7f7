"""What the money of the sources can pay for: bounds for every plan (see ``reach.py``), nominal bn KZT."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

from jaryq.base.once import once
from jaryq.factors.bounds import grown
from jaryq.factors.derive import Factors
from jaryq.rules.costs import costs_of
from jaryq.rules.crews import Item

TOLERANCE = 1e-6
Given = Mapping[tuple[str, int], float]


@once
def draws_by_year(f: Factors) -> Given:
    """Most that all sources together may draw for a project in a year."""
    given: dict[str, dict[int, float]] = {}
    for (_, p), by_year in f.bounds.draws.items():
        mine = given.setdefault(p, {})
        for u, amount in by_year.items():
            mine[u] = mine.get(u, 0.0) + amount
    return {(p, u): amount for p, mine in given.items() for u, amount in mine.items()}


def drawn_up_to(f: Factors, p: str, last: int) -> float:
    """The same of a project up to the end of a year; nothing is drawn before the planned years, or after them."""
    known = _drawn(f)
    if p not in known:
        given = draws_by_year(f)
        known[p] = tuple(accumulate((given.get((p, y), 0.0) for y in f.case.settings.years), initial=0.0))
    first = f.case.settings.plan_from
    return known[p][min(max(last - first + 1, 0), len(known[p]) - 1)]


@once
def _drawn(f: Factors) -> dict[str, tuple[float, ...]]:
    """What ``drawn_up_to`` has found so far."""
    del f
    return {}


def money_of(f: Factors, s: str, first: int, last: int) -> float:
    """Most that a source can pay in the years ``first..last``, nominal bn KZT: its money, what is carried into them,
    income and lines that feed it."""
    known = _moneys(f)
    if (s, first, last) not in known:
        known[s, first, last] = _money_of(f, s, first, last)
    return known[s, first, last]


@once
def _moneys(f: Factors) -> dict[tuple[str, int, int], float]:
    """What ``money_of`` has found so far."""
    return {}


def _money_of(f: Factors, s: str, first: int, last: int) -> float:
    source, plan_from = f.case.sources[s], f.case.settings.plan_from
    years = [u for u in f.bounds.years[s] if first <= u <= last]
    if not years or not source.open:
        return 0.0
    so_far = [u for u in f.case.settings.years if u <= last]
    growth = grown(f.case, source, last)
    limit = math.inf
    if source.carry_over in ("fund", "loan"):
        if all(u in source.ceilings for u in so_far):
            limit = sum(source.ceilings[u] for u in so_far) * growth
    elif all(u in source.ceilings for u in years):
        limit = sum(source.ceilings[u] for u in years)
        if source.carry_over == "one_year" and first > plan_from:
            limit += source.keep * source.ceilings.get(first - 1, 0.0)
    if s in f.bounds.envelope:
        limit = min(limit, f.bounds.envelope[s])
    rate = max(f.money.exchange[s, u] for u in years)
    fed = sum(max((sum(a for u, a in f.money.income[p, start.period.label].items() if u <= last)
                   for start in f.works.starts[p]),
                  default=0.0) for p in f.money.feeds.get(s, ()))
    fed += sum(amount for (loan, u), amount in f.bounds.line.items() if f.case.sources[loan].draws_to == s
               and u <= last)
    return limit * rate + fed * growth * rate / min(f.money.exchange[s, u] for u in so_far)


def money_together(f: Factors, sources: Collection[str], first: int, last: int) -> float:
    """Most that several sources can pay in the years ``first..last``, within the envelopes of their groups."""
    known, key = _moneys_together(f), (frozenset(sources), first, last)
    if key not in known:
        moneys = _moneys(f)
        known[key] = sum([
            min(sum([moneys[at] if (at := (s, first, last)) in moneys else money_of(f, *at) for s in mine]), most)
            for mine, most in _grouped(f, key[0])])
    return known[key]


def _grouped(f: Factors, sources: frozenset[str]) -> Sequence[tuple[Sequence[str], float]]:
    """Sources by their groups, with the envelope of each."""
    known = _groupings(f)
    if sources not in known:
        by_group: dict[str | None, list[str]] = {}
        for s in sorted(sources):
            by_group.setdefault(f.case.sources[s].group, []).append(s)
        known[sources] = [(mine, _envelope(f, group)) for group, mine in by_group.items()]
    return known[sources]


@once
def _groupings(f: Factors) -> dict[frozenset[str], Sequence[tuple[Sequence[str], float]]]:
    """What ``_grouped`` has found so far."""
    del f
    return {}


@once
def _moneys_together(f: Factors) -> dict[tuple[frozenset[str], int, int], float]:
    """What ``money_together`` has found so far."""
    del f
    return {}


def _envelope(f: Factors, group: str | None) -> float:
    envelope = f.case.groups[group].envelope if group else None
    return math.inf if envelope is None else envelope


def payable_share(f: Factors, p: str, sources: Collection[str]) -> float:
    """Most of a project's cost that these sources may pay, as a share (at most 1): largest shares of sources and
    groups, counterpart money."""
    home = any(f.case.sources[s].kind in ("budget", "own") and not f.case.sources[s].foreign for s in f.bounds.pays[p])
    by_group: dict[str | None, float] = {}
    for s in f.bounds.pays[p]:
        if s in sources and (home or f.case.sources[s].counterpart == 0):
            group = f.case.sources[s].group
            # What was spent on a started project before counts in its shares, so more of the rest may come from one
            # source.
            share = 1.0 if p in f.money.spent_before else f.bounds.share_most.get((s, p), 1.0)
            if share >= 1.0 and _share(f, group) >= 1.0:
                return 1.0
            by_group[group] = by_group.get(group, 0.0) + share
    return min(1.0, sum(min(share, _share(f, group)) for group, share in by_group.items()))


def _share(f: Factors, group: str | None) -> float:
    share = f.case.groups[group].max_share if group else None
    return math.inf if share is None else share


@once
def must(f: Factors) -> list[tuple[str, ...]]:
    """The commitments of every plan: of each the rows that have a start, one of which is done."""
    alone = ((key,) for key, facility in f.case.facilities.items() if facility.must and f.works.starts[key])
    any_of = (tuple(p for p in f.case.any_of(asset) if f.works.starts[p]) for asset in f.case.assets)
    return [*alone, *(rows for rows in any_of if rows)]


@once
def payers_of_musts(f: Factors) -> Mapping[tuple[str, ...], frozenset[str]]:
    """The commitments of every plan, and the sources that may pay for any of their rows."""
    return {rows: frozenset(s for p in rows for s in f.bounds.pays[p]) for rows in must(f)}


def musts_up_to(f: Factors, last: int) -> Sequence[tuple[tuple[str, ...], frozenset[str], float]]:
    """The commitments, who may pay for them and what they cost at least up to the end of a year, bn KZT."""
    known = _musts(f)
    if last not in known:
        costs, first = costs_of(f), f.case.settings.plan_from
        known[last] = [(rows, theirs, costs.least(rows, first, last)) for rows, theirs in payers_of_musts(f).items()]
    return known[last]


@once
def _musts(f: Factors) -> dict[int, Sequence[tuple[tuple[str, ...], frozenset[str], float]]]:
    """What ``musts_up_to`` has found so far."""
    del f
    return {}


@once
def payable(f: Factors) -> Mapping[str, float]:
    """Most of each project's cost that all sources that may pay for it may pay, as a share."""
    return {p: payable_share(f, p, sources) for p, sources in f.bounds.pays.items()}


def within_money(f: Factors, items: Collection[Item], costs: Mapping[str, float], last: int,
                 enough: float = math.inf) -> float:
    """Most of the items that all money up to ``last`` can pay for: the cheapest first, after what must be done with the
    same money. ``costs``: bn KZT per unit of the measure, by project, the cheapest first. Above ``enough`` nothing more
    is counted."""
    first = f.case.settings.plan_from
    here = {item.project: item.amount for item in items}
    sources = frozenset[str]().union(*{f.bounds.pays[p] for p in here})
    pool = money_together(f, sources, first, last)
    pool -= sum([cost for rows, theirs, cost in musts_up_to(f, last)
                 if theirs <= sources and here.keys().isdisjoint(rows)])
    total = 0.0
    for p, cost in costs.items():
        if total > enough:
            break
        if p not in here:
            continue
        amount = here[p] if cost <= 0 else min(here[p], drawn_up_to(f, p, last) / cost, max(pool, 0.0) / cost)
        pool -= amount * cost
        total += amount
    return total
