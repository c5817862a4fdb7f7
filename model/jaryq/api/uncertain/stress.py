"""A plan whose money was borrowed as planned, when the exchange rate falls or rates rise: service and stock of its
debt, under stated stresses and over draws of the uncertain rates (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

import numpy as np

from jaryq.api.accepted import Accepted, accept_changes
from jaryq.api.uncertain.batches import Order, accepted_of, batches, order_of
from jaryq.base.counted import POINTS, counted
from jaryq.base.errors import InputRejected
from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.case.uncertain import Uncertain, changes_of_draw
from jaryq.factors.debt import debt_flows
from jaryq.factors.derive import Factors
from jaryq.handover.uncertain.stress import Fan, Lines
from jaryq.rules.feasible import OF_FUTURES
from jaryq.tables.change import Change
from jaryq.uncertainty.draws import draws
from jaryq.uncertainty.pieces import Answer, Piece, Work, in_turn

FALLS = (10, 20, 30)
"""Percent by which the home currency falls: a unit of the others costs 1/(1 - fall)."""

RISES = (1, 3)
"""Points by which reference rates rise."""

RATES = ("currencies", "reference_rates")
"""Sheets of rates, whose draws make the fan; nothing else moves."""

LEVELS = (10, 25, 50, 75, 90)
"""Percentiles of the fan."""

FLOWS = 6
"""Flows of a plan by year: service and stock of debt, of it in other currencies, draws, of them from abroad."""

AS_PLANNED = Text("as planned", "по плану"), Text("as planned", "по плану")


def stressed(base: Accepted, plan: Plan, work: Work = in_turn) -> tuple[Lines, ...]:
    """The plan as it is, then under each stress. Amounts drawn in other currencies stay what they are there."""
    cases: list[tuple[tuple[Text, Text], tuple[Change, ...]]] = [(AS_PLANNED, ())]
    for fall in FALLS:
        text = (Text(f"the national currency falls by {fall} %", f"национальная валюта падает на {fall} %"),
                Text(f"currency -{fall}\u00a0%", f"валюта -{fall}\u00a0%"))
        cases += _case(base, "currencies", ("", "end"), "multiply", 1.0 / (1.0 - fall / 100.0), text)
    for rise in RISES:
        text = (Text(f"reference rates rise by {counted(rise, *POINTS).en}",
                     f"базовые ставки растут на {counted(rise, *POINTS).ru}"),
                Text(f"rates +{counted(rise, *POINTS).en}", f"ставки +{rise} п.п."))
        cases += _case(base, "reference_rates", ("", "long_run"), "add", float(rise), text)
    order = _order(base, plan)
    answers = work([Piece(flows_under, (order, (changes,)), f"{order.key} {changes!r}") for _, changes in cases])
    return tuple(Lines(*text, *flows) for (text, _), answer in zip(cases, answers, strict=True)
                 for flows in _flows_of(answer))


def fan_of(base: Accepted, plan: Plan, rows: Sequence[Uncertain], lines: Sequence[Lines], count: int, seed: int,
           work: Work = in_turn) -> Fan | None:
    """Percentiles by year over ``count`` draws of the uncertain rates, those that an ensemble of as many draws and this
    seed has; where none are stated the stresses of the currency are the levels. None where there is nothing to
    spread."""
    if count and any(row.sheet in RATES for row in rows):
        of_rates = [i for i, row in enumerate(rows) if row.sheet in RATES]
        every = [changes_of_draw([rows[i] for i in of_rates], [values[i] for i in of_rates])
                 for values in draws(rows, count, seed).values.tolist()]
        order = _order(base, plan)
        parts = [tuple(every[number] for number in numbers) for numbers in batches(count)]
        answers = work([Piece(flows_under, (order, part), f"{order.key} {part!r}") for part in parts])
        found = [flows for answer in answers for flows in _flows_of(answer)]
        if found:
            return Fan(tuple(Text(f"P{level}", f"P{level}") for level in LEVELS),
                       _percentiles([service for service, *_ in found]),
                       _percentiles([stock for _, stock, *_ in found]), len(found))
    falls = lines[:1 + len(FALLS)]
    if len(falls) <= len(FALLS) or falls[0].stock == falls[-1].stock:
        return None
    return Fan(tuple(one.short for one in falls), tuple(one.service for one in falls),
               tuple(one.stock for one in falls))


_HERE: WeakValueDictionary[str, Accepted] = WeakValueDictionary()
"""The case of an order where this process has it already."""


def _order(base: Accepted, plan: Plan) -> Order:
    order = order_of(base, plan, (), ())
    _HERE[order.key] = base
    return order


def flows_under(order: Order, every: Sequence[Sequence[Change]]) -> Answer:
    """The years, and the flows of the plan under each list of changes: lists x flows x years; not a number where a flow
    has nothing in a year. A list of changes that cannot be together is left out; an ensemble tells which."""
    base = _HERE.get(order.key) or accepted_of(order)
    found = []
    for changes in every:
        try:
            factors = accept_changes(base, changes, past=OF_FUTURES).factors if changes else base.factors
        except InputRejected:
            continue
        found.append(_stressed(factors, base.factors, order.plan))
    years = sorted({year for flows in found for flow in flows for year in flow})
    return np.array(years, dtype=np.float64), np.array(
        [[[flow.get(year, np.nan) for year in years] for flow in flows] for flows in found],
        dtype=np.float64).reshape(len(found), FLOWS, len(years))


def _flows_of(answer: Answer) -> list[list[dict[int, float]]]:
    """By list of changes and flow: the amounts of years."""
    years = [int(year) for year in answer[0].tolist()]
    return [[{year: amount for year, amount in zip(years, flow, strict=True) if amount == amount}
             for flow in flows] for flows in answer[1].tolist()]


def _percentiles(flows: Sequence[Mapping[int, float]]) -> tuple[dict[int, float], ...]:
    """By level: of each year apart (type 7 of Hyndman and Fan 1996)."""
    years = sorted({year for flow in flows for year in flow})
    amounts = np.array([[flow.get(year, 0.0) for year in years] for flow in flows]).reshape(len(flows), len(years))
    return tuple(dict(zip(years, of.tolist(), strict=True)) for of in np.percentile(amounts, LEVELS, axis=0))


def _case(base: Accepted, sheet: str, columns: tuple[str, ...], operation: str, by: float,
          text: tuple[Text, Text]) -> list[tuple[tuple[Text, Text], tuple[Change, ...]]]:
    """The years' columns (of no name) and others that are filled (by name, or by the name of their family), changed;
    nothing where the input has none."""
    table = base.tables.get(sheet)
    some = set(filter(table.holds, table.values))
    filled = [column for column in columns if not column or column in some
              or any(heading.startswith(f"{column}_") for heading in some)]
    if not len(table):
        return []
    return [(text, tuple(Change(sheet, "", column, "", operation, by, "stress", "") for column in filled))]


def _stressed(f: Factors, before: Factors, plan: Plan) -> tuple[Mapping[int, float], ...]:
    """What is drawn in another currency is the same amount of it, and so another of the home currency."""
    def scale(s: str, y: int) -> float:
        return f.money.exchange[s, y] / before.money.exchange[s, y]

    same = replace(plan, draw={key: amount * scale(key[0], key[2]) for key, amount in plan.draw.items()},
                   line={key: amount * scale(*key) for key, amount in plan.line.items()})
    sources = f.case.sources
    other = [s for s, source in sources.items() if source.in_foreign_currency]
    paid = [(s, y, amount) for (s, _, y), amount in same.draw.items()]
    return (debt_flows(f, same, "debt_service"), debt_flows(f, same, "debt_stock"),
            debt_flows(f, same, "debt_service", other), debt_flows(f, same, "debt_stock", other),
            _by_year(paid), _by_year((s, y, amount) for s, y, amount in paid if sources[s].foreign))


def _by_year(paid: Iterable[tuple[str, int, float]]) -> dict[int, float]:
    found: dict[int, float] = {}
    for _, year, amount in paid:
        found[year] = found.get(year, 0.0) + amount
    return found
