"""Largest shares that hold of the bills so far (docs/numbers.md, Money, ``share_holds``)."""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from jaryq.base.home import BILLION
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import At, Funding, paid_before, rules_of
from jaryq.verify.together import most_of


def verify_so_far(funding: Funding, ledger: Ledger) -> None:
    """share_so_far: of sources whose share holds of the bills so far, what each has paid for a project by the end of a
    year in which it pays, against the bills up to then; nominal bn KZT."""
    case, rules = funding.case, rules_of(funding.case)
    bills, drawn = _by_project(funding.outlay), _by_payer(funding)
    for (s, p), paid in drawn.items():
        source = case.sources[s]
        share = most_of(case, source, rules[s], case.project(p)) if source.share_holds == "so_far" else 1.0
        if share >= 1.0:
            continue
        earlier, own = paid_before(case, p, s)
        for year in paid:
            due, total = _to(bills.get(p, {}), year), _to(paid, year)
            ledger.note("share_so_far", f"draw[{s},{p},{year}]", total, "<=", max(share * (earlier + due) - own, 0.0),
                        BILLION, total + own)


def _to(amounts: dict[int, float], year: int) -> float:
    """Sum of amounts up to a year, that year included."""
    return fsum(amount for at, amount in amounts.items() if at <= year)


def _by_project(outlay: At) -> dict[str, dict[int, float]]:
    """Outlay of each project by year."""
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for (p, y), amount in outlay.items():
        found[p][y] = amount
    return found


def _by_payer(funding: Funding) -> dict[tuple[str, str], dict[int, float]]:
    """Draws of each source on each project by year."""
    found: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for (s, p, y), amount in funding.plan.draw.items():
        found[s, p][y] = amount
    return found
