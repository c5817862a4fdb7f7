"""Scenarios: changes to the Tables, before the Case. A change is checked like any input; its issues point to its own
row."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jaryq.base.issues import Issue, stops
from jaryq.base.lookalike import told_apart
from jaryq.base.once import once
from jaryq.base.text import LANGS, Text
from jaryq.sheets.aliases import heading
from jaryq.sheets.inputs import INPUT
from jaryq.tables.added import with_row
from jaryq.tables.called import BY_NAME
from jaryq.tables.change import Change
from jaryq.tables.change_values import Unfit, column_of, new_value
from jaryq.tables.chosen import chosen, shown
from jaryq.tables.fault import hinted, near
from jaryq.tables.filters import nearest
from jaryq.tables.programme import PROGRAMME
from jaryq.tables.row_units import Elsewhere, elsewhere, stated
from jaryq.tables.selector import BadSelector, years
from jaryq.tables.shift import shifted
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed
from jaryq.tables.values import Rejected

BASE = "base"

ALMOST = 1e-6
"""Probabilities that miss their sum by so little reach it."""


@dataclass(frozen=True)
class Changed:
    """A cell that a scenario changed: its place, what stood there, what stands there now."""

    sheet: str
    key: str
    column: str
    cell: str
    old: object
    new: object
    change: Change


def names(tables: Tables) -> tuple[str, ...]:
    """Scenarios in the order of the sheet; ``base`` is always there, and first."""
    listed = [str(row["scenario"]) for _, row in tables.get("scenarios").records() if row.get("scenario")
              and not isinstance(row["scenario"], Rejected)]
    return (BASE, *(name for name in dict.fromkeys(listed) if name != BASE))


def probabilities(tables: Tables) -> Mapping[str, float]:
    """The probabilities that scenarios state, above 0 and up to 1."""
    found = {str(row["scenario"]): row.get("probability") for _, row in tables.get("scenarios").records()}
    return {name: float(value) / 100.0 for name, value in found.items() if isinstance(value, int | float)
            and not math.isnan(float(value)) and value > 0}


def called(tables: Tables, scenario: str) -> Text:
    """The name of a scenario on its sheet; its key where it has none."""
    row = {str(row.get("scenario")): row for _, row in tables.get("scenarios").records()}.get(scenario, {})
    english, russian = ("Base", "База") if scenario == BASE else (scenario, scenario)
    stated = str(row.get("name") or "").strip()
    return Text(stated or english, str(row.get("name_ru") or "").strip() or stated or russian)


def changes_of(tables: Tables, scenario: str) -> tuple[tuple[Change, ...], list[Issue]]:
    """The changes of a scenario, those of the scenarios it builds on first (each once); issues if they are unknown or
    form a circle. A row whose sheet or operation is blank, or was told to be none, changes nothing."""
    chain, issues = _chain(tables, scenario)
    sheet = tables.get("scenario_changes")
    found = []
    for name in chain:
        for position, row in sheet.records():
            if row.get("scenario") == name and row.get("sheet") and row.get("operation"):
                found.append(
                    Change(
                        str(row.get("sheet")),
                        row.get("selector") or "",
                        row.get("column") or "",
                        row.get("years") or "",
                        str(row.get("operation")),
                        row.get("value"),
                        "scenario_changes",
                        sheet.cell(position, "scenario")[len(sheet.columns.get("scenario", "")) :],
                        row.get("reason") or "",
                        sheet.columns,
                    )
                )
    return tuple(found), issues


def _chain(tables: Tables, scenario: str) -> tuple[list[str], list[Issue]]:
    """The scenarios whose changes make up a scenario, in the order of their changes."""
    table = tables.get("scenarios")
    rows = {row["scenario"]: (position, row.get("builds_on")) for position, row in table.records()}
    chain: list[str] = []
    issues: list[Issue] = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        position, stated = rows.get(name, (0, None))
        for parent in (part.strip() for part in str(stated or "").split(";")):
            where = ("scenarios", table.cell(position, "builds_on") if len(table) else "", "builds_on", parent)
            if not parent or parent == BASE:
                continue
            if parent not in rows:
                issues.append(Issue("unknown_reference", *where,
                                    {"target": "scenarios", "hint": near(parent, [str(key) for key in rows])}))
            elif parent in (*path, name):
                issues.append(Issue("scenario_loop", *where, {"detail": " <- ".join((*path, name, parent))}))
            else:
                visit(parent, (*path, name))
        if name not in chain:
            chain.append(name)

    visit(scenario, ())
    return chain, issues


def apply(tables: Tables, changes: Sequence[Change]) -> tuple[Tables, tuple[Changed, ...], list[Issue]]:
    """The tables with all changes made, each changed cell, and the issues of the changes themselves (not yet of the
    values)."""
    issues: list[Issue] = []
    made: dict[tuple[str, int, str], Changed] = {}
    others = elsewhere(tables)
    for change in changes:
        if change.operation == "shift":
            tables, moved, found = shifted(tables, change)
            issues += found
            for sheet, position, heading, old, new in moved:
                _note(made, tables[sheet], change, position, heading, old, new)
            continue
        tables = with_row(tables, change)
        cells, found = _cells(tables, change)
        issues += found
        if not cells:
            continue
        table = tables[change.table]
        columns = {heading: list(table.values[heading]) for heading in dict.fromkeys(name for _, name in cells)}
        for position, heading in cells:
            old = columns[heading][position]
            new, found = _new(change, table, position, heading, old, others)
            issues += found
            if stops(found):
                break
            columns[heading][position] = new
            place = (change.table, position, heading)
            before = made.get(place)
            if before is not None and change.operation == "set":
                other = f"{change.place}!{change.cell}".strip("!")
                issues.append(before.change.issue("change_overwritten", "value", before.change.value, other=other))
            _note(made, table, change, position, heading, old, new)
        tables = tables.with_sheet(table.with_columns(columns))
    kept = tuple(item for item in made.values() if item.old != item.new)
    return tables, kept, _once(issues)


def _note(made: dict[tuple[str, int, str], Changed], table: Table, change: Change, position: int, heading: str,
          old: object, new: object) -> None:
    """A cell that a change made anew; what stood there before all changes stays known."""
    place = table.sheet, position, heading
    first = made[place].old if place in made else old
    cell = f"{table.sheet}!{table.cell(position, heading)}"
    made[place] = Changed(table.sheet, _keys(table)[position], heading, cell, first, new, change)


@once
def _keys(table: Table) -> list[str]:
    """The key of each row, parts that are not blank joined by ``/``."""
    parts = [table.values[name] for name in INPUT[table.sheet].key if name in table.values]
    return ["/".join(str(part[position]) for part in parts if part[position] is not None)
            for position in range(len(table))]


def changed(tables: Tables, changes: Sequence[Change]) -> tuple[Tables, tuple[Changed, ...], list[Issue]]:
    """Typed tables with all changes made and checked like any input: what a changed value breaks is an issue at its
    change."""
    done, made, issues = apply(tables, changes)
    done, found = typed(done)
    return done, made, [*issues, *blamed(found, made)]


def blamed(issues: Sequence[Issue], made: Sequence[Changed]) -> list[Issue]:
    """Issues of a changed input: what stops at a changed cell is blamed on the change that made it."""
    by_cell = {item.cell: item for item in made}
    found = []
    for issue in issues:
        item = by_cell.get(f"{issue.sheet}!{issue.cell}")
        if item is None or issue.severity != "stop":
            found.append(issue)
        else:
            detail, remedy = (Text(*(of(lang) for lang in LANGS)) for of in (issue.found, issue.remedy))
            found.append(item.change.issue("change_makes_invalid", "value", item.change.value, detail=detail,
                                           remedy=remedy))
    return found


def _once(issues: Sequence[Issue]) -> list[Issue]:
    found: list[Issue] = []
    for issue in issues:
        if issue not in found:
            found.append(issue)
    return found


def _cells(tables: Tables, change: Change) -> tuple[list[tuple[int, str]], list[Issue]]:
    """Positions and headings that a change speaks of; cells that are blank are left out unless it sets them."""
    if change.table == PROGRAMME:
        detail = Text("the programme as a whole can only be shifted", "программу целиком можно только сдвинуть (shift)")
        return [], [change.issue("change_unfit", "operation", change.operation, detail=detail)]
    if change.table not in INPUT or INPUT[change.table].free:
        return [], [change.issue("change_unfit", "sheet", change.table,
                                 detail=hinted("no such sheet", "такого листа нет", near(change.table, list(INPUT))))]
    if change.table not in tables or not len(tables[change.table]):
        return [], [change.issue("change_matches_nothing", "sheet", change.table,
                                 detail=Text("the sheet is empty", "лист пуст"))]
    table = tables[change.table]
    columns = tuple(table.values)
    try:
        found = chosen(tables, change.table, change.selector)
    except BadSelector as error:
        return [], [change.issue("change_unfit", "selector", change.selector, detail=error.text)]
    try:
        span = years(change.years, 1900, 2200)
    except BadSelector as error:
        return [], [change.issue("change_unfit", "years", change.years, detail=error.text)]
    titled = replace(change, column=heading(INPUT[change.table], change.column) or change.column)
    headings = _headings(table, change, span) or _headings(table, titled, span)
    if not headings:
        used = [name for name in columns if any(cell is not None for cell in table.values[name])]
        hint = near(change.column, used) or near(change.column,
                                                 [column.name.rstrip("_")
                                                  for column in INPUT[change.table].columns if column.name])
        if span is not None and (_headings(table, change, None) or _headings(table, titled, None)):
            return [], [change.issue("change_matches_nothing", "years", change.years, detail=Text(
                "the sheet has no column of these years", "на листе нет столбцов этих лет"))]
        detail = hinted("no such column", "такого столбца нет", hint)
        return [], [change.issue("change_matches_nothing", "column", change.column, detail=detail)]
    rows = found.rows
    cells = [(position, heading) for position in rows for heading in headings if change.operation == "set"
             or table.values[heading][position] is not None]
    if not cells:
        values = {str(name).lower(): set(map(shown, cells)) for name, cells in table.values.items()}
        hint = (nearest(found.wanted, tables, values)
                or ("" if found.money is None else nearest({"source": found.money}, tables)))
        detail = Text("the cells are blank", "ячейки пусты") if rows else hinted("no row fits the selector",
                                                                                 "ни одна строка не подходит", hint)
        return [], [change.issue("change_matches_nothing", "selector", told_apart(change.selector), detail=detail)]
    return cells, [change.issue("repaired_letters", "selector", said, read=key, why=BY_NAME)
                   for said, key in found.told.items()]


def _headings(table: Table, change: Change, span: tuple[int, int] | None) -> list[str]:
    """Columns a change speaks of: one by name, or the members of a family within the years."""
    names = list(table.values)
    column = INPUT[change.table].column(change.column)
    own = change.column.lower() if column is not None and column.family == "quantity" else change.column
    if own in names:
        return [own] if span is None else []
    found = []
    for column in INPUT[change.table].columns:
        stem = column.name.rstrip("_")
        if column.family and change.column.rstrip("_") == stem:
            members = [name for name in names if column.takes(name)]
            found += [name for name in members if span is None
                      or (name[-4:].isdigit() and span[0] <= int(name[-4:]) <= span[1])]
        elif column.name == change.column and not column.family:
            found.append(column.name)
    return [name for name in found if name in names]


def _new(change: Change, table: Table, position: int, heading: str, old: object,
         others: Elsewhere) -> tuple[object, list[Issue]]:
    """The new value of a cell, and the issues of how it was read, or why there is none."""
    column = column_of(table, position, heading)
    own = stated(column, heading, table, position, others) if column is not None else ""
    new, told = new_value(change.operation, change.value, old, column, own)
    if isinstance(told, Unfit):
        return None, [change.issue("change_unfit", told.column, change.stated(told.column), detail=told.detail)]
    return new, [change.issue(fault.code, "value", change.value, **fault.slots) for fault in told]
