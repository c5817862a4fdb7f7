"""A quantity that is linear in the decisions of a plan: one form, which the algebra turns into an expression, the
bounds maximise and the report evaluates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
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
        return self.constant + math.fsum([value for _, value in self.terms(plan, beside)])

    def terms(self, plan: Plan, beside: Values | None = None) -> Iterator[tuple[Decision, float]]:
        """What each decision that a plan states adds to the quantity."""
        families = dict(beside or {})
        last: str | None = None
        amounts: Mapping[Any, float] = {}
        for decision, factor in self.of.items():
            family, index = decision
            if family != last:  # families follow each other, mostly a whole one after the other
                if family not in families:
                    families[family] = plan.of(family)
                last, amounts = family, families[family]
            amount = amounts.get(index if len(index) > 1 else index[0])
            if amount is not None:
                yield decision, factor * amount

    def by(self, part: int, plan: Plan) -> dict[Any, float]:
        """What a plan's decisions add by one part of their index, the constant apart (of starts and km: ``by(0, plan)``
        is by project)."""
        found: dict[Any, list[float]] = {}
        for (_, index), value in self.terms(plan):
            found.setdefault(index[part], []).append(value)
        return {key: math.fsum(values) for key, values in found.items()}

    def only(self, family: str) -> Linear:
        """What the decisions of one family add to it."""
        return Linear({key: factor for key, factor in self.of.items() if key[0] == family}, 0.0, self.unit)

    def speaks_of(self, plan: Plan, beside: Values | None = None) -> bool:
        """Whether a plan decides anything that the quantity depends on."""
        return next(self.terms(plan, beside), None) is not None

    def times(self, k: float) -> Linear:
        """The quantity times ``k``."""
        return Linear({key: k * factor for key, factor in self.of.items()}, k * self.constant, self.unit)


def total(parts: Iterable[Linear], unit: str = "") -> Linear:
    """The sum of quantities, decisions in the order in which they come; exact sums, rounded once."""
    of: dict[Decision, float] = {}
    several: dict[Decision, list[float]] = {}
    constants = []
    for part in parts:
        constants.append(part.constant)
        unit = unit or part.unit
        if not of:
            of.update(part.of)
            continue
        for key, factor in part.of.items():
            if key in of:
                several.setdefault(key, [of[key]]).append(factor)
            else:
                of[key] = factor
    of.update((key, math.fsum(factors)) for key, factors in several.items())
    return Linear(of, math.fsum(constants), unit)
