"""Small programs with stretches, random ones among them, and the full program of each: one column for every stretch and
period."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from jaryq.solve.lp import LinearProgram
from jaryq.solve.stretches.register import Property, Stretches


def random_register(seed: int, stretches: int = 60, stages: int = 1, attributes: bool = False,
                    whole: int = 0) -> tuple[LinearProgram, Stretches]:
    """A few packages over a few periods (some closed) with money of each period, a priority whose shortfall is capped
    by nothing, facilities that share the money, and stretches with benefits that grow or fall (whole numbers in every
    second case: ties)."""
    chance = np.random.default_rng(seed)
    packages, periods = int(chance.integers(1, 5)), int(chance.integers(1, 6))
    shut = chance.random((packages, periods)) < 0.15
    column = np.full((packages, periods), -1)
    column[~shut] = np.arange(int((~shut).sum()))
    renew = int((~shut).sum())
    facilities = whole or int(chance.integers(1, 4))
    count = renew + facilities + 1
    package = chance.integers(0, packages, stretches)
    km = np.round(chance.lognormal(0, 0.8, stretches), 3)
    length = np.bincount(package, km, minlength=packages)
    price = chance.integers(1, 6, packages).astype(float)
    rows, lower, upper = [], [], []
    for t in range(periods):
        row = np.zeros(count)
        for n in range(packages):
            if column[n, t] >= 0:
                row[column[n, t]] = price[n]
        row[renew + t % facilities] = 3.0
        rows.append(row)
        lower.append(-np.inf)
        upper.append(float(chance.uniform(0.05, 0.4)) * float(length @ price))
    asked = np.zeros(count)
    asked[:renew], asked[-1] = 1.0, 1.0
    rows.append(asked)
    lower.append(float(chance.uniform(0.2, 1.1)) * float(length.sum()))
    upper.append(np.inf)
    high = np.concatenate([np.full(renew, float(length.sum())), np.ones(facilities), [float(length.sum()) * 2]])
    worth = -chance.uniform(0, 2, count) * 3
    worth[-1] = 0.0
    short = np.zeros(count)
    short[-1] = 1.0
    objectives = {"priority_1": (short, 0.0), "objective": (worth,
                                                            0.25)} if stages > 1 else {
                                                            "objective": (worth + 4.0 * short, 0.25)}
    first = np.zeros(count)
    for n, t in zip(*np.nonzero(column >= 0), strict=True):
        first[column[n, t]] = t + 1.0
    if stages > 2:
        objectives["earliest"] = (first, 0.0)
    program = LinearProgram(csr_array(np.array(rows)), np.array(lower), np.array(upper), np.zeros(count), high,
                            np.arange(count) >= count - 1 - facilities if whole else np.zeros(count, dtype=bool),
                            objectives,
                            tuple(("renew", (str(j),)) if j < renew else ("x", (str(j),)) for j in range(count)),
                            tuple(("row", (str(i),)) for i in range(len(rows))))
    if whole:
        program.whole[-1] = False
    costs = -chance.uniform(-1, 4, stretches)[:, None] * np.exp(chance.uniform(-0.3, 0.3, stretches)[:,
        None] * np.arange(periods))
    if seed % 2:
        costs = np.round(costs)
    uses: tuple[Property, ...] = ()
    if attributes:
        # One asked for by one row, one by two with other weights.
        uses = (Property(np.round(chance.uniform(0, 2, (stretches, periods)), 2), {0: np.ones(packages)}),
                Property(np.round(chance.uniform(-0.5, 0.5, (stretches, periods)), 2),
                         {0: np.round(chance.uniform(-1, 1, packages), 1),
                          len(rows) - 1: np.round(chance.uniform(0, 1, packages), 1)}))
    return program, Stretches(column, package, km, {"objective": costs}, uses)


def full_program(base: LinearProgram, register: Stretches) -> LinearProgram:
    """A column x[i, t] for every stretch and open period: renew[n, t] = sum of x over its stretches, sum over t of x[i,
    t] <= km[i]."""
    at = [(i, t) for i, n in enumerate(register.package) for t in range(register.periods) if register.column[n, t] >= 0]
    links = [(n, t) for n, t in zip(*np.nonzero(register.column >= 0), strict=True)]
    m, count = base.shape
    own = np.zeros((m, len(at)))
    link, length = np.zeros((len(links), len(at))), np.zeros((len(register.km), len(at)))
    of = np.zeros((len(links), count))
    for k, (n, t) in enumerate(links):
        of[k, register.column[n, t]] = 1.0
    where = {pair: k for k, pair in enumerate(links)}
    for j, (i, t) in enumerate(at):
        link[where[int(register.package[i]), t], j] = -1.0
        length[i, j] = 1.0
        for one in register.uses:
            for row, weight in one.weights.items():
                own[row, j] += weight[register.package[i]] * one.table[i, t]
    matrix = vstack([hstack([base.matrix, csr_array(own)]), hstack([csr_array(of), csr_array(link)]),
                     hstack([csr_array((len(register.km), count)), csr_array(length)])])
    zero = np.zeros(len(links))
    return replace(
        base, matrix=csr_array(matrix), row_lower=np.concatenate([base.row_lower, zero,
        np.full(len(register.km), -np.inf)]), row_upper=np.concatenate([base.row_upper, zero, register.km]),
        col_lower=np.concatenate([base.col_lower, np.zeros(len(at))]),
        col_upper=np.concatenate([base.col_upper, register.km[[i for i, _ in at]]]),
        whole=np.concatenate([base.whole, np.zeros(len(at), dtype=bool)]),
        objectives={stage: (np.concatenate([vector, [register.costs[stage][i, t] if stage in register.costs else 0.0
                                                     for i, t in at]]), constant)
                                                     for stage, (vector, constant) in base.objectives.items()},
        columns=base.columns + tuple(("x", (f"{i}", f"{t}")) for i, t in at),
        rows=base.rows + tuple(("link", pair) for pair in links) + tuple(("length", (i,))
        for i in range(len(register.km))),
    )
