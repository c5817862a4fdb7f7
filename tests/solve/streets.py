"""Small programs whose stretches lie in streets, and the full program of each: a column for every stretch and period,
and one for what every two stretches of a place share in a period."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from registers import full_program, random_register
from scipy.sparse import csr_array, hstack, vstack

from jaryq.solve.lp import LinearProgram
from jaryq.solve.stretches.places import laid
from jaryq.solve.stretches.register import Stretches


def random_streets(seed: int, stretches: int = 40, stages: int = 1, attributes: bool = False,
                   whole: int = 0) -> tuple[LinearProgram, Stretches]:
    """A register of ``random_register`` whose stretches lie in places: of some packages each two share trenches, on so
    many km in all at most, and a km together brings money of its period or worth of its own."""
    base, register = random_register(seed, stretches, stages, attributes, whole)
    chance = np.random.default_rng(seed + 10_000)
    packages, periods = register.column.shape
    of = [(n, m) for n in range(min(packages, 3)) for m in range(n) if chance.random() < 0.8]
    if packages == 4 and chance.random() < 0.5:
        of = [*of[:1], (3, 2)] if of and of[0] == (1, 0) else [(3, 2)]
    place = np.full(stretches, -1)
    for n in range(packages):
        mine = np.flatnonzero(register.package == n)
        place[mine] = chance.permutation(max(len(mine), stretches // packages))[:len(mine)]
        place[mine[chance.random(len(mine)) < 0.2]] = -1
    if not of:
        return base, register
    rows, trenches, uppers = [], [], []
    count = base.shape[1]
    column = np.vstack([register.column, np.full((len(of), periods), -1)])
    matrix = base.matrix.toarray()
    for k, (n, m) in enumerate(of):
        trenches.append((n, m, packages + k))
        both = (register.column[n] >= 0) & (register.column[m] >= 0)
        column[packages + k, both] = count + np.arange(both.sum())
        count += int(both.sum())
        rows.append(column[packages + k, both])
        uppers.append(chance.uniform(0.05, 1.2) * min(register.km[register.package == one].sum() for one in (n, m)))
    new = count - base.shape[1]
    own = np.zeros((base.shape[0], new))
    saving = np.where(chance.random(new) < 0.7, np.round(chance.uniform(0.2, 1.5, new), 1), 0.0)
    for k in range(len(of)):
        for t in range(periods):
            if (j := column[packages + k, t]) >= 0:
                own[t, j - base.shape[1]] = -saving[j - base.shape[1]]
    limits = np.zeros((len(of), count))
    for k, at in enumerate(rows):
        limits[k, at] = 1.0
    whole_matrix = np.vstack([np.hstack([matrix, own]), limits])
    bring = np.round(chance.uniform(-1.5, 0.2, new), 1)
    objectives = {name: (np.concatenate([vector, bring if name == "objective" else np.zeros(new)]), constant)
                  for name, (vector, constant) in base.objectives.items()}
    program = replace(
        base, matrix=csr_array(whole_matrix), row_lower=np.concatenate([base.row_lower, np.full(len(of), -np.inf)]),
        row_upper=np.concatenate([base.row_upper, uppers]),
        col_lower=np.concatenate([base.col_lower, np.zeros(new)]),
        col_upper=np.concatenate([base.col_upper, np.full(new, float(register.km.sum()))]),
        whole=np.concatenate([base.whole, np.zeros(new, dtype=bool)]), objectives=objectives,
        columns=base.columns + tuple(("joint", (str(j),)) for j in range(new)),
        rows=base.rows + tuple(("joint_km", (str(k),)) for k in range(len(of))))
    uses = tuple(replace(one, weights={row: np.concatenate([weight, np.zeros(len(of))])
                                       for row, weight in one.weights.items()}) for one in register.uses)
    return program, Stretches(column, register.package, register.km, register.costs, uses,
                              places=laid(place, register.package, register.km, trenches))


def full_streets(base: LinearProgram, register: Stretches) -> LinearProgram:
    """z[e, t] for every shared trench e of a place: at most km[e] times the part of each of the two that is renewed in
    t, and joint[k, t] at most their sum."""
    places = register.places
    if places is None:
        return full_program(base, register)
    packages = len(register.column) - len(places.rows)
    full = full_program(base, replace(register, column=np.where(np.isin(np.arange(len(register.column)), places.rows)[:,
        None], -1, register.column), places=None))
    x_at = {name[1]: j for j, name in enumerate(full.columns) if name[0] == "x" and j >= base.shape[1]}
    _, _, ones, others, pairs = places.edge
    z = [(e, t) for e in range(len(ones)) for t in range(register.periods) if (f"{ones[e]}", f"{t}") in x_at
         and (f"{others[e]}", f"{t}") in x_at]
    count = full.shape[1]
    rows, upper = [], []
    for j, (e, t) in enumerate(z):
        for i in (ones[e], others[e]):
            row = np.zeros(count + len(z))
            row[count + j] = 1.0
            row[x_at[f"{i}", f"{t}"]] = -places.edge_km[e] / register.km[i]
            rows.append(row)
            upper.append(0.0)
    for q, trenches in enumerate(places.trenches):
        for k in trenches:
            assert k >= packages
            for t in range(register.periods):
                if register.column[k, t] >= 0:
                    row = np.zeros(count + len(z))
                    row[register.column[k, t]] = 1.0
                    for j, (e, u) in enumerate(z):
                        if u == t and pairs[e] == q:
                            row[count + j] = -1.0
                    rows.append(row)
                    upper.append(0.0)
    none = np.zeros(len(z))
    return replace(
        full, matrix=csr_array(vstack([hstack([full.matrix, csr_array((full.shape[0], len(z)))]),
                                       csr_array(np.array(rows).reshape(len(rows), count + len(z)))])),
        row_lower=np.concatenate([full.row_lower, np.full(len(rows), -np.inf)]),
        row_upper=np.concatenate([full.row_upper, upper]),
        col_lower=np.concatenate([full.col_lower, none]), col_upper=np.concatenate([full.col_upper,
        [places.edge_km[e] for e, _ in z]]), whole=np.concatenate([full.whole, none.astype(bool)]),
        objectives={name: (np.concatenate([vector, none]), constant)
                    for name, (vector, constant) in full.objectives.items()},
        columns=full.columns + tuple(("z", (str(e), str(t))) for e, t in z),
        rows=full.rows + tuple(("part", (str(i),)) for i in range(len(rows))))
