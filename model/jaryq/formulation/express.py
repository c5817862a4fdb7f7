"""From linear forms in the decisions of a plan to the columns of the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear
from jaryq.factors.soft_rows import soft_rows
from jaryq.formulation.algebra import Expression, Model, Sum, columns
from jaryq.formulation.declare import VARIABLES, Name
from jaryq.sheets.measures import SLOPES


def columns_of(f: Factors, decision: Decision) -> Iterator[tuple[str, Any, float]]:
    """Family, index and size of the columns that add up to a decision of the plan: a unit of the plan is ``size`` of
    the column. What is too much of a row ``<=`` is its shortfall in a plan."""
    family, index = decision
    if family in ("short", "excess"):
        sense = soft_rows(f)[index[0]].sense
        yield from (("excess" if sense == "<=" else family, (*index, k), 1.0) for k in range(len(SLOPES)))
    else:
        yield family, index if len(index) > 1 else index[0], VARIABLES[family].scale(f, *index)


def coefficients(f: Factors, linear: Linear, columns: Iterable[Name]) -> list[float]:
    """Change of a quantity per unit of each column; what no plan keeps has the name of its column."""
    found = []
    for family, index in columns:
        variable = VARIABLES[family]
        decision = variable.plan(f, *index) if variable.plan else (family, index)
        found.append(linear.of.get(decision, 0.0) / variable.scale(f, *index))
    return found


def expression(m: Model, f: Factors, linear: Linear) -> Sum:
    """The decided part of a quantity, its constant apart; 0 where nothing is decided."""
    # A modelling language that can take terms at once does: sums grow term by term elsewhere.
    if (decided := getattr(type(m), "decided", None)) is not None:
        return cast("Sum", decided(m, linear))
    return combined(m, ((factor / size, columns(m, family)[index]) for decision, factor in linear.of.items() if factor
                        for family, index, size in columns_of(f, decision)))


def summed(m: Model, family: str, indices: Iterable[Any], factor: float = 1.0) -> Sum:
    """The sum of decisions of a family times a factor; 0 where there are none."""
    if (at_once := getattr(type(m), "summed", None)) is not None:
        return cast("Sum", at_once(m, family, indices, factor))
    return combined(m, ((factor, columns(m, family)[index]) for index in indices))


def combined(m: Model, terms: Iterable[tuple[float, Expression]]) -> Sum:
    """The sum of decisions, each times its factor; 0 where there are none."""
    if (at_once := getattr(type(m), "combined", None)) is not None:
        return cast("Sum", at_once(terms))
    return sum(factor * decision for factor, decision in terms)
