"""A plan whose money was borrowed as planned, when the exchange rate falls or rates rise: service and stock of its
debt, under stated stresses and over draws of the uncertain rates (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from jaryq.api.accepted import Accepted, accept_changes
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

FALLS = (10, 20, 30)
"""Percent by which the home currency falls: a unit of the others costs 1/(1 - fall)."""

RISES = (1, 3)
"""Points by which reference rates rise."""

RATES = ("currencies", "reference_rates")
"""Sheets of rates, whose draws make the fan; nothing else moves."""

LEVELS = (10, 25, 50, 75, 90)
"""Percentiles of the fan."""

EVERY = 20
"""Draws after which it is said how far it is."""

AS_PLANNED = Text("as planned", "по плану"), Text("as planned", "по плану")


def stressed(base: Accepted, plan: Plan) -> tuple[Lines, ...]:
    """The plan as it is, then under each stress. Amounts drawn in other currencies stay what they are there."""
    before = base.factors
    found = [_stressed(AS_PLANNED, before, before, plan)]
    for fall in FALLS:
        text = (Text(f"the national currency falls by {fall} %", f"национальная валюта падает на {fall} %"),
                Text(f"currency -{fall}\u00a0%", f"валюта -{fall}\u00a0%"))
        found += _under(base, plan, "currencies", ("", "end"), "multiply", 1.0 / (1.0 - fall / 100.0), text)
    for rise in RISES:
        text = (Text(f"reference rates rise by {counted(rise, *POINTS).en}",
                     f"базовые ставки растут на {counted(rise, *POINTS).ru}"),
                Text(f"rates +{counted(rise, *POINTS).en}", f"ставки +{rise} п.п."))
        found += _under(base, plan, "reference_rates", ("", "long_run"), "add", float(rise), text)
    return tuple(found)


def fan_of(base: Accepted, plan: Plan, rows: Sequence[Uncertain], lines: Sequence[Lines], count: int, seed: int,
           going: Callable[[int, int], None] = lambda done, of: None) -> Fan | None:
    """Percentiles by year over ``count`` draws of the uncertain rates, those that an ensemble of as many draws and this
    seed has; where none are stated the stresses of the currency are the levels. None where there is nothing to
    spread."""
    if count and any(row.sheet in RATES for row in rows):
        found = []
        for number, values in enumerate(draws(rows, count, seed).values.tolist(), 1):
            of_rates = [(row, value) for row, value in zip(rows, values, strict=True) if row.sheet in RATES]
            changes = changes_of_draw([row for row, _ in of_rates], [value for _, value in of_rates])
            try:
                factors = accept_changes(base, changes, past=OF_FUTURES).factors
            except InputRejected:  # rates that cannot be together; an ensemble tells which
                continue
            found.append(_stressed(AS_PLANNED, factors, base.factors, plan))
            if number % EVERY == 0 or number == count:
                going(number, count)
        if found:
            return Fan(tuple(Text(f"P{level}", f"P{level}") for level in LEVELS),
                       _percentiles([one.service for one in found]), _percentiles([one.stock for one in found]),
                       len(found))
    falls = lines[:1 + len(FALLS)]
    if len(falls) <= len(FALLS) or falls[0].stock == falls[-1].stock:
        return None
    return Fan(tuple(one.short for one in falls), tuple(one.service for one in falls),
               tuple(one.stock for one in falls))


def _percentiles(flows: Sequence[Mapping[int, float]]) -> tuple[dict[int, float], ...]:
    """By level: of each year apart (type 7 of Hyndman and Fan 1996)."""
    years = sorted({year for flow in flows for year in flow})
    amounts = np.array([[flow.get(year, 0.0) for year in years] for flow in flows]).reshape(len(flows), len(years))
    return tuple(dict(zip(years, of.tolist(), strict=True)) for of in np.percentile(amounts, LEVELS, axis=0))


def _under(base: Accepted, plan: Plan, sheet: str, columns: tuple[str, ...], operation: str, by: float,
           text: tuple[Text, Text]) -> list[Lines]:
    """The years' columns (of no name) and others that are filled (by name, or by the name of their family), changed;
    nothing where the input has none."""
    table = base.tables.get(sheet)
    some = set(filter(table.holds, table.values))
    filled = [column for column in columns if not column or column in some
              or any(heading.startswith(f"{column}_") for heading in some)]
    if not len(table):
        return []
    changes = [Change(sheet, "", column, "", operation, by, "stress", "") for column in filled]
    return [_stressed(text, accept_changes(base, changes, past=OF_FUTURES).factors, base.factors, plan)]


def _stressed(text: tuple[Text, Text], f: Factors, before: Factors, plan: Plan) -> Lines:
    """What is drawn in another currency is the same amount of it, and so another of the home currency."""
    def scale(s: str, y: int) -> float:
        return f.money.exchange[s, y] / before.money.exchange[s, y]

    same = replace(plan, draw={key: amount * scale(key[0], key[2]) for key, amount in plan.draw.items()},
                   line={key: amount * scale(*key) for key, amount in plan.line.items()})
    sources = f.case.sources
    other = [s for s, source in sources.items() if source.in_foreign_currency]
    paid = [(s, y, amount) for (s, _, y), amount in same.draw.items()]
    return Lines(*text, debt_flows(f, same, "debt_service"), debt_flows(f, same, "debt_stock"),
                 debt_flows(f, same, "debt_service", other), debt_flows(f, same, "debt_stock", other),
                 _by_year(paid), _by_year((s, y, amount) for s, y, amount in paid if sources[s].foreign))


def _by_year(paid: Iterable[tuple[str, int, float]]) -> dict[int, float]:
    found: dict[int, float] = {}
    for _, year, amount in paid:
        found[year] = found.get(year, 0.0) + amount
    return found
