"""All stages of a program asked of all solvers, one after the other; earlier ones are kept by rows (decision 0004)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import linear_stages
from jaryq.validate.answer import CAP_SLACK, Answerer, Kept, Question, question
from jaryq.validate.compare import Judged, judge
from jaryq.validate.examine import Remark, Word, examine, tolerance

GAP = 1e-4
"""A whole search may stop at this share of the divisible value (at least of 1), the stage's largest cost being 100."""

WHOLE_SLACK = 1e-6
"""Slack of a row that keeps a stage of whole plans, above the tolerance of a search by branching."""

FACES = "stages on faces"
"""The program's own way through the stages, named like a solver."""

Say = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Programme:
    """A compiled program with its name, and whether facilities are whole."""

    name: str
    program: LinearProgram
    whole: bool

    @property
    def stages(self) -> tuple[str, ...]:
        return tuple(self.program.objectives)

    @property
    def valued(self) -> tuple[str, ...]:
        return tuple(name for name in self.stages if name in ("red_zone", "objective") or name.startswith("priority_"))


def validate(
    programme: Programme, solvers: Sequence[Answerer], seconds: float, say: Say = lambda _: None,
) -> tuple[Judged, ...]:
    """Every stage divisible; of whole programs then every stage that counts, whole. ``seconds``: for one answer.

    A chain of stages ends where no plan is known or the program is infeasible.
    """
    linear, whole = [s for s in solvers if not s.whole], [s for s in solvers if s.whole]
    judged = _counted(programme, linear, seconds, say)
    first = judged[0]
    judged = _ties(programme, judged, linear, seconds, say)
    if programme.whole and programme.program.whole.any() and not first.infeasible:
        judged += _whole(programme, first, whole, linear, seconds, say)
    return tuple(judged)


def _asked(
    asked: Question, solvers: Sequence[Answerer], known: Array | None = None, proofs: Sequence[Fraction] = (),
) -> Judged:
    return judge(asked, [examine(asked, solver.solve(asked)) for solver in solvers], proofs, known)


def _counted(programme: Programme, solvers: Sequence[Answerer], seconds: float, say: Say) -> list[Judged]:
    """The stages that count, divisible, earlier ones kept by rows."""
    judged: list[Judged] = []
    kept: list[Kept] = []
    for stage in programme.valued:
        say(f"{programme.name}: {stage}")
        known = judged[-1].point if judged else None
        found = _asked(question(programme.program, stage, kept, seconds), solvers, known)
        judged.append(found)
        if found.best is None:
            break
        # A point may be better than anything by its tolerance: a later stage that had to keep that could not.
        kept += _kept(found, max(found.best, float(found.proof) if found.proof is not None else found.best), CAP_SLACK)
    return judged


def _kept(found: Judged, value: float, slack: float) -> list[Kept]:
    asked = found.question
    return [Kept(asked.stage, asked.cost, value - asked.offset, slack)] if np.any(asked.cost) else []


def _ties(
    programme: Programme, judged: list[Judged], solvers: Sequence[Answerer], seconds: float, say: Say,
) -> list[Judged]:
    """The program's own stages on faces beside the answers, then ties asked of all solvers on the same faces.

    Rows with a slack are no question for ties: all the room they leave is the slack, the multipliers of a large case
    are 1e9 and more, and honest solvers answer "infeasible" or "imprecise".
    """
    program = programme.program
    solver = Solver(program)
    solver.option("time_limit", seconds * len(programme.stages))
    try:
        staged = linear_stages(program, programme.stages, solver)
    except Infeasible:
        return [_false_alarm(found) for found in judged]
    except NoPlan:
        return judged
    judged = [_beside(found, staged.values[found.question.stage]) for found in judged]
    for stage in programme.stages:
        if stage in programme.valued or stage not in staged.faces:
            continue
        say(f"{programme.name}: {stage}")
        asked = question(staged.faces[stage].of(program), stage, (), seconds)
        judged.append(_beside(_asked(asked, solvers), staged.values[stage]))
    return judged


def _beside(found: Judged, value: float) -> Judged:
    """The answers with the value of the same stage on faces, compared where plan and proof of the answers meet.

    Rows leave a slack; what it is worth at the proof's multipliers is taken off before comparing.
    """
    if found.proof is None or found.best is None or found.best - float(found.proof) > tolerance(found.best):
        return found
    asked = found.question
    expected = float(found.proof) + _worth(found)
    if abs(value * asked.unit - expected) <= tolerance(expected):
        return found
    return _remarked(found, "value", "not the value of the stage", value, expected / asked.unit)


def _worth(found: Judged) -> float:
    """What the slack of rows that keep earlier stages gains, by the multipliers of the best proof."""
    kept = found.question.kept
    best = max((one for one in found.examined if one.proof is not None), key=lambda one: one.proof or 0)
    multipliers = best.answer.row_dual[len(best.answer.row_dual) - len(kept):]
    return sum(-float(m) * keep.slack * max(1.0, abs(keep.most)) for keep, m in zip(kept, multipliers, strict=True))


def _false_alarm(found: Judged) -> Judged:
    if found.best is None:
        return found
    return _remarked(found, "infeasible", "a plan exists", np.nan, found.best / found.question.unit)


def _remarked(found: Judged, word: Word, why: str, said: float, true: float) -> Judged:
    return replace(found, remarks=(*found.remarks, Remark(FACES, word, why, said, true)))


def _whole(
    programme: Programme, first: Judged, solvers: Sequence[Answerer], linear: Sequence[Answerer], seconds: float,
    say: Say,
) -> list[Judged]:
    """The stages that count, whole; before each the divisible program with the same rows, whose exact bound no whole
    plan may beat."""
    judged: list[Judged] = []
    kept: list[Kept] = []
    known: Array | None = None
    for stage in programme.valued:
        say(f"{programme.name}: {stage}, whole")
        asked = question(programme.program, stage, kept, seconds, whole=True)
        relaxed = _asked(asked.relaxed(), linear, known) if kept else first
        value = relaxed.best if relaxed.best is not None else 0.0
        proofs = () if relaxed.proof is None else (relaxed.proof,)
        found = _asked(replace(asked, gap=GAP * max(1.0, abs(value))), solvers, known, proofs)
        judged += [*([relaxed] if kept else []), found]
        if found.best is None:
            break
        kept += _kept(found, found.best, WHOLE_SLACK)
        known = found.point
    return judged
