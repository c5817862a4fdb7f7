"""A scenario's result, as the comparison needs it: the same from a fresh run and from a plan that was reused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors
from jaryq.solve.choice import Choice
from jaryq.tables.scenarios import Changed


@dataclass(frozen=True)
class Result:
    """One scenario: its names, what it changed in the tables, and its plan with the numbers it states, or why there is
    none.

    ``claims`` are those of ``report.figures.claims`` with ``value[stage]`` and ``bound[stage]``. ``failure`` is empty
    where there is a plan. ``choices``: what the plan says of the other choice; ``gaps``: how near the search of each
    stage had to come, in its unit.
    """

    scenario: str
    name: str
    name_ru: str
    changed: tuple[Changed, ...] = ()
    factors: Factors | None = None
    plan: Plan | None = None
    claims: Mapping[str, float] = field(default_factory=dict)
    failure: str = ""
    seconds: float = 0.0
    choices: tuple[Choice, ...] = ()
    gaps: Mapping[str, float] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return self.plan is not None
