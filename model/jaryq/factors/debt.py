"""What the loans of a plan lead to: service, subsidy and stock of its draws, fees on its signed amounts
(docs/numbers.md: Loans, Targets)."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from jaryq.base.home import BILLION
from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear
from jaryq.factors.loans import amount_signed, drawn_at, signed_in

DRAWN = "drawn"
"""Family of what is drawn of a loan in a year in all, ``("drawn", (s, y))``, nominal bn KZT."""


Mine = Callable[[str, str | None], bool]
"""Whether what a loan pays for a project is meant (None: its lines and signed amount)."""


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
        return Linear(of, 0.0, BILLION)
    fees = {s: math.fsum(f.money.fees[s].get(u, 0.0) for u in years) for s in f.money.fees if s in loans}
    of |= {("signed", (s,)): fee for s, fee in fees.items() if fee and s in f.signing}
    before = [amount_signed(f.case.sources[s]) * fee for s, fee in fees.items() if s in f.money.signed_before]
    return Linear(of, sum(before), BILLION)


def owed(f: Factors, measure: str, loans: Collection[str], projects: Collection[str], years: Collection[int],
         mine: Mine = lambda s, p: True, among: Mapping[str, Sequence[str]] | None = None) -> Linear:
    """The same from draws on ``projects``, of what is meant by ``mine``; money drawn into funds and signed amounts
    belong to no project and count where they are all there are. ``among``: the projects to look at, by loan (none: all
    that it may pay for)."""
    among = f.bounds.drawn_by if among is None else among
    every = len(projects) == len(f.case.projects)
    whole = [s for s in loans if every and mine(s, None)]
    known = of_loans(f, measure, whole, years)
    drawn = {key: amount for (family, key), amount in known.of.items() if family == DRAWN}
    if len(whole) < len(loans):
        rest = of_loans(f, measure, [s for s in loans if s not in whole], years, whole=False)
        drawn |= {key: amount for (_, key), amount in rest.of.items()}
    of: dict[Decision, float] = {("draw", (s, p, y)): amount for (s, y), amount in sorted(drawn.items())
                                 for p in among.get(s, ()) if p in projects and f.bounds.has_draw(s, p, y)
                                 and mine(s, p)}
    of |= {("line", key): amount for key, amount in drawn.items() if key[0] in whole and key in f.bounds.line}
    of |= {key: amount for key, amount in known.of.items() if key[0] != DRAWN}
    return Linear(of, known.constant, known.unit)


def signed_amount(f: Factors, s: str) -> Linear:
    """What is signed of a new loan, nominal bn KZT at its signing; of one whose signed amount is not decided all that
    is drawn."""
    source = f.case.sources[s]
    rate = f.prices.exchange_at(source.currency, drawn_at(source, signed_in(source), f.prices))
    if s in f.signing:
        return Linear({("signed", (s,)): rate}, 0.0, BILLION)
    of: dict[Decision, float] = {("draw", key): rate / f.money.exchange[s, key[2]] for key in f.bounds.draw
                                 if key[0] == s}
    of |= {("line", key): rate / f.money.exchange[key] for key in sorted(f.bounds.line) if key[0] == s}
    return Linear(of, 0.0, BILLION)


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
