"""Early decisions in units of the plan, as pages name them."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.api.uncertain.futures import Futures
from jaryq.base.text import Text
from jaryq.formulation.declare import VARIABLES
from jaryq.handover.uncertain.decided import Plan
from jaryq.uncertainty.going_from import Decided


def as_told(found: Futures, plans: Sequence[tuple[Text, Decided]]) -> list[Plan]:
    """Early decisions with whose they are; amounts that the program counts in money of the price year in the currency
    of their source, by the rate of the base."""
    return [Plan(title, {(family, index): value / VARIABLES[family].scale(found.base.factors, *index)
                         for (family, index), value in plan.early.items()}) for title, plan in plans]
