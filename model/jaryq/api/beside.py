"""While some cells stop a run: what is wrong with all else and with the changes of a scenario, so that it comes in one
pass."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from string import ascii_uppercase as LETTERS

from jaryq.base.issues import Issue, stops
from jaryq.case.build import build
from jaryq.factors.derive import Factors, derive
from jaryq.rules.across import selectors_match, works_fit
from jaryq.rules.calibration import calibration_speaks_of_something
from jaryq.rules.feasible import FEASIBLE
from jaryq.rules.mended import mendings
from jaryq.rules.run import SENSE
from jaryq.rules.unused import UNUSED
from jaryq.rules.works import failures_have_a_size, outages_fit
from jaryq.sheets.inputs import INPUT
from jaryq.tables.change import Change
from jaryq.tables.scenarios import BASE, apply
from jaryq.tables.selector import FILTER_COLUMNS, BadSelector, fits, parse
from jaryq.tables.tables import Tables

OF_ONE_ROW = (works_fit, outages_fit, failures_have_a_size)
"""Rules on the Case whose findings follow from a row of a project and what it refers to."""

OF_FILTERS = (selectors_match, calibration_speaks_of_something)
"""Those whose findings follow from a filter and the names in the columns that it asks of."""

LEAVES = frozenset({"progress", "last_plan", "crew_needs", "trenches", "targets", "scenarios", "scenario_changes",
                    "uncertainty"})
"""Sheets whose rows no filter asks of."""

IN_SHEETS = {"project": ("facility", "package"), "type": ("asset_type",), "source": ("source_id",),
             "payer": ("who_repays",)}
"""Headings of what filters call otherwise."""


def of_sound_rows(tables: Tables, found: Sequence[Issue]) -> list[Issue]:
    """Issues by the rules that need a Case which are the same whatever the cells that stop the run are mended to. Where
    a name may become any, or a row had to be left out, only rules of one row are asked, and those of filters that
    cannot mean it."""
    made = mendings(tables, found)
    whole = not made.open and not made.without
    rules: Sequence[Callable[[Tables, Factors], Iterator[Issue]]] = (*SENSE, *FEASIBLE, *UNUSED) if whole else (
        *OF_ONE_ROW, *(OF_FILTERS if made.without <= LEAVES else ()))
    kept: dict[tuple[str, ...], Issue] | None = None
    like: Factors | None = None
    for one in made.tables:
        if kept is not None and not kept:
            break
        one = one.at_fifteen_digits()
        like = derive(build(one, BASE), like)
        mine = {_same(issue): issue for rule in rules for issue in rule(one, like)}
        kept = mine if kept is None else {key: issue for key, issue in kept.items() if key in mine}
    stopped = {(issue.sheet, issue.cell) for issue in stops(found)}
    return [issue for issue in (kept or {}).values() if issue.severity != "note"
            and (issue.sheet, issue.cell) not in stopped and not _may_be_meant(tables, issue, found, made.open)]


def of_filters(tables: Tables, changes: Sequence[Change]) -> list[Issue]:
    """While a change stops and nothing else does: filters that fit nothing, where no change is about a filter or about
    what filters ask for, nor of a sheet that nobody knows."""
    asked = {*FILTER_COLUMNS, *chain(*IN_SHEETS.values()), "sector", "filter", "per_filter"}
    if any(change.table not in INPUT or change.column in asked or (
            change.table not in LEAVES and INPUT[change.table].addable) for change in changes):
        return []
    sound = tables.at_fifteen_digits()
    factors = derive(build(sound, BASE))
    return [issue for rule in OF_FILTERS for issue in rule(sound, factors) if issue.code == "selector_matches_nothing"]


def _same(issue: Issue) -> tuple[str, ...]:
    """All of an issue but the word that it offers."""
    slots = sorted((name, repr(value)) for name, value in issue.slots.items() if name != "hint")
    return issue.code, issue.sheet, issue.cell, issue.column, issue.value, repr(slots)


def _may_be_meant(tables: Tables, issue: Issue, found: Sequence[Issue], unsure: Collection[str]) -> bool:
    """Whether a filter that fits nothing asks for what stands in a cell that stops, or of a column in which a name may
    become any."""
    if issue.code != "selector_matches_nothing":
        return False
    try:
        wanted = parse(issue.value, FILTER_COLUMNS)
    except BadSelector:  # names without a column
        wanted = {issue.column: issue.value}
    asked = {name for column in wanted for name in IN_SHEETS.get(column, (column,))}
    return bool(asked & {*unsure}) or any(fits(value, one.value) for value in wanted.values() for one in stops(found))


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
