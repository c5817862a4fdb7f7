"""The shapes of a comparison: a scenario with its sums, lines of the overview, bridges of cost."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.case.settings import Settings
from jaryq.report.amounts import Amounts, amounts
from jaryq.report.result import Result
from jaryq.report.shapes import Value
from jaryq.report.words import SMALL

NO_PLAN = Text("no plan", "нет плана")


@dataclass(frozen=True)
class Side:
    """One scenario: its result, and the sums of its plan (None: there is no plan)."""

    result: Result
    found: Amounts | None

    @property
    def name(self) -> Text:
        english = self.result.name.strip() or self.result.scenario
        return Text(english, self.result.name_ru.strip() or english)


def side(result: Result) -> Side:
    """The scenario with the sums of its plan, computed once for all tables."""
    if result.plan is None or result.factors is None:
        return Side(result, None)
    return Side(result, amounts(result.factors.case, result.factors, result.plan))


def case_with(sides: Sequence[Side], key: str) -> Case:
    """The case of the first scenario with a plan that has the project: where scenarios describe it, the base comes
    first."""
    return next(one.found.case for one in sides if one.found and key in one.found.case.projects)


def settings_of(sides: Sequence[Side]) -> Settings | None:
    """The settings of the first scenario with a plan; None where none has one."""
    return next((one.found.case.settings for one in sides if one.found), None)


def ends_of(sides: Sequence[Side]) -> tuple[int, ...]:
    """The last years of the scenarios that have a plan, each once, the first's first."""
    return tuple(dict.fromkeys(one.found.case.settings.last_year for one in sides if one.found))


@dataclass(frozen=True)
class Line:
    """A figure of every scenario, in their order (None: there is none). ``part``: what a chart draws it as.

    ``adds``: so many lines right beneath are its parts and add up to it.
    ``said``: the unit in words where it is none of ``UNITS``.
    """

    label: Text
    unit: str
    values: tuple[Value, ...]
    part: str = ""
    strong: bool = False
    adds: int = 0
    said: Text | None = None

    @property
    def differs(self) -> bool:
        """Whether the scenarios that have a plan differ in it by more than is shown as nothing. What a scenario changes
        and moves is a difference in itself."""
        if self.part in ("changed", "count"):
            return any(self.values)
        there = [value for value in self.values if value is not None]
        if any(_number(value) is None for value in there):
            return len(set(there)) > 1
        numbers = [float(value) for value in there]  # type: ignore[arg-type]
        return bool(numbers) and max(numbers) - min(numbers) >= SMALL

    def difference(self, i: int) -> float | None:
        """Scenario ``i`` less the base, in the unit of the line; None where one of them has no number.

        Rounded to 9 decimals (a tenge): what is left of two equal sums is not a difference.
        """
        base, value = _number(self.values[0]), _number(self.values[i])
        return None if base is None or value is None else round(value - base, 9)


def _number(value: Value) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if math.isfinite(value) else None


@dataclass(frozen=True)
class Block:
    """A block of the overview: heading and lines."""

    head: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Bridge:
    """The way from the base's cost of funding to a scenario's: (step, name, amount), bn KZT present value. The steps
    add up."""

    name: Text
    base: float
    steps: tuple[tuple[str, Text, float], ...]
    cost: float


def each(sides: Sequence[Side], take: Callable[[Amounts], Value]) -> tuple[Value, ...]:
    """A figure of every scenario that has a plan."""
    return tuple(None if one.found is None else take(one.found) for one in sides)


def stated(sides: Sequence[Side], claim: str) -> tuple[Value, ...]:
    """A claimed number of every scenario that has a plan and states it."""
    return tuple(one.result.claims.get(claim) if one.found is not None else None for one in sides)
