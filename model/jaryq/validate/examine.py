"""Every word of one answer against the arrays: what can be checked without believing any solver."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from jaryq.solve.exact import Arithmetic, residual
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array
from jaryq.solve.near import fixed
from jaryq.validate.answer import Answer, Question, with_rows
from jaryq.validate.basis import basic_solution

Word = Literal["value", "dual", "primal", "infeasible", "optimal", "bound", "status", "basis"]

AGREE = 1e-6
"""Values agree to this share of their size (at least of 1), the stage's largest cost being 100."""

FEASIBLE = 1e-6
"""Share of a limit (at least of 1) by which a point may violate it; also the distance from a whole number."""

EARLY = 0.9
"""A solver that stops at its limit has used this share of its time."""


@dataclass(frozen=True)
class Remark:
    """A word of a solver's answer that does not hold: what it says and what was found (in the stage's own unit)."""

    solver: str
    word: Word
    why: str
    said: float = np.nan
    found: float = np.nan


@dataclass(frozen=True, eq=False)
class Examined:
    """An answer with its point and value if that holds all rows, the exact bound of its multipliers, false words."""

    answer: Answer
    point: Array | None
    value: float | None
    proof: Fraction | None
    remarks: tuple[Remark, ...]

    @property
    def decided(self) -> bool:
        return self.answer.stop in ("optimal", "infeasible")


def tolerance(value: float) -> float:
    """By how much two values of one stage may differ (scaled)."""
    return AGREE * max(1.0, abs(value))


def examine(question: Question, answer: Answer) -> Examined:
    """Check an answer by itself: status, point, value, multipliers, bound and basis."""
    remarks = _status(question, answer)
    holds = _size(answer.x, question.program.shape[1])
    point: Array | None = None
    if len(answer.x):
        remarks += _primal(question, answer)
        if holds and not any(remark.word == "primal" for remark in remarks):
            remarks += _value(question, answer)
            point, more = _finished(question, answer)
            remarks += more
    proof = None
    if not question.whole and answer.stop == "optimal" and holds:
        proof, more = _dual(question, answer)
        remarks += (*more, *_basis(question, answer))
    return Examined(answer, point, None if point is None else question.value(point), proof, remarks)


def _size(found: Array, count: int) -> bool:
    return found.shape == (count,) and bool(np.isfinite(found).all())


def _status(question: Question, answer: Answer) -> tuple[Remark, ...]:
    """A status that contradicts itself, or that all columns are bounded, or that time has to pass before it is over."""
    why = ""
    if answer.stop == "unbounded":
        why = "unbounded"
    elif answer.stop == "optimal" and not len(answer.x):
        why = "optimal without a point"
    elif answer.stop == "infeasible" and len(answer.x):
        why = "infeasible with a point"
    elif answer.stop == "limit" and answer.seconds < EARLY * question.seconds:
        why = "early"
    return (Remark(answer.solver, "status", why, answer.seconds, question.seconds),) if why else ()


def _primal(question: Question, answer: Answer) -> tuple[Remark, ...]:
    program = question.program
    if not _size(answer.x, program.shape[1]):
        return (Remark(answer.solver, "primal", "shape", len(answer.x), program.shape[1]),)
    worst = residual(program, answer.x)
    if worst > FEASIBLE:
        return (Remark(answer.solver, "primal", "violated", 0.0, worst),)
    if question.whole and program.whole.any():
        chosen = answer.x[program.whole]
        broken = float(np.abs(chosen - np.round(chosen)).max())
        if broken > FEASIBLE:
            return (Remark(answer.solver, "primal", "not whole", 0.0, broken),)
    return ()


def _value(question: Question, answer: Answer) -> tuple[Remark, ...]:
    """What it calls its value is the cost of its point."""
    found = question.value(answer.x)
    if abs(answer.value - found) <= tolerance(found):
        return ()
    unit = question.unit
    return (Remark(answer.solver, "value", "not the cost of its point", answer.value / unit, found / unit),)


def _finished(question: Question, answer: Answer) -> tuple[Array | None, tuple[Remark, ...]]:
    """The point; of a whole plan the best one with its choices at exactly whole numbers, all else decided again.

    A whole decision that is 1e-7 off can be worth real money where a large bound hangs on it; nobody is blamed for
    another's tolerance.
    """
    if not question.whole or not question.program.whole.any():
        return answer.x, ()
    roomy = with_rows(question.base, question.kept, FEASIBLE)
    solver = Solver(fixed(roomy, np.round(answer.x[roomy.whole])))
    solver.minimise(question.cost, question.offset)
    outcome = solver.run()
    if outcome.is_best:
        return outcome.x, ()
    return None, (Remark(answer.solver, "primal", "choices", question.value(answer.x) / question.unit),)


def _dual(question: Question, answer: Answer) -> tuple[Fraction | None, tuple[Remark, ...]]:
    """The exact bound of its multipliers; they prove its value, and none has a sign that no optimum has."""
    program, dual = question.program, answer.row_dual
    if not _size(dual, program.shape[0]):
        return None, (Remark(answer.solver, "dual", "shape", len(dual), program.shape[0]),)
    proof = Arithmetic(program).taken(question.cost, question.offset, dual).exact
    above, below = np.isneginf(program.row_lower), np.isposinf(program.row_upper)
    wrong = np.maximum(np.where(above, dual, 0.0), np.where(below, -dual, 0.0))
    if len(wrong) and wrong.max() > AGREE:
        return proof, (Remark(answer.solver, "dual", "sign", float(dual[wrong.argmax()]), 0.0),)
    value = question.value(answer.x)
    if abs(value - float(proof)) <= tolerance(value):
        return proof, ()
    return proof, (Remark(answer.solver, "dual", "no proof", value / question.unit, float(proof) / question.unit),)


def _basis(question: Question, answer: Answer) -> tuple[Remark, ...]:
    """The point and multipliers that its basis stands for are those it states."""
    if answer.basis is None:
        return ()
    found = basic_solution(question.program, question.cost, answer.basis)
    if isinstance(found, str):
        return (Remark(answer.solver, "basis", found),)
    for stated, computed in ((answer.x, found[0]), (answer.row_dual, found[1])):
        if stated.shape != computed.shape:
            continue
        apart = np.abs(stated - computed) / np.maximum(1.0, np.abs(computed))
        if len(apart) and not apart.max() <= FEASIBLE:
            worst = int(apart.argmax())
            return (Remark(answer.solver, "basis", "another point", float(stated[worst]), float(computed[worst])),)
    return ()
