"""The line from a workbook to a verified plan, step by step, with the time each takes. The command line only talks
about it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from jaryq.api.checked import Checked, all_issues, check, check_all
from jaryq.api.conflict import in_words
from jaryq.api.question import program_of, question
from jaryq.base.errors import Infeasible, NotVerified
from jaryq.base.flat import fifteen, rounded
from jaryq.base.text import Lang, printable
from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors
from jaryq.report.figures import claims
from jaryq.solve.lp import LinearProgram
from jaryq.solve.proof import NOTHING, Proof
from jaryq.solve.run import solve
from jaryq.solve.solution import Size, Solution
from jaryq.verify.certificate import check_certificate
from jaryq.verify.finding import Finding, failed
from jaryq.verify.recompute import recompute
from jaryq.verify.stated import check_stated, values_of
from jaryq.verify.totals import compare

__all__ = ["Checked", "Clock", "Job", "Say", "all_claims", "all_issues", "check", "check_all", "compiled", "decide",
           "outcome", "verify"]

Say = Callable[[str], None]
OF_STAGES = ("value[", "bound[", "linear[", "leaves[")
"""Claims about stages: the certificate checks them."""


@dataclass
class Clock:
    """Seconds of each step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun


@dataclass(frozen=True, eq=False)
class Job:
    """A verified plan with all that is known about it."""

    checked: Checked
    program: LinearProgram
    solution: Solution
    claims: Mapping[str, float]
    findings: tuple[Finding, ...]


def compiled(checked: Checked) -> LinearProgram:
    """The linear program of a checked input."""
    return program_of(checked.factors)


def decide(checked: Checked, clock: Clock, say: Say) -> Job:
    """Build, solve, verify a checked input."""
    say("building the linear program")
    with clock.step("build"):
        program = compiled(checked)
    with clock.step("solve"):
        solution = solved(checked, program, say)
    return _verified(checked, program, solution, clock, say)


def decided(checked: Checked, solution: Solution, clock: Clock, say: Say) -> Job:
    """A checked input with its solution known already (that of a kept plan): built and verified, not solved."""
    say("building the linear program")
    with clock.step("build"):
        program = compiled(checked)
    return _verified(checked, program, solution, clock, say)


def _verified(checked: Checked, program: LinearProgram, solution: Solution, clock: Clock, say: Say) -> Job:
    factors = checked.factors
    say("verifying")
    with clock.step("verify"):
        numbers = all_claims(checked.case, factors, solution)
        findings = verify(checked.case, solution.plan, numbers, solution.multipliers, program, solution.proof)
    if failed(findings):
        worst = failed(findings)[0]
        apart = f"{worst.claimed:.9g} against {worst.recomputed:.9g} {worst.unit}"
        raise NotVerified(f"{len(failed(findings))} check(s) failed, first {worst.check} at {worst.place}: {apart}")
    return Job(checked, program, solution, numbers, findings)


def solved(checked: Checked, program: LinearProgram, say: Say) -> Solution:
    """The answer, settled. Raises Infeasible with the conflict in words."""
    asked = question(checked.factors, program)
    try:
        solution = solve(asked, program, lambda step: say(f"solving: {step}"))
    except Infeasible as error:
        raise in_words(error, asked.moves.limits,
                       {key: source.currency for key, source in checked.case.sources.items()}) from error
    return settled(solution, checked.factors, program)


def settled(solution: Solution, factors: Factors, program: LinearProgram) -> Solution:
    """The solution as a spreadsheet keeps it: all that is claimed, shown and sealed follows from numbers of 15 digits,
    so that it follows again from the file, whoever saved it. What the inputs and the decisions give is taken from
    them."""
    kept: Solution = rounded(solution)
    bound = next((stage.bound for stage in kept.stages if stage.name == "objective"), None)
    return replace(
        kept, objective=factors.case.settings.objective, outlays_pv=fifteen(factors.outlays_pv(kept.plan)),
        certified_bound=kept.certified_bound if bound is None else bound,
        value=next((stage.value for stage in kept.stages if stage.name == "objective"), kept.value),
        size=Size(program.shape[1], program.shape[0], int(program.matrix.nnz)),
    )


def all_claims(case: Case, factors: Factors, solution: Solution) -> dict[str, float]:
    """Every number a plan states and a check can restate: figures of the report, values and bounds of the stages."""
    stated = {f"value[{stage.name}]": stage.value for stage in solution.stages}
    stated |= {f"bound[{stage.name}]": stage.bound for stage in solution.stages if stage.bound is not None}
    for stage in solution.stages:
        if stage.leaves is not None and stage.linear is not None:
            stated |= {f"linear[{stage.name}]": stage.linear, f"leaves[{stage.name}]": float(stage.leaves)}
    numbers: dict[str, float] = rounded({**claims(case, factors, solution), **stated})
    return numbers


def verify(
    case: Case, plan: Plan, numbers: Mapping[str, float], multipliers: Mapping[str, float], program: LinearProgram,
    proof: Proof = NOTHING,
) -> tuple[Finding, ...]:
    """Recomputation from the Case and the plan alone, comparison with what is stated, and the certificate."""
    totals, findings = recompute(case, plan)
    stages = tuple(values_of(case, totals, program))
    return (*findings, *compare(totals, figures_of(numbers)),
            *check_stated(case, totals, program, numbers, multipliers, proof.trees),
            *check_certificate(program, stages, case.settings.objective, numbers, multipliers, proof))


def recomputed(case: Case, plan: Plan, numbers: Mapping[str, float]) -> tuple[Finding, ...]:
    """Every limit and total from the Case and the plan alone, compared with what is stated; cheap, as no program is
    built."""
    totals, findings = recompute(case, plan)
    return (*findings, *compare(totals, figures_of(numbers)))


def figures_of(numbers: Mapping[str, float]) -> dict[str, float]:
    """Claims about the plan itself."""
    return {key: value for key, value in numbers.items() if not key.startswith(OF_STAGES)}


def outcome(case: Case, solution: Solution, findings: Sequence[Finding], lang: Lang) -> dict[str, str]:
    """Entries of a plan's manifest that follow from its inputs and decisions."""
    settings = case.settings
    return {
        "scenario": printable(case.scenario), "lang": lang, "status": "ok", "objective": settings.objective,
        "facilities": "whole" if settings.whole else "divisible", "gap": repr(settings.gap), "seed": str(settings.seed),
        "node_limit": "" if settings.node_limit is None else str(settings.node_limit),
        "time_limit": repr(settings.time_limit),
        "remarks": "; ".join(solution.remarks), "checks": f"{len(findings)} checks, {len(failed(findings))} failed",
    }
