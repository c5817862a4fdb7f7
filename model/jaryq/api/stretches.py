"""The program of a case whose packages are split into stretches: the bridge from factors to the scheme of groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from jaryq.api.question import question
from jaryq.api.stretches_priced import Pricing, here
from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.stretches import NO_STREET, Renewed, Stretches
from jaryq.case.works import Trench
from jaryq.factors.derive import Factors
from jaryq.factors.gains import AIMS
from jaryq.factors.stretch_targets import asked_of_stretches
from jaryq.factors.stretches import stretch_benefits
from jaryq.formulation.targets import ROW_OF
from jaryq.solve.lp import LinearProgram, label
from jaryq.solve.run import Progress
from jaryq.solve.solution import Solution
from jaryq.solve.stretches.places import laid
from jaryq.solve.stretches.pricing import earned_alike
from jaryq.solve.stretches.register import Property
from jaryq.solve.stretches.register import Stretches as Arrays
from jaryq.solve.stretches.restricted import LINK, TRENCH
from jaryq.solve.stretches.run import solve_with_stretches

OBJECTIVE = "objective"


def counted(f: Factors) -> bool:
    """Whether benefits are a part of the objective."""
    return "avoided" in AIMS[f.case.settings.objective]


def without_benefits(f: Factors, program: LinearProgram, register: Stretches) -> LinearProgram:
    """The program of packages, in which a km of those that have stretches brings nothing: they do."""
    if not counted(f):
        return program
    vector, constant = program.objectives[OBJECTIVE]
    vector = vector.copy()
    for n in register.packages:
        for t in f.works.open[n]:
            vector[program.column_at["renew", (n, t)]] += f.risk.benefit.get((n, t), 0.0)
    return replace(program, objectives={**program.objectives, OBJECTIVE: (vector, constant)})


def arrays_of(f: Factors, program: LinearProgram, register: Stretches) -> tuple[LinearProgram, Arrays]:
    """The program without the benefits of the packages that have stretches, and their stretches (those of the case of
    ``f``) with their own."""
    labels = [period.label for period in f.case.periods]
    trenches = placed_trenches(f.case)
    names = [("renew", key) for key in register.packages] + [("joint", trench.id) for trench in trenches]
    column = np.array([[program.column_at.get((family, (key, t)), -1) for t in labels] for family, key in names],
                      dtype=np.int64).reshape(len(names), len(labels))
    costs = {OBJECTIVE: -stretch_benefits(f)} if counted(f) else {}
    package = register.package.astype(np.int64)
    at = {key: i for i, key in enumerate(register.packages)}
    places = laid(register.places.astype(np.int64), package, register.km, [(at[k.package], at[k.other], len(at) + i)
                                                          for i, k in enumerate(trenches)])
    return without_benefits(f, program, register), Arrays(column, package, register.km, costs,
                                                          _uses(f, program, len(trenches)), places=places)


def placed_trenches(case: Case) -> tuple[Trench, ...]:
    """Shared trenches of which both packages have stretches with a street: what they share lies in places."""
    register = case.stretches
    if register is None:
        return ()
    lies = {key for key, at in register.slices.items() if (register.street[at] != NO_STREET).any()}
    return tuple(k for k in case.trenches if {k.package, k.other} <= lies)


def _uses(f: Factors, program: LinearProgram, trenches: int) -> tuple[Property, ...]:
    """What the rows of targets ask of stretches; of trenches nothing."""
    found = []
    for one in asked_of_stretches(f):
        weights = {program.row_at[row]: np.append(weight, np.zeros(trenches))
                   for g, weight in one.weights.items() if weight.any()
                   and (row := (ROW_OF[f.case.target_at[g].sense], (g,))) in program.row_at}
        if weights:
            found.append(Property(one.table, weights))
    return tuple(found)


def priced_by_links(f: Factors, program: LinearProgram, solution: Solution) -> LinearProgram:
    """The program of packages in which a km earns the multiplier of its link, with what the stretches are worth above
    that as a constant: no plan is better than its optimum. The program itself without stretches."""
    register = f.case.stretches
    if register is None or solution.renewed is None:
        return program
    base, arrays = arrays_of(f, program, register)
    price = np.zeros(arrays.column.shape)
    vector, constant = base.objectives[OBJECTIVE]
    vector = vector.copy()
    for i, t in zip(*np.nonzero(arrays.open), strict=True):
        j = int(arrays.column[i, t])
        family = TRENCH if i in arrays.trenches else LINK
        price[i, t] = solution.multipliers.get(f"{OBJECTIVE}|{label((family, base.columns[j][1]))}", 0.0)
        vector[j] -= price[i, t]
    above = earned_alike(arrays, OBJECTIVE, price, np.zeros(base.shape[0]))
    return replace(base, objectives={**base.objectives, OBJECTIVE: (vector, constant - above)})


def solve_register(f: Factors, program: LinearProgram, register: Stretches,
                   say: Progress = lambda _: None, pricing: Pricing = here) -> Solution:
    """The answer, with what is renewed of each stretch. ``program``: that of the packages; ``pricing``: who prices
    stretches. Raises Infeasible, NoPlan."""
    base, arrays = arrays_of(f, program, register)
    with pricing(arrays) as priced:
        found = solve_with_stretches(question(f, base), base, priced, say, program)
    filled = found.renewed
    return replace(found.solution, renewed=Renewed(filled.row.astype(np.int32), filled.period.astype(np.int16),
                                                   filled.km))


def beside_mean(f: Factors, register: Stretches, renewed: Renewed) -> Mapping[str, float]:
    """What the stretches renewed change of what each target measures beside as many km that are as their package on
    average (``Plan.apart``)."""
    found: dict[str, float] = {}
    count = len(register.packages)
    for one in asked_of_stretches(f):
        sums = np.bincount(register.package[renewed.row], one.table[renewed.row, renewed.period] * renewed.km,
                           minlength=count)
        for g, weight in one.weights.items():
            if weight.any():
                found[g] = found.get(g, 0.0) + float(weight @ sums)
    return found


def above_mean(f: Factors, register: Stretches, plan: Plan, renewed: Renewed) -> Mapping[tuple[str, str], float]:
    """What the stretches renewed of each package bring in each period above as many km as the plan has of it, bn KZT
    (``Plan.above``)."""
    worth = stretch_benefits(f)[renewed.row, renewed.period] * renewed.km
    count = len(f.case.periods)
    cells = np.bincount(register.package[renewed.row] * count + renewed.period, weights=worth,
                        minlength=len(register.packages) * count).reshape(-1, count)
    return {(n, t): float(cells[i, f.works.position[t]]) - f.risk.benefit.get((n, t), 0.0) * plan.renew.get((n, t), 0.0)
            for i, n in enumerate(register.packages) for t in f.works.open[n]
            if cells[i, f.works.position[t]] or plan.renew.get((n, t))}
