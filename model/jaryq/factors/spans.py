"""The time in which a project brings benefits, as tables: a row for each finish that it can have, a column for each
period, and each year after the planned ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from jaryq.case.case import Case
from jaryq.factors.changes import share_in
from jaryq.factors.failures import Rates
from jaryq.factors.prices import Prices
from jaryq.factors.risk import Risk

Table = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Window:
    """The time in which a project brings benefits: from the period after ``first`` (position of its earliest finish, or
    first open period) to 31 December of ``last``, the same for every start."""

    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Span:
    """Columns: ``years`` whose values count, ``falls`` (the years that the benefit falls in), ``positions`` (past the
    last for later years), ``middles`` (years from 1 January of plan_from), ``weights`` (discounted years). ``counts``
    (rows x columns): whether a column is after the finish; ``since``: years from the end of the works to its middle."""

    years: Whole
    falls: Whole
    positions: Whole
    middles: Table
    weights: Table
    counts: npt.NDArray[np.bool_]
    since: Table

    def present(self, yearly: Table | float) -> Table:
        """Present value of amounts a year (by column, or by row and column), by finish and column."""
        return np.where(self.counts, self.weights * yearly, 0.0)

    def happening(self, rates: Rates) -> tuple[Table, Table]:
        """Failures a year of what waits, by column, and of what is renewed, by row and column."""
        since, back = np.unique(self.since[self.counts], return_inverse=True)
        renewed = np.zeros(self.since.shape)
        renewed[self.counts] = np.array([rates.new(v) for v in since.tolist()])[back]
        return np.array([rates.old(t) for t in self.middles.tolist()]), renewed


class Spans:
    """Spans of a case, and what a unit of a quantity is worth in them (bn KZT of the price year)."""

    def __init__(self, case: Case, prices: Prices, risk: Risk) -> None:
        self.case, self.prices, self.risk = case, prices, risk
        self.k = case.settings.periods_per_year
        self.after = cache(self._after)
        self.late = cache(self._late)
        self.shares = cache(self._shares)
        self.flow = cache(self._flow)
        self.values = cache(self._values)

    def _after(self, window: Window) -> Span:
        """What comes after the works to the end of the window."""
        times = [(position, t, weight) for position, t, weight in self.risk.times(window.last)
                 if position > window.first]
        positions = np.array([position for position, _, _ in times], dtype=np.int64)
        middles, weights = (np.array([time[i] for time in times]) for i in (1, 2))
        years = self.case.settings.plan_from + np.floor(middles).astype(np.int64)
        finishes, ends = self._finishes(window)
        return Span(years, years, positions, middles, weights, positions > finishes[:, None],
                    middles - ends[:, None])

    def _late(self, window: Window, counted: int) -> Span:
        """What a finish after the earliest one is credited: period for period what is given up at the beginning, after
        the common end. The renewed asset goes on ageing from 31 December of ``counted``, where the count of risk
        ended."""
        settings = self.case.settings
        given_up = [period for period in self.case.periods[window.first + 1:] if period.year <= window.last]
        number = np.arange(len(given_up))
        positions = window.first + 1 + number
        end = self.prices.place(window.last, 1.0)
        weights = np.array([self.prices.discount(end + (i + self.prices.timing) / self.k) / self.k
                            for i in number.tolist()])
        finishes, ends = self._finishes(window)
        begun = np.maximum(counted + 1 - settings.plan_from - ends, 0.0)
        return Span(np.array([period.year for period in given_up], dtype=np.int64), window.last + 1 + number // self.k,
                    positions, (positions + 0.5) / self.k, weights, positions <= finishes[:, None],
                    begun[:, None] + (number + 0.5) / self.k)

    def _finishes(self, window: Window) -> tuple[Whole, Table]:
        """Position and end of each finish from the earliest one on."""
        finishes = np.arange(window.first, len(self.case.periods))
        return finishes, (finishes + 1) / self.k

    def once(self, quantity: str, region: str | None, window: Window) -> tuple[Whole, Table]:
        """Years, and what a unit brings that comes once at the end of the works: a row and column for each finish."""
        settings, periods = self.case.settings, self.case.periods[window.first:]
        start = settings.plan_from - settings.first_year
        worth = [self.prices.discount(start + self.risk.end(period.position))
                 * self.risk.values.at(quantity, region, period.year) for period in periods]
        return np.array([period.year for period in periods], dtype=np.int64), np.diag(worth)

    def _flow(self, quantity: str, region: str | None, span: Span) -> Table:
        """What a unit brings a year, by column: of a year's flow over the months of its season."""
        return self.shares(quantity)[span.positions] * self.values(quantity, region, span)

    def _shares(self, quantity: str) -> Table:
        """A year's flow at the rate of each period, and of a later year, over a mean one."""
        q, count = self.case.quantities[quantity], len(self.case.periods)
        return np.array([*(share_in(self.case, q, i) * self.k for i in range(count)), 1.0])

    def _values(self, quantity: str, region: str | None, span: Span) -> Table:
        """What a unit is worth in the years of the columns. Raises KeyError before the first year with a value."""
        return np.array([self.risk.values.at(quantity, region, year) for year in span.years.tolist()])
