"""What a plan must state follows from its inputs: numbers, stages, multipliers. One that is missing or too many fails,
as does a stage's value that is not the one computed again (docs/verify.md)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np

from jaryq.base.hair import LEAST
from jaryq.case.case import Case
from jaryq.solve.lp import LinearProgram, label
from jaryq.solve.solution import MAXIMISED
from jaryq.verify.finding import STATED, Finding, restated
from jaryq.verify.stretch_bound import links_of, stages_with_stretches, trenches_of
from jaryq.verify.totals import Totals

BEYOND = frozenset({"priced_targets", "mean_finish", "spend", "income", "line", "tariff"})
"""Numbers that are computed again for other checks; a plan may state them and need not."""

WHERE_ANY = frozenset({"zone", "failures", "not_supplied", "losses"})
"""Families that a plan states where the case has any of what they count."""

WITH_QUANTITIES = frozenset({"savings_pv", "stated_pv", "benefits_sourced", "benefits_published"})
"""Numbers that a plan states where the case has quantities. Of a quantity by region and sector it states what is not
nothing."""

OF_DEBT = frozenset({"debt_service", "subsidy", "debt_stock", "service", "guarantees"})
"""Families that a plan states for the planned years, and after them as long as there is any."""

OF_STRETCHES = frozenset({"above_pv"})
"""Numbers that a plan states where it says what is renewed of each stretch."""

PRIORITIES = ("1", "2", "3")


def values_of(case: Case, totals: Totals, program: LinearProgram) -> dict[str, float]:
    """The value of each stage, computed again from the case and the decisions, in the stage's own sense; in their
    order.

    The stages: the red zone, where it comes first and something can mend it (the compiled program says so); the
    priorities that a target or another row has, each followed by its spread where it has two rows or more; the
    objective.
    """
    found = {}
    if case.settings.red_zone_first and "red_zone" in program.objectives:
        found["red_zone"] = math.nan if totals.red_share is None else totals.red_share
    for priority in PRIORITIES:
        if priority in totals.priorities:
            found[f"priority_{priority}"] = totals.shortfall_cost[priority]
        if priority in totals.spread:
            found[f"spread_{priority}"] = totals.spread[priority]
    return {**found, "objective": totals.objective}


def numbers_of(case: Case, totals: Totals) -> set[str]:
    """The numbers that the plan of such a case states (apart from values and bounds of stages)."""
    known = totals.claims()
    families: dict[str, list[str]] = {}
    for key in known:
        families.setdefault(key.partition("[")[0], []).append(key)
    both = {target.id for target in case.targets if target.sense == "="}
    ranks = {f"priority_{priority}" for priority in totals.priorities}
    last = case.settings.last_year
    wanted: set[str] = set()
    for family, keys in families.items():
        if family in BEYOND:
            wanted |= {key for key in keys if family == "spend" and key != "spend"}
        elif family == "draw":
            wanted |= {f"draw[{source}]" for source in case.sources}
        elif family == "shortfall":
            # A row of a borrower exists only in years in which some draw may cost it something.
            wanted |= {key for key in keys if not key.startswith("shortfall[dscr[") or abs(known[key]) > LEAST}
        elif family == "excess":
            wanted |= {f"excess[{target}]" for target in both}
        elif family.startswith("priority_"):
            wanted |= ranks & set(keys)
        elif family in OF_DEBT:
            wanted |= {key for key in keys if abs(known[key]) > LEAST or int(key[-5:-1]) <= last}
        elif family in WITH_QUANTITIES:
            wanted |= set(keys) if case.quantities else set()
        elif family == "quantity":
            wanted |= {key for key in keys if key.count(",") == 1 or abs(known[key]) > LEAST}
        elif family not in WHERE_ANY or any(known[key] for key in keys):
            wanted |= set(keys)
    return wanted


def verify_stated(
    case: Case, totals: Totals, program: LinearProgram, claims: Mapping[str, float], multipliers: Mapping[str, float],
    trees: Collection[str] = (), stretched: bool = False,
) -> tuple[Finding, ...]:
    """One finding ``stated`` (or one for each name that is missing or too many), and one ``value`` for each stage;
    ``trees``: stages with a branching tree, which state the bound of their multipliers and the number of leaves too;
    ``stretched``: the plan says what is renewed of each stretch."""
    with_stretches = case if stretched else replace(case, stretches=None)
    values = values_of(case, totals, program)
    wanted = numbers_of(case, totals) | {f"{what}[{stage}]" for stage in values for what in ("value", "bound")}
    wanted -= set() if stretched else OF_STRETCHES
    wanted |= {f"{what}[{stage}]" for stage in trees for what in ("linear", "leaves")}
    known = wanted | totals.claims().keys()
    missing = [*sorted(wanted - claims.keys()), *(stage for stage in values if stage not in program.objectives)]
    missing += _unproved(with_stretches, program, claims, multipliers, values)
    surplus = [*sorted(claims.keys() - known), *_unknown(with_stretches, program, values, multipliers),
               *(f"tree of {stage}" for stage in trees if stage not in values)]
    found = [Finding("stated", name, 0.0, 1.0, 1.0, 0.0, "number") for name in missing]
    found += [Finding("stated", name, 1.0, 0.0, 1.0, 0.0, "number") for name in surplus]
    if not found:
        count = float(len(claims) + len(multipliers))
        found.append(Finding("stated", "", count, count, 0.0, 0.0, "number"))
    for stage, value in values.items():
        unit, terms = "number", 0.0
        if stage == "objective":
            unit, terms = totals.objective_unit, totals.scale["objective"]
        found.append(restated("value", f"value[{stage}]", claims.get(f"value[{stage}]", math.nan), value, unit,
                                   terms))
    return tuple(found)


def _unproved(case: Case, program: LinearProgram, claims: Mapping[str, float], multipliers: Mapping[str, float],
              values: Mapping[str, float]) -> list[str]:
    """Stages without any multiplier whose bound is neither their value nor what the bounds of decisions alone say:
    their multipliers are missing."""
    with_some = {key.partition("|")[0] for key in multipliers}
    lost = []
    for stage in (stage for stage in values if stage not in with_some):
        stated = claims.get(f"bound[{stage}]", math.nan)
        known = [claims.get(f"value[{stage}]", math.nan)]
        if stage in program.objectives:
            turn = -1.0 if stage == "objective" and case.settings.objective in MAXIMISED else 1.0
            vector, constant = stages_with_stretches(case, program, (stage,), multipliers)[stage]
            least = float(vector @ np.where(vector > 0, program.col_lower, program.col_upper)) + constant
            known.append(turn * least)
        if not any(abs(stated - one) <= STATED * max(1.0, abs(values[stage])) for one in known):
            lost.append(f"multipliers of {stage}")
    return lost


def _unknown(case: Case, program: LinearProgram, values: Mapping[str, float],
             multipliers: Mapping[str, float]) -> Iterator[str]:
    """Multipliers of a stage, a row, a link of stretches or an earlier stage that there is not."""
    rows = {label(name) for name in program.rows} | links_of(case).keys() | trenches_of(case).keys()
    stages = list(values)
    for key in multipliers:
        stage, _, row = key.partition("|")
        if stage not in values or not (row in rows or row in stages[: stages.index(stage)]):
            yield f"multiplier {key}"
