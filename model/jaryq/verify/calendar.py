"""The planned periods and their calendar months (docs/numbers.md, Time)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import fsum

from jaryq.case.case import Settings

HAIR = 1e-9
"""Months typed as decimal fractions may add up to a hair more than a whole period."""


@dataclass(frozen=True)
class Calendar:
    """The planned periods: position 0 is the first period of ``plan_from``."""

    first_year: int
    plan_from: int
    last_year: int
    per_year: int

    @staticmethod
    def of(settings: Settings) -> Calendar:
        return Calendar(settings.first_year, settings.plan_from, settings.last_year, settings.periods_per_year)

    @property
    def months(self) -> int:
        return 12 // self.per_year

    @cached_property
    def years(self) -> range:
        return range(self.plan_from, self.last_year + 1)

    @cached_property
    def count(self) -> int:
        return len(self.years) * self.per_year

    def year(self, position: int) -> int:
        return self.plan_from + position // self.per_year

    def last_of(self, year: int) -> int:
        """Position of the last period of a year."""
        return (year - self.plan_from + 1) * self.per_year - 1

    def part(self, position: int) -> float:
        """How much of its year has passed when the period begins."""
        return (position % self.per_year) / self.per_year

    def month(self, position: int, later: int) -> int:
        """Calendar month (1 is January) that is the ``later``-th after the beginning of a period."""
        return ((position % self.per_year) * self.months + later) % 12 + 1

    def months_in(self, position: int, season: Collection[int]) -> int:
        """How many months of the period lie in the season."""
        return sum(self.month(position, later) in season for later in range(self.months))

    def positions(self) -> dict[str, int]:
        """Position of each label: ``2026``, or ``2026Q1``."""
        labels = [str(y) for y in self.years] if self.per_year == 1 else [f"{y}Q{q}" for y in self.years
                                                                          for q in range(1, self.per_year + 1)]
        return {label: position for position, label in enumerate(labels)}

    def label(self, position: int) -> str:
        """Label of a period, after the last one too (of a plan that is damaged)."""
        return (str(self.year(position)) if self.per_year == 1
                else f"{self.year(position)}Q{position % self.per_year + 1}")


def by_year(rows: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Sums by year, exact, in the order of years."""
    found: dict[int, list[float]] = defaultdict(list)
    for year, amount in rows:
        found[year].append(amount)
    return {year: fsum(amounts) for year, amounts in sorted(found.items())}
