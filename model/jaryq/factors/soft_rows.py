"""All rows that may fall short, whichever sheet asks (docs/numbers.md: Targets)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from jaryq.base.once import once
from jaryq.case.case import Target
from jaryq.case.scope import is_ratio, of_sources
from jaryq.factors.adequacy import short_of_peak
from jaryq.factors.borrowers import short_of_cash
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Linear
from jaryq.factors.measures import measured
from jaryq.factors.ramps import falls
from jaryq.factors.soft import Rule, Soft

RULES: tuple[Callable[[Factors], Iterator[Rule]], ...] = (falls, short_of_peak, short_of_cash)
"""Where rows come from besides sheet targets, in the order in which they are listed."""


@once
def rules_of(f: Factors) -> Mapping[str, Rule]:
    """Rows of rules with a priority, hard ones too, by key."""
    return {rule.id: rule for rows in RULES for rule in rows(f)}


@once
def soft_rows(f: Factors) -> Mapping[str, Soft]:
    """Every row that has a priority or a price by key: those of sheet targets, then those of rules."""
    return {g.id: _of_target(g) for g in f.case.targets} | {key: rule.soft for key, rule in rules_of(f).items()}


def by_priority(f: Factors, priority: str) -> list[Soft]:
    """The rows of one priority."""
    return [row for row in soft_rows(f).values() if row.priority == priority]


def _of_target(g: Target) -> Soft:
    """A target falls short of a measure that is never negative by its value at most; a share by an amount of money, a
    quantity by what its works may take away besides."""
    most = None if is_ratio(g) or g.quantity is not None else g.value
    return Soft(g.id, g.priority, g.scale, g.sense, partial(_beyond, g), most, of_sources(g))


def _beyond(g: Target, f: Factors) -> Linear:
    return measured(f, g).beyond(g.value)
