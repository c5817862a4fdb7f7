"""From a point of the linear program back to the users' terms."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors
from jaryq.solve.lp import Array, LinearProgram

CLEAN = 1e-9
"""What is smaller is the solver's noise: a bn KZT, km or share this small is nothing."""


def plan_of(f: Factors, program: LinearProgram, x: Array) -> Plan:
    """The plan of a point. Money of sources is turned back from the price year's rate into the source's own
    currency."""
    found: dict[str, dict[Any, float]] = {field.name: {} for field in fields(Plan)}
    at_most = {target.id for target in f.case.targets if target.sense == "<="}
    for (family, index), value in zip(program.columns, x.tolist(), strict=True):
        if abs(value) <= CLEAN or (family not in found and family not in ("short", "excess")):
            # What is kept of the last plan is no decision of its own.
            continue
        if family in ("short", "excess"):
            # Too much of what is to stay below a limit is its shortfall; only '=' rows have both.
            name = str(index[0])
            side = "short" if name in at_most else family
            found[side][name] = found[side].get(name, 0.0) + value
        elif family in ("old", "idle"):
            found[family][index] = value / f.money.exchange0[index[0]]
        elif family == "signed":
            found[family][str(index[0])] = value / f.money.exchange0[index[0]]
        elif family == "taken":
            found[family][str(index[0])] = float(round(value))
        elif family == "part" or (family == "start" and f.case.settings.whole):
            found[family][index] = float(round(value))
        else:
            found[family][index] = max(value, 0.0)
    return Plan(**{name: dict(sorted(values.items())) for name, values in found.items()})
