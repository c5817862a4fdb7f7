"""Early decisions in units of the plan, as pages name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jaryq.api.uncertain.futures import Futures
from jaryq.base.text import Text
from jaryq.formulation.declare import VARIABLES
from jaryq.handover.uncertain.decided import Plan
from jaryq.solve.lp import Name
from jaryq.uncertainty.going_from import Decided
from jaryq.uncertainty.signatures import counted_on
from jaryq.uncertainty.two_stage import TwoStage, early_of


def as_told(found: Futures, plans: Sequence[tuple[Text, Decided]]) -> list[Plan]:
    """Early decisions with whose they are; amounts that the program counts in money of the price year in the currency
    of their source, by the rate of the base."""
    return [_plan(found, title, plan.early) for title, plan in plans]


def if_known(found: Futures, made: TwoStage) -> list[Plan]:
    """What is decided early where each future is known, as it was found."""
    return [_plan(found, title, early_of(branch.program, one.x, found.early, made.branches))
            for title, branch, one in zip(found.titles, made.branches, made.known, strict=True)]


def _plan(found: Futures, title: Text, early: Mapping[Name, float]) -> Plan:
    return Plan(title, {(family, index): value / VARIABLES[family].scale(found.base.factors, *index)
                        for (family, index), value in counted_on(
                            [branch.program for branch in found.branches], early).items()})
