"""From a point of the linear program back to the users' terms."""

from __future__ import annotations

from typing import Any

from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors
from jaryq.formulation.declare import VARIABLES
from jaryq.sheets.decisions import DECISIONS
from jaryq.solve.lp import Array, LinearProgram

CLEAN = 1e-9
"""What is smaller is the solver's noise: a bn KZT, km or share this small is nothing."""


def plan_of(f: Factors, program: LinearProgram, x: Array) -> Plan:
    """The plan of a point, as the families of decisions declare how they are read: in the plan's unit (money of
    sources in their own currency), whole numbers whole, stretches added up. Raises ValueError if a column belongs to no
    declared family."""
    found: dict[str, dict[Any, float]] = {name: {} for name in DECISIONS}
    for (family, index), value in zip(program.columns, x.tolist(), strict=True):
        if (variable := VARIABLES.get(family)) is None:
            raise ValueError(f"a column of the family {family}, which is not declared")
        if abs(value) <= CLEAN or variable.plan is None:
            continue
        whole = variable.whole and f.case.settings.whole
        amount = float(round(value)) if whole else max(value, 0.0) / variable.scale(f, *index)
        name, parts = variable.plan(f, *index)
        key = DECISIONS[name].key(parts)
        found[name][key] = found[name].get(key, 0.0) + amount
    return Plan(**{name: dict(sorted(values.items())) for name, values in found.items()})
