"""A case many times as large: copies of a country that share its sources of money, with limits and targets to match.

    python benchmarks/scale.py INPUT TIMES OUT.xlsx

Every row that belongs to a place or a project (a region, a facility, a network package, and whatever refers to one of
them) stands as often as there are copies; what all copies share (ceilings and envelopes of sources, crews of the whole
country, targets that add up) is so many times as large. Rates, shares, prices and costs per unit stay. So the plan of
the case, copied, is a plan of the larger case: ``copies_of_plan``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "model"))

from jaryq.case.case import Case, Target  # noqa: E402
from jaryq.case.plan import Plan  # noqa: E402
from jaryq.sheets.decisions import DECISIONS  # noqa: E402
from jaryq.sheets.inputs import INPUT  # noqa: E402
from jaryq.sheets.measures import PERCENT  # noqa: E402
from jaryq.sheets.spec import Sheet  # noqa: E402
from jaryq.tables.selector import parse  # noqa: E402
from jaryq.tables.tables import Table, Tables  # noqa: E402

COPIED = ("regions", "facilities", "networks")
"""Sheets whose rows are copied; rows of other sheets are where they refer to one of these."""

SHARED = {"sources": ("envelope", "signed", "ramp_least", "ramp_start", "projects_most"), "source_years": ("",),
          "source_groups": ("envelope",), "crews": ("",), "tariffs": ("base",), "targets": ("value", "scale"),
          "asset_types": ("ramp_least", "ramp_start"), "balances": ("peak_", "available_"), "ties": ("",),
          "borrowers": ("cash_", "other_")}
"""Columns that say how much there is for all together (``""``: the family of years)."""

LOCAL = {"balances": ("area", "regions")}
"""Sheets whose rows are of a place where they name regions, and the columns that are then of a copy."""

OF_ALL = ("taken", "payee", "lot")
"""Choices that all copies make together: one is one."""

OF_PLACE = ("project", "region", "facility", "package")
"""Columns of a selector that would name one copy only."""

NAMED = {"targets": "filter", "scenario_changes": "selector"}
"""Sheets whose rows name places by a selector, and its column."""


def name_of(key: str, copy: int) -> str:
    """The key of a copy; the first keeps its own."""
    return key if copy == 0 else f"{key}-x{copy + 1}"


def scaled(tables: Tables, times: int) -> Tables:
    """Typed tables of a case ``times`` as large. Raises ValueError for what has no larger form: a change of a scenario,
    or a target, on a pattern of projects or regions that is not of their beginning."""
    return Tables(tables.name if times == 1 else f"{tables.name}-x{times}",
                  {name: _sheet(table, times) for name, table in tables.sheets.items()})


def _sheet(table: Table, times: int) -> Table:
    if INPUT[table.sheet].free or times == 1:
        return table
    headings = list(table.values)
    made: list[Mapping[str, Any]] = []
    for _, row in table.records():
        selector = NAMED.get(table.sheet, "")
        if selector and (place := _place_in(row.get(selector))):
            made += [_aimed(row, selector, place, copy) for copy in range(times)]
        elif table.sheet in COPIED or _refers(INPUT[table.sheet], row):
            made += [_copy(INPUT[table.sheet], row, copy) for copy in range(times)]
        else:
            made.append(_larger(INPUT[table.sheet], row, times))
    return Table.of(table.sheet, made, headings)


def _place_in(filters: str | None) -> str | None:
    """The one region or project that a selector names; None where it names none, or several by a pattern."""
    parts = (part.partition("=") for part in (filters or "").split(";"))
    named = [value.strip() for column, _, value in parts if column.strip() in OF_PLACE]
    return named[0] if len(named) == 1 and not {*"*|"} & {*named[0]} else None


def _aimed(row: Mapping[str, Any], selector: str, place: str, copy: int) -> dict[str, Any]:
    """A target on one place, or a change of one, of a copy of it."""
    own = "; ".join(part.strip().replace(f"={place}", f"={name_of(place, copy)}")
                    if part.partition("=")[0].strip() in OF_PLACE else part.strip()
                    for part in str(row[selector]).split(";"))
    key = {"target": name_of(row["target"], copy)} if "target" in row else {}
    return {**row, **key, selector: own}


def _places(sheet: Sheet) -> Iterator[str]:
    """Columns that name something copied."""
    for column in sheet.columns:
        own = (sheet.name in COPIED and column.name in sheet.key) or column.name in LOCAL.get(sheet.name, ())
        if own or set(column.ref.split("|")) & set(COPIED):
            yield column.name


def _refers(sheet: Sheet, row: Mapping[str, Any]) -> bool:
    if sheet.name in LOCAL:
        return row.get("regions") is not None
    return any(row.get(column) is not None for column in _places(sheet))


def _copy(sheet: Sheet, row: Mapping[str, Any], copy: int) -> dict[str, Any]:
    places = set(_places(sheet))
    names = {"name", "name_ru"} if sheet.name in COPIED else set()

    def value(column: str) -> Any:
        if row[column] is None or copy == 0:
            return row[column]
        if column in places:
            return "; ".join(name_of(key.strip(), copy) for key in row[column].split(";"))
        return f"{row[column]} ({copy + 1})" if column in names else row[column]

    return {column: value(column) for column in row}


def _larger(sheet: Sheet, row: Mapping[str, Any], times: int) -> dict[str, Any]:
    if sheet.name in ("targets", "scenario_changes"):
        _is_of_all(sheet, row)
    if sheet.name == "targets" and not grows(str(row["measure"]), str(row.get("by") or "")):
        # One row stays one row and misses as many points; in the larger case a point is worth as many times as much.
        dearer = not row.get("by") and row.get("price") is not None
        return {**row, "price": row["price"] * times} if dearer else dict(row)
    columns = [column for column in sheet.columns if column.name in SHARED.get(sheet.name, ())
               and (column.name or column.family)]
    return {name: value * times if isinstance(value, (int, float)) and not isinstance(value, bool)
            and any(column.takes(name) for column in columns) else value for name, value in row.items()}


def grows(measure: str, by: str) -> bool:
    """Whether a target's value is that of all copies together: not a share, not one row for each region or project."""
    return measure not in PERCENT and by not in OF_PLACE


