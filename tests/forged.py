"""Finished plans of the small rich input, and hands that change them: a careless one that alters a cell, a forger who
seals again."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.findings import outcome
from jaryq.api.hashes import code_hash
from jaryq.api.manifest import versions
from jaryq.api.verified import Verified, decide
from jaryq.base.text import Lang
from jaryq.report.build import build_report
from jaryq.sheets.results_data import SEAL
from jaryq.solve.solution import Solution
from jaryq.workbook.noted import Cell
from jaryq.workbook.plan import write_plan
from jaryq.workbook.plan_file import PlanFile, open_plan
from jaryq.workbook.plan_place import FIRST
from jaryq.workbook.seal import seal_rows
from tests.rich import RICH, rich_tables

Grids = dict[str, list[list[Any]]]


def job(without: str = "", facilities: str = "") -> Verified:
    """A verified plan of the rich input, one for all who ask; ``without`` a facility, ``facilities`` divisible."""
    return _job(without, facilities)


@cache
def _job(without: str, facilities: str) -> Verified:
    tables = rich_tables(settings=[*RICH["settings"], {"setting": "facilities", "value": facilities}]) if facilities \
        else rich_tables()
    if without:
        kept = [record for _, record in tables["facilities"].records() if record["facility"] != without]
        tables = rich_tables(facilities=kept)
    return decide(accept(tables, [], "base"), Clock(), lambda _: None)


def write(path: Path, lang: Lang = "en", solution: Solution | None = None,
          claims: Mapping[str, float] | None = None, facilities: str = "") -> Path:
    """The plan as it is written by a run; a forger's with another solution or other claims, its report written to
    fit."""
    done = job(facilities=facilities)
    answer = done.solution if solution is None else solution
    manifest = {"code_sha256": code_hash(), **{f"version {name}": text for name, text in versions().items()}}
    manifest |= outcome(done.accepted.case, answer, done.findings, lang)
    report = build_report(done.accepted.case, done.accepted.factors, answer, done.findings, manifest)
    write_plan(path, done.accepted.case, report, done.accepted.tables, answer, done.claims if claims is None
               else claims, manifest, lang)
    return path


def opened(path: Path) -> PlanFile:
    return open_plan(path, everything=True)


def edited(file: PlanFile, edit: Callable[[Grids], object], seal: bool = False) -> PlanFile:
    """The file with its values edited; ``seal``: and sealed again."""
    grids = {name: [list(line) for line in grid] for name, grid in file.grids.items()}
    edit(grids)
    formulas = {name: {place: text for place, text in found.items() if name in grids
                       and _at(grids[name], *place) == _at(file.grids[name], *place)}
                for name, found in file.formulas.items()}
    made = PlanFile(file.path, grids, formulas)
    if seal:
        rows = [list(row) for row in seal_rows(made.cells)]
        grids[SEAL.name] = [*grids[SEAL.name][:FIRST], *rows]
        made = PlanFile(file.path, grids, formulas)
    return made


def put(sheet: str, cell: str, value: Any) -> Callable[[Grids], None]:
    def edit(grids: Grids) -> None:
        row, column = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, ord(cell[0]) - 65
        grid = grids[sheet]
        while len(grid) <= row:
            grid.append([])
        grid[row] += [""] * (column + 1 - len(grid[row]))
        grid[row][column] = value
    return edit


def other(value: Any, chance: random.Random) -> Any:
    """What a slip of the hand makes of a value: never the same."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return chance.choice([value + 1, value * 1.000001 + 1e-9, -value - 1, "", str(value) + "x"])
    return chance.choice([f"{value}!", value[:-1], "", 7.0])


def places(file: PlanFile) -> list[tuple[str, int, int]]:
    """All cells that hold something."""
    return [(sheet, row, column) for sheet, cells in file.cells.items() for row, column in cells]


def with_value(solution: Solution, **stages: float) -> Solution:
    """The solution with other values of stages."""
    changed = tuple(replace(stage, value=stages.get(stage.name, stage.value)) for stage in solution.stages)
    return replace(solution, stages=changed, value=stages.get("objective", solution.value))


def resaved(cell: Cell) -> Any:
    """A value as a program with 15 digits stores it again."""
    return float(f"{cell.value:.15g}") if isinstance(cell.value, float) else cell.value


def _at(grid: list[list[Any]], row: int, column: int) -> Any:
    return grid[row][column] if row < len(grid) and column < len(grid[row]) else ""
