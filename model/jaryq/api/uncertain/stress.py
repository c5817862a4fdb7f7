"""A plan whose money was borrowed as planned, when the exchange rate falls or rates rise: service and stock of its debt
(docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.base.home import HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.factors.debt import debt_flows
from jaryq.factors.derive import Factors
from jaryq.tables.change import Change

FALLS = (10, 20, 30)
"""Percent by which the home currency falls: a unit of the others costs 1/(1 - fall)."""

RISES = (1, 3)
"""Points by which reference rates rise."""


@dataclass(frozen=True)
class Stressed:
    """One stress: its name, service by year and stock on 31 December of each, bn KZT nominal, of it in other
    currencies."""

    text: Text
    service: Mapping[int, float]
    stock: Mapping[int, float]
    foreign: Mapping[int, float]


def stressed(base: Accepted, plan: Plan) -> tuple[Stressed, ...]:
    """The plan as it is, then under each stress. Amounts drawn in other currencies stay what they are there."""
    before = base.factors
    found = [_stressed(Text("as planned", "по плану"), before, before, plan)]
    for fall in FALLS:
        change = Change("currencies", "", "", "", "multiply", 1.0 / (1.0 - fall / 100.0), "stress", "")
        text = Text(f"the tenge falls by {fall} %", f"тенге падает на {fall} %")
        found += _under(base, plan, change, text)
    for rise in RISES:
        change = Change("reference_rates", "", "", "", "add", float(rise), "stress", "")
        text = Text(f"reference rates rise by {rise} points", f"базовые ставки растут на {rise} п.п.")
        found += _under(base, plan, change, text)
    return tuple(found)


def _under(base: Accepted, plan: Plan, change: Change, text: Text) -> list[Stressed]:
    """Nothing where the input has nothing of the kind."""
    if not len(base.tables.get(change.table).frame):
        return []
    return [_stressed(text, accept_changes(base, [change]).factors, base.factors, plan)]


def _stressed(text: Text, f: Factors, before: Factors, plan: Plan) -> Stressed:
    """What is drawn in another currency is the same amount of it, and so another of the home currency."""
    def scale(s: str, y: int) -> float:
        return f.money.exchange[s, y] / before.money.exchange[s, y]

    same = replace(plan, draw={key: amount * scale(key[0], key[2]) for key, amount in plan.draw.items()},
                   line={key: amount * scale(*key) for key, amount in plan.line.items()})
    abroad = [s for s, source in f.case.sources.items() if source.currency != HOME_CURRENCY]
    return Stressed(text, debt_flows(f, same, "debt_service"), debt_flows(f, same, "debt_stock"),
                    debt_flows(f, same, "debt_service", abroad))
