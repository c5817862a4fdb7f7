"""Ceilings with their carry-over, and envelopes (docs/numbers.md, Money), in bn of the source's currency."""

from __future__ import annotations

from math import fsum

from jaryq.case.case import Source
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import Funding, use_of, used_before

UNIT = "bn currency"


def verify_ceilings(funding: Funding, ledger: Ledger) -> None:
    """ceiling, new_money, old_money, loan_pace, envelope; funds have their own (funds.py)."""
    case, plan = funding.case, funding.plan
    for s, source in case.sources.items():
        use = use_of(funding, source)
        extra = {y: funding.fed.get((s, y), 0.0) for y in use}
        ceilings = {y: source.ceilings[y] + extra[y] for y in use if y in source.ceilings}
        old = {y: plan.old.get((s, y), 0.0) for y in use}
        if source.carry_over == "one_year":
            _one_year(source, use, ceilings, old, ledger)
        else:
            for y, amount in old.items():
                ledger.none("old_money", f"old[{s},{y}]", amount, UNIT)
        if source.carry_over == "none":
            for y, limit in ceilings.items():
                ledger.note("ceiling", f"use[{s},{y}]", use[y], "<=", limit, UNIT, use[y])
        if source.carry_over == "loan":
            _loan(source, use, ceilings, ledger)
        if source.envelope is not None:
            total, earlier = fsum(use.values()), used_before(case, funding.prices, source)
            ledger.note("envelope", f"use[{s}]", total, "<=",
                        max(fsum([source.envelope, *extra.values(), -earlier]), 0.0), UNIT, total + earlier)


def _one_year(source: Source, use: dict[int, float], ceilings: dict[int, float], old: dict[int, float],
              ledger: Ledger) -> None:
    """New money within the year's ceiling; old money out of what was left the year before.

    A year without a ceiling leaves nothing over that could be counted, so nothing is carried out of it.
    """
    for y in use:
        place = f"{source.id},{y}"
        new = use[y] - old[y]
        ledger.note("new_money", f"new[{place}]", new, ">=", 0.0, UNIT, use[y] + old[y])
        if y in ceilings:
            ledger.note("new_money", f"new[{place}]", new, "<=", ceilings[y], UNIT, use[y] + old[y])
        left = ceilings[y - 1] - (use[y - 1] - old[y - 1]) if y - 1 in ceilings and y - 1 in use else 0.0
        terms = ceilings.get(y - 1, 0.0) + use.get(y - 1, 0.0)
        ledger.note("old_money", f"old[{place}]", old[y], "<=", source.keep * left, UNIT, terms)


def _loan(source: Source, use: dict[int, float], ceilings: dict[int, float], ledger: Ledger) -> None:
    """Cumulative pace from the first planned year on, as long as every year so far has a ceiling."""
    years = list(use)
    for count, y in enumerate(years, start=1):
        if y not in ceilings:
            return
        drawn, pace = fsum(use[x] for x in years[:count]), fsum(ceilings[x] for x in years[:count])
        ledger.note("loan_pace", f"use[{source.id},{y}]", drawn, "<=", pace, UNIT, drawn)
