"""A quantity that is linear in the decisions of a plan: one form, which the algebra turns into an expression, the
bounds maximise and the report evaluates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jaryq.case.plan import Plan

Decision = tuple[str, tuple[Any, ...]]
"""Family and index of a decision of :class:`Plan`, such as ``("draw", ("JICA", "F001", 2027))``, ``("signed",
("JICA",))``."""
Values = Mapping[str, Mapping[Any, float]]


@dataclass(frozen=True)
class Linear:
    """``of``: change per unit of each decision, the decision in the unit that :class:`Plan` states; ``constant``: what
    it is without any; ``unit`` of the quantity."""

    of: Mapping[Decision, float]
    constant: float = 0.0
    unit: str = ""

    def on(self, plan: Plan, beside: Values | None = None) -> float:
        """The quantity in a plan; ``beside``: decisions that a plan does not state, by family."""
        families: dict[str, Mapping[Any, float]] = dict(beside or {})
        terms = []
        for (family, index), factor in self.of.items():
            if family not in families:
                families[family] = getattr(plan, family)
            if amount := families[family].get(index if len(index) > 1 else index[0]):
                terms.append(factor * amount)
        return self.constant + math.fsum(terms)

    def speaks_of(self, plan: Plan) -> bool:
        """Whether a plan decides anything that the quantity depends on."""
        return any((index if len(index) > 1 else index[0]) in getattr(plan, family) for family, index in self.of)

    def times(self, k: float) -> Linear:
        """The quantity times ``k``."""
        return Linear({key: k * factor for key, factor in self.of.items()}, k * self.constant, self.unit)


def total(parts: Iterable[Linear], unit: str = "") -> Linear:
    """The sum of quantities, decisions in the order in which they come; exact sums, rounded once."""
    of: dict[Decision, list[float]] = {}
    constants = []
    for part in parts:
        constants.append(part.constant)
        unit = unit or part.unit
        for key, factor in part.of.items():
            of.setdefault(key, []).append(factor)
    return Linear({key: math.fsum(factors) for key, factors in of.items()}, math.fsum(constants), unit)
