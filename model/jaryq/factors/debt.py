"""What the loans of a plan lead to: service, subsidy and stock of its draws, fees on its signed amounts
(docs/numbers.md: Loans, Targets)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear
from jaryq.factors.loans import amount_signed

DRAWN = "drawn"
"""Family of what is drawn of a loan in a year in all, ``("drawn", (s, y))``, nominal bn KZT."""


def per_draw(f: Factors, measure: str, s: str, y: int, years: Iterable[int], *, saved: bool = True) -> float:
    """Service (``debt_service``; commitment fees that the draw saves taken off, if ``saved``), subsidy or year-end
    stock in ``years``, nominal, per KZT of loan ``s`` drawn in year ``y``."""
    made = f.money.service[s, y]
    if measure == "debt_stock":
        return math.fsum(made.stock.get(u, 0.0) for u in years)
    if measure == "subsidy":
        return math.fsum(made.subsidy.get(u, 0.0) for u in years)
    less = f.money.saved[s, y] if saved else {}
    return math.fsum(made.total.get(u, 0.0) - less.get(u, 0.0) for u in years)


def of_loans(f: Factors, measure: str, loans: Collection[str], years: Collection[int], *, whole: bool = True) -> Linear:
    """Service, subsidy or stock of ``loans`` in ``years``, nominal bn KZT, in terms of what is drawn in all. Fees on
    signed amounts, and what draws save of them, belong to no project: they count in the ``whole`` only."""
    of: dict[Decision, float] = {(DRAWN, key): amount for key in sorted(f.money.service) if key[0] in loans
                                 and (amount := per_draw(f, measure, *key, years, saved=whole)) != 0}
    if measure != "debt_service" or not whole:
        return Linear(of, 0.0, "bn KZT")
    fees = {s: math.fsum(f.money.fees[s].get(u, 0.0) for u in years) for s in f.money.fees if s in loans}
    of |= {("signed", (s,)): fee for s, fee in fees.items() if fee and s in f.signing}
    before = [amount_signed(f.case.sources[s]) * fee for s, fee in fees.items() if s in f.money.signed_before]
    return Linear(of, sum(before), "bn KZT")


def owed(f: Factors, measure: str, loans: Collection[str], projects: Collection[str], years: Collection[int]) -> Linear:
    """The same from draws on ``projects``; money drawn into funds too belongs to no project and counts where they are
    all there are."""
    whole = len(projects) == len(f.case.projects)
    known = of_loans(f, measure, loans, years, whole=whole)
    drawn = {key: amount for (family, key), amount in known.of.items() if family == DRAWN}
    of: dict[Decision, float] = {("draw", (s, p, y)): amount for (s, y), amount in drawn.items()
                                 for p in f.bounds.drawn_by[s] if p in projects and (s, p, y) in f.bounds.draw}
    if whole:
        of |= {("line", key): amount for key, amount in drawn.items() if key in f.bounds.line}
        of |= {key: amount for key, amount in known.of.items() if key[0] != DRAWN}
    return Linear(of, known.constant, known.unit)


def debt_flows(f: Factors, plan: Plan, measure: str, sources: Iterable[str] | None = None) -> dict[int, float]:
    """Service (with fees on signed amounts), subsidy or year-end stock of a plan's loans by year, over all planned
    years and on to the last maturity or fee, nominal bn KZT."""
    loans = set(f.money.fees) if sources is None else set(sources)
    drawn: dict[tuple[str, int], float] = {}
    for (s, _, y), amount in plan.draw.items():
        if s in loans and (s, y) in f.money.service:
            drawn[s, y] = drawn.get((s, y), 0.0) + amount
    for (s, y), amount in plan.line.items():
        if s in loans:
            drawn[s, y] = drawn.get((s, y), 0.0) + amount
    signed = [s for s in loans if s in f.money.signed_before or plan.signed.get(s, 0.0) > 0]
    last = max([f.case.settings.last_year, *(max(f.money.service[key].stock) for key in drawn),
                *(max(f.money.fees[s], default=0) for s in signed)])
    return {u: of_loans(f, measure, loans, (u,)).on(plan, {DRAWN: drawn})
            for u in range(f.case.settings.plan_from, last + 1)}
