"""Failures a year that are expected of assets, by what follows a failure, and until when (docs/numbers.md: Condition
and risk, Doing nothing)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from jaryq.case.works import Bursts, Condition
from jaryq.factors import condition as cn


@dataclass(frozen=True)
class Rates:
    """Failures or bursts a year: ``old`` of what waits, ``t`` years from 1 January of plan_from, ``new`` of what is
    renewed, ``v`` years after the works end; ``until``: the year from which there are none on either side, because it
    would have been replaced (None: never)."""

    old: Callable[[float], float]
    new: Callable[[float], float]
    until: int | None = None


@dataclass(frozen=True)
class Monetised:
    """Risk of a project in bn KZT (price year) a year: each failure at its ``rates`` costs ``was`` of what waits,
    ``now`` of what is renewed."""

    was: float
    now: float
    rates: Rates

    @property
    def until(self) -> int | None:
        """The year from which there is none."""
        return self.rates.until

    def old(self, t: float) -> float:
        """Of what waits."""
        return self.was * self.rates.old(t)


COSTS_OF_FAILURES = ("consequence", "lost", "lost_value", "replacement", "sourced")
"""What a failure or burst costs, and how surely: it says nothing of how often one comes (held by a test)."""


def as_often(mine: Condition | Bursts | None, theirs: Condition | Bursts | None) -> bool:
    """Whether failures or bursts of two conditions come as often, whatever each costs."""
    if mine is None or theirs is None or type(mine) is not type(theirs):
        return mine is theirs
    if mine == theirs:
        return True
    costs = {name: getattr(theirs, name) for name in COSTS_OF_FAILURES if hasattr(theirs, name)}
    return replace(mine, **costs) == theirs


def first_failures(rates: Sequence[float]) -> list[float]:
    """Probability that the first failure comes in each year, by the probabilities of the years."""
    found, sound = [], 1.0
    for rate in rates:
        found.append(sound * rate)
        sound *= 1.0 - rate
    return found


def renewals(first: Sequence[float], again: Sequence[float]) -> list[float]:
    r"""Expected failures by year where each failure renews: :math:`m_n = f_n + \sum_{i<n} m_i f^*_{n-i}`.

    ``first``: probabilities of the first failure of what stands there, ``again``: of what is renewed (the renewal
    equation in whole years).
    """
    found: list[float] = []
    for n, own in enumerate(first):
        found.append(own + math.fsum(found[i] * again[n - 1 - i] for i in range(n)))
    return found


def rule_is_met(c: Condition, year: int, t: float, now: float) -> bool:
    """Whether an asset would be replaced ``t`` years after 1 January of ``year``, by the rule of its kind; ``now``: its
    score then."""
    if c.replace_when == "age":
        return cn.age(c, year) + t >= c.replace_at - 1e-9
    h = cn.score_in(c, year, t, now=now)
    return (h if c.replace_when == "score" else cn.probability(c, h)) >= c.replace_at


def replaced_in(c: Condition, plan_from: int, last_year: int, far: int, now: float) -> int | None:
    """The year in which an asset would be replaced without the programme: as stated, else by its rule, after the last
    planned year; None if not to ``far``."""
    if c.replaced is not None:
        return c.replaced
    if c.after_failure == "replace":
        return None
    return next((year for year in range(last_year + 1, far + 1)
                 if rule_is_met(c, plan_from, float(year - plan_from), now)), None)


def pipes_replaced_in(b: Bursts, plan_from: int, last_year: int, far: int) -> int | None:
    """The same of a package, by bursts per km and year."""
    return next((year for year in range(last_year + 1, far + 1)
                 if cn.bursts_old(b, float(year - plan_from)) >= b.replace_at), None)
