"""From an accepted input to a verified plan: built, solved, settled, verified."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jaryq.api.accepted import Accepted
from jaryq.api.clock import Clock, Say
from jaryq.api.conflict import in_words
from jaryq.api.findings import all_claims, verify, verify_choices
from jaryq.api.question import program_of, question
from jaryq.api.stretches import above_mean, beside_mean, solve_register
from jaryq.api.stretches_priced import Pricing, here
from jaryq.api.whatifs import what_ifs
from jaryq.base.digits import apart
from jaryq.base.errors import Infeasible, NotVerified
from jaryq.base.flat import fifteen, rounded
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.explain.other import other_choices
from jaryq.factors.derive import Factors
from jaryq.solve.clock import now
from jaryq.solve.lp import LinearProgram
from jaryq.solve.run import LEFT, solve
from jaryq.solve.solution import Size, Solution
from jaryq.verify.asserted import CHECKS
from jaryq.verify.finding import Finding, failed


@dataclass(frozen=True, eq=False)
class Verified:
    """A verified plan with all that is known about it."""

    accepted: Accepted
    program: LinearProgram
    solution: Solution
    claims: Mapping[str, float]
    findings: tuple[Finding, ...]


def compiled(accepted: Accepted) -> LinearProgram:
    """The linear program of an accepted input."""
    return program_of(accepted.factors)


def decide(accepted: Accepted, clock: Clock, say: Say, *, explain: bool = True, pricing: Pricing = here) -> Verified:
    """Build, solve, verify an accepted input; with ``explain`` the other choice is priced then too, as far as the
    setting asks, and what is said of it verified; ``pricing``: who prices stretches."""
    limit = accepted.case.settings.time_limit
    until = now() + limit
    say("building the linear program")
    with clock.step("build"):
        program = compiled(accepted)
    with clock.step("solve"):
        solution = solved(accepted, program, say, pricing)
    done = verified(accepted, program, solution, clock, say)
    if not explain:
        return done
    with clock.step("explain"):
        solution = explained(accepted, program, solution, say, max(until - now(), LEFT * limit))
    with clock.step("verify"):
        told = verify_choices(accepted.case, solution, done.claims, program, [stage.name for stage in solution.stages])
    hold(told)
    return replace(done, solution=solution, findings=(*done.findings, *told))


def decided(accepted: Accepted, solution: Solution, clock: Clock, say: Say) -> Verified:
    """An accepted input with its solution known already (that of a kept plan): built and verified, not solved."""
    say("building the linear program")
    with clock.step("build"):
        program = compiled(accepted)
    return verified(accepted, program, solution, clock, say)


def verified(accepted: Accepted, program: LinearProgram, solution: Solution, clock: Clock, say: Say) -> Verified:
    """The plan of a solution, once every check holds. Raises NotVerified where one does not."""
    factors = accepted.factors
    say("verifying")
    with clock.step("verify"):
        numbers = all_claims(accepted.case, factors, solution)
        findings = verify(factors, solution, numbers, program)
    hold(findings)
    return Verified(accepted, program, solution, numbers, findings)


FAILS = Text(
    "the plan that was found is not written: of its own checks {count} fail, the first {check} at {place}, {claimed} "
    "against {computed} {unit} ({asserted}). Where that is hardly anything, a limit of what it names is met or missed "
    "by a hair: raise it, or lower what is asked, by a millionth",
    "найденный план не записан: не выполнено его собственных проверок: {count}; первая {check}, {place}: {claimed} "
    "против {computed} {unit} ({asserted}). Если разница ничтожна, какое-то ограничение из названного соблюдено или "
    "нарушено на волосок: увеличьте его или уменьшите требуемое на миллионную долю")
PLACES = 9
"""Digits of what is apart at least."""


def hold(findings: tuple[Finding, ...]) -> None:
    """Raises NotVerified where a check fails."""
    if bad := failed(findings):
        claimed, computed = apart(bad[0].claimed, bad[0].recomputed, PLACES)
        raise NotVerified(FAILS.fill(count=len(bad), check=bad[0].check, place=bad[0].place, claimed=claimed,
                                     computed=computed, unit=bad[0].unit, asserted=CHECKS[bad[0].check]))


def solved(accepted: Accepted, program: LinearProgram, say: Say, pricing: Pricing = here) -> Solution:
    """The answer, settled. Raises Infeasible with the conflict in words."""
    asked = question(accepted.factors, program)
    register = accepted.case.stretches

    def told(step: str) -> None:
        say(f"solving: {step}")

    try:
        solution = (solve(asked, program, told) if register is None else
                    solve_register(accepted.factors, program, register, told, pricing))
    except Infeasible as error:
        raise in_words(error, asked.moves.limits,
                       {key: source.currency for key, source in accepted.case.sources.items()}) from error
    return settled(solution, accepted.factors, program)


def explained(accepted: Accepted, program: LinearProgram, solution: Solution, say: Say,
              seconds: float = math.inf) -> Solution:
    """The solution with what the other choice costs, as far as the setting ``explain`` asks; ``seconds`` of the clock
    at most for pricing it."""
    asked = accepted.case.settings.explain
    if asked == "off" or solution.renewed is not None:
        return solution
    say("what ifs")
    solution = replace(solution, whatifs=rounded(what_ifs(accepted, program)))
    say("pricing the other choice")
    told = other_choices(question(accepted.factors, program), program, solution, no_opposite(accepted.case),
                         every=asked == "all", seconds=seconds)
    return replace(solution, choices=rounded(told.choices), unasked=told.unasked)


def no_opposite(case: Case) -> frozenset[str]:
    """Facilities of which progress leaves nothing to choose: done, started or committed."""
    return frozenset(key for key, one in case.facilities.items()
                     if one.done is not None or one.started is not None or one.committed)


def settled(solution: Solution, factors: Factors, program: LinearProgram) -> Solution:
    """The solution as a spreadsheet keeps it: all that is claimed, shown and sealed follows from numbers of 15 digits,
    so that it follows again from the file, whoever saved it. What the inputs and the decisions give is taken from
    them."""
    kept: Solution = rounded(solution)
    if (register := factors.case.stretches) is not None and kept.renewed is not None:
        above = rounded(above_mean(factors, register, kept.plan, kept.renewed))
        beside = rounded(beside_mean(factors, register, kept.renewed))
        kept = replace(kept, plan=replace(kept.plan, above=above, apart=beside))
    main = kept.main
    return replace(
        kept, objective=factors.case.settings.objective, outlays_pv=fifteen(factors.outlays_pv(kept.plan)),
        certified_bound=kept.certified_bound if main is None or main.bound is None else main.bound,
        value=kept.value if main is None else main.value,
        size=Size(program.shape[1], program.shape[0], int(program.matrix.nnz)),
    )
