"""What columns mean: the letters of their index, where their values stand in a plan, what they cost."""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from typing import Any

from jaryq.factors.derive import Factors
from jaryq.formulation.declare import Index, Row

LETTERS: Mapping[str, tuple[str, ...]] = {
    "start": ("p", "t"), "renew": ("n", "t"), "draw": ("s", "p", "y"), "old": ("s", "y"), "idle": ("s", "y"),
    "supplied": ("s", "p"), "signed": ("s",), "line": ("s", "y"), "part": ("s", "p"), "taken": ("s",),
    "extra": ("w", "t"), "lent": ("w", "t"), "borrowed": ("w", "t"), "joint": ("k", "t"), "kept": ("p", "t"),
    "worst": ("N",), "local": ("s", "p"), "short": ("g", "k"), "excess": ("g", "k"),
}
"""The index of each family of columns."""

OF_CURRENCY = ("old", "idle", "signed")
"""Families in bn KZT at the price year's rate, which a plan states in the currency of the source."""

NO_DECISIONS = ("kept", "worst", "local")
"""Families that follow from others, and that no plan states."""


def letters_of(row: Row) -> tuple[str, ...]:
    """The index of a family of rows: the signature after ``(m, f)``."""
    return tuple(inspect.signature(row.rule).parameters)[2:]


def meaning(f: Factors, name: tuple[str, Index]) -> tuple[str, Any, float] | None:
    """Field of Plan, key in it, and units of the column in one of the plan; nothing if no plan states it."""
    family, index = name
    if family in NO_DECISIONS:
        return None
    if family in ("short", "excess"):
        # Too much of what is to stay below a limit is its shortfall; only '=' rows have both.
        at_most = any(target.id == index[0] and target.sense == "<=" for target in f.case.targets)
        return "short" if at_most else family, index[0], 1.0
    per_unit = f.money.exchange0[index[0]] if family in OF_CURRENCY else 1.0
    return family, index[0] if len(index) == 1 else index, per_unit


def outlay(f: Factors, name: tuple[str, Index]) -> float:
    """Present value of the outlays of one unit, bn KZT of the price year."""
    family, index = name
    if family == "start":
        return math.fsum(f.money.weight[year] * amount for year, amount in f.money.outlay[index].items())
    if family not in ("renew", "joint"):
        return 0.0
    at = (index[0], f.works.period_year[index[1]])
    return f.money.weight[at[1]] * (f.money.km_cost[at] if family == "renew" else -f.money.trench_saving[at])
