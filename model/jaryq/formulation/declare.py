"""How decisions and constraints are declared: the rule stays a plain function (``(f, *index)`` the largest value of a
decision, ``(m, f, *index)`` a constraint); the decorator only records what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Linear
from jaryq.formulation.algebra import Relation
from jaryq.sheets.decisions import DECISIONS

Index = tuple[Any, ...]
Name = tuple[str, Index]
RowRule = Callable[..., Relation]
MostRule = Callable[..., float]


@dataclass(frozen=True)
class Variable:
    """A family of decisions, all >= 0: its name, its upper bound ``most(f, *index)``, where it exists, its unit in the
    program, its title for people.

    ``bound``: whether the upper bound is the decision's own, follows from limits that a user may move, or follows from
    such limits and is implied by rows too (so that it only keeps the column finite and is no limit itself). ``whole``:
    0 or 1 in whole plans. ``decided``: when, of what becomes known in time: in the period or the year that ends its
    index, when the source that begins its index is signed, or never, for it follows from other decisions. ``tie``:
    weighed in the last layer of the tie-break (what the other decisions settle need not be). ``scale(f, *index)``: the
    program's unit per unit of the plan. ``plan(f, *index)``: the decision of the plan that it adds to, by family and
    key parts; None for what the plan does not keep.
    """

    name: str
    most: MostRule
    where: Callable[[Factors], Iterable[Index]]
    unit: str
    text: Text
    bound: Literal["own", "limits", "rows"]
    decided: Literal["period", "year", "signing", "follows"]
    whole: bool
    tie: bool
    scale: Callable[..., float]
    plan: Callable[..., Name] | None

    @property
    def limited(self) -> bool:
        """Whether its upper bound moves with limits."""
        return self.bound != "own"


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
    of its kind, or 1). ``rows``: where coefficients of rows follow from the limit, these rows as forms that are at most
    nothing; ``moves`` then only says how large the rows are beside it.
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
    rows: Callable[[Factors], Mapping[tuple[str, Index], Linear]] | None = None

    @property
    def name(self) -> str:
        return f"{self.kind}[{','.join(self.index)}]"


VARIABLES: dict[str, Variable] = {}
ROWS: dict[str, Row] = {}

def variable(
    where: Callable[[Factors], Iterable[Index]], unit: str, en: str, ru: str, *,
    bound: Literal["own", "limits", "rows"], decided: Literal["period", "year", "signing", "follows"],
    whole: bool = False, tie: bool = True,
    scale: Callable[..., float] = lambda _, *index: 1.0, plan: Callable[..., Name] | None = None,
) -> Callable[[MostRule], MostRule]:
    """Declare a family of decisions. Its name is the function's, its index the signature after ``f``, its upper bound
    what the function returns. One that a plan stores (``sheets/decisions.py``) is read as it is unless ``plan`` says
    otherwise. Raises ValueError if there is one of that name."""

    def record(rule: MostRule) -> MostRule:
        name = rule.__name__
        if name in VARIABLES:
            raise ValueError(f"two families of decisions are called {name}")
        read = plan or ((lambda _, *index: (name, index)) if name in DECISIONS else None)
        VARIABLES[name] = Variable(name, rule, where, unit, Text(en, ru), bound, decided, whole, tie, scale, read)
        return rule

    return record


def row(where: Callable[[Factors], Iterable[Index]], unit: str, en: str, ru: str,
        exists: str) -> Callable[[RowRule], RowRule]:
    """Declare a family of rows. Its name is the function's, its "for all" the signature after ``(m, f)``; ``exists``
    says where there are rows (open sources that may pay for something are meant throughout)."""

    def record(rule: RowRule) -> RowRule:
        if rule.__name__ in ROWS:
            raise ValueError(f"two families of rows are called {rule.__name__}")
        ROWS[rule.__name__] = Row(rule.__name__, rule, where, unit, Text(en, ru), exists)
        return rule

    return record
