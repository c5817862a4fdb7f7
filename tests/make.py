"""Workbooks of tests as Tables, and what a run makes of them: shared by the tests of the algebra, the solver and the
command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jaryq.api.question import program_of as built
from jaryq.api.question import question
from jaryq.case.case import Case
from jaryq.factors.derive import Factors, derive
from jaryq.solve.lp import LinearProgram
from jaryq.solve.run import solve
from jaryq.solve.solution import Solution
from jaryq.tables.tables import Table, Tables
from tests.cases import keyed, tiny_case

Records = Sequence[Mapping[str, Any]]


def with_settings(tables: Tables, **values: Any) -> Tables:
    """Tables with settings changed or added."""
    rows = {record["setting"]: record for _, record in tables.get("settings").records()}
    for name, value in values.items():
        rows[name] = {**rows.get(name, {"setting": name}), "value": value}
    return tables.with_sheet(Table.of("settings", list(rows.values())))


def with_rows(tables: Tables, **sheets: Records) -> Tables:
    """Tables with whole sheets replaced."""
    for name, records in sheets.items():
        tables = tables.with_sheet(Table.of(name, records))
    return tables


def bare_case(**changes: Any) -> Case:
    """Nothing to build and no money, constant prices, no discounting, gaps of zero, divisible, no prices of limits:
    2026 to 2028."""
    return tiny_case(**{
        "name": "bare", "facilities": {}, "packages": {}, "sources": keyed(), "targets": (), "crews": (), "rules": (),
        "indices": {}, "currencies": {},
        "discount_rate": 0.0, "first_year": 2026, "price_year": 2026, "whole": False, "gap": 0.0, "shortfall_gap": 0.0,
        "prices": 0, **changes,
    })


def program_of(case: Case) -> tuple[Factors, LinearProgram]:
    """Factors and arrays of a case."""
    factors = derive(case)
    return factors, built(factors)


def solved(case: Case) -> Solution:
    """The case through the driver, from factors to a certified answer."""
    factors, program = program_of(case)
    return solve(question(factors, program), program)


def stage_values(solution: Solution) -> dict[str, float]:
    """The value of each stage by its name."""
    return {stage.name: stage.value for stage in solution.stages}
