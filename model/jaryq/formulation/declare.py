"""How a constraint is declared: the rule stays a plain function ``(m, f, *index)``; the decorator only records what it
is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.factors.derive import Factors

Index = tuple[Any, ...]
RowRule = Callable[..., Any]


@dataclass(frozen=True)
class Row:
    """A family of rows: its name, where it exists (as code, and in words), the unit of its dual's denominator, and its
    title for people."""

    name: str
    rule: RowRule
    where: Callable[[Factors], Iterable[Index]]
    unit: str
    text: Text
    exists: str


@dataclass(frozen=True)
class Limit:
    """Something a user may move: ``moves`` maps rows ``(family, index)`` to the change of their right-hand side per
    unit of what stands in them.

    ``put(case, value)`` is the case with another value in the limit's cell; ``stands(factors)`` is what of it stands in
    the rows (less what was spent of an envelope before). ``loosens`` is +1 if a larger value gives more freedom (a
    ceiling), -1 if less (a floor); ``natural`` is the size that a limit of nothing is measured by (0: the largest limit
    of its kind, or 1).
    """

    kind: str
    index: tuple[str, ...]
    origin: str
    unit: str
    value: float
    moves: Mapping[tuple[str, Index], float]
    put: Callable[[Case, float], Case]
    stands: Callable[[Factors], float]
    loosens: int = 1
    natural: float = 0.0

    @property
    def name(self) -> str:
        return f"{self.kind}[{','.join(self.index)}]"


ROWS: dict[str, Row] = {}

def row(where: Callable[[Factors], Iterable[Index]], unit: str, en: str, ru: str,
        exists: str) -> Callable[[RowRule], RowRule]:
    """Declare a family of rows. Its name is the function's, its "for all" the signature after ``(m, f)``; ``exists``
    says where there are rows (open sources that may pay for something are meant throughout)."""

    def record(rule: RowRule) -> RowRule:
        if rule.__name__ in ROWS:
            message = f"two families of rows are called {rule.__name__}"
            raise ValueError(message)
        ROWS[rule.__name__] = Row(rule.__name__, rule, where, unit, Text(en, ru), exists)
        return rule

    return record
