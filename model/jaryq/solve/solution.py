"""What the solver found, in the users' terms: the plan, the stages with their certificates, the prices of limits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from jaryq.base.flat import LATER
from jaryq.case.plan import Plan
from jaryq.case.stretches import Renewed
from jaryq.solve.choice import Choice
from jaryq.solve.proof import NOTHING, Proof

MAXIMISED = ("purse", "most_benefit")
"""Objectives of which more is better; least_cost and earliest_finish are minimised."""


MET = 1e-6
"""A value is proved if its certified bound is this near, of max(1, |value|)."""

Measure = Literal["outlays", "stake", "shortfall", "years"]
"""What a gap is a share of: present value of outlays, value at stake; or an absolute shortfall, or years."""

Ended = Literal["gap", "solved", "nodes", "effort", "time"]
"""What ended a search: its gap was met, the solver's branching left nothing open, the limit of nodes, all that is tried
by default, the limit of time."""


@dataclass(frozen=True)
class Gap:
    """The distance from the best at which a search may stop, in the unit of its stage, fixed before the search."""

    size: float
    measure: Measure


@dataclass(frozen=True)
class Search:
    """How the search for whole plans ended in one stage. ``branching``: the solver's own bound, in the sense of the
    stage, on every whole plan whose earlier shortfalls are at most those reached; not certified. None if no search over
    all choices says so."""

    ended: Ended
    gap: Gap
    branching: float | None


@dataclass(frozen=True)
class Stage:
    """A stage: ``value`` reached and ``bound`` certified in exact arithmetic: no plan whose earlier shortfalls are at
    most those reached here is better than ``bound``. Shortfall stages in normalised shortfall (minimised), the
    objective in its own sense. ``relaxation``: value of the linear program (facilities divisible) of the same stage at
    its own earlier shortfalls. ``search``: how the search for whole facilities ended (None where there was none).
    ``leaves`` of the branching tree whose bound ``bound`` is, and ``linear``, the certified bound of the linear program
    in its place (None where there is no tree)."""

    name: str
    value: float
    bound: float | None
    relaxation: float | None = None
    search: Search | None = None
    linear: float | None = None
    leaves: int | None = None

    @property
    def proved(self) -> bool:
        """Whether the certified bound is the value reached: nothing better exists under the same earlier shortfalls."""
        return self.bound is not None and abs(self.bound - self.value) <= MET * max(1.0, abs(self.value))


@dataclass(frozen=True)
class Move:
    """Change when a limit is moved: of the normalised shortfall of each priority, and of the objective (bn KZT).

    ``until``: the value of the limit up to which the stages go on at this rate; infinite if that is as far as was
    looked, not a number where no range is told.
    """

    shortfalls: Mapping[str, float]
    objective: float
    feasible: bool = True
    until: float = field(default=math.nan, metadata=LATER)


@dataclass(frozen=True)
class Price:
    """Price of a limit by two runs of all linear stages, the limit moved by ``step`` (in the limit's unit) up and down.

    ``limit`` names the limit (``ceiling[KZ_LOCAL,2027]``), ``kind`` its family, ``origin`` the cell, ``value`` its
    size, ``used`` what the plan uses. ``regime``: same_projects (choices of facilities fixed) or projects_may_change
    (relaxation). ``loosens``: +1 if a larger value loosens, -1 if a smaller one does.
    """

    limit: str
    kind: str
    index: tuple[str, ...]
    origin: str
    unit: str
    value: float
    used: float
    step: float
    regime: Literal["same_projects", "projects_may_change"]
    loosen: Move
    tighten: Move
    loosens: int = field(default=1, metadata=LATER)


@dataclass(frozen=True)
class WhatIf:
    """What the linear plan becomes if something else were asked or given: ``double``: all money of a partner
    (``subject``) twice; ``more``: ``amount`` bn KZT more in a year (``subject``) of the ceiling that brings most
    (``of``; none: no ceiling is used up); ``later``: no works begin in the first planned year (``subject``);
    ``alone``: of a target ``amount`` can be reached if it alone is asked; ``cheapest``: ``amount`` of it (no more than
    is asked) for ``also`` bn KZT of the planned years, the least that does; ``last``: a target asks ``amount`` less
    than is reached, and ``also`` is reached all the same; ``together``: all targets of its measure ask a tenth less.
    ``changes`` of the stages in their own sense. ``works``: changes of ``km`` renewed, ``facilities`` done (those that
    count, in equivalents), what is ``spent`` (nominal) and, of a partner or one more bn, of what it ``draws``, and what
    of all others is ``replaced``, drawn less, in the planned years."""

    kind: Literal["double", "more", "later", "alone", "cheapest", "last", "together"]
    subject: str
    of: str
    amount: float
    changes: Mapping[str, float]
    also: float = field(default=math.nan, metadata=LATER)
    works: Mapping[str, float] = field(default_factory=dict, metadata=LATER)


@dataclass(frozen=True)
class Divisible:
    """The same programme with facilities divisible: facility equivalents started, facilities whose start is split (over
    periods or in part), and those of them that are done in part."""

    equivalents: float
    split: int
    partial: int


@dataclass(frozen=True)
class Size:
    """Size of the linear program."""

    columns: int
    rows: int
    nonzeros: int


@dataclass(frozen=True)
class Solution:
    """The answer. Objective values in bn KZT of the price year (years for earliest_finish); maximised ones are positive
    if good."""

    plan: Plan
    objective: str
    value: float
    stages: tuple[Stage, ...]
    lp_relaxation: float
    certified_bound: float
    outlays_pv: float
    prices: tuple[Price, ...]
    size: Size
    solver_seconds: float
    multipliers: Mapping[str, float] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    divisible: Divisible | None = None
    """Of a whole plan: what its relaxation does. Its value is ``lp_relaxation``."""
    stake: float | None = None
    """Value at stake of a whole plan, bn KZT: sum over undecided facilities of |benefits less payments| in the linear
    relaxation."""
    red_cost: Move | None = None
    """What the stage red zone first costs, by two runs of all linear stages with and without it (facilities
    divisible)."""
    proof: Proof = NOTHING
    """Columns fixed at nothing, and the branching trees of stages."""
    choices: tuple[Choice, ...] = ()
    """What the other choice costs (setting ``explain``)."""
    unasked: int = 0
    """Of these so many that the effort did not reach: the stored multipliers alone speak of them."""
    whatifs: tuple[WhatIf, ...] = field(default=(), metadata=LATER)
    """What the linear plan becomes otherwise (setting ``explain``)."""

    renewed: Renewed | None = field(default=None, metadata=LATER)
    """What is renewed of each stretch, where the case has a register (kept in a file of its own)."""

    @property
    def gaps(self) -> dict[str, float]:
        """How near the search of each stage had to come, in its unit."""
        return {stage.name: stage.search.gap.size for stage in self.stages if stage.search is not None}

    @property
    def certified_gap(self) -> float | None:
        """Certified distance from the best possible, as a fraction of the present value of outlays (None if there are
        none, or if the objective is no money).

        A tiny negative number is a residual times a price, not a better-than-best plan.
        """
        return None if self.outlays_pv <= 0 or self.objective == "earliest_finish" else self._distance / self.outlays_pv

    @property
    def certified_gap_of_stake(self) -> float | None:
        """The same distance as a fraction of the value at stake (None if nothing is, or if the objective is no
        money)."""
        return None if not self.stake or self.objective == "earliest_finish" else self._distance / self.stake

    @property
    def search(self) -> Search | None:
        """How the search of the objective ended."""
        return None if self.main is None else self.main.search

    @property
    def stage_at(self) -> Mapping[str, Stage]:
        """Stages by their names."""
        return {stage.name: stage for stage in self.stages}

    @property
    def main(self) -> Stage | None:
        """The stage of the objective."""
        return self.stage_at.get("objective")

    @property
    def _distance(self) -> float:
        better = self.certified_bound - self.value
        return better if self.objective in MAXIMISED else -better
