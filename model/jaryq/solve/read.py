"""From a point of the linear program back to the users' terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np

from jaryq.case.plan import Plan
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.question import Meaning, Question

CLEAN = 1e-9
"""What is smaller is the solver's noise: a bn KZT, km or share this small is nothing."""


def plan_of(question: Question, program: LinearProgram, x: Array) -> Plan:
    """The plan of a point, by the meanings of its columns; those without one are no decisions of their own."""
    return plan_by(question.meanings.__getitem__, program, x)


def plan_by(meaning_of: Callable[[int], Meaning | None], program: LinearProgram, x: Array) -> Plan:
    """The same where meanings are asked for by the number of a column: of those that are not at nothing alone."""
    found: dict[str, dict[Any, float]] = {field.name: {} for field in fields(Plan)}
    for j in np.flatnonzero(np.abs(x) > CLEAN).tolist():
        meaning, value = meaning_of(j), float(x[j])
        if meaning is None:
            continue
        amount = float(round(value)) if program.whole[j] else max(value, 0.0) / meaning.per_unit
        mine = found[meaning.field]
        mine[meaning.key] = mine.get(meaning.key, 0.0) + amount
    return Plan(**{name: dict(sorted(values.items())) for name, values in found.items()})
