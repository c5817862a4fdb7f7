"""Whom a lender pays: tickets, how many it pays, how many of a group are used (docs/numbers.md, Sources together)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import fsum

from jaryq.base.hair import LEAST
from jaryq.case.case import Case, Source
from jaryq.verify.finding import NOTHING, Ledger
from jaryq.verify.funding import Funding, use_of
from jaryq.verify.loans import is_new

Payee = tuple[str, str]
"""A lot or a project in none: which of the two, and its key."""


def payee_of(case: Case, project: str) -> Payee:
    """The lot of a project, or itself."""
    lot = case.project(project).lot
    return ("lot", lot) if lot is not None else ("project", project)


def paid_of(funding: Funding) -> dict[str, dict[Payee, float]]:
    """``paid[s,x]``, bn of the currency."""
    rows: dict[str, dict[Payee, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (s, p, y), amount in funding.plan.draw.items():
        rate = funding.prices.rate_of(funding.case.sources[s], y)
        rows[s][payee_of(funding.case, p)].append(amount / rate)
    return {s: {x: fsum(amounts) for x, amounts in mine.items()} for s, mine in rows.items()}


def known_to(case: Case, source: Source) -> set[Payee]:
    """Payees in which a source takes part already: it has paid for one of their projects."""
    return {payee_of(case, row.project) for row in case.paid if row.source == source.id and row.amount > 0.0}


def with_money(paid: Mapping[Payee, float]) -> set[Payee]:
    """Payees that get more than a hair."""
    return {x for x, amount in paid.items() if amount > LEAST}


def taking_part(funding: Funding, source: Source) -> set[Payee]:
    """Payees that get money of a source, or have got some."""
    return with_money(paid_of(funding).get(source.id, {})) | known_to(funding.case, source)


def choosy(source: Source) -> bool:
    """Whether a source asks how much it pays to whom, or to how many."""
    return source.open and source.draws_to is None and (source.ticket is not None or source.projects_most is not None)


def verify_payees(funding: Funding, ledger: Ledger) -> None:
    """projects_most, signed_most: in whole plans only."""
    case, paid = funding.case, paid_of(funding)
    if not case.settings.whole:
        return
    for s, source in case.sources.items():
        if not choosy(source):
            continue
        mine, known = paid.get(s, {}), known_to(case, source)
        if source.projects_most is not None:
            ledger.note("projects_most", f"paid[{s}]", float(len(with_money(mine) | known)), "<=",
                        float(max(source.projects_most, len(known))), "number")
    for g, group in case.groups.items():
        if group.signed_most is not None:
            ledger.note("signed_most", f"signed[{g}]", float(len(used_in_group(funding, g))), "<=",
                        float(group.signed_most), "number")


def verify_choices_made(funding: Funding, ledger: Ledger) -> None:
    """choices_made: what a whole plan states as chosen (part, taken, payee, lot) is chosen, or not, and is where there
    is money."""
    case, plan = funding.case, funding.plan
    if not case.settings.whole:
        return
    drawn: dict[tuple[str, str], float] = defaultdict(float)
    for (s, p, _), amount in plan.draw.items():
        drawn[s, p] += amount
        if (lot := case.project(p).lot) is not None:
            drawn[s, lot] += amount
    stated = {f"part[{s},{p}]": (value, drawn[s, p]) for (s, p), value in plan.part.items()}
    stated |= {f"payee[{s},{x}]": (value, drawn[s, x]) for (s, x), value in plan.payee.items()}
    stated |= {f"taken[{s}]": (value, fsum(use_of(funding, case.sources[s]).values()))
               for s, value in plan.taken.items() if s in case.sources}
    stated |= {f"lot[{lot}]": (value, 0.0) for lot, value in plan.lot.items()}
    for place, (value, money) in sorted(stated.items()):
        ledger.note("choices_made", place, value, "=", 1.0 if money > LEAST or value > 0.5 else 0.0, "number",
                    tolerance=NOTHING)


def used_in_group(funding: Funding, group: str) -> set[str]:
    """Open sources of a group that are used: they draw, are signed, were signed or have paid before."""
    case, found = funding.case, set()
    payers = {row.source for row in case.paid if row.amount > 0.0}
    for s, source in case.sources.items():
        if source.group != group or not source.open:
            continue
        loan = source.kind == "loan"
        before = s in payers or (loan and not is_new(case, source))
        drawn, signed = fsum(use_of(funding, source).values()), funding.plan.signed.get(s, 0.0) if loan else 0.0
        if before or max(drawn, signed) > LEAST:
            found.add(s)
    return found


def payees_of(funding: Funding) -> dict[str, int]:
    """How many payees get money of each source that asks for a ticket or a number of them."""
    paid = paid_of(funding)
    return {s: len(with_money(paid.get(s, {}))) for s, source in funding.case.sources.items()
            if choosy(source)}


def signed_in(funding: Funding) -> dict[str, int]:
    """How many sources of each group with such a limit are used."""
    return {g: len(used_in_group(funding, g)) for g, group in funding.case.groups.items()
            if group.signed_most is not None}
