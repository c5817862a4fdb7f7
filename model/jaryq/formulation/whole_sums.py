"""A Pyomo model that takes the terms of a sum at once; imported where a model is made, since Pyomo is slow to load."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jaryq.base.unasked import BESIDE_PYOMO, without

with without(BESIDE_PYOMO):
    import pyomo.environ as pyo
    from pyomo.core.expr.numeric_expr import LinearExpression, MonomialTermExpression


class Algebra(pyo.ConcreteModel):  # type: ignore[misc]
    """Grown term by term, sums are a fifth of building."""

    @staticmethod
    def combined(terms: Iterable[tuple[float, Any]]) -> Any:
        """The sum of decisions, each times its factor; 0 where there are none."""
        made = [MonomialTermExpression(term) for term in terms if term[0]]
        return LinearExpression(made) if made else 0
