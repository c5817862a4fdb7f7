"""The line from a workbook to a verified plan, step by step, with the time each takes. The command line only talks about it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from model.base.errors import InputRejected, NotVerified
from model.base.issues import Issue, stops
from model.data.build import build
from model.data.case import Case
from model.data.check import typed
from model.data.derive import Factors, derive
from model.data.plan import Plan
from model.data.rules import sense, structure
from model.data.tables import Tables
from model.formulation.assemble import assemble, limits
from model.report.figures import claims
from model.solve.compile import compile_model
from model.solve.lp import LinearProgram
from model.solve.run import solve
from model.solve.solution import Solution
from model.verify.certificate import check_certificate
from model.verify.finding import Finding, failed
from model.verify.recompute import recompute
from model.verify.totals import compare
from model.workbook.read import read

Say = Callable[[str], None]


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
class Checked:
    """A checked input: its tables as typed, the Case, its factors, and the issues that do not stop the run."""

    tables: Tables
    factors: Factors
    issues: tuple[Issue, ...]

    @property
    def case(self) -> Case:
        return self.factors.case


@dataclass(frozen=True, eq=False)
class Job:
    """A verified plan with all that is known about it."""

    checked: Checked
    program: LinearProgram
    solution: Solution
    claims: Mapping[str, float]
    findings: tuple[Finding, ...]


def check(tables: Tables, issues: list[Issue], scenario: str = "base") -> Checked:
    """Typed tables, rules and factors. Raises InputRejected with all issues found if one of them stops the run."""
    tables, more = typed(tables)
    found = [*issues, *more]
    # Rules across sheets speak only of values that are sound, so they run beside the other issues, all in one go.
    found += [issue for issue in structure(tables) if issue not in found]
    if stops(found):
        raise InputRejected(found)
    factors = derive(build(tables, scenario))
    found += sense(tables, factors)
    if stops(found):
        raise InputRejected(found)
    return Checked(tables, factors, tuple(found))


def plan(source: Path, scenario: str, clock: Clock, say: Say) -> Job:
    """Read, check, build, solve, verify. Raises a JaryqError that says how the run ended if there is no verified plan."""
    say(f"reading {source}")
    with clock.step("read"):
        tables, issues = read(source)
    with clock.step("check"):
        checked = check(tables, issues, scenario)
    return decide(checked, clock, say)


def decide(checked: Checked, clock: Clock, say: Say) -> Job:
    """Build, solve, verify a checked input."""
    factors = checked.factors
    say("building the linear program")
    with clock.step("build"):
        program = compile_model(assemble(factors))
    with clock.step("solve"):
        solution = solve(factors, program, limits(factors), lambda step: say(f"solving: {step}"))
    say("verifying")
    with clock.step("verify"):
        numbers = all_claims(checked.case, factors, solution)
        findings = verify(checked.case, solution.plan, numbers, solution.multipliers, program)
    if failed(findings):
        worst = failed(findings)[0]
        message = f"{len(failed(findings))} check(s) failed, first {worst.check} at {worst.place}: {worst.claimed:.9g} against {worst.recomputed:.9g} {worst.unit}"
        raise NotVerified(message)
    return Job(checked, program, solution, numbers, findings)


def all_claims(case: Case, factors: Factors, solution: Solution) -> dict[str, float]:
    """Every number a plan states and a check can restate: figures of the report, values and bounds of the stages."""
    stated = {f"value[{stage.name}]": stage.value for stage in solution.stages}
    stated |= {f"bound[{stage.name}]": stage.bound for stage in solution.stages if stage.bound is not None}
    return {**claims(case, factors, solution), **stated}


def verify(case: Case, plan: Plan, numbers: Mapping[str, float], multipliers: Mapping[str, float], program: LinearProgram) -> tuple[Finding, ...]:
    """Recomputation from the Case and the plan alone, comparison with what is stated, and the certificate."""
    totals, findings = recompute(case, plan)
    figures = {key: value for key, value in numbers.items() if not key.startswith(("value[", "bound["))}
    return (*findings, *compare(totals, figures), *check_certificate(program, case.settings.objective, numbers, multipliers))
