"""Reads a plan workbook back: inputs, decisions, claims, multipliers and manifest, from plan.xlsx alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from jaryq.base.flat import Unflat, built
from jaryq.base.text import LANG_AT, Lang, Text
from jaryq.case.plan import Plan
from jaryq.sheets.decisions import DECISIONS, of_sheet
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.results import MANIFEST_OUT
from jaryq.sheets.results_data import DATA, INPUT_PREFIX
from jaryq.sheets.settings import SETTING_AT
from jaryq.sheets.spec import Column
from jaryq.solve.solution import Solution
from jaryq.tables.tables import FIRST_DATA_ROW, Table, Tables, letters
from jaryq.workbook.plan_data import DOWN_OF
from jaryq.workbook.plan_file import DamagedPlan, Grid, PlanFile, open_plan
from jaryq.workbook.plan_proof import Unread, read_proof
from jaryq.workbook.register.of_plan import with_register_of

__all__ = ["FORMS", "DamagedPlan", "StoredPlan", "read_plan", "stored_plan"]

FORMS = ("5",)
"""Forms of the data sheets that are read: 2 added signed amounts, lines, and whole choices of taking part; 3 crews that
move and shared trenches; 4 what only solving finds (x_sealed), so that the whole report can be written again; 5 every
input sheet says itself where its columns and rows stood, x_form only by how many rows it was moved down."""
BLANK = frozenset({"project", "year", "number", "text", "sheet"})
"""Columns of data sheets that may be blank, besides those that only some families of a sheet have."""


@dataclass(frozen=True, eq=False)
class StoredPlan:
    """What a plan workbook holds for ``verify``: the inputs as they were used, the solution (decisions, multipliers,
    and what only solving finds), claims, manifest."""

    tables: Tables
    solution: Solution
    claims: Mapping[str, float]
    manifest: Mapping[str, str]
    scenario: str = "base"
    lang: Lang = "en"

    @property
    def plan(self) -> Plan:
        return self.solution.plan

    @property
    def multipliers(self) -> Mapping[str, float]:
        return self.solution.multipliers


def read_plan(path: Path) -> StoredPlan:
    """The stored plan. Raises DamagedPlan for anything that is not a complete plan workbook."""
    return stored_plan(open_plan(Path(path)))


def stored_plan(file: PlanFile) -> StoredPlan:
    """What an open plan workbook stores, with the register it speaks of. Raises DamagedPlan, and NoRegister where that
    is missing or another one."""
    path, grids = file.path, file.grids
    form = _pairs(grids, "x_form", str)
    if form.get("form") not in FORMS:
        raise DamagedPlan(f"{path.name}: the plan has the form {form.get('form')}, this version reads "
                          f"{', '.join(FORMS)}")
    names = [name for name in form.get("inputs", "").split(";") if name]
    tables = Tables(form.get("case", path.stem), {name: _input(grids, name, form) for name in names})
    plan = Plan(**{name: amounts for sheet in dict.fromkeys(family.sheet for family in DECISIONS.values())
                   for name, amounts in _decisions(grids, sheet).items()})
    lang: Lang = LANG_AT.get(form.get("language"), "en")
    claims, multipliers = _pairs(grids, "x_claims", float), _pairs(grids, "x_multipliers", float)
    sealed = _unique("x_sealed", [(path, (number, text)) for path, number, text in _rows(grids, "x_sealed")])
    try:
        proof = read_proof(_rows(grids, "x_fixings"), _rows(grids, "x_tree"), _rows(grids, "x_tree_names"))
        solution: Solution = built(Solution, sealed, {"plan": plan, "multipliers": multipliers, "proof": proof})
    except Unread as error:
        raise DamagedPlan(f"x_tree: {error}") from error
    except Unflat as error:
        raise DamagedPlan(f"x_sealed: {error}") from error
    manifest = _manifest(grids)
    tables = with_register_of(tables, manifest, path)
    return StoredPlan(tables, solution, claims, manifest, form.get("scenario", "base"), lang)


def _decisions(grids: Mapping[str, Grid], sheet: str) -> dict[str, dict[Any, float]]:
    """The families of decisions that a data sheet holds. Raises DamagedPlan if it names another one."""
    families = {family.name: family for family in of_sheet(sheet)}
    columns = [column.name for column in DATA[sheet].columns]
    pairs: dict[str, list[tuple[Any, float]]] = {name: [] for name in families}
    unknown: set[str] = set()
    for row in _rows(grids, sheet):
        cells = dict(zip(columns, row, strict=True))
        name = str(cells.get("what", next(iter(families))))
        if name not in families:
            unknown.add(name)
            continue
        family = families[name]
        pairs[name].append((family.key(_need(sheet, cells[column]) for column in family.columns), row[-1]))
    if unknown:
        raise DamagedPlan(f"{sheet}: {', '.join(sorted(unknown))} is not one of {', '.join(sorted(families))}")
    return {name: _unique(sheet, found) for name, found in pairs.items()}


def _grid(grids: Mapping[str, Grid], sheet: str) -> Grid:
    if sheet not in grids:
        raise DamagedPlan(Text(f"the sheet {sheet} is missing", f"нет листа {sheet}"))
    if len(grids[sheet]) < FIRST_DATA_ROW - 1:
        raise DamagedPlan(f"{sheet}: the headings in row {FIRST_DATA_ROW - 1} are missing")
    return grids[sheet]


def _rows(grids: Mapping[str, Grid], sheet: str) -> list[tuple[Any, ...]]:
    """Rows of a data sheet, each value of the kind its column declares (None where blank)."""
    grid = _grid(grids, sheet)
    columns = DATA[sheet].columns
    if [str(value) for value in grid[FIRST_DATA_ROW - 2][: len(columns)]] != [column.name for column in columns]:
        raise DamagedPlan(f"{sheet}: row {FIRST_DATA_ROW - 1} must hold {', '.join(column.name for column in columns)}")
    blank = BLANK | _of_some(sheet)
    found = []
    for number, line in enumerate(grid[FIRST_DATA_ROW - 1:], FIRST_DATA_ROW):
        if any(value != "" for value in line):
            cells = [*line, *[""] * len(columns)]
            found.append(tuple(_typed(cells[c], column, f"{sheet}!{letters(c + 1)}{number}", blank)
                               for c, column in enumerate(columns)))
    return found


def _of_some(sheet: str) -> frozenset[str]:
    """Columns in which not every family of decisions of the sheet has a part of its index."""
    families = [frozenset(family.columns) for family in of_sheet(sheet)]
    return frozenset().union(*families) - families[0].intersection(*families) if families else frozenset()


def _typed(value: Any, column: Column, cell: str, blank: frozenset[str]) -> Any:
    """A value of a data sheet as its column declares it; blank only where a column may be blank."""
    if value == "":
        if column.name in blank:
            return None
        if column.kind == "text" and column.name == "value":
            return ""
        _refuse(cell, "is blank")
    if column.kind == "text":
        return value if isinstance(value, str) else _refuse(cell, f"holds {value!r}, not a text")
    number = _number(value, cell)
    if column.kind == "integer":
        return int(number) if number == int(number) else _refuse(cell, f"holds {value!r}, not a whole number")
    return number


def _number(value: Any, cell: str) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if value in ("nan", "inf", "-inf"):
        return float(value)
    _refuse(cell, f"holds {value!r}, not a number")


def _refuse(cell: str, what: str) -> NoReturn:
    raise DamagedPlan(f"{cell} {what}")


def _need(sheet: str, value: Any) -> Any:
    return value if value is not None else _refuse(sheet, "has a row without its project or year")


def _unique(sheet: str, pairs: Sequence[tuple[Any, Any]]) -> dict[Any, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        _refuse(sheet, f"holds {next(key for key in keys if keys.count(key) > 1)} twice")
    return found


def _pairs(grids: Mapping[str, Grid], sheet: str, kind: Callable[[Any], Any]) -> dict[str, Any]:
    return {key: kind(value)
            for key, value in _unique(sheet, [(row[0], row[1]) for row in _rows(grids, sheet)]).items()}


def _manifest(grids: Mapping[str, Grid]) -> dict[str, str]:
    grid = _grid(grids, MANIFEST_OUT.name)
    return {str(line[0]): str(line[1]) if len(line) > 1 else ""
            for line in grid[FIRST_DATA_ROW - 1:] if line and line[0] != ""}


def _input(grids: Mapping[str, Grid], name: str, form: Mapping[str, str]) -> Table:
    """An input sheet with the cells that its values stood in: those they stand in, or so many rows higher as the form
    says."""
    grid = _grid(grids, INPUT_PREFIX + name)
    places = {str(value): c for c, value in enumerate(grid[FIRST_DATA_ROW - 2]) if value != ""}
    lines = [(number, line) for number, line in enumerate(grid[FIRST_DATA_ROW - 1:], FIRST_DATA_ROW)
             if any(value != "" for value in line)]
    records = []
    for _, line in lines:
        raw = {heading: line[c] if c < len(line) else "" for heading, c in places.items()}
        records.append({heading: _input_value(name, heading, value, raw) for heading, value in raw.items()})
    table = Table.of(name, records, list(places))
    down = form.get(DOWN_OF + name, "0")
    if not (down.isascii() and down.isdecimal()) or int(down) >= FIRST_DATA_ROW:
        raise DamagedPlan(f"x_form: {DOWN_OF}{name} is {down}, not a number of rows below {FIRST_DATA_ROW}")
    rows = tuple(number - int(down) for number, _ in lines)
    columns = {heading: letters(c + 1) for heading, c in places.items()}
    return Table(name, table.values, rows, columns)


def _input_value(sheet: str, heading: str, value: Any, row: Mapping[str, Any]) -> Any:
    """Whole numbers of integer columns (and settings) come back as ints; a workbook itself knows only one kind of
    number."""
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value if isinstance(value, (bool, str)) else str(value)
    column = INPUT[sheet].column(heading) if sheet in INPUT else None
    if sheet == "settings" and heading == "value":
        column = SETTING_AT.get(str(row.get("setting")))
    whole = column is not None and column.kind == "integer" and float(value).is_integer()
    return int(value) if whole else float(value)
