"""What columns and rows mean, from their declarations: the letters of their index, their place in a plan."""

from __future__ import annotations

import inspect
from typing import Any

from jaryq.factors.derive import Factors
from jaryq.formulation.declare import ROWS, VARIABLES, Name
from jaryq.sheets.decisions import DECISIONS


def letters_of_columns() -> dict[str, tuple[str, ...]]:
    """The index of each family of decisions: the signature after ``f``."""
    return {name: tuple(inspect.signature(family.most).parameters)[1:] for name, family in VARIABLES.items()}


def letters_of_rows() -> dict[str, tuple[str, ...]]:
    """The index of each family of rows: the signature after ``(m, f)``."""
    return {name: tuple(inspect.signature(family.rule).parameters)[2:] for name, family in ROWS.items()}


def meaning(f: Factors, name: Name) -> tuple[str, Any, float] | None:
    """Decision of the plan, key in it, and units of the column in one of the plan's; None for what no plan keeps.
    Raises ValueError for a family that is not declared."""
    family, index = name
    if (variable := VARIABLES.get(family)) is None:
        raise ValueError(f"a column of the family {family}, which is not declared")
    if variable.plan is None:
        return None
    decision, parts = variable.plan(f, *index)
    return decision, DECISIONS[decision].key(parts), variable.scale(f, *index)
