"""Tables ``stages`` (certified bounds) and ``checks`` (findings of the verifier)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.report.proved import proof_of
from jaryq.report.searched import ENDED
from jaryq.report.shapes import Out, Value
from jaryq.report.words import NO, POINTS, UNIT_WORDS, YES, number, same, stage_name
from jaryq.solve.solution import Solution
from jaryq.verify.asserted import CHECKS
from jaryq.verify.finding import Finding


def stages_table(solution: Solution, findings: Sequence[Finding] = ()) -> Out:
    """One row for each stage with its certified bound; then the linear program's own objective, for information."""
    unit = "years" if solution.objective == "earliest_finish" else BILLION
    rows: list[dict[str, Value]] = []
    for stage in solution.stages:
        money = stage.name in ("objective", solution.objective)
        other = POINTS if stage.name.startswith("priority_") else UNIT_WORDS["share"]
        distance = None if stage.bound is None else abs(stage.value - stage.bound)
        rows.append({
            "stage": stage_name(stage.name, solution.objective), "value": stage.value, "bound": stage.bound,
            "distance": distance,
            "relaxation": stage.relaxation, "unit": UNIT_WORDS[unit] if money else other,
            "proof": proof_of(stage, findings, money=money and unit == BILLION),
            "branching": None if stage.search is None else stage.search.branching,
            "ended": None if stage.search is None else ENDED[stage.search.ended],
        })
    headings = ("stage", "value", "bound", "distance", "relaxation", "unit", "proof", "branching", "ended")
    return Out("stages", headings, tuple(rows), remarks=_stage_remarks(solution))


def _stage_remarks(solution: Solution) -> tuple[Text, ...]:
    """What the divisible plan does, and what the red zone first costs, stage by stage."""
    remarks = []
    if (other := solution.divisible) is not None:
        equal = number(other.equivalents, 2)
        remarks.append(Text(
            f"The linear program would do {equal.en} facility equivalents: {other.partial} in part, {other.split} with "
            "a split start. It is no plan.",
            f"Линейная программа выполнила бы эквивалентов объектов: {equal.ru}; частично {other.partial}, с "
            f"разделённым началом {other.split}. Это не план."))
    if (cost := solution.red_cost) is not None:
        parts = [(f"priority {p}: {v:+.4f}", f"приоритет {p}: {v:+.4f}".replace(".", ","))
                 for p, w in cost.shortfalls.items() for v in (round(w, 6) + 0.0,)]
        parts.append((f"objective: {cost.objective:+,.3f}",
                      f"показатель цели: {cost.objective:+.3f}".replace(".", ",")))
        told = ["; ".join(en for en, _ in parts), "; ".join(ru for _, ru in parts)]
        remarks.append(Text(f"Red zone first changes (linear program, facilities divisible, with the stage less "
                            f"without it): {told[0]}.",
                            f"Красная зона сначала меняет (линейная программа, объекты делимы, с этапом минус без "
                            f"него): {told[1]}."))
    return tuple(remarks)


def checks_table(findings: Sequence[Finding]) -> Out:
    """One row for each finding; those that fail first."""
    rows = [_finding(finding) for finding in sorted(findings, key=lambda finding: finding.ok)]
    return Out("checks", ("check", "says", "place", "claimed", "recomputed", "residual", "tolerance", "unit", "ok"),
               tuple(rows))


def _unit(unit: str) -> Text:
    return UNIT_WORDS.get(unit) or (UNITS[unit].symbol if unit in UNITS else same(unit))


def _finding(finding: Finding) -> dict[str, Value]:
    def shown(value: float) -> Value:
        return value if math.isfinite(value) else str(value)

    return {
        "check": finding.check, "says": CHECKS[finding.check], "place": finding.place or None,
        "claimed": shown(finding.claimed),
        "recomputed": shown(finding.recomputed), "residual": shown(finding.residual),
        "tolerance": shown(finding.tolerance),
        "unit": _unit(finding.unit) if finding.unit else None,
        "ok": YES if finding.ok else NO,
    }
