"""What new loans are signed for: works, and what is agreed with each that gets a ticket (docs/numbers.md, Pace and
continuity, Sources together), in bn of the source's currency."""

from __future__ import annotations

from collections.abc import Collection
from math import fsum

from jaryq.case.case import Source
from jaryq.verify.calendar import HAIR
from jaryq.verify.effect import Effect
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import Funding, brought, eligible, paid_before, rules_of
from jaryq.verify.loans import has_tenor, is_new
from jaryq.verify.pace import UNIT, pace_of, paced
from jaryq.verify.payees import Payee, choosy, known_to, paid_of, payee_of, taking_part, with_money
from jaryq.verify.together import most_of


def payable(funding: Funding, source: Source, project: str, spent: float) -> float:
    """``l[s,p]``: part of all outlay on a project (``spent`` in the planned years) that a source may pay; nothing where
    eligibility or its purpose forbids it."""
    case, at = funding.case, funding.case.project(project)
    rules = rules_of(case)[source.id]
    if not source.open or source.draws_to is not None or not eligible(case, rules, at):
        return 0.0
    if source.quantity is not None and brought(case, source, project) <= 0.0:
        return 0.0
    share = most_of(case, source, rules, at)
    earlier, own = paid_before(case, project, source.id)
    if not earlier or spent <= 0.0:
        return share
    return min(1.0, max(0.0, share * (spent + earlier) - own) / spent)


def works_of(funding: Funding, effect: Effect, source: Source, payees: Collection[Payee] | None) -> float:
    """What a source may pay of what is done on ``payees`` (None: on all) once it is effective, bn of its currency; its
    part is that of all outlay."""
    case = funding.case
    parts = {p: payable(funding, source, p, amount) for p, amount in funding.spent().items()
             if payees is None or payee_of(case, p) in payees}
    return fsum(parts[p] * amount / funding.prices.rate_of(source, y)
                for (p, y), amount in effect.outlay(funding, source).items() if p in parts)


def years_of(funding: Funding, source: Source) -> list[int]:
    """Planned years in which a source may be drawn."""
    return [y for y in funding.case.settings.years if source.available_from <= y <= source.available_to
            and has_tenor(funding.case, source, y) and pace_of(funding.case, source, y) > HAIR]


def agrees(funding: Funding, source: Source) -> bool:
    """Whether more may be agreed with a payee than it is paid: a new loan of which not all must be drawn."""
    return source.kind == "loan" and is_new(funding.case, source) and not source.must_draw


def verify_works(funding: Funding, effect: Effect, ledger: Ledger) -> None:
    """signed_works: of new loans with a pace that holds in a year in which they may be drawn, in a whole plan of those
    with a ticket for the payees that they pay or have paid; what must be drawn is signed for its draws alone."""
    case = funding.case
    for s, signed in funding.plan.signed.items():
        source = case.sources[s]
        if source.draws_to is not None or not agrees(funding, source) or not paced(source):
            continue
        if any(pace_of(case, source, y) < 1.0 - HAIR for y in years_of(funding, source)):
            picks = case.settings.whole and bool(source.ticket)
            most = works_of(funding, effect, source, taking_part(funding, source) if picks else None)
            ledger.note("signed_works", f"signed[{s}]", signed, "<=", most, UNIT, signed)


def verify_tickets(funding: Funding, effect: Effect, ledger: Ledger) -> None:
    """ticket, ticket_works (where less than the ticket need be paid): in whole plans, of payees that a source has not
    paid before."""
    case, paid = funding.case, paid_of(funding)
    for s, source in case.sources.items():
        if not case.settings.whole or not choosy(source) or source.ticket is None:
            continue
        years = years_of(funding, source)
        share = pace_of(case, source, years[-1]) if years and agrees(funding, source) else 1.0
        for kind, key in sorted(with_money(paid.get(s, {})) - known_to(case, source)):
            amount = paid[s][kind, key]
            ledger.note("ticket", f"paid[{s},{key}]", amount, ">=", share * source.ticket, UNIT, amount)
            if share < 1.0 - HAIR:
                works = works_of(funding, effect, source, {(kind, key)})
                ledger.note("ticket_works", f"works[{s},{key}]", works, ">=", source.ticket, UNIT, works)
