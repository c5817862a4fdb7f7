"""What a plan states about itself, and what the independent checks find about that."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jaryq.api.stretches import without_benefits
from jaryq.base.flat import rounded
from jaryq.base.text import Lang, printable
from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.stretches import Renewed
from jaryq.factors.derive import Factors
from jaryq.report.figures import claims
from jaryq.solve.lp import LinearProgram
from jaryq.solve.solution import Solution
from jaryq.verify.certificate import verify_certificate
from jaryq.verify.finding import Finding, failed
from jaryq.verify.other import as_shown, verify_other_choices
from jaryq.verify.other_again import choices_again
from jaryq.verify.recompute import recompute
from jaryq.verify.stated import values_of, verify_stated
from jaryq.verify.stretches import Stated, verify_stretches
from jaryq.verify.totals import compare

OF_STAGES = ("value[", "bound[", "linear[", "leaves[")
"""Claims about stages: the certificate checks them."""

OF_STRETCHES = "stretches["
"""Claims about stretches: checked with the file that names them."""

WEAR = "stretches[wear,"
"""Claims about the wear that is left by stretches, by package."""


def all_claims(case: Case, factors: Factors, solution: Solution) -> dict[str, float]:
    """Every number a plan states and a check can restate: figures of the report, values and bounds of the stages."""
    stated = {f"value[{stage.name}]": stage.value for stage in solution.stages}
    stated |= {f"bound[{stage.name}]": stage.bound for stage in solution.stages if stage.bound is not None}
    for stage in solution.stages:
        if stage.leaves is not None and stage.linear is not None:
            stated |= {f"linear[{stage.name}]": stage.linear, f"leaves[{stage.name}]": float(stage.leaves)}
    numbers: dict[str, float] = rounded({**claims(case, factors, solution), **stated})
    return numbers


def verify(f: Factors, solution: Solution, numbers: Mapping[str, float], program: LinearProgram
           ) -> tuple[Finding, ...]:
    """Recomputation from the Case and the plan alone, comparison with what is stated, the certificate, what is said of
    other choices, and where the plan renews stretches (``solution.renewed``) what is said of them. Of ``f`` nothing is
    used but the case, and that the packages of a register bring nothing beside their stretches."""
    case, plan, multipliers, proof = f.case, solution.plan, solution.multipliers, solution.proof
    renewed, register = solution.renewed, f.case.stretches
    stretched = renewed is not None and register is not None
    totals, findings = recompute(case, plan, renewed if stretched else None)
    stages = tuple(values_of(case, totals, program))
    stated = numbers
    if stretched and register is not None:
        program = without_benefits(f, program, register)
        stated = {key: value for key, value in numbers.items() if not key.startswith(OF_STRETCHES)}
    return (*findings, *compare(totals, figures_of(numbers)),
            *verify_stated(case, totals, program, stated, multipliers, proof.trees, stretched=stretched),
            *verify_certificate(program, stages, case.settings.objective, numbers, multipliers, proof,
                                case=case if stretched else None),
            *verify_choices(case if stretched else replace(case, stretches=None), solution, numbers, program, stages),
            *(verify_stretches(case, renewed, plan, stated_of(numbers)) if renewed is not None else ()))


def stated_of(numbers: Mapping[str, float]) -> Stated:
    """What a plan says of its stretches."""
    count, value, cut = (numbers.get(f"stretches[{name}]", math.nan) for name in ("count", "value", "cut"))
    wear = {key.removeprefix(WEAR).removesuffix("]"): number for key, number in numbers.items() if key.startswith(WEAR)}
    return Stated(count, value, cut, wear)


def verify_choices(case: Case, solution: Solution, numbers: Mapping[str, float], program: LinearProgram,
                   stages: Sequence[str]) -> tuple[Finding, ...]:
    """What is said of other choices, if anything is; ``case`` with the register where the plan renews stretches."""
    if not solution.choices:
        return ()
    shown = as_shown(program, solution.plan, case.settings.objective, numbers, solution.gaps, solution.multipliers,
                     solution.proof, stages, None if case.stretches is None else case)
    return verify_other_choices(shown, solution.choices, stages)


def choices_solved_again(case: Case, solution: Solution, numbers: Mapping[str, float],
                         program: LinearProgram) -> tuple[Finding, ...]:
    """What only solving shows of other choices, solved again."""
    names = [stage.name for stage in solution.stages]
    shown = as_shown(program, solution.plan, case.settings.objective, numbers, solution.gaps, solution.multipliers,
                     solution.proof, names)
    return choices_again(shown, solution.choices, names)


def recomputed(case: Case, plan: Plan, numbers: Mapping[str, float],
               renewed: Renewed | None = None) -> tuple[Finding, ...]:
    """Every limit and total from the Case and the plan (and what it renews of each stretch) alone, compared with what
    is stated; cheap, as no program is built."""
    totals, findings = recompute(case, plan, renewed)
    return (*findings, *compare(totals, figures_of(numbers)))


def figures_of(numbers: Mapping[str, float]) -> dict[str, float]:
    """Claims about the plan itself."""
    return {key: value for key, value in numbers.items() if not key.startswith((*OF_STAGES, OF_STRETCHES))}


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
