"""Rules of lenders' packages: tickets, amounts that must be drawn, numbers of what is signed (docs/numbers.md: Sources
together). Reach is judged by arithmetic alone, each limit by itself."""

from __future__ import annotations

import math
from collections.abc import Iterator

from jaryq.base.digits import FOUR, apart
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.case import Source
from jaryq.case.lots import payee_at
from jaryq.factors.derive import Factors
from jaryq.factors.pace import pace_to, paced
from jaryq.rules.affordable import money_of
from jaryq.rules.pace import paid_in, signed_before
from jaryq.rules.reach import most_spending
from jaryq.rules.reach_works import MONEY, SHARES
from jaryq.rules.rows import Rows
from jaryq.rules.sizes import number
from jaryq.tables.tables import Tables

TOLERANCE = 1e-6

MOST_OF = {
    "pace": (Text("its pace and effectiveness", "темп выборки и вступление в силу"),
             Text("Quicken pace, or lower effective_months, or widen available_to",
                  "Ускорьте pace, уменьшите effective_months или расширьте available_to")),
    "years": (Text("it has no year of draws", "у него нет года выборки"),
              Text("Widen available_from and available_to, or lower effective_months",
                   "Расширьте available_from и available_to или уменьшите effective_months")),
    "envelope": (Text("its envelope", "его лимит"), Text("Raise envelope", "Увеличьте envelope")),
    "money": (MONEY, Text("Raise its ceilings on source_years", "Увеличьте его потолки на листе source_years")),
    "shares": (SHARES, Text("Widen eligibility and shares, or years of what it may pay for",
                            "Расширьте права и доли или годы того, что он может оплачивать")),
}
"""What limits the draws of a source, in words, and what widens it."""


def quantities_have_their_price(tables: Tables) -> Iterator[Issue]:
    """A source that pays by a quantity says how much for a unit, and of what."""
    rows = Rows(tables, "sources")
    for position, row in rows.rows:
        for column, other in (("quantity", "per_unit"), ("per_unit", "quantity")):
            if row.get(column) is not None and row.get(other) is None:
                yield rows.issue("by_quantity_half", position, column, other=other)


def shares_hold_of_something(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A largest share that holds of what a project has cost so far is one below all of it (else a surprise)."""
    rows, bounds = Rows(tables, "sources"), factors.bounds
    for position, row in rows.rows:
        s = row["source_id"]
        source = factors.case.sources[s]
        if (source.open and source.share_holds == "so_far" and not source.draws_to
                and not any(bounds.share_most.get((s, p), 1.0) < 1.0 for p in bounds.drawn_by.get(s, ()))):
            yield rows.issue("share_holds_idle", position, "share_holds")


def tickets_are_in_reach(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A lender's ticket is within its envelope, and some project or lot is large enough for it (else a surprise)."""
    case = factors.case
    rows = Rows(tables, "sources")
    for position, row in rows.rows:
        source = case.sources[row["source_id"]]
        if not (source.open and source.ticket and case.settings.whole) or source.draws_to:
            continue
        if source.envelope is not None and source.ticket > source.envelope + TOLERANCE:
            ticket, envelope = apart(source.ticket, source.envelope, FOUR)
            yield rows.issue("ticket_above_envelope", position, "ticket", ticket=ticket, envelope=envelope)
            continue
        begun = any(paid.source == source.id and paid.amount > 0 for paid in case.paid)
        if not begun and not any(s == source.id for s, _ in factors.bounds.payees.most):
            yield rows.issue("ticket_out_of_reach", position, "ticket", ticket=number(source.ticket))


def _most_by_payee(f: Factors, source: Source) -> dict[str, float]:
    """Most that a source can pay for each lot, or project in no lot, bn of its currency."""
    years = f.bounds.years[source.id]
    found: dict[str, float] = {}
    if not years:
        return found
    rate = min(f.money.exchange[source.id, u] for u in years)
    money = money_of(f, source.id, years[0], years[-1]) / rate
    for p in f.case.projects:
        if source.id in f.bounds.closed[p]:
            continue
        # What was spent before counts in the shares, so more of the rest may come from one source.
        share = 1.0 if p in f.money.spent_before else f.bounds.share_most.get((source.id, p), 1.0)
        spent = most_spending(f, p, f.case.settings.plan_from, f.case.settings.last_year)
        payee = payee_at(f.case, p)
        found[payee] = min(money, found.get(payee, 0.0) + spent * share / rate)
    return found


def what_must_be_drawn_can_be(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """What must be drawn of a source is within its years, pace, ceilings, envelope and what it may pay for."""
    case = factors.case
    rows = Rows(tables, "sources")
    for position, row in rows.rows:
        source = case.sources[row["source_id"]]
        if not (source.open and source.must_draw) or (source.kind == "loan" and not signed_before(case, source)):
            continue
        signed = source.envelope if source.kind != "loan" or source.signed is None else source.signed
        if signed is None:
            continue
        left = max(0.0, signed - paid_in(factors, source.id))
        most, why = _most_drawn(factors, source, signed)
        if left > most + TOLERANCE * max(1.0, left):
            said, remedy = MOST_OF[why]
            due, able = apart(left, most, FOUR)
            yield rows.issue("must_draw_out_of_reach", position, "must_draw", signed=due, most=able, why=said,
                             remedy=remedy)


def _most_drawn(f: Factors, source: Source, signed: float) -> tuple[float, str]:
    """Most that a source can pay in the planned years, bn of its currency, and which of :data:`MOST_OF` says so."""
    s, years = source.id, f.bounds.years[source.id]
    if not years:
        return 0.0, "years"
    rate = min(f.money.exchange[s, u] for u in years)
    limits = [(money_of(f, s, years[0], years[-1]) / rate, "money")]
    if paced(source):
        limits.append((max(0.0, pace_to(source, years[-1]) * signed - paid_in(f, s)), "pace"))
    if s in f.bounds.envelope:
        limits.append((f.bounds.envelope[s], "envelope"))
    if not source.draws_to:
        limits.append((math.fsum(_most_by_payee(f, source).values()), "shares"))
    return min(limits, key=lambda limit: limit[0])


def groups_keep_their_number(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """No more sources of a group are in use already than may be in whole plans, which alone are held to it."""
    case = factors.case
    rows = Rows(tables, "source_groups")
    paid = {row.source for row in case.paid if row.amount > 0}
    for position, row in rows.rows:
        most = case.groups[row["group"]].signed_most
        used = [s for s, source in case.sources.items() if source.group == row["group"] and source.open
                and (signed_before(case, source) or s in paid)]
        if case.settings.whole and most is not None and len(used) > most:
            yield rows.issue("signed_most_unfit", position, "signed_most", count=len(used), most=most)
