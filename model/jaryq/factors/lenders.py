"""What a lender may pay to whom: the most for each payee, and the pairs that its ticket or number of projects rules out
before any bound is derived (docs/numbers.md: Sources together, Lender's packages)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from jaryq.base.text import Text
from jaryq.base.units import bn_of
from jaryq.case.case import Case, Source
from jaryq.case.lots import km_left, payees_of, pays_already
from jaryq.factors.money import Money
from jaryq.factors.pace import pace_to, signed_amount

Draws = Mapping[tuple[str, str], Mapping[int, float]]
SMALL = Text("smaller than the lender's ticket ({ticket})", "меньше наименьшей суммы кредитора на проект ({ticket})")
TICKET = Text("{least} {unit}", "{least} {unit}")
FULL = Text("the lender takes part in as many projects as it may ({most})",
            "кредитор уже участвует в наибольшем числе проектов ({most})")
ABOVE = 1e-9
"""A payee is closed only if its ticket is out of reach by more than this share of it."""


@dataclass(frozen=True)
class Payees:
    """Whom lenders with a ticket or a largest number of projects may pay in a whole plan.

    ``most[s, x]``: most that is paid to payee x, bn of the currency, of those whose taking part is decided (it does not
    already); ``already[s]``: how many it takes part in already; ``closed[s, p]``: why the source may not pay for a
    project after all; ``of[x]``: the projects of a payee.
    """

    most: Mapping[tuple[str, str], float]
    already: Mapping[str, int]
    closed: Mapping[tuple[str, str], Text]
    of: Mapping[str, tuple[str, ...]]


NOBODY = Payees({}, {}, {}, {})


def asks(case: Case, source: Source) -> bool:
    """Whether it is decided in whom a source takes part."""
    return case.settings.whole and source.open and not source.draws_to and (source.ticket is not None
                                                                            or source.projects_most is not None)


def payees(case: Case, money: Money, places: Draws, shares: Mapping[tuple[str, str], float],
           before: Mapping[str, float]) -> Payees:
    """Payees of all lenders that ask for something; ``places``: largest draws, ``shares``: largest shares, ``before``:
    what sources have paid before, bn of the currency."""
    asking = [source for source in case.sources.values() if asks(case, source)]
    if not asking:
        return NOBODY
    of, there = payees_of(case), pays_already(case)
    starts: dict[str, list[Mapping[int, float]]] = {}
    for (p, _), spent in money.outlay.items():
        starts.setdefault(p, []).append(spent)
    most: dict[tuple[str, str], float] = {}
    closed: dict[tuple[str, str], Text] = {}
    for source in asking:
        s, known = source.id, there.get(source.id, frozenset())
        room = source_most(case, money, source, before.get(s, 0.0))
        full = source.projects_most is not None and len(known) >= source.projects_most
        for x, members in of.items():
            if x in known or not any((s, p) in places for p in members):
                continue
            paid = min(room, math.fsum(
                _project_most(case, money, source, p, places[s, p], shares.get((s, p)), starts.get(p, ()))
                for p in members if (s, p) in places))
            reason = _reason(source, paid, full=full)
            if reason is None:
                most[s, x] = paid
            else:
                closed |= {(s, p): reason for p in members}
    return Payees(most, {source.id: len(there.get(source.id, ())) for source in asking}, closed, of)


def _reason(source: Source, paid: float, *, full: bool) -> Text | None:
    """Why a lender pays nothing to a payee that could get ``paid`` at most; None if it may."""
    if full:
        return FULL.fill(most=source.projects_most)
    if source.ticket is not None and paid < source.ticket * (1.0 - ABOVE):
        return _too_small(source.ticket, source.currency)
    return None


@cache
def _too_small(ticket: float, currency: str) -> Text:
    return SMALL.fill(ticket=TICKET.fill(least=f"{ticket:g}", unit=bn_of(currency)))


def source_most(case: Case, money: Money, source: Source, before: float) -> float:
    """Most of a source over all planned years, bn of its currency: its envelope, its ceilings, its pace; no limit where
    income of projects, or interest, adds to it."""
    if source.id in money.feeds or source.carry_over == "fund":
        return math.inf
    years = [y for y in case.settings.years if source.available_from <= y <= source.available_to]
    limits = [math.inf] if source.envelope is None else [max(source.envelope - before, 0.0)]
    planned = case.settings.years if source.carry_over == "loan" else years
    if all(y in source.ceilings for y in planned):
        limits.append(math.fsum(source.ceilings[y] for y in planned))
    if years and (signed := signed_amount(case, source)) is not None:
        limits.append(max(pace_to(source, years[-1]) * signed - before, 0.0))
    return min(limits)


def _project_most(case: Case, money: Money, source: Source, p: str, draws: Mapping[int, float], share: float | None,
                  starts: Iterable[Mapping[int, float]]) -> float:
    """Most that a source pays for a project, bn of its currency: of one start (``starts``: spending of each by year),
    or of all km that are left, what falls in the years of draws, and no more than its largest share of all spending (of
    what has started bounds of draws hold that, since what was spent before counts too)."""
    rate = {y: money.exchange[source.id, y] for y in draws}
    drawn, cheapest = math.fsum(amount / rate[y] for y, amount in draws.items()), min(rate.values())
    if p in case.packages:
        left, cost = km_left(case.packages[p]), {y: money.km_cost[p, y] for y in case.settings.years}
        paid = left * max(cost[y] / rate[y] for y in draws)
        whole = math.inf if share is None else share * left * max(cost.values()) / cheapest
        return min(drawn, paid, whole)
    found = [0.0]
    for spent in starts:
        paid = math.fsum(min(amount, draws[y]) / rate[y] for y, amount in spent.items() if y in draws)
        if share is not None and case.facilities[p].started is None:
            paid = min(paid, share * math.fsum(spent.values()) / cheapest)
        found.append(paid)
    return min(drawn, max(found))
