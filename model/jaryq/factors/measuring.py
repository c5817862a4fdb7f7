"""What a measure of targets is: a linear part of a linear whole, of what a target speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from jaryq.case.case import Package, Project, Target
from jaryq.case.plan import Plan
from jaryq.case.scope import by_owner
from jaryq.case.scope import owed as owed_by
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Linear

ONE = Linear({}, 1.0)


@dataclass(frozen=True)
class Measure:
    """``part`` of ``whole``, both linear; the whole of most measures is 1."""

    part: Linear
    whole: Linear = ONE

    def on(self, plan: Plan) -> float:
        """The measure in a plan, in its own unit; 0 where there is nothing to measure."""
        whole = self.whole.on(plan)
        return self.part.on(plan) / whole if whole > 0 else 0.0

    def beyond(self, value: float) -> Linear:
        """How far the measure lies above ``value``, multiplied out: in the unit of its part."""
        of = dict(self.part.of)
        for key, factor in self.whole.of.items():
            of[key] = of.get(key, 0.0) - value * factor
        return Linear(of, self.part.constant - value * self.whole.constant, self.part.unit)

    def missed(self, plan: Plan, target: Target) -> float:
        """By how much a plan misses a target, in the unit of the part, >= 0."""
        beyond = self.part.on(plan) - target.value * self.whole.on(plan)
        return {">=": max(0.0, -beyond), "<=": max(0.0, beyond)}.get(target.sense, abs(beyond))


@dataclass(frozen=True)
class Scope:
    """What a target speaks of: its projects, in the order of the case, and its sources; the planned years in which its
    flows are counted."""

    f: Factors
    target: Target
    projects: tuple[Project, ...]
    sources: tuple[str, ...]

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(project.id for project in self.projects)

    @cached_property
    def loans(self) -> list[str]:
        return [s for s in self.sources if self.f.case.sources[s].kind == "loan"]

    def mine(self, s: str, p: str | None) -> bool:
        """Whether the target means who owes what a source pays for a project (None: lines and signed amounts)."""
        if not by_owner(self.target):
            return True
        return owed_by(self.f.case, self.target, self.f.case.sources[s], None if p is None else self.f.case.project(p))

    @cached_property
    def packages(self) -> list[Package]:
        return [project for project in self.projects if isinstance(project, Package)]

    @cached_property
    def assets(self) -> list[str]:
        """Assets whose own row is in scope."""
        return [key for key in self.f.case.assets if key in self.keys]

    @cached_property
    def years(self) -> range:
        """Years of the target, past the planned ones too (debt goes on)."""
        return range(self.target.year_first, self.target.year + 1)

    @property
    def at_end(self) -> tuple[int]:
        """The year on whose 31 December a stock is taken."""
        return (self.target.year,)

    @cached_property
    def planned(self) -> range:
        return range(max(self.target.year_first, self.f.case.settings.plan_from), self.target.year + 1)
