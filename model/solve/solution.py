"""What the solver found, in the users' terms: the plan, the stages with their certificates, the prices of limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from model.data.plan import Plan

MAXIMISED = ("purse", "most_benefit")
"""Objectives of which more is better; least_cost and earliest_finish are minimised."""


@dataclass(frozen=True)
class Stage:
    """A stage: ``value`` reached and ``bound`` certified in exact arithmetic: no plan whose earlier shortfalls are at most those
    reached here is better than ``bound``. Shortfall stages in normalised shortfall (minimised), the objective in its own sense.
    ``relaxation``: value of the linear program (facilities divisible) of the same stage at its own earlier shortfalls."""

    name: str
    value: float
    bound: float | None
    relaxation: float | None = None


@dataclass(frozen=True)
class Move:
    """Change when a limit is moved: of the normalised shortfall of each priority, and of the objective (bn KZT)."""

    shortfalls: Mapping[str, float]
    objective: float
    feasible: bool = True


@dataclass(frozen=True)
class Price:
    """Price of a limit by two runs of all linear stages, the limit moved by ``step`` (in the limit's unit) up and down.

    ``limit`` names the limit (``ceiling[KZ_LOCAL,2027]``), ``kind`` its family, ``origin`` the cell, ``value`` its size, ``used`` what the plan uses.
    ``regime``: same_projects (choices of facilities fixed) or projects_may_change (relaxation).
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


@dataclass(frozen=True)
class Divisible:
    """The same programme with facilities divisible: facility equivalents started, facilities whose start is split (over periods or in part), and those
    of them that are done in part."""

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
    """The answer. Objective values in bn KZT of the price year (years for earliest_finish); maximised ones are positive if good."""

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
    red_cost: Move | None = None
    """What the stage red zone first costs, by two runs of all linear stages with and without it (facilities divisible)."""

    @property
    def certified_gap(self) -> float | None:
        """Certified distance from the best possible, as a fraction of the present value of outlays (None if there are none, or if the
        objective is no money).

        A tiny negative number is a residual times a price, not a better-than-best plan.
        """
        if self.outlays_pv <= 0 or self.objective == "earliest_finish":
            return None
        better = self.certified_bound - self.value
        return (better if self.objective in MAXIMISED else -better) / self.outlays_pv
