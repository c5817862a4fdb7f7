"""The account of a loan as dated flows by part: what a draw leads to, what a signed amount costs and what draws save of
it, per unit of its currency (docs/numbers.md: Loans). The one place where a fee is put to its date."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from jaryq.case.case import ReferenceRate, Source
from jaryq.factors.loans import commitment, schedule, signed_in
from jaryq.factors.prices import POINTS

FEES = ("guarantee", "premium", "front_end", "commitment")
PAID = ("principal", "interest", "state", *FEES)
"""What is paid: ``interest`` by the borrower, ``state``: the part of it that the State pays."""
PARTS = ("drawn", "capitalised", *PAID)


class Flow(NamedTuple):
    """One flow: the year it belongs to, its date in years after 1 January of the year that is counted from, its part of
    the account, how much."""

    year: int
    at: float
    part: str
    amount: float


def drawn_on(source: Source, year: int, since: int) -> float:
    """The date of a draw of ``year``, or of the signing in it; ``since``: the year from which dates count."""
    return year - since + POINTS[source.draw_timing]


def flows_of_draw(source: Source, year: int, references: Mapping[str, ReferenceRate], since: int) -> Iterator[Flow]:
    """One unit drawn in ``year``, its premium, and all payments in the order of their dates; dates count from
    ``since``."""
    begins = drawn_on(source, year, since)
    yield Flow(year, begins, "drawn", 1.0)
    yield Flow(year, begins, "premium", source.premium)
    for pay in schedule(source, year, references):
        paid, at = year + pay.later, begins + pay.after
        yield Flow(paid, at, "capitalised", pay.capitalised)
        yield Flow(paid, at, "principal", pay.principal)
        yield Flow(paid, at, "interest", pay.interest - pay.capitalised - pay.subsidy)
        yield Flow(paid, at, "state", pay.subsidy)
        yield Flow(paid, at, "guarantee", pay.guarantee)


def flows_of_signed(source: Source, signed: float, draws: Mapping[int, float], plan_from: int,
                    since: int) -> Iterator[Flow]:
    """Fees on what is ``signed`` of a loan that is drawn so in each year, from the first planned year on: the front-end
    fee at the signing, commitment fees on 31 December on what is not drawn yet."""
    for year in range(plan_from, source.available_to + 1):
        saved = [amount * commitment(source, year, drawn=drawn) for drawn, amount in draws.items() if drawn <= year]
        undrawn = signed * commitment(source, year) - math.fsum(saved)
        if year == signed_in(source):
            yield Flow(year, drawn_on(source, year, since), "front_end", source.front_end * signed)
        yield Flow(year, year - since + 1.0, "commitment", source.commitment_fee * undrawn)


def account(source: Source, signed: float, draws: Mapping[int, float], references: Mapping[str, ReferenceRate],
            plan_from: int, since: int) -> Iterator[Flow]:
    """All flows of a loan that is drawn so in each year, with the fees on what is ``signed`` of it (0: no fees)."""
    for year, amount in draws.items():
        for flow in flows_of_draw(source, year, references, since):
            yield flow._replace(amount=amount * flow.amount)
    if signed:
        yield from flows_of_signed(source, signed, draws, plan_from, since)


def received(flows: Iterable[Flow]) -> dict[float, float]:
    """What flows bring the borrower, by their date: what is drawn; what is paid is negative."""
    found: dict[float, list[float]] = {}
    for flow in flows:
        if flow.part == "drawn" or flow.part in PAID:
            found.setdefault(flow.at, []).append(flow.amount if flow.part == "drawn" else -flow.amount)
    return {at: math.fsum(amounts) for at, amounts in found.items()}
