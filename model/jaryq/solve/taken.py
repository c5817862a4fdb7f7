"""The choices of a point taken, and all linear stages with them; what to do with choices that limits miss by a hair.

A whole search keeps rows to 1e-7, linear stages keep them to 1e-9, and a plan may break each by a hair (``base.hair``).
Choices for which a limit is short by less than a hair are taken: the rows that they miss give way by as much. Where it
is short by more, though the search did not see it, there is no plan with these choices: they are cut off, and the
search goes on. Nothing is proved by that, and a contradiction of the program with its choices fixed is none of the
case.

Where what is compulsory is short by a hair the program with all choices open has no point, and no proof that there is
none: its rows give way too, so that the search has a ground. What is taken gives way from the rows as they are stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.base.hair import hair
from jaryq.base.once import once
from jaryq.solve.exact import Arithmetic
from jaryq.solve.held import held_stages
from jaryq.solve.highs import DUAL, Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.relaxed import relaxation
from jaryq.solve.stages import Staged, linear_stages
from jaryq.solve.ways import least_ways

PART, MORE = 0.5, 1.5
"""Part of a hair by which a row may give way at most (checks add up a few), and how much more than is needed it does:
the solver needs room of its own."""

NOISE = 1e-12
"""What is left of a proof's multipliers below this part of the largest is none."""


def taken(chosen: LinearProgram, names: Sequence[str], solver: Solver, known: Staged | None = None,
          ) -> tuple[LinearProgram, Staged]:
    """All linear stages of a program with its choices fixed, which ``solver`` holds, and the program: rows give way by
    less than a hair where it has no point else. ``known``: stages of the program with choices open. Raises NoPlan."""
    if chosen.gave is None:
        with suppress(Infeasible, NoPlan):
            return chosen, (linear_stages(chosen, names, solver, proved=False) if known is None else
                            held_stages(chosen, names, solver, known))
    given = _by_half_a_hair(chosen.as_stated)
    if given is None:
        raise NoPlan("with these choices there is no plan")
    return given, linear_stages(given, names, solver, proved=False)


def standing(program: LinearProgram, asked: tuple[tuple[str, ...], int], *, whole: bool,
             ) -> tuple[LinearProgram, Staged, float]:
    """The program, its linear stages ``asked`` for (``relaxation``), and the seconds that were spent in the solver.
    Where it has no point, and that is not proved, its rows give way: where ``whole`` choices are still to be taken by
    as much as proofs leave room for, else, as its point is the plan, by less than a hair. Raises Infeasible (with a
    proof), NoPlan."""
    try:
        return (program, *relaxation(program, asked))
    except NoPlan:
        given = _by_the_room_of_proofs(program) if whole else _by_half_a_hair(program)
        if given is None:
            raise
        return (given, *relaxation(given, asked))


@once
def _by_the_room_of_proofs(program: LinearProgram) -> LinearProgram | None:
    """A program with its choices open, of which rows give way by no more than what proofs leave them."""
    room = Arithmetic(program).rooms(program.col_lower, program.col_upper)
    return _given_way(program, (room, room))


def widened(program: LinearProgram) -> LinearProgram:
    """A program with all its rows as far away as proofs leave them room: what a search does not find there is not
    there."""
    room = Arithmetic(program).rooms(program.col_lower, program.col_upper) * _gives(program)
    stated = program.as_stated
    return replace(stated, row_lower=stated.row_lower - room, row_upper=stated.row_upper + room, gave=(room, room))


def _gives(program: LinearProgram) -> npt.NDArray[np.bool_]:
    """Rows that give way: not those of choices alone in whole numbers, which are kept or missed by one at least."""
    matrix, own = program.matrix, ~program.whole
    parts = csr_array((_broken(matrix.data) | own[matrix.indices], matrix.indices, matrix.indptr), program.shape)
    found: npt.NDArray[np.bool_] = (parts.sum(axis=1) > 0) | _broken(program.row_lower) | _broken(program.row_upper)
    return found


def _broken(numbers: Array) -> npt.NDArray[np.bool_]:
    """Which are no whole numbers; what is infinite is one."""
    found: npt.NDArray[np.bool_] = numbers != np.round(numbers)
    return found


