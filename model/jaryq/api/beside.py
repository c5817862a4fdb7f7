"""While some rows stop a run: what is wrong with the others and with the changes of a scenario, so that it comes in one
pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jaryq.base.issues import Issue, stops
from jaryq.case.build import build
from jaryq.factors.derive import derive
from jaryq.rules.across import works_fit
from jaryq.rules.run import structure
from jaryq.rules.works import failures_have_a_size, outages_fit
from jaryq.sheets.inputs import INPUT, INPUTS
from jaryq.tables.change import Change
from jaryq.tables.keys import reference
from jaryq.tables.scenarios import BASE, apply
from jaryq.tables.selector import BadSelector, parse
from jaryq.tables.tables import Table, Tables

OF_ONE_ROW = (works_fit, outages_fit, failures_have_a_size)
"""Rules on the Case whose findings follow from a row of a project and what it refers to."""

MAY_GO = frozenset({"facilities", "networks", "trenches", "progress", "last_plan", "crew_needs", "targets",
                    "source_groups", "scenarios", "scenario_changes", "uncertainty"})
"""Sheets whose rows may be left out without changing what is meant by those of projects."""


def of_sound_rows(tables: Tables, found: Sequence[Issue]) -> list[Issue]:
    """Issues of projects by the rules that need a Case, from the input without the rows that stop it. Nothing where a
    stop is about more than rows of projects and of what belongs to them."""
    bad = {(issue.sheet, issue.cell.lstrip(LETTERS)) for issue in stops(found)}
    rows = {name: {str(row) for row in table.rows} for name, table in tables.sheets.items()}
    if any(sheet not in MAY_GO or row not in rows.get(sheet, ()) for sheet, row in bad):
        return []
    lost: dict[str, set[object]] = {}
    for name in MAY_GO & tables.sheets.keys():
        table = tables[name]
        tables, gone = _without(tables, table, [at for at, row in enumerate(table.rows) if (name, str(row)) in bad])
        lost[name] = gone
    for sheet in INPUTS:
        for column in sheet.columns:
            names = reference(sheet.name, column).split("|")
            keys = set().union(*(lost.get(name, set()) for name in names))
            if keys and sheet.name in tables and column.name in tables[sheet.name].values:
                said = tables[sheet.name].values[column.name]
                tables, gone = _without(tables, tables[sheet.name], [at for at, key in enumerate(said) if key in keys])
                lost.setdefault(sheet.name, set()).update(gone)
    if stops(structure(tables)):
        return []
    tables = tables.at_fifteen_digits()
    factors = derive(build(tables, BASE))
    return [issue for rule in OF_ONE_ROW for issue in rule(tables, factors)]


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _without(tables: Tables, table: Table, positions: Sequence[int]) -> tuple[Tables, set[object]]:
    """The tables without some rows of one, and the keys of those."""
    if not positions:
        return tables, set()
    keys, left = table.values[INPUT[table.sheet].key[0]], set(positions)
    kept = table.at([at for at in range(len(table)) if at not in left])
    return tables.with_sheet(kept), {keys[at] for at in positions} - {None}


def of_changes(tables: Tables, changes: Sequence[Change], found: Sequence[Issue]) -> Iterator[Issue]:
    """Issues of the changes themselves while the input stops: those that do not speak of a column with a cell that
    stops."""
    unsound = {(issue.sheet, issue.column) for issue in stops(found)}
    misread = {issue.sheet for issue in stops(found) if _of_shape(issue, tables)}
    for change in changes:
        tables, _, issues = apply(tables, (change,))
        there = change.table in tables or change.table not in INPUT
        if there and change.table not in misread and not unsound & {(change.table, of) for of in _spoken_of(change)}:
            yield from issues


def _of_shape(issue: Issue, tables: Tables) -> bool:
    """Whether an issue is about a sheet as a whole or about one of its headings."""
    return not issue.cell or (issue.sheet in tables
                              and issue.cell.lstrip(LETTERS) == str(tables[issue.sheet].heading_row))


def _spoken_of(change: Change) -> set[str]:
    """Columns that a change goes by: those of its filter, that of the key, and the one it changes."""
    sheet = INPUT.get(change.table)
    columns = tuple(column.name for column in sheet.columns) if sheet is not None else ()
    try:
        filtered = set(parse(change.selector, columns))
    except BadSelector:
        filtered = set()
    return {*filtered, *(sheet.key if sheet is not None else ()), change.column}
