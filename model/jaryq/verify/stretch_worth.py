"""What the condition of stretches is worth: bursts avoided in money and in quantities, period by period
(docs/numbers.md, Stretches; Condition and risk)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum

import numpy as np

from jaryq.case.case import Package
from jaryq.case.stretches import Floats
from jaryq.case.works import Bursts
from jaryq.verify.funding import sector_of
from jaryq.verify.health import bursts as rate_of
from jaryq.verify.horizon import Horizon
from jaryq.verify.risk import Risk
from jaryq.verify.unit_values import SECTORS_OF, UnitValues, charged_elsewhere, worth_something

PIECE = 65_536
KZT = 1e-9


class Counted:
    """Where and how much a burst counts for a package: of each period of renewal the moments, with what a burst a year
    weighs there, to the end of a last year."""

    def __init__(self, risk: Risk, horizon: Horizon, package: Package, opened: Sequence[int]) -> None:
        self.risk, self.package, self.opened = risk, package, tuple(opened)
        self.calendar, self.prices = risk.calendar, risk.prices
        self.first, self.last = horizon.first_open(package), horizon.last_of(package)
        self.values = UnitValues(risk.prices)
        case = risk.case
        sector = sector_of(case, package)
        self.valued = [(key, of) for key, of in case.quantities.items()
                       if (of.derived == "bursts" or (of.derived == "not_supplied"
                                                      and sector in SECTORS_OF.get(of.unit, ())))
                       and worth_something(of, package.region) and not charged_elsewhere(case, key, package)]

    def terms(self, finished: int, last: int) -> list[tuple[int, int, float, float, float]]:
        """Place of the moment, its year, its middle, years since the end of the works, and weight of a burst a year:
        what is avoided, and what a late finish gave up and is credited."""
        end, k = self.risk.ended(finished), self.calendar.per_year
        found = [(place, moment.year, moment.middle, moment.middle - end, moment.worth)
                 for place, moment in self.risk.moments_after(finished, min(last, self.last))]
        begin = self.last + 1 - self.prices.first_year
        old = max(min(self.last, last) + 1.0 - self.calendar.plan_from - end, 0.0)
        for i, given_up in enumerate(range(self.first + 1, finished + 1), start=1):
            year = self.calendar.year(given_up)
            if year <= min(self.last, last):
                weight = self.prices.discount(begin + (i - 1 + self.prices.half) / k) / k
                found.append((given_up, year, (given_up + 0.5) / k, old + (i - 0.5) / k, weight))
        return found

    def of_quantities(self, lost: float | None) -> Callable[[int], float]:
        """bn KZT of the price year that a burst is worth in a year, by the quantities it moves."""
        region = self.package.region

        def worth(year: int) -> float:
            return fsum(KZT * self.values.of(key, region, year) * (1.0 if of.derived == "bursts" else lost or 0.0)
                        for key, of in self.valued)
        return worth


def of_condition(counted: Counted, bursts: Bursts, rate: Floats, consequence: Floats) -> Floats:
    """Worth of the condition of each stretch by period of renewal; ``rate`` before calibration, ``consequence`` without
    what is not supplied."""
    risk, calendar = counted.risk, counted.calendar
    each = consequence + (bursts.lost or 0.0) * bursts.lost_value
    found = np.zeros((len(rate), len(counted.opened)))
    first, last = calendar.last_year + 1, risk.case.settings.evaluation_last_year
    ends = np.full(len(rate), last)
    if np.isfinite(bursts.replace_at):
        for year in range(last, first - 1, -1):
            grown = np.minimum(bursts.most, rate * (1.0 + bursts.growth) ** float(year - calendar.plan_from))
            ends[grown * bursts.calibration >= bursts.replace_at] = year - 1
    worth = counted.of_quantities(bursts.lost)
    for end in np.unique(ends):
        members = np.flatnonzero(ends == end)
        rows = [counted.terms(t, int(end)) for t in counted.opened]
        middles = sorted({middle for terms in rows for _, _, middle, _, _ in terms})
        at = {middle: place for place, middle in enumerate(middles)}
        money, derived = np.zeros((len(middles), len(rows))), np.zeros((len(middles), len(rows)))
        new = np.zeros((2, len(rows)))
        for column, terms in enumerate(rows):
            for _, year, middle, since, weight in terms:
                price, fresh = worth(year), rate_of(bursts, since, new=True)
                money[at[middle], column] += weight
                derived[at[middle], column] += weight * price
                new[:, column] += (weight * fresh, weight * price * fresh)
        growth = np.power(1.0 + bursts.growth, np.array(middles))
        for start in range(0, len(members), PIECE):
            some = members[start:start + PIECE]
            old = bursts.calibration * np.minimum(bursts.most, np.outer(rate[some], growth))
            found[some] = each[some, None] * (old @ money - new[0]) + old @ derived - new[1]
    return found
