"""What a lender may pay to whom: the most for each payee, and the pairs that its ticket or number of projects rules out
before any bound is derived (docs/numbers.md: Sources together, Lender's packages)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from jaryq.base.hair import hair
from jaryq.base.text import Text
from jaryq.base.units import bn_of
from jaryq.case.case import Case, Source
from jaryq.case.lots import km_left, payees_of, pays_already
from jaryq.factors.by_quantity import most_by_quantity
from jaryq.factors.effective import Begun, most_from, start_from
from jaryq.factors.loans import new_loan
from jaryq.factors.money import Money
from jaryq.factors.pace import pace_to, signed_amount
from jaryq.factors.works import Works

Draws = Mapping[tuple[str, str], Mapping[int, float]]
SMALL = Text("smaller than the lender's ticket ({ticket})", "меньше наименьшей суммы кредитора на проект ({ticket})")
TICKET = Text("{least} {unit}", "{least} {unit}")
FULL = Text("the lender takes part in as many projects as it may ({most})",
            "кредитор уже участвует в наибольшем числе проектов ({most})")


@dataclass(frozen=True)
class Payees:
    """Whom lenders with a ticket or a largest number of projects may pay in a whole plan.

    ``most[s, x]``: most that is paid to payee x, bn of the currency, of those whose taking part is decided (it does not
    already); ``works[s, x]``: most that the source may pay of all that such a payee costs in the planned years, at its
    share; ``least[s]``: the least that it pays to one for its ticket; ``already[s]``: how many it takes part in
    already; ``closed[s, p]``: why the source may not pay for a project after all; ``of[x]``: the projects of a payee.
    """

    most: Mapping[tuple[str, str], float]
    works: Mapping[tuple[str, str], float]
    least: Mapping[str, float]
    already: Mapping[str, int]
    closed: Mapping[tuple[str, str], Text]
    of: Mapping[str, tuple[str, ...]]


NOBODY = Payees({}, {}, {}, {}, {}, {})


def asks(case: Case, source: Source) -> bool:
    """Whether it is decided in whom a source takes part."""
    return case.settings.whole and source.open and not source.draws_to and (source.ticket is not None
                                                                            or source.projects_most is not None)


def agrees(case: Case, source: Source) -> bool:
    """Whether what a source agrees with a payee is more than what it pays by the end of the planned years: a new loan,
    but for one of which no more is signed than is drawn."""
    return source.kind == "loan" and new_loan(source, case.settings.plan_from) and not source.must_draw


def payees(case: Case, planned: Works, money: Money, years: Mapping[str, tuple[int, ...]],
           outlay: Mapping[tuple[str, int], float], pays: Mapping[str, Collection[str]], places: Draws,
           shares: Mapping[tuple[str, str], float], before: Mapping[str, float], late: Mapping[str, Begun]) -> Payees:
    """Payees of all lenders that ask for something; ``planned``: starts; ``years`` of draws; ``outlay``, ``places``:
    largest outlays and draws, ``pays``: who may pay for what, ``shares``: largest shares, ``before``: what sources have
    paid before, bn of the currency, ``late``: what they may pay of the year in which they become effective.

    What is agreed is of all works that a source may pay for, also those that fall in years in which it is not drawn."""
    asking = [source for source in case.sources.values() if asks(case, source)]
    if not asking:
        return NOBODY
    of, there = payees_of(case), pays_already(case)
    starts: dict[str, list[tuple[tuple[str, str], Mapping[int, float]]]] = {}
    for place, spent in money.outlay.items():
        starts.setdefault(place[0], []).append((place, spent))
    spending: dict[str, dict[int, float]] = {}
    for (p, y), amount in outlay.items():
        spending.setdefault(p, {})[y] = amount
    most: dict[tuple[str, str], float] = {}
    works: dict[tuple[str, str], float] = {}
    least: dict[str, float] = {}
    closed: dict[tuple[str, str], Text] = {}
    for source in asking:
        s, known = source.id, there.get(source.id, frozenset())
        drawn = pace_to(source, years[s][-1]) if years[s] and agrees(case, source) else 1.0
        least[s] = (source.ticket or 0.0) * drawn
        room = source_most(case, money, source, before.get(s, 0.0), drawn)
        full = source.projects_most is not None and len(known) >= source.projects_most
        for x, members in of.items():
            if x in known or not any((s, p) in places for p in members):
                continue
            payable = [p for p in members if s in pays[p]]
            begun = {p: [(spent, start_from(case, planned, source, place, spent)) for place, spent in starts.get(p, ())]
                     for p in payable}
            paid = min(room, math.fsum(
                _project_most(case, money, source, p, places[s, p], shares.get((s, p)), begun[p])
                for p in payable if (s, p) in places))
            cost = math.fsum(
                _works_most(case, money, s, p, most_from(source, late.get(s), p, spending.get(p, {})),
                            shares.get((s, p)), [since for _, since in begun[p]]) for p in payable)
            agreed = source.ticket if source.ticket is not None and drawn < 1.0 else 0.0
            small = any(ticket - there > hair(ticket) for ticket, there in ((least[s], paid), (agreed, cost)))
            reason = _reason(source, full=full, small=small)
            if reason is None:
                most[s, x], works[s, x] = paid, cost
            else:
                closed |= {(s, p): reason for p in members}
    return Payees(most, works, least, {source.id: len(there.get(source.id, ())) for source in asking}, closed, of)


def _reason(source: Source, *, full: bool, small: bool) -> Text | None:
    """Why a lender pays nothing to a payee (``small``: too small for its ticket); None if it may."""
    if full:
        return FULL.fill(most=source.projects_most)
    return _too_small(source.ticket, source.currency) if small and source.ticket is not None else None


@cache
def _too_small(ticket: float, currency: str) -> Text:
    return SMALL.fill(ticket=TICKET.fill(least=f"{ticket:g}", unit=bn_of(currency)))


def source_most(case: Case, money: Money, source: Source, before: float, drawn: float) -> float:
    """Most of a source over all planned years, bn of its currency: its envelope, its ceilings, its pace (``drawn``: the
    share of a new loan's signed amount that may be drawn by then); no limit where income of projects, or interest, adds
    to it."""
    if source.id in money.feeds or source.carry_over == "fund":
        return math.inf
    years = [y for y in case.settings.years if source.available_from <= y <= source.available_to]
    limits = [math.inf] if source.envelope is None else [max(source.envelope - before, 0.0), source.envelope * drawn]
    planned = case.settings.years if source.carry_over == "loan" else years
    if all(y in source.ceilings for y in planned):
        limits.append(math.fsum(source.ceilings[y] for y in planned))
    if years and (signed := signed_amount(case, source)) is not None:
        limits.append(max(pace_to(source, years[-1]) * signed - before, 0.0))
    return min(limits)


def _project_most(case: Case, money: Money, source: Source, p: str, draws: Mapping[int, float], share: float | None,
                  starts: Iterable[tuple[Mapping[int, float], Mapping[int, float]]]) -> float:
    """Most that a source pays for a project, bn of its currency: of one start (``starts``: spending of each by year,
    and that since the source is effective), or of all km that are left, what falls in the years of draws, no
    more than it pays by a quantity and than its largest share of all spending (of what has started bounds of draws hold
    that, since what was spent before counts too)."""
    rate = {y: money.exchange[source.id, y] for y in draws}
    drawn, cheapest = math.fsum(amount / rate[y] for y, amount in draws.items()), min(rate.values())
    by_quantity = most_by_quantity(source, case.project(p))
    if by_quantity is not None:
        drawn = min(drawn, by_quantity * (km_left(case.packages[p]) if p in case.packages else 1.0))
    if p in case.packages:
        left, cost = km_left(case.packages[p]), {y: money.km_cost[p, y] for y in case.settings.years}
        paid = left * max(cost[y] / rate[y] for y in draws)
        whole = math.inf if share is None else share * left * max(cost.values()) / cheapest
        return min(drawn, paid, whole)
    found = [0.0]
    for spent, since in starts:
        paid = math.fsum(min(amount, draws[y]) / rate[y] for y, amount in since.items() if y in draws)
        if share is not None and case.facilities[p].started is None:
            paid = min(paid, share * math.fsum(spent.values()) / cheapest)
        found.append(paid)
    return min(drawn, max(found))


def _works_most(case: Case, money: Money, s: str, p: str, outlay: Mapping[int, float], share: float | None,
                starts: Iterable[Mapping[int, float]]) -> float:
    """Most that a source may pay of all that a project costs in the planned years since it is effective (``outlay``:
    largest ones, ``starts``), bn of its currency: of one start, or of the km that each year allows and are left; its
    largest share of it (of what has started the share counts what was spent before too: all of it)."""
    part = 1.0 if share is None or p in money.spent_before else min(share, 1.0)
    rate = money.exchange
    if p not in case.packages:
        return part * max((math.fsum(amount / rate[s, y] for y, amount in spent.items() if amount > 0)
                           for spent in starts), default=0.0)
    years = math.fsum(amount / rate[s, y] for y, amount in outlay.items())
    return part * min(years, km_left(case.packages[p]) * max((money.km_cost[p, y] / rate[s, y] for y in outlay),
                                                             default=0.0))
