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
        text = Text(f"the national currency falls by {fall} %", f"национальная валюта падает на {fall} %")
        found += _under(base, plan, "currencies", ("", "end"), "multiply", 1.0 / (1.0 - fall / 100.0), text)
    for rise in RISES:
        text = Text(f"reference rates rise by {rise} points", f"базовые ставки растут на {rise} п.п.")
        found += _under(base, plan, "reference_rates", ("", "long_run"), "add", float(rise), text)
    return tuple(found)


def _under(base: Accepted, plan: Plan, sheet: str, columns: tuple[str, ...], operation: str, by: float,
           text: Text) -> list[Stressed]:
    """The years' columns (of no name) and others that are filled (by name, or by the name of their family), changed;
    nothing where the input has none."""
    frame = base.tables.get(sheet).frame
    some = {heading for heading in map(str, frame.columns) if frame[heading].notna().any()}
    filled = [column for column in columns if not column or column in some
              or any(heading.startswith(f"{column}_") for heading in some)]
    if not len(frame):
        return []
    changes = [Change(sheet, "", column, "", operation, by, "stress", "") for column in filled]
    return [_stressed(text, accept_changes(base, changes).factors, base.factors, plan)]


def _stressed(text: Text, f: Factors, before: Factors, plan: Plan) -> Stressed:
    """What is drawn in another currency is the same amount of it, and so another of the home currency."""
    def scale(s: str, y: int) -> float:
        return f.money.exchange[s, y] / before.money.exchange[s, y]

    same = replace(plan, draw={key: amount * scale(key[0], key[2]) for key, amount in plan.draw.items()},
                   line={key: amount * scale(*key) for key, amount in plan.line.items()})
    abroad = [s for s, source in f.case.sources.items() if source.currency != HOME_CURRENCY]
    return Stressed(text, debt_flows(f, same, "debt_service"), debt_flows(f, same, "debt_stock"),
                    debt_flows(f, same, "debt_service", abroad))
