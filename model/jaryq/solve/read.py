"""From a point of the linear program back to the users' terms."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from jaryq.case.plan import Plan
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.question import Question

CLEAN = 1e-9
"""What is smaller is the solver's noise: a bn KZT, km or share this small is nothing."""


def plan_of(question: Question, program: LinearProgram, x: Array) -> Plan:
    """The plan of a point, by the meanings of its columns; those without one are no decisions of their own."""
    found: dict[str, dict[Any, float]] = {field.name: {} for field in fields(Plan)}
    for meaning, whole, value in zip(question.meanings, program.whole.tolist(), x.tolist(), strict=True):
        if meaning is None or abs(value) <= CLEAN:
            continue
        amount = float(round(value)) if whole else max(value, 0.0) / meaning.per_unit
        mine = found[meaning.field]
        mine[meaning.key] = mine.get(meaning.key, 0.0) + amount
    return Plan(**{name: dict(sorted(values.items())) for name, values in found.items()})