def _by_half_a_hair(program: LinearProgram) -> LinearProgram | None:
    """A program with its choices fixed, of which rows give way as ``verify`` lets them."""
    fixed = np.where(program.col_lower == program.col_upper, np.abs(program.col_upper), 0.0)
    terms: Array = abs(program.matrix) @ fixed
    below, above = (PART * np.array([hair(*pair) for pair in zip(sides.tolist(), terms.tolist(), strict=True)])
                    for sides in (program.row_lower, program.row_upper))
    return _given_way(program, (below, above))


def _given_way(program: LinearProgram, most: tuple[Array, Array]) -> LinearProgram | None:
    """The program with the rows given way that must, as little as can be and by no more than ``most``; None if that is
    not enough."""
    rooms = [_gives(program) * way for way in most]
    # Bounds that rows imply only keep columns finite: those of money repeat limits.
    implied = np.array([family in program.implied for family, _ in program.columns], dtype=bool)
    upper = program.col_upper + implied * PART * np.array([hair(upper) for upper in program.col_upper.tolist()])
    program = program.with_bounds(col_upper=np.where(program.col_upper > program.col_lower, upper, program.col_upper))
    ways = least_ways(program, (rooms[0], rooms[1]))
    if ways is None:
        return None
    below, above = MORE * ways[0], MORE * ways[1]
    return replace(program, row_lower=program.row_lower - below, row_upper=program.row_upper + above,
                   gave=(below, above))


def cut_off(program: LinearProgram, chosen: LinearProgram) -> LinearProgram | None:
    """The program with a row more, by which the choices that are fixed in ``chosen`` are not to be made again: one of
    those on which the contradiction rests must be another (a cut of a combinatorial Benders decomposition; Codato and
    Fischetti 2006), any of them where the solver tells no contradiction. None where all of them are fixed anyhow.
    ``program``: the one that is searched, which may have such rows."""
    free = program.whole & (program.col_lower < program.col_upper)
    at = chosen.col_lower > 0.5
    rests = free & _rests_on(chosen)
    where = np.flatnonzero(rests if rests.any() else free)
    if not len(where):
        return None
    row = csr_array((np.where(at[where], -1.0, 1.0), (np.zeros(len(where), dtype=np.int64), where)),
                    shape=(1, program.shape[1]))
    return replace(
        program, matrix=csr_array(vstack([program.matrix, row])),
        row_lower=np.append(program.row_lower, 1.0 - np.count_nonzero(at[where])),
        row_upper=np.append(program.row_upper, np.inf),
        rows=(*program.rows, ("cut_off", (str(program.shape[0]),))))


def _rests_on(chosen: LinearProgram) -> npt.NDArray[np.bool_]:
    """Fixed choices without which the solver's contradiction would be a smaller one, or none; nothing where it has
    none."""
    none = np.zeros(chosen.shape[1], dtype=np.bool_)
    solver = Solver(chosen, presolve=False)
    solver.minimise(np.zeros(chosen.shape[1]))
    solver.option("simplex_strategy", DUAL)
    solver.run()
    ray = solver.ray()
    if ray is None or ray.shape != (chosen.shape[0],) or not np.isfinite(ray).all():
        return none
    best, rests = 0.0, none
    for sign in (1.0, -1.0):
        left, above = chosen.matrix.T @ (sign * ray), _least(chosen, sign * ray)
        # The rows ask for at least so much of what the columns give at most.
        missing = above - float(left @ np.where(left > 0, chosen.col_upper, chosen.col_lower))
        if missing > best:
            size = NOISE * float(np.abs(left).max(initial=0.0))
            best, rests = missing, np.where(chosen.col_lower > 0.5, left < -size, left > size) & chosen.whole
    return rests


def _least(program: LinearProgram, ray: Array) -> float:
    """What the rows ask for at multipliers of which none stands at a side that there is not."""
    sides = np.where(ray > 0, program.row_lower, program.row_upper)
    used = (ray != 0.0) & np.isfinite(sides)
    return float(ray[used] @ sides[used]) if np.isfinite(sides[ray != 0.0]).all() else -np.inf
