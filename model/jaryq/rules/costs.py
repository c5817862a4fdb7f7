"""What works cost at least, whoever pays: found once for all factors with the same works at the same prices (see
``reach.py``). Nominal bn KZT."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from jaryq.base.once import once_beside
from jaryq.factors.derive import Factors
from jaryq.factors.schedule import Start
from jaryq.factors.works import Works

ByYear = Mapping[int, float]
Priced = tuple[Mapping[tuple[str, str], ByYear], Mapping[tuple[str, int], float], Mapping[tuple[str, int], float]]
"""Outlays of starts, costs of km, savings of trenches (see ``Money``)."""


@dataclass(frozen=True, eq=False)
class Costs:
    """``starts``: of each facility; ``years``: in which each package may be renewed; ``trenches``: that make it
    cheaper; ``priced``: what all of it costs."""

    starts: Mapping[str, Sequence[Start]]
    years: Mapping[str, Sequence[int]]
    trenches: Mapping[str, Sequence[str]]
    priced: Priced
    cheapest_by: dict[int, Mapping[str, float]] = field(default_factory=dict)
    least_of: dict[tuple[tuple[str, ...], int, int], float] = field(default_factory=dict)

    def spending(self, start: Start, p: str, first: int, last: int) -> float:
        """Outlay of a facility from one of its starts in the years ``first..last``."""
        return math.fsum([amount for u, amount in self.priced[0][p, start.period.label].items() if first <= u <= last])

    def least(self, rows: Collection[str], first: int, last: int) -> float:
        """Least that a commitment costs in these years, whichever of its rows is done."""
        key = (tuple(rows), first, last)
        if key not in self.least_of:
            self.least_of[key] = min((min((self.spending(start, p, first, last) for start in self.starts[p]),
                                          default=0.0) for p in rows), default=0.0)
        return self.least_of[key]

    def most(self, p: str, first: int, last: int) -> float:
        """Most that a facility can cost in these years."""
        return max((self.spending(start, p, first, last) for start in self.starts[p]), default=0.0)

    def cheapest(self, last: int) -> Mapping[str, float]:
        """Least that a facility in service by the end of ``last`` has cost by then, and a km of a package renewed by
        then; 0 of what cannot be."""
        if last not in self.cheapest_by:
            _, km_cost, saving = self.priced
            found = {p: min((total if year <= last else self.spending(start, p, 0, last)
                             for start, year, total in starts if start.finish.year <= last), default=0.0)
                     for p, starts in self._whole.items()}
            for n, years in self.years.items():
                mine = self.trenches.get(n, ())
                found[n] = min((km_cost[n, u] - math.fsum(saving[k, u] for k in mine) for u in years if u <= last),
                               default=0.0)
            self.cheapest_by[last] = found
        return self.cheapest_by[last]

    @cached_property
    def _whole(self) -> Mapping[str, Sequence[tuple[Start, int, float]]]:
        """The starts of each facility with the last year of their outlays and the sum of all of them."""
        return {p: [(start, max(spent, default=0), math.fsum(spent.values())) for start in starts
                    for spent in (self.priced[0][p, start.period.label],)] for p, starts in self.starts.items()}


def costs_of(f: Factors) -> Costs:
    """What the works of a case cost."""
    return _costs(f.works, (f.money.outlay, f.money.km_cost, f.money.trench_saving))


@once_beside
def _costs(works: Works, priced: Priced) -> Costs:
    years = {n: sorted({works.period_year[t] for t in labels}) for n, labels in works.open.items()}
    trenches: dict[str, list[str]] = {}
    for key, trench in works.trenches.items():
        trenches.setdefault(trench.package, []).append(key)
    return Costs(works.starts, years, trenches, priced)
