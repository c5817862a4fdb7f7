"""What many futures say of a plan (docs/numbers.md: Deciding before knowing): how its figures spread, how often it is
kept whole, what drives the spread, what is chosen whatever comes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from jaryq.base.text import Text
from jaryq.solve.lp import Array
from jaryq.solve.unfunded import UNFUNDED
from jaryq.uncertainty.dividing import Flags
from jaryq.uncertainty.draws import Draws
from jaryq.uncertainty.outcomes import MANNED, ORDERED, Judged, Outcome, as_array
from jaryq.uncertainty.rank import spearman_of

PERCENTILES = (10.0, 50.0, 90.0)

SOME = 1e-6
"""Less than this of money or of a share is none."""


@dataclass(frozen=True)
class Spread:
    """P10, P50 and P90 of a figure over the futures that can be (linear between neighbours in order: Hyndman and Fan
    1996, type 7), its mean, and over how many futures."""

    low: float
    median: float
    high: float
    mean: float
    count: int


@dataclass(frozen=True)
class Chosen:
    """How much of a project the best plans take on average, in what part of them at least half, and the spread of the
    year of its start where it is taken (None: never)."""

    share: float
    often: float
    year: Spread | None


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Futures with what came out. ``keys``: figures in order; ``whole``: whole plans of some of them, by their
    number."""

    draws: Draws
    judged: tuple[Judged, ...]
    keys: tuple[str, ...]
    whole: Mapping[int, Outcome] = field(default_factory=dict)

    @cached_property
    def stands(self) -> Array:
        """Figures of the plan as it stands, futures x figures."""
        return as_array([one.stands for one in self.judged], self.keys)

    @cached_property
    def best(self) -> Array:
        """Figures of the best plans, futures x figures."""
        return as_array([one.best for one in self.judged], self.keys)

    @property
    def impossible(self) -> int:
        """How many draws cannot be."""
        return sum(1 for one in self.judged if one.impossible is not None)

    @property
    def possible(self) -> int:
        return len(self.judged) - self.impossible

    @property
    def without(self) -> tuple[int, int]:
        """In how many futures that can be the plan as it stands does not go on, and no plan at all exists."""
        can = [one for one in self.judged if one.impossible is None]
        return sum(1 for one in can if one.stands.figures is None), sum(1 for one in can if one.best.figures is None)

    def spread(self, which: str, key: str) -> Spread | None:
        """Of a figure of the plan as it ``stands`` or of the ``best``; None where no future has it."""
        return spread(getattr(self, which)[:, self.keys.index(key)])

    def often(self, key: str) -> float:
        """Part of the futures that can be in which the plan as it stands has some of a figure; one in which it does not
        go on counts."""
        values = self.stands[:, self.keys.index(key)]
        can = np.array([one.impossible is None for one in self.judged], dtype=np.bool_)
        return float((~(values[can] <= SOME)).mean()) if can.any() else 0.0

    @property
    def unfunded(self) -> float:
        """Probability that somebody is missing who pays."""
        return self.often(UNFUNDED)

    def where_some(self, key: str) -> tuple[int, Spread | None]:
        """In how many of the futures that can be the plan as it stands has some of a figure (one in which it does not
        go on counts), and the spread over those that have a number."""
        values = self.stands[:, self.keys.index(key)]
        some = values[values > SOME]
        return len(some) + self.without[0], spread(some)

    @property
    def beyond(self) -> float:
        """Probability that crews or outages are needed beyond their limits."""
        return self.often(MANNED)

    @property
    def out_of_order(self) -> int:
        """In how many futures works of the plan as it stands begin before those that they wait for."""
        return int((self.stands[:, self.keys.index(ORDERED)] > SOME).sum())

    @cached_property
    def unfinished(self) -> tuple[tuple[str, int], ...]:
        """Facilities of the plan as it stands whose works begin and end after the planned years, and in how many
        futures; the most often first."""
        found = Counter(key for one in self.judged for key in one.stands.unfinished)
        return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    @property
    def where_unfinished(self) -> tuple[int, Spread | None]:
        """In how many futures some are, and the spread of their number over these."""
        some = np.array([len(one.stands.unfinished) for one in self.judged if one.stands.unfinished], dtype=np.float64)
        return len(some), spread(some)

    def unbegun(self, musts: Mapping[str, Sequence[str]]) -> tuple[tuple[str, int], ...]:
        """Of what must be done (by the rows of which one is done) what the plan as it stands cannot begin any more, and
        in how many futures; the most often first."""
        found = {key: sum(1 for one in self.judged if one.stands.figures is not None
                          and math.fsum(one.stands.shares.get(row, 0.0) for row in rows) <= SOME)
                 for key, rows in musts.items()}
        return tuple(sorted(((key, count) for key, count in found.items() if count), key=lambda one: (-one[1], one[0])))

    def where_unbegun(self, musts: Mapping[str, Sequence[str]]) -> int:
        """In how many futures some of what must be done cannot begin any more."""
        return sum(1 for one in self.judged if one.stands.figures is not None and any(
            math.fsum(one.stands.shares.get(row, 0.0) for row in rows) <= SOME for rows in musts.values()))

    @property
    def reasons(self) -> tuple[tuple[Text, tuple[int, ...]], ...]:
        """Why draws cannot be, or have no plan, each with the numbers of its draws from 1 on."""
        found: dict[Text, list[int]] = {}
        for number, one in enumerate(self.judged, 1):
            why = one.impossible or next((each.why for each in (one.stands, one.best) if each.figures is None), None)
            if why is not None:
                found.setdefault(why, []).append(number)
        return tuple((why, tuple(numbers)) for why, numbers in found.items())

    def missed(self, which: str, target: str) -> float:
        """Part of the futures with a plan in which it misses a target."""
        found = [one for one in (getattr(judged, which) for judged in self.judged) if one.figures is not None]
        return sum(1 for one in found if target in one.missed) / len(found) if found else float("nan")

    def drivers(self, which: str, key: str) -> tuple[float | None, ...]:
        """Rank correlation of each uncertain input with a figure, over the futures that have it."""
        values = getattr(self, which)[:, self.keys.index(key)]
        there = np.isfinite(values)
        return spearman_of(self.draws.values[there], values[there])

    @cached_property
    def planned(self) -> tuple[Outcome, ...]:
        """The best plans of the futures that have one."""
        return tuple(one.best for one in self.judged if one.best.figures is not None)

    @property
    def known(self) -> Array:
        """What was drawn in the futures that have a best plan, futures x inputs."""
        return self.draws.values[[one.best.figures is not None for one in self.judged]]

    def taken(self, *rows: str) -> Flags:
        """In which of the futures that have a best plan it takes at least half of a project, in whichever of its
        ``rows``."""
        found: Flags = self._shares(rows) >= 0.5 - SOME
        return found

    def _shares(self, rows: Sequence[str]) -> Array:
        return np.array([math.fsum(one.shares.get(row, 0.0) for row in rows) for one in self.planned])

    def chosen(self, *rows: str, whole: float = 1.0) -> Chosen:
        """How often the best plans take a project, in whichever of its ``rows`` (variants of one facility). ``whole``:
        all of it (km of a package)."""
        found, shares = self.planned, self._shares(rows) / whole
        years = np.array([math.fsum(one.shares[row] * one.years[row] for row in rows if row in one.years)
                          / (share * whole) for one, share in zip(found, shares.tolist(), strict=True) if share > SOME])
        return Chosen(float(shares.mean()) if len(shares) else 0.0,
                      float((shares >= 0.5 - SOME).mean()) if len(shares) else 0.0, spread(years))


def spread(values: Array) -> Spread | None:
    """Of the values that are numbers; None without any."""
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    low, median, high = (float(one) for one in np.percentile(known, PERCENTILES))
    return Spread(low, median, high, float(known.mean()), len(known))
