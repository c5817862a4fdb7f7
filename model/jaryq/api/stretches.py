"""The program of a case whose packages are split into stretches: the bridge from factors to the scheme of groups."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from jaryq.api.question import question
from jaryq.case.stretches import Renewed, Stretches
from jaryq.factors.derive import Factors
from jaryq.factors.gains import AIMS
from jaryq.factors.stretches import benefits_of_stretches
from jaryq.solve.lp import LinearProgram
from jaryq.solve.run import Progress
from jaryq.solve.solution import Solution
from jaryq.solve.stretches.register import Stretches as Arrays
from jaryq.solve.stretches.run import solve_with_stretches

OBJECTIVE = "objective"


def arrays_of(f: Factors, program: LinearProgram, register: Stretches) -> tuple[LinearProgram, Arrays]:
    """The program without the benefits of the packages that have stretches, and their stretches with their own."""
    labels = [period.label for period in f.case.periods]
    column = np.array([[program.column_at.get(("renew", (key, t)), -1) for t in labels] for key in register.packages],
                      dtype=np.int64).reshape(len(register.packages), len(labels))
    package = register.package.astype(np.int64)
    if "avoided" not in AIMS[f.case.settings.objective]:
        return program, Arrays(column, package, register.km, {})
    vector, constant = program.objectives[OBJECTIVE]
    vector = vector.copy()
    for n, key in enumerate(register.packages):
        for t, label in enumerate(labels):
            if column[n, t] >= 0:
                vector[column[n, t]] += f.risk.benefit.get((key, label), 0.0)
    base = replace(program, objectives={**program.objectives, OBJECTIVE: (vector, constant)})
    return base, Arrays(column, package, register.km, {OBJECTIVE: -benefits_of_stretches(f, register)})


def solve_register(f: Factors, program: LinearProgram, register: Stretches,
                   say: Progress = lambda _: None) -> tuple[Solution, Renewed]:
    """The answer, and what is renewed of each stretch. ``program``: that of the packages. Raises Infeasible, NoPlan."""
    base, arrays = arrays_of(f, program, register)
    found = solve_with_stretches(question(f, base), base, arrays, say)
    filled = found.renewed
    return found.solution, Renewed(filled.row.astype(np.int32), filled.period.astype(np.int16), filled.km)
