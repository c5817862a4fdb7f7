"""The line from a workbook to a verified plan, step by step, with the time each takes. The command line only talks about it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from model.base.errors import Infeasible, InputRejected, NotVerified
from model.base.flat import fifteen, rounded
from model.base.issues import Issue, capped, stops
from model.data.build import build
from model.data.case import Case
from model.data.check import typed
from model.data.consequences import of_sound_cells, sound_years, without_lost_keys
from model.data.convert import near
from model.data.derive import Factors, derive
from model.data.magnitude import magnitude
from model.data.plan import Plan
from model.data.rules import sense, structure
from model.data.scenarios import BASE, Change, Changed, blamed, changes_of, names
from model.data.scenarios import changed as apply_changes
from model.data.tables import Tables
from model.formulation.assemble import assemble, limits
from model.report.figures import claims
from model.solve.compile import compile_model
from model.solve.conflict import in_words
from model.solve.lp import LinearProgram
from model.solve.run import solve
from model.solve.solution import Size, Solution
from model.verify.certificate import check_certificate
from model.verify.finding import Finding, failed
from model.verify.recompute import recompute
from model.verify.stated import check_stated, values_of
from model.verify.totals import compare

Say = Callable[[str], None]
SCENARIO_SHEETS = ("scenarios", "scenario_changes")


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
    """A checked input: its tables as typed and changed, the Case, its factors, the issues that do not stop the run, and what a scenario changed."""

    tables: Tables
    factors: Factors
    issues: tuple[Issue, ...]
    changed: tuple[Changed, ...] = ()

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


def check(tables: Tables, issues: Sequence[Issue], scenario: str = BASE, extra: Sequence[Change] = (), *, as_changed: bool = False) -> Checked:
    """Typed tables with the scenario's changes, rules and factors.

    ``extra``: further changes after the scenario's own; ``as_changed``: the tables hold the changes already (those of a finished plan).
    Raises InputRejected with all issues found if one of them stops the run.
    """
    tables, more = typed(tables)
    found = [*issues, *more]
    # Rules across sheets speak only of values that are sound, so they run beside the other issues, all in one go.
    more = of_sound_cells((*structure(sound_years(found, tables)), *magnitude(tables)), found)
    _add(found, capped(more))
    found = without_lost_keys(found, tables)
    changes, loops = changes_of(tables, scenario)
    if scenario not in names(tables) and not as_changed:
        found.append(Issue("unknown_reference", "scenarios", "", "scenario", scenario, {"target": "scenarios", "hint": near(scenario, names(tables))}))
    found += loops
    if stops(found):
        raise InputRejected(found)
    made: tuple[Changed, ...] = ()
    if (changes or extra) and not as_changed:
        tables, made, more = apply_changes(tables, (*changes, *extra))
        _add(found, more)
        if not stops(found):
            _add(found, blamed(structure(tables), made))
            _add(found, _not_yet(found, magnitude(tables)))
        if stops(found):
            raise InputRejected(found)
    tables = tables.at_fifteen_digits()
    factors = derive(build(tables, scenario))
    _add(found, blamed(sense(tables, factors), made))
    if stops(found):
        raise InputRejected(found)
    return Checked(tables, factors, tuple(found), made)


def check_all(tables: Tables, issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The issues of an input and of all its scenarios. Raises InputRejected if one of them stops a run."""
    found = all_issues(tables, issues)
    if stops(found):
        raise InputRejected(found)
    return found


def all_issues(tables: Tables, issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The issues of an input and of all its scenarios; what only a scenario brings about names it."""
    found: list[Issue] = []
    for scenario in names(tables):
        try:
            more = check(tables, issues, scenario).issues
        except InputRejected as rejected:
            more = rejected.issues
        if scenario != BASE:
            more = tuple(issue if issue.sheet in SCENARIO_SHEETS else replace(issue, scenario=scenario) for issue in _not_yet(found, more))
        _add(found, more)
    return tuple(found)


def _add(found: list[Issue], more: Iterable[Issue]) -> None:
    """Each issue once: a hundred thousand of them are no reason to wait."""
    there = {_whole(issue) for issue in found}
    for issue in more:
        if (key := _whole(issue)) not in there:
            there.add(key)
            found.append(issue)


def _whole(issue: Issue) -> tuple[object, ...]:
    return (issue.code, issue.sheet, issue.cell, issue.column, issue.value, issue.scenario, repr(sorted(issue.slots.items(), key=lambda slot: slot[0])))


def _not_yet(found: Sequence[Issue], more: Iterable[Issue]) -> list[Issue]:
    """Those of which nothing of the kind has been said about the same cell."""
    there = {(issue.code, issue.sheet, issue.cell) for issue in found}
    return [issue for issue in more if (issue.code, issue.sheet, issue.cell) not in there]


def decide(checked: Checked, clock: Clock, say: Say) -> Job:
    """Build, solve, verify a checked input."""
    factors = checked.factors
    say("building the linear program")
    with clock.step("build"):
        program = program_of(checked)
    with clock.step("solve"):
        solution = solved(checked, program, say)
    say("verifying")
    with clock.step("verify"):
        numbers = all_claims(checked.case, factors, solution)
        findings = verify(checked.case, solution.plan, numbers, solution.multipliers, program)
    if failed(findings):
        worst = failed(findings)[0]
        apart = f"{worst.claimed:.9g} against {worst.recomputed:.9g} {worst.unit}"
        raise NotVerified(f"{len(failed(findings))} check(s) failed, first {worst.check} at {worst.place}: {apart}")
    return Job(checked, program, solution, numbers, findings)


def program_of(checked: Checked) -> LinearProgram:
    """The linear program of a checked input."""
    return compile_model(assemble(checked.factors))


def solved(checked: Checked, program: LinearProgram, say: Say) -> Solution:
    """The answer, settled. Raises Infeasible with the conflict in words."""
    movable = limits(checked.factors)
    try:
        solution = solve(checked.factors, program, movable, lambda step: say(f"solving: {step}"))
    except Infeasible as error:
        raise in_words(error, movable) from error
    return settled(solution, checked.factors, program)


def settled(solution: Solution, factors: Factors, program: LinearProgram) -> Solution:
    """The solution as a spreadsheet keeps it: all that is claimed, shown and sealed follows from numbers of 15 digits, so that it follows again
    from the file, whoever saved it. What the inputs and the decisions give is taken from them."""
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
    numbers: dict[str, float] = rounded({**claims(case, factors, solution), **stated})
    return numbers


def verify(case: Case, plan: Plan, numbers: Mapping[str, float], multipliers: Mapping[str, float], program: LinearProgram) -> tuple[Finding, ...]:
    """Recomputation from the Case and the plan alone, comparison with what is stated, and the certificate."""
    totals, findings = recompute(case, plan)
    figures = {key: value for key, value in numbers.items() if not key.startswith(("value[", "bound["))}
    stages = tuple(values_of(case, totals, program))
    return (*findings, *compare(totals, figures), *check_stated(case, totals, program, numbers, multipliers),
            *check_certificate(program, stages, case.settings.objective, numbers, multipliers))
