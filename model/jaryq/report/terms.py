"""What a loan costs as lenders compare it: the all-in cost of its flows, and the grant element."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from jaryq.case.case import Case, ReferenceRate, Source
from jaryq.factors.account import account, drawn_on, flows_of_draw, flows_of_signed, received
from jaryq.factors.dues import cost_of_draw, cost_of_signed
from jaryq.factors.loans import drawn_at, new_loan, signed_in
from jaryq.report.amounts import Amounts
from jaryq.report.debt import draws_of, signed_of

LEAST, MOST, STEPS = -0.9, 10.0, 400
"""Bounds of an all-in cost."""

NOTHING = 1e-12
"""Part of all flows within which they add up to nothing."""

RATES = [math.expm1(math.log1p(LEAST) + i / STEPS * (math.log1p(MOST) - math.log1p(LEAST))) for i in range(STEPS + 1)]
"""Rates between them, between which a change of sign is looked for."""


@dataclass(frozen=True)
class Basis:
    """For which draws a cost is computed: bn of the currency by year, the amount on which fees fall; ``plan``: those of
    the plan."""

    draws: Mapping[int, float]
    signed: float
    plan: bool


def basis(found: Amounts, source: Source) -> Basis | None:
    """The plan's own draws, or one unit in the first year of the source; None where it can never be drawn."""
    draws = draws_of(found, source.id)
    if draws:
        return Basis(draws, signed_of(found, source), True)
    years = found.factors.bounds.years[source.id]
    if not years or (source.kind == "loan" and source.tenor <= 0):
        return None
    return Basis({years[0]: 1.0}, 1.0 if new_loan(source, found.case.settings.plan_from) else 0.0, False)


def all_in(source: Source, given: Basis, references: Mapping[str, ReferenceRate], plan_from: int) -> float | None:
    """Effective yearly rate at which draws less fees and all payments, the State's part included, have value zero; None
    if there is none.

    Commitment fees are paid at the end of their year; fees before the first planned year are past.
    """
    drawn = [(at, amount * each) for year, amount in given.draws.items()
             for at, each in received(flows_of_draw(source, year, references, 0)).items()]
    fees = [(flow.at, -flow.amount) for flow in flows_of_signed(source, given.signed, given.draws, plan_from, 0)]
    return root(drawn + fees if given.signed > 0 else drawn)


def root(flows: list[tuple[float, float]]) -> float | None:
    """The least rate at which flows (time in years, amount) come to have value zero, by halving: fees that are paid
    before the first draw make a second one, beyond all sense. None where the value has no change of sign."""
    start = min(time for time, _ in flows)
    after = [(time - start, amount) for time, amount in flows]

    def value(rate: float) -> float:
        force = math.log1p(rate)
        return math.fsum([amount * math.exp(-later * force) for later, amount in after])

    above = next((i for i in range(_surely_below(after), STEPS + 1) if value(RATES[i]) > 0.0), 0)
    if not above:
        return None
    low, high = RATES[above - 1], RATES[above]
    if low <= 0.0 <= high and abs(value(0.0)) <= NOTHING * math.fsum(abs(amount) for _, amount in after):
        return 0.0  # what is drawn is paid back: halving would leave the rounding of its last step
    for _ in range(200):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        low, high = (middle, high) if value(middle) < 0.0 else (low, middle)
    return (low + high) / 2.0


def _surely_below(flows: list[tuple[float, float]]) -> int:
    """How many of the first rates leave a value below zero, told from all at once and in digits enough for that."""
    times, amounts = np.array(flows).T
    worth = amounts * np.exp(-np.outer(np.log1p(RATES), times))
    near = np.flatnonzero(worth.sum(axis=1) > -1e-9 * np.abs(worth).sum(axis=1))
    return int(near[0]) if len(near) else STEPS + 1


def grant_element(source: Source, year: int, references: Mapping[str, ReferenceRate], discount: float) -> float:
    """Face less the present value of service and fees, over the face: everything drawn at signing (in ``year``),
    ``discount`` effective a year, the same for every currency (IMF and World Bank: 5 % since 2013)."""
    signing = replace(source, clock="cohort", signing_year=year, available_to=year)
    begins = drawn_on(signing, year, year)
    paid = received(flow for flow in account(signing, 1.0, {year: 1.0}, references, year, year) if flow.part != "drawn")
    return 1.0 + math.fsum(amount * (1.0 + discount) ** (begins - at) for at, amount in paid.items())


def price(found: Amounts, source: Source) -> tuple[float | None, float | None]:
    """Present value of what one nominal KZT drawn costs the purse, fees on the signed amount included (an average over
    the draws, or of one unit drawn in the first year; a closed source at its own terms), and its grant element in
    percent: of a loan at the discount of the settings, of money that is not paid back all of it."""
    given = basis(found, source)
    if given is None:
        return None, None
    prices, service = found.factors.prices, found.factors.money.service
    kzt = {y: amount * prices.exchange_at(source.currency, drawn_at(source, y, prices))
           for y, amount in given.draws.items()}
    total = math.fsum(kzt.values())
    fees = given.signed * cost_of_signed(source, prices) if source.kind == "loan" and given.signed else 0.0
    cost = math.fsum([*(amount * cost_of_draw(source, y, prices, service.get((source.id, y)))
                        for y, amount in kzt.items()), fees])
    element = element_of(found.case, source)
    return cost / total, None if element is None else 100.0 * element


def element_of(case: Case, source: Source) -> float | None:
    """Grant element by the settings: of a loan all drawn at its signing, of a grant all of it; None of what is
    neither."""
    if source.kind != "loan":
        return 1.0 if source.kind == "grant" else None
    return grant_element(source, signed_in(source), case.references, case.settings.grant_discount)
