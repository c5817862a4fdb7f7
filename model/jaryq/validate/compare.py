"""The answers to one question beside each other: what one solver proves, another may not contradict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from jaryq.solve.exact import proves_infeasible, residual
from jaryq.solve.infeasible import confirm
from jaryq.solve.lp import Array
from jaryq.validate.answer import Question
from jaryq.validate.examine import FEASIBLE, Examined, Remark, tolerance


@dataclass(frozen=True, eq=False)
class Judged:
    """A question with its answers, the best plan with its value and the best exact bound (scaled), every false word."""

    question: Question
    examined: tuple[Examined, ...]
    best: float | None
    point: Array | None
    proof: Fraction | None
    infeasible: bool
    remarks: tuple[Remark, ...]

    @property
    def decided(self) -> bool:
        """Whether at least two solvers came to an end, and all that were asked."""
        return len(self.examined) > 1 and all(one.decided for one in self.examined)

    @property
    def spread(self) -> float:
        """Largest difference of two values, in the stage's own unit."""
        values = [one.value for one in self.examined if one.value is not None]
        return (max(values) - min(values)) / self.question.unit if values else 0.0


def judge(
    question: Question, examined: Sequence[Examined], proofs: Sequence[Fraction] = (), known: Array | None = None,
) -> Judged:
    """Compare the answers. ``proofs``: exact bounds from elsewhere (of the divisible program, for a whole one).

    ``known``: a plan of an earlier stage; if it keeps all rows it is one of this stage too, whatever the answers say.
    """
    exact = [*proofs, *(one.proof for one in examined if one.proof is not None)]
    proof = max(exact, default=None)
    # A point that is better than anything by its tolerance is no plan to hold against others.
    floor = -np.inf if proof is None else float(proof)
    points = [one.point for one in examined if one.point is not None]
    if known is not None and residual(question.program, known) <= FEASIBLE:
        points.append(known)
    plans = [(value, x) for x in points if (value := question.value(x)) >= floor - tolerance(value)]
    best, point = min(plans, key=lambda plan: plan[0], default=(None, None))
    remarks = [remark for one in examined for remark in one.remarks]
    for one in examined:
        if not any(remark.word in ("status", "primal") for remark in one.remarks):
            remarks += _against(question, one, best, proof)
    alarms = [one.answer.solver for one in examined if one.answer.stop == "infeasible"] if best is None else []
    if alarms and not question.whole and not _proved(question, examined):
        remarks += [Remark(solver, "infeasible", "unproven") for solver in alarms]
    return Judged(question, tuple(examined), best, point, proof, bool(alarms), tuple(remarks))


def _against(question: Question, one: Examined, best: float | None, proof: Fraction | None) -> list[Remark]:
    """What the best plan and the best proof say about an answer."""
    name, unit, value, bound = one.answer.solver, question.unit, one.value, one.answer.bound
    found = []
    if value is not None and proof is not None and value < float(proof) - tolerance(value):
        found.append(Remark(name, "primal", "beats the proof", value / unit, float(proof) / unit))
    if best is None:
        return found
    room = question.gap + tolerance(best)
    if one.answer.stop == "infeasible":
        found.append(Remark(name, "infeasible", "a plan exists", found=best / unit))
    if one.answer.stop == "optimal" and value is not None and value > best + room:
        found.append(Remark(name, "optimal", "a better plan exists", value / unit, best / unit))
    if np.isfinite(bound):
        if bound > best + tolerance(best):
            found.append(Remark(name, "bound", "a plan beats it", bound / unit, best / unit))
        elif one.answer.stop == "optimal" and value is not None and bound < value - room:
            found.append(Remark(name, "bound", "further than its gap", bound / unit, value / unit))
    return found


def _proved(question: Question, examined: Sequence[Examined]) -> bool:
    """Whether an exact Farkas proof exists: a ray of one of the answers, or one found from scratch."""
    program = question.program
    rays = [one.answer.ray for one in examined if one.answer.ray.shape == (program.shape[0],)]
    return any(proves_infeasible(program, ray) for ray in rays) or confirm(program) is not None