def _is_of_all(sheet: Sheet, row: Mapping[str, Any]) -> None:
    """Raises ValueError for a row that names one project or region, or sets what all share to a number. The key of a
    copy begins with that of the first, so what begins so and goes on in any way (``F*``) is of all of them."""
    column, known = NAMED[sheet.name], tuple(
        {column.name for one in INPUT.values() for column in one.columns if column.name} | set(OF_PLACE)
        | {"kind", "sector", "type", "zone", "partner", "currency", "group", "payer", "source"})
    wanted = parse(row.get(column), known)
    named = [one for place in OF_PLACE if place in wanted for one in wanted[place].split("|")]
    if any(not one.strip().endswith("*") for one in named):
        raise ValueError(f"{sheet.name}: {wanted} names one of the copies")
    absolute = str(row.get("operation")) in ("set", "add") and row.get("column") in SHARED.get(str(row.get("sheet")),
                                                                                              ())
    if sheet.name == "scenario_changes" and absolute and row.get("value") not in ("0", 0):
        raise ValueError(f"{sheet.name}: {row['operation']} {row['value']} is an amount of the case as it was")


def copies_of_plan(plan: Plan, case: Case, times: int) -> Plan:
    """The plan of ``case`` done in every copy of it: a plan of the larger case."""
    made: dict[str, dict[Any, float]] = {}
    for family in DECISIONS.values():
        found = made.setdefault(family.name, {})
        for key, value in plan.of(family.name).items():
            if "target" in family.index:
                found.update(_missed(case.target_at[key], value, times) if key in case.target_at
                             else _rule_missed(case, key, value, times))
                continue
            names = [_names(case, of, part, times) for of, part in zip(family.index, family.parts(key), strict=True)]
            if any(names):
                for copy in range(times):
                    found[family.key(mine[copy] if mine else part
                                     for mine, part in zip(names, family.parts(key), strict=True))] = value
            else:
                found[key] = value if family.name in OF_ALL else value * times
    return Plan(**made)


def _names(case: Case, of: str, part: Any, times: int) -> list[Any]:
    """What a part of an index is called in each copy; nothing where all share it."""
    if of == "balance":
        return _areas(case, part, times)
    if of in ("facility", "package", "project") or (of == "payee" and part in case.projects):
        return [name_of(part, copy) for copy in range(times)]
    if of == "trench":
        trench = {trench.id: trench for trench in case.trenches}[part]
        return [replace(trench, package=name_of(trench.package, copy), other=name_of(trench.other, copy)).id
                for copy in range(times)]
    crew = case.crew_at[part] if of == "crew" else None
    if crew is None or crew.region is None:
        return []
    return [replace(crew, region=name_of(crew.region, copy)).id for copy in range(times)]


def _areas(case: Case, balance: str, times: int) -> list[str]:
    """Balances of the copies of a place; nothing where all copies share it."""
    here = case.balance_at[balance]
    return [replace(here, area=name_of(here.area, copy)).id for copy in range(times)] if here.regions else []


def _rule_missed(case: Case, key: str, value: float, times: int) -> Iterator[tuple[str, float]]:
    """Shortfalls of the rows that a row of a rule becomes: of a place one each, else of all copies together."""
    for balance in case.balances:
        if key.startswith(f"balance[{balance.area},") and balance.regions:
            for copy in range(times):
                yield key.replace(f"[{balance.area},", f"[{name_of(balance.area, copy)},"), value
            return
    yield key, value * times


def _missed(target: Target, value: float, times: int) -> Iterator[tuple[str, float]]:
    """Shortfalls of the rows that a target row becomes."""
    place = next((target.filter[column] for column in OF_PLACE if column in target.filter), None)
    if place is None:
        yield target.id, value * times if grows(target.measure, "") else value
        return
    for copy in range(times):
        mine = target.id.replace(f"@{place}", f"@{name_of(place, copy)}")
        # A row by place has the place in its name; one whose filter names it is a row of its own for each copy.
        yield mine if f"@{place}" in target.id else name_of(target.id, copy), value


def main() -> int:
    """Write the larger case as a workbook."""
    from jaryq.tables.typed import typed
    from jaryq.workbook.inputs import write_inputs
    from jaryq.workbook.read import read

    known = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    known.add_argument("input", type=Path)
    known.add_argument("times", type=int)
    known.add_argument("out", type=Path)
    asked = known.parse_args()
    tables, _ = typed(read(asked.input)[0])
    write_inputs(scaled(tables, asked.times), asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
