"""Rows that may fall short of what they ask: of sheet targets, and of other rules with a priority (docs/numbers.md:
Targets)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from jaryq.base.text import Text
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Linear, total

Priority = Literal["hard", "1", "2", "3", "price"]


@dataclass(frozen=True)
class Soft:
    """What counts of a row's shortfall.

    ``id``: its key in a plan; ``scale``: the size that it is a share of; ``beyond(factors)``: how far the row lies
    above what is asked, in the unit of its shortfall; ``most``: the most that it can fall short by, where that is known
    without this; ``of_sources``: whether limits of sources bound how far it is missed.
    """

    id: str
    priority: Priority
    scale: float
    sense: Literal[">=", "<=", "="]
    beyond: Callable[[Factors], Linear]
    most: float | None = None
    of_sources: bool = False

    @property
    def sides(self) -> tuple[str, ...]:
        """Families of its stretches: what is missing, what is too much."""
        return {">=": ("short",), "<=": ("excess",)}.get(self.sense, ("short", "excess"))


@dataclass(frozen=True)
class Rule:
    """A row of a rule with a priority, for one year: what is reached is to be at least what is asked, both linear in
    the decisions, in ``unit`` (a word of ``base/units.py``).

    ``forms(factors)``: reached and asked, found when somebody wants them (limits are moved by the hundred, and few
    rows follow from one); ``family`` and ``index`` name the row of the program, and with it its shortfall in a plan;
    ``name`` and ``what`` (the measure) are for people, ``origin`` is the cell that asks.
    """

    family: str
    index: tuple[str | int, ...]
    priority: Priority
    scale: float
    year: int
    forms: Callable[[Factors], tuple[Linear, Linear]]
    name: Text
    what: Text
    unit: str
    origin: str
    of_sources: bool = False

    @property
    def id(self) -> str:
        return f"{self.family}[{','.join(map(str, self.index))}]"

    def reached(self, f: Factors) -> Linear:
        """What is reached."""
        return self.forms(f)[0]

    def asked(self, f: Factors) -> Linear:
        """What is asked."""
        return self.forms(f)[1]

    def beyond(self, f: Factors) -> Linear:
        """How far what is reached lies above what is asked."""
        reached, asked = self.forms(f)
        return total((reached, asked.times(-1.0)))

    @property
    def soft(self) -> Soft:
        """As a row that may fall short."""
        return Soft(self.id, self.priority, self.scale, ">=", self.beyond, None, self.of_sources)
