"""Tables ``limits`` (what each limit costs), ``stages`` (certified bounds) and ``checks`` (findings of the
verifier)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.report.proved import proof_of
from jaryq.report.searched import ENDED
from jaryq.report.shapes import Out, Value
from jaryq.report.words import NO, UNIT_WORDS, YES, name_of, number, same, stage_name
from jaryq.report.words import unit_of as unit_of_target
from jaryq.solve.solution import Move, Price, Solution
from jaryq.verify.finding import CHECKS, Finding

REGIMES = {"same_projects": Text("same projects", "те же объекты"),
           "projects_may_change": Text("projects may change", "объекты могут меняться")}
KINDS_OF_LIMIT: Mapping[str, Text] = {
    "ceiling": Text("Ceiling of a source", "Потолок источника"),
    "envelope": Text("Envelope of a source", "Лимит источника"),
    "crews": Text("Works resource", "Ресурс работ"),
    "group_envelope": Text("Envelope of a group", "Лимит группы источников"),
    "target": Text("Target", "Цель"), "outage": Text("Capacity out of service", "Вывод мощностей"),
    "pace": Text("Cumulative pace of a source, to the end of year", "Накопленный темп выборки источника, к концу года"),
    "ramp_up": Text("Largest rise from year to year", "Наибольший рост от года к году"),
    "rise": Text("Largest rise of bills", "Наибольший рост счетов"),
    "ramp_least": Text("Always allowed beside a ramp", "Всегда допустимо сверх роста и спада"),
    "ramp_start": Text("Allowed at the beginning of a ramp", "Допустимо в начале роста"),
    "available": Text("Capacity available at the peak", "Располагаемая мощность в пик"),
    "tie": Text("Capacity of a tie", "Пропускная способность связи"),
    "cash": Text("Cash of a borrower", "Денежный поток заёмщика"),
}
"""Kinds of limits that can be moved, as ``formulation`` names them."""


def limits_table(case: Case, solution: Solution) -> Out:
    """One row for each limit that was priced. Changes are for one step; ``per_unit`` of the objective for one unit of
    the limit."""
    used = sorted({name for price in solution.prices for move in (price.loosen, price.tighten)
                   for name in move.shortfalls})
    ways = [f"{way}_{name}" for way in ("loosen", "tighten")
            for name in (*[p for p in ("1", "2", "3") if _has(used, p)], "objective", "per_unit")]
    headings = ("limit", "name", "origin", "value", "used", "unit", "step", "regime", *ways)
    remarks = (
        Text("Changes when the limit moves by one step; a negative change of a shortfall is a gain. “impossible”: no "
             "plan holds the limit so moved, or "
             "there is nothing left to take.",
             "Изменения при сдвиге на один шаг; отрицательное изменение недовыполнения выгодно. «невозможно»: плана с "
             "таким ограничением нет, "
             "или отнимать уже нечего."),
    )
    return Out("limits", headings, tuple(_limit(case, price) for price in solution.prices), remarks=remarks)


def _has(names: Sequence[str], priority: str) -> bool:
    return any(name.removeprefix("priority_") == priority for name in names)


def _limit(case: Case, price: Price) -> dict[str, Value]:
    moves: dict[str, Value] = {}
    for way, move in (("loosen", price.loosen), ("tighten", price.tighten)):
        moves |= _move(way, move, price.step)
    return {
        "limit": price.limit, "name": in_words(case, price.kind, price.index, price.limit), "origin": price.origin,
        "value": price.value, "used": price.used, "unit": unit_of(case, price.kind, price.index, price.unit),
        "step": price.step, "regime": REGIMES[price.regime], **moves,
    }


def unit_of(case: Case, kind: str, index: Sequence[str], unit: str) -> Text | None:
    """The unit of a limit in words; of a source's money its own currency, of capacity and of what is not supplied or
    lost that of the row."""
    source = case.sources.get(index[0]) if index else None
    if unit == "bn currency" and source is not None and source.currency != HOME_CURRENCY:
        return Text(f"bn {source.currency}", f"млрд {source.currency}")
    if kind in ("outage", "available", "tie"):
        own = case.tie_at[index[0]].unit if kind == "tie" else index[0].rpartition("@")[2]
        return UNIT_WORDS.get(own, same(own))
    unit = "bn KZT" if unit == "bn currency" else unit
    target = case.target_at.get(index[0]) if kind == "target" else None
    if target is not None and unit == "number":
        return unit_of_target(target)
    return UNIT_WORDS.get(unit, same(unit)) if unit else None


def _move(way: str, move: Move, step: float) -> dict[str, Value]:
    if not move.feasible:
        return {f"{way}_objective": Text("impossible", "невозможно")}
    changes: dict[str, Value] = {f"{way}_{name.removeprefix('priority_')}": change for name,
                                 change in move.shortfalls.items()}
    return changes | {f"{way}_objective": move.objective, f"{way}_per_unit": move.objective / step if step else None}


def in_words(case: Case, kind: str, index: Sequence[str], name: str) -> Text:
    """``Ceiling of a source: JICA, 2027``; parts of the index by their names where the case has them."""
    parts = [_part(case, part) for part in index if part]
    said = KINDS_OF_LIMIT.get(kind) or same(kind.replace("_", " ") or name)
    if not parts:
        return said
    return Text(f"{said.en}: {', '.join(p.en for p in parts)}", f"{said.ru}: {', '.join(p.ru for p in parts)}")


def _part(case: Case, part: str) -> Text:
    """A part of an index by its name; of ``crew@region`` and ``region@unit`` both."""
    named = {**case.asset_types, **case.groups, **case.sources, **case.projects, **case.regions, **case.tie_at,
             **case.borrowers, **case.target_at}
    if part in named:
        return name_of(named[part])
    first, at, second = part.partition("@")
    if not at:
        return UNIT_WORDS.get(part, same(part))
    here, there = (_part(case, piece) if piece != "*" else Text("whole country", "вся страна")
                   for piece in (first, second))
    return Text(f"{here.en}, {there.en}", f"{here.ru}, {there.ru}")


def stages_table(solution: Solution) -> Out:
    """One row for each stage with its certified bound; then the linear program's own objective, for information."""
    unit = "years" if solution.objective == "earliest_finish" else "bn KZT"
    rows: list[dict[str, Value]] = []
    for stage in solution.stages:
        money = stage.name in ("objective", solution.objective)
        other = UNIT_WORDS["share"] if stage.name == "red_zone" else Text("normalised shortfall",
                                                                          "нормированное недовыполнение")
        distance = None if stage.bound is None else abs(stage.value - stage.bound)
        rows.append({
            "stage": stage_name(stage.name, solution.objective), "value": stage.value, "bound": stage.bound,
            "distance": distance,
            "relaxation": stage.relaxation, "unit": UNIT_WORDS[unit] if money else other, "proof": proof_of(stage),
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
        parts = [(f"priority {p}: {v:+.4f}", f"приоритет {p}: {v:+.4f}") for p, w in cost.shortfalls.items()
                 for v in (round(w, 6) + 0.0,)]
        parts.append((f"objective: {cost.objective:+,.3f}", f"показатель цели: {cost.objective:+.3f}"))
        remarks.append(Text("Red zone first changes (linear program, facilities divisible, with the stage less without "
                            "it): " + "; ".join(en for en,
            _ in parts) + ".",
                            "Красная зона сначала меняет (линейная программа, объекты делимы, с этапом минус без "
                            "него): " + "; ".join(ru for _,
                                ru in parts) + "."))
    return tuple(remarks)


def checks_table(findings: Sequence[Finding]) -> Out:
    """One row for each finding; those that fail first."""
    rows = [_finding(finding) for finding in sorted(findings, key=lambda finding: finding.ok)]
    return Out("checks", ("check", "says", "place", "claimed", "recomputed", "residual", "tolerance", "unit", "ok"),
               tuple(rows))


def _finding(finding: Finding) -> dict[str, Value]:
    def shown(value: float) -> Value:
        return value if math.isfinite(value) else str(value)

    return {
        "check": finding.check, "says": CHECKS[finding.check], "place": finding.place or None,
        "claimed": shown(finding.claimed),
        "recomputed": shown(finding.recomputed), "residual": shown(finding.residual),
        "tolerance": shown(finding.tolerance),
        "unit": UNIT_WORDS.get(finding.unit, same(finding.unit)) if finding.unit else None,
        "ok": YES if finding.ok else NO,
    }
