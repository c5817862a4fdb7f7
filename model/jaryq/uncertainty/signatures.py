"""Signatures that cost nothing: what is signed of a source without fees, so that what one future does not have of it is
not counted on in the others (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stacked import with_rows

SIGNED = "signed"
"""The family of the columns: what is signed of a source, bn of its currency at a rate that is one in all futures."""

SIGNED_FREELY = "signed_freely"
"""The family of the rows: no more of a source is drawn than is signed of it."""


@dataclass(frozen=True)
class Signature:
    """``uses``: what a unit of each draw is of what is signed; ``least``: what every future allows, signed at no cost;
    ``most``: what this one does."""

    uses: Mapping[Name, float]
    least: float
    most: float


def with_signatures(program: LinearProgram, signatures: Mapping[str, Signature]) -> LinearProgram:
    r"""The program with a column of what is signed of each source and a row :math:`signed_s - use_s \ge 0`."""
    if not signatures:
        return program
    further, mine = len(signatures), list(signatures.items())
    nothing = np.zeros(further)
    wide = replace(
        program, columns=(*program.columns, *((SIGNED, (s,)) for s, _ in mine)),
        col_lower=np.concatenate([program.col_lower, [one.least for _, one in mine]]),
        col_upper=np.concatenate([program.col_upper, [max(one.least, one.most) for _, one in mine]]),
        whole=np.concatenate([program.whole, nothing.astype(np.bool_)]),
        objectives={name: (np.concatenate([vector, nothing]), constant)
                    for name, (vector, constant) in program.objectives.items()})
    rows = []
    for k, (_, one) in enumerate(mine):
        row = np.zeros(program.shape[1] + further)
        row[[program.column_at[name] for name in one.uses]] = [-value for value in one.uses.values()]
        row[program.shape[1] + k] = 1.0
        rows.append(row)
    return with_rows(wide, program.matrix, rows, nothing.tolist(), [(SIGNED_FREELY, (s,)) for s, _ in mine])


def as_needed(program: LinearProgram, x: Array) -> Array:
    """The point with no more signed at no cost than every future allows and its draws need."""
    found = x.copy()
    for i, j in _free(program):
        use = x[j] - (program.matrix[[i]] @ x).item()
        found[j] = min(max(use, program.col_lower[j]), program.col_upper[j])
    return found


def counted_on(programs: Sequence[LinearProgram], early: Mapping[Name, float]) -> dict[Name, float]:
    """Early decisions without what is signed at no cost up to what every future allows: that needs no decision."""
    least = {program.columns[j]: float(program.col_lower[j]) for program in programs for _, j in _free(program)}
    return {name: value for name, value in early.items() if name not in least
            or value > least[name] + 1e-9 * max(1.0, least[name])}


def _free(program: LinearProgram) -> list[tuple[int, int]]:
    """Rows and columns of what is signed at no cost."""
    return [(i, program.column_at[SIGNED, index]) for i, (family, index) in enumerate(program.rows)
            if family == SIGNED_FREELY]
