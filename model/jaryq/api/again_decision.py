"""The decision page of a what-if: the divisible plan of a case moved by changes, on the warm program, and what proves
it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from jaryq.api.accepted import accept, accept_changes
from jaryq.api.again import Standing
from jaryq.api.arrays import arrays_of
from jaryq.api.asked import asked
from jaryq.api.conflict import in_words
from jaryq.api.findings import all_claims, verify
from jaryq.api.question import plan_at
from jaryq.api.verified import hold, settled
from jaryq.base.collector import no_collector
from jaryq.base.errors import Infeasible
from jaryq.base.text import Text
from jaryq.case.stages import main, valued
from jaryq.factors.derive import Factors
from jaryq.formulation.assemble import limits
from jaryq.formulation.express import coefficients
from jaryq.handover.decision import decision
from jaryq.handover.html.shown import Json, shown
from jaryq.report.build import report_as_asked
from jaryq.solve.at_once import Reached
from jaryq.solve.certify import certify
from jaryq.solve.highs import Outcome, Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.solution import MAXIMISED, Size, Solution, Stage
from jaryq.solve.stages import linear_stages
from jaryq.tables.added import with_key
from jaryq.tables.typed_changes import typed_changes
from jaryq.verify.finding import Finding
from jaryq.workbook.read import read

DIVISIBLE = "settings; facilities; value; set divisible"
"""What-ifs move the plan of which facilities may be done in part: an ordinary change of the case."""

NOW = Text("As the case stands, facilities divisible", "Как в книге, объекты делимы")
MOVED = Text("What if, facilities divisible", "Что если, объекты делимы")
BY_MEANS = Text("{said}, packages by the means of their stretches", "{said}, пакеты по средним их участков")


@dataclass(frozen=True, eq=False)
class Moved:
    """A what-if: its decision page (see ``handover.html.shown``), why its program was built again, if it was, and the
    seconds it took by the clock. ``proved``: bounds are certified and all figures computed again by separate code."""

    changes: tuple[str, ...]
    shown: Json
    remark: Text | None
    seconds: float
    proved: bool
    of: Factors = field(repr=False)
    program: LinearProgram = field(repr=False)


def standing_of(source: Path, scenario: str) -> Standing:
    """A case as what-ifs move it: its scenario, facilities divisible; only the main stages are solved, until it is
    proved. Raises InputRejected, Infeasible."""
    tables, issues = read(source)
    if "settings" in tables:
        tables = with_key(tables, "settings", "facilities")
    accepted = accept(tables, issues, scenario, typed_changes([DIVISIBLE], "what if")[0])
    return Standing(accepted, arrays_of(accepted.factors), stages=main, in_classes=True)


class Passed(Exception):
    """Nobody waits for the answer any more."""


def moved(standing: Standing, changes: Sequence[str], wanted: Callable[[], bool] = lambda: True) -> Moved:
    """The decision page with changes, not proved yet. Raises InputRejected, Infeasible in words, NoPlan; Passed where
    it is not ``wanted`` any more, which is asked before what takes long."""
    def still() -> None:
        if not wanted():
            raise Passed

    def solved(program: LinearProgram) -> Reached:
        still()
        return standing.best(program)

    begun = time.perf_counter()
    with no_collector():
        accepted = accept_changes(standing.accepted, asked(list(changes))) if changes else standing.accepted
        f = accepted.factors
        try:
            still()
            at = standing.reached(f, solved)
            still()
        except Infeasible as error:
            raise in_words(error, limits(f), {key: one.currency for key, one in f.case.sources.items()}) from error
        stages = tuple(Stage(name, value, None) for name, value in at.values.items())
        solution = _solution(f, at.program, at.x, at.values["objective"], stages)
        told = _drawn(f, solution, (), changed=bool(changes))
    return Moved(tuple(changes), told, at.remark, time.perf_counter() - begun, False, f, at.program)


def proved(one: Moved, wanted: Callable[[], bool] = lambda: True) -> Moved:
    """The same with its certified distance from the best, every figure computed again. Raises NotVerified; Passed
    where something else is ``wanted`` first, which is asked before each stage of it."""
    def still() -> None:
        if not wanted():
            raise Passed

    begun = time.perf_counter()
    f, program = one.of, one.program
    with no_collector():
        names = valued(program.objectives)
        staged = linear_stages(program, names, _Asking(program, still))
        stages, multipliers, _ = certify(program, names, staged, staged, before=still)
        found = _solution(f, program, staged.x, staged.values["objective"], stages)
        solution = settled(replace(found, multipliers=multipliers), f, program)
        still()
        claims = all_claims(f.case, f, solution)
        still()
        findings = verify(f, solution, claims, program)
        hold(findings)
        still()
        told = _drawn(f, solution, findings, changed=bool(one.changes))
    return replace(one, shown=told, seconds=time.perf_counter() - begun, proved=True)


class _Asking(Solver):
    """A solver that asks before each run whether anybody waits for it."""

    def __init__(self, program: LinearProgram, still: Callable[[], None]) -> None:
        super().__init__(program)
        self._still = still

    def run(self) -> Outcome:
        self._still()
        return super().run()


def _solution(f: Factors, program: LinearProgram, x: Array, objective: float, stages: Sequence[Stage]) -> Solution:
    """The answer of a point; its bound is no number where none is certified."""
    sign = -1.0 if f.case.settings.objective in MAXIMISED else 1.0
    shown_so = [replace(stage, value=sign * stage.value + 0.0, bound=None if stage.bound is None else
                        sign * stage.bound + 0.0) if stage.name == "objective" else stage for stage in stages]
    bound = {stage.name: stage.bound for stage in shown_so}["objective"]
    # Of the columns at nothing neither meaning nor outlay is asked for.
    some, outlays = np.flatnonzero(x), np.zeros(len(x))
    outlays[some] = coefficients(f, f.spent, [program.columns[j] for j in some.tolist()])
    return Solution(
        plan=plan_at(f, program, x), objective=f.case.settings.objective, value=sign * objective + 0.0,
        stages=tuple(shown_so), lp_relaxation=sign * objective + 0.0,
        certified_bound=math.nan if bound is None else bound, outlays_pv=math.fsum((outlays * x).tolist()), prices=(),
        size=Size(program.shape[1], program.shape[0], int(program.matrix.nnz)), solver_seconds=0.0)


def _drawn(f: Factors, solution: Solution, findings: Sequence[Finding], *, changed: bool) -> Json:
    name = MOVED if changed else NOW
    if f.case.stretches is not None:
        name = BY_MEANS.fill(said=name)
    report = report_as_asked(f.case, f, solution, findings, front=True)
    return shown(f.case, report, (decision(f.case, report),), name)
