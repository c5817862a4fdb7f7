"""Money that nobody gives: programs in which spending may stay unpaid, so that works can be judged whatever happens to
their money (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, hstack

from jaryq.solve.lp import Array, LinearProgram, Name

UNFUNDED = "unfunded"
"""The family of the columns (bn KZT of the year that nobody pays), and the stage that keeps them least."""

UNSPENT = "unspent"
"""The family of the columns (bn KZT of the year that is drawn and not needed)."""

BEYOND = "beyond"
"""The family of the columns (by how much a row is passed, in shares of its side), and the stage that keeps them
least."""


def with_unfunded(program: LinearProgram, paid: Sequence[int], passed: Sequence[int] = (), *,
                  unspent: bool = False) -> LinearProgram:
    """The program in which works may stay unpaid and limits may be passed, both held least in that order, before all
    other stages.

    ``paid``: numbers of rows "draws less outlay = 0", each with a column for what is not paid, bn KZT of the year, up
    to all that the row can ask for. ``passed``: numbers of rows with an upper side, each with a column for what lies
    above it, in shares of the side (of 1 where that is less). ``unspent``: money may also be drawn and not be needed
    (where draws are held that works no longer ask for), which counts as missing money does.
    """
    rows, count = program.shape
    back = list(paid) if unspent else []
    further = len(paid) + len(back) + len(passed)
    sides = np.abs(program.row_upper[list(passed)])
    sizes = np.where(np.isfinite(sides), np.maximum(sides, 1.0), 1.0)
    more = csr_array((np.concatenate([np.ones(len(paid)), -np.ones(len(back)), -sizes]),
                      (np.array([*paid, *back, *passed], dtype=np.int64), np.arange(further))), shape=(rows, further))
    most = np.concatenate([_most(program, paid, -1.0), _most(program, back, 1.0),
                           _most(program, passed, 1.0) / sizes])
    nothing = np.zeros(further)
    kinds = np.arange(further) < len(paid) + len(back)
    objectives = {name: (np.concatenate([np.zeros(count), of.astype(np.float64)]), 0.0)
                  for name, of in ((UNFUNDED, kinds), (BEYOND, ~kinds)) if of.any()}
    objectives |= {name: (np.concatenate([vector, nothing]), constant)
                   for name, (vector, constant) in program.objectives.items()}
    names = (*((UNFUNDED, program.rows[i][1]) for i in paid), *((UNSPENT, program.rows[i][1]) for i in back),
             *((BEYOND, (program.rows[i][0], *program.rows[i][1])) for i in passed))
    return replace(
        program, matrix=csr_array(hstack([program.matrix, more], format="csr")),
        columns=program.columns + names, objectives=objectives,
        col_lower=np.concatenate([program.col_lower, nothing]), col_upper=np.concatenate([program.col_upper, most]),
        whole=np.concatenate([program.whole, np.zeros(further, dtype=np.bool_)]))


def charged(program: LinearProgram, weights: Mapping[int, float]) -> LinearProgram:
    """The program whose objective counts what is not paid as paid: ``weights`` a bn KZT of each year."""
    vector, constant = program.objectives["objective"]
    more = [weights.get(int(index[1]), 0.0) if family == UNFUNDED else 0.0 for family, index in program.columns]
    return replace(program, objectives={**program.objectives, "objective": (vector + np.array(more), constant)})


def _most(program: LinearProgram, rows: Sequence[int], sign: float) -> Array:
    """How far rows can lie on one side of nothing at most, by the bounds of their columns."""
    if not rows:
        return np.zeros(0)
    asked = sign * program.matrix[list(rows)]
    return np.asarray(asked.maximum(0.0) @ program.col_upper, dtype=np.float64)


def unpaid(program: LinearProgram, x: Array) -> dict[str, float]:
    """What nobody pays at a point, nominal bn KZT by project; projects that are paid are left out."""
    found: dict[str, float] = {}
    for (family, index), value in zip(program.columns, x.tolist(), strict=True):
        if family == UNFUNDED and value > 0.0:
            found[str(index[0])] = found.get(str(index[0]), 0.0) + value
    return found


def passed(program: LinearProgram, x: Array) -> dict[tuple[str, str], float]:
    """By how much limits are passed at a point, in shares of their sides: by the family of the row and the first of
    its index; limits that are kept are left out."""
    found: dict[tuple[str, str], float] = {}
    for (family, index), value in zip(program.columns, x.tolist(), strict=True):
        if family == BEYOND and value > 0.0:
            at = str(index[0]), str(index[1])
            found[at] = found.get(at, 0.0) + value
    return found


def rows_of(program: LinearProgram, *families: str) -> tuple[int, ...]:
    """The numbers of the rows of families."""
    return tuple(i for i, (name, _) in enumerate(program.rows) if name in families)


def held_at(program: LinearProgram, values: Mapping[Name, float]) -> LinearProgram:
    """The program with columns held at values, as far as their bounds let them be (a decision that a change took away
    is not there to be held)."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    for name, value in values.items():
        if (j := program.column_at.get(name)) is not None:
            lower[j] = upper[j] = min(max(value, lower[j]), upper[j])
    return program.with_bounds(col_lower=lower, col_upper=upper)


def scalar(program: LinearProgram, prices: Mapping[str, float]) -> tuple[Array, float]:
    """One objective in place of stages, minimised: the last one's value and every stage of ``prices`` at its price, bn
    KZT. Stages that the program does not have have nothing to miss."""
    vector, constant = program.objectives["objective"]
    vector = vector.copy()
    for stage, price in prices.items():
        if stage in program.objectives:
            more, beside = program.objectives[stage]
            vector += price * more
            constant += price * beside
    return vector, constant
